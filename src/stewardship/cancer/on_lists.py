"""From which day until which a pathway is on each worklist, so that a database can be asked who is on one today.

Worklists are rules of `stewardship.rules.cancer.timed`. As long as nothing is recorded, a rule changes its mind only
on a few days that the pathway's own dates tell: between two of them it is asked once. So what is kept here is what the
rules say, for the day on which it was worked out and every later one.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from stewardship.rules.cancer.timed.reviews import review_kinds
from stewardship.rules.cancer.timed.tracked import Tracked
from stewardship.rules.cancer.timed.worklists import Worklist, worklists

FOR_EVER = date(9999, 12, 31)
AFTER_CLOSING = frozenset(
    {"ruled-out-not-notified", "teledermatology-to-send", "harm-review-due", "care-reviews-due"}
)
"""The worklists that a pathway can be on after it was closed."""


class Stretch(NamedTuple):
    """Days, both included, on which a pathway is on a worklist; `last` is FOR_EVER until something is recorded."""

    worklist: str
    first: date
    last: date


def stretches(tracked: Tracked, since: date) -> tuple[Stretch, ...]:
    """All stretches from a day on, worklist by worklist in their order."""
    asked = [one for one in worklists() if tracked.is_open or one.key in AFTER_CLOSING]
    later = {day for day in _dates(tracked) if day > since}
    return tuple(found for one in asked for found in _of(one, tracked, since, later))


def _of(worklist: Worklist, tracked: Tracked, since: date, later: set[date]) -> Iterator[Stretch]:
    days = sorted({since, *later, *(day for day in _turning(worklist, tracked) if day > since)})
    first: date | None = None
    for day, following in pairwise([*days, FOR_EVER]):
        if worklist.holds(tracked, day):
            first = first or day
        elif first:
            yield Stretch(worklist.key, first, day - timedelta(days=1))
            first = None
        if first and following == FOR_EVER:
            yield Stretch(worklist.key, first, FOR_EVER)


def _turning(worklist: Worklist, tracked: Tracked) -> Iterator[date]:
    """The days on which limits and days due can put the pathway on the worklist, or take it off."""
    zero, limits = tracked.day_zero, worklist.limits
    if "until_day" in limits:
        yield zero + timedelta(days=limits["until_day"] - limits["days_before"])
        yield zero + timedelta(days=limits["until_day"] + 1)
    if "after_day" in limits:
        yield zero + timedelta(days=limits["after_day"] + 1)
    for longest in (limits.get("days_since_taken"), limits.get("days_since_requested")):
        if longest is not None:
            tests = (day for row in tracked.milestones for day in (row.requested, row.done) if day)
            yield from (day + timedelta(days=longest + 1) for day in tests)
    if worklist.key == "next-action-overdue":
        yield from (one.due + timedelta(days=1) for one in tracked.actions if one.due)
    if worklist.key == "care-reviews-due" and tracked.diagnosed:
        for review in review_kinds():
            turns = (review.due_from, review.day + 1, review.ends, review.ends + 1)
            yield from (tracked.diagnosed + timedelta(days=day) for day in turns)


def _dates(tracked: Tracked) -> Iterator[date]:
    """Every day that is recorded of the pathway."""
    triaged = tracked.triaged
    found = [
        tracked.told, tracked.ruled_out, tracked.practice_told, tracked.decided, tracked.transferred,
        tracked.treatment_booked, tracked.cancer_ended, tracked.harm_reviewed, tracked.diagnosed, tracked.closed,
        tracked.vanished,
        *((tracked.fit.sampled, tracked.fit.resulted) if tracked.fit else ()),
        *((triaged.decided, triaged.patient_told, triaged.practice_told) if triaged else ()),
        *(day for row in tracked.milestones for day in (row.requested, row.booked, row.done, row.reported)),
        *(day for action in tracked.actions for day in (action.due, action.done)),
        *(day for review in tracked.reviews for day in (review.done, review.declined)),
    ]  # fmt: skip
    return (day for day in found if day is not None)
