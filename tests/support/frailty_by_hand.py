"""What records hold of people who may be frail, gone through row by row: to be read, never to be fast."""

from collections import defaultdict
from datetime import date
from functools import cache

from stewardship.people.periods import months_before
from stewardship.rules.frailty.candidates import Found, reasons
from stewardship.rules.frailty.conditions import DEMENTIA_CODES, FRAILTY_CODES, PALLIATIVE_CODES, Coded
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY, KINDS_OF_MEDICINE
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.score import covers, groups_found
from stewardship.rules.scores.tables import codes_of

REGISTERS = [
    *DEMENTIA_CODES,
    *PALLIATIVE_CODES,
    *(code for codes in FRAILTY_CODES.values() for code in codes),
]
HOME_CODES = {(system, code) for system, code, match in codes_of("care_home")}
HOMES = ("Long Term Support: Residential Care", "Long Term Support: Nursing Care")


def reasons_by_hand(records, as_of):
    """The reasons of every resident who has one, by person_id."""
    tables = {
        name: _by_person(records, name)
        for name in ("condition", "activity", "activity_code", "medication", "social_care", "assessment")
    }
    told = {}
    for person_id, age in _ages(records, as_of).items():
        of_person = {name: rows.get(person_id, []) for name, rows in tables.items()}
        found = reasons(_found(age, of_person, as_of), as_of)
        if found:
            told[person_id] = found
    return told


def _by_person(records, name):
    rows = defaultdict(list)
    for row in records.engine.ibis.to_pyarrow(records.table(name)).to_pylist():
        rows[row["person_id"]].append(row)
    return rows


def _ages(records, as_of):
    """Of everyone registered on the day and alive at its end."""
    died = {each: rows[0]["date"] for each, rows in _by_person(records, "death").items()}
    born = {each: rows[0]["birth_date"] for each, rows in _by_person(records, "person").items()}
    ages = {}
    for each, spells in _by_person(records, "registration").items():
        there = any(spell["start"] <= as_of and (spell["end"] or as_of) >= as_of for spell in spells)
        if there and each in born and born[each] <= as_of < died.get(each, date.max):
            birthday = (as_of.month, as_of.day) < (born[each].month, born[each].day)
            ages[each] = as_of.year - born[each].year - birthday
    return ages


def _found(age, rows, as_of):
    def within(day, months):
        return months_before(as_of, months) < day <= as_of

    conditions = [row for row in rows["condition"] if row["start"] <= as_of]
    emergencies = [row for row in rows["activity"] if within(row["start"], 24)]
    kind = {(row["source"], row["activity_id"]): row for row in emergencies}
    codes, falls, deficits, diagnoses, homes = set(), set(), {}, {}, []
    for row in conditions:
        pair = (row["system"], row["code"])
        for name in _groups(ELECTRONIC_FRAILTY, pair):
            deficits[name] = min(deficits.get(name, row["start"]), row["start"])
        if _is_of_a_register(pair):
            codes.add(Coded(row["start"], *pair))
        if _is_fall(*pair) and within(row["start"], 12):
            falls.add(row["start"])
        if pair in HOME_CODES:
            homes.append(row["start"])
    for row in rows["activity_code"]:
        if row["kind"] != "diagnosis":
            continue
        pair = (row["system"], row["code"])
        if row["date"] <= as_of and _is_of_a_register(pair):
            codes.add(Coded(row["date"], *pair))
        contact = kind.get((row["source"], row["activity_id"]), {"point_of_delivery": ""})
        if contact["point_of_delivery"] == "emergency_admission":
            for name in _groups(HOSPITAL_FRAILTY, pair):
                diagnoses[name] = max(diagnoses.get(name, contact["start"]), contact["start"])
        if contact["point_of_delivery"] in ("emergency_admission", "emergency_department") and _is_fall(
            *pair
        ):
            falls |= {contact["start"]} if within(contact["start"], 12) else set()
    taken = [(row["system"], row["code"]) for row in rows["medication"] if within(row["date"], 3)]
    if len({kind for pair in taken for kind in _groups(KINDS_OF_MEDICINE, pair)}) >= 5:
        deficits["Polypharmacy"] = None
    homes += [
        row["start"]
        for row in rows["social_care"]
        if row["event_type"] == "service" and row["service_type"] in HOMES
        and row["start"] <= as_of <= (row["end"] or as_of)
    ]  # fmt: skip
    levels = [
        (row["date"], int(row["score"]))
        for row in rows["assessment"]
        if row["tool"] == "Clinical Frailty Scale" and row["date"] <= as_of and row["score"] is not None
    ]
    return Found(
        age=age, codes=tuple(sorted(codes)), deficits=deficits, diagnoses=diagnoses, falls=tuple(sorted(falls)),
        care_home=min(homes, default=None), admissions=_days(emergencies, "emergency_admission", within),
        attendances=_days(emergencies, "emergency_department", within), frailty_scale=tuple(sorted(levels)[-1:]),
    )  # fmt: skip


def _days(rows, point, within):
    return tuple(
        sorted(row["start"] for row in rows if row["point_of_delivery"] == point and within(row["start"], 12))
    )


def _is_fall(system, code):
    return (system, code) == ("SNOMED", "1912002") or (system == "ICD10" and "W00" <= code[:3] <= "W19")


@cache
def _groups(score, pair):
    return groups_found(score, [pair])


@cache
def _is_of_a_register(pair):
    return any(covers(code, *pair) for code in REGISTERS)
