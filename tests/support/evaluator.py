"""What an expression means, in plain Python over rows in memory: written to be read, never to be fast.

The engines are proved equal to this. It follows the words of the language
and shares no code with the compiler.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from stewardship.people import answers as w
from stewardship.people import events as v
from stewardship.people import expressions as e
from stewardship.people.periods import Window
from stewardship.rules.scores.score import covers, points_of


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
    characteristics: list[dict] = field(default_factory=list)
    ethnic_group: str = "Not known"
    fifth: int | None = None


def answer(expression: e.Answer, who: Resident, on: date, last_day: date | None = None) -> bool:
    """Whether it holds for the resident on the date. Age is judged on their last day there."""
    match expression:
        case w.Everyone():
            return True
        case w.Aged(at_least, at_most):
            age = whole_years(who.birth_date, last_day or on)
            return age >= at_least and (at_most is None or age <= at_most)
        case w.OfSex(sex):
            return who.sex == sex
        case w.Has(codes, within):
            return any(in_list(r, codes) and is_inside(r["start"], within, on) for r in who.conditions)
        case w.Recorded(codes, within):
            return any(in_list(r, codes) and is_inside(r["date"], within, on) for r in who.observations)
        case w.InFifth(fifths):
            return who.fifth in fifths
        case w.OfEthnicGroup(groups):
            return who.ethnic_group in groups
        case w.InGroup(characteristics):
            return any(
                r["characteristic"] in characteristics and r["start"] <= on and (r["end"] or on) >= on
                for r in who.characteristics
            )
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
        case e.Weighted(parts):
            return sum(points for part, points in parts if answer(part, who, on, last_day))
        case e.Points(score, within, of):
            told = {(r["system"], r["code"]) for r, day in scored(of, who) if is_inside(day, within, on)}
            found = [g.name for g in score.groups if any(covers(c, *pair) for c in g.codes for pair in told)]
            return points_of(score, found)
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
        case e.Total(events, of, within):
            inside = [event for event in happened(events, who) if is_inside(day_of(event), within, on)]
            return sum(worth(event, of) for event in inside)
    raise AssertionError(quantity)


def worth(event: dict, of: str) -> int:
    """What an event adds to a total."""
    if of == "nights":
        return 0 if event.get("end") is None else (event["end"] - event["start"]).days
    column = {"cost": "cost_pence", "response minutes": "response_minutes"}.get(of)
    return 1 if column is None else event.get(column) or 0


def day_of(event: dict) -> date:
    """The day on which an event begins."""
    return event["start"] if "start" in event else event["date"]


def scored(of: e.Events | None, who: Resident) -> list[tuple[dict, date]]:
    """The records whose codes a score looks at, and the day of each."""
    match of:
        case None:
            return [(r, r["start"]) for r in who.conditions]
        case v.Prescriptions():
            return [(r, r["date"]) for r in who.medications]
    contacts = {a["activity_id"]: a["start"] for a in happened(of, who)}
    diagnoses = [r for r in who.activity_codes if r["kind"] == "diagnosis" and r["activity_id"] in contacts]
    return [(r, contacts[r["activity_id"]]) for r in diagnoses]


def happened(events: e.Events, who: Resident) -> list[dict]:
    """The events of the resident, as recorded."""
    match events:
        case v.Contacts(points, specialties, diagnosis, primary, traits):
            return [
                a
                for a in who.activities
                if (not points or a["point_of_delivery"] in points)
                and (not specialties or a["specialty"] in specialties)
                and (diagnosis is None or carries(a, diagnosis, primary, who))
                and has_traits(a, traits)
            ]
        case v.Followed(contacts, by, within_days, counted_from):
            after = happened(by, who)
            return [a for a in happened(contacts, who) if is_followed(a, after, within_days, counted_from)]
        case v.Procedures(codes):
            return [c for c in who.activity_codes if c["kind"] == "procedure" and in_list(c, codes)]
        case v.Prescriptions(codes):
            return [m for m in who.medications if codes is None or in_list(m, codes)]
        case v.Deaths(codes, places):
            if who.death is None or (codes is not None and not in_list(who.death, codes)):
                return []
            return [who.death] if not places or who.death.get("place") in places else []
    raise AssertionError(events)


def has_traits(activity: dict, traits: v.Traits) -> bool:
    """Whether a contact is as asked for; what is not known of it is not."""
    nights = None if activity.get("end") is None else (activity["end"] - activity["start"]).days
    return (
        (not traits.attendance or activity.get("attendance") == traits.attendance)
        and (not traits.departments or activity.get("department") in traits.departments)
        and (not traits.urgencies or activity.get("urgency") in traits.urgencies)
        and is_between(nights, traits.nights)
        and is_between(activity.get("minutes"), traits.minutes)
    )


def is_between(value: int | None, limits: v.Limits) -> bool:
    """Whether a number lies within limits; one that is not known does if there are none."""
    least, most = limits
    if limits == v.ANY:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def is_followed(contact: dict, after: list[dict], within_days: int, counted_from: str) -> bool:
    """Whether another of the events begins so soon after the contact."""
    since = contact.get(counted_from)
    others = [other for other in after if other is not contact]
    return since is not None and any(0 <= (day_of(o) - since).days <= within_days for o in others)


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
