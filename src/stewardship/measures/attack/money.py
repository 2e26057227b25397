"""The published budget: whether what is shown of it tells hidden money to within 7,000 pounds.

Shown money is known to within 500 pounds. Care areas that are not overlays, and what is nobody's, add up to everything;
fifths to everyone; places to the place above; lines to their area; what organisations' care cost to everything. What a
head costs, a share of the money and one per cent tell the money again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stewardship.measures.attack.known import STEPS, UNLIMITED, Flags, Known, Sum
from stewardship.measures.attack.report import Recovery
from stewardship.measures.attack.sums import through
from stewardship.measures.budget_published import FILE, BudgetFigure
from stewardship.measures.layout import places_that_add_up
from stewardship.measures.published import EVERYONE, Published
from stewardship.measures.quantities import Quantity

WAY = "hidden money of budgets"
THOUSAND, HALF = 1_000.0, 500.0  # pounds: to what money is rounded, and how far it may be from what is shown
WHOLE = "all"
BY_FIFTH = "deprivation fifth"


@dataclass(frozen=True)
class _Grid:
    """What a budget is laid out on; own: the numbers of the areas that everything is divided into."""

    years: tuple[str, ...]
    places: tuple[str, ...]
    fifths: tuple[str, ...]
    areas: tuple[str, ...]
    own: list[int]

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The number of each cell."""
        shape = len(self.years), len(self.places), len(self.fifths), len(self.areas)
        return np.arange(np.prod(shape)).reshape(shape)

    @cached_property
    def _at(self) -> list[dict[str, int]]:
        axes = (self.years, self.places, self.fifths, self.areas)
        return [{name: number for number, name in enumerate(axis)} for axis in axes]

    def cell(self, row: BudgetFigure) -> int:
        """The number of the cell that a row is about."""
        names = (row.period_end.isoformat(), row.place, row.fifth, row.care_area)
        return int(self.numbers[tuple(at[name] for at, name in zip(self._at, names, strict=True))])


def attack_money(published: Published, *, enough: int) -> tuple[int, list[Recovery]]:
    """How much hidden money was tried, and what is told of it.

    Places under the system may come to less than it, whoever lies in them: care of people who are in none of them in
    that year is paid for too, and to take it for nothing tells wrong numbers. enough: so many thousands of pounds
    hidden money keeps between the least and the most that it can be.
    """
    file = published.folder / FILE
    if not file.is_file():
        return 0, []
    rows = [BudgetFigure(**row) for row in pq.read_table(file).to_pylist()]
    grid = _grid(published, rows)
    known, named, sums = _laid_out(grid, rows, published)
    _told_again(known, grid, rows)
    through(known, sums, everyone_is_placed=False)
    width = known.high - known.low
    told = known.hidden & (width >= 0) & (known.low > 0) & (width < enough * THOUSAND)
    return int(known.hidden.sum()), [
        _recovery(known, named[cell], cell) for cell in np.flatnonzero(told).tolist()
    ]


def _grid(published: Published, rows: Sequence[BudgetFigure]) -> _Grid:
    areas = tuple(dict.fromkeys(row.care_area for row in rows if row.what == "spending"))
    own = {row.care_area for row in rows if row.what == "share of money"}
    return _Grid(
        tuple(end.isoformat() for _, end in published.snapshot.periods),
        tuple(card.code for card in published.snapshot.places),
        (EVERYONE, *sorted({row.fifth for row in rows} - {EVERYONE})),
        areas,
        [number for number, area in enumerate(areas) if area in own],
    )


def _laid_out(
    grid: _Grid, rows: Sequence[BudgetFigure], published: Published
) -> tuple[Known, dict[int, BudgetFigure], list[Sum]]:
    """Spending on its grid, with lines and the costs of organisations after it: what is known, and what adds up."""
    spending = [row for row in rows if row.what == "spending"]
    lines = [row for row in rows if row.what == "line"]
    costs = [row for row in rows if row.what == "cost of care" and row.organisation]
    size = int(grid.numbers.size)
    cells = [grid.cell(row) for row in spending]
    known = _nothing(size + len(lines) + len(costs))
    _absent_fifths(known, grid, cells)
    named = dict(zip(cells, spending, strict=True)) | dict(enumerate([*lines, *costs], start=size))
    for cell, row in named.items():
        _take(known, cell, row)
    sums = [*_of_grid(grid, published)]
    sums += _of_lines(grid, lines, size, STEPS[11]) if grid.areas else []
    sums += _of_lines(grid, costs, size + len(lines), STEPS[11]) if grid.areas else []
    return known, named, sums


def _nothing(size: int) -> Known:
    none = np.zeros(size, np.bool_)
    return Known(
        Quantity("pence", frozenset()), np.zeros(size), np.full(size, UNLIMITED), none, none.copy(),
        np.zeros(size, np.int64), [], 0,
    )  # fmt: skip


def _take(known: Known, cell: int, row: BudgetFigure) -> None:
    known.shown[cell], known.hidden[cell] = row.value is not None, row.state == "suppressed"
    if row.value is not None:
        known.low[cell], known.high[cell] = max(row.value - HALF, 0), row.value + HALF


def _absent_fifths(known: Known, grid: _Grid, cells: Sequence[int]) -> None:
    """Where fifths are published, one that is not there is nobody's: nothing is spent in it."""
    there = np.zeros(grid.numbers.shape, np.bool_)
    there.reshape(-1)[list(cells)] = True
    divided = np.asarray(there[:, :, 1:].any(axis=(2, 3)))
    absent: Flags = np.asarray(~there & divided[:, :, None, None] & ~there.any(axis=3, keepdims=True))
    known.high[np.flatnonzero(absent)] = 0


def _of_grid(grid: _Grid, published: Published) -> Iterator[Sum]:
    numbers = grid.numbers
    if WHOLE in grid.areas:
        whole = grid.areas.index(WHOLE)
        own = numbers[..., grid.own].reshape(-1, len(grid.own))
        yield STEPS[10], own, numbers[..., whole].reshape(-1), False
    if len(grid.fifths) > 1:
        fifths = np.moveaxis(numbers[:, :, 1:], 2, -1)
        yield STEPS[0], fifths.reshape(-1, len(grid.fifths) - 1), numbers[:, :, 0].reshape(-1), False
    for above, parts in places_that_add_up(published.snapshot.places):
        below = np.moveaxis(numbers[:, parts], 1, -1).reshape(-1, len(parts))
        yield STEPS[1], below, numbers[:, above].reshape(-1), above == 0


def _of_lines(grid: _Grid, lines: Sequence[BudgetFigure], first: int, step: str) -> Iterator[Sum]:
    """Rows of money beside the grid, numbered from the first on, that add up to the spending of their area."""
    numbered = sorted(enumerate(lines, start=first), key=lambda each: grid.cell(each[1]))
    for total, of in groupby(numbered, key=lambda each: grid.cell(each[1])):
        yield step, np.array([[number for number, _ in of]]), np.array([total]), False


def _told_again(known: Known, grid: _Grid, rows: Sequence[BudgetFigure]) -> None:
    """Narrow hidden spending by what tells it in another way."""
    heads = _heads(known, grid, rows)
    whole = {row.period_end: row.value for row in rows if _is_whole(row)}
    for row in rows:
        if row.value is None:
            continue
        told: tuple[float, float] | None = None
        if row.what == "one per cent":
            told = 100 * row.value - HALF, 100 * row.value + HALF
        elif row.what == "cost of care" and not row.organisation:
            told = row.value - HALF, row.value + HALF
        elif row.what == "share of money" and (of := whole.get(row.period_end)):
            told = of * (row.value - 0.05) / 100 - HALF, of * (row.value + 0.05) / 100 + HALF
        elif row.what in ("per head", "per weighted head"):
            low, high = heads.get((row.what, *_where(row)), (0.0, UNLIMITED))
            told = low * (row.value - 0.005) - HALF, high * (row.value + 0.005) + HALF
        cell = grid.cell(row) if told is not None else -1
        if told is not None and known.hidden[cell]:
            known.narrow_at(np.array([cell]), np.array([told[0]]), np.array([told[1]]), STEPS[12])


def _is_whole(row: BudgetFigure) -> bool:
    return (
        row.what == "spending" and row.care_area == WHOLE and row.fifth == EVERYONE and row.value is not None
    )


def _where(row: BudgetFigure) -> tuple[str, str, str]:
    return row.period_end.isoformat(), row.place, row.fifth


def _heads(
    known: Known, grid: _Grid, rows: Sequence[BudgetFigure]
) -> dict[tuple[str, str, str, str], tuple[float, float]]:
    """Between what the heads of each place and fifth lie, by the areas of which both money and each head are shown."""
    found: dict[tuple[str, str, str, str], tuple[float, float]] = {}
    for row in rows:
        if row.what not in ("per head", "per weighted head") or row.value is None or row.value < 1:
            continue
        cell = grid.cell(row)
        if known.shown[cell]:
            pounds = float(known.high[cell]) - HALF
            key = (row.what, *_where(row))
            low, high = found.get(key, (0.0, UNLIMITED))
            found[key] = max(low, pounds / (row.value + 0.005)), min(high, pounds / (row.value - 0.005))
    return found


def _recovery(known: Known, row: BudgetFigure, cell: int) -> Recovery:
    told = int(known.steps[cell])
    steps = "; ".join(step for bit, step in enumerate(STEPS) if told >> bit & 1)
    of = ", ".join(filter(None, (row.care_area, row.what, row.organisation, row.point_of_delivery)))
    by = BY_FIFTH if row.fifth != EVERYONE else EVERYONE
    low, high = float(known.low[cell]), float(known.high[cell])
    return Recovery(WAY, of, row.place, by, row.fifth, row.period_end.isoformat(), low, high, steps)
