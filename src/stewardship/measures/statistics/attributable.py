"""What a gap costs in people: attributable fractions, excess events, and shortfalls from a target."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import (
    Estimates,
    as_counts,
    divide,
    estimates,
    first_reason,
)
from stewardship.measures.statistics.indirect import scaled
from stewardship.measures.statistics.intervals import Interval, normal_quantile


@dataclass(frozen=True)
class Attributable:
    """Of each place, the part of its events that would not be if all had the least deprived group's rate.

    fraction: that part of all events. excess: the events themselves, in number. The numerator and denominator of both
    are the expected events at the least deprived group's rate, and all events.
    """

    fraction: Estimates
    excess: Estimates


def attributable(events: ArrayLike, population: ArrayLike) -> Attributable:
    """Population attributable fraction, and the excess events, of each place.

    events, population: places x groups, the last being the one to compare with (the least deprived). With r its rate:
    fraction = 1 - r N / T, T and N all events and all people; excess = fraction x T. Below 0 where the
    least deprived fare worse. Limits: 1 - (r N / T) exp(-/+ z sqrt(1/O - 1/T)), O the events of the last group, all
    counts Poisson; for the excess T times those, T taken as it is.

    No figure, with the reason, where a number is not known or below 0, the least deprived group has no one, or it or
    the place has no events. Sources: Miettinen 1974 (American Journal of Epidemiology 99:325); the error by the delta
    method.
    """
    o, n = np.asarray(events, np.float64), np.asarray(population, np.float64)
    total, people, last, at_risk = o.sum(axis=-1), n.sum(axis=-1), o[..., -1], n[..., -1]
    reason = first_reason(
        total.shape,
        (np.isnan(total + people), "not known"),
        (((o < 0) | (n < 0)).any(axis=-1), "a count is below zero"),
        (at_risk == 0, "no one in the group to compare with"),
        (total == 0, "no events"),
        (last == 0, "no events in the group to compare with"),
    )
    kept = reason == ""
    expected = divide(last * people, at_risk)
    part = divide(np.where(kept, expected, np.nan), total)
    ones = np.ones(total.shape)
    error = np.sqrt(np.maximum(divide(ones, np.where(kept, last, np.nan)) - divide(ones, total), 0))

    def delta(confidence: float) -> Interval:
        factor = np.exp(normal_quantile(confidence) * error)
        return Interval(1 - part * factor, 1 - part / factor)

    fraction = estimates(
        1 - part,
        delta,
        numerator=expected,
        denominator=total,
        method="delta, of the logarithm",
        reason=reason,
    )
    return Attributable(fraction, scaled(fraction, total))


def shortfall(numerator: ArrayLike, denominator: ArrayLike, target: ArrayLike) -> Estimates:
    """People of each group who would have to be counted too for its proportion to reach a target.

    max(0, target - x/n) n; numerator, denominator: counts of people, one a group; target: a proportion, one for all
    or one a group. It is a count of those to reach, not an estimate: it has no limits (NaN). No figure, with
    the reason, where a number is not known or impossible.
    """
    x, n, aim = as_counts(numerator, denominator, target)
    reason = first_reason(
        x.shape,
        (np.isnan(x + n + aim), "not known"),
        ((x < 0) | (n < 0), "a count is below zero"),
        (n == 0, "no one in the group"),
        (x > n, "more people counted than are in the group"),
    )
    none = np.full(x.shape, np.nan)
    return estimates(
        np.maximum(aim * n - x, 0),
        lambda _: Interval(none, none),
        numerator=x,
        denominator=n,
        method="count",
        reason=reason,
    )
