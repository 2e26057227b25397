"""Stretches of days: one event is added up once, and only the sums are carried to every year that they count in."""

from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow as pa

from stewardship.measures.fact import Fact
from stewardship.people.joins import fan_out
from stewardship.people.periods import Period

FACT_COLUMNS = {"fact": "int16", "period": "int16", "person_id": "int64", "n": "int64", "value": "float64"}


class Stretches:
    """The stretches between the dates on which any fact's window opens or closes."""

    def __init__(self, numbers: dict[Fact, int], periods: Sequence[Period]) -> None:
        windows = {
            (number, period): (fact.window.opens_after(year.end), fact.window.closes(year.end))
            for fact, number in numbers.items()
            for period, year in enumerate(periods)
        }
        self.ends = sorted({day for window in windows.values() for day in window if day is not None})
        carries = [
            (number, stretch, period)
            for (number, period), (opens_after, closes) in windows.items()
            for stretch, end in enumerate(self.ends)
            if end <= closes and (opens_after is None or end > opens_after)
        ]
        opens = [opens_after for opens_after, _ in windows.values() if opens_after is not None]
        self.opens_after = min(opens) if len(opens) == len(windows) else None
        self.one_each = len({(fact, period) for fact, _, period in carries}) == len(carries)
        self.carries = small_table(carries, ("fact", "stretch", "period"), ("int16", "int16", "int16"))

    def add_up(self, events: Any, *, valued: bool) -> Any:
        """Events (EVENT_COLUMNS) added up by person, fact and stretch, then by person, fact and year.

        valued: whether any of the facts is a latest value; else the order of events need not be kept.
        """
        last = ibis.date(self.ends[-1].isoformat())
        events = events.filter(events.date <= last)
        if self.opens_after is not None:
            events = events.filter(events.date > ibis.date(self.opens_after.isoformat()))
        dated = events.mutate(stretch=self._stretch_of(events.date))
        once = _added(dated, ["fact", "person_id", "stretch"], _latest(dated) if valued else None)
        carried = fan_out(once, self.carries, ["fact", "stretch"])
        keys = ["fact", "period", "person_id"]
        yearly = carried if self.one_each else _added(carried, keys, carried.latest if valued else None)
        value = yearly.latest["value"] if valued else ibis.literal(None, "float64")
        return yearly.mutate(value=value).select(*FACT_COLUMNS)

    def _stretch_of(self, day: Any) -> Any:
        """The number of the stretch that a date lies in: that of the first end on or after it."""
        cases = [
            (day <= ibis.date(end.isoformat()), ibis.literal(number, "int16"))
            for number, end in enumerate(self.ends)
        ]
        return ibis.cases(*cases)


def _latest(events: Any) -> Any:
    """What orders values of one resident: date, then value, then event number; null where there is no value."""
    order = ibis.struct({"date": events.date, "value": events["value"], "event_id": events.event_id})
    return ibis.ifelse(events["value"].notnull(), order, None)


def _added(rows: Any, keys: list[str], latest: Any) -> Any:
    sums = {"n": rows.n.sum()}
    if latest is not None:
        sums["latest"] = latest.max()
    return rows.group_by(keys).aggregate(**sums)


def small_table(rows: Sequence[tuple[Any, ...]], names: Sequence[str], types: Sequence[str]) -> Any:
    """A few rows as a table of the engine. names, types: of its columns, the types by Ibis' names."""
    columns = zip(*rows, strict=True) if rows else [() for _ in names]
    schema = ibis.schema(dict(zip(names, types, strict=True)))
    arrays = [
        pa.array(list(column), field.type) for column, field in zip(columns, schema.to_pyarrow(), strict=True)
    ]
    return ibis.memtable(pa.table(arrays, schema=schema.to_pyarrow()))
