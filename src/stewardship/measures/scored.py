"""Points of scores: of each class of a score the most that any of its recorded codes has, added up."""

from collections.abc import Sequence
from typing import Any

import ibis

from stewardship.measures.bundles import Bundle, added
from stewardship.measures.contacts import contacts
from stewardship.measures.fact import Fact
from stewardship.measures.stretches import Stretches, small_table
from stewardship.measures.wanted import Wanted, keyed_by_code
from stewardship.people.joins import Keyed, fan_out, look_up
from stewardship.rules.scores.score import covers

_DAY = {"condition": "start", "medication": "date"}
_A_CONTACT = ("source", "activity_id", "person_id")


def points(wanted: Wanted, bundles: Sequence[Bundle], coded: Any) -> Any:
    """The points of each resident and year: bundle, period, person_id, and the points as the first added column."""
    tables = {
        table: [(number, bundle) for number, bundle in enumerate(bundles) if bundle.facts[0].table == table]
        for table in dict.fromkeys(bundle.facts[0].table for bundle in bundles)
    }
    parts = [
        _of_diagnoses(wanted, those, coded) if table == "activity" else _of_table(wanted, table, those)
        for table, those in tables.items()
    ]
    found = parts[0] if len(parts) == 1 else ibis.union(*parts)
    found = wanted.of_audience(found, [bundle.audience for bundle in bundles])
    stretches = Stretches([bundle.facts[0].window for bundle in bundles], wanted.periods)
    most = stretches.largest(found, "points", apart="of_class")
    return most.group_by("bundle", "period", "person_id").aggregate(**{added(0): most.points.sum()})


def _of_table(wanted: Wanted, table: str, bundles: Sequence[tuple[int, Bundle]]) -> Any:
    rows = keyed_by_code(wanted.records.table(table), ("person_id", _DAY[table]))
    rows = fan_out(rows, _codes(wanted, table, bundles), ["system", "code"])
    return rows.select("bundle", "audience", "of_class", "points", "person_id", date=rows[_DAY[table]])


def _of_diagnoses(wanted: Wanted, bundles: Sequence[tuple[int, Bundle]], coded: Any) -> Any:
    """The diagnoses of contacts, in any position, on the day that the contact began."""
    table = wanted.records.table("activity_code")
    table = table.filter(table.kind == "diagnosis")
    rows = fan_out(
        keyed_by_code(table, _A_CONTACT), _codes(wanted, "activity_code", bundles), ["system", "code"]
    )
    found = []
    for number, bundle in bundles:
        its = contacts(wanted, [_uncounted(bundle)], coded).select(*_A_CONTACT, date="start")
        of_bundle = rows.filter(rows.bundle == number)
        found.append(look_up(of_bundle, Keyed(its, _A_CONTACT), _A_CONTACT, keep_all=False))
    together = found[0] if len(found) == 1 else ibis.union(*found)
    return together.select("bundle", "audience", "of_class", "points", "person_id", "date")


def _uncounted(bundle: Bundle) -> Bundle:
    """The same contacts of everybody, whoever the points are read for."""
    fact = bundle.facts[0]
    kinds = Fact(
        "activity", "count", fact.window, None, fact.points_of_delivery, fact.specialties, traits=fact.traits
    )
    return Bundle((kinds,), 0, None)


def _codes(wanted: Wanted, table: str, bundles: Sequence[tuple[int, Bundle]]) -> Any:
    """(system, code) -> bundle, class and points, for the codes that really occur in the table."""
    present, rows = wanted.present(table), []
    for number, bundle in bundles:
        score = bundle.facts[0].score
        assert score is not None
        classes = list(dict.fromkeys(group.of_class or group.name for group in score.groups))
        for group in score.groups:
            about = (number, bundle.audience, classes.index(group.of_class or group.name), group.points)
            rows += [
                (*code, *about) for code in present if any(covers(meant, *code) for meant in group.codes)
            ]
    names = ("system", "code", "bundle", "audience", "of_class", "points")
    return small_table(rows, names, ("string", "string", "int16", "int64", "int16", "int64"))
