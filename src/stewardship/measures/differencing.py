"""What the published counts tell of the hidden ones, and what else to hide so that they cannot.

The one who tries knows the rule and every published count. A shown 0 is 0; another shown count is within 2
of its rounded value; a hidden count of 1 to 7 is known to be one; sums hold exactly in the true counts.
Rounding alone does not stand up to that: of 6 men and 42 women the table says *, 40 and 50 in all, and the
men must be 6 or 7. So bounds are carried through all sums at once, and where fewer than seven values are
left for a hidden count, no part of the sum that narrowed it is shown. (To hide only the smallest other part
is not enough: which one was hidden tells its size.) Where a total is hidden and no part above 0 is shown,
its zeros are hidden too.

The bounds are the tightest there are where sums share no more than their total, as the groups of a place do. In a
table of which both margins are shown, linear programming can narrow some cells further.

Source: the linear bounds of cell suppression in Hundepool and others, Statistical Disclosure Control, 2012,
chapter 4; the width of seven values is that of the rule itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

ROUNDED_BY = 2  # a count rounded to 5 is at most 2 away
LARGEST_HIDDEN = 7
VALUES_LEFT = 7  # a hidden count keeps at least so many possible values
ANY_NUMBER = 1e12  # above every count, and small enough for exact sums of thousands of them


@dataclass(frozen=True)
class Partition:
    """Rows that add up to another row, for example women and men to everyone of the same place and period.

    part, total: row numbers, one pair a part; a row is a part at most once in one partition. Many sums may
    stand in one partition; another way to divide the same totals is another partition.
    """

    part: Rows
    total: Rows

    def moved(self, by: int) -> "Partition":
        """The same sums of rows that stand `by` rows further down."""
        return Partition(self.part + by, self.total + by)

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


def exact_total_is_safe(total: int, parts: NDArray[np.int64]) -> bool:
    """Whether every hidden one of the parts keeps seven possible values beside the exact total of them all.

    Parts that lie in no place shown here only widen what is possible, and are taken as none.
    """
    few = (parts > 0) & (parts <= LARGEST_HIDDEN)
    shown = np.where(few, 0, (parts + ROUNDED_BY) // 5 * 5)
    away = int(np.where(shown > 0, ROUNDED_BY, 0).sum())
    hidden = int(few.sum())
    if not hidden:
        return True
    left_low, left_high = total - int(shown.sum()) - away, total - int(shown.sum()) + away
    low = max(1, left_low - LARGEST_HIDDEN * (hidden - 1))
    high = min(LARGEST_HIDDEN, left_high - (hidden - 1))
    return high - low + 1 >= VALUES_LEFT


@dataclass(frozen=True)
class Cells:
    """A table before differences are looked at; every array has one entry a row.

    counts: true; rounded: as shown; away: how far the true count may be from that, 0 where it is exact;
    hidden: what the rule hides; published: False for a row that stands nowhere, shown or hidden, and is only a
    step in a sum.
    """

    counts: NDArray[np.int64]
    rounded: NDArray[np.int64]
    away: NDArray[np.int64]
    hidden: Flags
    published: Flags


def hidden_with_differences(
    cells: Cells, partitions: Sequence[Partition], pairs: Sequence[Partition] = ()
) -> Flags:
    """Which rows are hidden in the end: those of `cells.hidden`, and others that would give them away.

    pairs: partitions of a group into those counted and the rest. To know the one is to know the other, so
    what narrows either gives way. A hidden 0 that is seen to be 0 gives nothing away.
    """
    sums, linked = [_Sums(each) for each in partitions], [_Sums(each) for each in pairs]
    hidden = cells.hidden
    while True:
        blank = _blank(cells.rounded, hidden, sums, linked)
        hidden = hidden | blank
        before = _known_at_first(cells, hidden, blank)
        after = _carried_through(before, [*sums, *linked])
        exposed = hidden & (after[1] > 0) & (after[1] - after[0] + 1 < VALUES_LEFT)
        for pair in linked:
            pair.share(exposed)
        can_hide = cells.published & ~hidden & (cells.rounded > 0)
        rows = np.concatenate([each.to_hide(before, after, exposed, can_hide) for each in sums])
        if not len(rows):
            return hidden
        hidden[rows] = True


class _Sums:
    """The sums of one partition, ready for adding up."""

    def __init__(self, partition: Partition) -> None:
        self.part = np.asarray(partition.part, np.int64)
        self.totals, self.of = np.unique(np.asarray(partition.total, np.int64), return_inverse=True)

    def add(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of the parts' values for each total."""
        sums = np.bincount(self.of, weights=values[self.part], minlength=len(self.totals))
        return np.asarray(sums, np.float64)

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
        least, most = self.bounds_of_totals((low, high))
        low[self.totals] = np.maximum(low[self.totals], least)
        high[self.totals] = np.minimum(high[self.totals], most)
        least, most = self.bounds_of_parts((low, high))
        low[self.part] = np.maximum(low[self.part], least)
        high[self.part] = np.minimum(high[self.part], most)

    def share(self, flags: Flags) -> None:
        """Mark, in place, every part of a sum of which one part is marked."""
        marked = np.bincount(self.of, weights=flags[self.part], minlength=len(self.totals)) > 0
        flags[self.part] |= marked[self.of]

    def to_hide(self, before: Bounds, after: Bounds, exposed: Flags, can_hide: Flags) -> Rows:
        """Of each sum that narrowed an exposed row, its shown parts, or else its total."""
        told = np.zeros(len(self.totals), np.bool_)
        told[self.of[self._narrowed(self.part, self.bounds_of_parts(after), before, exposed)]] = True
        told |= self._narrowed(self.totals, self.bounds_of_totals(after), before, exposed)
        candidate = told[self.of] & can_hide[self.part]
        told[self.of[candidate]] = False
        totals = self.totals[told]
        return np.concatenate([self.part[candidate], totals[can_hide[totals]]])

    @staticmethod
    def _narrowed(rows: Rows, told: Bounds, before: Bounds, exposed: Flags) -> Flags:
        return exposed[rows] & ((told[0] > before[0][rows]) | (told[1] < before[1][rows]))


def _blank(
    rounded: NDArray[np.int64], hidden: Flags, sums: Sequence[_Sums], linked: Sequence[_Sums]
) -> Flags:
    """Parts, zeros too, of every hidden total of which no part above 0 is shown."""
    blank = np.zeros_like(hidden)
    found = -1
    while found != (found := int(blank.sum())):
        for each in sums:
            left = each.add(np.where(hidden | blank, 0.0, rounded))
            nothing_left = (hidden | blank)[each.totals] & (left == 0)
            blank[each.part[nothing_left[each.of]]] = True
        for pair in linked:
            pair.share(blank)
    return blank


def _known_at_first(cells: Cells, hidden: Flags, blank: Flags) -> Bounds:
    """Bounds of each row from its own cell alone; a hidden one may be 0 where all is blank."""
    counts, rounded = cells.counts, cells.rounded
    low = np.where(hidden, np.where(blank | (counts == 0), 0, 1), rounded - cells.away)
    high = np.where(
        hidden, np.where(counts <= LARGEST_HIDDEN, LARGEST_HIDDEN, ANY_NUMBER), rounded + cells.away
    )
    unknown = ~cells.published & ~hidden
    return np.where(unknown, 0.0, low), np.where(unknown, ANY_NUMBER, high)


def _carried_through(known: Bounds, sums: Sequence[_Sums]) -> Bounds:
    """Bounds of each row from all sums together: narrowed until nothing changes.

    Sums with unknown parts may contradict each other; bounds have then crossed, and that is the end too.
    """
    low, high = known[0].copy(), known[1].copy()
    width = np.inf
    while width != (width := float((high - low).sum())) and (low <= high).all():
        for each in sums:
            each.narrow(low, high)
    return low, high
