"""Measures of cancer waits laid out on the grid of all measures: controlled and divided with the others."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.cancer.cells import Cells
from stewardship.measures.cancer.courses import days_of
from stewardship.measures.cancer.judging import Judged, Waits
from stewardship.measures.columns import Laid
from stewardship.measures.disclosure import People
from stewardship.measures.layout import Layout
from stewardship.measures.measure import Measure
from stewardship.people.pathways import CancerPathways, WaitingOver
from stewardship.people.periods import Period

Counts = NDArray[np.int64]


def lay_out_waits(
    measures: Iterable[Measure], judged: Judged, cells: Cells, layout: Layout, periods: Sequence[Period]
) -> dict[Measure, Laid]:
    """The true sums of measures of waits, on the grid."""
    return {measure: _laid(measure, judged, cells, layout, periods) for measure in measures}


def _laid(measure: Measure, judged: Judged, cells: Cells, layout: Layout, periods: Sequence[Period]) -> Laid:
    if isinstance(measure.who, WaitingOver):
        waiting = _waiting(measure.who, judged, cells, layout, periods)
        return Laid(waiting, waiting, waiting, People(waiting, waiting))
    assert isinstance(measure.over, CancerPathways)
    assert isinstance(measure.numerator, CancerPathways)
    counted, part = (_counted(each, judged, cells) for each in (measure.over, measure.numerator))
    return Laid(part, counted, counted, People(counted, part))


def _counted(what: CancerPathways, judged: Judged, cells: Cells) -> Counts:
    waits = judged.waits[what.standard]
    year = cells.year(waits.stopped)
    chosen = (year >= 0) & _that(what, waits)
    return cells.counted(waits.row[chosen], year[chosen])


def _that(what: CancerPathways, waits: Waits) -> NDArray[np.bool_]:
    chosen = np.ones(len(waits.row), np.bool_)
    if what.suspected:
        chosen = chosen & (waits.suspected == what.suspected)
    match what.that:
        case "within":
            return chosen & waits.within
        case "ruled out":
            return chosen & waits.ruled_out
    return chosen


def _waiting(
    what: WaitingOver, judged: Judged, cells: Cells, layout: Layout, periods: Sequence[Period]
) -> Counts:
    """Those who wait longer at the end of each year."""
    courses = judged.courses
    found = np.zeros(int(np.prod(layout.shape)), np.int64)
    for year, period in enumerate(periods):
        day = days_of(period.end)
        over = courses.headline & courses.open_on(day) & (day - courses.start > what.days)
        row = courses.person[over]
        found += cells.counted(row, np.full(len(row), year, np.int64))
    return found
