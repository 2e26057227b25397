"""Derived figures: whether they follow from the published ones, and so tell nothing that these do not.

Each file is made anew of the published figures and months alone. Whatever stands in one and does not come out of them
was made of something that nobody may see.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stewardship.measures.attack.report import Recovery
from stewardship.measures.derived import write_derived
from stewardship.measures.months import months_file
from stewardship.measures.published import EVERYONE, AreaCard, Published

WAY = "derived figures made anew"
STEP = "it does not follow from the published figures"
ALIKE = 1e-6  # in proportion: sums in another order differ by less
NAMES = (
    "measure",
    "level",
    "place",
    "period_end",
    "month",
)  # the columns that name a row, where they are there


def attack_derived(published: Published) -> tuple[int, list[Recovery]]:
    """How many rows of derived figures were made anew, and those that are not what the published figures give."""
    tried, found = 0, list[Recovery]()
    for area in published.snapshot.with_strategy:
        for told, anew in _files(published, area):
            tried += told.num_rows
            found += _differing(told, anew)
    return tried, found


def _files(published: Published, area: AreaCard) -> Iterator[tuple[pa.Table, pa.Table]]:
    """What stands in each file of a care area, and what the published figures give."""
    months = months_file(published.folder, area.key)
    with tempfile.TemporaryDirectory(prefix="stewardship-attack-") as folder:
        if months.is_file():
            shutil.copy(months, folder)
        write_derived(Path(folder), area, published.table(area.key), published.snapshot)
        for made in sorted(Path(folder).glob("*.parquet")):
            there = published.folder / made.name
            if made.name != months.name and there.is_file():
                yield pq.read_table(there), pq.read_table(made)


def _differing(told: pa.Table, anew: pa.Table) -> Iterator[Recovery]:
    """The rows with a number that does not come out anew, or that do not come out at all."""
    key = [name for name in NAMES if name in told.column_names]
    numbers = [field.name for field in told.schema if _is_number(field.type)]
    names = _rows(told, key)
    at = {row: number for number, row in enumerate(_rows(anew, key))}
    mine = np.array([at.get(row, anew.num_rows) for row in names], np.int64)
    seen = _numbers(told, numbers)
    nothing = np.full((1, len(numbers)), np.nan)
    given = np.concatenate([_numbers(anew, numbers), nothing])[mine]
    wrong = ~np.isnan(seen) & ~np.isclose(seen, given, rtol=ALIKE, atol=1e-9)
    for row in np.flatnonzero(wrong.any(axis=1)).tolist():
        column = int(np.flatnonzero(wrong[row])[0])
        value, of = float(seen[row, column]), dict(zip(key, names[row], strict=True))
        when = of.get("period_end", of.get("month", ""))
        measure = f"{of['measure']}, {numbers[column].replace('_', ' ')}"
        yield Recovery(WAY, measure, str(of["place"]), EVERYONE, EVERYONE, str(when), value, value, STEP)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind))


def _rows(table: pa.Table, key: list[str]) -> list[tuple[object, ...]]:
    return list(zip(*(table[name].to_pylist() for name in key), strict=True))


def _numbers(table: pa.Table, names: list[str]) -> NDArray[np.float64]:
    columns = [table[name].cast(pa.float64()).to_numpy(zero_copy_only=False) for name in names]
    return np.stack(columns, axis=1)
