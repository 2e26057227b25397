"""The slope and relative index of inequality, with simulated limits.

Sources: Low and Low 2004 (Journal of Public Health 26:388), relative ranks and weighted least squares; Mackenbach
and Kunst 1997 (Social Science and Medicine 44:757), the relative index; limits by simulation as made for
England's public health profiles.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from stewardship.measures.statistics.estimates import (
    Array,
    Estimates,
    Flags,
    Words,
    divide,
    estimates,
    first_reason,
)
from stewardship.measures.statistics.intervals import Interval, normal_quantile
from stewardship.measures.statistics.simulated import DRAWS, SEED, DrawnLimits, Scale, drawn_limits

Kind = Literal["mean", "rate", "proportion"]

FEWEST_QUANTILES, MOST_QUANTILES = 5, 100

_SCALES = {"mean": Scale.plain(), "rate": Scale(np.log, np.exp), "proportion": Scale(logit, expit)}


@dataclass(frozen=True)
class InequalityIndex:
    """Slope and relative index of each place, and the fitted line's two ends.

    slope: least less most deprived, in the unit of the values. relative: least over most deprived (turned over for
    a multiplier below 0). The numerator and denominator of both are the two ends: the fitted values of the notional
    least and most deprived person.
    """

    slope: Estimates
    relative: Estimates


def slope_index(
    value: ArrayLike,
    population: ArrayLike,
    *,
    lower95: ArrayLike | None = None,
    upper95: ArrayLike | None = None,
    error: ArrayLike | None = None,
    kind: Kind = "mean",
    curved: bool = False,
    multiplier: float = 1,
    draws: int = DRAWS,
    seed: int = SEED,
) -> InequalityIndex:
    """Slope index of inequality (SII) and relative index (RII) of each place.

    value, population: places x quantiles, from the most to the least deprived. b is the share of the population
    up to the middle of each quantile, a its own share; the line is fitted to value on b by least squares with
    weights a. SII = fitted(1) - fitted(0), RII = fitted(1) / fitted(0). `curved` fits rates on the log scale and
    proportions on the logit scale and takes both ends back first: for gradients that are not straight.
    The SII is times the multiplier; one below 0 (where higher is worse and gaps shall be above 0) turns the RII over.

    Limits, where the values' own 95% limits or standard errors (of a mean; on the log scale for a rate, on the logit
    scale for a proportion) are given: values are drawn `draws` times from the normal distribution (of logarithms
    for rates, of logits for proportions), the line is fitted to each draw, and limits are order statistics; for a
    curved fit those of the slope on its scale, with the line's middle held. The same `seed` gives the same limits,
    and all places share their draws. A limit of two decimals needs 100,000 draws.

    No index, with the reason, where a quantile has no figure or no people, there are fewer than 5 or more than 100
    quantiles (above 10 it is unsteady), or a rate is not above 0 (a proportion not inside 0 to 1) and its scale
    needs it; no RII where the line falls to 0 or below. Without any limits or errors the index has a value and no
    limits.
    """
    y, n = np.asarray(value, np.float64), np.asarray(population, np.float64)
    scale = _SCALES[kind]
    inside = _inside(y, kind)
    needed = curved or lower95 is not None or error is not None
    reason = _reasons(y, n, inside | (not needed))
    kept = reason == ""
    y, n = np.where(kept[:, None], y, np.nan), np.where(kept[:, None], n, np.nan)
    spread = _spread(y, scale, (lower95, upper95), error)
    fit = fitting(n)
    centre = scale.to(np.where(inside, y, np.nan))
    line = np.einsum("kpq,pq->kp", fit, centre if curved else y)
    ends = line[1], line[0] + line[1]
    if curved:
        ends = scale.back(ends[0]), scale.back(ends[1])
    limits = drawn_limits(centre, spread, fit, scale, curved=curved, draws=draws, seed=seed)
    return _indices(ends, limits, reason, multiplier, curved=curved)


def fitting(population: Array) -> Array:
    """What the values of the quantiles are multiplied by for slope and intercept: 2 x places x quantiles."""
    share = divide(population, population.sum(axis=1, keepdims=True))
    rank = np.cumsum(share, axis=1) - share / 2
    apart = rank - 0.5  # the weighted mean of the ranks is one half, whatever the shares
    slope = share * divide(apart, (share * apart**2).sum(axis=1, keepdims=True))
    return np.stack([slope, share - slope / 2])


def _inside(y: Array, kind: Kind) -> Flags:
    if kind == "mean":
        return np.full(y.shape, True)
    return (y > 0) if kind == "rate" else (y > 0) & (y < 1)


def _reasons(y: Array, n: Array, inside: Flags) -> Words:
    count = np.full(len(y), y.shape[1])
    return first_reason(
        count.shape,
        (count < FEWEST_QUANTILES, f"fewer than {FEWEST_QUANTILES} groups to compare"),
        (count > MOST_QUANTILES, f"more than {MOST_QUANTILES} groups to compare"),
        (np.isnan(y + n).any(axis=1), "a group has no figure"),
        ((n < 0).any(axis=1), "a count is below zero"),
        ((n == 0).any(axis=1), "no one in one of the groups"),
        (~inside.all(axis=1), "a rate of 0, or a proportion of 0 or all, has no place on its scale"),
    )


def _spread(
    y: Array, scale: Scale, limits: tuple[ArrayLike | None, ArrayLike | None], error: ArrayLike | None
) -> Array:
    """The standard error of each value on the scale of the draws, NaN where none is known."""
    if error is not None:
        return np.broadcast_to(np.asarray(error, np.float64), y.shape)
    if limits[0] is None or limits[1] is None:
        return np.full(y.shape, np.nan)
    lower, upper = (np.broadcast_to(np.asarray(limit, np.float64), y.shape) for limit in limits)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = scale.to(upper) - scale.to(lower)
    return np.where(np.isfinite(width), width, np.nan) / (2 * normal_quantile(0.95))


def _indices(
    ends: tuple[Array, Array], limits: DrawnLimits, reason: Words, multiplier: float, *, curved: bool
) -> InequalityIndex:
    most, least = ends
    method = "simulated, fitted on its scale" if curved else "simulated"
    upside_down = multiplier < 0
    top, bottom = (most, least) if upside_down else (least, most)
    no_ratio = (reason == "") & ~(bottom > 0)
    slope = estimates(
        (least - most) * multiplier,
        lambda c: _turned(limits.slope[c].scaled(multiplier), upside_down),
        numerator=least,
        denominator=most,
        method=method,
        reason=reason,
    )
    relative = estimates(
        divide(top, bottom),
        lambda c: _turned_over(limits.relative[c]) if upside_down else limits.relative[c],
        numerator=top,
        denominator=bottom,
        method=method,
        reason=np.where(no_ratio, "the fitted line falls to zero or below", reason).astype(object),
    )
    return InequalityIndex(slope, relative)


def _turned(interval: Interval, upside_down: bool) -> Interval:
    return Interval(interval.upper, interval.lower) if upside_down else interval


def _turned_over(interval: Interval) -> Interval:
    one = np.ones(interval.lower.shape)
    return Interval(divide(one, interval.upper), divide(one, interval.lower))
