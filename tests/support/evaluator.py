"""What an expression means, in plain Python over rows in memory: written to be read, never to be fast.

The engines are proved equal to this. It follows the words of the language
and shares no code with the compiler.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from stewardship.people import expressions as e
from stewardship.people.periods import Window


@dataclass
class Resident:
    """Everything recorded of one resident; each record is a dict with the columns of its canonical table."""

    birth_date: date
    sex: str = "female"
    conditions: list[dict] = field(default_factory=list)
    observations: list[dict] = field(default_factory=list)
    medications: list[dict] = field(default_factory=list)
    activities: list[dict] = field(default_factory=list)
    activity_codes: list[dict] = field(default_factory=list)
    death: dict | None = None
    registrations: list[dict] = field(default_factory=list)


def answer(expression: e.Answer, who: Resident, on: date, last_day: date | None = None) -> bool:
    """Whether it holds for the resident on the date. Age is judged on their last day there."""
    match expression:
        case e.Everyone():
            return True
        case e.Aged(at_least, at_most):
            age = whole_years(who.birth_date, last_day or on)
            return age >= at_least and (at_most is None or age <= at_most)
        case e.OfSex(sex):
            return who.sex == sex
        case e.Has(codes, within):
            return any(in_list(r, codes) and is_inside(r["start"], within, on) for r in who.conditions)
        case e.Recorded(codes, within):
            return any(in_list(r, codes) and is_inside(r["date"], within, on) for r in who.observations)
        case e.Both(left, right):
            return answer(left, who, on, last_day) and answer(right, who, on, last_day)
        case e.Either(left, right):
            return answer(left, who, on, last_day) or answer(right, who, on, last_day)
        case e.Not(part):
            return not answer(part, who, on, last_day)
        case e.Known(quantity):
            return number(quantity, who, on, last_day) is not None
        case e.Between(quantity, at_least, at_most):
            value = number(quantity, who, on, last_day)
            if value is None:
                return False
            return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
    raise AssertionError(expression)


def number(quantity: e.Quantity, who: Resident, on: date, last_day: date | None = None) -> float | None:
    """The number on the date; None if the resident has none."""
    match quantity:
        case e.Counted(answers):
            return sum(answer(a, who, on, last_day) for a in answers)
        case e.Latest(codes, within):
            readings = [
                (r["date"], r["value"], r["event_id"])
                for r in who.observations
                if in_list(r, codes) and r["value"] is not None and r["unit"] == codes.unit
                and is_inside(r["date"], within, on)
            ]  # fmt: skip
            return max(readings)[1] if readings else None
        case e.Sum(totals):
            return sum(number(total, who, on) for total in totals)
        case e.Total(events, "count", within):
            return sum(is_inside(day, within, on) for day, _ in happened(events, who))
        case e.Total(events, "cost", within):
            return sum(pence or 0 for day, pence in happened(events, who) if is_inside(day, within, on))
    raise AssertionError(quantity)


def happened(events: e.Events, who: Resident) -> list[tuple[date, int | None]]:
    """The events of the resident: day and cost in pence."""
    match events:
        case e.Contacts(points, specialties, diagnosis, primary):
            return [
                (a["start"], a["cost_pence"])
                for a in who.activities
                if (not points or a["point_of_delivery"] in points)
                and (not specialties or a["specialty"] in specialties)
                and (diagnosis is None or carries(a, diagnosis, primary, who))
            ]
        case e.Procedures(codes):
            return [
                (c["date"], 0) for c in who.activity_codes if c["kind"] == "procedure" and in_list(c, codes)
            ]
        case e.Prescriptions(codes):
            return [
                (m["date"], m["cost_pence"]) for m in who.medications if codes is None or in_list(m, codes)
            ]
        case e.Deaths(codes):
            if who.death is None or (codes is not None and not in_list(who.death, codes)):
                return []
            return [(who.death["date"], 0)]
    raise AssertionError(events)


def carries(activity: dict, diagnosis: e.CodeList, primary: bool, who: Resident) -> bool:
    """Whether a contact carries a diagnosis of the list, in first position if primary."""
    return any(
        c["kind"] == "diagnosis" and c["activity_id"] == activity["activity_id"] and in_list(c, diagnosis)
        and (not primary or c["position"] == 1)
        for c in who.activity_codes
    )  # fmt: skip


def in_list(record: dict, codes: e.CodeList) -> bool:
    """Whether the record's code is in the list."""
    return record["code"] is not None and codes.covers(record["system"], record["code"])


def is_inside(day: date, within: Window, on: date) -> bool:
    """Whether a day lies in the window that closes on the date."""
    if day > date_months_earlier(on, within.ending):
        return False
    if within.months is None:
        return True
    opens = date_months_earlier(on, within.months)
    return day >= opens + timedelta(days=1)


def date_months_earlier(on: date, months: int) -> date:
    """The same day of an earlier month, or the last day of that month."""
    total = on.year * 12 + (on.month - 1) - months
    day = on.day
    while True:
        try:
            return date(total // 12, total % 12 + 1, day)
        except ValueError:
            day -= 1


def last_day_there(who: Resident, first: date, last: date) -> date | None:
    """The last day of the year on which the resident was alive and registered; None if there was none."""
    days = [
        day
        for spell in who.registrations
        if (day := min(last, spell.get("end") or last, who.death["date"] if who.death else last)) >= first
        and spell["start"] <= day
    ]
    return max((day for day in days if day >= who.birth_date), default=None)


def whole_years(born: date, on: date) -> int:
    """Age in whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
