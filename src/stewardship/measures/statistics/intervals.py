"""Confidence limits of counts and proportions.

`confidence` is two-sided, 0.95 or 0.998. Missing (NaN) and negative counts give NaN limits.
Sources: Byar's approximation and the exact Poisson limits as in Breslow and Day 1987 (Statistical methods in
cancer research, volume II); Wilson 1927; the choice between them as in England's public health profiles
(Technical Guide: Confidence Intervals).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

Array = NDArray[np.float64]

EXACT_BELOW = 10  # events: Byar's approximation is good enough from ten


@dataclass(frozen=True)
class Interval:
    """Lower and upper limits, arrays of the same shape."""

    lower: Array
    upper: Array

    def scaled(self, factor: Array | float) -> "Interval":
        """Both limits times a factor of zero or more."""
        return Interval(self.lower * factor, self.upper * factor)

    def clipped(self, lowest: float, highest: float) -> "Interval":
        """Both limits held between two bounds."""
        return Interval(np.clip(self.lower, lowest, highest), np.clip(self.upper, lowest, highest))


def normal_quantile(confidence: float) -> float:
    """The standard normal quantile of a two-sided confidence: 1.959964 for 0.95, 3.090232 for 0.998."""
    return float(ndtri((1 + confidence) / 2))


def byar(events: ArrayLike, confidence: float = 0.95) -> Interval:
    """Byar's limits of a Poisson count, in events.

    lower = O (1 - 1/(9 O) - z/(3 sqrt O))^3; upper the same of O + 1 with + z. Good from ten events; where
    the lower formula goes below zero, as it can with one or two, the lower limit is NaN.
    """
    events = _counts(events)
    z = normal_quantile(confidence)
    more = events + 1
    some = np.where(events > 0, events, np.nan)
    lower = events * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return Interval(np.where(lower >= 0, lower, np.nan), upper)


def exact_poisson(events: ArrayLike, confidence: float = 0.95) -> Interval:
    """Exact limits of a Poisson count, in events.

    Half the chi-square quantiles at (1-C)/2 with 2 O degrees of freedom and at (1+C)/2 with 2 O + 2, which
    are gamma quantiles of shape O and O + 1. With no events the lower limit is 0 and the upper 3.6889 at 95%.
    """
    events = _counts(events)
    some = np.where(events > 0, events, np.nan)
    lower = np.where(events == 0, 0.0, gammaincinv(some, (1 - confidence) / 2))
    return Interval(lower, gammaincinv(events + 1, (1 + confidence) / 2))


def poisson(events: ArrayLike, confidence: float = 0.95) -> Interval:
    """Limits of a Poisson count, in events: Byar's from ten events, exact below."""
    events = _counts(events)
    limits = byar(events, confidence)
    few = events < EXACT_BELOW
    exact = exact_poisson(events[few], confidence)
    lower, upper = np.array(limits.lower), np.array(limits.upper)
    lower[few], upper[few] = exact.lower, exact.upper
    return Interval(lower, upper)


def wilson(successes: ArrayLike, total: ArrayLike, confidence: float = 0.95) -> Interval:
    """Wilson's score limits of a proportion, between 0 and 1.

    (2 x + z^2 -/+ z sqrt(z^2 + 4 x (1 - x/n))) / (2 (n + z^2)). successes and total: counts of one shape.
    Where total is 0, or successes are not between 0 and total, both limits are NaN.
    """
    successes, total = np.asarray(successes, np.float64), np.asarray(total, np.float64)
    z = normal_quantile(confidence)
    valid = (total > 0) & (successes >= 0) & (successes <= total)
    x, n = np.where(valid, successes, np.nan), np.where(valid, total, np.nan)
    centre = 2 * x + z**2
    spread = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    scale = 2 * (n + z**2)
    return Interval((centre - spread) / scale, (centre + spread) / scale).clipped(0, 1)


def _counts(events: ArrayLike) -> Array:
    counts = np.asarray(events, np.float64)
    return np.where(counts >= 0, counts, np.nan)
