"""The gap between two groups, with its interval: a difference of proportions, a ratio of rates."""

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Estimates, as_counts, divide, estimates, first_reason
from stewardship.measures.statistics.intervals import Interval, normal_quantile, wilson


def difference_of_proportions(
    numerator: ArrayLike,
    denominator: ArrayLike,
    reference_numerator: ArrayLike,
    reference_denominator: ArrayLike,
    *,
    multiplier: float = 1,
) -> Estimates:
    """A group's proportion less the reference's, times the multiplier (100 for percentage points).

    Newcombe's hybrid of the two Wilson intervals: lower = d - sqrt((p1-l1)^2 + (u0-p0)^2) and upper =
    d + sqrt((u1-p1)^2 + (p0-l0)^2). Counts of people, one a pair; NaN where not known. The result's numerator
    and denominator are the two proportions. No figure, with the reason, where either has none.
    Source: Newcombe 1998 (Statistics in Medicine 17:873), method 10.
    """
    x1, n1, x0, n0 = as_counts(numerator, denominator, reference_numerator, reference_denominator)
    p1, p0 = divide(x1, n1), divide(x0, n0)
    reason = first_reason(
        x1.shape,
        (np.isnan(x1 + n1 + x0 + n0), "not known"),
        ((n1 == 0) | (n0 == 0), "no one in one of the two groups"),
        (np.minimum(x1, x0) < 0, "a count is below zero"),
        ((x1 > n1) | (x0 > n0), "more people counted than are in the group"),
    )

    def newcombe(confidence: float) -> Interval:
        first, reference = wilson(x1, n1, confidence), wilson(x0, n0, confidence)
        down = np.hypot(p1 - first.lower, reference.upper - p0)
        up = np.hypot(first.upper - p1, p0 - reference.lower)
        return Interval(p1 - p0 - down, p1 - p0 + up).scaled(multiplier)

    return estimates(
        (p1 - p0) * multiplier,
        newcombe,
        numerator=p1 * multiplier,
        denominator=p0 * multiplier,
        method="Newcombe",
        reason=reason,
    )


def ratio_of_rates(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
) -> Estimates:
    """A group's crude rate divided by the reference's.

    Limits: exp(ln ratio -/+ z sqrt(1/O1 + 1/O0)). One entry a pair; NaN where not known. The result's
    numerator and denominator are the two rates per person. No figure, with the reason, where either group has
    no events or no one. Source: Rothman, Modern Epidemiology, 3rd edition, chapter 14.
    """
    o1, n1, o0, n0 = as_counts(events, population, reference_events, reference_population)
    reason = first_reason(
        o1.shape,
        (np.isnan(o1 + n1 + o0 + n0), "not known"),
        (np.minimum(np.minimum(o1, o0), np.minimum(n1, n0)) < 0, "a count is below zero"),
        ((n1 == 0) | (n0 == 0), "no one in one of the two groups"),
        ((o1 == 0) | (o0 == 0), "no events in one of the two groups"),
    )
    kept = reason == ""
    r1, r0 = divide(o1, n1), divide(o0, n0)
    ratio = divide(np.where(kept, r1, np.nan), r0)
    ones = np.ones(o1.shape)
    error = np.sqrt(divide(ones, np.where(kept, o1, np.nan)) + divide(ones, np.where(kept, o0, np.nan)))

    def logarithmic(confidence: float) -> Interval:
        factor = np.exp(normal_quantile(confidence) * error)
        return Interval(ratio / factor, ratio * factor)

    return estimates(
        ratio, logarithmic, numerator=r1, denominator=r0, method="logarithm of the ratio", reason=reason
    )


def ratio_of_estimates(
    value: ArrayLike,
    lower95: ArrayLike,
    upper95: ArrayLike,
    reference_value: ArrayLike,
    reference_lower95: ArrayLike,
    reference_upper95: ArrayLike,
) -> Estimates:
    """An estimate divided by another, each known by its value and 95% limits, as for standardised rates.

    The standard error of each logarithm is the width of its limits on that scale over 2 x 1.96; limits are
    exp(ln ratio -/+ z sqrt(se1^2 + se0^2)). One entry a pair. No figure, with the reason, where any of the
    six is not known or not above 0. Source: Altman and Bland 2003 (BMJ 326:219), for independent estimates.
    """
    v1, l1, u1, v0, l0, u0 = as_counts(
        value, lower95, upper95, reference_value, reference_lower95, reference_upper95
    )
    smallest = np.min([v1, l1, u1, v0, l0, u0], axis=0)
    reason = first_reason(
        v1.shape, (np.isnan(smallest), "not known"), (smallest <= 0, "a limit is not above zero")
    )
    kept = reason == ""
    one, reference = np.where(kept, v1, np.nan), np.where(kept, v0, np.nan)
    width = (
        np.log(np.where(kept, u1 / np.where(kept, l1, 1), 1)),
        np.log(np.where(kept, u0 / np.where(kept, l0, 1), 1)),
    )
    error = np.hypot(*width) / (2 * normal_quantile(0.95))
    ratio = divide(one, reference)

    def logarithmic(confidence: float) -> Interval:
        factor = np.exp(normal_quantile(confidence) * error)
        return Interval(ratio / factor, ratio * factor)

    return estimates(
        ratio, logarithmic, numerator=v1, denominator=v0, method="logarithm of the ratio", reason=reason
    )
