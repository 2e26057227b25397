"""Areas put into quantiles of a score, such as deprivation quintiles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stewardship.measures.statistics.estimates import Array, Words, divide, first_reason


@dataclass(frozen=True)
class Quantiles:
    """The quantile of each area, from 1, NaN where there is none; reason says why, '' where there is one."""

    quantile: Array
    reason: Words


def quantiles(
    score: ArrayLike, group: ArrayLike | None = None, *, parts: int = 5, highest_first: bool = True
) -> Quantiles:
    """The quantile of each area among the areas of its group.

    score: one an area, in any order; NaN where not known. group: a whole number from 0 an area, one group if not
    given. With N scores in the group and rank 1 for the highest (the lowest unless `highest_first`), ties sharing
    their best rank: quantile = parts + 1 - ceil((N + 1 - rank) parts / N), at least 1. No quantile, with the
    reason, for an area without a score or group, and in groups with fewer scores than parts.

    Quantiles of a group's own areas are local: label them so, and use national ones for Core20.
    Source: Assigning deprivation categories, England's public health profiles (Fingertips) technical guidance.
    """
    s = np.asarray(score, np.float64)
    g = np.zeros(s.shape) if group is None else np.asarray(group, np.float64)
    reason = first_reason(s.shape, (np.isnan(s), "no score"), (~(g >= 0), "in no group"))
    scored = np.flatnonzero(reason == "")
    code = np.unique(g[scored], return_inverse=True)[1]
    rank, size = _ranks(code, s[scored] * (-1 if highest_first else 1))
    # whole numbers throughout: a part of a rank is never rounded to the wrong side
    quantile = np.maximum(parts + 1 - -(-((size + 1 - rank) * parts) // size), 1)
    few = size < parts
    reason[scored[few]] = f"fewer areas than {parts}"
    result = np.full(s.shape, np.nan)
    result[scored[~few]] = quantile[~few]
    return Quantiles(result, reason)


def scores_of_places(place: ArrayLike, score: ArrayLike, population: ArrayLike, *, places: int) -> Array:
    """The score of larger places from those of their small areas: the mean weighted by population, one a place.

    place: a whole number from 0, one a small area. Areas of no place, score or population (NaN, or nobody) are left
    out; NaN for a place that has none. Source: as `quantiles`.
    """
    p = np.nan_to_num(np.asarray(place, np.float64), nan=-1).astype(np.int64)
    s, n = np.asarray(score, np.float64), np.asarray(population, np.float64)
    known = (p >= 0) & (p < places) & ~np.isnan(s) & (n > 0)
    sums = (
        np.bincount(p[known], weights=weight[known], minlength=places).astype(np.float64)
        for weight in (s * n, n)
    )
    return divide(*sums)


def _ranks(group: NDArray[np.int64], value: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rank of each value in its group, ties sharing the best, and the size of the group."""
    order = np.lexsort((value, group))
    position = np.arange(len(order))
    g, v = group[order], value[order]
    new_group = np.append(True, g[1:] != g[:-1])[: len(g)]
    new_value = new_group | np.append(True, v[1:] != v[:-1])[: len(v)]
    first = np.maximum.accumulate(np.where(new_group, position, 0))
    best = np.maximum.accumulate(np.where(new_value, position, 0))
    rank = np.empty(len(order), np.int64)
    rank[order] = best - first + 1
    return rank, np.bincount(group)[group]
