"""Exact programming: the smallest and largest whole number that a hidden count can be, by all sums of its year at once.

Bounds carried from sum to sum are the tightest there are where sums share no more than a total. In a table with both
margins, as groups by places are, integer programming can narrow further. It is tried on the hidden counts that
are narrowest already, most promising first, until the time given is over.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from stewardship.measures.attack.known import STEPS, UNLIMITED, Known, Reading

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
    return sorted(found, key=lambda each: each.width)


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
    for number, each in enumerate(chosen):
        if clock() > end:
            return number
        progress(number / len(chosen))
        size = reading.size // reading.years
        year = each.cell // size
        key = (id(each.known), year)
        if key not in tables:
            tables[key] = _Table(each.known, year * size, size, reading, everyone_is_placed)
        low, high = tables[key].bounds(each.cell - year * size)
        lows, highs = each.known.low.copy(), each.known.high.copy()
        lows[each.cell], highs[each.cell] = max(low, lows[each.cell]), min(high, highs[each.cell])
        each.known.narrow(lows, highs, STEPS[8])
    return len(chosen)


class _Table:
    """All sums of one quantity in one year, as equations in whole numbers."""

    def __init__(
        self, known: Known, start: int, size: int, reading: Reading, everyone_is_placed: bool
    ) -> None:
        self._low = known.low[start : start + size]
        self._high = np.minimum(known.high[start : start + size], UNBOUNDED)
        rows, columns, weights, least = [], [], [], []
        for parts, total, may_be_less in _equations(reading, start, size):
            at = len(least)
            rows += [at] * (len(parts) + 1)
            columns += [*parts, total]
            weights += [1.0] * len(parts) + [-1.0]
            least.append(-np.inf if may_be_less and not everyone_is_placed else 0.0)
        matrix = csr_array((weights, (rows, columns)), shape=(len(least), size))
        self._sums = LinearConstraint(matrix, np.array(least), 0.0)
        self._whole = 0 if known.quantity.kind == "person-years" else 1
        self._size = size

    def bounds(self, cell: int) -> tuple[float, float]:
        """The smallest and largest that the cell can be; no bounds where the solver found none."""
        return self._end(cell, 1.0), -self._end(cell, -1.0)

    def _end(self, cell: int, way: float) -> float:
        aim = np.zeros(self._size)
        aim[cell] = way
        got = milp(
            aim,
            integrality=np.full(self._size, self._whole),
            bounds=Bounds(self._low, self._high),
            constraints=self._sums,
            options={"time_limit": LONGEST},
        )
        proved = got.fun if got.status == 0 else got.mip_dual_bound if got.status == 1 else None
        return -UNLIMITED if proved is None else float(proved)


def _equations(reading: Reading, start: int, size: int) -> Iterator[tuple[list[int], int, bool]]:
    for _, parts, totals, may_be_less in reading.sums:
        inside = (totals >= start) & (totals < start + size)
        for row, total in zip(parts[inside] - start, totals[inside] - start, strict=True):
            yield row.tolist(), int(total), may_be_less
