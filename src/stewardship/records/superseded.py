"""Numbers that another took the place of: whoever had one is the same person under the newer, in every source.

Records keep the number under which they were sent. The few rows of numbers that were replaced are written a second
time, under the newest number, beside the others, which are then read without those. So a number that is replaced next
month changes no file that was read, and whoever reads records looks nobody's newest number up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stewardship.records.engine import Engine, quoted, read_from
from stewardship.records.model import TABLES

FILE = "superseded.parquet"
SAME_PERSON = "same_person.parquet"
MOVED = "moved"  # beside a source's tables: the folder of their rows under the newest numbers
_SCHEMA = pa.schema([pa.field("person_id", pa.int64()), pa.field("newer", pa.int64())])
_COLUMNS = {FILE: ["person_id", "newer"], SAME_PERSON: ["person_id", "least"]}


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


@dataclass(frozen=True)
class Contradictions:
    """twice: numbers of which two newer ones are told. circling: numbers that end in a circle of numbers, or are of
    one."""

    twice: frozenset[int]
    circling: frozenset[int]


def contradictions(pairs: Iterable[tuple[int, int]]) -> Contradictions:
    """What is told against itself. pairs: (replaced, by which)."""
    newer: dict[int, set[int]] = {}
    for old, new in pairs:
        newer.setdefault(old, set()).add(new)
    ends: dict[int, set[int]] = {old: set(others) for old, others in newer.items()}
    settled = True
    while settled:  # what leads to no more numbers is no part of a circle, nor is what leads to that alone
        leaves = {old for old, others in ends.items() if not others & ends.keys()}
        settled = bool(leaves)
        ends = {old: others for old, others in ends.items() if old not in leaves}
    return Contradictions(frozenset(old for old, others in newer.items() if len(others) > 1), frozenset(ends))


def one_person(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The least of all numbers that are one person's, of each number in any pair, whichever way it was told."""
    least: dict[int, int] = {}

    def root(number: int) -> int:
        while least.setdefault(number, number) != number:
            least[number] = number = least[least[number]]
        return number

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        least[high] = low
    return {number: root(number) for number in list(least)}


def write_superseded(folder: Path, newest: dict[int, int], told: Iterable[tuple[int, int]]) -> None:
    """Write them beside what all sources share, if there are any; and which numbers are one person's, as far as
    that was told at all."""
    for name, rows in ((FILE, newest), (SAME_PERSON, one_person(told))):
        if rows:
            columns = {"person_id": list(rows), "newer": list(rows.values())}
            table = pa.table(columns, schema=_SCHEMA).sort_by("person_id")
            pq.write_table(table.rename_columns(_COLUMNS[name]), folder / name)


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
        if _names_any(files, superseded, engine):
            rows = moved(engine.parquet(files, TABLES[name].schema), superseded)
            engine.ibis.to_parquet(rows, source / MOVED / f"{name}.parquet")


def _names_any(files: Sequence[Path], superseded: pa.Table, engine: Engine) -> bool:
    """Whether any row is of a number that was replaced. Nearly always none is, and to look is soon done."""
    listed = ", ".join(quoted(read_from(path)) for path in files)
    with engine.lent("replaced_numbers", superseded):
        return bool(
            engine.rows(
                f"SELECT 1 FROM read_parquet([{listed}]) WHERE person_id IN "
                "(SELECT person_id FROM replaced_numbers) LIMIT 1"
            )
        )


def same_person_in(folder: Path) -> pa.Table | None:
    """Each number of whoever has several, with the least of them; None where nobody has."""
    path = folder / SAME_PERSON
    if path.is_file():
        return pq.read_table(path)
    superseded = superseded_in(folder)  # a snapshot from before they were written
    if superseded is None:
        return None
    least = one_person(zip(*(superseded[name].to_pylist() for name in _SCHEMA.names), strict=True))
    return pa.table(
        [pa.array(least, pa.int64()), pa.array(least.values(), pa.int64())], _COLUMNS[SAME_PERSON]
    )


def people_in(
    files: Sequence[Path], newest: Mapping[int, int], engine: Engine, *, where: str = "true"
) -> int:
    """How many people some files of rows of people name, each by the newest number. where: SQL of the rows that
    count."""
    listed = ", ".join(quoted(read_from(path)) for path in files)
    columns = {"was": list(newest), "newest": list(newest.values())}
    known = pa.table(columns, pa.schema([("was", pa.int64()), ("newest", pa.int64())]))
    with engine.lent("newest_numbers", known):
        ((people,),) = engine.rows(
            f"SELECT count(DISTINCT coalesce(newest, person_id)) FROM read_parquet([{listed}]) "
            f"LEFT JOIN newest_numbers ON was = person_id WHERE {where}"
        )
    return int(people)


def also_newest(people: pa.Array, superseded: pa.Table) -> pa.Array:
    """Some people, each once, by the numbers given and by their newest."""
    newest = dict(zip(superseded["person_id"].to_pylist(), superseded["newer"].to_pylist(), strict=True))
    known = set(people.to_pylist())
    return pa.array(sorted(known | {newest[each] for each in known & newest.keys()}), pa.int64())


def by_all_numbers(people: pa.Array, same: pa.Table) -> pa.Array:
    """Some people, each once, by every number that they have."""
    meant = pc.unique(same.filter(pc.is_in(same["person_id"], value_set=people))["least"])
    others = same.filter(pc.is_in(same["least"], value_set=meant))["person_id"]
    return pa.array(sorted({*people.to_pylist(), *others.to_pylist()}), pa.int64())
