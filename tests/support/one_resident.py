"""One invented resident, drawn as text: what is recorded of them, and what a measure makes of it."""

from datetime import date

from stewardship.care_areas.area import CareArea
from stewardship.measures.measure import Measure
from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Answer
from support.evaluator import Resident, answer, number

ON = date(2026, 3, 31)


def by_id(area: CareArea) -> dict[str, Measure]:
    """The numbered measures of a care area."""
    return {measure.id: measure for _, measure in area.measures() if measure.id}


def counted(measure: Measure, who: Resident, on: date = ON) -> tuple[bool, float]:
    """Whether the resident is one of those that a measure is about, and what they add to its numerator."""
    if not answer(measure.who, who, on):
        return False, 0
    top = measure.numerator
    return True, float(answer(top, who, on) if isinstance(top, Answer) else number(top, who, on) or 0)


def of_events(measure: Measure, who: Resident, on: date = ON) -> tuple[float | None, float | None]:
    """What a resident adds to the numerator of a measure of events, and to what it is divided by."""
    return number(measure.numerator, who, on), number(measure.over, who, on)


def resident(
    *, born="1950-07-01", sex="female", conditions=(), readings=(), medicines=(), stays=(), died=None
):
    """conditions, medicines: (list, day). readings: (list, day) or (list, day, value). stays: of `stay`.

    died: (day, ICD-10 code, place).
    """
    activities, codes = [], []
    for number_, (activity, coded) in enumerate(stays):
        activities.append({**activity, "activity_id": number_})
        codes += [{**row, "activity_id": number_, "date": activity["start"]} for row in coded]
    return Resident(
        birth_date=date.fromisoformat(born),
        sex=sex,
        conditions=[{**one_code(codes), "start": date.fromisoformat(day)} for codes, day in conditions],
        observations=[_reading(number_, *told) for number_, told in enumerate(readings)],
        medications=[
            {**one_code(codes), "date": date.fromisoformat(day), "cost_pence": None}
            for codes, day in medicines
        ],
        activities=activities,
        activity_codes=codes,
        death=died
        and {"date": date.fromisoformat(died[0]), "system": "ICD10", "code": died[1], "place": died[2]},
    )


def stay(day, *diagnoses, end=None, point="emergency_admission", **told):
    """A contact and its diagnoses (ICD-10), the primary one first; it ends on the day it began unless said."""
    activity = {
        "start": date.fromisoformat(day),
        "end": date.fromisoformat(end or day),
        "point_of_delivery": point,
        "specialty": None,
        "cost_pence": None,
        **told,
    }
    codes = [
        {"kind": "diagnosis", "position": place, "system": "ICD10", "code": code}
        for place, code in enumerate(diagnoses, start=1)
    ]
    return activity, codes


def one_code(codes: CodeList) -> dict[str, str]:
    """A code of the list, as a record would carry it."""
    rule = min(codes.rules, key=lambda rule: ("exact", "prefix", "range").index(rule.match))
    return {
        "system": rule.system,
        "code": rule.code.partition("-")[0] if rule.match == "range" else rule.code,
    }


def _reading(number_, codes, day, value=None):
    told = {"date": date.fromisoformat(day), "value": value, "unit": codes.unit, "event_id": number_}
    return {**one_code(codes), **told}
