"""Tables of a source that are made of all its files together: who its people are, where they live and are registered,
who has died, and hospital stays."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stewardship.records import model
from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.extracts.latest import latest_known
from stewardship.records.extracts.parts import PACKED
from stewardship.records.extracts.private import SUPERSEDED
from stewardship.records.row_checks import engine_type

SUPERSEDED_FILE = "superseded.parquet"
POOLED = ("person", "address", "registration", "death")
INTO = {
    "demographics": "person",
    "superseded": "person",
    "episode": "activity",
}  # what a private table becomes

Files = Mapping[str, Sequence[Path]]


def rows_in(files: Sequence[Path]) -> str:
    """SQL of the rows of some files, with the place of a row's file among them as `rank`."""
    return "(" + " UNION ALL ".join(
        f"SELECT *, {rank} AS rank FROM {quoted(read_from(path))}" for rank, path in enumerate(files)
    ) + ")"  # fmt: skip


def write_pooled(files: Files, into: Path, small_areas: frozenset[str] | None, engine: Engine) -> None:
    """Write `person`, `address`, `registration` and `death` of a source, empty where nothing tells of them, and which
    numbers took the place of which.

    files: of each table, the files in their order. small_areas: codes of the areas known; None for any.
    """
    makers: dict[str, tuple[str, Callable[[str], str]]] = {
        "person": ("demographics", lambda rows: latest_known(rows, "rank")),
        "address": ("address", lambda rows: f"SELECT * FROM {rows} WHERE {_is_area(small_areas)}"),
        "registration": ("registration", lambda rows: f"SELECT * FROM {rows}"),
        "death": ("death", _last_told),
        "superseded": ("superseded", _last_told),
    }
    for name, (of, make) in makers.items():
        sources = files.get(of, ())
        table = SUPERSEDED if name == "superseded" else model.TABLES[name]
        path = into / f"{name}.parquet"
        if sources:
            _write(make(rows_in(sources)), table, path, engine)
        else:
            write_nothing(table, path, engine)


def _write(rows: str, table: model.Table, path: Path, engine: Engine) -> None:
    columns = ", ".join(
        f"{name_of(c.name)}::{engine_type(c.type)} AS {name_of(c.name)}" for c in table.all_columns
    )
    order = dict.fromkeys(["person_id", *table.key, "source_file", "source_row"])
    by = ", ".join(name_of(each) for each in order)
    engine.run(f"COPY (SELECT {columns} FROM ({rows}) ORDER BY {by}) TO {quoted(path)} ({PACKED})")


def write_nothing(table: model.Table, path: Path, engine: Engine) -> None:
    """Write a table with no rows."""
    columns = ", ".join(f"NULL::{engine_type(c.type)} AS {name_of(c.name)}" for c in table.all_columns)
    engine.run(f"COPY (SELECT {columns} WHERE false) TO {quoted(path)} ({PACKED})")


def _last_told(rows: str) -> str:
    latest = "row_number() OVER (PARTITION BY person_id ORDER BY rank DESC, source_row DESC) = 1"
    return f"SELECT * FROM {rows} QUALIFY {latest}"


def _is_area(small_areas: frozenset[str] | None) -> str:
    """SQL of whether a home's code is that of a small area: one that is known, or one of England."""
    if small_areas is None:
        return "regexp_full_match(small_area, '[A-Z][0-9]{8}')"
    return "(regexp_full_match(small_area, 'E01[0-9]{6}') OR small_area IN (SELECT code FROM known_area))"
