"""Small canonical tables: drawn as text in a test, or grown by Hypothesis, and written as a snapshot is."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.engine import Engine
from stewardship.records.model import TABLES
from stewardship.records.opened import Records

DEFAULTS = {
    "source": "test", "source_file": "test", "source_row": 1, "sex": "female", "ethnic_group": "White",
    "birth_precision": "day", "hierarchy": "residence",
}  # fmt: skip


def write_records(folder: Path, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Write every canonical table, those not given as empty ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        given = rows.get(name, ())
        columns = {
            field.name: pa.array([{**DEFAULTS, **row}.get(field.name) for row in given], field.type)
            for field in table.schema
        }
        pq.write_table(pa.table(columns, schema=table.schema), folder / f"{name}.parquet")


def open_records(folder: Path, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> Records:
    """Write the tables and open them with an engine of their own."""
    write_records(folder / "records", rows)
    engine = Engine(scratch=folder / "scratch", memory="1GB", threads=2)
    present = frozenset(name for name, given in rows.items() if given)
    return Records(folder / "records", engine, present)


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
