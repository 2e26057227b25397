"""Months of published waits on a control chart: whether a trust or a board changes, or differs as months do.

Laney's p' chart: limits by the patients of each month, and by how months differ anyway. Source: Laney 2002 (Quality
Engineering 14:531); readings by the rules of NHS England, Making Data Count.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from stewardship.measures.statistics.other_charts import laney
from stewardship.measures.statistics.spc import BASELINE, assurance, readings
from stewardship.records.cancer_waits.figures import LIMIT_DAYS, PublishedWait

TOO_SHORT = f"fewer than {BASELINE} months are published"


@dataclass(frozen=True)
class PublishedMonth:
    """A month of a series. wait: None where nothing was published of it. centre, lower, upper: shares from 0 to 1, None
    where there are no limits. cause: the first special cause in words, empty for common cause. reading: improving,
    worsening or common cause, empty where nothing is read."""

    month: date
    wait: PublishedWait | None
    centre: float | None
    lower: float | None
    upper: float | None
    cause: str
    reading: str


@dataclass(frozen=True)
class PublishedSeries:
    """The months of one organisation and group, every one from the first to the last. reading: of the latest month.
    assurance: whether a target will be met if nothing changes; empty without one. reason: why nothing is read."""

    months: tuple[PublishedMonth, ...]
    reading: str
    assurance: str
    reason: str


def read_months(waits: Iterable[PublishedWait], *, target: float | None = None) -> PublishedSeries:
    """Read the months of one organisation and group of a standard.

    target: the share asked for, from 0 to 1. Months that were not published are passed over. Nothing is read of fewer
    than 12 months. ValueError for waits of several series, or of first appointments, which no standard judges.
    """
    by_month = _by_month(waits)
    if not by_month:
        return PublishedSeries((), "", "", TOO_SHORT)
    months = list(_every_month(min(by_month), max(by_month)))
    counts = [by_month.get(month) for month in months]
    chart = laney(
        [[wait.within if wait else math.nan for wait in counts]],
        [[wait.total if wait else math.nan for wait in counts]],
    )
    reason = TOO_SHORT if len(by_month) < BASELINE else str(chart.reason[0])
    words = [""] * len(months) if reason else list(readings(chart, better="higher")[0])
    causes = [""] * len(months) if reason else list(chart.signals.cause[0])
    lines = ((_known(line) for line in row) for row in (chart.centre[0], chart.lower[0], chart.upper[0]))
    read = tuple(map(PublishedMonth, months, counts, *lines, causes, words))
    aim = math.nan if target is None or reason else target
    return PublishedSeries(read, words[-1], str(assurance(chart, aim, better="higher")[0]), reason)


def _by_month(waits: Iterable[PublishedWait]) -> dict[date, PublishedWait]:
    rows = list(waits)
    if len({wait.group[1:] for wait in rows}) > 1 or len({wait.month for wait in rows}) < len(rows):
        raise ValueError(
            "These published waits are of several series: choose one organisation, standard and group."
        )
    if any(wait.standard not in LIMIT_DAYS for wait in rows):
        raise ValueError("No standard judges waits for a first appointment: they have no control chart.")
    return {wait.month: wait for wait in rows}


def _every_month(first: date, last: date) -> Iterator[date]:
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        yield date(number // 12, number % 12 + 1, 1)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
