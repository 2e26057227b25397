"""Scores of every resident: one row each, with what it says of need and of who may be met with least care.

Only integers and yes or no leave the engine: a score is its points, see `rules.scores`. Each event table is read once
for all of them. These rows are about people: whoever opens the records for them needs a use that scores people, under
which those who object are left out (`records.decisions`), and nothing of them is published but through disclosure
control.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ibis

from stewardship.measures.compiler import Row, with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.people.expressions import Answer, Expression, Quantity
from stewardship.people.joins import Keyed, look_up
from stewardship.people.periods import Period
from stewardship.people.scores import cambridge, charlson, core20plus5, frailty, segments
from stewardship.people.table import People
from stewardship.records.opened import Records
from stewardship.rules.scores.charlson import OLDEST_COUNTED
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.score import Score

POINTS: dict[str, Quantity] = {
    "cambridge": cambridge.POINTS,
    "charlson": charlson.POINTS,
    "charlson_2011": charlson.POINTS_2011,
    "hospital_frailty": frailty.HOSPITAL,
    "electronic_frailty": frailty.ELECTRONIC,
    "long_term_conditions": segments.LONG_TERM_CONDITIONS,
}
"""The columns of points, and what they are."""
ANSWERS: dict[str, Answer] = {
    "acutely_ill": segments.ACUTELY_ILL,
    **core20plus5.HELD,
    "core20plus": core20plus5.BELONGS,
}
"""The columns of yes and no."""
BANDED: dict[str, Score] = {"hospital_frailty": HOSPITAL_FRAILTY, "electronic_frailty": ELECTRONIC_FRAILTY}
"""The points that have a column of bands beside them."""
_AT_ONCE = 3  # columns worked out beside one another: each brings the facts that it needs


def scores_of(people: People, records: Records, periods: Sequence[Period]) -> Any:
    """Every resident registered at the end of the last year, as a table that is kept in the engine. Key: person_id.

    people: the people table of those years. No other facts of the same engine may be at work meanwhile: they are kept
    under the same names. Columns: person_id, age; for each of `POINTS` a whole number; for each of `BANDED` the name of
    its band, empty below the age that it is meant for; charlson_with_age; segment, the key of the one that somebody is
    in; for each of `ANSWERS` yes or no.
    """
    rows = people.table
    there = rows.filter((rows.period == len(periods) - 1) & rows.at_end).mutate(
        period=ibis.literal(0, "int16")
    )
    wanted = _wanted()
    facts = Facts(records, _facts_of(wanted), periods[-1:])
    engine = records.engine
    names = list(wanted)
    parts = [
        engine.keep(
            f"scored_{first}", _worked_out(there, facts, {name: wanted[name] for name in names[first:last]})
        )
        for first, last in ((first, first + _AT_ONCE) for first in range(0, len(names), _AT_ONCE))
    ]
    found = there.select("person_id", "age")
    for part in parts:
        found = look_up(found, Keyed(part, ("person_id",)), ["person_id"])
    return engine.keep("scored", _described(found))


def lacking(records: Records) -> dict[str, tuple[str, ...]]:
    """The tables that nobody sent and a column needs, by column: without them it is lower, or more often a no.

    Only columns that lack something. What is sent may still be recorded of few people.
    """
    needed = {name: _tables_of(expressions) for name, expressions in _wanted().items()}
    lacks = {name: tuple(sorted(tables - records.present)) for name, tables in needed.items()}
    return {name: tables for name, tables in lacks.items() if tables}


def _tables_of(expressions: Sequence[Expression]) -> frozenset[str]:
    facts = [fact for expression in expressions for fact in facts_in(expression)]
    by_diagnosis = any(fact.table == "activity" and (fact.codes or fact.score) for fact in facts)
    return frozenset({*(fact.table for fact in facts), *(["activity_code"] if by_diagnosis else [])})


def _wanted() -> dict[str, tuple[Expression, ...]]:
    """The columns that are worked out, with the expressions that each needs."""
    alone: Mapping[str, Expression] = {**POINTS, **ANSWERS}
    ordered = {"segment": tuple(answer for _, answer in segments.IN_ORDER)}
    return {**{name: (each,) for name, each in alone.items()}, **ordered}


def _facts_of(wanted: Mapping[str, tuple[Expression, ...]]) -> Iterator[Any]:
    for expressions in wanted.values():
        for expression in expressions:
            yield from facts_in(expression)


def _worked_out(there: Any, facts: Facts, columns: dict[str, tuple[Expression, ...]]) -> Any:
    """Some columns of the people who are there."""
    needed = [expression for expressions in columns.values() for expression in expressions]
    row = with_facts(there, facts, needed)
    return row.table.select("person_id", **{name: _column(row, name) for name in columns})


def _column(row: Row, name: str) -> Any:
    if name in POINTS:
        return row.number(POINTS[name]).cast("int32")
    if name in ANSWERS:
        return row.asked(ANSWERS[name])
    *others, (default, _) = segments.IN_ORDER
    return ibis.cases(*((row.asked(answer), segment.key) for segment, answer in others), else_=default.key)


def _described(found: Any) -> Any:
    """With bands, and with points for age."""
    decades = (ibis.least(found.age, OLDEST_COUNTED) - 40) // 10
    bands = {f"{name}_band": _band(found, name, score) for name, score in BANDED.items()}
    return found.mutate(charlson_with_age=found.charlson + ibis.greatest(decades, 0).cast("int32"), **bands)


def _band(found: Any, name: str, score: Score) -> Any:
    reached = [(found[name] >= band.at_least, band.name) for band in reversed(score.bands)]
    band = ibis.cases(*reached)
    return ibis.ifelse(found.age >= score.youngest, band, None)
