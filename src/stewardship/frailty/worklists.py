"""The worklists of the register: each a comparison of a row's dates with a day, so that a database answers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy

from stewardship.frailty.models import Row
from stewardship.frailty.scope import Viewer
from stewardship.frailty.words import State
from stewardship.rules.frailty.intervals import intervals


@dataclass(frozen=True)
class Worklist:
    """name: its heading. words: who is on it. on: which rows, on a day. by: the date that orders them, oldest first."""

    key: str
    name: str
    words: str
    by: str
    on: Callable[[date], Q]


def _last_due(today: date) -> date:
    """Whatever was due before this day is overdue."""
    return today - timedelta(days=intervals().overdue_after)


def _on_register(**dates: date | bool) -> Q:
    return Q(state=State.ON_REGISTER, **dates)


WORKLISTS: dict[str, Worklist] = {
    one.key: one
    for one in (
        Worklist(
            "to-confirm", "To confirm", "Found in records or by somebody, and waiting for a clinician.", "proposed_on",
            lambda today: Q(state=State.TO_CONFIRM),
        ),
        Worklist(
            "never-reviewed", "Never reviewed", "On the register, and a first review was never held.", "first_due_on",
            lambda today: _on_register(never_reviewed=True, first_due_on__isnull=False),
        ),
        Worklist(
            "due", "Review due", "A review fell due in the last 28 days.", "review_due_on",
            lambda today: _on_register(review_due_on__lte=today, review_due_on__gte=_last_due(today)),
        ),
        Worklist(
            "overdue", "Review overdue", "A review fell due more than 28 days ago.", "review_due_on",
            lambda today: _on_register(review_due_on__lt=_last_due(today)),
        ),
        Worklist(
            "after-event", "After an admission or fall", "A review is to follow what happened.", "event_due_on",
            lambda today: _on_register(event_due_on__isnull=False),
        ),
        Worklist(
            "new-residents", "New care-home residents",
            "Assessment and plan are to be there within 7 working days.", "home_plan_due_on",
            lambda today: _on_register(home_plan_due_on__isnull=False),
        ),
        Worklist(
            "plan-out-of-date", "Plan may be out of date", "The plan is older than 12 months.", "plan_until",
            lambda today: _on_register(plan_until__lt=today),
        ),
        Worklist(
            "no-plan", "No plan yet", "On the register without a plan of care.", "first_due_on",
            lambda today: _on_register(no_plan=True),
        ),
        Worklist(
            "carers", "Carers without an assessment", "A carer whose own assessment was neither held nor declined.",
            "unassessed_carer", lambda today: _on_register(unassessed_carer__isnull=False),
        ),
        Worklist(
            "no-reply", "No reply yet", "Another team was asked, and the day for its reply has passed.", "reply_due_on",
            lambda today: _on_register(reply_due_on__lt=today),
        ),
    )
}  # fmt: skip


def rows_of(viewer: Viewer) -> QuerySet[Row]:
    """The rows of the entries that somebody may see."""
    return Row.objects.filter(viewer.rows())


def on_worklist(viewer: Viewer, key: str, today: date) -> QuerySet[Row]:
    """Who is on a worklist on a day, the longest waiting first; "" for everybody on the register."""
    if key not in WORKLISTS:
        return rows_of(viewer).filter(state=State.ON_REGISTER).order_by("entry_id")
    one = WORKLISTS[key]
    first: OrderBy = F(one.by).asc(nulls_last=True)
    return rows_of(viewer).filter(one.on(today)).order_by(first, "entry_id")


def counts(viewer: Viewer, today: date) -> dict[str, int]:
    """How many are on each worklist on a day, and under "" on the register; by one question."""
    asked = {f"on_{place}": Count("pk", filter=one.on(today)) for place, one in enumerate(WORKLISTS.values())}
    found = rows_of(viewer).aggregate(on_register=Count("pk", filter=Q(state=State.ON_REGISTER)), **asked)
    return {"": found["on_register"], **{key: found[f"on_{place}"] for place, key in enumerate(WORKLISTS)}}
