"""All figures of register and advice line of a build: growth, calls, what came of them, the bed days they claim."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from stewardship.measures.cancer.cells import Cells
from stewardship.measures.cancer.courses import Days, Names
from stewardship.measures.cancer.grid import Spans
from stewardship.measures.frailty.calls_bed_days import bed_days_table
from stewardship.measures.frailty.calls_counted import Placed, calls_table, outcomes_table
from stewardship.measures.frailty.calls_judged import judge_calls
from stewardship.measures.frailty.calls_read import NOT_KNOWN, Calls, read_calls, weekday
from stewardship.measures.frailty.register_counted import read_register, register_table
from stewardship.measures.layout import Layout
from stewardship.people.periods import Period
from stewardship.people.table import People
from stewardship.records.opened import Records

AREA = "ageing-well"


class AdviceLine:
    """The calls and the register of a build, read once."""

    def __init__(self, records: Records, people: People, layout: Layout, periods: Sequence[Period]) -> None:
        self._layout, self._periods = layout, periods
        self.calls: Calls = read_calls(records, people, as_of=periods[-1].end)
        self.register = read_register(records, people, periods[-1].end)

    def tables(self) -> dict[str, pa.Table]:
        """The figures of `calls_published.FILES`, after disclosure control, by name; none of calls without a call."""
        register = register_table(self.register, self._layout, self._periods, Spans.of(self._periods))
        found = {} if register is None else {"register": register}
        return found | self._of_calls()

    def _of_calls(self) -> dict[str, pa.Table]:
        if not len(self.calls):
            return {}
        spans, cells = Spans.of(self._told()), Cells(self.calls.called, self._layout, self._periods)
        every = np.arange(len(self.calls))
        judged = judge_calls(self.calls)
        outcomes = outcomes_table(
            self._placed(cells, spans, judged.row, ("main caller", "deprivation fifth")), judged, spans
        )
        ways = ("caller", "reason", "weekday", "network", "deprivation fifth")
        return {
            "calls": calls_table(self._placed(cells, spans, every, ways), self.calls.day, spans),
            "outcomes": outcomes,
            "bed-days": bed_days_table(self.calls, outcomes, spans),
        }

    def _told(self) -> Sequence[Period]:
        """The years from the first in which there was a call."""
        first = self.calls.on[0]
        return [period for period in self._periods if period.end >= first]

    def _placed(self, cells: Cells, spans: Spans, row: Days, ways: Sequence[str]) -> Placed:
        day = self.calls.day[row]
        described = cells.described(row, np.maximum(cells.year(day), 0))
        return Placed.of(
            spans.year(day),
            self.calls.person[row],
            {by: self._group(by, cells, row, described) for by in ways},
        )

    def _group(self, by: str, cells: Cells, row: Days, described: Days) -> Names:
        if by == "caller":
            return self.calls.caller[row]
        if by == "main caller":
            return self.calls.main_caller[row]
        if by == "reason":
            return self.calls.reason[row]
        if by == "weekday":
            return np.array([weekday(self.calls.on[at]) for at in row], object)
        if by == "network":
            number = self.calls.called.residents["network_number"].fill_null(-1).to_numpy()[described]
            known = [*self.calls.called.names["network"], NOT_KNOWN]
            return np.array(known, object)[np.asarray(number, np.int64)]
        return cells.group(by, described)
