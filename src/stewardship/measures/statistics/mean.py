"""Means of what was measured in people, with Student's limits."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from stewardship.measures.statistics.estimates import (
    Array,
    Estimates,
    as_counts,
    divide,
    estimates,
    first_reason,
)
from stewardship.measures.statistics.intervals import Interval

FEWEST = 2  # one person tells nothing of how people differ


def means(total: ArrayLike, deviation: ArrayLike, people: ArrayLike) -> Estimates:
    """Mean of each group, sum/N, with limits mean -/+ t(N-1) sd / sqrt(N).

    total: the sum of the values; deviation: their standard deviation, dividing by N - 1; people: N. One a group,
    any shape, in the unit of the values; NaN where not known. No figure, with the reason, where one is not known
    or there are fewer than two people. Source: Student 1908; as used for England's public health profiles.
    """
    s, sd, n = as_counts(total, deviation, people)
    reason = first_reason(
        s.shape,
        (np.isnan(s + n), "not known"),
        ((n < 0) | (sd < 0), "a count is below zero"),
        (n == 0, "no one in the group"),
        (n < FEWEST, f"fewer than {FEWEST} people"),
        (np.isnan(sd), "not known"),
    )
    kept = reason == ""
    mean = divide(s, n)
    error = sd / np.sqrt(np.where(kept, n, np.nan))

    def student(confidence: float) -> Interval:
        half = stdtrit(np.where(kept, n - 1, np.nan), (1 + confidence) / 2) * error
        return Interval(mean - half, mean + half)

    return estimates(mean, student, numerator=s, denominator=n, method="Student's t", reason=reason)


def means_of_rows(group: ArrayLike, value: ArrayLike, *, groups: int) -> Estimates:
    """As `means`, from one row a person in any order; one result for each of the `groups`.

    group: whole numbers from 0. A row of no group (NaN, below 0 or beyond the last) or of no value (NaN) is left out.
    """
    g = np.nan_to_num(np.asarray(group, np.float64), nan=-1).astype(np.int64)
    v = np.asarray(value, np.float64)
    known = (g >= 0) & (g < groups) & ~np.isnan(v)
    g, v = g[known], v[known]
    n, total = _sums(g, np.ones(len(v)), groups), _sums(g, v, groups)
    # From the differences to the mean, not from squares of values, which lose digits where values are large.
    apart = v - divide(total, n)[g]
    return means(total, np.sqrt(divide(_sums(g, apart**2, groups), n - 1)), n)


def _sums(group: np.ndarray[tuple[int], np.dtype[np.int64]], values: Array, groups: int) -> Array:
    return np.asarray(np.bincount(group, weights=values, minlength=groups), np.float64)
