"""How long until something happens, where some are followed for less long: Kaplan-Meier, computed by SciPy.

Sources: Kaplan and Meier 1958 (Journal of the American Statistical Association 53:457); limits on the scale of
log(-log) by Greenwood's variance, as Kalbfleisch and Prentice 1980; times as Brookmeyer and Crowley 1982
(Biometrics 38:29).
"""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from stewardship.measures.statistics.estimates import Array, Estimates, estimates, first_reason
from stewardship.measures.statistics.intervals import Interval

METHOD = "Kaplan-Meier; Greenwood, log(-log)"
CONFIDENCES = (0.95, 0.998)


def survival(
    group: ArrayLike, time: ArrayLike, happened: ArrayLike, *, at: ArrayLike, groups: int
) -> Estimates:
    """The part of each group to whom it has not happened by each of some times, groups x times.

    group: whole numbers from 0, one a person, in any order; time: until it happened or the person was last seen;
    happened: whether it did. Of one time, who was last seen then counts as still there when it happened to others.
    Rows of no group, no time (NaN, or below 0) or without whether it happened are left out. S(t) = product over
    times up to t of 1 - d/n. Limits are NaN where S is 1 or 0. The numerator is to how many it had happened by
    then, the denominator how many are in the group. No figure, with the reason, for an empty group and after the
    last time that anybody is seen.
    """
    times = np.atleast_1d(np.asarray(at, np.float64))
    found = np.full((5, groups, len(times)), np.nan)
    counts, last = np.zeros((2, groups, len(times))), np.full(groups, -1.0)
    for place, t, event in _by_group(group, time, happened, groups):
        curve, limits = _curve(t, event)
        found[0, place] = curve.evaluate(times)
        found[1:, place] = [limit.evaluate(times) for pair in limits for limit in (pair.low, pair.high)]
        counts[0, place] = [np.sum(event & (t <= moment)) for moment in times]
        counts[1, place] = len(t)
        last[place] = np.inf if curve.probabilities[-1] == 0 else t.max()
    reason = first_reason(
        (groups, len(times)),
        (counts[1] == 0, "no one in the group"),
        (times > last[:, None], "nobody is followed for so long"),
    )
    return _kept(found, counts, reason)


def time_until(
    group: ArrayLike, time: ArrayLike, happened: ArrayLike, *, groups: int, share: float = 0.5
) -> Estimates:
    """The time by which it has happened to a share of each group (the median if not said otherwise).

    Rows as in `survival`. The first time at which S is no more than 1 - share; limits where the limits of S are,
    NaN where they never come so low. The numerator is to how many it happened at all, the denominator how many are
    in the group. No figure, with the reason, for an empty group and where S never comes so low.
    """
    found = np.full((5, groups), np.nan)
    counts = np.zeros((2, groups))
    for place, t, event in _by_group(group, time, happened, groups):
        curve, limits = _curve(t, event)
        curves = [curve, *(limit for pair in limits for limit in (pair.low, pair.high))]
        found[:, place] = [_first_at_most(one, 1 - share) for one in curves]
        counts[:, place] = event.sum(), len(t)
    reason = first_reason(
        (groups,),
        (counts[1] == 0, "no one in the group"),
        (np.isnan(found[0]), "it has not happened to so many"),
    )
    return _kept(found, counts, reason)


def _by_group(
    group: ArrayLike, time: ArrayLike, happened: ArrayLike, groups: int
) -> Iterator[tuple[int, Array, NDArray[np.bool_]]]:
    g = np.nan_to_num(np.asarray(group, np.float64), nan=-1).astype(np.int64)
    t, event = np.asarray(time, np.float64), np.asarray(happened, np.float64)
    known = (g >= 0) & (g < groups) & (t >= 0) & ~np.isnan(event)
    order = np.flatnonzero(known)[np.argsort(g[known], kind="stable")]
    sizes = np.bincount(g[known], minlength=groups)
    ends = np.cumsum(sizes)
    for place in np.flatnonzero(sizes):
        rows = order[ends[place] - sizes[place] : ends[place]]
        yield int(place), t[rows], event[rows] != 0


def _curve(t: Array, event: NDArray[np.bool_]) -> tuple[Any, list[Any]]:
    curve = scipy.stats.ecdf(scipy.stats.CensoredData(uncensored=t[event], right=t[~event])).sf
    with warnings.catch_warnings():
        # SciPy warns of limits where the curve is 1 or 0, which are not defined and come out NaN.
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = [curve.confidence_interval(c, method="log-log") for c in CONFIDENCES]
    return curve, limits


def _first_at_most(curve: Any, level: float) -> float:
    low_enough = np.flatnonzero(curve.probabilities <= level + 1e-12)
    return float(curve.quantiles[low_enough[0]]) if len(low_enough) else np.nan


def _kept(found: Array, counts: Array, reason: NDArray[np.object_]) -> Estimates:
    intervals: dict[float, Interval] = dict(
        zip(CONFIDENCES, (Interval(found[1], found[2]), Interval(found[3], found[4])), strict=True)
    )
    limits: Callable[[float], Interval] = intervals.__getitem__
    return estimates(
        found[0], limits, numerator=counts[0], denominator=counts[1], method=METHOD, reason=reason
    )
