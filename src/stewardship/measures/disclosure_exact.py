"""Disclosure control of counts that are shown as they are, under a scheme that hides only small groups.

The part of disclosure control for tables that stand beside the care areas' measures, such as months and weeks of the
national cancer waits rule. A group of too few people is hidden whole: how many they are, and how many of them were
within a standard. Whatever else would tell how many they are, by a sum, is hidden with it. Such schemes look only at
the people of a group: that hidden groups together have few, or none, who were not within may be seen. Those within and
those not are hidden in the same rows as all, so that their sums tell no more of a group's size than its own sums do.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.differencing import (
    ANY_NUMBER,
    VALUES_LEFT,
    Cells,
    Flags,
    Partition,
    hidden_with_differences,
)
from stewardship.measures.schemes import Scheme

Counts = NDArray[np.int64]
COST_OF_KEPT = 1e6


def control_exact(
    total: Counts,
    partitions: Sequence[Partition],
    *,
    scheme: Scheme,
    unit: int = 1,
    published: Flags | None = None,
    kept: Flags | None = None,
    hidden: Flags | None = None,
    cost: NDArray[np.float64] | None = None,
) -> Flags:
    """Which rows are hidden.

    total: whole numbers of 0 or more, in so many to a person as `unit` (2 for half patients). partitions: which rows
    add up to which. published: rows that stand somewhere, all if not given; of the others only what sums tell of a few
    people is looked at. kept: rows shown elsewhere already, hidden here last of all. hidden: rows hidden elsewhere.
    cost: what hiding each row costs a reader, 0 to 1000. Raises ValueError where parts do not add up, or where the
    scheme rounds.
    """
    if scheme.rounded_to != 1:
        raise ValueError(f"The {scheme.name} rounds its counts. Use control_counts or control_proportions.")
    known = np.ones(len(total), np.bool_)
    for each in partitions:
        each.check(total, known)
    stands = known if published is None else published
    few = (total > 0) & (total < scheme.fewest * unit)
    away = few if hidden is None else few | hidden
    lot = np.random.default_rng(1).random(len(total))  # among equals, without a look at counts
    costs = lot + (0 if cost is None else cost) + (0 if kept is None else COST_OF_KEPT * kept)
    # First against one who is told which hidden counts are the few, as far as that can be had; then without exception
    # against one who knows what anybody can.
    for told in (True, False):
        cells = Cells(
            low=total.astype(np.float64),
            high=total.astype(np.float64),
            hidden_low=np.where(total > 0, 1.0, 0.0),
            hidden_high=np.where(few & told, scheme.largest_hidden * unit, ANY_NUMBER),
            hidden=away,
            published=stands,
            zero=total == 0,
            width=float((VALUES_LEFT - 1) * unit),
        )
        away = hidden_with_differences(cells, partitions, cost=costs, spread=not told)
    return away
