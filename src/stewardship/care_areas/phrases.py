"""Phrases that care areas share: measures that mean the same of whichever people.

of: whom it is about, as they stand in the measure's name, such as "people with diabetes". who_in_words: who that is to
the letter, where the name is shorter. Whatever else a measure's card says is passed on.
"""

from typing import Any

from stewardship.care_areas.vocabulary import ALL_CARE, EMERGENCY_ADMISSIONS
from stewardship.measures.measure import (
    Better,
    Measure,
    cost,
    cost_a_person,
    events_counted,
    programme_budget,
    published,
    rate,
)
from stewardship.people.expressions import Answer
from stewardship.people.language import aged, contacts, deaths

EVERY_COST = "the cost of every contact, stay and item"


def cost_of_all_care(*, of: str, who: Answer, who_in_words: str = "", **card: Any) -> Measure:
    """What all care of some people cost, whatever it was for."""
    return cost(
        f"Cost of all care of {of}",
        of=ALL_CARE,
        who=who,
        who_in_words=who_in_words or of,
        numerator_in_words=EVERY_COST,
        **card,
    )


def cost_of_all_care_for_each(one: str, *, who: Answer, who_in_words: str, **card: Any) -> Measure:
    """The same for each of them; one: a single one of them, such as "person with diabetes"."""
    return cost_a_person(
        f"Cost of all care for each {one}",
        of=ALL_CARE,
        who=who,
        who_in_words=who_in_words,
        numerator_in_words=EVERY_COST,
        **card,
    )


def spending_by_ledgers(name: str, programme: str, *, on: str) -> Measure:
    """What organisations' ledgers say was spent on a programme; on: what it is for."""
    return programme_budget(
        name,
        programme,
        numerator_in_words=f"spending on {on}",
        source=f"Programme budgeting category {programme.lstrip('0')}, as the organisations' ledgers have it",
    )


def emergency_admissions(*, of: str, who: Answer, who_in_words: str = "", **card: Any) -> Measure:
    """How often some people were admitted in emergency, whatever the reason."""
    return events_counted(
        f"Emergency admissions of {of}",
        events=EMERGENCY_ADMISSIONS,
        unit="admissions",
        who=who,
        who_in_words=who_in_words or of,
        numerator_in_words="emergency admissions for any reason",
        **card,
    )


def emergency_admissions_per_1000(of: str, *, who: Answer, **card: Any) -> Measure:
    """The same for each 1,000 of them."""
    return rate(
        f"Emergency admissions, per 1,000 {of}",
        events=EMERGENCY_ADMISSIONS,
        repeats=True,
        better="lower",
        who=who,
        who_in_words=of,
        numerator_in_words="emergency admissions for any reason",
        **card,
    )


def gp_appointments_per_1000(of: str, **card: Any) -> Measure:
    """Appointments with GP practices."""
    return _contacts("GP appointments", "gp_appointment", of, "GP practice appointments", **card)


def community_contacts_per_1000(
    of: str, *, counting: str = "contacts of community services", **card: Any
) -> Measure:
    """Contacts of community services; counting: which these are, in words."""
    return _contacts("Community contacts", "community", of, counting, **card)


def outpatient_attendances_per_1000(of: str, **card: Any) -> Measure:
    """Attendances at outpatient clinics of any specialty."""
    return _contacts(
        "Outpatient attendances", "outpatient", of, "outpatient attendances in any specialty", **card
    )


def emergency_department_attendances_per_1000(of: str, **card: Any) -> Measure:
    """Attendances at emergency departments."""
    counting = "emergency department attendances"
    name = "Emergency department attendances"
    return _contacts(name, "emergency_department", of, counting, better="lower", **card)


def _contacts(
    name: str,
    kind: str,
    of: str,
    counting: str,
    *,
    who: Answer,
    who_in_words: str = "",
    better: Better = "neither",
) -> Measure:
    return rate(
        f"{name}, per 1,000 {of}",
        events=contacts(point_of_delivery=kind),
        repeats=True,
        better=better,
        who=who,
        who_in_words=who_in_words or of,
        numerator_in_words=counting,
    )


def deaths_of(of: str, *, who: Answer, better: Better, who_in_words: str = "") -> Measure:
    """How many of some people died in the year, whatever the cause."""
    return _deaths(f"Deaths of {of}, per 1,000", who, who_in_words or of, better)


def deaths_under_75_of(of: str, *, who: Answer, who_in_words: str = "") -> Measure:
    """How many of those under 75 died in the year, whatever the cause."""
    return _deaths(
        f"Deaths under 75 of {of}, per 1,000", who & aged(0, 74), f"{who_in_words or of} under 75", "lower"
    )


def _deaths(name: str, who: Answer, who_in_words: str, better: Better) -> Measure:
    return rate(
        name,
        events=deaths(),
        who=who,
        who_in_words=who_in_words,
        better=better,
        numerator_in_words="deaths from any cause",
    )


def waiting_under_18_weeks(specialty: str, *, treatment_function: str, **card: Any) -> Measure:
    """The published share of people on the list of a specialty who have waited less than 18 weeks."""
    return published(
        f"Waiting under 18 weeks, {specialty}",
        figure=f"RTT:{treatment_function} within 18 weeks",
        unit="%",
        better="higher",
        numerator_in_words="people who have waited less than 18 weeks",
        source="NHS England, consultant-led referral to treatment waiting times",
        **card,
    )
