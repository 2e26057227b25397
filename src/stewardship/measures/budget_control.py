"""Disclosure control of a budget's grid: which money may be shown, and heads fit to divide it by.

Money is hidden where 1 to 7 residents are there or stand behind it, and where it could be told to within 7,000 pounds
from what is shown: of areas and everything, fifths and everyone, places and the place above. What is hidden for the
sake of another is what costs a reader least; the whole system's total, which ledgers tell too, costs most.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.budget_totals import Rows, Totals, partitions_of
from stewardship.measures.columns import THOUSAND_POUNDS
from stewardship.measures.controlled import ROUNDED_TO, rounded
from stewardship.measures.differencing import ANY_NUMBER, VALUES_LEFT, Cells, hidden_with_differences
from stewardship.measures.disclosure import FEWEST_PEOPLE
from stewardship.measures.family_table import COST_OF_EVERYONE, COST_OF_LEVEL
from stewardship.measures.published import PlaceCard

COST_OF_ALL_CARE = 100.0
SMALL_LEVELS = ("practice", "network", "neighbourhood")
"""Places of which fifths are not published: too few people are of each."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Fit:
    """A budget fit to be shown, of the shapes of Totals.

    published: what stands in the budget, shown or hidden. shown: where money may be. heads, weighted_heads: rounded to
    5, NaN where they may not be shown.
    """

    published: Flags
    shown: Flags
    heads: NDArray[np.float64]
    weighted_heads: NDArray[np.float64]


def fit_to_show(totals: Totals, places: Sequence[PlaceCard], rows: Rows) -> Fit:
    """The grid after disclosure control."""
    shape = totals.pence.shape
    told_of = (totals.days > 0) | (totals.pence != 0).any(axis=-1)
    published = np.broadcast_to(told_of[..., None], shape).copy()
    small = [number for number, place in enumerate(places) if place.level in SMALL_LEVELS]
    published[:, small, 1:] = False
    there = np.rint(totals.heads).astype(np.int64)
    few_there = (there < FEWEST_PEOPLE)[..., None]
    behind = np.bitwise_count(totals.bits)
    few = published & (totals.pence != 0) & (few_there | (behind < FEWEST_PEOPLE))
    nobodys = _nobodys(totals, published)
    hidden = hidden_with_differences(
        _money(totals.pence.reshape(-1), few.reshape(-1), published.reshape(-1), nobodys.reshape(-1)),
        [
            each.holding(totals.pence.reshape(-1), np.ones(totals.pence.size, np.bool_))
            for each in partitions_of(places, rows, shape[0])
        ],
        cost=_costs(shape, places, rows).reshape(-1),
    )
    enough = there >= FEWEST_PEOPLE
    return Fit(
        published,
        published & ~hidden.reshape(shape),
        np.where(enough, rounded(there), np.nan),
        np.where(enough, np.rint(totals.weighted_heads / ROUNDED_TO) * ROUNDED_TO, np.nan),
    )


def _nobodys(totals: Totals, published: Flags) -> Flags:
    """What stands nowhere and is known to be nothing: of a fifth that is not there, where other fifths are told."""
    divided = np.asarray(published[:, :, 1:].any(axis=(2, 3)))[:, :, None, None]
    return np.asarray(divided & ~published & (totals.days == 0)[..., None])


def _money(pence: NDArray[np.int64], few: Flags, published: Flags, nobodys: Flags) -> Cells:
    """What shown money says: it is within 500 pounds. Of hidden money nothing is known but that it is not below 0."""
    shown = rounded(pence, THOUSAND_POUNDS).astype(np.float64)
    return Cells(
        low=np.maximum(shown - THOUSAND_POUNDS / 2, 0),
        high=np.where(nobodys, 0, shown + THOUSAND_POUNDS / 2),
        hidden_low=np.zeros(len(pence)),
        hidden_high=np.full(len(pence), ANY_NUMBER),
        hidden=few,
        published=published | nobodys,
        zero=nobodys,
        width=float(VALUES_LEFT * THOUSAND_POUNDS),
        from_below=np.ones(len(pence), np.bool_),
    )


def _costs(shape: tuple[int, ...], places: Sequence[PlaceCard], rows: Rows) -> NDArray[np.float64]:
    """What hiding each cell costs a reader, with a lot among equals that does not look at money."""
    cost = np.random.default_rng(1).random(shape)
    cost += np.array([COST_OF_LEVEL.get(place.level, 0.0) for place in places])[None, :, None, None]
    cost[:, :, 0] += COST_OF_EVERYONE
    cost[..., rows.whole] += COST_OF_ALL_CARE
    return cost
