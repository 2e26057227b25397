"""What the records lack for facts of contacts and stays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from stewardship.measures.fact import Fact
from stewardship.measures.lacking import (
    SENT,
    about,
    in_other_systems,
    rows_of,
    unsent,
    without_column,
    without_cost,
)
from stewardship.measures.lacks import Effort, Lack
from stewardship.people.events import ANY
from stewardship.people.language import ADMISSIONS
from stewardship.people.said import in_sentence
from stewardship.records.model import POINTS_OF_DELIVERY
from stewardship.records.opened import Records

# what a trait of contacts is read from: column of activity, and its name in words
_TRAITS = {
    "attendance": "whether they were first attendances",
    "department": "the type of department",
    "urgency": "how urgent they were",
    "end": "the day on which they ended",
    "minutes": "the minutes from arrival to departure",
    "response_minutes": "the minutes until help came",
}


def lacks_of_contacts(records: Records, fact: Fact) -> list[Lack]:
    """Everything that contacts of a fact lack: their kind, how stays began, their traits, diagnoses and costs."""
    if not records.activity_kinds:
        return [unsent("activity")]
    kinds = [
        kind
        for kind in records.activity_kinds
        if (not fact.points_of_delivery or kind["point_of_delivery"] in fact.points_of_delivery)
        and (not fact.specialties or kind["specialty"] in fact.specialties)
    ]
    what = _kinds_in_words(fact)
    if not kinds:
        reason = f"no {what} were found in the contacts and stays sent"
        return [Lack(reason, f"Sending {what}", Effort.TABLE, rows_of("activity"), "activity")]
    return [
        *_unclassified_stays(records, fact),
        *_lacks_of_traits(records, fact, what),
        *_lacks_of_diagnoses(records, fact),
        *(_lacks_of_costs(records, kinds, what) if fact.gives == "cost" else []),
    ]


def _lacks_of_costs(records: Records, kinds: Sequence[Mapping[str, Any]], what: str) -> list[Lack]:
    rows, costed = sum(kind["rows"] for kind in kinds), sum(kind["costed"] for kind in kinds)
    lacking = without_cost(rows, costed, what, "activity")
    if lacking and not any(kind["costed"] for kind in records.activity_kinds):
        return [replace(lacking[0], unlock=f"Sending costs with {SENT['activity']}")]
    return lacking


def _lacks_of_traits(records: Records, fact: Fact, what: str) -> list[Lack]:
    """What is not known of most contacts cannot be asked of them."""
    columns = _columns_asked(fact)
    if not columns:
        return []
    known = records.known_in("activity", columns, fact.points_of_delivery)
    return [
        without_column("activity", column, _TRAITS[column], what)
        for column in columns
        if 10 * known[column] < 9 * known["rows"]
    ]


def _lacks_of_diagnoses(records: Records, fact: Fact) -> list[Lack]:
    diagnoses = records.uses_in("activity_code")
    if (fact.codes or fact.score) and not diagnoses:
        return [unsent("activity_code")]
    if fact.codes and (elsewhere := in_other_systems(fact.codes, "activity_code", diagnoses)):
        return elsewhere
    if fact.primary and not any(use.valued for use in diagnoses):
        return [
            Lack(
                "it was not sent which diagnosis of a contact is the primary one",
                "Sending which diagnosis of a contact is the primary one",
                Effort.COLUMN,
                "Column position of activity_code: 1 for the primary diagnosis.",
                "activity_code",
            )
        ]
    return []


def _unclassified_stays(records: Records, fact: Fact) -> list[Lack]:
    """Where more than a twentieth of stays do not tell how they began, no kind of stay can be counted."""
    rows = dict.fromkeys(ADMISSIONS, 0)
    for kind in records.activity_kinds:
        if kind["point_of_delivery"] in rows:
            rows[kind["point_of_delivery"]] += kind["rows"]
    stays, untold = sum(rows.values()), rows["unclassified_admission"]
    asked = set(fact.points_of_delivery)
    if asked.isdisjoint(ADMISSIONS) or "unclassified_admission" in asked or 20 * untold <= stays:
        return []
    return [
        Lack(
            f"{about(untold)} of {about(stays)} hospital stays do not tell whether they were emergencies",
            "Sending how each hospital stay began",
            Effort.COLUMN,
            "Column admission_method of activity: the admission method of the NHS data dictionary.",
            "activity",
        )
    ]


def _columns_asked(fact: Fact) -> list[str]:
    """The columns of contacts that are asked for beside their kind."""
    traits = fact.traits
    stays = fact.gives == "nights" or traits.nights != ANY
    until = fact.followed is not None and fact.followed.counted_from == "end"
    asked = {
        "attendance": bool(traits.attendance),
        "department": bool(traits.departments),
        "urgency": bool(traits.urgencies),
        "end": stays or until,
        "minutes": traits.minutes != ANY,
        "response_minutes": fact.gives == "response minutes",
    }
    return [column for column, wanted in asked.items() if wanted]


def _kinds_in_words(fact: Fact) -> str:
    if fact.specialties:
        return f"contacts in treatment functions {', '.join(fact.specialties)}"
    if not fact.points_of_delivery:
        return "contacts or stays"
    if set(fact.points_of_delivery) >= set(ADMISSIONS):
        return "hospital stays"
    return " or ".join(map(_several, fact.points_of_delivery))


def _several(point_of_delivery: str) -> str:
    title = in_sentence(POINTS_OF_DELIVERY[point_of_delivery])
    if title == "social care":
        return "contacts with social care"
    noun, of, rest = title.partition(" of ")
    return f"{noun}s{of}{rest}"
