"""Exact programming: the smallest and largest whole number that a hidden count can be, by many sums at once.

Bounds carried from sum to sum are the tightest there are where sums share no more than a total. In a table with both
margins, as groups by places are, integer programming can narrow further. It takes all sums of the place, of those
beside it, of the one above and of those under it, with what is known of everything else. It is tried on the hidden
counts that are narrowest already, most promising first, until the time given is over.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from stewardship.measures.attack.known import STEPS, UNLIMITED, Known, Reading
from stewardship.measures.layout import places_that_add_up

WIDEST = 40  # values: a hidden count known no better than that is not tried
LONGEST = 2.0  # seconds for one bound
UNBOUNDED = 1e7  # instead of no bound, so that the solver keeps its precision


@dataclass(frozen=True)
class Candidate:
    """One hidden count to be bounded exactly."""

    known: Known
    cell: int
    width: float


def candidates(reading: Reading, enough: int) -> list[Candidate]:
    """Hidden counts of people or events with more than enough values left, the narrowest first."""
    found = []
    for known in reading.known.values():
        if known.quantity.kind == "pence" or not known.quantity.adds_up:
            continue
        width = known.high - known.low + 1
        cells = np.flatnonzero(known.hidden & (width >= enough) & (width <= WIDEST) & (known.high > 0))
        found += [Candidate(known, int(cell), float(width[cell])) for cell in cells]
    return sorted(found, key=lambda each: (each.width, id(each.known), each.cell))


def bound_exactly(
    reading: Reading,
    chosen: list[Candidate],
    *,
    seconds: float,
    everyone_is_placed: bool,
    progress: Callable[[float], None],
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Narrow the candidates by integer programming, in place, until the time is over; how many were bounded."""
    end = clock() + seconds
    tables: dict[tuple[int, int], _Table] = {}
    groups = len(reading.groups)
    for number, each in enumerate(chosen):
        if clock() > end:
            return number
        progress(number / len(chosen))
        key = (id(each.known), each.cell // groups)
        if key not in tables:
            tables[key] = _Table(each.known, each.cell, reading, everyone_is_placed=everyone_is_placed)
        low, high = tables[key].bounds(each.cell)
        lows, highs = each.known.low.copy(), each.known.high.copy()
        lows[each.cell], highs[each.cell] = max(low, lows[each.cell]), min(high, highs[each.cell])
        each.known.narrow(lows, highs, STEPS[8])
    return len(chosen)


def _around(cell: int, reading: Reading) -> tuple[int, list[int]]:
    """The cell's year, and its place, those beside it, the one above and those under it."""
    year, place = divmod(cell // len(reading.groups), len(reading.places))
    near = {place}
    for above, parts in places_that_add_up(reading.places):
        if place == above or place in parts:
            near |= {above, *parts}
    return year, sorted(near)


class _Table:
    """The sums of one quantity around a place in one year, as equations in whole numbers."""

    def __init__(self, known: Known, cell: int, reading: Reading, *, everyone_is_placed: bool) -> None:
        year, near = _around(cell, reading)
        groups, places = len(reading.groups), len(reading.places)
        starts = [(year * places + place) * groups for place in near]
        self._cells = np.concatenate([np.arange(start, start + groups) for start in starts])
        self._low = known.low[self._cells]
        self._high = np.minimum(known.high[self._cells], UNBOUNDED)
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        least: list[float] = []
        for parts, total, may_be_less in _equations(reading, year, near, self._cells):
            rows += [len(least)] * (len(parts) + 1)
            columns += [*parts, total]
            weights += [1.0] * len(parts) + [-1.0]
            least.append(-np.inf if may_be_less and not everyone_is_placed else 0.0)
        matrix = csr_array((weights, (rows, columns)), shape=(len(least), len(self._cells)))
        self._sums = LinearConstraint(matrix, np.array(least), 0.0)
        self._whole = 0 if known.quantity.kind == "person-years" else 1

    def bounds(self, cell: int) -> tuple[float, float]:
        """The smallest and largest that the cell can be; no bounds where the solver found none."""
        return self._end(cell, 1.0), -self._end(cell, -1.0)

    def _end(self, cell: int, way: float) -> float:
        aim = np.where(self._cells == cell, way, 0.0)
        got = milp(
            aim,
            integrality=np.full(len(aim), self._whole),
            bounds=Bounds(self._low, self._high),
            constraints=self._sums,
            options={"time_limit": LONGEST},
        )
        proved = got.fun if got.status == 0 else got.mip_dual_bound if got.status == 1 else None
        return -UNLIMITED if proved is None else float(proved)


def _equations(
    reading: Reading, year: int, near: list[int], cells: NDArray[np.int64]
) -> Iterator[tuple[list[int], int, bool]]:
    """The sums of the year of which all parts and the total lie in these places, in the numbers of their cells."""
    groups, places = len(reading.groups), len(reading.places)
    for step, parts, totals, may_be_less in reading.sums:
        if step == STEPS[0]:  # a row for each year and place
            rows = [year * places + place for place in near]
        else:  # a row for each year and group
            of = {int(cell) // groups % places for cell in (totals[0], *parts[0])}
            rows = list(range(year * groups, (year + 1) * groups)) if of <= set(near) else []
        for row in rows:
            yield (
                np.searchsorted(cells, parts[row]).tolist(),
                int(np.searchsorted(cells, totals[row])),
                may_be_less,
            )
