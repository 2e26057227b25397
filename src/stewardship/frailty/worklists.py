"""The worklists of the register: what they are called, who is on one on a day, and how many."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from stewardship.frailty.models import Listing
from stewardship.frailty.scope import Viewer
from stewardship.frailty.stretches import REGISTER


@dataclass(frozen=True)
class Worklist:
    """name: its heading. words: who is on it."""

    key: str
    name: str
    words: str


WORKLISTS: dict[str, Worklist] = {
    one.key: one
    for one in (
        Worklist("to-confirm", "To confirm", "Found in records or by somebody, and waiting for a clinician."),
        Worklist("never-reviewed", "Never reviewed", "On the register, and a first review was never held."),
        Worklist("due", "Review due", "A review fell due in the last 28 days."),
        Worklist("overdue", "Review overdue", "A review fell due more than 28 days ago."),
        Worklist("after-event", "After an admission or fall", "A review is to follow what happened."),
        Worklist(
            "new-residents",
            "New care-home residents",
            "Assessment and plan are to be there within 7 working days.",
        ),
        Worklist("plan-out-of-date", "Plan may be out of date", "The plan is older than 12 months."),
        Worklist("no-plan", "No plan yet", "On the register without a plan of care."),
        Worklist(
            "carers",
            "Carers without an assessment",
            "A carer whose own assessment was neither held nor declined.",
        ),
        Worklist("no-reply", "No reply yet", "Another team was asked, and the day for its reply has passed."),
    )
}


def on_worklist(viewer: Viewer, key: str, today: date) -> QuerySet[Listing]:
    """Who is on a worklist on a day, the longest waiting first; "" for everybody on the register."""
    listed = Listing.objects.filter(viewer.listed(), worklist=key, first__lte=today, last__gte=today)
    return listed.order_by("since", "entry_id")


def counts(viewer: Viewer, today: date) -> dict[str, int]:
    """How many are on each worklist on a day, and under "" on the register; by one question."""
    listed = Listing.objects.filter(viewer.listed(), first__lte=today, last__gte=today)
    many = dict(listed.values_list("worklist").annotate(many=Count("entry")).order_by("worklist"))
    return {key: many.get(key, 0) for key in (REGISTER, *WORKLISTS)}
