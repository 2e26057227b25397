"""Numbers that another took the place of: whoever had one is the same person under the newer, in every source.

Records keep the number under which they were sent; the newer one is put in its place when they are opened. So a number
that is replaced next month changes no file that was read.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

FILE = "superseded.parquet"
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


def as_newest(rows: Any, superseded: pa.Table) -> Any:
    """Rows of people, each under the person's newest number."""
    newer = ibis.memtable(superseded.rename_columns(["was", "newest"]))
    both = rows.left_join(newer, rows.person_id == newer.was)
    named = both.mutate(person_id=both.newest.fill_null(both.person_id))
    return named.select(list(rows.columns))


def also_newest(people: pa.Array, superseded: pa.Table) -> pa.Array:
    """Some people, each once, by the numbers given and by their newest."""
    newest = dict(zip(superseded["person_id"].to_pylist(), superseded["newer"].to_pylist(), strict=True))
    known = set(people.to_pylist())
    return pa.array(sorted(known | {newest[each] for each in known & newest.keys()}), pa.int64())
