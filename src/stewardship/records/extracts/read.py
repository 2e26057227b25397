"""Read, or only check, a partner's folder of extracts."""

import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, count
from pathlib import Path

from stewardship.records import model
from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine, quoted, read_from
from stewardship.records.engines import EngineError, NoRoomError, why
from stewardship.records.extracts.at_once import several_at_once
from stewardship.records.extracts.days import LastDay, last_day_of
from stewardship.records.extracts.found import file_counts, findings
from stewardship.records.extracts.kinds import kind_of, period_of
from stewardship.records.extracts.numbers import Numbers
from stewardship.records.extracts.options import ExtractOptions
from stewardship.records.extracts.own_numbers import define_standing_for
from stewardship.records.extracts.parts import Part, Reader
from stewardship.records.extracts.pooled import POOLED, rows_in, write_nothing, write_pooled
from stewardship.records.extracts.resent import Loaded, loaded
from stewardship.records.extracts.shape import FileKind
from stewardship.records.extracts.shelf import Shelf
from stewardship.records.extracts.spells import put_together
from stewardship.records.extracts.written import PACKED
from stewardship.records.files import SourceError, files_of, others_of
from stewardship.records.findings import Reading
from stewardship.records.kept import key_of, reader_version
from stewardship.records.omop.writing import IDENTITIES
from stewardship.records.progress import Progress, silent
from stewardship.records.quarantine import Quarantine
from stewardship.records.row_checks import plain_day
from stewardship.records.superseded import newest_of, people_in, superseded_in
from stewardship.records.withheld import define_withheld

PARTS = "parts.json"
_SPELLS = "stays"


@dataclass
class _Work:
    """One reading: its parts by kind in the order of their files, and other files of the folder."""

    engine: Engine
    options: ExtractOptions
    shelf: Shelf
    parts: dict[str, list[Part]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[Part]:
        return [part for parts in self.parts.values() for part in parts]


def read_extracts(
    folder: Path,
    into: Path,
    options: ExtractOptions,
    *,
    engine: Engine,
    shelf: Shelf | None = None,
    numbers: Numbers | None = None,
    progress: Progress = silent,
) -> Reading:
    """Read a folder of a partner's files into canonical tables.

    into: `person`, `address`, `registration`, `death`, `superseded` and what is empty, as one Parquet file each;
    `identities`; `quarantine`; and `parts.json`, where the files of all other tables stand on the shelf. shelf: what
    was read before is taken from it; without one everything is read, and what was read is gone afterwards. numbers:
    of people hashed already. Raises SourceError if a file cannot be read, or none is of a kind known.
    """
    with _scratch(engine) as scratch, _in_order(engine):
        work = _Work(engine, options, shelf or Shelf(scratch))
        define_snomed_check(engine)
        define_withheld(engine)
        define_standing_for(engine, options.naming.identities.secret("rows"))
        reader = Reader(engine, options, numbers or Numbers(engine), scratch)
        try:
            with engine.own_schema("reading"):
                _read_files(work, folder, reader, progress)
                return _gathered(work, folder, into)
        except NoRoomError:
            raise
        except EngineError as error:
            raise SourceError(f"The reading of {folder.name} stopped: {why(error)}") from error


def check_extracts(
    folder: Path, options: ExtractOptions, *, engine: Engine, progress: Progress = silent
) -> Reading:
    """What `read_extracts` would find; nothing that it writes stays."""
    with _scratch(engine) as into:
        return read_extracts(folder, into, options, engine=engine, progress=progress)


def tables_of(into: Path, shelf: Path) -> dict[str, dict[str, Path]]:
    """Where each canonical table of a source that was read stands: its files by the names they go by.

    shelf: the folder in which what was read is kept.
    """
    told = json.loads((into / PARTS).read_text(encoding="utf-8"))
    return {
        table: {name: shelf / key / file for name, (key, file) in files.items()}
        or {"": into / f"{table}.parquet"}
        for table, files in told.items()
    }


def _read_files(work: _Work, folder: Path, reader: Reader, progress: Progress) -> None:
    if folder.is_file():
        raise SourceError(f"{folder.name} is a file: give the folder that holds the partner's files.")
    by_kind: dict[str, list[tuple[Path, FileKind]]] = defaultdict(list)
    for path in files_of(folder):
        kind = kind_of(path, work.options.kind)
        if kind is None:
            work.others.append(path.name)
        else:
            by_kind[kind.name].append((path, kind))
    work.others += others_of(folder)
    if not by_kind:
        raise SourceError(
            f"{folder} holds no file of a kind that {work.options.kind} sends: see the page on extracts for their "
            "names."
        )
    files = [
        (path, kind, _key(work, path, kind))
        for found in by_kind.values()
        for path, kind in sorted(found, key=lambda each: period_of(each[0]))
    ]
    work.shelf.look_up([key for _, _, key in files])
    for part in several_at_once(files, reader, work.shelf, progress):
        work.parts.setdefault(part.kind.name, []).append(part)


def _key(work: _Work, path: Path, kind: FileKind) -> str:
    naming = work.options.naming.fingerprint()
    return work.shelf.key(path, "extract", kind.name, reader_version(), naming, work.options.source)


def _gathered(work: _Work, folder: Path, into: Path) -> Reading:
    """What all files of a source tell together."""
    engine, options = work.engine, work.options
    into.mkdir(parents=True, exist_ok=True)
    seen = last_day_of(work.all, options.not_after, engine)
    last_day = _stands_at(work, seen, folder)
    as_of = options.as_of or last_day
    horizon = max(as_of, last_day) + timedelta(days=options.future_days)
    engine.run(
        'CREATE OR REPLACE TABLE not_loaded (file VARCHAR, "row" BIGINT, "column" VARCHAR, reason VARCHAR)'
    )
    of_kinds = [
        loaded(
            parts, source=options.source, last_day=last_day, horizon=horizon, shelf=work.shelf, engine=engine
        )
        for parts in work.parts.values()
    ]
    files, everything = _files(work, of_kinds), [each for of_kind in of_kinds for each in of_kind]
    engine.run(
        "CREATE OR REPLACE TABLE known_area AS SELECT unnest(?::VARCHAR[]) AS code",
        [sorted(options.small_areas or ())],
    )
    repeated = write_pooled(
        {name: list(each.values()) for name, each in files.items()}, into, options.small_areas, engine
    )
    written = _write_parts(work, files, into)
    people = _write_identities(work, into)
    quarantine = _quarantine(work, into)
    present = frozenset(table for table, rows in written.items() if rows)
    return Reading(
        source=options.source,
        as_of=as_of,
        people=people,
        present=present,
        files=file_counts(everything),
        findings=findings(everything, quarantine, seen, work.others, repeated, into, options, engine),
        last_day=seen.last,
        later=seen.later,
    )


def _stands_at(work: _Work, seen: LastDay, folder: Path) -> date:
    last = seen.last or work.options.as_of
    if last is None and any(part.kind.seen and sum(part.told.tables.values()) for part in work.all):
        raise SourceError(
            f"The files of {folder.name} do not tell their last day: nobody was seen up to "
            f"{plain_day(work.options.not_after)}; name the day that figures stand at with --as-of."
        )
    return last or work.options.not_after


def _files(work: _Work, of_kinds: Sequence[Sequence[Loaded]]) -> dict[str, dict[str, Path]]:
    """Of each table, the files that fill it, by name and in order; stays put together of their episodes."""
    files: dict[str, dict[str, Path]] = defaultdict(dict)
    for each in (one for of_kind in of_kinds for one in of_kind):
        for table, path in each.tables.items():
            if each.part.told.tables[table]:
                files[table][_name(each.part.label, files[table])] = path
    if files.get("episode"):
        episodes = list(files["episode"].values())
        key = key_of("stays", reader_version(), [str(path.parent.name) for path in episodes])
        folder, _ = work.shelf.made(key, lambda making: put_together(rows_in(episodes), making, work.engine))
        for table in ("activity", "activity_code"):
            files[table][_name(_SPELLS, files[table])] = folder / f"{table}.parquet"
    return files


def _name(label: str, taken: Container[str]) -> str:
    """What a file goes by in a snapshot: its name up to the first dot, and a number where another has that name."""
    plain = label.split(".", 1)[0].lower()
    others = (f"{plain}-{nth}" for nth in count(2))
    return next(name for name in chain([plain], others) if name not in taken)


def _write_parts(work: _Work, files: dict[str, dict[str, Path]], into: Path) -> dict[str, int]:
    """Write where the files of each canonical table stand, and what is empty; rows by table."""
    told: dict[str, dict[str, tuple[str, str]]] = {}
    written = {}
    for table in (*model.OF_SOURCES, "organisation"):
        there = {} if table in POOLED else files.get(table, {})
        told[table] = {name: (path.parent.name, path.name) for name, path in there.items()}
        if not there and table not in POOLED:
            write_nothing(model.TABLES[table], into / f"{table}.parquet", work.engine)
        paths = list(there.values()) or [into / f"{table}.parquet"]
        listed = ", ".join(quoted(read_from(path)) for path in paths)
        ((written[table],),) = work.engine.rows(f"SELECT count(*) FROM read_parquet([{listed}])")
    (into / PARTS).write_text(json.dumps(told), encoding="utf-8")
    return written


def _write_identities(work: _Work, into: Path) -> int:
    """Write each person_id with the number that goes with it; how many people there are, of whom some have several
    numbers."""
    people = [part.folder / "people.parquet" for part in work.all if part.kind.of_person]
    listed = ", ".join(quoted(read_from(path)) for path in people)
    rows = (
        f"read_parquet([{listed}])"
        if people
        else "(SELECT NULL::BIGINT AS person_id, NULL::BIGINT AS identity_check)"
    )
    path = into / IDENTITIES
    work.engine.run(
        f"COPY (SELECT DISTINCT person_id, identity_check FROM {rows} WHERE person_id IS NOT NULL ORDER BY ALL) "
        f"TO {quoted(path)} ({PACKED})"
    )
    superseded = superseded_in(into)
    told = superseded.to_pylist() if superseded is not None else []
    newest = newest_of((row["person_id"], row["newer"]) for row in told)
    return people_in([path], newest, work.engine)


def _quarantine(work: _Work, into: Path) -> Quarantine:
    quarantine = Quarantine(work.engine, work.options.source)
    listed = ", ".join(quoted(read_from(part.folder / "aside.parquet")) for part in work.all)
    work.engine.run(f"INSERT INTO quarantine SELECT * FROM read_parquet([{listed}])")
    work.engine.run(f"INSERT INTO quarantine SELECT {quoted(work.options.source)}, * FROM not_loaded")
    quarantine.write(into / "quarantine.parquet")
    return quarantine


@contextmanager
def _in_order(engine: Engine) -> Iterator[None]:
    """Rows are written in the order in which they were sent: the same bytes, whatever the threads. Lists of values
    stay lists: the engine's plan for long ones fails over columns in which it knows that nothing was sent."""
    engine.run("SET preserve_insertion_order = true; SET disabled_optimizers = 'in_clause'")
    try:
        yield
    finally:
        engine.run("SET preserve_insertion_order = false; RESET disabled_optimizers")


@contextmanager
def _scratch(engine: Engine) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="reading-", dir=engine.scratch))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
