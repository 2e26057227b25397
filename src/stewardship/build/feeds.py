"""The sources of a system, each read into canonical tables of its own, or taken as it was read before."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from stewardship.build.options import reading_options
from stewardship.records.engine import Engine, quoted, read_from
from stewardship.records.extracts import ExtractOptions, Numbers, Shelf, read_extracts, tables_of
from stewardship.records.files import SourceError, files_of
from stewardship.records.findings import Reading, read_reading, write_reading
from stewardship.records.gate import OF_GENERAL_PRACTICE
from stewardship.records.identity import Identities
from stewardship.records.kept import Kept, hash_of, key_of, reader_version
from stewardship.records.omop import Options, read_omop
from stewardship.records.omop.writing import IDENTITIES
from stewardship.records.progress import Progress
from stewardship.records.staging import Keeping
from stewardship.system.settings import SourceSettings, System

STAGED = "staged.txt"


@dataclass(frozen=True)
class Feed:
    """One source as it was read.

    tables: folder of its canonical tables, kept under `key`. parsed: names of the files that were parsed now; none
    where the whole is as it was read before. staged: keys of what was made of single files. parts: the files of a
    table by name, where they stand elsewhere.
    """

    source: SourceSettings
    reading: Reading
    tables: Path
    key: str
    parsed: tuple[str, ...]
    staged: tuple[str, ...]
    parts: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)

    def files(self, table: str) -> Mapping[str, Path]:
        """The files in which a table stands, by name; "" where one file holds it all."""
        return self.parts.get(table) or {"": self.tables / f"{table}.parquet"}

    @property
    def registers(self) -> bool:
        """Whether its periods are registrations with a practice."""
        return self.source.kind in OF_GENERAL_PRACTICE


class Feeds:
    """Where what was read is kept in a workspace: canonical tables of whole feeds, and staged rows of their files."""

    def __init__(self, workspace: Path) -> None:
        self.parsed, self.staged = Kept(workspace / "parsed"), Kept(workspace / "staged")

    def read(
        self,
        system: System,
        engine: Engine,
        *,
        identities: Identities,
        small_areas: frozenset[str] | None,
        today: date,
        progress: Progress,
    ) -> list[Feed]:
        """Every source of the system, in order. SourceError where one cannot be read, or two people become one."""
        feeds, numbers = list[Feed](), Numbers(engine)
        for source in system.sources:
            options = reading_options(
                source, identities, as_of=system.as_of, today=today, small_areas=small_areas
            )
            feeds.append(self._read(source, options, engine, numbers, progress))
        numbers.forget()
        _refuse_one_number_of_two(feeds, engine)
        return feeds

    def clear_all_but(self, feeds: Sequence[Feed]) -> None:
        """Let go of what these feeds do not use."""
        self.parsed.clear_all_but({feed.key for feed in feeds})
        self.staged.clear_all_but({key for feed in feeds for key in feed.staged})

    def _read(
        self, source: SourceSettings, options: Options, engine: Engine, numbers: Numbers, progress: Progress
    ) -> Feed:
        progress(f"Reading {source.key}", 0.0)
        before = _stamps(source.folder)
        hashes = _hashes(files_of(source.folder))
        key = key_of(source.reader, reader_version(), hashes, options.fingerprint())
        as_before = self._as_before(source, key, options.not_after)
        if as_before:
            return as_before
        with self.parsed.making(key) as making:
            reading, parsed, used = self._parse(source, making, options, hashes, engine, numbers, progress)
            if not reading.people:
                raise SourceError(
                    f"{source.folder} holds nobody: no row {'of PERSON ' * (source.reader == 'omop')}could be loaded, "
                    "so nothing was built. `stewardship check` says what was found."
                )
            _refuse_changes(source.folder, before)
            write_reading(making, reading)
            (making / STAGED).write_text("\n".join(used), encoding="utf-8")
        tables = self.parsed.folder / key
        return Feed(source, reading, tables, key, tuple(parsed), tuple(used), self._parts(source, tables))

    def _parse(
        self,
        source: SourceSettings,
        making: Path,
        options: Options,
        hashes: Mapping[str, str],
        engine: Engine,
        numbers: Numbers,
        progress: Progress,
    ) -> tuple[Reading, Sequence[str], Sequence[str]]:
        """Read a source into a folder: what was made of it, the files parsed, and keys of what was made of each."""
        if isinstance(options, ExtractOptions):
            shelf = Shelf(engine.scratch, self.staged, hashes)
            reading = read_extracts(
                source.folder, making, options, engine=engine, shelf=shelf, numbers=numbers, progress=progress
            )
            return reading, shelf.parsed, sorted(shelf.used)
        keeping = Keeping(self.staged, hashes, options.naming.fingerprint())
        reading, staging = read_omop(
            source.folder, making, options, engine=engine, keeping=keeping, progress=progress
        )
        return reading, staging.parsed, staging.used

    def _parts(self, source: SourceSettings, tables: Path) -> Mapping[str, Mapping[str, Path]]:
        return tables_of(tables, self.staged.folder) if source.reader == "extracts" else {}

    def _as_before(self, source: SourceSettings, key: str, today: date) -> Feed | None:
        """The feed as it was read before, unless the days that have passed since would have it read otherwise."""
        tables = self.parsed.whole(key)
        if tables is None:
            return None
        reading = read_reading(tables)
        if (reading.last_day and today < reading.last_day) or (reading.later and today >= reading.later):
            return None
        staged = (tables / STAGED).read_text(encoding="utf-8").split()
        if source.reader == "extracts" and not self._all_whole(staged):
            return None
        return Feed(source, reading, tables, key, (), tuple(staged), self._parts(source, tables))

    def _all_whole(self, staged: Sequence[str]) -> bool:
        """Whether everything that tables are linked to is as it was written."""
        with ThreadPoolExecutor() as threads:
            return all(threads.map(lambda key: self.staged.whole(key) is not None, staged))


def _stamps(folder: Path) -> Mapping[str, tuple[int, ...]]:
    """What changes with each file, though it be put back with the size and the time that it had."""
    try:
        told = {path.name: path.stat() for path in files_of(folder)}
    except OSError as error:
        raise _gone(folder, error) from error
    return {
        name: (each.st_size, each.st_mtime_ns, each.st_ino, each.st_ctime_ns) for name, each in told.items()
    }


def _hashes(paths: Sequence[Path]) -> dict[str, str]:
    """The hash of each file's bytes, by its name; several files at a time."""
    with ThreadPoolExecutor() as threads:
        return dict(zip((path.name for path in paths), threads.map(_hash, paths), strict=True))


def _hash(path: Path) -> str:
    try:
        return hash_of(path)
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read ({error.strerror}): send it again.") from error


def _refuse_changes(folder: Path, before: Mapping[str, tuple[int, ...]]) -> None:
    now = _stamps(folder)
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if changed:
        raise SourceError(
            f"{changed[0]} of {folder} changed while it was read: nothing was built. Wait until the feed has come "
            "whole, then build again."
        )


def _gone(folder: Path, error: OSError) -> SourceError:
    return SourceError(f"{folder} cannot be read ({error.strerror}): see that it is there, then build again.")


def _refuse_one_number_of_two(feeds: Sequence[Feed], engine: Engine) -> None:
    """Two identifiers, of one source or of two, that were hashed to one person_id would make two people one."""
    files = [read_from(feed.tables / IDENTITIES) for feed in feeds]
    listed = ", ".join(quoted(file) for file in files)
    clashing = engine.rows(
        f"SELECT 1 FROM read_parquet([{listed}]) GROUP BY person_id "  # noqa: S608
        "HAVING count(DISTINCT identity_check) > 1 LIMIT 1"
    )
    if clashing:
        raise SourceError(
            f"Two identifiers in {' and '.join(feed.source.key for feed in feeds)} make one person_id, so two people "
            "would become one: nothing was built. Build with another STEWARDSHIP_PSEUDONYM_KEY."
        )
