"""Disclosure control of all measures at once.

What one measure shows must not give away what another hides. So each count is controlled once, whichever
measures show it, under the strictest of their schemes and for all their reasons: as a numerator with its rest,
as a denominator, for one year and for years put together, over all groups and all levels of place. Denominators
come first, because what is counted among few people is hidden with them.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.columns import Column, Laid, columns_of
from stewardship.measures.controlled import Controlled, ControlledPair, controlled
from stewardship.measures.differencing import (
    Flags,
)
from stewardship.measures.family_table import OF_MONTHS, AddsUp, table_of
from stewardship.measures.layout import Layout
from stewardship.measures.measure import Measure
from stewardship.measures.quantities import Quantity, denominator_of, numerator_of

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
    adds_up = adds_up or AddsUp(layout)
    told = True
    while True:
        table, starts = table_of(family, found, adds_up, layout, told=told)
        adds_up.known = adds_up.known or (table.sums, table.pairs)
        table.sums, table.pairs = adds_up.known
        hidden = table.hidden(spread=not told)
        family = [_with_hidden(column, hidden, starts) for column in family]
        if not told:
            return {column.quantity: column for column in family}
        told = False


def _with_hidden(column: Column, hidden: Flags, starts: Mapping[int | str, int]) -> Column:
    """A column, and its months, with what is hidden of them in their family's table."""
    start, months = starts[column.quantity.years], column.months
    if months is not None:
        at = starts[OF_MONTHS]
        months = replace(months, hidden=hidden[at : at + len(months.counts)])
    return replace(column, hidden=hidden[start : start + len(column.counts)], months=months)


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
    months = None if numerator.months is None else _as_shown(numerator.months)
    return ControlledPair(_as_shown(numerator), _as_shown(denominator), months)


def _as_shown(column: Column) -> Controlled:
    return controlled(column.shown, column.hidden, np.ones(len(column.counts), np.bool_))
