"""From what a form says to the one action that does it, told which pathway, by whom, from which version and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from stewardship.access.log import Actor
from stewardship.cancer import actions, forms
from stewardship.cancer.changing import day_of
from stewardship.cancer.forms_whose import person_typed
from stewardship.cancer.models import MilestoneEvent, NextAction, TrackedPathway
from stewardship.cancer.words import CommentKind


@dataclass(frozen=True)
class Told:
    """What an action has to be told beside what was typed: which pathway, by whom, from which version, and when."""

    pathway_id: int
    by: Actor
    seen_version: int
    now: datetime

    @property
    def named(self) -> dict[str, Any]:
        """As the actions name it."""
        return {
            "pathway_id": self.pathway_id,
            "by": self.by,
            "seen_version": self.seen_version,
            "now": self.now,
        }


UNASKED = (
    "details",
    "organisation",
    "delay",
    "delay_comment",
    "reply",
)  # of a step; the form leaves them as they are


def next_step(told: Told, given: dict[str, Any]) -> None:
    """The next step, and the comment that goes with it, together or not at all."""
    said = given.pop("comment")
    given.pop("back", "")
    given["owner_id"] = int(given["owner_id"]) if given["owner_id"] else None
    held = (
        NextAction.objects.filter(pk=given["action_id"], pathway_id=told.pathway_id).values(*UNASKED).first()
    )
    with transaction.atomic():
        actions.set_next_action(**told.named, **(held or {}), **given)
        if said:
            comment(told, {"text": said, "kind": CommentKind.TRACKING})


def comment(told: Told, given: dict[str, Any]) -> None:
    """A comment, which needs no version."""
    actions.add_comment(pathway_id=told.pathway_id, by=told.by, now=told.now, **given)


def escalate(told: Told, given: dict[str, Any]) -> None:
    """Somebody above is told."""
    actions.escalate(**told.named, **{**given, "level": int(given["level"])})


def fit(told: Told, given: dict[str, Any]) -> None:
    """A FIT result, in tenths of a microgram."""
    comparator, tenths = given.pop("value")
    actions.record_fit(**told.named, comparator=comparator, micrograms_tenths=tenths, **given)


def filter_test(told: Told, given: dict[str, Any]) -> None:
    """A filter test, normal or abnormal or neither."""
    abnormal = {"yes": True, "no": False}.get(given.pop("abnormal"))
    actions.record_filter_test(**told.named, abnormal=abnormal, **given)


def care_review(told: Told, given: dict[str, Any]) -> None:
    """What became of a care review."""
    actions.record_care_review(**told.named, **{**given, "months": int(given["months"])})


def another_person(told: Told, given: dict[str, Any]) -> None:
    """The pathway is somebody else’s than its number said."""
    person = person_typed(given, day_of(told.now))
    actions.correct_person(**told.named, person=person, reason=given["reason"])


def correct(told: Told, given: dict[str, Any]) -> None:
    """The facts of the pathway that differ from what stands there."""
    reason = given.pop("reason")
    now = TrackedPathway.objects.get(pk=told.pathway_id)
    fields = {name: value for name, value in given.items() if getattr(now, name) != value}
    actions.correct_pathway(**told.named, fields=fields, reason=reason)


def milestone(told: Told, given: dict[str, Any]) -> None:
    """What is left empty stays as it was recorded, unless it is to be taken away."""
    stays = given.pop("left_empty") != "goes"
    held = MilestoneEvent.objects.filter(pathway_id=told.pathway_id, code=given["code"]).first()
    if held is not None:
        kept = ("provider", *(MILESTONE_DATES if stays else ()), *(("test",) if stays else ()))
        given = {**given, **{name: getattr(held, name) for name in kept if not given.get(name)}}
    actions.record_milestone(**told.named, **given)


MILESTONE_DATES = ("requested_on", "booked_on", "done_on", "reported_on")


def treated(told: Told, given: dict[str, Any]) -> None:
    """The first treatment: what differs from what is recorded."""
    reason = given.pop("reason")
    now = first_treatment(TrackedPathway.objects.get(pk=told.pathway_id))
    fields = {name: value for name, value in given.items() if now.get(name, value or None) != value}
    fields |= {name: value for name, value in given.items() if value and name not in now}
    actions.correct_treatment(**told.named, number=1, fields=fields, reason=reason)


def first_treatment(pathway: TrackedPathway) -> dict[str, Any]:
    """What is recorded of the first treatment, by the names of its form; nothing where there is none."""
    names = [name for name in forms.Treated.base_fields if name != "reason"]
    return pathway.treatments.filter(number=1).values(*names).first() or {}


def meeting(told: Told, given: dict[str, Any]) -> None:
    """Onto the meeting’s list, or off it."""
    actions.mark_for_meeting(**told.named, wanted=given["wanted"] == "yes")
