"""Numbers that another took the place of: whoever had one is the same person under the newer, in every source.

Records keep the number under which they were sent. The few rows of numbers that were replaced are written a second
time, under the newest number, beside the others, which are then read without those. So a number that is replaced next
month changes no file that was read, and whoever reads records looks nobody's newest number up.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.engine import Engine
from stewardship.records.model import TABLES

FILE = "superseded.parquet"
MOVED = "moved"  # beside a source's tables: the folder of their rows under the newest numbers
_SCHEMA = pa.schema([pa.field("person_id", pa.int64()), pa.field("newer", pa.int64())])


def newest_of(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The newest number of each person_id that was replaced. pairs: (replaced, by which), the first to be believed
    first. Numbers that replace each other in a circle stay as they are."""
    newer: dict[int, int] = {}
    for old, new in pairs:
        newer.setdefault(old, new)
    found = {}
    for old in newer:
        passed, last = {old}, newer[old]
        while last in newer and last not in passed:
            passed.add(last)
            last = newer[last]
        if last not in passed:
            found[old] = last
    return found


def write_superseded(folder: Path, newest: dict[int, int]) -> None:
    """Write them beside what all sources share, if there are any."""
    if newest:
        columns = {"person_id": list(newest), "newer": list(newest.values())}
        pq.write_table(pa.table(columns, schema=_SCHEMA).sort_by("person_id"), folder / FILE)


def superseded_in(folder: Path) -> pa.Table | None:
    """What was written; None where nobody has a newer number."""
    return pq.read_table(folder / FILE, schema=_SCHEMA) if (folder / FILE).is_file() else None


def moved(rows: Any, superseded: pa.Table) -> Any:
    """Those of the rows whose number was replaced, under the newest number."""
    newer = ibis.memtable(superseded.rename_columns(["was", "newest"]))
    both = rows.inner_join(newer, rows.person_id == newer.was)
    return both.mutate(person_id=both.newest).select(list(rows.columns))


def write_moved(
    source: Path, tables: Mapping[str, Sequence[Path]], superseded: pa.Table, engine: Engine
) -> None:
    """Write such rows of a source's tables of people, where there are any. tables: the files of each."""
    (source / MOVED).mkdir()
    for name, files in tables.items():
        path = source / MOVED / f"{name}.parquet"
        engine.ibis.to_parquet(moved(engine.parquet(files, TABLES[name].schema), superseded), path)
        if not pq.read_metadata(path).num_rows:
            path.unlink()


def also_newest(people: pa.Array, superseded: pa.Table) -> pa.Array:
    """Some people, each once, by the numbers given and by their newest."""
    newest = dict(zip(superseded["person_id"].to_pylist(), superseded["newer"].to_pylist(), strict=True))
    known = set(people.to_pylist())
    return pa.array(sorted(known | {newest[each] for each in known & newest.keys()}), pa.int64())
