"""The concentration index: how unequally something is spread from the poorest to the richest.

Sources: Wagstaff, Paci and van Doorslaer 1991 (Social Science and Medicine 33:545); Kakwani, Wagstaff and van
Doorslaer 1997 (Journal of Econometrics 77:87), grouped data; Erreygers 2009 (Journal of Health Economics 28:504).
"""

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Array, Estimates, divide, estimates, first_reason
from stewardship.measures.statistics.intervals import Interval, normal_quantile


def concentration_index(
    value: ArrayLike,
    population: ArrayLike,
    *,
    error: ArrayLike | None = None,
    bounds: tuple[float, float] | None = None,
) -> Estimates:
    """Concentration index of each place: above 0 where the less deprived have more, below 0 where they have less.

    value, population: places x groups from the most to the least deprived, any number. With a the share of the
    population, R the cumulative share to the middle of the group and m the mean: C = 2 sum(a (y - m) (R - 1/2)) / m,
    between -1 and 1. `bounds`, the lowest and highest value possible ((0, 1) for a proportion), asks for
    Erreygers's index instead, 4 m C / (highest - lowest): the same for those who have as for those who have not.
    Limits -/+ z SE, where the values' standard errors are given: SE^2 = sum(a^2 error^2 (2R - 1 - C)^2) / m^2
    by the delta method, without the last C for Erreygers's. Otherwise there is a value and no limits.

    The numerator is C times the mean, the denominator the mean. No index, with the reason, where a number is not
    known, a population is below 0, no group has people, or (without bounds) the mean is not above 0.
    """
    y, n = np.asarray(value, np.float64), np.asarray(population, np.float64)
    se = (
        np.full(y.shape, np.nan) if error is None else np.broadcast_to(np.asarray(error, np.float64), y.shape)
    )
    y = np.where(n == 0, 0.0, y)  # a group of nobody weighs nothing, whatever its value
    share = divide(n, n.sum(axis=1, keepdims=True))
    rank = np.cumsum(share, axis=1) - share / 2
    mean = (share * y).sum(axis=1)
    reason = first_reason(
        mean.shape,
        (np.isnan(n).any(axis=1) | np.isnan(y).any(axis=1), "a group has no figure"),
        ((n < 0).any(axis=1), "a count is below zero"),
        (n.sum(axis=1) == 0, "no one in the group"),
        (~(mean > 0) if bounds is None else np.False_, "the mean is not above zero"),
    )
    spread = 2 * (share * (y - mean[:, None]) * (rank - 0.5)).sum(axis=1)
    index = divide(spread, np.where(reason == "", mean, np.nan))
    if bounds is None:
        off, scale = _error(share, se, 2 * rank - 1 - index[:, None]), mean
    else:
        off, scale = _error(share, se, 2 * rank - 1), np.full(mean.shape, (bounds[1] - bounds[0]) / 4)
    at, half = divide(spread, scale), divide(off, np.where(reason == "", scale, np.nan))
    return estimates(
        at,
        lambda c: Interval(at - normal_quantile(c) * half, at + normal_quantile(c) * half),
        numerator=spread,
        denominator=mean,
        method="delta" if bounds is None else "delta; Erreygers",
        reason=reason,
    )


def _error(share: Array, error: Array, place: Array) -> Array:
    kept = np.where(share == 0, 0.0, share * error * place)
    return np.asarray(np.sqrt((kept**2).sum(axis=1)), np.float64)
