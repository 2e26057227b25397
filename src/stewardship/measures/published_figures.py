"""Figures that others publish: shown as they are, beside our own, and as the number that people found are held against.

They come in files of their own (`published_figure`). No record of a person is read for them and nothing of them is
hidden: whoever published them has controlled what they tell. There are none of groups, only of everyone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures import statistics
from stewardship.measures.layout import CELLS, Layout
from stewardship.measures.measure import Measure
from stewardship.measures.published import EVERYONE, FIGURES
from stewardship.measures.statistics import Estimates
from stewardship.people.periods import Period
from stewardship.records.opened import Records
from stewardship.records.row_checks import plain_day

NOT_PUBLISHED = "Missing: nothing is published of this place for a period that ends in the year"
NOTHING_EXPECTED = "Missing: no expected number is published of this place for a period that ends in the year"
Numbers = NDArray[np.float64]
Row = dict[str, Any]


@dataclass(frozen=True)
class PublishedFigure:
    """A figure of a place as somebody published it; lower and upper: its limits, where they are given."""

    place: str
    start: date
    end: date
    value: float
    lower: float | None
    upper: float | None
    publisher: str
    published: date

    @property
    def said(self) -> str:
        """Who published it, when, and for which days."""
        days = f"for {plain_day(self.start)} to {plain_day(self.end)}"
        return f"{self.publisher.rstrip('.')}, published {plain_day(self.published)}, {days}"


Supplied = Mapping[str, Sequence[PublishedFigure]]


def ids_supplied(records: Records) -> frozenset[str]:
    """The ids of all figures that were supplied."""
    told = records.table("published_figure").select("measure").distinct()
    return frozenset(records.engine.ibis.to_pyarrow(told)["measure"].to_pylist())


def supplied(records: Records, ids: Iterable[str]) -> dict[str, list[PublishedFigure]]:
    """The figures of some ids, the latest last: by the end of their period, then by the day of publication."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    table = records.table("published_figure")
    rows = table.filter(table.measure.isin(wanted)).order_by(
        "measure", "end", "published", "start", "place", "publisher"
    )
    found: dict[str, list[PublishedFigure]] = {}
    for row in records.engine.ibis.to_pyarrow(rows).to_pylist():
        told = {name: row[name] for name in PublishedFigure.__dataclass_fields__}
        found.setdefault(row["measure"], []).append(PublishedFigure(**told))
    return found


def of_year(figures: Sequence[PublishedFigure], period: Period) -> dict[str, PublishedFigure]:
    """Of each place the latest figure whose period ends in the year. figures: in the order of `supplied`."""
    return {each.place: each for each in figures if period.start <= each.end <= period.end}


def comparators(
    records: Records, measures: Iterable[Measure], place: str, name: str, as_of: date
) -> dict[Measure, dict[str, Any]]:
    """What a card tells of the comparator place (its code and name), for measures of which its figure was supplied."""
    asked = {each: each.comparator or each.figure for each in measures}
    known = supplied(records, filter(None, asked.values()))
    latest = {each: latest_of(known.get(named, ()), place, as_of) for each, named in asked.items()}
    return {
        each: {
            "place": name, "value": figure.value, "lower": figure.lower, "upper": figure.upper, "source": figure.said,
        }
        for each, figure in latest.items()
        if figure is not None
    }  # fmt: skip


def latest_of(figures: Sequence[PublishedFigure], place: str, as_of: date) -> PublishedFigure | None:
    """The latest figure of a place whose period has ended by that day."""
    return next((each for each in reversed(figures) if each.place == place and each.end <= as_of), None)


def figures_as_published(
    measure: Measure, figures: Sequence[PublishedFigure], layout: Layout, periods: Sequence[Period]
) -> pa.Table:
    """A measure's figures (FIGURES): everyone, each year and place, with the publisher's limits and no counts."""
    rows = []
    for period in periods:
        known = of_year(figures, period)
        of_places = [_as_published(measure, known.get(place.code), period) for place in layout.places]
        limits = [[row[name] for row in of_places] for name in ("value", "lower95", "upper95")]
        value, lower, upper = (np.array(each, dtype=np.float64) for each in limits)
        rows += _compared(measure, of_places, layout, (lower, upper), (value, value))
    return _table(measure, rows, layout, periods)


def counted_as(measure: Measure) -> Measure:
    """What of a measure is counted here: of one against an expected number, the people found."""
    if not measure.expected:
        return measure
    return replace(
        measure, statistic="count", unit="people", per=1, headline=False, expected="", comparator=""
    )


def figures_against_expected(
    measure: Measure,
    counts: pa.Table,
    expected: Sequence[PublishedFigure],
    layout: Layout,
    periods: Sequence[Period],
) -> pa.Table:
    """A measure's figures (FIGURES): people found, after disclosure control, for each hundred that are expected.

    counts: the figures of `counted_as(measure)`. expected: its published numbers of people, which are taken as exact.
    """
    everyone = {(row["place"], row["period_end"]): row for row in counts.to_pylist() if row["by"] == EVERYONE}
    rows = []
    for period in periods:
        known = of_year(expected, period)
        of_places = [
            _found(measure, everyone[place.code, period.end], known.get(place.code), period)
            for place in layout.places
        ]
        found, number = (
            np.array([row.pop(name) for row in of_places], dtype=np.float64) for name in ("found", "expected")
        )
        least, estimates, most = (
            statistics.rates(np.maximum(found + by, 0), number, multiplier=measure.per)
            for by in (-measure.scheme.rounded_by, 0, measure.scheme.rounded_by)
        )
        for place, row in enumerate(of_places):
            if row["state"] == "shown":
                row |= {name: float(getattr(estimates, name)[place]) for name in _ESTIMATED}
        rows += _compared(
            measure, of_places, layout, (least.lower95, most.upper95), (least.value, most.value)
        )
    return _table(measure, rows, layout, periods)


_ESTIMATED = ("value", "lower95", "upper95", "lower99_8", "upper99_8")


def _as_published(measure: Measure, figure: PublishedFigure | None, period: Period) -> Row:
    if figure is None:
        return _row(measure, period, NOT_PUBLISHED)
    return _row(measure, period, "") | {
        "state": "shown", "value": figure.value, "lower95": figure.lower, "upper95": figure.upper,
        "source": figure.said,
    }  # fmt: skip


def _found(measure: Measure, counted: Row, expected: PublishedFigure | None, period: Period) -> Row:
    """A row, and beside its columns how many were `found` of how many `expected`."""
    missing = {"found": np.nan, "expected": np.nan}
    if counted["state"] != "shown":
        return _row(measure, period, counted["reason"]) | {"state": counted["state"]} | missing
    if expected is None or expected.value <= 0:
        return _row(measure, period, NOTHING_EXPECTED) | missing
    return _row(measure, period, "") | {
        "state": "shown", "numerator": counted["numerator"], "caution": counted["caution"],
        "source": f"{expected.value:,.0f} expected: {expected.said}",
        "found": counted["numerator"], "expected": expected.value,
    }  # fmt: skip


def _compared(
    measure: Measure,
    rows: list[Row],
    layout: Layout,
    limits: tuple[Numbers, Numbers],
    values: tuple[Numbers, Numbers],
) -> list[Row]:
    """The rows of a year, each in words against that of the whole system.

    limits: the lowest and highest of each figure. values: the lowest and highest that each may be.
    """
    system = next(number for number, place in enumerate(layout.places) if place.level == "system")
    lower, upper = limits[0] - values[1][system], limits[1] - values[0][system]
    none = np.full(len(rows), np.nan)
    empty = np.full(len(rows), "", dtype=object)
    apart = Estimates(none, lower, upper, none, none, none, none, "", empty)
    said = statistics.compared(apart, 0.0, better=measure.better).at95
    for number, row in enumerate(rows):
        row["compared"] = str(said[number]) if row["state"] == "shown" and number != system else ""
    return rows


def _table(measure: Measure, rows: list[Row], layout: Layout, periods: Sequence[Period]) -> pa.Table:
    codes = [place.code for _ in periods for place in layout.places]
    told = [row | {"place": code} for row, code in zip(rows, codes, strict=True)]
    return pa.Table.from_pylist(told, schema=FIGURES)


def _row(measure: Measure, period: Period, reason: str) -> Row:
    empty = {field.name: "" if field.type == pa.string() else None for field in FIGURES}
    return empty | {
        "measure": measure.key, "by": CELLS[0][0], "group": CELLS[0][1], "period_start": period.start,
        "period_end": period.end, "state": "missing", "reason": reason,
    }  # fmt: skip
