"""What records hold of people who may belong on the frailty register: each table is read once, for all reasons."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import ibis

from stewardship.measures.frailty.wanted import (
    ADMISSION,
    ATTENDANCE,
    CARE_HOME,
    CODED,
    DEFICIT,
    DIAGNOSIS,
    FALL,
    MEDICINES,
    OF_CONDITIONS,
    OF_HOSPITALS,
    SCALE,
    codes_told,
)
from stewardship.measures.wanted import keyed_by_code
from stewardship.people.joins import Keyed, fan_out, look_up, only_those_in
from stewardship.people.periods import months_before
from stewardship.records.opened import Records
from stewardship.rules.frailty.scales import SCALES
from stewardship.rules.scores.electronic_frailty import MEDICINES as KINDS
from stewardship.rules.scores.electronic_frailty import POLYPHARMACY

COLUMNS = ("person_id", "kind", "name", "system", "code", "day", "number")
"""Of what is found: person; kind, name and code of the thing; its day, empty where it has none; points or level."""
HFRS_MONTHS = 24
MEDICINE_MONTHS = 3
CARE_HOMES = ("Long Term Support: Residential Care", "Long Term Support: Nursing Care")
"""Services of adult social care that are a place in a care home (client level data)."""
_A_CONTACT = ("source", "activity_id", "person_id")
_EMERGENCIES = {"emergency_admission": ADMISSION, "emergency_department": ATTENDANCE}


def read_things(records: Records, residents: Any, as_of: date, limits: Mapping[str, int]) -> Any:
    """Everything found of these residents up to the day, as an Ibis table (COLUMNS), kept in the engine.

    residents: person_id of everyone asked about. limits: thresholds of the reasons, which tell how far back to look.
    """
    contacts = records.engine.keep("frailty_contacts", _contacts(records, residents, as_of))
    parts = [
        _conditions(records, as_of, limits),
        _diagnoses(records, contacts, as_of, limits),
        _medicines(records, as_of),
        _events(contacts, as_of, limits),
        _care_homes(records, as_of),
    ]
    found = only_those_in(ibis.union(*parts), residents, ["person_id"])
    return records.engine.keep("frailty_things", found)


def read_levels(records: Records, people: Any, as_of: date) -> Any:
    """The latest level of the Clinical Frailty Scale of each of these people (COLUMNS); of a day the highest."""
    rows = records.table("assessment")
    rows = rows.filter((rows.tool == SCALES["cfs"].title) & (rows.date <= as_of) & rows.score.notnull())
    rows = only_those_in(rows, people, ["person_id"])
    latest = rows.group_by("person_id").aggregate(
        latest=ibis.struct({"day": rows.date, "level": rows.score.cast("int64")}).max()
    )
    return latest.select(
        "person_id", kind=ibis.literal(SCALE), name=ibis.literal(""), system=ibis.literal(""),
        code=ibis.literal(""), day=latest.latest["day"], number=latest.latest["level"],
    )  # fmt: skip


def _within(day: Any, as_of: date, months: int) -> Any:
    return (day > months_before(as_of, months)) & (day <= as_of)


def _conditions(records: Records, as_of: date, limits: Mapping[str, int]) -> Any:
    """Deficits and homes since they were first recorded; codes of the registers and falls on each of their days."""
    rows = keyed_by_code(records.table("condition"), ("person_id", "start"))
    rows = fan_out(rows, codes_told(OF_CONDITIONS, _present(records, "condition")), ["system", "code"])
    rows = rows.filter(rows.start <= as_of).mutate(day=rows.start)
    first = rows.filter(rows.kind.isin([DEFICIT, CARE_HOME]))
    first = first.group_by("person_id", "kind", "name").aggregate(day=first.day.min())
    first = first.mutate(system=ibis.literal(""), code=ibis.literal(""), number=ibis.literal(0, "int64"))
    fell = (rows.kind == FALL) & _within(rows.day, as_of, limits["falls_months"])
    each = rows.filter((rows.kind == CODED) | fell)
    return first.select(*COLUMNS).union(_without_codes(each).select(*COLUMNS).distinct())


def _without_codes(rows: Any) -> Any:
    """A fall is one a day, by whatever code it was recorded."""
    fell = rows.kind == FALL
    return rows.mutate(**{name: ibis.ifelse(fell, "", rows[name]) for name in ("system", "code")})


def _contacts(records: Records, residents: Any, as_of: date) -> Any:
    """Emergency admissions and attendances as far back as anything looks."""
    rows = records.table("activity").select(*_A_CONTACT, "point_of_delivery", "start")
    rows = rows.filter(
        rows.point_of_delivery.isin(list(_EMERGENCIES)) & _within(rows.start, as_of, HFRS_MONTHS)
    )
    return only_those_in(rows, residents, ["person_id"])


def _diagnoses(records: Records, contacts: Any, as_of: date, limits: Mapping[str, int]) -> Any:
    """Diagnoses of the score in emergency admissions; falls of emergencies, on the day these began; and codes of the
    registers in whatever a hospital coded."""
    rows = records.table("activity_code")
    rows = keyed_by_code(rows.filter(rows.kind == "diagnosis"), (*_A_CONTACT, "date"))
    rows = fan_out(rows, codes_told(OF_HOSPITALS, _present(records, "activity_code")), ["system", "code"])
    rows = look_up(rows, Keyed(contacts, _A_CONTACT), list(_A_CONTACT))
    admitted = (rows.kind == DIAGNOSIS) & (rows.point_of_delivery == "emergency_admission")
    fell = (rows.kind == FALL) & rows.start.notnull() & _within(rows.start, as_of, limits["falls_months"])
    coded = (rows.kind == CODED) & (rows.date <= as_of)
    of_score = rows.filter(admitted)
    of_score = of_score.group_by("person_id", "kind", "name", "number").aggregate(day=of_score.start.max())
    of_score = of_score.mutate(system=ibis.literal(""), code=ibis.literal(""))
    each = rows.filter(fell | coded)
    each = each.mutate(day=ibis.ifelse(each.kind == FALL, each.start, each.date))
    return of_score.select(*COLUMNS).union(_without_codes(each).select(*COLUMNS).distinct())


def _medicines(records: Records, as_of: date) -> Any:
    """Whoever takes five kinds of medicine or more has the deficit, which has no day."""
    rows = keyed_by_code(records.table("medication"), ("person_id", "date"))
    rows = rows.filter(_within(rows.date, as_of, MEDICINE_MONTHS))
    rows = fan_out(rows, codes_told(MEDICINES, _present(records, "medication")), ["system", "code"])
    many = rows.group_by("person_id").aggregate(kinds=rows.name.nunique())
    return many.filter(many.kinds >= KINDS).select(
        "person_id", kind=ibis.literal(DEFICIT), name=ibis.literal(POLYPHARMACY), system=ibis.literal(""),
        code=ibis.literal(""), day=ibis.null("date"), number=ibis.literal(0, "int64"),
    )  # fmt: skip


def _events(contacts: Any, as_of: date, limits: Mapping[str, int]) -> Any:
    """Emergency admissions and attendances, each."""
    months = max(limits["high_use_months"], limits["admissions_months"], limits["falls_months"])
    rows = contacts.filter(_within(contacts.start, as_of, months))
    admitted = rows.point_of_delivery == "emergency_admission"
    return rows.select(
        "person_id", kind=ibis.ifelse(admitted, ADMISSION, ATTENDANCE), name=ibis.literal(""),
        system=ibis.literal(""), code=ibis.literal(""), day=rows.start, number=ibis.literal(0, "int64"),
    )  # fmt: skip


def _care_homes(records: Records, as_of: date) -> Any:
    """A place in a care home that the council pays for on the day."""
    rows = records.table("social_care")
    there = (rows.start <= as_of) & (rows.end.isnull() | (rows.end >= as_of))
    rows = rows.filter((rows.event_type == "service") & rows.service_type.isin(CARE_HOMES) & there)
    since = rows.group_by("person_id").aggregate(day=rows.start.min())
    return since.select(
        "person_id", kind=ibis.literal(CARE_HOME), name=ibis.literal("care home"), system=ibis.literal(""),
        code=ibis.literal(""), day=since.day, number=ibis.literal(0, "int64"),
    )  # fmt: skip


def _present(records: Records, table: str) -> list[tuple[str, str]]:
    return [(use.system, use.code) for use in records.uses_in(table)]
