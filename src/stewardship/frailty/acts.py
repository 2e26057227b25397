"""What can be done to an entry from a page: each thing with its form, its words, and the one action it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms as django_forms

from stewardship.access.log import Actor
from stewardship.frailty import actions_care as care
from stewardship.frailty import actions_entry as entries
from stewardship.frailty import actions_merge as merging
from stewardship.frailty import actions_plan as plans
from stewardship.frailty import actions_work as work
from stewardship.frailty import forms, forms_care, forms_plan
from stewardship.frailty.actions_medicines import record_medicines_check
from stewardship.frailty.forms_medicines import MedicinesChecked
from stewardship.frailty.models import Carer, Contact, Entry, Service
from stewardship.frailty.words import Condition, Domain
from stewardship.permissions import CONFIRM_CANDIDATES, MERGE_ENTRIES, WORK_ON_REGISTER, Permission

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """What an action has to be told beside what was typed: which entry, by whom, from which version, and when.

    born: the person's date of birth, where it is known who they are; scores are judged by age.
    """

    entry_id: int
    by: Actor
    seen_version: int
    now: datetime
    born: date | None = None

    @property
    def added(self) -> dict[str, Any]:
        """As actions name it that only add."""
        return {"entry_id": self.entry_id, "by": self.by, "now": self.now}

    @property
    def changed(self) -> dict[str, Any]:
        """As actions name it that change what is there."""
        return {**self.added, "seen_version": self.seen_version}


Run = Callable[[Told, dict[str, Any]], object]
Initial = Callable[[Entry, int | None], Given]


@dataclass(frozen=True)
class Act:
    """One thing to do. button: a verb and its object. done: what is said afterwards. about: said above the form.

    initial: what the form holds at first, of the entry and of the row that is to be changed.
    """

    title: str
    button: str
    done: str
    form: type[django_forms.Form]
    run: Run
    about: str = ""
    initial: Initial = lambda _entry, _row: {}
    needs: Permission = WORK_ON_REGISTER


def form_of(act: Act, entry: Entry, row: int | None, typed: Given | None = None) -> django_forms.Form:
    """The form of a thing to do, as it was typed, or as the entry stands."""
    return act.form(typed) if typed is not None else act.form(initial=dict(act.initial(entry, row)))


def _changes(action: Callable[..., object]) -> Run:
    """An action whose names are the form's own."""
    return lambda told, given: action(**told.changed, **given)


def _adds(action: Callable[..., object]) -> Run:
    return lambda told, given: action(**told.added, **given)


def _confirm(told: Told, given: dict[str, Any]) -> None:
    chosen = {name: given.pop(name) for name in Condition.values}
    held = {name: "" if degree == "yes" else degree for name, degree in chosen.items() if degree}
    entries.confirm(**told.changed, conditions=held, **given)


def _review(told: Told, given: dict[str, Any]) -> None:
    given["subjects"] = given["subjects"].split(",")
    given["face_to_face"] = given["face_to_face"] == "yes"
    plans.record_review(**told.changed, **given)


def _score(told: Told, given: dict[str, Any]) -> None:
    on, born = given["on"], told.born
    age = None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    care.record_score(**told.added, age=age, version=given.pop("edition"), **given)


def _no_longer(what: str) -> Run:
    return lambda told, given: care.no_longer(**told.changed, what=what, **given)


def _share(told: Told, given: dict[str, Any]) -> None:
    care.record_sharing(**told.changed, **{**given, "objects": given["objects"] == "yes"})


def _place(told: Told, given: dict[str, Any]) -> None:
    given["key_safe"] = given["key_safe"] == "yes"
    given["lives_alone"] = {"yes": True, "no": False}.get(given["lives_alone"])
    care.place_entry(**told.changed, fields=given)


def _assess(told: Told, given: dict[str, Any]) -> None:
    findings = {domain.value: given.pop(domain.value) for domain in Domain}
    plans.record_assessment(**told.changed, findings=findings, **given)


def _respect(told: Told, given: dict[str, Any]) -> None:
    given["comfort"] = int(given["comfort"]) if given["comfort"] else None
    for name in ("legal_proxy", "has_capacity"):
        given[name] = given[name] == "yes"
    plans.record_emergency_plan(**told.changed, fields=given)


def _medicines(told: Told, given: dict[str, Any]) -> None:
    record_medicines_check(**told.added, **{**given, "none_known": given["none_known"] == "yes"})


def _row(name: str) -> Initial:
    """The row of the entry that a form is about."""
    return lambda _entry, row: {name: row}


def _held(model: Any, name: str, *fields: str) -> Initial:
    """A row that is there already, to be changed."""

    def initial(entry: Entry, row: int | None) -> Given:
        found = (
            model.objects.filter(pk=row, entry_id__in=entry.family()).values(*fields).first() if row else None
        )
        return {name: row, **found} if found else {}

    return initial


def _placed(entry: Entry, _row: int | None) -> Given:
    alone = {True: "yes", False: "no"}.get(entry.lives_alone) if entry.lives_alone is not None else ""
    return {
        "team": entry.team, "owner": entry.owner, "care_home": entry.care_home, "lives_alone": alone,
        "care_home_since": entry.care_home_since, "key_safe": "yes" if entry.key_safe else "no",
    }  # fmt: skip


def _suggested(entry: Entry, _row: int | None) -> Given:
    """What candidates were found for, as a start; a clinician chooses."""
    found: dict[str, str] = {}
    for one in entry.identifications.order_by("seen_on", "pk"):
        if one.condition:
            found[one.condition] = one.degree or found.get(one.condition, "yes")
    return found


REGISTER: dict[str, Act] = {
    "confirm": Act(
        "Confirm for the register", "Confirm", "The entry is on the register.", forms.Confirm, _confirm,
        "A clinician decides. What was found in records is filled in as a start; change it to what the clinician says.",
        _suggested, CONFIRM_CANDIDATES,
    ),
    "reject": Act(
        "Not for the register", "Reject", "The entry is rejected.", forms.Reject, _changes(entries.reject),
        "A clinician decides. The entry is kept, and comes back to be confirmed with new evidence alone.",
        needs=CONFIRM_CANDIDATES,
    ),
    "review": Act(
        "Record a review", "Save the review", "The review is saved.", forms.Reviewed, _review,
        "What is due next follows from it.",
    ),
    "condition": Act(
        "Frailty, dementia or end of life", "Save the condition", "The condition is saved.", forms.Hold,
        _changes(entries.hold_condition), "One person may have all three. What stood before stays in the history.",
        needs=CONFIRM_CANDIDATES,
    ),
    "condition-ended": Act(
        "A condition does not hold any more", "End the condition", "The condition has ended.", forms.EndCondition,
        _changes(entries.end_condition), needs=CONFIRM_CANDIDATES,
    ),
    "end": Act(
        "End the entry", "End the entry", "The entry has ended. Nothing is due any more.", forms.EndEntry,
        _changes(entries.end), "The entry is kept. All reviews that are due are cancelled.", needs=CONFIRM_CANDIDATES,
    ),
    "reopen": Act(
        "Open the entry again", "Open it again", "The entry waits to be confirmed.", forms.Reopen,
        _changes(entries.reopen), needs=CONFIRM_CANDIDATES,
    ),
    "apart": Act(
        "Take merged entries apart", "Take them apart", "The two entries stand apart again.", forms.TakeApart,
        _changes(merging.take_apart), "Each has again what was recorded on it. What came since stays with this one.",
        _row("merge_id"), MERGE_ENTRIES,
    ),
}  # fmt: skip
CARE: dict[str, Act] = {
    "score": Act(
        "Record a score", "Save the score", "The score is saved.", forms_care.Scored, _score,
        "For an eFI, enter the count of deficits where it is known.",
    ),
    "score-withdrawn": Act(
        "Withdraw a score", "Withdraw the score", "The score is withdrawn.", forms_care.WithdrawScore,
        _changes(care.withdraw_score), initial=_row("score_id"),
    ),
    "contact": Act(
        "Contact", "Save the contact", "The contact is saved.", forms_care.ContactOf, _changes(care.record_contact),
        initial=_held(Contact, "contact_id", "kind", "name", "relationship", "phone", "details"),
    ),
    "contact-ended": Act(
        "No longer a contact", "Save", "The contact has ended.", forms_care.NoLonger, _no_longer("contacts"),
        initial=_row("row_id"),
    ),
    "carer": Act(
        "Carer", "Save the carer", "The carer is saved.", forms_care.CarerOf, _changes(care.record_carer),
        initial=_held(
            Carer, "carer_id", "name", "relationship", "phone", "since", "own_needs", "offered_on", "assessed_on",
            "declined_on",
        ),
    ),
    "carer-ended": Act(
        "No longer a carer", "Save", "The carer has ended.", forms_care.NoLonger, _no_longer("carers"),
        initial=_row("row_id"),
    ),
    "service": Act(
        "Service", "Save the service", "The service is saved.", forms_care.ServiceOf, _changes(care.record_service),
        initial=_held(Service, "service_id", "kind", "provider", "from_on", "details"),
    ),
    "service-ended": Act(
        "The service has ended", "Save", "The service has ended.", forms_care.NoLonger, _no_longer("services"),
        initial=_row("row_id"),
    ),
    "medicines": Act(
        "Allergies and medicines", "Save", "Allergies and medicines are saved.", MedicinesChecked, _medicines,
        "The latest check counts, and stands on the summary for an ambulance crew.",
    ),
    "event": Act(
        "Something happened", "Save", "It is saved, and a review is due.", forms_care.Happened,
        _adds(care.record_event), "A review is due after an admission, a fall and the like.",
    ),
    "sharing": Act(
        "Sharing the record", "Save", "It is saved.", forms_care.Shares, _share,
        "With an objection the entry is seen by the organisation that answers for it, and by nobody else.",
    ),
    "place": Act(
        "Team and home", "Save", "Team and home are saved.", forms_care.Placed, _place, initial=_placed,
    ),
    "bereavement": Act(
        "Bereavement contact", "Save", "The contact is saved.", forms_care.Bereaved,
        _changes(care.record_bereavement_contact),
    ),
}  # fmt: skip
PLAN: dict[str, Act] = {
    "assessment": Act(
        "Comprehensive assessment", "Save the assessment", "The assessment is saved.", forms_plan.Assessed, _assess,
        "It is complete once the first five domains are filled in.",
    ),
    "plan": Act(
        "Plan of care", "Save the plan", "The plan is saved.", forms_plan.Planned, _changes(plans.agree_plan),
        "It takes the place of the plan before, which stays readable.",
    ),
    "respect": Act(
        "ReSPECT form", "Save the form", "The form is saved.", forms_plan.Respect, _respect,
        "The form that was signed last counts, whenever it is typed in.",
    ),
    "respect-withdrawn": Act(
        "Withdraw a ReSPECT form", "Withdraw the form", "The form is withdrawn.", forms_plan.WithdrawRespect,
        _changes(plans.withdraw_emergency_plan), initial=_row("plan_id"),
    ),
    "respect-confirmed": Act(
        "The ReSPECT form still holds", "Save", "The form is confirmed.", forms_plan.ConfirmRespect,
        _changes(plans.confirm_emergency_plan), initial=_row("plan_id"),
    ),
    "problem": Act(
        "Add a problem", "Add the problem", "The problem is added.", forms_plan.NewProblem, _adds(work.add_problem)
    ),
    "problem-resolved": Act(
        "A problem is resolved", "Save", "The problem is resolved.", forms_plan.Resolved,
        _changes(work.resolve_problem), initial=_row("problem_id"),
    ),
    "goal": Act(
        "Add a goal", "Add the goal", "The goal is added.", forms_plan.NewGoal, _adds(work.add_goal),
        initial=_row("problem_id"),
    ),
    "step": Act(
        "Add an action", "Add the action", "The action is added.", forms_plan.NewStep, _adds(work.add_step),
        initial=_row("goal_id"),
    ),
    "step-done": Act(
        "Action done, or not needed", "Save", "The action has ended.", forms_plan.StepDone, _changes(work.end_step),
        initial=_row("step_id"),
    ),
    "meeting": Act(
        "Meeting", "Save", "The meeting is saved.", forms_plan.Met, _adds(work.record_meeting),
        "What a multidisciplinary meeting said of this person.",
    ),
    "ask": Act(
        "Ask another team", "Ask them", "The team is asked.", forms_plan.AskTeam, _adds(work.ask_team),
        "Until they reply it stands on the list of those without a reply.",
    ),
    "reply": Act(
        "Reply of another team", "Save the reply", "The reply is saved.", forms_plan.Replied,
        _changes(work.reply_to_ask), initial=_row("ask_id"),
    ),
}  # fmt: skip
ACTS: dict[str, Act] = {**REGISTER, **CARE, **PLAN}
