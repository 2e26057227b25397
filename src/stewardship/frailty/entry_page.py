"""What the page of an entry says: how it stands, the plan, what is due, the work, and its history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch

from stewardship.frailty.finding import evidence_in_words
from stewardship.frailty.lines import conditions
from stewardship.frailty.models import (
    AdviceCall,
    Ask,
    Assessment,
    Author,
    Carer,
    Contact,
    Decision,
    EmergencyPlan,
    Entry,
    Event,
    Goal,
    Held,
    Identification,
    Meeting,
    Merge,
    Plan,
    Problem,
    Review,
    Score,
    Service,
    Sharing,
    Step,
)
from stewardship.frailty.rows import known_of
from stewardship.frailty.standing import plan_words, respect_words, standings
from stewardship.frailty.words import Domain, Outcome, State
from stewardship.rules.frailty.reviews import ReviewState
from stewardship.rules.frailty.scales import SCALES

DOMAINS = {value: str(label) for value, label in Domain.choices}


def page_of(one: Entry, today: date) -> dict[str, Any]:
    """Everything but who it is, and the forms. What hangs on merged entries is shown with the rest."""
    family = one.family()
    known = known_of([one], dict.fromkeys(family, one.pk))[one.pk]
    due = standings(known, today)
    return {
        "verdict": verdict(one),
        "on_register": one.state == State.ON_REGISTER,
        "to_confirm": one.state == State.TO_CONFIRM,
        "can_reopen": one.state in {State.ENDED, State.REJECTED},
        "reviews_due": due,
        "late": {ReviewState.OVERDUE, ReviewState.NEVER_REVIEWED},
        "plan": known.plans[-1] if known.plans else None,
        "plan_stands": plan_words(known, today),
        "respect": known.emergency_plans[-1] if known.emergency_plans else None,
        "respect_stands": respect_words(known, today),
        "home_due": one.row.home_plan_due_on,
        **_hanging(family),
        "history": history(one, family),
    }


def verdict(one: Entry) -> str:
    """How the entry stands, in a sentence."""
    if one.state == State.ON_REGISTER:
        return f"On the register: {_said(conditions(one.row))}"
    if one.state == State.ENDED and one.ended_on is not None:
        return f"Ended on {one.ended_on.day} {one.ended_on:%B %Y}: {one.get_ended_because_display().lower()}"
    return {
        State.TO_CONFIRM: "To confirm: not on the register before a clinician decides",
        State.REJECTED: "Rejected: not on the register",
    }.get(State(one.state), one.get_state_display())


def _said(words: str) -> str:
    """As it goes on in a sentence: each condition begins with a small letter."""
    return "; ".join(f"{part[:1].lower()}{part[1:]}" for part in words.split("; "))


def history(one: Entry, family: Sequence[int]) -> list[tuple[Any, str, str]]:
    """What was done, when and by whom, latest first; of merged entries too."""
    changes = list(Entry.history.filter(id__in=family).order_by("-history_date", "-history_id"))
    people = {each.history_user_id for each in changes}
    names = dict(Author.objects.filter(pk__in=people).values_list("pk", "name"))
    return [
        (
            each.history_date,
            f"{each.history_change_reason or 'changed'}{f' (entry {each.id})' if each.id != one.pk else ''}",
            names.get(each.history_user_id, ""),
        )
        for each in changes
    ]


def _hanging(family: Sequence[int]) -> dict[str, Any]:
    """What hangs on the entry and on those merged into it."""
    steps = Prefetch("steps", Step.objects.order_by("due_on", "pk"))
    goals = Prefetch("goals", Goal.objects.prefetch_related(steps).order_by("pk"))
    scores = list(Score.objects.filter(entry_id__in=family))
    found = Identification.objects.filter(entry_id__in=family).select_related("by")
    people = Entry.objects.filter(pk__in=family).values("person_id")
    return {
        "identifications": [(one, evidence_in_words(one)) for one in found],
        "decisions": list(Decision.objects.filter(entry_id__in=family).select_related("by")),
        "conditions": list(Held.objects.filter(entry_id__in=family)),
        "scores": [(one, SCALES[one.scale].title if one.scale in SCALES else one.scale) for one in scores],
        "contacts": list(Contact.objects.filter(entry_id__in=family, ended_on=None)),
        "carers": list(Carer.objects.filter(entry_id__in=family, ended_on=None)),
        "services": list(Service.objects.filter(entry_id__in=family, ended_on=None)),
        "events": list(Event.objects.filter(entry_id__in=family)[:10]),
        "problems": list(Problem.objects.filter(entry_id__in=family).prefetch_related(goals)),
        "assessments": [
            (one, [(DOMAINS[key], text) for key, text in one.findings.items() if key in DOMAINS])
            for one in Assessment.objects.filter(entry_id__in=family)
        ],
        "plans_before": list(Plan.objects.filter(entry_id__in=family)[1:]),
        "respect_others": list(EmergencyPlan.objects.filter(entry_id__in=family)),
        "reviews": list(Review.objects.filter(entry_id__in=family).select_related("by")),
        "asks": list(Ask.objects.filter(entry_id__in=family).select_related("by")),
        "calls": list(
            AdviceCall.objects.filter(person_id__in=people).select_related("consultant", "follow_up_owner")[
                :10
            ]
        ),
        "meetings": list(Meeting.objects.filter(entry_id__in=family).select_related("by")),
        "sharing": list(Sharing.objects.filter(entry_id__in=family).select_related("by")),
        "merges": list(
            Merge.objects.filter(kept_id__in=family).select_related("by", "undone_by", "duplicate")
        ),
        "still_right": Outcome.STILL_RIGHT,
    }
