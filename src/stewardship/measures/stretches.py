"""Stretches of days: one event is added up once, and only the sums are carried to every year that they count in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa

from stewardship.people.joins import fan_out
from stewardship.people.periods import Period, Window, months_before


class Stretches:
    """The stretches between the dates on which any bundle's window opens or closes."""

    def __init__(self, by_bundle: Sequence[Window], periods: Sequence[Period]) -> None:
        """by_bundle: the window of each bundle, by its number."""
        windows = {
            (bundle, period): (window.opens_after(year.end), window.closes(year.end))
            for bundle, window in enumerate(by_bundle)
            for period, year in enumerate(periods)
        }
        self.ends = sorted({day for window in windows.values() for day in window if day is not None})
        carries = [
            (bundle, stretch, period)
            for (bundle, period), (opens_after, closes) in windows.items()
            for stretch, end in enumerate(self.ends)
            if end <= closes and (opens_after is None or end > opens_after)
        ]
        opens = [opens_after for opens_after, _ in windows.values() if opens_after is not None]
        self.opens_after = min(opens) if len(opens) == len(windows) else None
        self.one_each = len({(bundle, period) for bundle, _, period in carries}) == len(carries)
        self.carries = small_table(carries, ("bundle", "stretch", "period"), ("int16", "int16", "int16"))

    def add_up(self, events: Any, columns: Sequence[str], *, valued: bool) -> Any:
        """Events added up by person, bundle and stretch, then by person, bundle and year.

        events: bundle, person_id, date, and the columns that are added up. valued: whether any bundle is a latest
        value; then they have value too. Gives bundle, period, person_id, the columns and any value.
        """
        once = _added(self._dated(events), ["bundle", "person_id", "stretch"], columns, valued=valued)
        yearly = fan_out(once, self.carries, ["bundle", "stretch"])
        keys = ["bundle", "period", "person_id"]
        if not self.one_each:
            yearly = _added(yearly, keys, columns, valued=valued)
        return yearly.select(*keys, *columns, *(["value"] if valued else []))

    def largest(self, events: Any, column: str, *, apart: str) -> Any:
        """The largest value of a column by bundle, period, person_id and another column that tells things apart."""
        keys = ["bundle", "person_id", apart]
        once = (
            self._dated(events)
            .group_by([*keys, "stretch"])
            .aggregate(**{column: lambda rows: rows[column].max()})
        )
        yearly = fan_out(once, self.carries, ["bundle", "stretch"])
        return yearly.group_by(["period", *keys]).aggregate(**{column: lambda rows: rows[column].max()})

    def _dated(self, events: Any) -> Any:
        """The events that any window holds, each with its stretch."""
        last = ibis.date(self.ends[-1].isoformat())
        events = events.filter(events.date <= last)
        if self.opens_after is not None:
            events = events.filter(events.date > ibis.date(self.opens_after.isoformat()))
        return events.mutate(stretch=self._stretch_of(events.date))

    def _stretch_of(self, day: Any) -> Any:
        """The number of the stretch that a date lies in: that of the first end on or after it."""
        cases = [
            (day <= ibis.date(end.isoformat()), ibis.literal(number, "int16"))
            for number, end in enumerate(self.ends)
        ]
        return ibis.cases(*cases)


class Months(Stretches):
    """The months of several years, one after another; each counts the events of its own days alone.

    They end on the day of the month on which the years end, or on the month's last day.
    """

    def __init__(self, periods: Sequence[Period]) -> None:
        self.ends = month_ends(periods)
        self.opens_after = periods[0].start - timedelta(days=1)

    def add_up(self, events: Any, columns: Sequence[str], *, valued: bool) -> Any:
        """Events added up by person, bundle and month; `period` is the month's number, from 0."""
        assert not valued, "a latest value is of no month"
        keys = ["bundle", "person_id", "stretch"]
        return _added(self._dated(events), keys, columns, valued=False).rename(period="stretch")


def month_ends(periods: Sequence[Period]) -> list[date]:
    """The last day of each of the twelve months of every year, oldest first."""
    return [months_before(year.end, back) for year in periods for back in range(11, -1, -1)]


def _added(rows: Any, keys: list[str], columns: Sequence[str], *, valued: bool) -> Any:
    """The columns added up; valued: with the latest value, of two on one day the larger, and its date."""
    found = {name: rows[name].sum() for name in columns}
    if valued:
        there = rows["value"].notnull()
        order = ibis.struct({"date": rows.date, "value": rows["value"]})
        found |= {"value": rows["value"].argmax(order, where=there), "date": rows.date.max(where=there)}
    return rows.group_by(keys).aggregate(**found)


def small_table(rows: Sequence[tuple[Any, ...]], names: Sequence[str], types: Sequence[str]) -> Any:
    """A few rows as a table of the engine. names, types: of its columns, the types by Ibis' names."""
    columns = zip(*rows, strict=True) if rows else [() for _ in names]
    schema = ibis.schema(dict(zip(names, types, strict=True)))
    arrays = [
        pa.array(list(column), field.type) for column, field in zip(columns, schema.to_pyarrow(), strict=True)
    ]
    return ibis.memtable(pa.table(arrays, schema=schema.to_pyarrow()))
