"""Years of life lost to deaths, years lived with disability, and both together.

Source: Murray 1994 (Bulletin of the World Health Organization 72:429), without discounting or age weights; limits
as of any weighted sum of Poisson counts: Dobson, Kuulasmaa, Eberle and Scherer 1991 (Statistics in Medicine
10:457).
"""

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Array, Estimates, divide, estimates, first_reason
from stewardship.measures.statistics.gaps import limits_at
from stewardship.measures.statistics.intervals import Interval, poisson


def years_of_life_lost(deaths: ArrayLike, remaining: ArrayLike) -> Estimates:
    """Years of life lost of each group: the sum over ages of deaths times the years then remaining.

    deaths: groups x bands; NaN counts as none. remaining: years that one who dies in the band would have had, one a
    band or groups x bands: from a reference table, or `life_table(...).remaining` of the whole. Limits: Y +
    sqrt(v/D) (L(D) - D) with v = sum(D e^2) and L the Poisson limits of all deaths D; without deaths the upper
    limit takes the longest remaining life. Only deaths vary. The numerator is the years, the denominator the
    deaths: for years a head divide by people. No figure, with the reason, where deaths are below 0 or the years of
    a band with deaths are not known or below 0.
    """
    return _weighted(deaths, remaining, "years of life not known in some ages")


def years_lived_with_disability(people: ArrayLike, disability: ArrayLike) -> Estimates:
    """Years lived with disability of each group in a year: the sum of people with a condition times its weight.

    people: groups x conditions (or bands), who have it during the year; NaN counts as none. disability: the weight
    of each, 0 (none) to 1, one a condition or groups x conditions. Limits, totals and reasons as
    `years_of_life_lost`.
    """
    return _weighted(people, disability, "disability not known for some conditions")


def disability_adjusted_years(lost: Estimates, lived: Estimates) -> Estimates:
    """Years of life lost and years lived with disability together (DALY), of each group.

    Limits: Y -/+ the two distances to each limit added in quadrature. The numerator is the years lost, the
    denominator the years lived with disability. No figure, with the reason, where either has none.
    """
    value = lost.value + lived.value

    def joined(confidence: float) -> Interval:
        one, other = limits_at(lost, confidence), limits_at(lived, confidence)
        down = np.hypot(lost.value - one.lower, lived.value - other.lower)
        up = np.hypot(one.upper - lost.value, other.upper - lived.value)
        return Interval(value - down, value + up)

    return estimates(
        value,
        joined,
        numerator=lost.value,
        denominator=lived.value,
        method="Zou and Donner",
        reason=np.where(lost.reason != "", lost.reason, lived.reason).astype(object),
    )


def _weighted(counts: ArrayLike, weights: ArrayLike, unknown: str) -> Estimates:
    c = np.nan_to_num(np.asarray(counts, np.float64))
    w = np.broadcast_to(np.asarray(weights, np.float64), c.shape)
    total = c.sum(axis=1)
    reason = first_reason(
        total.shape,
        ((c < 0).any(axis=1), "a count is below zero"),
        (((c > 0) & ~(w >= 0)).any(axis=1), unknown),
    )
    used = np.where(c > 0, w, 0.0)
    years, variance = (c * used).sum(axis=1), (c * used**2).sum(axis=1)
    longest = np.nan_to_num(w).max(axis=1, initial=0)
    kept = np.where(reason == "", total, np.nan)
    scale = np.where(total > 0, np.sqrt(divide(variance, kept)), longest)
    return estimates(
        years,
        lambda confidence: _around(years, scale, total, poisson(total, confidence)),
        numerator=years,
        denominator=total,
        method="Dobson; exact Poisson under 10 events",
        reason=reason,
    )


def _around(years: Array, scale: Array, total: Array, limits: Interval) -> Interval:
    return Interval(years + scale * (limits.lower - total), years + scale * (limits.upper - total))
