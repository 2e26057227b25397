"""Each shown figure in words: against the whole system, against its own first year, and against the year before.

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
from stewardship.measures.rounding import OF_LIFE, least_and_most
from stewardship.measures.statistics import Estimates

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]
Grid = NDArray[np.float64]  # years x places x cells
Earlier = Callable[[Grid], Grid]
Shape = tuple[int, int, int]


def words(
    measure: Measure, pair: ControlledPair, published: Estimates, shown: Flags, layout: Layout
) -> dict[str, Words]:
    """`compared`, `change` and `since_year_before` of each figure; '' where there is none.

    Of events that one person has many of chance is not judged: their count varies more than these limits know.
    """
    none = np.full(shown.shape, "", dtype=object)
    if measure.repeats or measure.statistic not in (*SHARES, "rate", "standardised rate"):
        return {"compared": none, "change": none, "since_year_before": none}
    least, most = least_and_most(
        measure.statistic,
        pair.numerator.numbers,
        pair.denominator.numbers,
        published,
        per=measure.per,
        rounded_by=measure.scheme.rounded_by,
    )
    return _told(measure, least, most, shown, layout.shape)


def words_without_counts(
    measure: Measure, published: Estimates, shown: Flags, shape: Shape
) -> dict[str, Words]:
    """The same of figures beside which no counts are published. shape: years, places (the system first) and cells."""
    none = np.full(shown.shape, np.nan)
    least, most = least_and_most(measure.statistic, none, none, published, per=measure.per, rounded_by=0)
    return _told(measure, least, most, shown, shape)


def _told(
    measure: Measure, least: Estimates, most: Estimates, shown: Flags, shape: Shape
) -> dict[str, Words]:
    return {
        "compared": np.where(shown, _compared(measure, least, most, shape), "").astype(object),
        "change": _since(measure, least, most, shown, shape, _first(measure.pool - 1)),
        "since_year_before": np.full(shown.shape, "", dtype=object)
        if measure.pool > 1
        else _since(measure, least, most, shown, shape, _before),
    }


def _compared(measure: Measure, least: Estimates, most: Estimates, shape: Shape) -> Words:
    """Each figure in words against the whole system's for everyone in the same year."""

    def system(values: Numbers) -> Numbers:
        of_system = values.reshape(shape)[:, :1, :1]
        return np.broadcast_to(of_system, shape).reshape(-1)

    above = replace(
        least, lower95=least.lower95 - system(most.value), upper95=most.upper95 - system(least.value)
    )
    said = statistics.compared(above, 0.0, better=measure.better).at95.reshape(shape)
    said[:, 0, 0] = ""
    return said.reshape(-1)


def _first(first: int) -> Earlier:
    """Of values along years, those of the first year that has one, beside every later year."""

    def earlier(values: Grid) -> Grid:
        then = np.repeat(values[first : first + 1], len(values), axis=0)
        then[: first + 1] = np.nan
        return then

    return earlier


def _before(values: Grid) -> Grid:
    """Of values along years, those of the year before. Not for years put together: they share most of their years."""
    return np.concatenate([np.full_like(values[:1], np.nan), values[:-1]])


def _since(
    measure: Measure, least: Estimates, most: Estimates, shown: Flags, shape: Shape, earlier: Earlier
) -> Words:
    """Each figure in words against the same figure of an earlier year, where both are shown."""

    def then(values: Numbers) -> Numbers:
        return earlier(values.reshape(shape)).reshape(-1)

    smallest, none = _gap(measure, least, most, then)
    largest, _ = _gap(measure, most, least, then)
    gap = replace(smallest, upper95=largest.upper95)
    said = statistics.compared(gap, none, better=measure.better).at95
    both = shown & (then(shown.astype(np.float64)) == 1)
    return np.where(both, said, "").astype(object)


def _gap(
    measure: Measure, now: Estimates, before: Estimates, then: Callable[[Numbers], Numbers]
) -> tuple[Estimates, float]:
    """The change since then as an estimate, and the value that means no change."""
    if measure.statistic in OF_LIFE:
        return statistics.difference_of_estimates(now, each_number(before, then)), 0.0
    counts = now.numerator, now.denominator, then(before.numerator), then(before.denominator)
    if measure.statistic in SHARES:
        return statistics.difference_of_proportions(*counts), 0.0
    if measure.statistic == "rate":
        return statistics.ratio_of_rates(*counts), 1.0
    limits = now.value, now.lower95, now.upper95
    before_limits = before.value, before.lower95, before.upper95
    return statistics.ratio_of_estimates(*limits, *(then(each) for each in before_limits)), 1.0


def each_number(one: Estimates, changed: Callable[[Numbers], Numbers]) -> Estimates:
    """An estimate with its value, limits and what was divided all changed alike; the reasons stay."""
    return replace(
        one,
        value=changed(one.value),
        lower95=changed(one.lower95),
        upper95=changed(one.upper95),
        lower99_8=changed(one.lower99_8),
        upper99_8=changed(one.upper99_8),
        numerator=changed(one.numerator),
        denominator=changed(one.denominator),
    )
