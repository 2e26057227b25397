"""Small care areas that claim care, and the allocation of drawn or grown contacts, also by hand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.measures.allocation import UNALLOCATED, Allocated, allocate
from stewardship.measures.allocation_claims import Claimant
from stewardship.measures.allocation_costs import BASES, unit_costs
from stewardship.measures.allocation_events import POINTS
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import aged, has
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from support.small_records import opened, write_records
from support.tiny_system import PLACES

YEARS = years_ending(date(2025, 3, 31), 2)
UNIT_COSTS = unit_costs()


def _illness(name, code):
    return has(CodeList(name, name, "1", (CodeRule("SNOMED", code),)))


HEART, LUNGS, SUGAR = "53741008", "195967001", "73211009"
AREAS = (
    Claimant("heart", "Heart", _illness("heart", HEART), Claims(
        diagnoses=icd10("I20-I25"), specialties=("320",), medicines=bnf("02"), programmes=("10A",))),
    Claimant("lungs", "Lungs", _illness("lungs", LUNGS), Claims(
        diagnoses=icd10("J40-J47"), specialties=("340",), medicines=bnf("03"), programmes=("11A", "11B"))),
    Claimant("sugar", "Sugar", _illness("sugar", SUGAR), Claims(
        diagnoses=icd10("E10-E14"), teams=("Diabetes nursing",), medicines=bnf("0601"), programmes=("04A",))),
    Claimant("minds", "Minds", _illness("minds", "1"), Claims(
        diagnoses=icd10("F10-F79"), teams=("Mental Health Support",), points_of_delivery=("mental_health",))),
    Claimant("children", "Children", aged(0, 17), Claims(ages=(0, 17), teams=("School nursing",))),
    Claimant("old", "Old", aged(65), Claims(overlay=True)),
    Claimant("urgent", "Urgent", aged(0), Claims(
        points_of_delivery=("emergency_admission", "ambulance"), overlay=True)),
)  # fmt: skip
KEYS = {number: area.key for number, area in enumerate(AREAS)} | {UNALLOCATED: "nobody's"}


@dataclass
class Resident:
    """One resident: born, ill with, of practice and small area; contacts, items and support as rows of the model.

    diagnosis of a contact is not of the model: it becomes a row of activity_code.
    """

    born: date = date(1950, 6, 1)
    ill: tuple[str, ...] = ()
    contacts: tuple[dict, ...] = ()
    items: tuple[dict, ...] = ()
    support: tuple[dict, ...] = ()
    practice: str | None = "P1"
    home: str | None = "A1"
    registered: bool = True


def tables(residents):
    """Canonical tables of residents, numbered from -1 down and up: numbers below 0 are nothing unusual."""
    found = defaultdict(list)
    found["place"] = [
        {"code": code, "name": code, "level": level, "hierarchy": hierarchy, "parent": parent}
        for code, level, hierarchy, parent in PLACES
    ]
    found["small_area"] = [
        {"code": code, "deprivation_edition": 2025, "deprivation_fifth": fifth}
        for code, fifth in (("A1", 1), ("A2", 4))
    ]
    event = 0
    for number, resident in enumerate(residents):
        who = {"person_id": number - 1}
        found["person"].append({**who, "birth_date": resident.born})
        if resident.registered:
            found["registration"].append({**who, "practice": resident.practice, "start": resident.born})
        if resident.home:
            found["address"].append({**who, "small_area": resident.home, "start": resident.born})
        for code in resident.ill:
            event += 1
            found["condition"].append(
                {**who, "event_id": event, "system": "SNOMED", "code": code, "start": date(2020, 1, 1)}
            )
        for contact in resident.contacts:
            event += 1
            row = {"activity_id": event, "end": contact.get("start"), **contact}
            diagnosis = row.pop("diagnosis", None)
            found["activity"].append({**who, **row})
            if diagnosis:
                found["activity_code"].append({
                    **who, "event_id": event, "activity_id": row["activity_id"], "kind": "diagnosis", "position": 1,
                    "system": "ICD10", "code": diagnosis, "date": row["start"],
                })  # fmt: skip
        for table, rows in (("medication", resident.items), ("social_care", resident.support)):
            for row in rows:
                event += 1
                found[table].append({**who, "event_id": event, **row})
    return dict(found)


def allocated(engine, folder: Path, residents, *, by_age=True, areas=AREAS) -> Allocated:
    """The allocation of small residents by an engine."""
    write_records(folder / "records", tables(residents))
    records = opened(folder, engine)
    people = people_of(records, YEARS).kept(engine)
    return allocate(people, records, areas, YEARS, costs=UNIT_COSTS, by_age=by_age)


def lines(found: Allocated, period=1):
    """Area, point of delivery, provider and basis -> contacts and pence, of a year."""
    told = {}
    for row in found.by_practice.to_pylist():
        if row["period"] == period:
            line = (KEYS[row["area"]], POINTS[row["point"]], row["provider"], BASES[row["basis"]])
            before = told.get(line, (0, 0))
            told[line] = (before[0] + row["contacts"], before[1] + row["pence"])
    return told


def areas_of(found: Allocated, period=1):
    """Area -> contacts and pence, of a year."""
    told = defaultdict(lambda: (0, 0))
    for (area, *_), (contacts, pence) in lines(found, period).items():
        told[area] = (told[area][0] + contacts, told[area][1] + pence)
    return dict(told)
