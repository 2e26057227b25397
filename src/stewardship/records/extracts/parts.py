"""One file read: straight into a part of each table that its kind fills, with its faulty rows set aside.

A part depends on the file's bytes, on the readers and on how people are named, and on nothing else: not on the other
files, nor on the day. What depends on those is done afterwards, on what was counted here.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.engines import EngineError, NoRoomError, why
from stewardship.records.extracts.aside import set_aside
from stewardship.records.extracts.counted import days_seen, latest_days, rows_in_file, rows_sent, sound_rows
from stewardship.records.extracts.judged import judged
from stewardship.records.extracts.latest import latest_known
from stewardship.records.extracts.numbers import Numbers
from stewardship.records.extracts.options import ExtractOptions
from stewardship.records.extracts.own_numbers import keys_of
from stewardship.records.extracts.private import DEMOGRAPHICS, table_named
from stewardship.records.extracts.sent import Sent, found_in
from stewardship.records.extracts.shape import FileKind, Fills, Heading
from stewardship.records.extracts.typed import rows_of
from stewardship.records.extracts.written import PACKED, written_as
from stewardship.records.fields import SourceColumn
from stewardship.records.files import SourceError, SourceFile, open_table
from stewardship.records.staging import stage

ASIDE, KEYS, PEOPLE, TOLD = "aside.parquet", "keys.parquet", "people.parquet", "told.json"


@dataclass(frozen=True)
class Told:
    """What was counted while a file was read.

    rows: read; aside: set aside; tables: rows of each table filled. days: how many rows say that somebody was seen on
    a day. latest: the last day in each date column of the first table that may not lie in the future. counted: by the
    place in `FileKind.counted`. outside: values outside their list, or that are nobody's number, by heading.
    withheld: values (each counted once)
    that hold an NHS number, and that are no code, by heading. differing: repeated rows unlike the first.
    missing: headings that the file does not have.
    """

    rows: int
    aside: int
    tables: dict[str, int]
    days: dict[str, int] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    counted: list[int] = field(default_factory=list)
    outside: dict[str, int] = field(default_factory=dict)
    withheld: dict[str, tuple[int, int]] = field(default_factory=dict)
    differing: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A file that was read. folder: its tables, `ASIDE` (source, file, row, column, reason), `PEOPLE`."""

    label: str
    kind: FileKind
    key: str
    folder: Path
    told: Told

    def table(self, name: str) -> Path:
        """Its rows of a table that it fills."""
        return self.folder / f"{name}.parquet"

    @property
    def keys(self) -> tuple[Path, str] | None:
        """Where the own number of every sound row stands, and in which column; None for a kind without a key."""
        column = key_column(self.kind)
        if not self.kind.key:
            return None
        return (self.table(self.first.table), column) if column else (self.folder / KEYS, "event_id")

    @property
    def first(self) -> Fills:
        """What a row fills of its own."""
        return self.kind.fills[0]


@dataclass(frozen=True)
class Reader:
    """What one file after another is read with."""

    engine: Engine
    options: ExtractOptions
    numbers: Numbers
    scratch: Path


def recalled(folder: Path) -> Told:
    """What was counted of a file read before."""
    told: dict[str, Any] = json.loads((folder / TOLD).read_text(encoding="utf-8"))
    told["withheld"] = {name: tuple(both) for name, both in told["withheld"].items()}
    told["missing"] = tuple(told["missing"])
    return Told(**told)


def read_part(path: Path, kind: FileKind, reader: Reader, folder: Path) -> None:
    """Read one file into a folder. SourceError if it cannot be read at all."""
    file = open_table("extract", path, reader.engine)
    if file is None:
        raise SourceError(f"{path.name} is empty: it has no headings and no rows; send it again.")
    try:
        told = _read(file, kind, reader, folder)
    except NoRoomError:
        raise
    except EngineError as error:
        raise SourceError(f"{path.name} cannot be read ({why(error)}): send it again.") from error
    (folder / TOLD).write_text(json.dumps(asdict(told)), encoding="utf-8")


def _read(file: SourceFile, kind: FileKind, reader: Reader, folder: Path) -> Told:
    engine = reader.engine
    sent = _sent(file, kind, reader)
    staged = reader.scratch / f"{file.name}.parquet"
    try:
        people = _learn(sent, reader, folder)
        sent, withheld = judged(sent, engine)
        hidden = frozenset(withheld)
        differing = set_aside(sent, hidden, people, engine)
        ((aside,),) = engine.rows("SELECT count(*) FROM aside")
        tables = {}
        for fills in kind.fills:
            _copy(sent, fills, hidden, people, reader, folder, any_aside=aside > 0)
            tables[fills.table] = rows_in_file(folder / f"{fills.table}.parquet", engine)
        if _has_own_keys(kind):
            _copy_keys(sent, engine, folder, any_aside=aside > 0)
        counted, outside = sound_rows(sent, hidden, people, engine, any_aside=aside > 0)
        _write_aside(file, reader, folder)
        return Told(
            rows=rows_sent(sent, engine),
            aside=aside,
            tables=tables,
            days=days_seen(kind, folder, engine),
            latest=latest_days(kind, folder, engine),
            counted=counted,
            outside=outside,
            withheld=withheld,
            differing=differing,
            missing=tuple(each.name for each in sent.headings if each.name not in sent.types),
        )
    finally:
        staged.unlink(missing_ok=True)


def _sent(file: SourceFile, kind: FileKind, reader: Reader) -> Sent:
    """The file's rows. A text file is split into fields once, beside the engine's other scratch, for as long as it is
    read."""
    person = Heading(reader.options.naming.column, "person", needed=True) if kind.of_person else None
    headings = [*([person] if person else []), *kind.headings]
    found = {
        each: called for each in headings if (called := found_in(file, headings).get(each.name)) is not None
    }
    if file.rejects is None:
        sent_as = {each: file.columns[called] for each, called in found.items()}
        return Sent(file, kind, file.relation, file.row_number, sent_as, person)
    columns = tuple(
        SourceColumn(f"h{place}", "sent", heading=called) for place, called in enumerate(found.values())
    )
    staged = stage(file, columns, reader.engine, reader.scratch)
    sent_as = {each: ("VARCHAR", f"h{place}") for place, each in enumerate(found)}
    return Sent(file, kind, quoted(read_from(staged.path)), "source_row", sent_as, person, faults=True)


def _learn(sent: Sent, reader: Reader, folder: Path) -> str:
    """Know the people whom the file names; write who they are. The table of numbers."""
    named = [each for each in sent.found if each.kind == "person"]
    if not named:
        return ""
    parts = " UNION ".join(
        f"SELECT DISTINCT {sent.text(each)} AS written FROM {sent.only(each)} s" for each in named
    )
    naming, engine = reader.options.naming, reader.engine
    engine.run(f"CREATE OR REPLACE TEMP TABLE named_here AS {parts}")
    table = reader.numbers.learn(naming, "named_here", engine)
    engine.run(
        f"COPY (SELECT person_id, identity_check FROM named_here JOIN {table} USING (written) "
        f"WHERE person_id IS NOT NULL) TO {quoted(folder / PEOPLE)} ({PACKED})"
    )
    engine.run("DROP TABLE named_here")
    return table


def _copy(
    sent: Sent,
    fills: Fills,
    hidden: frozenset[str],
    people: str,
    reader: Reader,
    folder: Path,
    *,
    any_aside: bool,
) -> None:
    """Write the sound rows of one table, or all of them."""
    table = table_named(fills.table)
    used = [*fills.columns.values(), fills.where, *fills.each]
    rows = f"({rows_of(sent, withheld=hidden, people=people, of=used)}) t"
    if any_aside and not fills.even_aside:
        rows = f"(SELECT * FROM {rows} ANTI JOIN aside USING (source_row)) t"
    if fills.each:
        there = [each for each in fills.each if each in sent.types]
        values = ", ".join(name_of(each) for each in there) or "NULL::VARCHAR"
        places = ", ".join(str(fills.each.index(each) + 1) for each in there) or "NULL::INTEGER"
        rows = f"(SELECT t.*, unnest([{values}]) AS each, unnest([{places}]) AS place FROM {rows}) t"
    where = [*([f"({fills.where})"] if fills.where else []), *(["each IS NOT NULL"] if fills.each else [])]
    given = {
        **({"person_id": "person_id"} if people else {}),
        **fills.columns,
        "source": quoted(reader.options.source),
        "source_file": quoted(sent.file.label),
        "source_row": "source_row",
    }
    select = ", ".join(
        f"({sql})::{written_as(c, sql)} AS {name_of(c.name)}"
        for c in table.all_columns
        for sql in [given.get(c.name, "NULL")]
    )
    wanted = f"SELECT {select} FROM {rows}" + (f" WHERE {' AND '.join(where)}" if where else "")
    if table is DEMOGRAPHICS:
        wanted = latest_known(f"({wanted})")
    reader.engine.run(f"COPY ({wanted}) TO {quoted(folder / f'{fills.table}.parquet')} ({PACKED})")


def key_column(kind: FileKind) -> str | None:
    """The column of the first table that holds the own number of every sound row, where there is one."""
    first = kind.fills[0]
    if first.where:
        return None
    return next((name for name, sql in first.columns.items() if sql == "event_id"), None)


def _has_own_keys(kind: FileKind) -> bool:
    return bool(kind.key) and key_column(kind) is None


def _copy_keys(sent: Sent, engine: Engine, folder: Path, *, any_aside: bool) -> None:
    """Write the own number of every sound row, where the first table does not hold it."""
    rows = f"({keys_of(sent)})" + (" ANTI JOIN aside USING (source_row)" if any_aside else "")
    engine.run(f"COPY (SELECT event_id, source_row FROM {rows}) TO {quoted(folder / KEYS)} ({PACKED})")


def _write_aside(file: SourceFile, reader: Reader, folder: Path) -> None:
    reader.engine.run(
        f"COPY (SELECT {quoted(reader.options.source)} AS source, {quoted(file.label)} AS file, "
        'source_row AS "row", coalesce(fault_column, \'\') AS "column", fault AS reason FROM aside '
        f"ORDER BY source_row) TO {quoted(folder / ASIDE)} ({PACKED})"
    )
