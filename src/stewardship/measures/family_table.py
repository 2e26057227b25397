"""What adds up among the counts of a family: one quantity, over one year and over years put together, and the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.columns import Column, MonthlyColumn
from stewardship.measures.differencing import (
    ANY_NUMBER,
    Cells,
    Flags,
    Partition,
    Rows,
    hidden_with_differences,
)
from stewardship.measures.layout import MONTHS, Layout
from stewardship.measures.quantities import Quantity

COST_OF_EVERYONE = 10.0
COST_OF_LEVEL = {"system": 3.0, "alliance": 1.0, "network": 0.5, "local_authority": 0.5}
OF_MONTHS = "months"

Numbers = NDArray[np.float64]


class AddsUp:
    """What adds up among the counts of a family, worked out once: its sums, its pairs, and sums that are open."""

    def __init__(self, layout: Layout) -> None:
        self.known: tuple[list[Partition], list[Partition]] | None = None
        self._layout = layout
        self._open: dict[tuple[int, ...], list[tuple[Rows, Rows]]] = {}

    def partitions(self, *counts: Rows) -> list[Partition]:
        """The sums of a block; none where all sums of the table are known already."""
        return [] if self.known else self._layout.partitions(*counts)

    @cached_property
    def costs(self) -> Numbers:
        """What hiding each cell of the grid costs a reader."""
        of_cells = np.where(np.arange(self._layout.shape[2]) == 0, COST_OF_EVERYONE, 0.0)
        return _costs(self._layout, of_cells)

    @cached_property
    def costs_of_months(self) -> Numbers:
        """The same of months: less than a year's."""
        return _costs(self._layout, np.zeros(MONTHS))

    def of_months(self, months: MonthlyColumn, at: int, year: int) -> list[Partition]:
        """The sums of months: of a year and place to its everyone, and of places. at, year: where the blocks start."""
        if self.known:
            return []
        rows = np.arange(len(months.counts)) + at
        of_places = self._layout.partitions_of_months(months.counts)
        return [Partition(rows, months.year + year), *(each.moved(at) for each in of_places)]

    def open_sums_of_months(self, months: MonthlyColumn) -> list[tuple[Rows, Rows]]:
        """See `Layout.open_sums`."""
        key = (id(months.counts),)
        if key not in self._open:
            self._open[key] = self._layout.open_sums_of_months(months.counts)
        return self._open[key]

    def open_sums(self, *counts: Rows) -> list[tuple[Rows, Rows]]:
        """See `Layout.open_sums`; the counts are told apart as the arrays that they are."""
        key = tuple(map(id, counts))
        if key not in self._open:
            self._open[key] = self._layout.open_sums(*counts)
        return self._open[key]


def _costs(layout: Layout, of_cells: Numbers) -> Numbers:
    """What hiding each cell of each place and year costs, with a lot among equals that does not look at counts."""
    of_places = np.array([COST_OF_LEVEL.get(place.level, 0.0) for place in layout.places])
    lot = np.random.default_rng(1).random((layout.years, len(of_places), len(of_cells)))
    return np.asarray((of_places[None, :, None] + of_cells[None, None, :] + lot).reshape(-1))


@dataclass
class FamilyTable:
    """The rows of a family put under each other, and what adds up in them."""

    blocks: list[Cells] = field(default_factory=list)
    costs: list[Numbers] = field(default_factory=list)
    instead: list[NDArray[np.int64]] = field(default_factory=list)
    sums: list[Partition] = field(default_factory=list)
    pairs: list[Partition] = field(default_factory=list)
    size: int = 0

    def add(
        self,
        cells: Cells,
        sums: Sequence[Partition],
        *,
        cost: Numbers | None = None,
        instead: Rows | None = None,
    ) -> int:
        """Add a block; instead: the rows that are hidden for its sake, at their own cost. Returns where it starts."""
        start, rows = self.size, len(cells.hidden)
        self.blocks.append(cells)
        self.costs.append(np.zeros(rows) if cost is None else cost)
        self.sums += [each.moved(start) for each in sums]
        self.instead.append(np.arange(start, self.size + rows) if instead is None else instead)
        self.size += rows
        return start

    def add_open(self, start: int, sums: Sequence[tuple[Rows, Rows]], instead: int | None = None) -> None:
        """Sums of a block's rows to which people belong who lie in no part: so many more, of whom nothing is known.

        instead: the block whose rows are hidden for its sake, if it is another.
        """
        for parts, totals in sums:
            none, no = np.zeros(len(totals)), np.zeros(len(totals), np.bool_)
            nowhere = Cells(
                none, none + ANY_NUMBER, none, none + ANY_NUMBER, hidden=no, published=no, zero=no
            )
            first = self.add(nowhere, (), instead=totals + (start if instead is None else instead))
            rows = np.column_stack([parts + start, np.arange(len(totals)) + first])
            self.sums.append(Partition(rows.ravel(), np.repeat(totals + start, rows.shape[1])))

    def pair(self, rows: Rows, first: int, last: int) -> None:
        """Say that these rows and those from `last` add up to those from `first`, one by one."""
        numbers = np.arange(len(rows))
        totals = np.concatenate([numbers, numbers]) + first
        self.pairs.append(Partition(np.concatenate([rows, numbers + last]), totals))

    @property
    def cells(self) -> Cells:
        """All blocks as one table."""
        arrays = ("low", "high", "hidden_low", "hidden_high", "hidden", "published", "zero")
        joined: dict[str, Any] = {
            name: np.concatenate([getattr(block, name) for block in self.blocks]) for name in arrays
        }
        rows = [len(block.hidden) for block in self.blocks]
        for name, usual in (("from_below", False), ("guarded", True)):
            given = [getattr(block, name) for block in self.blocks]
            parts = [
                np.full(n, usual) if flags is None else flags for flags, n in zip(given, rows, strict=True)
            ]
            joined[name] = np.concatenate(parts)
        return replace(self.blocks[0], **joined)

    def hidden(self, *, spread: bool) -> Flags:
        """Which rows are hidden in the end."""
        instead = np.concatenate(self.instead)
        costs = np.concatenate(self.costs)[instead]
        return hidden_with_differences(
            self.cells, self.sums, self.pairs, cost=costs, instead=instead, spread=spread
        )


def table_of(
    family: Sequence[Column],
    found: Mapping[Quantity, Column],
    adds_up: AddsUp,
    layout: Layout,
    *,
    told: bool,
) -> tuple[FamilyTable, dict[int | str, int]]:
    """The rows of a family and where each of its columns starts, by how many years it puts together.

    Its months, if it has any, start at OF_MONTHS.
    """
    table = FamilyTable()
    starts: dict[int | str, int] = {}
    for column in family:
        sums = adds_up.partitions(column.counts) if column.quantity.adds_up else []
        cells = column.cells(found, told=told)
        start = starts[column.quantity.years] = table.add(cells, sums, cost=adds_up.costs)
        if column.quantity.adds_up:
            table.add_open(start, adds_up.open_sums(column.counts))
        if column.months is not None:
            starts[OF_MONTHS] = _add_months(table, column.months, found, adds_up, start, told=told)
    for years, start in starts.items():
        if isinstance(years, int) and years > 1 and 1 in starts:
            size = len(family[0].counts)
            table.sums += [
                Partition(each.part + starts[1], each.total - size + start) for each in layout.of_years(years)
            ]
    for column in family:
        for among in column.among:
            if column.has_rest(among):
                _add_rest(table, column, found, among, starts[column.quantity.years], adds_up, told=told)
    return table, starts


def _add_months(
    table: FamilyTable,
    months: MonthlyColumn,
    found: Mapping[Quantity, Column],
    adds_up: AddsUp,
    year: int,
    *,
    told: bool,
) -> int:
    """The months of the column that starts at `year`. Returns where they start."""
    start = table.add(months.cells(found, told=told), (), cost=adds_up.costs_of_months)
    table.sums += adds_up.of_months(months, start, year)
    table.add_open(start, adds_up.open_sums_of_months(months))
    return start


def _add_rest(
    table: FamilyTable,
    column: Column,
    found: Mapping[Quantity, Column],
    of: Quantity,
    start: int,
    adds_up: AddsUp,
    *,
    told: bool,
) -> None:
    """Those not counted, and everyone they are among (`of`), who are controlled already."""
    among = found[of]
    rest = among.counts - column.counts
    few = (rest > 0) & (rest < column.fewest) & column.published
    # Where both are few nobody is told of both at once that they are.
    either = told & few & ~((column.counts > 0) & (column.counts < column.fewest))
    unknown = np.full(rest.shape, ANY_NUMBER)
    not_counted = Cells(
        low=np.zeros(rest.shape),
        high=unknown,
        hidden_low=np.where(either & ~among.hidden, 1.0, 0.0),
        hidden_high=np.where(either, float(column.fewest - 1), unknown),
        hidden=few & column.scheme.few_of_many,
        published=np.zeros(rest.shape, np.bool_),
        zero=rest == 0,
        # To know how many are not counted, where they are not few, is to know those counted: that is looked at there.
        # Where nobody is counted, and may be seen not to be, they are everyone, and that is no secret.
        guarded=few,
    )
    everyone = among.cells(found, told=told)
    sums = adds_up.partitions(column.counts, among.counts)
    rows = np.arange(len(rest)) + start
    first = table.add(replace(everyone, published=everyone.published & ~everyone.hidden), sums, instead=rows)
    last = table.add(not_counted, sums, instead=rows)
    open_sums = adds_up.open_sums(column.counts, among.counts)
    for block in (first, last):
        table.add_open(block, open_sums, instead=start)
    table.pair(rows, first, last)
