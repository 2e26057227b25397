"""Directly age-standardised rates, with Dobson's limits.

Source: Dobson, Kuulasmaa, Eberle and Scherer 1991 (Statistics in Medicine 10:457); weights from Eurostat,
Revision of the European Standard Population, 2013, with 90 and over as the last band.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stewardship.measures.statistics.estimates import Array, Estimates, Words, divide, estimates
from stewardship.measures.statistics.intervals import Interval, byar

FEWEST_EVENTS = 10  # a standardised rate of fewer is not published

EUROPEAN_STANDARD_2013 = MappingProxyType(
    {
        "0-4": 5000,
        "5-9": 5500,
        "10-14": 5500,
        "15-19": 5500,
        "20-24": 6000,
        "25-29": 6000,
        "30-34": 6500,
        "35-39": 7000,
        "40-44": 7000,
        "45-49": 7000,
        "50-54": 7000,
        "55-59": 6500,
        "60-64": 6000,
        "65-69": 5500,
        "70-74": 5000,
        "75-79": 4000,
        "80-84": 2500,
        "85-89": 1500,
        "90+": 1000,
    }
)
"""People in each age band of the European Standard Population 2013, 100,000 in all."""

AGE_BANDS = tuple(EUROPEAN_STANDARD_2013)


def standard_weights(from_age: int = 0, under_age: int | None = None) -> Array:
    """Weights of the 19 bands for people from one age to under another, 0 for every other band.

    They need not add up to 100,000: rates divide by their sum. Raises ValueError for ages inside a band.
    """
    starts = [5 * band for band in range(len(AGE_BANDS))]
    if from_age not in starts or (under_age is not None and under_age not in starts[1:]):
        raise ValueError(
            f"Ages {from_age} to {under_age} cut a five-year band in two. Use multiples of 5 up to 90."
        )
    last = under_age or np.inf
    weights = EUROPEAN_STANDARD_2013.values()
    return np.array([w if from_age <= s < last else 0 for s, w in zip(starts, weights, strict=True)], float)


def directly_standardised(
    events: ArrayLike,
    population: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    multiplier: float = 100_000,
    bands: Sequence[str] = AGE_BANDS,
) -> Estimates:
    """Directly standardised rate of each group, per `multiplier`.

    events, population: groups x bands. weights: the standard population of each band (the European Standard
    Population 2013 unless given); a band of weight 0 is outside the ages asked for and left out of every sum.
    rate = sum(w O/n) / sum(w), its variance v = sum(w^2 O/n^2) / sum(w)^2, and the limits
    rate + sqrt(v/O) (Byar(O) - O), with O the total events.

    Unknown events (NaN) count as none. A band with neither people nor events gives its weight to the nearest
    band below it that has people (above it, if all below are empty too). No figure, with the reason, where a
    population is not known, a count is below 0, a band has events but nobody in it, no band has anybody, or
    there are fewer than 10 events. Events are taken as independent of each other. The numerator and the
    denominator of the result are the totals over the bands used.
    """
    weight = np.asarray(standard_weights() if weights is None else weights, np.float64)
    used = weight > 0
    o, n = np.asarray(events, np.float64)[:, used], np.asarray(population, np.float64)[:, used]
    o = np.where(np.isnan(o), 0.0, o)
    names = [band for band, use in zip(bands, used, strict=True) if use]
    share = merged(weight[used], n > 0) / weight[used].sum()
    return from_shares(o, o, n, share, reasons(o, n, names), multiplier)


def from_shares(
    o: Array, squared: Array, n: Array, share: Array, reason: Words, multiplier: float
) -> Estimates:
    """The standardised rate where each cell has its share of the standard, groups x cells; shares add up to 1.

    squared: what the events of a cell add to the variance: the events themselves where they are independent, f^2 for
    each person with f of them where not.
    """
    total, people = o.sum(axis=1), n.sum(axis=1)
    per_person = divide(share, n)
    rate = np.where(o > 0, per_person * o, 0).sum(axis=1) * multiplier
    variance = np.where(o > 0, per_person**2 * squared, 0).sum(axis=1)
    enough = np.where(reason == "", total, np.nan)
    scale = np.sqrt(divide(variance, enough)) * multiplier

    def dobson(confidence: float) -> Interval:
        limits = byar(enough, confidence)
        return Interval(rate + scale * (limits.lower - total), rate + scale * (limits.upper - total))

    return estimates(rate, dobson, numerator=total, denominator=people, method="Dobson", reason=reason)


FEWEST_COUNTS = 7  # so many counts of events fit the published rate and limits
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def rounded_to_hide_events(exact: Estimates, *, rounded_by: int) -> Estimates:
    """Rates and limits so rounded that nobody can work back how many events there were.

    The limits' distances from the rate depend on the number of events alone, but for a scale: from exact ones it
    can be read off. So the value and its four limits of each group are rounded to the finest unit (1, 2 or 5 of the
    third to first digit of the rate) under which seven counts or more fit all five together, among them every count
    within `rounded_by` of the true one, so that the rate tells nothing beyond the rounded count beside it. Where
    even one digit tells too much there is no figure.
    """
    names = ("value", "lower95", "upper95", "lower99_8", "upper99_8")
    numbers = np.stack([getattr(exact, name) for name in names])
    events = exact.numerator
    size = 10.0 ** np.floor(np.log10(np.where(numbers[0] > 0, numbers[0], 1.0)))
    unit = np.full(events.shape, np.nan)
    kept = (exact.reason == "") & (numbers[0] > 0)
    rows = np.flatnonzero(kept)
    for step in reversed(_STEPS):
        tried = step * size[rows]
        fits = _hidden_among_others(_to(numbers[:, rows], tried), tried, events[rows], rounded_by)
        unit[rows[fits]] = tried[fits]
    told = kept & np.isnan(unit)
    rounded = np.where(
        np.isnan(unit), np.where(kept, np.nan, numbers), _to(numbers, np.where(kept, unit, 1.0))
    )
    reason = np.where(told, "its limits would tell how many events there were", exact.reason).astype(object)
    return replace(exact, **dict(zip(names, rounded, strict=True)), reason=reason)


def unit_of(published: Estimates) -> Array:
    """The largest unit that a rate and its four limits are all multiples of: to so much they may be rounded.

    A rate of 1,000 may have been 999.7, whose first digit is one place further down: finer units are looked at too.
    """
    numbers = np.stack(
        [getattr(published, name) for name in ("value", "lower95", "upper95", "lower99_8", "upper99_8")]
    )
    size = 10.0 ** np.floor(np.log10(np.where(numbers[0] > 0, numbers[0], 1.0)))
    unit = np.zeros(numbers[0].shape)
    rounded_up = np.isclose(numbers[0], size)
    for step in (*(each / 10 for each in _STEPS), *_STEPS):
        parts = numbers / (step * size)
        whole = (np.abs(parts - np.round(parts)) < 1e-6).all(axis=0)
        unit = np.where(whole & (rounded_up | (step >= _STEPS[0])), step * size, unit)
    return np.where(np.isnan(numbers).any(axis=0), np.nan, unit)


def counts_that_fit(numbers: Array, half: Array, events: Array) -> NDArray[np.bool_]:
    """Which counts of events a published rate and its limits allow, groups x counts tried.

    numbers: value and limits at 95% and 99.8%, 5 x groups; half: how far each may be from the exact one, one a
    group; events: the counts to try, groups x counts. With c the exact limits of a count less the count, each
    number is rate + scale c for some rate and some scale above 0: every two numbers bound the scale, and it must
    fit all.
    """
    limits95, limits99_8 = byar(events, 0.95), byar(events, 0.998)
    c = [np.zeros_like(events)]
    c += [limit - events for limits in (limits95, limits99_8) for limit in (limits.lower, limits.upper)]
    least, most = np.zeros_like(events), np.full_like(events, np.inf)
    for i, j in combinations(range(5), 2):
        apart, seen = c[j] - c[i], (numbers[j] - numbers[i])[:, None]
        sign, slack = np.sign(apart), 2 * half[:, None]
        least = np.maximum(least, (seen * sign - slack) / np.abs(apart))
        most = np.minimum(most, (seen * sign + slack) / np.abs(apart))
    return np.asarray(least <= most * (1 + 1e-9))


def _to(numbers: Array, unit: Array) -> Array:
    multiples = np.round(numbers / unit)
    # Divided by a whole number where the unit is a fraction, so that 0.3 comes out as 0.3.
    return np.where(unit < 1, multiples / np.round(1 / np.minimum(unit, 1)), multiples * unit)


def _hidden_among_others(numbers: Array, unit: Array, events: Array, rounded_by: int) -> NDArray[np.bool_]:
    around = np.arange(-2 * FEWEST_COUNTS, 2 * FEWEST_COUNTS + 1)
    counts = np.where(np.isnan(events), 0, events)[:, None] + around
    possible = counts >= FEWEST_EVENTS
    fit = counts_that_fit(numbers, unit / 2, np.where(possible, counts, FEWEST_EVENTS)) & possible
    near = (np.abs(around) <= 2 * rounded_by) & possible
    return np.asarray((fit.sum(axis=1) >= FEWEST_COUNTS) & (fit | ~near).all(axis=1))


def directly_standardised_rows(
    group: ArrayLike,
    band: ArrayLike,
    events: ArrayLike,
    population: ArrayLike,
    *,
    groups: int,
    weights: ArrayLike | None = None,
    multiplier: float = 100_000,
    bands: Sequence[str] = AGE_BANDS,
) -> Estimates:
    """As `directly_standardised`, from rows in any order; one result for each of the `groups`.

    group, band: whole numbers from 0, one a row; events, population: one a row, added up where rows repeat. A
    band without a row has nobody. A row of no group or no band (NaN, below 0 or beyond the last) enters no
    rate: give unknown groups a number of their own where they should be seen.
    """
    size = (groups, len(bands))
    return directly_standardised(
        by_group_and_band(group, band, np.nan_to_num(np.asarray(events, np.float64)), size),
        by_group_and_band(group, band, population, size),
        weights=weights,
        multiplier=multiplier,
        bands=bands,
    )


def by_group_and_band(group: ArrayLike, band: ArrayLike, values: ArrayLike, size: tuple[int, int]) -> Array:
    """Rows added up into an array of groups x bands, 0 where there is no row."""
    g, b = (np.nan_to_num(np.asarray(codes, np.float64), nan=-1).astype(np.int64) for codes in (group, band))
    v = np.asarray(values, np.float64)
    groups, bands = size
    known = (g >= 0) & (g < groups) & (b >= 0) & (b < bands)
    cell = g[known] * bands + b[known]
    return _added(cell, v[known], size)


def merged(weight: Array, populated: NDArray[np.bool_]) -> Array:
    """Weights, groups x bands, after each empty band gave its own to the nearest below, or above if none is."""
    groups, bands = populated.shape
    here = np.where(populated, np.arange(bands), -1)
    below = np.maximum.accumulate(here, axis=1)
    target = np.where(below >= 0, below, populated.argmax(axis=1)[:, None])
    cell = np.arange(groups)[:, None] * bands + target
    given = np.broadcast_to(weight, populated.shape)
    return _added(cell.ravel(), given.ravel(), (groups, bands))


def _added(cell: NDArray[np.int64], values: Array, size: tuple[int, int]) -> Array:
    sums = np.bincount(cell, weights=values, minlength=size[0] * size[1])
    return np.asarray(sums, np.float64).reshape(size)


def reasons(o: Array, n: Array, names: Sequence[str]) -> Words:
    """Why each group has no standardised rate, '' where it has one."""
    nobody = (n == 0) & (o > 0)
    reason = np.full(len(o), "", dtype=object)
    reason[o.sum(axis=1) < FEWEST_EVENTS] = f"fewer than {FEWEST_EVENTS} events"
    stranded = nobody.any(axis=1)
    reason[stranded] = [
        f"events but nobody in ages {names[band]}" for band in nobody[stranded].argmax(axis=1)
    ]
    reason[(n == 0).all(axis=1)] = "no one in the group"
    reason[((o < 0) | (n < 0)).any(axis=1)] = "a count is below zero"
    reason[np.isnan(n).any(axis=1)] = "population not known"
    return reason
