"""Disclosure control of all measures at once.

What one measure shows must not give away what another hides. So each count is controlled once, whichever
measures show it, under the strictest of their schemes and for all their reasons: as a numerator with its rest,
as a denominator, for one year and for years put together, over all groups and all levels of place. Denominators
come first, because what is counted among few people is hidden with them.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.columns import Column, Laid, columns_of
from stewardship.measures.controlled import Controlled, ControlledPair, controlled
from stewardship.measures.differencing import (
    ANY_NUMBER,
    Cells,
    Flags,
    Partition,
    Rows,
    hidden_with_differences,
)
from stewardship.measures.layout import Layout
from stewardship.measures.measure import Measure
from stewardship.measures.quantities import Quantity, denominator_of, numerator_of

COST_OF_EVERYONE = 10.0
COST_OF_LEVEL = {"system": 3.0, "alliance": 1.0, "network": 0.5, "local_authority": 0.5}
FAMILIES_AT_ONCE = 4  # of more the memory grows, and Python between their sums keeps them waiting

Numbers = NDArray[np.float64]
ExactBefore = Mapping[tuple[str, int], Collection[int]]
"""Exact totals that are on line already: by measure and by how many years before the last."""


def control_together(
    laid: Mapping[Measure, Laid], layout: Layout, exact_before: ExactBefore | None = None
) -> dict[Measure, ControlledPair]:
    """What may be shown of each measure's numerators and denominators, on the grid.

    exact_before: a headline count that differs by 1 to 7 from one that was shown exactly before is rounded.
    """
    columns = columns_of(laid, layout)
    found: dict[Quantity, Column] = {}
    control = partial(_control, found=found, layout=layout)
    headlines = [measure for measure in laid if measure.headline]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, FAMILIES_AT_ONCE)) as workers:
        for families in _side_by_side(_families(columns)):
            for columns_of_family in list(workers.map(control, families)):
                found |= columns_of_family
        flags = workers.map(lambda measure: _exact(measure, found, layout, exact_before or {}), headlines)
        exact = dict(zip(headlines, flags, strict=True))
    return {measure: _pair(measure, found, exact.get(measure)) for measure in laid}


def _families(columns: Mapping[Quantity, Column]) -> list[list[Column]]:
    """Columns of the same thing over different numbers of years; denominators before what is counted in them."""
    families: dict[tuple[str, frozenset[str]], list[Column]] = {}
    for quantity, column in columns.items():
        families.setdefault((quantity.kind, quantity.of), []).append(column)

    @cache
    def depth(quantity: Quantity) -> int:
        among = [each for each in columns[quantity].among if each in columns]
        return 1 + max(map(depth, among), default=0)

    return sorted(families.values(), key=lambda family: max(depth(column.quantity) for column in family))


def _side_by_side(families: Iterable[list[Column]]) -> list[list[list[Column]]]:
    """The families in order, those together of which none is counted among another."""
    found: list[list[list[Column]]] = []
    there: set[Quantity] = set()
    for family in families:
        if not found or any(among in there for column in family for among in column.among):
            found.append([])
            there = set()
        found[-1].append(family)
        there |= {column.quantity for column in family}
    return found


@dataclass
class _Table:
    """The rows of a family put under each other, and what adds up in them."""

    blocks: list[Cells] = field(default_factory=list)
    instead: list[NDArray[np.int64]] = field(default_factory=list)
    sums: list[Partition] = field(default_factory=list)
    pairs: list[Partition] = field(default_factory=list)
    size: int = 0

    def add(self, cells: Cells, sums: Sequence[Partition], instead: Rows | None = None) -> int:
        """Add a block; instead: the rows that are hidden for its sake. Returns where it starts."""
        start, rows = self.size, len(cells.hidden)
        self.blocks.append(cells)
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

    def hidden(self, cost: Numbers, *, spread: bool) -> Flags:
        """Which rows are hidden in the end."""
        instead = np.concatenate(self.instead)
        costs = cost[instead % len(cost)]
        return hidden_with_differences(
            self.cells, self.sums, self.pairs, cost=costs, instead=instead, spread=spread
        )


class AddsUp:
    """What adds up among the counts of a family, worked out once: its sums, its pairs, and sums that are open."""

    def __init__(self, layout: Layout) -> None:
        self.known: tuple[list[Partition], list[Partition]] | None = None
        self._layout = layout
        self._open: dict[tuple[int, ...], list[tuple[Rows, Rows]]] = {}

    def partitions(self, *counts: Rows) -> list[Partition]:
        """The sums of a block; none where all sums of the table are known already."""
        return [] if self.known else self._layout.partitions(*counts)

    def open_sums(self, *counts: Rows) -> list[tuple[Rows, Rows]]:
        """See `Layout.open_sums`; the counts are told apart as the arrays that they are."""
        key = tuple(map(id, counts))
        if key not in self._open:
            self._open[key] = self._layout.open_sums(*counts)
        return self._open[key]


def _control(
    family: Sequence[Column],
    found: Mapping[Quantity, Column],
    layout: Layout,
    adds_up: AddsUp | None = None,
) -> dict[Quantity, Column]:
    """The columns of a family with what else has to be hidden in them.

    First against one who is told of every hidden count whether it is one of the few, as far as that can be had by
    hiding beside it; then, without exception, against one who knows what anybody can. adds_up: what adds up among the
    same counts, if it is known from before.
    """
    costs, size = _costs(layout), len(family[0].counts)
    adds_up = adds_up or AddsUp(layout)
    told = True
    while True:
        table, starts = _table(family, found, adds_up, layout, told=told)
        adds_up.known = adds_up.known or (table.sums, table.pairs)
        table.sums, table.pairs = adds_up.known
        hidden = table.hidden(costs, spread=not told)
        family = [
            replace(column, hidden=hidden[start : start + size])
            for column, start in zip(family, starts.values(), strict=True)
        ]
        if not told:
            return {column.quantity: column for column in family}
        told = False


def _table(
    family: Sequence[Column],
    found: Mapping[Quantity, Column],
    adds_up: AddsUp,
    layout: Layout,
    *,
    told: bool,
) -> tuple[_Table, dict[int, int]]:
    """The rows of a family and where each of its columns starts, by how many years it puts together."""
    table = _Table()
    starts: dict[int, int] = {}
    for column in family:
        sums = adds_up.partitions(column.counts) if column.quantity.adds_up else []
        start = starts[column.quantity.years] = table.add(column.cells(found, told=told), sums)
        if column.quantity.adds_up:
            table.add_open(start, adds_up.open_sums(column.counts))
    for years, start in starts.items():
        if years > 1 and 1 in starts:
            size = len(family[0].counts)
            table.sums += [
                Partition(each.part + starts[1], each.total - size + start) for each in layout.of_years(years)
            ]
    for column in family:
        for among in column.among:
            if column.has_rest(among):
                _add_rest(table, column, found, among, starts[column.quantity.years], adds_up, told=told)
    return table, starts


def _add_rest(
    table: _Table,
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
    few = (rest > 0) & (rest < column.fewest)
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
    first = table.add(replace(everyone, published=~everyone.hidden), sums, instead=rows)
    last = table.add(not_counted, sums, instead=rows)
    open_sums = adds_up.open_sums(column.counts, among.counts)
    for block in (first, last):
        table.add_open(block, open_sums, instead=start)
    table.pair(rows, first, last)


def _costs(layout: Layout) -> Numbers:
    """What hiding each cell costs a reader, with a lot among equals that does not look at counts."""
    _, _, cells = shape = layout.shape
    level = np.array([COST_OF_LEVEL.get(place.level, 0.0) for place in layout.places])
    everyone = np.where(np.arange(cells) == 0, COST_OF_EVERYONE, 0.0)
    lot = np.random.default_rng(1).random(shape)
    return np.asarray((level[None, :, None] + everyone[None, None, :] + lot).reshape(-1))


def _exact(
    measure: Measure, found: Mapping[Quantity, Column], layout: Layout, exact_before: ExactBefore
) -> Flags:
    """The years in which the whole system's headline count may be shown unrounded, as flags of the grid.

    It may where nothing more would have to be hidden for its sake, where it lies far enough from every count
    that is part of it or of which it is part, and from what was shown exactly before.
    """
    column = found[numerator_of(measure)]
    none = np.zeros(len(column.counts), np.bool_)
    if measure.statistic != "count" or not column.rounds:
        return none
    candidates, adds_up = none.copy(), AddsUp(layout)
    for cell in np.flatnonzero(layout.undivided & ~column.hidden):
        before = exact_before.get((measure.key, layout.years - 1 - layout.year_of(int(cell))), ())
        close = [abs(int(column.counts[cell]) - each) for each in before]
        near = any(0 < gap < column.fewest for gap in close) or _near_another(column, int(cell), found)
        candidates[cell] = not near

    def harmless(exact: Flags) -> bool:
        tried = _control([replace(column, exact=exact)], found, layout, adds_up)[column.quantity]
        return bool((tried.hidden == column.hidden).all())

    # What does no harm together does none alone.
    if not candidates.any() or harmless(candidates):
        return candidates
    allowed = none.copy()
    for cell in np.flatnonzero(candidates):
        allowed[cell] = harmless(np.arange(len(none)) == cell)
    return allowed


def _near_another(column: Column, cell: int, found: Mapping[Quantity, Column]) -> bool:
    """Whether a group of a few people would be pinned between this exact count and a rounded one."""
    of = column.quantity.of
    for quantity, other in found.items():
        nested = quantity.of < of or quantity.of > of
        if quantity.kind != column.quantity.kind or quantity.years != 1 or not nested or other.hidden[cell]:
            continue
        gap = abs(int(column.counts[cell]) - int(other.shown[cell]))
        if gap - other.scheme.rounded_by < column.fewest and gap + other.scheme.rounded_by > 0:
            return True
    return False


def _pair(measure: Measure, found: Mapping[Quantity, Column], exact: Flags | None) -> ControlledPair:
    numerator, denominator = found[numerator_of(measure)], found[denominator_of(measure)]
    if measure.statistic == "count":
        counts = _as_shown(replace(numerator, exact=exact) if exact is not None else numerator)
        return ControlledPair(counts, counts)
    return ControlledPair(_as_shown(numerator), _as_shown(denominator))


def _as_shown(column: Column) -> Controlled:
    return controlled(column.shown, column.hidden, np.ones(len(column.counts), np.bool_))
