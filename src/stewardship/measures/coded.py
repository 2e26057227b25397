"""Events of coded tables, each once for every bundle that it counts towards."""

from collections.abc import Sequence
from typing import Any

import ibis

from stewardship.measures.bundles import (
    Bundle,
    asked_of,
    only_with_traits,
    what_is_added,
    width_of,
)
from stewardship.measures.stretches import small_table
from stewardship.measures.wanted import Wanted, all_of, given_columns, keyed_by_code
from stewardship.people.joins import fan_out
from stewardship.records.model import CHARACTERISTICS

# coded table -> its columns of date and cost
_COLUMNS: dict[str, tuple[str, str | None]] = {
    "condition": ("start", None),
    "observation": ("date", None),
    "medication": ("date", "cost_pence"),
    "death": ("date", None),
}
_OF_CODED = ("person_id", "date", "source", "activity_id", "kind", "position")


def of_codes(wanted: Wanted, table: str, bundles: Sequence[Bundle]) -> Any:
    """The events of a coded table, once for each bundle that they count towards."""
    day, cost = _COLUMNS[table]
    columns = ["person_id", day, *([cost] if cost else [])]
    columns += ["value", "unit"] if any(bundle.valued for bundle in bundles) else []
    columns += ["place"] if any(fact.places for bundle in bundles for fact in bundle.facts) else []
    rows = keyed_by_code(wanted.records.table(table), columns)
    rows = fan_out(rows, _codes(wanted, table, bundles), ["system", "code"])
    rows = wanted.of_audience(rows, [bundle.audience for bundle in bundles])
    return as_events(only_with_traits(rows, bundles), bundles, day, cost)


def of_procedures(wanted: Wanted, coded: Any, bundles: Sequence[Bundle]) -> Any:
    """The procedures among the codes picked out (`coded_activity`)."""
    width = width_of(bundles)
    rows = [
        (
            wanted.asked[asked],
            number,
            *bundle.gives([asked_of(fact) == asked for fact in bundle.facts], width),
        )
        for number, bundle in enumerate(bundles)
        for asked in dict.fromkeys(asked_of(fact) for fact in bundle.facts)
        if asked is not None
    ]
    counted = small_table(
        rows, ("asked", "bundle", *given_columns(width)), ("int16", "int16", *["int16"] * width)
    )
    return as_events(fan_out(coded.filter(~coded.of_contact), counted, ["asked"]), bundles, "date", None)


def of_characteristics(wanted: Wanted, bundles: Sequence[Bundle]) -> Any:
    """Characteristics: one more from their first day on, and one less from the day after their last."""
    width = width_of(bundles)
    rows = [
        (name, number, bundle.audience, *gives)
        for number, bundle in enumerate(bundles)
        for name in CHARACTERISTICS
        if any(gives := bundle.gives([name in fact.characteristics for fact in bundle.facts], width))
    ]
    names = ("characteristic", "bundle", "audience", *given_columns(width))
    counted = small_table(rows, names, ("string", "int16", "int64", *["int16"] * width))
    spells = wanted.records.table("characteristic").select("person_id", "characteristic", "start", "end")
    begun = spells.select("person_id", "characteristic", date=spells.start, sign=ibis.literal(1, "int16"))
    ended = spells.filter(spells.end.notnull())
    ended = ended.select("person_id", "characteristic", date=ended.end + ibis.interval(days=1),
                         sign=ibis.literal(-1, "int16"))  # fmt: skip
    changes = fan_out(begun.union(ended), counted, ["characteristic"])
    changes = wanted.of_audience(changes, [bundle.audience for bundle in bundles])
    signed = {name: changes[name] * changes.sign for name in given_columns(width)}
    return as_events(changes.mutate(**signed), bundles, "date", None)


def coded_activity(wanted: Wanted) -> Any:
    """Every diagnosis and procedure that some fact asks for, picked out in one read of their table.

    Columns: asked, of_contact, person_id, date, source, activity_id.
    """
    present, rows = wanted.present("activity_code"), []
    for asked, number in wanted.asked.items():
        whose = [wanted.audiences.get(fact, 0) for fact in wanted.numbers if asked_of(fact) == asked]
        about = (number, all_of(whose), asked.primary, asked.of_contacts)
        rows += [(*code, *about) for code in (asked.codes.among(present) if asked.codes else present)]
    names = ("system", "code", "asked", "audience", "primary", "of_contact")
    types = ("string", "string", "int16", "int64", "boolean", "boolean")
    table = keyed_by_code(wanted.records.table("activity_code"), _OF_CODED)
    found = fan_out(table, small_table(rows, names, types), ["system", "code"])
    found = found.filter(found.kind == ibis.ifelse(found.of_contact, "diagnosis", "procedure"))
    found = found.filter(~found.primary | (found.position == 1))
    found = wanted.of_audience(found, [row[3] for row in rows])
    picked = found.select("asked", "of_contact", "person_id", "date", "source", "activity_id")
    return wanted.records.engine.keep("coded_activity", picked)


def as_events(rows: Any, bundles: Sequence[Bundle], day: str, cost: str | None) -> Any:
    """Events as `Stretches` adds them up: what each adds to every column, and its value if that is asked."""
    value = {}
    if any(bundle.valued for bundle in bundles):
        value = {"value": ibis.ifelse(rows.unit == rows.unit_wanted, rows["value"], None)}
    return rows.select(
        bundle=rows.bundle,
        person_id=rows.person_id,
        date=rows[day],
        **what_is_added(rows, bundles, cost),
        **value,
    )


def _codes(wanted: Wanted, table: str, bundles: Sequence[Bundle]) -> Any:
    """(system, code) -> bundle, for the codes that really occur in the table."""
    present, width, rows = wanted.present(table), width_of(bundles), []
    for number, bundle in enumerate(bundles):
        held = [set(fact.codes.among(present) if fact.codes else present) for fact in bundle.facts]
        about = (number, bundle.audience, bundle.unit)
        rows += [
            (*code, *about, *bundle.gives([code in each for each in held], width))
            for code in present
            if any(code in each for each in held)
        ]
    names = ("system", "code", "bundle", "audience", "unit_wanted", *given_columns(width))
    types = ("string", "string", "int16", "int64", "string", *["int16"] * width)
    return small_table(rows, names, types)
