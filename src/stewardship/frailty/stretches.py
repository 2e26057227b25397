"""From which day until which an entry is on each worklist, so that who is on one today is a comparison of dates.

As long as nothing is recorded, nothing but the day moves somebody from one list to another; whenever something is
recorded, these stretches are worked out anew.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from stewardship.frailty.models import Listing, Row
from stewardship.frailty.models_listed import SEEN_BY
from stewardship.frailty.words import State
from stewardship.rules.frailty.intervals import intervals

REGISTER = ""  # everybody whom a clinician confirmed
EVER, FOR_EVER = date(1, 1, 1), date(9999, 12, 31)
DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """Days, both included, on which an entry is on a worklist. since: the date that orders the list."""

    worklist: str
    since: date
    first: date = EVER
    last: date = FOR_EVER


def stretches(row: Row) -> Iterator[Stretch]:
    """Every worklist that an entry is on, or will be if nothing is recorded."""
    if row.state == State.TO_CONFIRM:
        yield Stretch("to-confirm", row.proposed_on or EVER)
    if row.state != State.ON_REGISTER:
        return
    yield Stretch(REGISTER, EVER)
    yield from _of_reviews(row)
    if row.plan_until is not None:
        yield Stretch("plan-out-of-date", row.plan_until, row.plan_until + DAY)
    if row.no_plan:
        yield Stretch("no-plan", row.first_due_on or FOR_EVER)
    if row.unassessed_carer is not None:
        yield Stretch("carers", row.unassessed_carer)
    if row.reply_due_on is not None:
        yield Stretch("no-reply", row.reply_due_on, row.reply_due_on + DAY)


def _of_reviews(row: Row) -> Iterator[Stretch]:
    if row.never_reviewed and row.first_due_on is not None:
        yield Stretch("never-reviewed", row.first_due_on)
    if row.review_due_on is not None:
        overdue = row.review_due_on + timedelta(days=intervals().overdue_after) + DAY
        yield Stretch("due", row.review_due_on, row.review_due_on, overdue - DAY)
        yield Stretch("overdue", row.review_due_on, overdue)
    if row.event_due_on is not None:
        yield Stretch("after-event", row.event_due_on)
    if row.home_plan_due_on is not None:
        yield Stretch("new-residents", row.home_plan_due_on)


def listings(row: Row) -> Iterator[Listing]:
    """As they are kept, with who sees them: against an objection to sharing, nobody but the owner."""
    seen_by = {name: getattr(row, name) for name in SEEN_BY}
    if row.objects_to_sharing:
        seen_by = {name: code if code == row.owner else "" for name, code in seen_by.items()}
    for one in stretches(row):
        yield Listing(
            entry_id=row.entry_id,
            worklist=one.worklist,
            since=one.since,
            first=one.first,
            last=one.last,
            **seen_by,
        )
