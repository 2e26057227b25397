"""All figures of cancer pathways of a build: what the care areas' measures of waits count, and tables of their own."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.measures.cancer.case_finding import case_finding
from stewardship.measures.cancer.cells import Cells
from stewardship.measures.cancer.courses import Days
from stewardship.measures.cancer.declared import of_waits
from stewardship.measures.cancer.forecast_published import forecast_table, latest_is_shown
from stewardship.measures.cancer.found import conversion, early_stage, emergency
from stewardship.measures.cancer.grid import Counts, Spans
from stewardship.measures.cancer.groups import SUSPECTED
from stewardship.measures.cancer.judging import Judged, Waits, judge_pathways
from stewardship.measures.cancer.laid import lay_out_waits
from stewardship.measures.cancer.performance import (
    Elsewhere,
    Row,
    of_groups_elsewhere,
    percentiles,
    performance,
)
from stewardship.measures.cancer.reading import Pathways, read_pathways
from stewardship.measures.cancer.steps import steps
from stewardship.measures.cancer.weekly import backlog, weeks_of
from stewardship.measures.columns import Laid
from stewardship.measures.differencing import Flags
from stewardship.measures.layout import GROUPS, Layout
from stewardship.measures.measure import Measure
from stewardship.measures.published import EVERYONE
from stewardship.people.pathways import CancerPathways
from stewardship.people.periods import Period
from stewardship.people.table import People
from stewardship.records.opened import Records
from stewardship.rules.cancer.codes import EndReason
from stewardship.rules.cancer.judgement import Standard

CHARACTERISTICS = [by for by in GROUPS if by != EVERYONE]


class CancerWaits:
    """The pathways of a build, read and judged once."""

    def __init__(self, records: Records, people: People, layout: Layout, periods: Sequence[Period]) -> None:
        self._layout, self._periods = layout, periods
        self.pathways: Pathways = read_pathways(records, people, as_of=periods[-1].end)
        self._case_finding = case_finding(records, people, layout, periods)

    @cached_property
    def judged(self) -> Judged:
        """What the rules say of them at the end of the last year."""
        return judge_pathways(self.pathways, as_of=self._periods[-1].end)

    @cached_property
    def cells(self) -> Cells:
        """Where their people stand."""
        return Cells(self.pathways, self._layout, self._periods)

    def laid(self, measures: Iterable[Measure]) -> dict[Measure, Laid]:
        """The true sums of the measures of waits among these, on the grid."""
        return lay_out_waits(filter(of_waits, measures), self.judged, self.cells, self._layout, self._periods)

    def forecast(self) -> pa.Table:
        """The forecasts of their backlog (FORECAST). It takes seconds and asks the engine nothing."""
        return forecast_table(self.judged.courses, self._weeks, shown=latest_is_shown(self._backlog))

    def tables(
        self, figures: Mapping[Measure, pa.Table], forecast: Callable[[], pa.Table]
    ) -> dict[str, pa.Table]:
        """The figures of `published.FILES`, after disclosure control, by name.

        figures: what is published of the measures of waits (FIGURES): no count that they hide is shown. forecast: gives
        the forecasts, as `forecast` does.
        """
        if not len(self.judged.courses):
            return {}
        spans = Spans.of(self._told)
        last = self._told[-1].end
        standards = {each: self._standard(each, spans, figures) for each in Standard}
        finding = {} if self._case_finding is None else {"case-finding": self._case_finding}
        return {
            **finding,
            "standards": pa.concat_tables(standards.values()),
            "backlog": self._backlog,
            "forecast": forecast(),
            "steps": steps(self.pathways, self.judged.courses, self._told[-1].start, last),
            "found": self._found(standards[Standard.FASTER_DIAGNOSIS], spans),
        }

    @cached_property
    def _weeks(self) -> Days:
        return weeks_of(self._told[0].start, self._told[-1].end)

    @cached_property
    def _backlog(self) -> pa.Table:
        return backlog(self.judged.courses, self._weeks)

    @cached_property
    def _told(self) -> Sequence[Period]:
        """The years from the first in which anything was counted."""
        stops = [waits.stopped for waits in self.judged.waits.values()]
        years = self.cells.year(np.concatenate(stops))
        first = int(years[years >= 0].min()) if (years >= 0).any() else 0
        return self._periods[first:]

    def _standard(self, standard: Standard, spans: Spans, figures: Mapping[Measure, pa.Table]) -> pa.Table:
        of_system = {
            measure.over.suspected: _of_system(table, self._layout)
            for measure, table in figures.items()
            if isinstance(measure.over, CancerPathways)
            and measure.over.standard is standard
            and measure.numerator == CancerPathways(standard, "within", measure.over.suspected)
        }
        waits = self.judged.waits[standard]
        made = performance(standard, waits, spans, _elsewhere(of_system))
        if "" not in of_system:
            return made
        days = self._days_by_characteristic(waits)
        since = pc.greater_equal(of_system[""]["period_start"], pa.scalar(self._told[0].start))
        return pa.concat_tables([made, of_groups_elsewhere(of_system[""].filter(since), standard, days)])

    def _days_by_characteristic(self, waits: Waits) -> pa.Table:
        """Median and 90th percentile of each year and group: by, group, end, median_days, ninetieth_days."""
        year = self.cells.year(waits.stopped)
        inside = year >= 0
        described = self.cells.described(waits.row[inside], year[inside])
        found = []
        for by in CHARACTERISTICS:
            names = GROUPS[by]
            group = self.cells.group(by, described)
            number = np.array([names.index(name) for name in group], np.int64)
            cell = year[inside] * len(names) + number
            columns = percentiles(cell, waits.days[inside], len(self._periods) * len(names))
            found.append(pa.table({
                "by": pa.repeat(by, len(self._periods) * len(names)),
                "group": pa.array([*names] * len(self._periods)),
                "end": pa.array([period.end for period in self._periods for _ in names]),
                **columns,
            }))  # fmt: skip
        return pa.concat_tables(found)

    def _found(self, standards: pa.Table, spans: Spans) -> pa.Table:
        waits = self.judged.waits[Standard.FASTER_DIAGNOSIS]
        year = self.cells.year(waits.stopped)
        cancer = self.pathways.text("told_reason")[waits.row] == EndReason.CANCER
        of_years = pc.and_(pc.equal(standards["period"], "year"), pc.not_equal(standards["by"], "provider"))
        rows = standards.filter(of_years)
        total, part = (
            self._by_row(waits, year, rows, chosen) for chosen in (year >= 0, cancer & (year >= 0))
        )
        return pa.concat_tables([
            conversion(rows, part, total),
            early_stage(self.pathways, waits, spans.year(waits.stopped), spans.years),
            emergency(spans.years),
        ])  # fmt: skip

    def _by_row(self, waits: Waits, year: Counts, rows: pa.Table, chosen: Flags) -> Counts:
        """Of each row of a table of years, how many of the chosen waits it counts."""
        described = self.cells.described(waits.row[chosen], year[chosen])
        ends = np.array([period.end.isoformat() for period in self._periods], object)[year[chosen]]
        named = {by: self.cells.group(by, described) for by in (EVERYONE, *CHARACTERISTICS)}
        named |= {"route": waits.route[chosen], "tumour group": waits.tumour[chosen]}
        counts = Counter(
            (end, by, name) for by, names in named.items() for end, name in zip(ends, names, strict=True)
        )
        keys = zip(*(rows[name].to_pylist() for name in ("end", "by", "group")), strict=True)
        return np.array([counts[end.isoformat(), by, group] for end, by, group in keys], np.int64)


_NEEDED = [
    "by", "group", "period_start", "period_end", "numerator", "denominator",
    "value", "lower95", "upper95", "lower99_8", "upper99_8", "state", "reason",
]  # fmt: skip


def _of_system(table: pa.Table, layout: Layout) -> pa.Table:
    """What a measure shows of the whole system."""
    return table.filter(pc.equal(table["place"], layout.places[0].code)).select(_NEEDED)


def _elsewhere(of_system: Mapping[str, pa.Table]) -> Elsewhere:
    """What measures show of everyone's years. of_system: their figures by what is suspected, '' for anything."""
    shown, hidden, without_part = set[Row](), set[Row](), set[date]()
    for code, table in of_system.items():
        pair = ("tumour group", SUSPECTED[code]) if code else (EVERYONE, EVERYONE)
        for row in table.filter(pc.equal(table["by"], EVERYONE)).to_pylist():
            total, part = row["denominator"] is not None, row["numerator"] is not None
            (shown if total else hidden).add((*pair, row["period_end"]))
            if total and not part:
                without_part.add(row["period_end"])
    return Elsewhere(frozenset(shown), frozenset(hidden), frozenset(without_part))
