"""What the published counts tell of the hidden ones, and what else to hide so that they cannot.

The one who tries knows the rule and every published count. A shown 0 is 0; another shown count is within 2
of its rounded value; a hidden count of 1 to 7 is known to be one; sums hold exactly in the true counts.
Rounding alone does not stand up to that: of 6 men and 42 women the table says *, 40 and 50 in all, and the
men must be 6 or 7. So bounds are carried through all sums at once, and where fewer than seven values are
left for a hidden count, parts of the sum that narrowed it are hidden too: all of them, or the one that costs
least. (Never the smallest other part, because which one was hidden would tell its size; the cost is known
beforehand and looks at no count.) Where a total is hidden and no part above 0 is shown, its zeros are hidden too.

The bounds are the tightest there are where sums share no more than their total, as the groups of a place do. In a
table of which both margins are shown, linear programming can narrow some cells further; `attack` looks for those.

Source: the linear bounds of cell suppression in Hundepool and others, Statistical Disclosure Control, 2012,
chapter 4; the width of seven values is that of the rule itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.partitions import Bounds, Flags, Numbers, Partition, Rows, Sums

__all__ = ["Bounds", "Cells", "Flags", "Partition", "Rows", "hidden_with_differences"]

ROUNDED_BY = 2  # a count rounded to 5 is at most 2 away
LARGEST_HIDDEN = 7
VALUES_LEFT = 7  # a hidden count keeps at least so many possible values
ANY_NUMBER = 1e12  # above every count, and small enough for exact sums of thousands of them


@dataclass(frozen=True)
class Cells:
    """A table before differences are looked at; every array has one entry a row.

    low, high: what a row says of its true number where it is shown; hidden_low, hidden_high: what is known of it
    where it is hidden. hidden: what the rule hides. published: False for a row that stands nowhere, shown or
    hidden, and is only a step in a sum. zero: shown as 0. width: a hidden row stays so wide, from its lowest
    possible number to its highest. from_below: rows that are too narrow only where more than 0 is known for certain,
    as with money, where to know that it is little tells nothing of how little. guarded: the rows that
    must stay wide where they are hidden, if these are not all. nothing: what counts as 0.
    """

    low: Numbers
    high: Numbers
    hidden_low: Numbers
    hidden_high: Numbers
    hidden: Flags
    published: Flags
    zero: Flags
    width: float = VALUES_LEFT - 1
    from_below: Flags | None = None
    guarded: Flags | None = None
    nothing: float = 0.0

    @staticmethod
    def of_counts(
        counts: NDArray[np.int64],
        shown: NDArray[np.int64],
        away: NDArray[np.int64],
        hidden: Flags,
        published: Flags,
    ) -> "Cells":
        """Counts under the usual rule. shown: as they would be shown; away: how far from that they may be."""
        return Cells(
            low=(shown - away).astype(np.float64),
            high=(shown + away).astype(np.float64),
            hidden_low=np.where(counts == 0, 0.0, 1.0),
            hidden_high=np.where(counts <= LARGEST_HIDDEN, float(LARGEST_HIDDEN), ANY_NUMBER),
            hidden=hidden,
            published=published,
            zero=shown == 0,
        )

    def exposed(self, hidden: Flags, bounds: Bounds) -> Flags:
        """The hidden rows of which the bounds tell too much."""
        low, high = bounds
        told = high > self.nothing
        if self.from_below is not None:
            told = np.where(self.from_below, low > self.nothing, told)
        if self.guarded is not None:
            told = told & self.guarded
        return np.asarray(hidden & told & (high - low < self.width - 1e-6))


def hidden_with_differences(
    cells: Cells,
    partitions: Sequence[Partition],
    pairs: Sequence[Partition] = (),
    *,
    cost: Numbers | None = None,
    instead: Rows | None = None,
    spread: bool = True,
) -> Flags:
    """Which rows are hidden in the end: those of `cells.hidden`, and others that would give them away.

    pairs: partitions of a group into those counted and the rest. To know the one is to know the other, so
    what narrows either gives way. A hidden 0 that is seen to be 0 gives nothing away. cost: of every sum that
    tells too much only the row that costs least is hidden; without it all shown parts are. instead: for each row
    the row that is hidden for its sake: a rest is hidden by hiding those counted. spread: where the sums that tell of
    a row have nothing left to hide, whether those are looked at that tell of the other rows in them.
    """
    each_sums, each_pair = [each.sums for each in partitions], [each.sums for each in pairs]
    sums, linked = Sums.joined(each_sums), Sums.joined(each_pair)
    everything = Sums.joined([sums, linked])
    own = np.arange(len(cells.hidden)) if instead is None else instead
    hidden = cells.hidden
    while True:
        blank = _blank(cells.zero, hidden, sums, linked)
        hidden = hidden | blank
        before = _known_at_first(cells, hidden, blank)
        after = everything.carried(before)
        exposed = cells.exposed(hidden, after)
        if not exposed.any():
            return hidden
        for pair in each_pair:
            pair.spread(exposed, np.ones_like(exposed))
        before = linked.carried(before)
        can_hide = (cells.published & ~hidden & ~cells.zero)[own]
        narrowed = (after[0] > before[0]) | (after[1] < before[1])
        while not len(rows := sums.to_hide(before, after, exposed, can_hide, cost)):
            # In those sums, then, that tell of what these take for known, and so on.
            wider = exposed.copy()
            for each in (*each_sums, *each_pair):
                each.spread(wider, narrowed)
            if not spread or (wider == exposed).all():
                return hidden
            exposed = wider
        hidden[own[rows]] = True


def _blank(zero: Flags, hidden: Flags, sums: Sums, pairs: Sums) -> Flags:
    """Parts, zeros too, of every hidden total of which no part above 0 is shown."""
    blank = np.zeros_like(hidden)
    while sums.blank(hidden, zero, blank) | pairs.share(blank):
        pass
    return blank


def _known_at_first(cells: Cells, hidden: Flags, blank: Flags) -> Bounds:
    """Bounds of each row from its own cell alone; a hidden one may be 0 where all is blank."""
    low = np.where(hidden, np.where(blank, 0.0, cells.hidden_low), cells.low)
    high = np.where(hidden, cells.hidden_high, cells.high)
    unknown = ~cells.published & ~hidden
    return np.where(unknown, 0.0, low), np.where(unknown, ANY_NUMBER, high)
