"""What can be done to a pathway from a page: each thing with its form, its words, and the one action it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.db import transaction

from stewardship.access.log import Actor
from stewardship.cancer import actions, forms
from stewardship.cancer.models import TrackedPathway
from stewardship.cancer.words import CommentKind

Given = Mapping[str, Any]


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


Run = Callable[[Told, dict[str, Any]], object]
Initial = Callable[[TrackedPathway], Given]


def _nothing(_pathway: TrackedPathway) -> Given:
    return {}


@dataclass(frozen=True)
class Act:
    """One thing to do. button: a verb and its object. done: what is said afterwards. about: said above the form."""

    title: str
    button: str
    done: str
    form: type[django_forms.Form]
    run: Run
    about: str = ""
    initial: Initial = field(default=_nothing)


def _next_step(told: Told, given: dict[str, Any]) -> None:
    """The next step, and the comment that goes with it, together or not at all."""
    comment = given.pop("comment")
    given.pop("back", "")
    with transaction.atomic():
        actions.set_next_action(**told.named, **given)
        if comment:
            _comment(told, {"text": comment, "kind": CommentKind.TRACKING})


def _comment(told: Told, given: dict[str, Any]) -> None:
    actions.add_comment(pathway_id=told.pathway_id, by=told.by, now=told.now, **given)


def _escalate(told: Told, given: dict[str, Any]) -> None:
    actions.escalate(**told.named, **{**given, "level": int(given["level"])})


def _fit(told: Told, given: dict[str, Any]) -> None:
    comparator, tenths = given.pop("value")
    actions.record_fit(**told.named, comparator=comparator, micrograms_tenths=tenths, **given)


def _filter_test(told: Told, given: dict[str, Any]) -> None:
    abnormal = {"yes": True, "no": False}.get(given.pop("abnormal"))
    actions.record_filter_test(**told.named, abnormal=abnormal, **given)


def _care_review(told: Told, given: dict[str, Any]) -> None:
    actions.record_care_review(**told.named, **{**given, "months": int(given["months"])})


def _correct(told: Told, given: dict[str, Any]) -> None:
    reason = given.pop("reason")
    now = TrackedPathway.objects.get(pk=told.pathway_id)
    fields = {name: value for name, value in given.items() if getattr(now, name) != value}
    actions.correct_pathway(**told.named, fields=fields, reason=reason)


def _meeting(told: Told, given: dict[str, Any]) -> None:
    actions.mark_for_meeting(**told.named, wanted=given["wanted"] == "yes")


def _straight(action: Callable[..., object]) -> Run:
    """An action whose names are the form's own."""

    def run(told: Told, given: dict[str, Any]) -> object:
        return action(**told.named, **given)

    return run


def _open_step(pathway: TrackedPathway) -> Given:
    """The first step that is still to be done, to be changed."""
    step = pathway.actions.filter(ended_at=None).order_by("due_on", "pk").first()
    if step is None:
        return {}
    return {
        "verb": step.verb,
        "specific": step.specific,
        "owner_group": step.owner_group,
        "due_on": step.due_on,
        "action_id": step.pk,
    }


def _facts(pathway: TrackedPathway) -> Given:
    return {name: getattr(pathway, name) for name in forms.Correct.base_fields if name != "reason"}


def _sent(pathway: TrackedPathway) -> Given:
    return {
        "patient_told_on": pathway.triage_patient_told_on,
        "practice_told_on": pathway.triage_practice_told_on,
    }


def _triaged(pathway: TrackedPathway) -> Given:
    return {"outcome": pathway.triage_outcome, "decided_on": pathway.triage_outcome_on}


def _wanted(pathway: TrackedPathway) -> Given:
    return {"wanted": "no" if pathway.for_meeting else "yes"}


TRACKING: dict[str, Act] = {
    "next-step": Act(
        "Next step", "Save", "The next step is saved.", forms.NextStep, _next_step, initial=_open_step
    ),
    "another-step": Act(
        "Another step", "Add this step", "The step is added.", forms.NextStep, _next_step,
        "Several steps may be open at once; the earliest due is the next.",
    ),
    "comment": Act(
        "Add a comment", "Add the comment", "The comment is added.", forms.Comment, _comment,
        "A comment is added to the record and cannot be changed later.",
        initial=lambda _pathway: {"kind": CommentKind.TRACKING.value},
    ),
    "step-done": Act(
        "Step done", "Save", "The step is done.", forms.Done, _straight(actions.complete_action),
        initial=lambda pathway: {"action_id": _open_step(pathway).get("action_id")},
    ),
    "step-dropped": Act(
        "Step not needed", "Drop the step", "The step is dropped.", forms.Drop,
        _straight(actions.drop_action),
        initial=lambda pathway: {"action_id": _open_step(pathway).get("action_id")},
    ),
    "delay": Act(
        "Give the reason for a delay", "Save the reason", "The reason is saved.", forms.Delay,
        _straight(actions.give_delay_reason), "Reasons given before are kept; the last one counts.",
    ),
    "escalate": Act(
        "Escalate", "Escalate", "It is escalated.", forms.Escalate, _escalate,
        "Level 1 answers within a working day, level 3 on the same day, level 5 at once.",
    ),
    "answer": Act(
        "Answer an escalation", "Save the answer", "The answer is saved.", forms.Answer,
        _straight(actions.answer_escalation),
        initial=lambda pathway: {
            "escalation_id": getattr(pathway.escalations.filter(answered_at=None).first(), "pk", None)
        },
    ),
    "milestone": Act(
        "Record what happened or is booked", "Save the milestone", "The milestone is saved.", forms.Milestone,
        _straight(actions.record_milestone),
        "The dates given stand from now on; what was there before stays in the history.",
    ),
    "transfer": Act(
        "Transfer to another provider", "Ask for the transfer", "The transfer is asked for.", forms.PlanTransfer,
        _straight(actions.plan_transfer),
    ),
    "transfer-received": Act(
        "Transfer received", "Save", "The transfer is received.", forms.ReceiveTransfer,
        _straight(actions.receive_transfer),
        initial=lambda pathway: {
            "transfer_id": getattr(pathway.transfers.filter(received_on=None).first(), "pk", None)
        },
    ),
    "triage": Act(
        "Outcome of teledermatology", "Save the outcome", "The outcome is saved.", forms.Triage,
        _straight(actions.record_triage_outcome), initial=_triaged,
    ),
    "triage-sent": Act(
        "Outcome sent", "Save", "The outcome is sent.", forms.TriageSent,
        _straight(actions.send_triage_outcome), initial=_sent,
    ),
    "fit": Act("Record a FIT result", "Save the result", "The result is saved.", forms.Fit, _fit),
    "filter-test": Act(
        "Record a filter test", "Save the test", "The test is saved.", forms.FilterTest, _filter_test
    ),
    "harm-review": Act(
        "Clinical harm review", "Complete the review", "The review is completed.", forms.HarmFound,
        _straight(actions.complete_harm_review),
        "For somebody who waited over 104 days. Severe harm goes to the patient-safety process first.",
    ),
    "care-review": Act(
        "Cancer care review", "Save the review", "The review is saved.", forms.CareReviewed, _care_review
    ),
    "correct": Act(
        "Correct the dates", "Save the correction", "The correction is saved.", forms.Correct, _correct,
        "What stands there now stays in the history, with your reason. The next nightly file does not undo it.",
        initial=_facts,
    ),
    "meeting": Act(
        "The meeting’s list", "Save", "The meeting’s list is changed.", forms.Meeting, _meeting, initial=_wanted
    ),
}  # fmt: skip
LEAVING: dict[str, Act] = {
    "rule-out": Act(
        "Cancer is ruled out", "Save, and make the letters", "Cancer is ruled out. The letters are made.",
        forms.RuleOut, _straight(actions.rule_out),
        "First tell the person. A letter that was sent is not somebody told, unless that was agreed with them.",
    ),
    "remove": Act(
        "Take off the list", "Take off the list", "The pathway is off the list.", forms.Remove,
        _straight(actions.remove), "For every reason but ruling out. Who vanished from the file needs one too.",
    ),
    "found-again": Act(
        "Not in the file, and still waiting", "Keep on the list", "The pathway stays on the list.", forms.FoundAgain,
        _straight(actions.found_again), "For somebody who vanished from the nightly file and is still on the pathway.",
    ),
    "put-back": Act(
        "Put back on the list", "Put back on the list", "The pathway is on the list again.", forms.PutBack,
        _straight(actions.put_back),
    ),
}  # fmt: skip
