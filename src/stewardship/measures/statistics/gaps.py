"""The gap between two groups, with its interval: differences and ratios of proportions, rates and other figures."""

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import (
    Array,
    Estimates,
    as_counts,
    divide,
    estimates,
    first_reason,
)
from stewardship.measures.statistics.intervals import Interval, normal_quantile, poisson, wilson


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
        return _joined(p1, first, p0, reference).scaled(multiplier)

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


def ratio_of_counts(events: ArrayLike, reference_events: ArrayLike) -> Estimates:
    """One count of events over another: emergency over planned admissions, follow-up over first attendances.

    Limits: exp(ln ratio -/+ z sqrt(1/O1 + 1/O0)), both counts taken as Poisson and independent. One entry a pair; NaN
    where not known. The numerator and denominator are the two counts. No figure, with the reason, where either is 0.
    Source: Rothman, Modern Epidemiology, 3rd edition, chapter 14.
    """
    return ratio_of_rates(events, 1, reference_events, 1)


def ratio_of_proportions(
    numerator: ArrayLike,
    denominator: ArrayLike,
    reference_numerator: ArrayLike,
    reference_denominator: ArrayLike,
) -> Estimates:
    """A group's proportion divided by the reference's.

    Limits: exp(ln ratio -/+ z sqrt(1/x1 - 1/n1 + 1/x0 - 1/n0)). Counts of people, one a pair; NaN where not known.
    The numerator and denominator are the two proportions. No figure, with the reason, where either group has none
    or nobody counted. Source: Katz, Baptista, Azen and Pike 1978 (Biometrics 34:469).
    """
    x1, n1, x0, n0 = as_counts(numerator, denominator, reference_numerator, reference_denominator)
    reason = first_reason(
        x1.shape,
        (np.isnan(x1 + n1 + x0 + n0), "not known"),
        ((n1 == 0) | (n0 == 0), "no one in one of the two groups"),
        (np.minimum(x1, x0) < 0, "a count is below zero"),
        ((x1 > n1) | (x0 > n0), "more people counted than are in the group"),
        ((x1 == 0) | (x0 == 0), "nobody counted in one of the two groups"),
    )
    kept = reason == ""
    p1, p0 = divide(x1, n1), divide(x0, n0)
    ratio = divide(np.where(kept, p1, np.nan), p0)
    error = np.sqrt(sum(_less(np.where(kept, x, np.nan), n) for x, n in ((x1, n1), (x0, n0))))

    def logarithmic(confidence: float) -> Interval:
        factor = np.exp(normal_quantile(confidence) * error)
        return Interval(ratio / factor, ratio * factor)

    return estimates(
        ratio, logarithmic, numerator=p1, denominator=p0, method="logarithm of the ratio", reason=reason
    )


def difference_of_rates(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    *,
    multiplier: float = 100_000,
) -> Estimates:
    """A group's crude rate less the reference's, per `multiplier`.

    Limits from the two rates' own Poisson limits, joined as in `difference_of_estimates`. One entry a pair; NaN where
    not known. The numerator and denominator are the two rates. No figure, with the reason, where either group
    has no one. Source: Zou and Donner 2008 (Statistics in Medicine 27:1693).
    """
    o1, n1, o0, n0 = as_counts(events, population, reference_events, reference_population)
    reason = first_reason(
        o1.shape,
        (np.isnan(o1 + n1 + o0 + n0), "not known"),
        (np.minimum(np.minimum(o1, o0), np.minimum(n1, n0)) < 0, "a count is below zero"),
        ((n1 == 0) | (n0 == 0), "no one in one of the two groups"),
    )
    per1, per0 = (divide(np.full(n.shape, float(multiplier)), n) for n in (n1, n0))
    r1, r0 = o1 * per1, o0 * per0

    def joined(confidence: float) -> Interval:
        one, reference = poisson(o1, confidence).scaled(per1), poisson(o0, confidence).scaled(per0)
        return _joined(r1, one, r0, reference)

    return estimates(r1 - r0, joined, numerator=r1, denominator=r0, method="Zou and Donner", reason=reason)


def difference_of_estimates(one: Estimates, reference: Estimates) -> Estimates:
    """An estimate less another, each with its limits: standardised rates, life expectancies, a gap now and before.

    lower = d - sqrt((v1-l1)^2 + (u0-v0)^2) and upper = d + sqrt((u1-v1)^2 + (v0-l0)^2), at 95% and 99.8%. Both of
    one shape and unit. The numerator and denominator are the two values. No figure, with the reason, where either has
    none. Source: Zou and Donner 2008 (Statistics in Medicine 27:1693), for independent estimates.
    """
    v1, v0 = as_counts(one.value, reference.value)
    reason = np.where(one.reason != "", one.reason, reference.reason)
    reason[(reason == "") & np.isnan(v1 + v0)] = "not known"

    def joined(confidence: float) -> Interval:
        first, second = (limits_at(estimate, confidence) for estimate in (one, reference))
        return _joined(v1, first, v0, second)

    return estimates(v1 - v0, joined, numerator=v1, denominator=v0, method="Zou and Donner", reason=reason)


def change_in_gap(
    now: tuple[Estimates, Estimates], before: tuple[Estimates, Estimates]
) -> tuple[Estimates, Estimates]:
    """How the gap between a group and its reference has changed: the absolute gap, and the relative one.

    now, before: the group's and the reference's estimates. The first result is the gap now less the gap before, 0
    where it has not changed; the second the ratio now over the ratio before, 1 where it has not. They can move in
    opposite directions: show both. It is the group-by-period term of a regression on two groups and two periods.
    """
    absolute = difference_of_estimates(difference_of_estimates(*now), difference_of_estimates(*before))
    ratios = (_ratio(*now), _ratio(*before))
    return absolute, _ratio(*ratios)


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


def limits_at(known: Estimates, confidence: float) -> Interval:
    """The limits of an estimate at 0.95 or 0.998."""
    if confidence == 0.95:
        return Interval(known.lower95, known.upper95)
    return Interval(known.lower99_8, known.upper99_8)


def _ratio(one: Estimates, reference: Estimates) -> Estimates:
    return ratio_of_estimates(
        one.value, one.lower95, one.upper95, reference.value, reference.lower95, reference.upper95
    )


def _joined(one: Array, limits: Interval, reference: Array, reference_limits: Interval) -> Interval:
    down = np.hypot(one - limits.lower, reference_limits.upper - reference)
    up = np.hypot(limits.upper - one, reference - reference_limits.lower)
    return Interval(one - reference - down, one - reference + up)


def _less(x: Array, n: Array) -> Array:
    return divide(np.ones(x.shape), x) - divide(np.ones(x.shape), n)
