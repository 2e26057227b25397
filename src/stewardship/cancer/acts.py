"""What can be done to a pathway from a page: each thing with its form, its words, and the one action it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms as django_forms
from django.contrib.auth import get_user_model
from django.db.models import Q

from stewardship.cancer import actions, doing, forms
from stewardship.cancer.doing import Told
from stewardship.cancer.forms_whose import WhoseInstead
from stewardship.cancer.models import TrackedPathway
from stewardship.cancer.scope import Viewer
from stewardship.cancer.words import CommentKind

Given = Mapping[str, Any]


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
        "owner_id": step.owner_id,
        "due_on": step.due_on,
        "action_id": step.pk,
    }


def form_of(
    act: Act, pathway: TrackedPathway, viewer: Viewer, typed: Given | None = None
) -> django_forms.Form:
    """The form of a thing to do, as it was typed or as the pathway stands. A step can be owed by somebody who works
    for the provider of the pathway, by whoever fills the form in, and by whoever owes one now.
    """
    form = act.form(typed) if typed is not None else act.form(initial=dict(act.initial(pathway)))
    owner = form.fields.get("owner_id")
    if isinstance(owner, django_forms.ChoiceField):
        owner.choices = [("", ""), *_colleagues(pathway, viewer)]
    return form


def _colleagues(pathway: TrackedPathway, viewer: Viewer) -> list[tuple[int, str]]:
    works_here = Q(holdings__organisation=pathway.provider, holdings__ended_at=None, authors__isnull=False)
    owes = Q(next_actions__pathway=pathway, next_actions__ended_at=None)
    found = get_user_model().objects.filter(works_here | owes | Q(pk=viewer.actor.member_id)).distinct()
    return sorted(((one.pk, str(one)) for one in found), key=lambda each: each[1])


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
        "Next step", "Save", "The next step is saved.", forms.NextStep, doing.next_step, initial=_open_step
    ),
    "another-step": Act(
        "Another step", "Add this step", "The step is added.", forms.NextStep, doing.next_step,
        "Several steps may be open at once; the earliest due is the next.",
    ),
    "comment": Act(
        "Add a comment", "Add the comment", "The comment is added.", forms.Comment, doing.comment,
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
        "Escalate", "Escalate", "It is escalated.", forms.Escalate, doing.escalate,
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
        doing.milestone, "What was there before stays in the history.",
        initial=lambda _pathway: {"left_empty": forms.STAYS},
    ),
    "told": Act(
        "Told that it is cancer", "Save", "The 28 days have ended.", forms.Told, _straight(actions.tell),
        "The day the person was told by somebody, not the day of the report, the meeting or a letter.",
        initial=lambda pathway: {"told_on": pathway.faster_diagnosis_end_on, "diagnosis": pathway.diagnosis},
    ),
    "treatment": Act(
        "Decision to treat, and treatment", "Save the treatment", "The treatment is saved.", forms.Treated,
        doing.treated,
        "Of the first treatment. What stands there now stays in the history; the next nightly file does not undo it.",
        initial=doing.first_treatment,
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
    "fit": Act("Record a FIT result", "Save the result", "The result is saved.", forms.Fit, doing.fit),
    "filter-test": Act(
        "Record a filter test", "Save the test", "The test is saved.", forms.FilterTest, doing.filter_test
    ),
    "harm-review-ask": Act(
        "Ask for the clinical harm review", "Ask for the review", "The review is asked for.", forms.Nothing,
        _straight(actions.ask_harm_review),
        "Everybody who waited over 104 days has one. They stay on the worklist until it is completed.",
    ),
    "harm-review": Act(
        "What the clinical harm review found", "Complete the review", "The review is completed.", forms.HarmFound,
        _straight(actions.complete_harm_review),
        "For somebody who waited over 104 days. Severe harm goes to the patient-safety process first.",
    ),
    "care-review": Act(
        "Cancer care review", "Save the review", "The review is saved.", forms.CareReviewed, doing.care_review
    ),
    "correct": Act(
        "Correct the dates", "Save the correction", "The correction is saved.", forms.Correct, doing.correct,
        "What stands there now stays in the history, with your reason. The next nightly file does not undo it.",
        initial=_facts,
    ),
    "meeting": Act(
        "The meeting’s list", "Save", "The meeting’s list is changed.", forms.Meeting, doing.meeting, initial=_wanted
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
    "another-person": Act(
        "The NHS number was wrong", "Save whose pathway it is", "The pathway is under the right person.",
        WhoseInstead, doing.another_person,
        "Only where the pathway came under another person’s number. Whose it was stays in the history; a letter that "
        "went out went to the wrong person, and has to be put right.",
    ),
    "put-back": Act(
        "Put back on the list", "Put back on the list", "The pathway is on the list again.", forms.PutBack,
        _straight(actions.put_back),
    ),
}  # fmt: skip
