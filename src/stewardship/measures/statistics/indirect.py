"""Indirectly standardised ratios and rates: observed events against those expected at reference rates.

Sources: Breslow and Day 1987 (Statistical methods in cancer research, volume II); as used for England's public
health profiles. Ratios of two groups are each against the reference with the group's own ages: do not rank them.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import (
    Array,
    Estimates,
    Words,
    divide,
    estimates,
    first_reason,
)
from stewardship.measures.statistics.intervals import poisson

METHOD = "Byar; exact Poisson under 10 events"


def expected_events(
    population: ArrayLike, reference_events: ArrayLike, reference_population: ArrayLike
) -> Array:
    """Events that each group would have at the reference's rates: the sum of n refO / refN over the bands.

    population: groups x bands; NaN where not known. The reference: one a band, or groups x bands where groups have
    references of their own. A band in which the reference has nobody gives NaN to groups that
    have people in it, and nothing to the others.
    """
    n = np.asarray(population, np.float64)
    rate = divide(np.asarray(reference_events, np.float64), np.asarray(reference_population, np.float64))
    return np.asarray(np.where(n == 0, 0.0, n * rate).sum(axis=-1), np.float64)


def indirectly_standardised_ratio(
    observed: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    *,
    multiplier: float = 100,
) -> Estimates:
    """Observed over expected events of each group, times the multiplier (100: the reference is 100).

    observed: events of each group, groups x bands or one total a group; NaN bands count as none. The others as in
    `expected_events`. Limits: those of a Poisson count of the observed, Byar's from ten and exact below, over the
    expected. The result's numerator and denominator are the observed and the expected events. No figure, with the
    reason, where a total is not known, a count is below 0, no events are expected or the reference has nobody in
    a band.
    """
    o = _totals(observed)
    expected = expected_events(population, reference_events, reference_population)
    reason = _reasons(o, np.asarray(population, np.float64), expected)
    per_event = divide(np.full(o.shape, float(multiplier)), expected)
    return estimates(
        o * per_event,
        lambda confidence: poisson(np.where(reason == "", o, np.nan), confidence).scaled(per_event),
        numerator=o,
        denominator=expected,
        method=METHOD,
        reason=reason,
    )


def indirectly_standardised_rate(
    observed: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    *,
    multiplier: float = 100_000,
) -> Estimates:
    """The ratio of observed to expected events times the reference's crude rate, per `multiplier`.

    As `indirectly_standardised_ratio`; the reference's rate is sum(refO) / sum(refN) over the bands.
    """
    events, people = (
        np.asarray(given, np.float64).sum(axis=-1) for given in (reference_events, reference_population)
    )
    reference = float(multiplier) * divide(events, people)
    ratio = indirectly_standardised_ratio(
        observed, population, reference_events, reference_population, multiplier=1
    )
    reason = np.where(
        (ratio.reason == "") & np.isnan(reference), "the reference's rate is not known", ratio.reason
    )
    return scaled(replace(ratio, reason=reason.astype(object)), reference)


def scaled(ratio: Estimates, factor: ArrayLike) -> Estimates:
    """Value and limits times a factor of zero or more, one for all or one a group."""
    by = np.asarray(factor, np.float64)
    names = ("value", "lower95", "upper95", "lower99_8", "upper99_8")
    return replace(ratio, **{name: getattr(ratio, name) * by for name in names})


def _totals(observed: ArrayLike) -> Array:
    o = np.asarray(observed, np.float64)
    return o if o.ndim < 2 else np.asarray(np.nansum(o, axis=1), np.float64)


def _reasons(o: Array, n: Array, expected: Array) -> Words:
    return first_reason(
        expected.shape,
        (np.isnan(o), "events not known"),
        ((o < 0) | (n < 0).any(axis=-1), "a count is below zero"),
        (np.isnan(n).any(axis=-1), "population not known"),
        ((n == 0).all(axis=-1), "no one in the group"),
        (np.isnan(expected), "no one in a band of the reference"),
        (expected == 0, "no events are expected"),
    )
