"""Tables of a source that are made of all its files together: who its people are, where they live and are registered,
who has died, and hospital stays."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from stewardship.records import model
from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.extracts.latest import latest_known
from stewardship.records.extracts.private import table_named
from stewardship.records.extracts.written import PACKED
from stewardship.records.row_checks import engine_type
from stewardship.records.superseded import newest_of

SUPERSEDED_FILE = "superseded.parquet"
POOLED = ("person", "address", "registration", "death")
INTO = {
    "demographics": "person",
    "superseded": "person",
    "same_person": "person",
    "episode": "activity",
}  # what a private table becomes

Files = Mapping[str, Sequence[Path]]


def rows_in(files: Sequence[Path]) -> str:
    """SQL of the rows of some files, with the place of a row's file among them as `rank`."""
    return "(" + " UNION ALL ".join(
        f"SELECT *, {rank} AS rank FROM {quoted(read_from(path))}" for rank, path in enumerate(files)
    ) + ")"  # fmt: skip


def write_pooled(
    files: Files, into: Path, small_areas: frozenset[str] | None, engine: Engine
) -> dict[str, int]:
    """Write `person`, `address`, `registration` and `death` of a source, empty where nothing tells of them, and which
    numbers took the place of which, as it was last told and as it was told at all.

    files: of each table, the files in their order. small_areas: codes of the areas known; None for any. Homes and
    registrations that one person has under two numbers from the same day are written once, as the newer number has
    them: returns how many of each are not written.
    """
    former = _former_numbers(files, engine)
    repeated = {"address": 0, "registration": 0}
    makers: dict[str, tuple[str, Callable[[str], str]]] = {
        "person": ("demographics", lambda rows: latest_known(rows, "rank")),
        "address": ("address", lambda rows: f"SELECT * FROM {rows} WHERE {_is_area(small_areas)}"),
        "registration": ("registration", lambda rows: f"SELECT * FROM {rows}"),
        "death": ("death", _last_told),
        "superseded": ("superseded", _last_told),
        "same_person": ("same_person", lambda rows: f"SELECT * FROM {rows}"),
    }
    for name, (of, make) in makers.items():
        sources = files.get(of, ())
        table = table_named(name)
        path = into / f"{name}.parquet"
        if not sources:
            write_nothing(table, path, engine)
            continue
        rows = make(rows_in(sources))
        if former.num_rows and name in repeated:
            with engine.lent("former_numbers", former):
                ((repeated[name],),) = engine.rows(f"SELECT count(*) FROM ({_once(rows)}) WHERE nth > 1")
                _write(f"SELECT * FROM ({_once(rows)}) WHERE nth = 1", table, path, engine)
        else:
            _write(rows, table, path, engine)
    return repeated


def _former_numbers(files: Files, engine: Engine) -> pa.Table:
    """Each number that another took the place of, and the newest that did."""
    sources = files.get("superseded", ())
    told = engine.rows(f"SELECT person_id, newer FROM ({_last_told(rows_in(sources))})") if sources else []
    newest = newest_of(told)
    return pa.table({"was": pa.array(newest, pa.int64()), "newest": pa.array(newest.values(), pa.int64())})


def _once(rows: str) -> str:
    """Rows with their place (`nth`, from 1) among those of a person from one day. Whatever stands under the newest
    number is the first; of former numbers that have the same, the row that came last."""
    return (
        "SELECT told.*, CASE WHEN newest IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY "
        'coalesce(newest, person_id), "start" ORDER BY newest IS NOT NULL, rank DESC, source_row DESC) END AS nth '
        f"FROM ({rows}) AS told LEFT JOIN former_numbers ON was = person_id"
    )


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
