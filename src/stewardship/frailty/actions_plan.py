"""Assessing, planning and reviewing: what was found by domain, plans of care and for emergencies, reviews held."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.authored import not_later, require
from stewardship.access.log import Actor
from stewardship.frailty.changing import added, author_of, locked_at
from stewardship.frailty.models import Assessment, EmergencyPlan, Entry, Plan, Review
from stewardship.frailty.words import FIVE, Domain, State
from stewardship.rules.frailty.intervals import Subject


@transaction.atomic
def record_assessment(
    *,
    entry_id: int,
    on: date,
    assessor: str,
    findings: Mapping[str, str],
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Assessment:
    """Record a comprehensive assessment. findings: by domain; it is complete once all five domains have some."""
    entry = locked_at(entry_id, seen_version, on=on, assessor=assessor, findings=dict(findings))
    not_later(on, now, "The person was assessed")
    said = {Domain(key).value: text.strip() for key, text in findings.items() if text.strip()}
    require(bool(said), "Write what was found, in at least one domain.")
    row = Assessment(
        entry=entry, on=on, assessor=assessor.strip(), findings=said, complete=set(FIVE) <= set(said),
        at=now, by=author_of(by),
    )  # fmt: skip
    return added(entry, row, "assessment recorded", by, now)


@transaction.atomic
def agree_plan(
    *,
    entry_id: int,
    agreed_on: date,
    matters: str,
    clinician: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    contingency: str = "",
    ceiling: str = "",
    place_of_care: str = "",
    place_of_death: str = "",
) -> Plan:
    """Agree a plan of care with the person; it takes the place of the one before, which stays as it was."""
    fields = {
        "agreed_on": agreed_on, "matters": matters, "clinician": clinician, "contingency": contingency,
        "ceiling": ceiling, "place_of_care": place_of_care, "place_of_death": place_of_death,
    }  # fmt: skip
    entry = locked_at(entry_id, seen_version, **fields)
    not_later(agreed_on, now, "The plan was agreed")
    require(bool(matters.strip()), "Write what matters to the person.")
    return added(
        entry, Plan(entry=entry, at=now, by=author_of(by), **_stripped(fields)), "plan agreed", by, now
    )


@transaction.atomic
def record_emergency_plan(
    *, entry_id: int, fields: Mapping[str, Any], by: Actor, seen_version: int, now: datetime
) -> EmergencyPlan:
    """Record a signed ReSPECT form. The one signed last counts, whenever it was recorded.

    fields: those of `EmergencyPlan`. Raises StaleError, and ValidationError in words.
    """
    entry = locked_at(entry_id, seen_version, **fields)
    not_later(fields.get("signed_on"), now, "The form was signed")
    for name, sentence in (
        ("reasons", "Write the reasons for the recommendations."),
        ("value", "Write what the person most values."),
        ("involvement", "Write how the person, or who for them, took part."),
    ):
        require(bool(str(fields.get(name, "")).strip()), sentence)
    row = EmergencyPlan(entry=entry, at=now, by=author_of(by), **_stripped(fields))
    return added(entry, row, "emergency plan recorded", by, now)


@transaction.atomic
def withdraw_emergency_plan(
    *,
    entry_id: int,
    plan_id: int,
    withdrawn_on: date,
    reason: str,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> EmergencyPlan:
    """A ReSPECT form does not hold any more. It stays, marked as withdrawn; the one signed before it counts again."""
    entry = locked_at(entry_id, seen_version, plan_id=plan_id, withdrawn_on=withdrawn_on, reason=reason)
    require(bool(reason.strip()), "Say why the form is withdrawn.")
    not_later(withdrawn_on, now, "The form was withdrawn")
    row = _emergency_plan(entry, plan_id)
    row.withdrawn_on, row.withdrawn_by, row.withdrawn_because = withdrawn_on, author_of(by), reason.strip()
    return added(entry, row, "emergency plan withdrawn", by, now)


@transaction.atomic
def confirm_emergency_plan(
    *, entry_id: int, plan_id: int, reviewed_on: date, by: Actor, seen_version: int, now: datetime
) -> EmergencyPlan:
    """Somebody looked at a ReSPECT form with the person, and it still holds."""
    entry = locked_at(entry_id, seen_version, plan_id=plan_id, reviewed_on=reviewed_on)
    not_later(reviewed_on, now, "The form was confirmed")
    row = _emergency_plan(entry, plan_id)
    require(reviewed_on >= row.signed_on, "The form cannot be confirmed before it was signed.")
    row.reviewed_on = reviewed_on
    return added(entry, row, "emergency plan confirmed", by, now)


@transaction.atomic
def record_review(
    *,
    entry_id: int,
    held_on: date,
    subjects: Sequence[str],
    face_to_face: bool,
    reviewer: str,
    outcome: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    note: str = "",
    next_on: date | None = None,
) -> Review:
    """Record a review that was held. subjects: what it looked at. next_on: a day agreed for the next, if sooner."""
    entry = locked_at(
        entry_id, seen_version, held_on=held_on, subjects=list(subjects), face_to_face=face_to_face,
        reviewer=reviewer, outcome=outcome, note=note, next_on=next_on,
    )  # fmt: skip
    require(
        entry.state == State.ON_REGISTER,
        f"Nobody is reviewed whose entry is {entry.get_state_display().lower()}.",
    )
    not_later(held_on, now, "The review was held")
    require(bool(subjects), "Choose what the review looked at.")
    require(
        set(subjects) <= {each.value for each in Subject}, "Choose what the review looked at from the list."
    )
    require(next_on is None or next_on > held_on, "The next review comes after this one. Correct the date.")
    row = Review(
        entry=entry, held_on=held_on, subjects=sorted(set(subjects)), face_to_face=face_to_face,
        reviewer=reviewer.strip(), outcome=outcome, note=note.strip(), next_on=next_on, at=now, by=author_of(by),
    )  # fmt: skip
    return added(entry, row, "review recorded", by, now)


def _emergency_plan(entry: Entry, plan_id: int) -> EmergencyPlan:
    row = EmergencyPlan.objects.filter(pk=plan_id, entry_id__in=entry.family(), withdrawn_on=None).first()
    if row is None:
        raise ValidationError("That form is withdrawn already, or is not of this entry.")
    return row


def _stripped(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
