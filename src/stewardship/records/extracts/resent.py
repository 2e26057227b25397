"""Rows that are not loaded because of another file, or of the day: sent again later, or dated in the future.

A part whose rows are all loaded is used as it is. Of any other a copy without those rows is made, and kept too.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.extracts.aside import key_words, said_of
from stewardship.records.extracts.counted import dated
from stewardship.records.extracts.kinds import months_named
from stewardship.records.extracts.parts import Part
from stewardship.records.extracts.repeated import repeated_in
from stewardship.records.extracts.shelf import Shelf
from stewardship.records.extracts.written import PACKED, constant
from stewardship.records.kept import key_of, reader_version
from stewardship.records.row_checks import plain_day

SENT_AGAIN = "sent_again.parquet"
_REMOVED = " ANTI JOIN rows_removed USING (source_row)"


@dataclass(frozen=True)
class Loaded:
    """A part without the rows that are not loaded. tables: file by table; removed: how many rows are not."""

    part: Part
    tables: dict[str, Path]
    removed: int


def loaded(
    parts: Sequence[Part], *, source: str, last_day: date, horizon: date, shelf: Shelf, engine: Engine
) -> list[Loaded]:
    """The parts as they are loaded, in order; what is not is added to the engine's table `not_loaded` (file, row,
    column, reason). parts: of one kind of file of a source, the earlier file first."""
    removed = [_in_future(part, last_day, horizon, engine) for part in parts]
    key, words = parts[0].kind.key, key_words(parts[0].kind)
    for place, row, taken in _sent_again(parts, shelf, engine):
        removed[place].setdefault(row, (key[-1], _replaced(words, parts[place].label, parts[taken].label)))
    return [_without(part, source, rows, shelf, engine) for part, rows in zip(parts, removed, strict=True)]


def _in_future(part: Part, last_day: date, horizon: date, engine: Engine) -> dict[int, tuple[str, str]]:
    """The rows of a part with a date after the horizon, and why."""
    beyond = [day for day in dated(part.kind) if part.told.latest.get(day, "") > str(horizon)]
    why = f"the date lies after the last day of the data, {plain_day(last_day)}"
    rows: dict[int, tuple[str, str]] = {}
    for day in beyond:
        found = engine.rows(
            f"SELECT source_row FROM {quoted(read_from(part.table(part.first.table)))} "
            f"WHERE {name_of(day)} > DATE '{horizon}'"
        )
        said = said_of(part.kind, part.first.columns[day])
        rows |= {row: (said, why) for (row,) in found}
    return rows


@cache
def _replaced(words: str, file: str, by: str) -> str:
    """Why a row of a file is not loaded, but that of another: a file without months is not earlier, but comes first."""
    named = months_named(by) and not months_named(file)
    which = "another file, whose name says its months as this one's does not," if named else "a later file"
    return f"{which} holds the same {words}: its row is taken"


def _sent_again(parts: Sequence[Part], shelf: Shelf, engine: Engine) -> list[tuple[int, int, int]]:
    """(place of the part, row, place of the part whose row is taken) of each row whose key a later part has. Found anew
    only where a part is new."""
    keys = [part.keys for part in parts]
    if len(parts) < 2 or None in keys:
        return []
    key = key_of("sent again", reader_version(), [part.key for part in parts])
    folder, _ = shelf.made(
        key, lambda making: _find_sent_again([each for each in keys if each], making, engine)
    )
    return engine.rows(
        f"SELECT place, source_row, taken FROM {quoted(read_from(folder / SENT_AGAIN))} ORDER BY ALL"
    )


def _find_sent_again(keys: Sequence[tuple[Path, str]], folder: Path, engine: Engine) -> None:
    listed = ", ".join(quoted(read_from(path)) for path, _ in keys)
    repeated = repeated_in(f"read_parquet([{listed}])", keys[0][1], engine)
    rows = " UNION ALL ".join(
        f"SELECT {place} AS place, source_row, {name_of(column)} AS event_id FROM {quoted(read_from(path))}"
        for place, (path, column) in enumerate(keys)
    )
    with engine.lent("keys_sent_again", pa.table({"event_id": pa.array(repeated, pa.int64())})):
        engine.run(
            "COPY (SELECT place, source_row, max(place) OVER (PARTITION BY event_id) AS taken "
            f"FROM ({rows}) SEMI JOIN keys_sent_again USING (event_id) QUALIFY place < taken) "
            f"TO {quoted(folder / SENT_AGAIN)} ({PACKED})"
        )


def _without(
    part: Part, source: str, removed: dict[int, tuple[str, str]], shelf: Shelf, engine: Engine
) -> Loaded:
    tables = {fills.table: part.table(fills.table) for fills in part.kind.fills}
    if not removed:
        return Loaded(part, tables, 0)
    rows = np.array(sorted(removed), dtype=np.int64)
    why = [removed[int(row)] for row in rows]
    listed = pa.table(
        {
            "source_row": rows,
            "said": pa.array([each[0] for each in why]),
            "reason": pa.array([each[1] for each in why]),
        }
    )
    with engine.lent("rows_removed", listed):
        engine.run(
            f"INSERT INTO not_loaded SELECT {quoted(part.label)}, source_row, said, reason FROM rows_removed"
        )
        key = key_of("without", reader_version(), part.key, hashlib.sha256(rows.tobytes()).hexdigest())
        folder, _ = shelf.made(key, lambda making: _copy(part, source, making, engine))
    return Loaded(part, {name: folder / path.name for name, path in tables.items()}, len(rows))


def _copy(part: Part, source: str, folder: Path, engine: Engine) -> None:
    origin = f"{constant(source)} AS source, {constant(part.label)} AS source_file"
    for fills in part.kind.fills:
        path, but = part.table(fills.table), "" if fills.even_aside else _REMOVED
        engine.run(
            f"COPY (SELECT * REPLACE ({origin}) FROM {quoted(read_from(path))}{but}) "
            f"TO {quoted(folder / path.name)} ({PACKED})"
        )
