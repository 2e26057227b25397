"""To whom a pathway should be escalated on a day, why, and by when they should answer.

Source: `escalation.toml`. The level is the highest that a trigger asks for; level 0 is normal tracking.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from stewardship.rules.cancer.timed.configured import configured
from stewardship.rules.cancer.timed.progress import State, standings
from stewardship.rules.cancer.timed.results import open_tests
from stewardship.rules.cancer.timed.tracked import Raised, Tracked
from stewardship.rules.cancer.timed.working_days import working_days_after, working_days_between

Limits = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A rung of the ladder. to, answer: in words. answer_working_days: None where no answer is asked for."""

    level: int
    to: str
    answer: str
    answer_working_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What puts a pathway on a rung. words: what has happened. limits: whole days or working days, by their names."""

    key: str
    level: int
    words: str
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Where a pathway should stand on the ladder.

    why: the triggers of this level and of those below. raised: the last escalation to this level or above, or None.
    answer_by: the last day on which its answer is in time; None where nothing was raised or it was answered.
    """

    level: Level
    why: tuple[Trigger, ...]
    raised: Raised | None
    answer_by: date | None

    @property
    def to_raise(self) -> bool:
        """Whether somebody still has to raise it to this level."""
        return self.level.level > 0 and self.raised is None


@cache
def levels() -> tuple[Level, ...]:
    """The rungs, the lowest first."""
    rows = configured("escalation")["level"]
    return tuple(
        Level(
            level=row["level"],
            to=row["to"],
            answer=row["answer"],
            answer_working_days=row.get("answer_working_days"),
        )
        for row in rows
    )


@cache
def triggers() -> tuple[Trigger, ...]:
    """All triggers, the lowest level first."""
    return tuple(
        Trigger(key=row["key"], level=row["level"], words=row["words"], limits=row.get("limits", {}))
        for row in configured("escalation")["trigger"]
    )


def escalation(tracked: Tracked, as_of: date) -> Escalation:
    """Where a pathway should stand on the ladder on a day; level 0 once it is closed."""
    is_open = tracked.closed is None or tracked.closed > as_of
    why = tuple(one for one in triggers() if is_open and RULES[one.key](tracked, as_of, one.limits))
    level = levels()[max((one.level for one in why), default=0)]
    raised = _raised(tracked, level.level, as_of) if level.level else None
    answer_by = None if raised is None or _answered(raised, as_of) else answer_due(raised)
    return Escalation(level=level, why=why, raised=raised, answer_by=answer_by)


def answer_due(raised: Raised) -> date:
    """The last day on which an answer to an escalation is in time."""
    return working_days_after(raised.on, levels()[raised.level].answer_working_days or 0)


def _raised(tracked: Tracked, level: int, as_of: date) -> Raised | None:
    made = [one for one in tracked.escalations if one.level >= level and one.on <= as_of]
    return max(made, key=lambda one: (one.on, one.level), default=None)


def _answered(raised: Raised, as_of: date) -> bool:
    return raised.answered is not None and raised.answered <= as_of


def _action_overdue(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    to_do = (one for one in tracked.actions if one.done is None or one.done > as_of)
    late = (working_days_between(one.due, as_of) for one in to_do if one.due is not None)
    return any(many >= limits["working_days"] for many in late)


def _milestone_missed(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    return any(each.state is State.OVERDUE for each in standings(tracked, as_of))


def _not_told(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    return tracked.waiting_to_be_told and tracked.day(as_of) > limits["until_day"]


def _report_late(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    waiting = open_tests(tracked, as_of, {"imaging", "endoscopy", "histology", "test"})
    asked = (test.requested for test in waiting)
    return any(on is not None and (as_of - on).days > limits["days"] for on in asked)


def _unanswered(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    raised = (one for one in tracked.escalations if one.level == limits["level"] and one.on <= as_of)
    return any(not _answered(one, as_of) and as_of > answer_due(one) for one in raised)


def _not_transferred(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    there = tracked.transferred is not None and tracked.transferred <= as_of
    waits = tracked.waiting_for_treatment and tracked.transfer_planned and not there
    return waits and tracked.day(as_of) >= limits["from_day"]


def _no_treatment_date(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    waits = tracked.waiting_for_treatment and tracked.treatment_booked is None
    return waits and tracked.day(as_of) >= limits["from_day"]


def _not_treated(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    return tracked.waiting_for_treatment and tracked.day(as_of) > limits["until_day"]


def _no_plan(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    decided = tracked.decided is not None and tracked.decided <= as_of
    return not decided and _no_treatment_date(tracked, as_of, limits)


def _long_wait(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    return tracked.waiting_for_treatment and tracked.day(as_of) >= limits["from_day"]


RULES: Mapping[str, Callable[[Tracked, date, Limits], bool]] = {
    "action-overdue": _action_overdue,
    "milestone-missed": _milestone_missed,
    "not-told": _not_told,
    "report-late": _report_late,
    "unanswered": _unanswered,
    "not-transferred": _not_transferred,
    "no-treatment-date": _no_treatment_date,
    "not-treated": _not_treated,
    "no-plan": _no_plan,
    "long-wait": _long_wait,
}
