"""Median and other quantiles of waits, such as the 92nd percentile.

Source: Campbell and Gardner 1988 (British Medical Journal 296:1454), limits by ranks.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stewardship.measures.statistics.estimates import Array, Estimates, Flags, divide, estimates, first_reason
from stewardship.measures.statistics.intervals import Interval, normal_quantile


def waits_of_rows(group: ArrayLike, wait: ArrayLike, *, groups: int, share: float = 0.5) -> Estimates:
    """The wait that a share of people waited no longer than, of each group; the median if not said otherwise.

    group: whole numbers from 0, one a person, in any order; wait: in days or weeks. Rows of no group or no wait
    (NaN, or below 0) are left out. The value lies straight between the two waits at place 1 + (N-1) share. Limits
    are the waits at ranks N share - z sqrt(N share (1-share)) and 1 + N share + z sqrt(...), to the nearest whole;
    NaN where there is no such rank, as in small groups. The numerator is how many waited no longer, the denominator
    N.
    """
    g = np.nan_to_num(np.asarray(group, np.float64), nan=-1).astype(np.int64)
    w = np.asarray(wait, np.float64)
    known = (g >= 0) & (g < groups) & (w >= 0)
    g, w = g[known], w[known]
    order = np.lexsort((w, g))
    g, w = g[order], w[order]
    n = np.bincount(g, minlength=groups)
    first = np.cumsum(n) - n
    place = (n - 1) * share
    low = np.floor(place).astype(np.int64)
    below, above = _at_rank(w, first, n, low + 1), _at_rank(w, first, n, np.minimum(low + 2, n))
    value = below + (above - below) * (place - low)
    no_longer = np.bincount(g, weights=w <= value[g], minlength=groups)

    def by_rank(confidence: float) -> Interval:
        half = normal_quantile(confidence) * np.sqrt(n * share * (1 - share))
        ranks = np.rint(n * share - half), np.rint(1 + n * share + half)
        lower, upper = (_at_rank(w, first, n, rank.astype(np.int64)) for rank in ranks)
        return Interval(lower, upper)

    return _of_waits(value, by_rank, no_longer, n, np.False_)


def waits_of_bands(waiting: ArrayLike, starts: ArrayLike, *, share: float = 0.5) -> Estimates:
    """As `waits_of_rows`, from how many waited in each band of time, as waiting lists are published.

    waiting: groups x bands; NaN counts as none. starts: where each band begins, rising; the last band is open.
    Waits are taken as spread evenly over their band. Limits are at N share -/+ z sqrt(N share (1-share)) people,
    NaN where they would be below the first or in the open band. No figure, with the reason, where the wait itself
    is in the open band. Raises ValueError where the starts are not one a band.
    """
    c, s = np.nan_to_num(np.asarray(waiting, np.float64)), np.asarray(starts, np.float64)
    if s.shape != c.shape[1:]:
        raise ValueError(f"{c.shape[1]} bands of waits have {len(s)} starts. Give one start a band.")
    negative: Flags = np.asarray((c < 0).any(axis=1, keepdims=True))
    c = np.where(negative, 0, c)
    n = c.sum(axis=1)
    up_to = np.cumsum(c, axis=1)
    value = _at_count(n * share, up_to, c, s)

    def by_count(confidence: float) -> Interval:
        half = normal_quantile(confidence) * np.sqrt(n * share * (1 - share))
        return Interval(_at_count(n * share - half, up_to, c, s), _at_count(n * share + half, up_to, c, s))

    return _of_waits(value, by_count, n * share, n, negative[:, 0])


def _at_rank(w: Array, first: NDArray[np.int64], n: NDArray[np.int64], rank: NDArray[np.int64]) -> Array:
    there = (rank >= 1) & (rank <= n)
    values = np.full(n.shape, np.nan)
    values[there] = w[(first + rank - 1)[there]]
    return values


def _at_count(people: Array, up_to: Array, c: Array, starts: Array) -> Array:
    """The wait that so many waited no longer than, NaN in the open band or before the first."""
    band = np.minimum((up_to < people[:, None]).sum(axis=1), c.shape[1] - 1)
    group = np.arange(len(c))
    before = up_to[group, band] - c[group, band]
    width = np.append(np.diff(starts), np.nan)[band]
    wait = starts[band] + divide(people - before, c[group, band]) * width
    return np.where(people >= 0, wait, np.nan)


def _of_waits(
    value: Array,
    interval: Callable[[float], Interval],
    no_longer: ArrayLike,
    n: ArrayLike,
    negative: Flags | np.bool_,
) -> Estimates:
    people = np.asarray(n, np.float64)
    reason = first_reason(
        value.shape,
        (negative, "a count is below zero"),
        (people == 0, "no one in the group"),
        (np.isnan(value), "the wait is in the last, open band"),
    )
    return estimates(
        value,
        interval,
        numerator=np.asarray(no_longer, np.float64),
        denominator=people,
        method="ranks",
        reason=reason,
    )
