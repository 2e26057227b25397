"""What is to be done, by whom: problems with goals and actions, meetings, and what other teams are asked."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.authored import day_of, not_later, require
from stewardship.access.log import Actor
from stewardship.frailty.changing import added, author_of, keep, locked, locked_at, saved
from stewardship.frailty.models import Ask, Goal, Meeting, Problem, Step


@transaction.atomic
def add_problem(
    *, entry_id: int, domain: str, problem: str, by: Actor, now: datetime, goal: str = ""
) -> Problem:
    """Add a problem, and what the person wants to reach. It is added to those before and needs no version."""
    entry = locked(entry_id)
    row = Problem(
        entry=entry, domain=domain, problem=problem.strip(), on=day_of(now), at=now, by=author_of(by)
    )
    keep(row, "recorded", row.by, now)
    if goal.strip():
        keep(Goal(problem=row, goal=goal.strip(), at=now, by=row.by), "recorded", row.by, now)
    saved(entry, "problem recorded", by=by, now=now)
    return row


@transaction.atomic
def add_goal(*, entry_id: int, problem_id: int, goal: str, by: Actor, now: datetime) -> Goal:
    """Add one more goal to a problem that still stands."""
    entry = locked(entry_id)
    problem = Problem.objects.filter(pk=problem_id, entry_id__in=entry.family(), ended_on=None).first()
    if problem is None:
        raise ValidationError("That problem is resolved already, or is not of this entry.")
    return added(
        entry, Goal(problem=problem, goal=goal.strip(), at=now, by=author_of(by)), "goal recorded", by, now
    )


@transaction.atomic
def add_step(
    *,
    entry_id: int,
    goal_id: int,
    what: str,
    owner: str,
    due_on: date,
    by: Actor,
    now: datetime,
    organisation: str = "",
) -> Step:
    """Add what is to be done for a goal, with who does it and by when."""
    entry = locked(entry_id)
    goal = Goal.objects.filter(pk=goal_id, problem__entry_id__in=entry.family(), ended_on=None).first()
    if goal is None:
        raise ValidationError("That goal has ended already, or is not of this entry.")
    row = Step(
        goal=goal, what=what.strip(), owner=owner.strip(), organisation=organisation.strip().upper(), due_on=due_on,
        at=now, by=author_of(by),
    )  # fmt: skip
    return added(entry, row, "action recorded", by, now)


@transaction.atomic
def end_step(
    *,
    entry_id: int,
    step_id: int,
    by: Actor,
    seen_version: int,
    now: datetime,
    done_on: date | None = None,
    dropped_because: str = "",
) -> Step:
    """An action was done on a day, or is dropped with a reason; one of the two."""
    entry = locked_at(
        entry_id, seen_version, step_id=step_id, done_on=done_on, dropped_because=dropped_because
    )
    dropped = dropped_because.strip()
    require(bool(done_on) != bool(dropped), "Give the day it was done, or why it is not needed any more.")
    not_later(done_on, now, "It was done")
    row = Step.objects.filter(
        pk=step_id, goal__problem__entry_id__in=entry.family(), done_on=None, dropped_because=""
    ).first()
    if row is None:
        raise ValidationError("That action is done or dropped already, or is not of this entry.")
    row.done_on, row.dropped_because = done_on, dropped
    row.done_by = author_of(by) if done_on else None
    return added(entry, row, "action done" if done_on else "action dropped", by, now)


@transaction.atomic
def resolve_problem(
    *,
    entry_id: int,
    problem_id: int,
    ended_on: date,
    reason: str,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Problem:
    """A problem is resolved, or no longer followed, with a reason; it stays on the entry."""
    entry = locked_at(entry_id, seen_version, problem_id=problem_id, ended_on=ended_on, reason=reason)
    require(bool(reason.strip()), "Say how it was resolved.")
    not_later(ended_on, now, "It was resolved")
    row = Problem.objects.filter(pk=problem_id, entry_id__in=entry.family(), ended_on=None).first()
    if row is None:
        raise ValidationError("That problem is resolved already, or is not of this entry.")
    row.ended_on, row.ended_because = ended_on, reason.strip()
    return added(entry, row, "problem resolved", by, now)


@transaction.atomic
def record_meeting(
    *, entry_id: int, on: date, attendees: str, discussion: str, by: Actor, now: datetime, actions: str = ""
) -> Meeting:
    """Add what a multidisciplinary meeting said; it is added to those before and needs no version."""
    entry = locked(entry_id)
    not_later(on, now, "The meeting was held")
    row = Meeting(
        entry=entry, on=on, attendees=attendees.strip(), discussion=discussion.strip(), actions=actions.strip(),
        at=now, by=author_of(by),
    )  # fmt: skip
    return added(entry, row, "meeting recorded", by, now)


@transaction.atomic
def ask_team(*, entry_id: int, to: str, what: str, reply_by: date, by: Actor, now: datetime) -> Ask:
    """Ask another team for something. Until they reply it is on the list of those without a reply."""
    entry, asked_on = locked(entry_id), day_of(now)
    require(reply_by >= asked_on, "Ask for a reply from today on.")
    row = Ask(
        entry=entry, to=to.strip().upper(), what=what.strip(), asked_on=asked_on, reply_by=reply_by, at=now,
        by=author_of(by),
    )  # fmt: skip
    return added(entry, row, "another team asked", by, now)


@transaction.atomic
def reply_to_ask(
    *,
    entry_id: int,
    ask_id: int,
    by: Actor,
    seen_version: int,
    now: datetime,
    reply: str = "",
    dropped_because: str = "",
) -> Ask:
    """Write down what the other team replied, or why their work is not needed any more; one of the two, once."""
    entry = locked_at(entry_id, seen_version, ask_id=ask_id, reply=reply, dropped_because=dropped_because)
    require(bool(reply.strip()) != bool(dropped_because.strip()), "Write the reply, or why none is needed.")
    row = Ask.objects.filter(
        pk=ask_id, entry_id__in=entry.family(), replied_on=None, dropped_because=""
    ).first()
    if row is None:
        raise ValidationError("That was replied to already, or is not of this entry.")
    row.reply, row.dropped_because = reply.strip(), dropped_because.strip()
    if row.reply:
        row.replied_on, row.replied_by = day_of(now), author_of(by)
    return added(entry, row, "reply recorded" if row.reply else "ask dropped", by, now)
