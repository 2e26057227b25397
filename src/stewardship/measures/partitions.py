"""Rows that add up to other rows, and what such sums tell: of the parts by their total, of a total by its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from stewardship.measures import sums_compiled

Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]


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
        if by not in self._moved:
            self._moved[by] = further = Partition(self.part + by, self.total + by)
            further.__dict__["sums"] = self.sums.moved(by)
        return self._moved[by]

    @cached_property
    def _moved(self) -> dict[int, "Partition"]:
        return {}

    @cached_property
    def sums(self) -> "Sums":
        """Its sums one after another: to put them so takes as long as to go through them many times."""
        return Sums.of(self)

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


@dataclass(frozen=True)
class Sums:
    """Sums one after another, ready for what is done sum by sum.

    part: the rows of the first sum's parts, then of the second's; first: where each sum's begin, and where the last's
    end; total: the row of each sum.
    """

    part: Rows
    first: Rows
    total: Rows

    @staticmethod
    def of(partition: Partition) -> "Sums":
        """The sums of a partition."""
        parts, totals = (np.asarray(each, np.int64) for each in (partition.part, partition.total))
        order = np.argsort(totals, kind="stable")
        total, counts = np.unique(totals, return_counts=True)
        return Sums(parts[order], np.concatenate([[0], counts.cumsum()]), total)

    @staticmethod
    def joined(several: Sequence["Sums"]) -> "Sums":
        """All the sums of several, in their order."""
        starts = np.cumsum([0, *(len(each.part) for each in several)])
        firsts = [each.first[:-1] + start for each, start in zip(several, starts, strict=False)]
        nothing = np.zeros(0, np.int64)
        return Sums(
            np.concatenate([nothing, *(each.part for each in several)]),
            np.concatenate([*firsts, starts[-1:]]),
            np.concatenate([nothing, *(each.total for each in several)]),
        )

    def moved(self, by: int) -> "Sums":
        """The same sums of rows that stand `by` rows further down."""
        return Sums(self.part + by, self.first, self.total + by)

    def carried(self, known: Bounds) -> Bounds:
        """Bounds of each row from all sums together: narrowed until nothing changes.

        Sums with unknown parts may contradict each other; bounds have then crossed, and that is the end too.
        """
        low, high = known[0].copy(), known[1].copy()
        while sums_compiled.narrow(low, high, self.part, self.first, self.total):
            pass
        return low, high

    def to_hide(
        self, before: Bounds, after: Bounds, exposed: Flags, can_hide: Flags, cost: Numbers | None
    ) -> Rows:
        """Of each sum that narrowed an exposed row, its shown parts, or else its total; or the cheapest of them."""
        costs = np.zeros(0) if cost is None else cost
        return np.flatnonzero(
            sums_compiled.to_hide(
                *before, *after, exposed, can_hide, costs, self.part, self.first, self.total
            )
        )

    def blank(self, hidden: Flags, zero: Flags, blank: Flags) -> bool:
        """Mark, in place, as blank all parts of every hidden total of which no part above 0 is shown.

        Whether any were new.
        """
        return bool(sums_compiled.blank_parts(hidden, zero, blank, self.part, self.first, self.total))

    def share(self, flags: Flags) -> bool:
        """Mark, in place, every part of a sum of which one part, or the total, is marked. Whether any were new."""
        return bool(sums_compiled.share(flags, self.part, self.first, self.total))

    def spread(self, flags: Flags, onto: Flags) -> None:
        """Mark, in place, the rows of every sum in which one is marked, as far as they are in `onto`."""
        touched = sums_compiled.touched(flags, self.part, self.first, self.total)
        rows = np.concatenate([self.part[np.repeat(touched, np.diff(self.first))], self.total[touched]])
        flags[rows] |= onto[rows]
