"""Directly standardised rates of events that come more than once to a person, and of more than one sex.

Sources: Dobson, Kuulasmaa, Eberle and Scherer 1991 (Statistics in Medicine 10:457); for events that are not
independent, the variance of a compound Poisson count, as used for England's public health profiles.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Estimates
from stewardship.measures.statistics.standardised import (
    AGE_BANDS,
    from_shares,
    merged,
    reasons,
    standard_weights,
)


def directly_standardised_by_frequency(
    people_with: ArrayLike,
    population: ArrayLike,
    *,
    frequency: ArrayLike,
    weights: ArrayLike | None = None,
    multiplier: float = 100_000,
    bands: Sequence[str] = AGE_BANDS,
) -> Estimates:
    """Directly standardised rate of events of which one person can have many, such as admissions.

    people_with: groups x bands x frequencies, the people with exactly so many events; frequency: how many events
    each of those is, such as 1, 2, 3. population: groups x bands. The rate is that of `directly_standardised` with
    sum(f c) events; its variance is sum(f^2 v_f), v_f the variance of the rate of people with f events, so that
    limits are wider than of as many independent events. Unknown people (NaN) count as none. Weights, empty bands,
    totals and reasons as there; the numerator is the events.
    """
    weight = np.asarray(standard_weights() if weights is None else weights, np.float64)
    used, f = weight > 0, np.asarray(frequency, np.float64)
    c = np.nan_to_num(np.asarray(people_with, np.float64)[:, used])
    n = np.asarray(population, np.float64)[:, used]
    names = [band for band, use in zip(bands, used, strict=True) if use]
    o = c @ f
    reason = reasons(o, n, names)
    reason[(c < 0).any(axis=(1, 2))] = "a count is below zero"
    share = merged(weight[used], n > 0) / weight[used].sum()
    return from_shares(o, c @ f**2, n, share, reason, multiplier)


def directly_standardised_in_strata(
    events: ArrayLike,
    population: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    multiplier: float = 100_000,
    bands: Sequence[str] = AGE_BANDS,
) -> Estimates:
    """Directly standardised rate by age within strata, most often the two sexes.

    events, population: groups x strata x bands. weights: one a band (the European Standard Population 2013 unless
    given), the same in every stratum, or strata x bands. The rate is sum(w O/n) / sum(w) over strata and bands, as
    `directly_standardised`; an empty band gives its weight to a neighbour of its own stratum. No figure, with the
    reason, as there, and where a stratum that has weight has nobody.
    """
    o, n = np.asarray(events, np.float64), np.asarray(population, np.float64)
    weight = np.asarray(standard_weights() if weights is None else weights, np.float64)
    cell, flat, rows = np.broadcast_to(weight, o.shape[1:]), (len(o), -1), (-1, o.shape[2])
    each, used = np.broadcast_to(cell, o.shape), cell.ravel() > 0
    shares = merged(each.reshape(rows), ((n > 0) & (each > 0)).reshape(rows))
    share = shares.reshape(flat)[:, used] / cell.sum()
    o_flat, n_flat = np.nan_to_num(o.reshape(flat)[:, used]), n.reshape(flat)[:, used]
    names = [band for _ in range(o.shape[1]) for band in bands]
    reason = reasons(o_flat, n_flat, [name for name, use in zip(names, used, strict=True) if use])
    empty = (each.sum(axis=2) > 0) & (np.where(each > 0, n, 0).sum(axis=2) == 0)
    reason[empty.any(axis=1) & ~empty.all(axis=1)] = "no one in one of the strata"
    return from_shares(o_flat, o_flat, n_flat, share, reason, multiplier)
