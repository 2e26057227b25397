"""Sums of events: added up from the people who have any, and not from every resident's year.

Most residents have none of most events. So what adds up the events of one kind, for the people of one measure, is a
*share* of long, narrow rows (share, year, person, events), and all of them are grouped at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.measures.bundles import Bundle, added
from stewardship.measures.chosen import NUMBERED, Chosen
from stewardship.measures.fact import Fact, fact_of
from stewardship.measures.facts import Facts
from stewardship.measures.lowest import all_of, by_lowest_place
from stewardship.measures.measure import Measure
from stewardship.measures.stretches import small_table
from stewardship.measures.sums import Sums, by_every_place, is_banded, where_of, without_bands
from stewardship.people.expressions import Answer, Quantity
from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.records.engines import ExpressionEngine


class Share(NamedTuple):
    """What is added up once for all measures that want it. banded: with ages told apart."""

    fact: Fact
    who: Answer
    banded: bool


def add_up_events(
    chosen: Chosen, facts: Facts, measures: Sequence[Measure], engine: ExpressionEngine
) -> pa.Table:
    """What residents add to measures that add events, by lowest place, as `events_of_each` takes it."""
    shares = _every_share(measures)
    residents = engine.keep("residents_with_events", _residents(chosen, [share.who for share in shares]))
    found = []
    for rows, bundles in facts.bundled(share.fact for share in shares):
        adds = each_adds(rows, bundles, [share.fact for share in shares])
        events = of_their_people(adds, residents, [chosen.holds(share.who) for share in shares])
        wanted = {"added": all_of("events"), "behind": lambda rows: rows.count()}
        lowest = engine.ibis.to_pyarrow(by_lowest_place(events, wanted, banded=True, apart=("share",)))
        found.append(pa.table({name: lowest[name].cast(pa.int64()) for name in lowest.column_names}))
    return pa.concat_tables(found)


def events_of_each(
    lowest: pa.Table, measures: Sequence[Measure], names: Mapping[str, Sequence[str]]
) -> dict[Measure, Sums]:
    """The sums of each measure's events; people and days stay 0, unless it is over events too.

    lowest: what `add_up_events` gave; names: those behind the numbers in it.
    """
    each = _each_share(lowest, _every_share(measures), names)
    return {measure: _of_measure(measure, each) for measure in measures}


def each_adds(rows: Any, bundles: Sequence[Bundle], facts: Sequence[Fact]) -> Any:
    """What each person adds of the facts of a table: share (the place among `facts`), period, person_id, events."""
    counted = [
        (bundle, column, number)
        for bundle, each in enumerate(bundles)
        for column, fact in enumerate(each.facts)
        for number, wanted in enumerate(facts)
        if wanted == fact
    ]
    told = small_table(counted, ("bundle", "column", "share"), ("int16", "int16", "int16"))
    each = fan_out(rows, told, ["bundle"])
    columns = sorted({column for _, column, _ in counted})
    events = ibis.cases(*((each["column"] == column, each[added(column)]) for column in columns))
    each = each.select("share", "period", "person_id", events=events)
    return each.filter(each.events != 0)


def of_their_people(events: Any, residents: Any, holds: Sequence[str]) -> Any:
    """Only the events of those whom each share is about, beside what is known of them. residents: kept, with a row a
    person and `period`, and the columns of `holds`, one a share."""
    rows = look_up(events, Keyed(residents, ("period", "person_id")), ["period", "person_id"], keep_all=False)
    return rows.filter(
        ibis.cases(*((rows.share == number, rows[name]) for number, name in enumerate(holds)), else_=False)
    )


def with_people(people: Sums, events: Sums) -> Sums:
    """A measure's sums of people and days with those of the events that they have."""
    return Sums(
        **{name: np.concatenate([getattr(people, name), values]) for name, values in vars(events).items()}
    )


def _residents(chosen: Chosen, whos: Sequence[Answer]) -> Any:
    every = list(dict.fromkeys(whos))
    return chosen.of_any(every).select("person_id", *NUMBERED, *map(chosen.holds, every))


def _every_share(measures: Sequence[Measure]) -> list[Share]:
    return list(dict.fromkeys(share for measure in measures for share in _shares(measure)))


def _shares(measure: Measure) -> list[Share]:
    """That of the numerator first."""
    parts: Iterable[Quantity | Answer | None] = (measure.numerator, measure.over)
    facts = [fact for part in parts if part is not None and (fact := fact_of(part)) is not None]
    return [Share(fact, measure.who, is_banded(measure)) for fact in facts]


def _each_share(
    lowest: pa.Table, shares: Sequence[Share], names: Mapping[str, Sequence[str]]
) -> dict[Share, dict[str, np.ndarray]]:
    """The rows of each share, with what they are about."""
    found = {}
    for banded in (False, True):
        numbers = [number for number, share in enumerate(shares) if share.banded == banded]
        rows = lowest.filter(pc.is_in(lowest["share"], pa.array(numbers, pa.int64())))
        rows = rows if banded else without_bands(rows)
        table = by_every_place(rows, ("added", "behind"), apart=("share",)).sort_by("share")
        columns = where_of(table, names) | {name: table[name].to_numpy() for name in ("added", "behind")}
        of = table["share"].to_numpy()
        for number in numbers:
            those = slice(*np.searchsorted(of, (number, number + 1)))
            found[shares[number]] = {name: values[those] for name, values in columns.items()}
    return found


def _of_measure(measure: Measure, each: Mapping[Share, Mapping[str, np.ndarray]]) -> Sums:
    numerator, *over = (each[share] for share in _shares(measure))
    sums = _sums(numerator, people=0, days=0)
    if not over:
        return sums
    # People are those who had any of the events, and in place of their days stand the events.
    (events,) = over
    return with_people(_sums(events, people=events["behind"], days=events["added"], added=0, behind=0), sums)


def _sums(rows: Mapping[str, np.ndarray], **told: np.ndarray | int) -> Sums:
    size = len(rows["added"])
    return Sums(
        **{**rows, **{name: np.broadcast_to(np.asarray(each, np.int64), size) for name, each in told.items()}}
    )
