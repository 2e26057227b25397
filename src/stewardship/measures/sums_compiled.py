"""What is done sum by sum, compiled: a build does it hundreds of millions of times.

Everywhere part holds the rows of the first sum's parts, then of the second's, and so on; first where each sum's begin,
and at last where they end; total the row of each sum. low and high are bounds of rows.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

CROSSED = 0.01  # bounds that cross by more contradict each other; less is rounding
WIDEST = (
    1e6  # beyond it a change of width is no news: beside a sum of unknown ones it would be lost to rounding
)
COST_OF_A_TOTAL = 5.0  # what hiding a total costs above hiding one of its parts


def _compiled(function: Any) -> Any:
    # Kept beside this file once compiled; threads run it side by side.
    return njit(cache=True, nogil=True)(function)


@_compiled
def narrow(low: Numbers, high: Numbers, part: Rows, first: Rows, total: Rows) -> bool:
    """Narrow the bounds, in place, to what each sum allows, one after another.

    Whether that was news, and none of them have crossed.
    """
    news, crossed = False, False
    for number in range(len(total)):
        row = total[number]
        least, most = 0.0, 0.0
        for at in range(first[number], first[number + 1]):
            least += low[part[at]]
            most += high[part[at]]
        total_low, total_high = max(low[row], least), min(high[row], most)
        news |= min(high[row] - low[row], WIDEST) - min(total_high - total_low, WIDEST) > CROSSED
        crossed |= total_low > total_high + CROSSED
        low[row], high[row] = total_low, total_high
        for at in range(first[number], first[number + 1]):
            row = part[at]
            part_low = max(low[row], total_low - most + high[row])
            part_high = min(high[row], total_high - least + low[row])
            news |= min(high[row] - low[row], WIDEST) - min(part_high - part_low, WIDEST) > CROSSED
            crossed |= part_low > part_high + CROSSED
            low[row], high[row] = part_low, part_high
    return news and not crossed


@_compiled
def to_hide(
    was_low: Numbers,
    was_high: Numbers,
    low: Numbers,
    high: Numbers,
    exposed: Flags,
    can_hide: Flags,
    cost: Numbers,
    part: Rows,
    first: Rows,
    total: Rows,
) -> Flags:
    """Of each sum that narrowed an exposed row more than any other, the part or total that costs least.

    Where no costs are given, all parts that can be hidden, or else the total. was_low, was_high: the bounds before.
    """
    found = np.zeros(len(low), np.bool_)
    for number in range(len(total)):
        whole, begin, end = total[number], first[number], first[number + 1]
        least, most = 0.0, 0.0
        for at in range(begin, end):
            least += low[part[at]]
            most += high[part[at]]
        told = exposed[whole] and (
            (least > was_low[whole] and least >= low[whole])
            or (most < was_high[whole] and most <= high[whole])
        )
        for at in range(begin, end):
            row = part[at]
            if exposed[row]:
                at_least, at_most = low[whole] - most + high[row], high[whole] - least + low[row]
                told |= (at_least > was_low[row] and at_least >= low[row]) or (
                    at_most < was_high[row] and at_most <= high[row]
                )
        if not told:
            continue
        cheapest, any_part = -1, False
        for at in range(begin, end):
            row = part[at]
            if can_hide[row]:
                any_part = True
                if not len(cost):
                    found[row] = True
                elif cheapest < 0 or cost[row] < cost[cheapest]:
                    cheapest = row
        if not len(cost):
            found[whole] |= can_hide[whole] and not any_part
        elif can_hide[whole] and (cheapest < 0 or cost[whole] + COST_OF_A_TOTAL < cost[cheapest]):
            found[whole] = True
        elif cheapest >= 0:
            found[cheapest] = True
    return found


@_compiled
def blank_parts(hidden: Flags, zero: Flags, blank: Flags, part: Rows, first: Rows, total: Rows) -> bool:
    """Mark, in place, as blank all parts of every hidden total of which no part above 0 is shown.

    Whether any were new.
    """
    news = False
    for number in range(len(total)):
        if not (hidden[total[number]] or blank[total[number]]):
            continue
        shown = False
        for at in range(first[number], first[number + 1]):
            row = part[at]
            shown |= not (hidden[row] or blank[row] or zero[row])
        if not shown:
            for at in range(first[number], first[number + 1]):
                news |= not blank[part[at]]
                blank[part[at]] = True
    return news


@_compiled
def share(flags: Flags, part: Rows, first: Rows, total: Rows) -> bool:
    """Mark, in place, every part of a sum of which one part, or the total, is marked. Whether any were new."""
    news = False
    for number in range(len(total)):
        marked = flags[total[number]]
        for at in range(first[number], first[number + 1]):
            marked |= flags[part[at]]
        if marked:
            for at in range(first[number], first[number + 1]):
                news |= not flags[part[at]]
                flags[part[at]] = True
    return news


@_compiled
def touched(flags: Flags, part: Rows, first: Rows, total: Rows) -> Flags:
    """Of which sums a part or the total is marked."""
    found = np.zeros(len(total), np.bool_)
    for number in range(len(total)):
        marked = flags[total[number]]
        for at in range(first[number], first[number + 1]):
            marked |= flags[part[at]]
        found[number] = marked
    return found
