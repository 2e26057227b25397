"""The register as it was sent back to records: how it grows, whom it reaches, and whether reviews are held in time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.cancer.cells import Cells
from stewardship.measures.cancer.courses import Days, Names, days_of
from stewardship.measures.cancer.grid import Counts, Groups, Spans, adding_up
from stewardship.measures.cancer.reading import Pathways, residents_of
from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.differencing import Partition
from stewardship.measures.disclosure import control_counts, control_proportions
from stewardship.measures.frailty.calls_published import REGISTER
from stewardship.measures.layout import Layout
from stewardship.measures.published import EVERYONE
from stewardship.people.joins import only_those_in
from stewardship.people.periods import Period, months_before
from stewardship.people.table import People
from stewardship.records.opened import Records

REGISTER_TOOL, REVIEW_TOOL = "Frailty register", "Frailty register review"
"""Under which names the register sends that somebody was put on it, and that somebody was reviewed."""
ADDED, THERE, REVIEWED = "added", "on the register", "reviewed in twelve months"
MONTHS = 12
"""A review is held in time where one was held in so many months, of those who are on the register as long."""


def read_register(records: Records, people: People, as_of: date) -> Pathways:
    """Everybody on the register on the day: since when, and when they were last reviewed."""
    rows = records.table("assessment")
    rows = rows.filter(rows.tool.isin([REGISTER_TOOL, REVIEW_TOOL]) & (rows.date <= as_of))
    here = people.table.filter(people.table.at_end).select("person_id", "period")
    here = here.filter(here.period == here.period.max()).select("person_id")
    rows = only_those_in(rows, here, ["person_id"])
    found = rows.group_by("person_id").aggregate(
        since=rows.date.min(where=rows.tool == REGISTER_TOOL),
        reviewed=rows.date.max(where=rows.tool == REVIEW_TOOL),
    )
    found = found.filter(found.since.notnull())
    told = records.engine.ibis.to_pyarrow(found).sort_by("person_id")
    return Pathways(told, residents_of(people, found, records.engine), people.names)


def register_table(
    register: Pathways, layout: Layout, periods: Sequence[Period], spans: Spans
) -> pa.Table | None:
    """Growth, reach and reviews (REGISTER); None where nobody is on it."""
    if not len(register):
        return None
    cells, row = Cells(register, layout, periods), np.arange(len(register))
    described = cells.described(row, np.full(len(row), len(periods) - 1))
    fifth = cells.group("deprivation fifth", described)
    return drawn_up(register.day("since"), register.day("reviewed"), fifth, periods[-1], spans)


def drawn_up(since: Days, reviewed: Days, fifth: Names, year: Period, spans: Spans) -> pa.Table:
    """The table (REGISTER) of people on the register: since when, last reviewed (NEVER if not), and their fifth."""
    return pa.concat_tables([_growth(since, spans), _reviews(since, reviewed, fifth, year)])


def _growth(since: Days, spans: Spans) -> pa.Table:
    """People added by month, and before: together they are those on the register."""
    month = spans.month(since)
    before = month < 0
    counts = np.bincount(np.where(before, len(spans), month), minlength=len(spans) + 1)
    total = len(counts)
    sums = Partition(np.arange(total), np.full(total, total))
    shown = control_counts(np.append(counts, len(since)), [sums])
    rows = [
        _row(ADDED, "month", span, EVERYONE, shown.numbers[at], None) for at, span in enumerate(spans.months)
    ]
    return pa.Table.from_pylist(rows, schema=REGISTER)


def _reviews(since: Days, reviewed: Days, fifth: Names, year: Period) -> pa.Table:
    """Those on the register by fifth, and of those who are on it for a year, those reviewed in it."""
    long = since <= days_of(months_before(year.end, MONTHS))
    in_time = long & (reviewed > days_of(months_before(year.end, MONTHS))) & (reviewed <= days_of(year.end))
    groups = Groups.of({"deprivation fifth": fifth})
    numbers = groups.numbers("deprivation fifth", fifth)

    def counted(those: Any) -> Counts:
        by_fifth = np.bincount(numbers[those], minlength=len(groups))
        by_fifth[0] = int(those.sum())
        return np.asarray(by_fifth, np.int64)

    sums = adding_up(groups, np.arange(len(groups)).reshape(1, -1))
    there = control_counts(counted(np.ones(len(since), np.bool_)), sums)
    pair = control_proportions(counted(in_time), counted(long), sums)
    span = (year.start, year.end)
    rows = [
        _row(THERE, "year", span, pair_, there.numbers[at], None)
        for at, (_, pair_) in enumerate(groups.pairs)
    ]
    rows += [
        _row(REVIEWED, "year", span, name, pair.numerator.numbers[at], pair.denominator.numbers[at])
        for at, (_, name) in enumerate(groups.pairs)
    ]
    return pa.Table.from_pylist(rows, schema=REGISTER)


def _row(
    what: str, period: str, span: tuple[date, date], group: str, count: float, of: float | None
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "what": what, "period": period, "start": span[0], "end": span[1],
        "by": EVERYONE if group == EVERYONE else "deprivation fifth", "group": group,
    }  # fmt: skip
    if np.isnan(count) or (of is not None and np.isnan(of)):
        return row | {"state": "suppressed", "reason": HIDDEN_WORDS}
    row |= {"count": int(count), "state": "shown", "reason": ""}
    if of is None or of == 0:
        return row
    found = statistics.proportions(np.array([min(count, of)]), np.array([of]), multiplier=100)
    limits = {name: float(getattr(found, name)[0]) for name in ("value", "lower95", "upper95")}
    return row | {"count": int(min(count, of)), "of": int(of), **limits}
