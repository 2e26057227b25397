"""Cancer care reviews, 3 and 12 months after diagnosis: which are due, overdue, done or declined.

Source: QOF indicators CAN004 and CAN005, as `reviews.toml` has them with their days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from stewardship.rules.cancer.timed.configured import configured, in_force
from stewardship.rules.cancer.timed.tracked import Review


class ReviewState(StrEnum):
    """How a care review stands on a day."""

    NOT_YET_DUE = "not yet due"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done late"
    HOSPITAL_ONLY = "done by hospital only"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """A review that is configured, in days after diagnosis: due from `due_from` to `day`, asked for until `ends`."""

    months: int
    name: str
    words: str
    due_from: int
    day: int
    ends: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStanding:
    """A review of one person on a day: the last day within its time, and how it stands."""

    review: ReviewDue
    by: date
    state: ReviewState


@cache
def review_kinds() -> tuple[ReviewDue, ...]:
    """All reviews that are configured, in force or not."""
    return tuple(
        ReviewDue(
            months=row["months"], name=row["name"], words=row["words"], due_from=row["due_from"],
            day=row["day"], ends=row["ends"], since=row["from"], until=row.get("until"),
        )
        for row in configured("reviews")["review"]
    )  # fmt: skip


def has_reviews(diagnosis: str, diagnosed: date) -> bool:
    """Whether a diagnosis is of the register that reviews are held for. diagnosis: ICD-10, with its dot or without.

    Source: CAN001: a malignant diagnosis since April 2003, without non-melanoma skin cancer.
    """
    register = configured("reviews")["register"]
    bare = diagnosis.replace(".", "").upper()
    kept = bare.startswith(tuple(register["begins_with"])) and not bare.startswith(tuple(register["without"]))
    return bool(kept and diagnosed >= register["from"])


def review_standings(diagnosed: date, reviews: Iterable[Review], as_of: date) -> tuple[ReviewStanding, ...]:
    """How each review stands for somebody diagnosed on this day. Dates after `as_of` have not happened.

    A review by the practice goes before one by the hospital only, which goes before declining; of several the first.
    """
    held = tuple(reviews)
    return tuple(
        ReviewStanding(review=review, by=by, state=_state(review, by, _of(review, held), as_of))
        for review in in_force(review_kinds(), diagnosed)
        for by in (diagnosed + timedelta(days=review.day),)
    )


def reviews_due(diagnosed: date | None, reviews: Iterable[Review], as_of: date) -> tuple[ReviewStanding, ...]:
    """The reviews that the practice owes on a day, whether due, overdue, or held by a hospital only.

    None for who has no diagnosis, before a review is due, and once it is no longer asked for.
    """
    if diagnosed is None:
        return ()
    owed = (ReviewState.DUE, ReviewState.OVERDUE, ReviewState.HOSPITAL_ONLY)
    day = (as_of - diagnosed).days
    return tuple(
        found
        for found in review_standings(diagnosed, reviews, as_of)
        if found.state in owed and found.review.due_from <= day <= found.review.ends
    )


def _of(review: ReviewDue, held: tuple[Review, ...]) -> tuple[Review, ...]:
    return tuple(row for row in held if row.months == review.months)


def _state(review: ReviewDue, by: date, held: tuple[Review, ...], as_of: date) -> ReviewState:
    done = [row for row in held if row.done is not None and row.done <= as_of]
    practice = [row.done for row in done if row.by_practice and row.done is not None]
    if practice:
        return ReviewState.DONE if min(practice) <= by else ReviewState.DONE_LATE
    if done:
        return ReviewState.HOSPITAL_ONLY
    if any(row.declined is not None and row.declined <= as_of for row in held):
        return ReviewState.DECLINED
    if as_of > by:
        return ReviewState.OVERDUE
    due_from = by - timedelta(days=review.day - review.due_from)
    return ReviewState.DUE if as_of >= due_from else ReviewState.NOT_YET_DUE
