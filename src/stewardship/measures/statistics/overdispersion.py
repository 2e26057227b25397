"""Funnels of units that differ more than chance: limits widened by the variance between units.

Source: Spiegelhalter 2005 (Quality and Safety in Health Care 14:347), additive random effects, with extreme units
winsorised.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Array, Words, as_counts, divide, first_reason
from stewardship.measures.statistics.funnel import FLAGS, FunnelLines
from stewardship.measures.statistics.intervals import normal_quantile

Of = Literal["proportion", "rate", "ratio of counts"]

WINSORISED = 0.1  # of the units at either end count as the unit at that place
FEWEST_UNITS = 10  # fewer tell too little of how units differ


@dataclass(frozen=True)
class Overdispersed:
    """Units on funnels whose limits allow for what differs between units beyond chance.

    dispersion: phi, the mean square of the winsorised z-scores, one a funnel: above 1 units differ more than by
    chance. between: tau^2, the variance between units on the transformed scale, 0 where there is no sign of one.
    score: the z-score of each unit by its own error and tau together. lines: limits at each unit, as the values.
    flag: one of `FLAGS` a unit; reason: why a unit has none.
    """

    dispersion: Array
    between: Array
    score: Array
    lines: FunnelLines
    flag: Words
    reason: Words


def overdispersed(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    of: Of,
    target: ArrayLike | None = None,
    multiplier: float = 1,
) -> Overdispersed:
    """Limits and flags of units around a value, widened where units differ more than by chance.

    numerator, denominator: units on the last axis, any number of funnels before it; NaN where not known. target: the
    value of each funnel, such as that of all people whether their unit is known or not; None: all units'. `of`: a
    proportion of people (transformed to arcsin sqrt(p), error 1/(2 sqrt n)); a rate of events by population, or
    observed by expected events (sqrt of the ratio to the baseline, error 1/(2 sqrt E), E = n x baseline); or a ratio
    of two counts (logarithm with 1/2 added to both, error sqrt(x/(x+1/2)^2 + n/(n+1/2)^2)). z = (Y - target) / s; z
    beyond the tenth at either end count as at that tenth; phi = mean z^2 over N units, and with w = 1/s^2
    tau^2 = max(0, N phi - (N-1)) / (sum w - sum w^2 / sum w), 0 for fewer than 10 units. Limits: target -/+
    z sqrt(s^2 + tau^2), taken back, times the multiplier.

    No flag, with the reason, where a count is not known, below 0 or impossible, or the denominator is 0.
    """
    x, n = as_counts(numerator, denominator)
    reason = first_reason(
        x.shape,
        (np.isnan(x + n), "not known"),
        ((x < 0) | (n < 0), "a count is below zero"),
        (n == 0, "no one in the group"),
        ((x > n) if of == "proportion" else np.False_, "more people counted than are in the group"),
    )
    kept = reason == ""
    x, n = np.where(kept, x, np.nan), np.where(kept, n, np.nan)
    if target is None:
        baseline = divide(np.nansum(x, axis=-1, keepdims=True), np.nansum(n, axis=-1, keepdims=True))
    else:
        baseline = np.asarray(target, np.float64)[..., None]
        reason = np.where((reason == "") & np.isnan(baseline), "nothing to compare with", reason)
    y, s, centre = _transformed(x, n, baseline, of)
    dispersion, between = _between(divide(y - centre, s), s)
    wide = np.sqrt(s**2 + between[..., None])
    score = divide(y - centre, wide)
    sides = [centre + sign * normal_quantile(c) * wide for c in (0.95, 0.998) for sign in (-1, 1)]
    lines = FunnelLines(*(_back(side, baseline, of) * multiplier for side in sides))
    return Overdispersed(dispersion, between, score, lines, _flags(score, reason), reason)


def _transformed(x: Array, n: Array, baseline: Array, of: Of) -> tuple[Array, Array, Array]:
    if of == "proportion":
        return np.arcsin(np.sqrt(x / n)), 0.5 / np.sqrt(n), np.arcsin(np.sqrt(baseline))
    if of == "rate":
        expected = np.where(baseline > 0, n * baseline, np.nan)
        return np.sqrt(divide(x, expected)), 0.5 / np.sqrt(expected), np.ones(baseline.shape)
    error = np.sqrt(x / (x + 0.5) ** 2 + n / (n + 0.5) ** 2)
    return np.log((x + 0.5) / (n + 0.5)), error, np.log(np.where(baseline > 0, baseline, np.nan))


def _back(side: Array, baseline: Array, of: Of) -> Array:
    if of == "proportion":
        return np.asarray(np.sin(np.clip(side, 0, np.pi / 2)) ** 2)
    if of == "rate":
        return np.asarray(np.maximum(side, 0) ** 2 * baseline)
    return np.asarray(np.exp(side))


def _between(z: Array, s: Array) -> tuple[Array, Array]:
    units = np.sum(~np.isnan(z), axis=-1)
    low, high = _quantile(z, WINSORISED), _quantile(z, 1 - WINSORISED)
    squares = np.nansum(np.clip(z, low, high) ** 2, axis=-1)
    weight = np.where(np.isnan(z), np.nan, 1 / s**2)
    total = np.nansum(weight, axis=-1)
    spread = total - divide(np.nansum(weight**2, axis=-1), total)
    between = np.maximum(divide(squares - (units - 1), spread), 0)
    return divide(squares, units.astype(np.float64)), np.where(
        units < FEWEST_UNITS, 0.0, np.nan_to_num(between)
    )


def _quantile(z: Array, share: float) -> Array:
    """The share's quantile of the known values on the last axis, straight between two neighbours."""
    ordered = np.sort(z, axis=-1)  # unknown values last
    last = np.maximum(np.sum(~np.isnan(z), axis=-1, keepdims=True) - 1, 0)
    place = last * share
    low = np.floor(place).astype(np.int64)
    one, next_ = (np.take_along_axis(ordered, at, axis=-1) for at in (low, np.minimum(low + 1, last)))
    return np.asarray(one + (next_ - one) * (place - low))


def _flags(score: Array, reason: Words) -> Words:
    step = np.zeros(score.shape, np.int64)
    for c in (0.95, 0.998):
        step += (score > normal_quantile(c)).astype(np.int64) - (score < -normal_quantile(c))
    return np.where(reason == "", np.array(FLAGS, dtype=object)[step + 2], "").astype(object)
