"""Each shown figure in words: against the whole system, and against its own first year.

Rounded counts call chance a difference, and words judged on the true ones tell of the true ones. So a figure is
different only where it is so for every true count that is shown alike: the words are made from what is published,
tell nothing beyond it, and never say more than the true counts would.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from stewardship.measures import statistics
from stewardship.measures.controlled import ControlledPair
from stewardship.measures.layout import Layout
from stewardship.measures.measure import Measure
from stewardship.measures.published import SHARES
from stewardship.measures.statistics import Estimates

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]


def words(
    measure: Measure, pair: ControlledPair, published: Estimates, shown: Flags, layout: Layout
) -> dict[str, Words]:
    """`compared` and `change` of each figure; '' where there is none.

    Of events that one person has many of chance is not judged: their count varies more than these limits know.
    """
    none = np.full(shown.shape, "", dtype=object)
    if measure.repeats or measure.statistic not in (*SHARES, "rate", "standardised rate"):
        return {"compared": none, "change": none}
    least, most = _least_and_most(measure, pair, published)
    return {
        "compared": np.where(shown, _compared(measure, least, most, layout), "").astype(object),
        "change": _changed(measure, least, most, shown, layout),
    }


def _least_and_most(
    measure: Measure, pair: ControlledPair, published: Estimates
) -> tuple[Estimates, Estimates]:
    """The lowest and the highest that each figure can be, with their limits, by what is published."""
    if measure.statistic == "standardised rate":
        half = statistics.unit_of(published) / 2
        return _moved(published, -half), _moved(published, half)
    x, n = pair.numerator.numbers, pair.denominator.numbers
    by = measure.scheme.rounded_by
    x_by, n_by = np.where(x > 0, by, 0), np.where(n > 0, by, 0)
    x_most = np.minimum(x + x_by, n - n_by) if measure.statistic in SHARES else x + x_by
    return _made(measure, x - x_by, n + n_by), _made(measure, x_most, n - n_by)


def _made(measure: Measure, x: Numbers, n: Numbers) -> Estimates:
    made = statistics.proportions if measure.statistic in SHARES else statistics.rates
    return made(x, n, multiplier=measure.per)


def _moved(estimates: Estimates, by: Numbers) -> Estimates:
    return replace(
        estimates,
        value=estimates.value + by,
        lower95=estimates.lower95 + by,
        upper95=estimates.upper95 + by,
    )


def _compared(measure: Measure, least: Estimates, most: Estimates, layout: Layout) -> Words:
    """Each figure in words against the whole system's for everyone in the same year."""

    def system(values: Numbers) -> Numbers:
        of_system = values.reshape(layout.shape)[:, :1, :1]
        return np.broadcast_to(of_system, layout.shape).reshape(-1)

    above = replace(
        least, lower95=least.lower95 - system(most.value), upper95=most.upper95 - system(least.value)
    )
    said = statistics.compared(above, 0.0, better=measure.better).at95.reshape(layout.shape)
    said[:, 0, 0] = ""
    return said.reshape(-1)


def _changed(measure: Measure, least: Estimates, most: Estimates, shown: Flags, layout: Layout) -> Words:
    """Each figure in words against the same figure of the first year that has one, where both are shown."""
    first = measure.pool - 1

    def then(values: Numbers) -> Numbers:
        return np.broadcast_to(values.reshape(layout.shape)[first], layout.shape).reshape(-1)

    smallest, none = _gap(measure, least, most, then)
    largest, _ = _gap(measure, most, least, then)
    gap = replace(smallest, upper95=largest.upper95)
    said = statistics.compared(gap, none, better=measure.better).at95.reshape(layout.shape)
    said[: first + 1] = ""
    both = shown.reshape(layout.shape) & shown.reshape(layout.shape)[first]
    return np.where(both, said, "").astype(object).reshape(-1)


def _gap(
    measure: Measure, now: Estimates, before: Estimates, then: Callable[[Numbers], Numbers]
) -> tuple[Estimates, float]:
    """The change since then as an estimate, and the value that means no change."""
    counts = now.numerator, now.denominator, then(before.numerator), then(before.denominator)
    if measure.statistic in SHARES:
        return statistics.difference_of_proportions(*counts), 0.0
    if measure.statistic == "rate":
        return statistics.ratio_of_rates(*counts), 1.0
    limits = now.value, now.lower95, now.upper95
    before_limits = before.value, before.lower95, before.upper95
    return statistics.ratio_of_estimates(*limits, *(then(each) for each in before_limits)), 1.0
