"""Proportions of people, with Wilson's score limits."""

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Estimates, as_counts, divide, estimates, first_reason
from stewardship.measures.statistics.intervals import wilson


def proportions(numerator: ArrayLike, denominator: ArrayLike, *, multiplier: float = 1) -> Estimates:
    """Proportion of each group, x/n, with Wilson's limits, times the multiplier (100 for per cent).

    numerator, denominator: counts of people, one a group, any shape; NaN where not known. No figure, with the
    reason, where a count is not known or below 0, where n is 0, and where x is above n.
    Source: Wilson 1927; as used for England's public health profiles.
    """
    x, n = as_counts(numerator, denominator)
    reason = first_reason(
        x.shape,
        (np.isnan(x + n), "not known"),
        ((x < 0) | (n < 0), "a count is below zero"),
        (n == 0, "no one in the group"),
        (x > n, "more people counted than are in the group"),
    )
    return estimates(
        divide(x, n) * multiplier,
        lambda confidence: wilson(x, n, confidence).scaled(multiplier),
        numerator=x,
        denominator=n,
        method="Wilson",
        reason=reason,
    )
