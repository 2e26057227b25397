"""Which reviews of somebody on the register are due, overdue, or were never held; death and leaving cancel them all.

Source: `reviews.toml`, which has the intervals with their days; due on its day, overdue more than 28 days after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stewardship.rules.frailty.conditions import Severity, Stage
from stewardship.rules.frailty.intervals import Interval, Intervals, Subject, in_force, intervals


class ReviewState(StrEnum):
    """How a review stands on a day."""

    NOT_YET_DUE = "not yet due"
    DUE = "due"
    OVERDUE = "overdue"
    NEVER_REVIEWED = "never reviewed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A review that was held, and what it looked at. face_to_face: a dementia care plan has to be reviewed so."""

    on: date
    subjects: frozenset[Subject] = frozenset({Subject.PLAN})
    face_to_face: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something after which a review is due. what: key of an `after` interval of `reviews.toml`."""

    what: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What decides on somebody's reviews.

    since: on the register since. cfs: latest level; it counts where no severity of frailty is known. respect_on: the
    day of the ReSPECT form, None without one. left: the day they died or left the register; why_left in words.
    """

    since: date
    severity: Severity | None = None
    cfs: int | None = None
    stage: Stage | None = None
    dementia: bool = False
    respect_on: date | None = None
    happened: tuple[Happened, ...] = ()
    left: date | None = None
    why_left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStanding:
    """A review that somebody is to have. why: key and words of its interval. last: the last one held, None for none.

    days_late: days after the day it was due, 0 up to that day and once it is cancelled. words: what a list says.
    """

    why: Interval
    due: date
    last: date | None
    state: ReviewState
    days_late: int
    words: str = field(compare=False)

    @property
    def subject(self) -> Subject:
        """What is to be looked at."""
        return self.why.subject


def review_standings(
    of: Situation, held: Iterable[Held], as_of: date, *, configured: Intervals | None = None
) -> tuple[ReviewStanding, ...]:
    """How each review of somebody stands on a day, the earliest due first. What comes after `as_of` has not happened.

    One regular review for each subject, by the shortest interval that applies, and one for each event since which none
    was held.
    """
    known = configured or intervals()
    done = [each for each in held if each.on <= as_of]
    found = [_regular(of, done, subject, as_of, known) for subject in Subject]
    found += [_after(of, done, each, as_of, known) for each in of.happened if each.on <= as_of]
    standings = [each for each in found if each is not None]
    return tuple(sorted(standings, key=lambda each: (each.due, each.subject, each.why.key)))


def next_review(
    of: Situation, held: Iterable[Held], as_of: date, *, configured: Intervals | None = None
) -> ReviewStanding | None:
    """The review to hold first; None where none is to come."""
    standings = review_standings(of, held, as_of, configured=configured)
    return next((each for each in standings if each.state is not ReviewState.CANCELLED), None)


def keys_of(of: Situation) -> tuple[str, ...]:
    """The keys of the regular intervals that apply to somebody."""
    frailty = of.severity or _severity_of_level(of.cfs)
    keys = [f"{frailty}-frailty"] if frailty else []
    keys += [f"end-of-life-{of.stage}"] if of.stage else []
    keys += ["dementia"] if of.dementia else []
    return (*keys, *(["respect"] if of.respect_on else []))


def _severity_of_level(cfs: int | None) -> Severity | None:
    by_level = {5: Severity.MILD, 6: Severity.MODERATE, 7: Severity.SEVERE, 8: Severity.SEVERE}
    return by_level.get(cfs) if cfs is not None else None


def _regular(
    of: Situation, done: list[Held], subject: Subject, as_of: date, known: Intervals
) -> ReviewStanding | None:
    last = _last(done, subject)
    start = (
        max(last or of.since, of.respect_on or of.since) if subject is Subject.RESPECT else last or of.since
    )
    rows = [in_force(known.regular, key, start) for key in keys_of(of)]
    apply = [row for row in rows if row is not None and row.subject is subject]
    if not apply:
        return None
    why = min(apply, key=lambda row: (row.due(start), row.key))
    first = subject is not Subject.RESPECT and last is None
    return _standing(of, why, why.due(start), last, as_of, known, first=first)


def _after(
    of: Situation, done: list[Held], event: Happened, as_of: date, known: Intervals
) -> ReviewStanding | None:
    why = in_force(known.after, event.what, event.on)
    if why is None:
        raise KeyError(f"reviews.toml has no [[after]] of the key {event.what}.")
    if _last([each for each in done if each.on >= event.on], why.subject) is not None:
        return None
    if why.subject is Subject.RESPECT and (of.respect_on is None or of.respect_on >= event.on):
        return None
    return _standing(of, why, why.due(event.on), _last(done, why.subject), as_of, known, first=False)


def _last(done: list[Held], subject: Subject) -> date | None:
    of_subject = (each for each in done if subject in each.subjects)
    counted = (each.on for each in of_subject if subject is not Subject.DEMENTIA or each.face_to_face)
    return max(counted, default=None)


def _standing(
    of: Situation, why: Interval, due: date, last: date | None, as_of: date, known: Intervals, *, first: bool
) -> ReviewStanding:
    cancelled = of.left is not None and of.left <= as_of
    late = 0 if cancelled else max(0, (as_of - due).days)
    if cancelled:
        state, words = ReviewState.CANCELLED, f"cancelled: {of.why_left or 'no longer on the register'}"
    elif first:
        state, words = ReviewState.NEVER_REVIEWED, f"never reviewed: on the register since {_day(of.since)}"
    elif late > known.overdue_after:
        state, words = ReviewState.OVERDUE, f"overdue: due {_day(due)}, {late} days ago"
    elif as_of >= due:
        ago = f", {late} day{'s' if late > 1 else ''} ago" if late else ", today"
        state, words = ReviewState.DUE, f"due {_day(due)}{ago}"
    else:
        state, words = ReviewState.NOT_YET_DUE, f"due {_day(due)}"
    return ReviewStanding(why=why, due=due, last=last, state=state, days_late=late, words=words)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
