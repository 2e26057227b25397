"""Small canonical tables: drawn as text in a test, or grown by Hypothesis, and written as a snapshot is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records import gate
from stewardship.records.engine import Engine
from stewardship.records.engines import ExpressionEngine
from stewardship.records.manifest import SourceEntry, write_manifest
from stewardship.records.model import OF_SOURCES, SHARED, TABLES
from stewardship.records.opened import Records

DEFAULTS = {
    "source_file": "test", "source_row": 1, "sex": "female", "ethnic_group": "White",
    "birth_precision": "day", "hierarchy": "residence",
}  # fmt: skip


TODAY = date(2026, 7, 1)
Rows = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True)
class SmallSource:
    """A source of a small system: its kind and its rows."""

    kind: str
    rows: Rows


def write_records(folder: Path, rows: Rows, *, kind: str = "linked") -> None:
    """Write every canonical table of one source, those not given as empty ones."""
    write_sources(folder, {"test": SmallSource(kind, rows)})


def write_sources(folder: Path, sources: Mapping[str, SmallSource]) -> None:
    """Write the records of several sources, the first to be believed first, as a snapshot has them."""
    entries = []
    for key, source in sources.items():
        _write_tables(folder / "sources" / key, source.rows, OF_SOURCES, key)
        present = frozenset(name for name, given in source.rows.items() if given)
        entries.append(SourceEntry(key, source.kind, key, present, TODAY))
    shared = {name: [row for s in sources.values() for row in s.rows.get(name, ())] for name in SHARED}
    _write_tables(folder / "shared", shared, SHARED, "shared")
    write_manifest(folder, entries)


def _write_tables(folder: Path, rows: Rows, names: Sequence[str], source: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        given = [{**DEFAULTS, "source": source, **row} for row in rows.get(name, ())]
        schema = TABLES[name].schema
        columns = {
            field.name: pa.array([row.get(field.name) for row in given], field.type) for field in schema
        }
        pq.write_table(pa.table(columns, schema=schema), folder / f"{name}.parquet")


def open_records(folder: Path, rows: Rows) -> Records:
    """Write the tables and open them with an engine of their own."""
    write_records(folder / "records", rows)
    return opened(folder, Engine(scratch=folder / "scratch", memory="1GB", threads=2))


def opened(folder: Path, engine: ExpressionEngine) -> Records:
    """The records written in a folder, opened for planning: everybody in them is invented."""
    return gate.open_records(folder / "records", engine, anybody())


def anybody() -> gate.Permit:
    """Leave to see everyone: they are invented."""
    use = gate.USES["planning-results"]
    return gate.permit(
        use, row=6, basis="a test", anonymised="everybody is invented", opt_outs=None, today=TODAY
    )


def drawn(text: str, table: str = "") -> list[dict[str, object]]:
    """Rows drawn as a table: columns parted by |, the first line the names; a blank is nothing.

    table: the canonical table whose columns say what is text. Otherwise dates and numbers are read as such.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    as_text = {"system", "code", "term", "match"}
    if table in TABLES:
        as_text = {field.name for field in TABLES[table].schema if pa.types.is_string(field.type)}
    return [
        {
            name: cell or None if name in as_text else _read(cell)
            for name, cell in zip(lines[0], line, strict=True)
        }
        for line in lines[1:]
    ]


def _read(cell: str) -> object:
    if cell == "":
        return None
    for kind in (int, float, date.fromisoformat):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell
