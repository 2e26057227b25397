"""Invented residents drawn as text, one record a line, and what a measure of a care area makes of them.

    born 1960-07-01 male
    has SEVERE_MENTAL_ILLNESS 2019-01-01
    read HBA1C 2025-05-01 42
    item STATIN 2025-09-01
    in emergency_admission 2025-09-01 to 2025-09-04 first SELF_HARM then DIABETES
    in outpatient 2025-10-01 specialty 330 attendance follow-up
    done CATARACT_SURGERY 2025-09-01
    is learning disability since 2020-01-01
    died 2026-01-01 of SUICIDE

Capitals are lists of the vocabulary. What general practice records carries the first SNOMED CT code of its list, where
it has any; everything else the first code of its list that is whole. Digits are a code of SNOMED CT.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from stewardship.care_areas import vocabulary
from stewardship.measures.measure import Measure
from stewardship.people.code_lists import CodeList
from support.evaluator import Resident, answer, number

Record = dict[str, Any]
WORTH = {"specialty": str, "attendance": str, "department": str, "minutes": int}


def drawn(text: str) -> Resident:
    """The resident that the lines draw; born on 1 July 1960 unless they say otherwise."""
    who = Resident(birth_date=date(1960, 7, 1))
    for event_id, line in enumerate(line for line in text.splitlines() if line.strip()):
        kind, *words = line.split()
        READ[kind](who, event_id, words)
    return who


def counts(measure: Measure, text: str, on: date) -> tuple[float, float]:
    """What the resident adds to the measure's denominator and to its numerator, in the year that ends on a date.

    The denominator is 0 or 1 of people, and of a measure of events their number.
    """
    who = drawn(text)
    last_day = min(on, who.death["date"]) if who.death else on
    if not answer(measure.who, who, on, last_day):
        return 0, 0
    over = 1 if measure.over is None else number(measure.over, who, on, last_day)
    if measure.statistic == "proportion":
        return over, int(answer(measure.numerator, who, on, last_day))
    return over, 1 if measure.numerator is None else number(measure.numerator, who, on, last_day)


def code_of(name: str, system: str = "") -> Record:
    """A code of the list as a record would carry it, of the system if the list has any of it."""
    if name.isdigit():
        return {"system": "SNOMED", "code": name}
    codes: CodeList = getattr(vocabulary, name)
    of_system = [rule for rule in codes.rules if rule.system == system] or list(codes.rules)
    rule = next((rule for rule in of_system if rule.match != "range"), of_system[0])
    return {"system": rule.system, "code": rule.code.partition("-")[0]}


def _born(who: Resident, _: int, words: list[str]) -> None:
    who.birth_date = date.fromisoformat(words[0])
    who.sex = words[1] if len(words) > 1 else who.sex


def _has(who: Resident, event_id: int, words: list[str]) -> None:
    about = {"start": date.fromisoformat(words[1]), "event_id": event_id}
    who.conditions.append({**code_of(words[0], "SNOMED"), **about})


def _read(who: Resident, event_id: int, words: list[str]) -> None:
    value = float(words[2]) if len(words) > 2 else None
    unit = getattr(vocabulary, words[0]).unit or None
    about = {"date": date.fromisoformat(words[1]), "value": value, "unit": unit, "event_id": event_id}
    who.observations.append({**code_of(words[0], "SNOMED"), **about})


def _item(who: Resident, event_id: int, words: list[str]) -> None:
    about = {"date": date.fromisoformat(words[1]), "cost_pence": None, "event_id": event_id}
    who.medications.append({**code_of(words[0]), **about})


def _in(who: Resident, event_id: int, words: list[str]) -> None:
    start = date.fromisoformat(words[1])
    contact: Record = {
        "activity_id": event_id, "point_of_delivery": words[0], "start": start, "end": start, "specialty": None,
        "cost_pence": None,
    }  # fmt: skip
    for word, value in zip(words[2::2], words[3::2], strict=True):
        if word == "to":
            contact["end"] = date.fromisoformat(value)
        elif word in WORTH:
            contact[word] = WORTH[word](value)
        else:
            position = {"first": 1, "then": 2}[word]
            of_contact = {"kind": "diagnosis", "activity_id": event_id, "position": position, "date": start}
            who.activity_codes.append({**code_of(value), **of_contact})
    who.activities.append(contact)


def _done(who: Resident, event_id: int, words: list[str]) -> None:
    about = {
        "kind": "procedure",
        "activity_id": event_id,
        "position": 1,
        "date": date.fromisoformat(words[1]),
    }
    who.activity_codes.append({**code_of(words[0]), **about})


def _is(who: Resident, _: int, words: list[str]) -> None:
    *name, _since, day = words
    who.characteristics.append(
        {"characteristic": " ".join(name), "start": date.fromisoformat(day), "end": None}
    )


def _died(who: Resident, _: int, words: list[str]) -> None:
    cause = code_of(words[2]) if len(words) > 2 else {"system": None, "code": None}
    who.death = {**cause, "date": date.fromisoformat(words[0])}


READ = {
    "born": _born,
    "has": _has,
    "read": _read,
    "item": _item,
    "in": _in,
    "done": _done,
    "is": _is,
    "died": _died,
}


def numbered(measures: Iterator[tuple[str, Measure]] | list[tuple[str, Measure]]) -> dict[str, Measure]:
    """The measures that have a number in the reference list, by it."""
    return {measure.id: measure for _, measure in measures if measure.id}
