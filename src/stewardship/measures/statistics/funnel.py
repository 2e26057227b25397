"""Funnel plots: lines around a baseline, and which units lie outside them.

Lines at 95% and 99.8%, known as two and three sigma though their quantiles are 1.96 and 3.09. Arrays have units on
the last axis and any number of funnels before it; a unit that is not known (NaN) enters no baseline. Sources:
Spiegelhalter 2005 (Statistics in Medicine 24:1185); Dover and Schopflocher 2011 (Population Health Metrics 9:58) on
Poisson lines; the flags as in England's public health profiles.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from stewardship.measures.statistics.estimates import Array, Estimates, Flags, Words, as_counts, divide
from stewardship.measures.statistics.intervals import Interval, normal_quantile
from stewardship.measures.statistics.proportion import proportions
from stewardship.measures.statistics.rate import rates

FLAGS = ("low (99.8%)", "low (95%)", "as expected", "high (95%)", "high (99.8%)")


@dataclass(frozen=True)
class FunnelLines:
    """Lines of a funnel: limits of the value at each place along the axis, in the unit of the baseline."""

    lower95: Array
    upper95: Array
    lower99_8: Array
    upper99_8: Array


@dataclass(frozen=True)
class PoissonLines:
    """Lines of a funnel of rates. For each number of events: where on the axis each line has it, and the value there.

    across: populations (or expected events) in one year; lines: the value there.
    """

    across: FunnelLines
    lines: FunnelLines


@dataclass(frozen=True)
class Funnel:
    """Units around their baseline. flag: one of `FLAGS` a unit, '' where it has no figure; reason says why not."""

    baseline: Array
    flag: Words
    reason: Words


def proportion_lines(baseline: ArrayLike, population: ArrayLike, *, multiplier: float = 1) -> FunnelLines:
    """p0 -/+ z sqrt(p0 (1 - p0) / n), held between 0 and 1, times the multiplier; NaN where n is not above 0."""
    p, n = as_counts(baseline, population)
    error = np.sqrt(divide(p * (1 - p), np.where(n > 0, n, np.nan)))
    limits = [
        Interval(p - normal_quantile(c) * error, p + normal_quantile(c) * error).clipped(0, 1)
        for c in (0.95, 0.998)
    ]
    return FunnelLines(*(line * multiplier for limit in limits for line in (limit.lower, limit.upper)))


def poisson_lines(
    events: ArrayLike, baseline: ArrayLike, *, years: float = 1, multiplier: float = 100_000
) -> PoissonLines:
    """Lines for rates and ratios, by the number of events that would be just outside.

    events: whole numbers from 1 along the line. baseline: events a head (1 for a ratio of observed to expected). The
    lower line is where so few events would be significant: at expected events chi2q(1-p, 2O+2)/2, the upper at
    chi2q(p, 2O)/2, p = 0.025 or 0.001; over the baseline they are populations, over `years` yearly ones.
    The value is events over population (of all years), times the multiplier.
    """
    o, r = as_counts(events, baseline)
    o, r = np.where(o > 0, o, np.nan), np.where(r > 0, r, np.nan)
    expected = [
        gammaincinv(o + 1, 1 - p) if low else gammaincinv(o, p) for p in (0.025, 0.001) for low in (1, 0)
    ]
    populations = [divide(e, r) for e in expected]
    return PoissonLines(
        FunnelLines(*(n / years for n in populations)),
        FunnelLines(*(divide(o, n) * multiplier for n in populations)),
    )


def funnel_of_proportions(numerator: ArrayLike, denominator: ArrayLike) -> Funnel:
    """Flags of proportions outside the lines around all units' proportion, at their own denominators."""
    own = proportions(numerator, denominator)
    baseline = _baseline(own)
    lines = proportion_lines(baseline, own.denominator)
    return Funnel(
        baseline[..., 0],
        _flags(
            (own.value < lines.lower95, own.value < lines.lower99_8),
            (own.value > lines.upper95, own.value > lines.upper99_8),
            own.reason,
        ),
        own.reason,
    )


def funnel_of_rates(events: ArrayLike, population: ArrayLike, *, multiplier: float = 100_000) -> Funnel:
    """Flags of crude rates whose Poisson limits (Byar's, or exact below ten events) leave out all units' rate."""
    own = rates(events, population, multiplier=multiplier)
    return _outside(own, _baseline(own) * multiplier)


def funnel_of_ratios(observed: ArrayLike, expected: ArrayLike) -> Funnel:
    """Flags of observed over expected events whose Poisson limits leave out 1."""
    own = rates(observed, expected, multiplier=1)
    return _outside(own, np.ones((*own.value.shape[:-1], 1)))


def funnel_of_standardised_rates(standardised: Estimates, *, multiplier: float = 100_000) -> Funnel:
    """Flags of directly standardised rates, as crude ones of an effective population k O / rate.

    standardised: of one array of units. The baseline is all events over all effective populations. A unit that has no
    standardised rate (fewer than ten events) has no flag and does not enter the baseline.
    """
    known = (standardised.reason == "") & (standardised.value > 0)
    events = np.where(known, standardised.numerator, np.nan)
    funnel = funnel_of_rates(events, divide(multiplier * events, standardised.value), multiplier=multiplier)
    reason = np.where(standardised.reason != "", standardised.reason, funnel.reason)
    return Funnel(funnel.baseline, funnel.flag, reason)


def effective_population(standardised: Estimates, *, multiplier: float = 100_000) -> Array:
    """Where on a funnel's axis a standardised rate stands: k O / rate, the people for whom it would be a crude rate.

    NaN where there is no rate above 0.
    """
    known = (standardised.reason == "") & (standardised.value > 0)
    return divide(multiplier * standardised.numerator, np.where(known, standardised.value, np.nan))


def _outside(own: Estimates, baseline: Array) -> Funnel:
    flag = _flags(
        (own.upper95 < baseline, own.upper99_8 < baseline),
        (own.lower95 > baseline, own.lower99_8 > baseline),
        own.reason,
    )
    return Funnel(baseline[..., 0], flag, own.reason)


def _baseline(own: Estimates) -> Array:
    known = own.reason == ""
    total = np.where(known, own.numerator, 0).sum(axis=-1, keepdims=True)
    return divide(total, np.where(known, own.denominator, 0).sum(axis=-1, keepdims=True))


def _flags(low: tuple[Flags, Flags], high: tuple[Flags, Flags], reason: Words) -> Words:
    step = (high[0].astype(np.int64) + high[1]) - (low[0].astype(np.int64) + low[1])
    words = np.array(FLAGS, dtype=object)[step + 2]
    return np.where(reason == "", words, "").astype(object)
