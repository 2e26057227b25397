"""Rows that add up to other rows, and what such sums tell: of the parts by their total, of a total by its parts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]

COST_OF_A_TOTAL = 5.0  # what hiding a total costs above hiding one of its parts


@dataclass(frozen=True)
class Partition:
    """Rows that add up to another row, for example women and men to everyone of the same place and period.

    part, total: row numbers, one pair a part; a row is a part at most once in one partition. Many sums may
    stand in one partition; another way to divide the same totals is another partition.
    """

    part: Rows
    total: Rows

    def moved(self, by: int) -> "Partition":
        """The same sums of rows that stand `by` rows further down; made once."""
        if not by:
            return self
        return self._moved.get(by) or self._moved.setdefault(by, Partition(self.part + by, self.total + by))

    @cached_property
    def _moved(self) -> dict[int, "Partition"]:
        return {}

    @cached_property
    def sums(self) -> "Sums":
        """Its sums ready for adding up: that takes as long as to add them up many times."""
        return Sums(self)

    def check(self, counts: NDArray[np.int64], known: Flags) -> None:
        """Raise ValueError where parts do not add up to their total: bounds would then mean nothing."""
        totals, _, found, wrong = self._added(counts, known)
        if wrong.any():
            first = wrong.argmax()
            raise ValueError(
                f"The parts of row {totals[first]} add up to {found[first]:.0f}, not to its "
                f"{counts[totals[first]]}. Give every part, the unknown too, or leave out the partition."
            )

    def holding(self, counts: NDArray[np.int64], known: Flags) -> "Partition":
        """Only the sums that hold."""
        _, of, _, wrong = self._added(counts, known)
        right = ~wrong[of]
        return Partition(self.part[right], self.total[right])

    def _added(
        self, counts: NDArray[np.int64], known: Flags
    ) -> tuple[Rows, Rows, NDArray[np.float64], Flags]:
        """Totals, which of them each part is of, what the parts add up to, and whether that is wrong.

        Parts that are not known count as the difference.
        """
        totals, of = np.unique(self.total, return_inverse=True)
        weights = np.where(known, counts, 0)[self.part]
        found = np.asarray(np.bincount(of, weights=weights, minlength=len(totals)), np.float64)
        some_unknown = np.bincount(of, weights=~known[self.part], minlength=len(totals)) > 0
        less = (found < counts[totals]) & ~some_unknown
        return totals, np.asarray(of, np.int64), found, known[totals] & (less | (found > counts[totals]))


class Sums:
    """The sums of one partition, ready for adding up."""

    def __init__(self, partition: Partition) -> None:
        totals, of, counts = np.unique(
            np.asarray(partition.total, np.int64), return_inverse=True, return_counts=True
        )
        # Sums of equally many parts side by side, first all their first parts, then all their second: added up as
        # whole arrays, which is several times faster than sum by sum.
        by_total = np.argsort(of, kind="stable")
        number = np.empty(len(of), np.int64)
        number[by_total] = np.arange(len(of)) - np.repeat(counts.cumsum() - counts, counts)
        order = np.lexsort((of, number, counts[of]))
        of_totals = np.argsort(counts, kind="stable")
        place = np.empty(len(totals), np.int64)
        place[of_totals] = np.arange(len(totals))
        self.part = np.asarray(partition.part, np.int64)[order]
        self.totals, self.of = totals[of_totals], place[of[order]]
        self._nested = bool(np.isin(self.totals, self.part).any())
        self._shapes = [(int(n), int((counts == n).sum())) for n in np.unique(counts)]

    def add(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of the parts' values for each total."""
        return self._added(values[self.part])

    def any(self, flags: Flags) -> Flags:
        """Whether any part of each total is marked."""
        return self._over_parts(np.logical_or, flags[self.part], np.bool_)

    def _over_parts(self, joined: np.ufunc, of_parts: NDArray[Any], kind: type) -> NDArray[Any]:
        """The values of the parts of each total joined into one."""
        found: NDArray[Any] = np.empty(len(self.totals), kind)
        at = total = 0
        for parts, totals in self._shapes:
            block = of_parts[at : at + parts * totals].reshape(parts, totals)
            joined.reduce(block, axis=0, out=found[total : total + totals])
            at, total = at + parts * totals, total + totals
        return found

    def bounds_of_totals(self, known: Bounds) -> Bounds:
        """What the parts say of their total."""
        low, high = known
        return self.add(low), self.add(high)

    def bounds_of_parts(self, known: Bounds) -> Bounds:
        """What a total and the other parts say of a part."""
        low, high = known
        least, most = self.bounds_of_totals(known)
        total_low, total_high = low[self.totals], high[self.totals]
        return (
            (total_low - most)[self.of] + high[self.part],
            (total_high - least)[self.of] + low[self.part],
        )

    def narrow(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> None:
        """Narrow the bounds, in place, to what these sums allow."""
        least_of, most_of = low.take(self.part), high.take(self.part)
        least, most = self._added(least_of), self._added(most_of)
        of_low = np.maximum(low.take(self.totals), least)
        of_high = np.minimum(high.take(self.totals), most)
        low[self.totals], high[self.totals] = of_low, of_high
        if self._nested:  # a total is itself a part, which has just been narrowed
            least_of, most_of = low.take(self.part), high.take(self.part)
            least, most = self._added(least_of), self._added(most_of)
        at_least = (of_low - most).take(self.of) + most_of
        at_most = (of_high - least).take(self.of) + least_of
        low[self.part] = np.maximum(least_of, at_least)
        high[self.part] = np.minimum(most_of, at_most)

    def _added(self, of_parts: Numbers) -> Numbers:
        return self._over_parts(np.add, of_parts, np.float64)

    def share(self, flags: Flags) -> None:
        """Mark, in place, every part of a sum of which one part, or the total, is marked."""
        marked = self.any(flags)
        flags[self.part] |= marked[self.of] | flags[self.totals][self.of]

    def spread(self, flags: Flags, onto: Flags) -> None:
        """Mark, in place, the rows of every sum in which one is marked, as far as they are in `onto`."""
        marked = self.any(flags) | flags[self.totals]
        flags[self.part] |= marked[self.of] & onto[self.part]
        flags[self.totals] |= marked & onto[self.totals]

    def to_hide(
        self, before: Bounds, after: Bounds, exposed: Flags, can_hide: Flags, cost: Numbers | None
    ) -> Rows:
        """Of each sum that narrowed an exposed row, its shown parts, or else its total; or the cheapest of them."""
        told = np.zeros(len(self.totals), np.bool_)
        told[self.of[_narrowed(self.part, self.bounds_of_parts(after), before, after, exposed)]] = True
        told |= _narrowed(self.totals, self.bounds_of_totals(after), before, after, exposed)
        if not told.any():
            return self.totals[:0]
        candidate = told[self.of] & can_hide[self.part]
        if cost is not None:
            return self._cheapest(candidate, told & can_hide[self.totals], cost)
        told[self.of[candidate]] = False
        totals = self.totals[told]
        return np.concatenate([self.part[candidate], totals[can_hide[totals]]])

    def _cheapest(self, parts: Flags, totals: Flags, cost: Numbers) -> Rows:
        """Of each sum one row: the part or the total that costs least, of those that are candidates."""
        of_part = np.where(parts, cost[self.part], np.inf)
        least = self._over_parts(np.minimum, of_part, np.float64)
        by_total = totals & (cost[self.totals] + COST_OF_A_TOTAL < least)
        chosen = parts & (of_part == least[self.of]) & ~by_total[self.of]
        return np.concatenate([self.part[chosen], self.totals[by_total]])


def _narrowed(rows: Rows, told: Bounds, before: Bounds, after: Bounds, exposed: Flags) -> Flags:
    """Exposed rows of which this is told and was not known before, and nothing tells more."""
    from_below = (told[0] > before[0][rows]) & (told[0] >= after[0][rows])
    from_above = (told[1] < before[1][rows]) & (told[1] <= after[1][rows])
    return np.asarray(exposed[rows] & (from_below | from_above))
