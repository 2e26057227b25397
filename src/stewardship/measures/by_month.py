"""Events counted by month, for the measures whose years are sums of them.

A month's events are those of the people of the year that it lies in: twelve months add up to the year, place by place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures.bundles import Bundle, added
from stewardship.measures.chosen import Chosen
from stewardship.measures.facts import Fact, FactsByMonth, fact_of
from stewardship.measures.layout import MONTHS, Layout
from stewardship.measures.lowest import HIERARCHIES
from stewardship.measures.measure import Measure
from stewardship.measures.stretches import small_table
from stewardship.measures.sums import WHOLE_SYSTEM
from stewardship.people.expressions import Total
from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.people.periods import YEAR
from stewardship.people.table import AGE_BANDS, PLACE_COLUMNS
from stewardship.records.engines import ExpressionEngine

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ByMonth:
    """Events, and the people behind them, in the months of the years at every place: years x places x 12."""

    counts: Counts
    behind: Counts


def told_by_month(measure: Measure) -> bool:
    """Whether a measure counts events of one year, so that its months can be counted."""
    what = measure.numerator
    return (
        measure.statistic in ("amount", "rate", "standardised rate")
        and measure.pool == 1
        and isinstance(what, Total)
        and what.of == "count"
        and what.within == YEAR
    )


def by_month(
    chosen: Chosen,
    facts: FactsByMonth,
    measures: Sequence[Measure],
    layout: Layout,
    engine: ExpressionEngine,
) -> dict[Measure, ByMonth]:
    """The months of measures that can be told by month. facts: with those of all their numerators."""
    shape = (len(measures), layout.years * MONTHS, len(layout.places))
    counts, behind = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    residents = engine.keep("residents_by_month", _residents(chosen, measures)) if measures else None
    for rows, bundles in facts.bundled():
        events = _of_their_people(_events(rows, bundles, measures), residents, chosen, measures)
        found = engine.ibis.to_pyarrow(_by_lowest_place(events))
        _add_at_every_place(found, chosen.names, layout, counts, behind)
    return {
        measure: ByMonth(_of_years(counts[number], layout), _of_years(behind[number], layout))
        for number, measure in enumerate(measures)
    }


def facts_by_month(measures: Iterable[Measure]) -> list[Fact]:
    """The facts that are counted by month for these measures."""
    return [fact for measure in measures if (fact := _fact(measure)) is not None]


def _fact(measure: Measure) -> Fact | None:
    return None if measure.numerator is None else fact_of(measure.numerator)


def _of_years(of_months: Counts, layout: Layout) -> Counts:
    return np.moveaxis(of_months.reshape(layout.years, MONTHS, -1), 1, 2)


def _events(rows: Any, bundles: Sequence[Bundle], measures: Sequence[Measure]) -> Any:
    """What each person adds to each measure in each month: measure, month, period, person_id, events."""
    facts = {_fact(measure): [] for measure in measures}  # type: dict[Fact | None, list[int]]
    for number, measure in enumerate(measures):
        facts[_fact(measure)].append(number)
    counted = [
        (bundle, column, number)
        for bundle, each in enumerate(bundles)
        for column, fact in enumerate(each.facts)
        for number in facts.get(fact, ())
    ]
    told = small_table(counted, ("bundle", "column", "measure"), ("int16", "int16", "int16"))
    each = fan_out(rows, told, ["bundle"])
    columns = sorted({column for _, column, _ in counted})
    events = ibis.cases(*((each["column"] == column, each[added(column)]) for column in columns))
    each = each.select(
        "measure",
        "person_id",
        month=each.period,
        period=(each.period // MONTHS).cast("int16"),
        events=events,
    )
    return each.filter(each.events != 0)


def _residents(chosen: Chosen, measures: Sequence[Measure]) -> Any:
    """The residents' years that any of the measures is about, with their places and whether each is about them."""
    whos = list(dict.fromkeys(measure.who for measure in measures))
    levels = [f"{level}_number" for level in PLACE_COLUMNS]
    return chosen.of_any(whos).select("period", "person_id", "age_band", *levels, *map(chosen.holds, whos))


def _of_their_people(events: Any, residents: Any, chosen: Chosen, measures: Sequence[Measure]) -> Any:
    """Only the events of those whom each measure is about in the year, with the places that they belong to."""
    rows = look_up(events, Keyed(residents, ("period", "person_id")), ["period", "person_id"], keep_all=False)
    counts = []
    for number, measure in enumerate(measures):
        holds = rows[chosen.holds(measure.who)]
        if measure.ages is not None:
            first, last = measure.ages
            holds = holds & rows.age_band.between(first // 5, len(AGE_BANDS) if last is None else last // 5)
        counts.append((rows.measure == number, holds))
    return rows.filter(ibis.cases(*counts, else_=False))


def _by_lowest_place(rows: Any) -> Any:
    """Events, and people who had any, by measure, month and the lowest place of each hierarchy."""
    ways = small_table([(0, 0), (0, 1)], ("every", "hierarchy"), ("int8", "int8"))
    each = fan_out(rows.mutate(every=ibis.literal(0, "int8")), ways, ["every"])
    levels = {
        level: ibis.ifelse(each.hierarchy == number, each[f"{level}_number"], None)
        for number, of_it in enumerate(HIERARCHIES)
        for level in of_it
    }
    keys = {"measure": each.measure, "month": each.month, "hierarchy": each.hierarchy}
    return each.group_by(**keys, **levels).aggregate(events=each.events.sum(), people=each.count())


def _add_at_every_place(
    found: pa.Table, names: Mapping[str, Sequence[str]], layout: Layout, counts: Counts, behind: Counts
) -> None:
    """Add the sums by lowest place, in place, to those of every place above."""
    column = {name: found[name].to_numpy() for name in ("measure", "month", "hierarchy", "events", "people")}
    for level in (WHOLE_SYSTEM, *PLACE_COLUMNS):
        place = _places_at(level, names, found, layout)
        in_hierarchy = column["hierarchy"] == (1 if level in HIERARCHIES[1] else 0)
        rows = np.flatnonzero((place >= 0) & in_hierarchy)
        at = (*tuple(column[name][rows].astype(np.int64) for name in ("measure", "month")), place[rows])
        np.add.at(counts, at, column["events"][rows].astype(np.int64))
        np.add.at(behind, at, column["people"][rows].astype(np.int64))


def _places_at(level: str, names: Mapping[str, Sequence[str]], found: pa.Table, layout: Layout) -> Counts:
    """The number of each row's published place at a level, -1 where it has none."""
    if level == WHOLE_SYSTEM:
        return np.zeros(len(found), np.int64)
    known = np.array([*(layout.place_numbers.get(code, -1) for code in names[level]), -1], np.int64)
    return np.asarray(known[found[level].fill_null(-1).to_numpy()])
