"""Crude rates of events, with Poisson limits."""

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Estimates, as_counts, divide, estimates, first_reason
from stewardship.measures.statistics.intervals import poisson


def rates(events: ArrayLike, population: ArrayLike, *, multiplier: float = 100_000) -> Estimates:
    """Events divided by population (or person-years) in each group, per `multiplier`.

    Limits are those of a Poisson count, Byar's from ten events and exact below, divided by the population.
    events, population: one a group, any shape; NaN where not known. No events is a rate of 0 with lower limit
    0. Events may exceed the population: one person can have many. No figure, with the reason, where a number
    is not known or below 0, and where the population is 0.
    Source: Breslow and Day 1987; as used for England's public health profiles.
    """
    o, n = as_counts(events, population)
    reason = first_reason(
        o.shape,
        (np.isnan(o + n), "not known"),
        ((o < 0) | (n < 0), "a count is below zero"),
        (n == 0, "no one in the group"),
    )
    per_event = divide(np.full(n.shape, float(multiplier)), n)
    return estimates(
        o * per_event,
        lambda confidence: poisson(np.where(reason == "", o, np.nan), confidence).scaled(per_event),
        numerator=o,
        denominator=n,
        method="Byar; exact Poisson under 10 events",
        reason=reason,
    )
