"""The care-area budget as published, after disclosure control: `budget.parquet` among a snapshot's results.

Money is rounded to 1,000 pounds, and hidden where fewer than 8 residents stand behind it or it could be told from what
is shown; that of ledgers has no residents behind it. One per cent is worked out from the rounded money.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

FILE = "budget.parquet"
What = Literal[
    "spending", "per head", "per weighted head", "line", "cost of care", "ledger", "difference", "share of money",
    "share of deaths under 75", "share of years of life lost under 75", "share of people", "one per cent",
]  # fmt: skip


@dataclass(frozen=True)
class BudgetFigure:
    """One published figure of a budget.

    care_area: its key, "unallocated" or "all". what: of what kind it is. place: code. fifth: a deprivation fifth, or
    everyone. organisation, point_of_delivery, programme: '' for all or none. basis: how the money is known: actual,
    apportioned, estimated, unknown, several of them joined by commas, or '' where it is not told. value: in the unit,
    None unless state is "shown". source: from which data it is. caution: what to know when reading it.
    """

    care_area: str
    what: What
    place: str
    period_start: date
    period_end: date
    unit: str
    value: float | None
    state: str
    fifth: str = "everyone"
    organisation: str = ""
    point_of_delivery: str = ""
    programme: str = ""
    basis: str = ""
    source: str = ""
    reason: str = ""
    caution: str = ""


_TYPES = {"period_start": pa.date32(), "period_end": pa.date32(), "value": pa.float64()}
BUDGET = pa.schema([(field.name, _TYPES.get(field.name, pa.string())) for field in fields(BudgetFigure)])


_ORDER = (
    "care_area", "what", "place", "fifth", "period_end", "organisation", "point_of_delivery", "programme", "basis",
)  # fmt: skip


def write_budget(results: Path, figures: Iterable[BudgetFigure]) -> None:
    """Write the figures, sorted so that one care area is read without the rest."""
    rows = list(figures)
    table = pa.table({name: [getattr(row, name) for row in rows] for name in BUDGET.names}, schema=BUDGET)
    order = [(name, "ascending") for name in _ORDER]
    pq.write_table(table.sort_by(order), results / FILE, row_group_size=20_000)


def read_budget(results: Path, care_area: str) -> tuple[BudgetFigure, ...]:
    """The figures of a care area, "unallocated" or "all"; none where the snapshot has no budget."""
    return _read(results / FILE, care_area) if (results / FILE).is_file() else ()


def read_budget_at(results: Path, end: date, places: tuple[str, ...]) -> tuple[BudgetFigure, ...]:
    """Everyone's figures of all care areas for the year that ends then, at some places; none without a budget."""
    return _read_at(results / FILE, end, places) if (results / FILE).is_file() else ()


@lru_cache(maxsize=64)
def _read_at(path: Path, end: date, places: tuple[str, ...]) -> tuple[BudgetFigure, ...]:
    asked = [("period_end", "==", end), ("fifth", "==", "everyone"), ("place", "in", list(places))]
    return tuple(BudgetFigure(**row) for row in pq.read_table(path, filters=asked).to_pylist())


@lru_cache(maxsize=64)
def _read(path: Path, care_area: str) -> tuple[BudgetFigure, ...]:
    table = pq.read_table(path, filters=[("care_area", "==", care_area)])
    return tuple(BudgetFigure(**row) for row in table.to_pylist())
