"""How a pathway stands against its timed pathway: each milestone on a day, and what was skipped.

Expected is the start of the clock, later by the first-appointment adjustment, and the target day. Source: the rules
for a milestone engine of the 28-day skeleton (general knowledge, to be verified).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from stewardship.rules.cancer.timed.configured import configured
from stewardship.rules.cancer.timed.milestones import Milestone, milestones_of
from stewardship.rules.cancer.timed.tracked import Dates, Tracked

RULED_OUT = "RULEOUT"


class State(StrEnum):
    """How a milestone stands on a day. Due soon is within `due_soon_days` of the configuration."""

    DONE_ON_TIME = "done on time"
    DONE_LATE = "done late"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    NOT_NEEDED = "not needed"
    NOT_YET_DUE = "not yet due"


DONE = (State.DONE_ON_TIME, State.DONE_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One milestone of one pathway on a day.

    on: the day it was done (or reported, where that is what counts); None until then. late_by: days after the expected
    day, up to `on` or to the day it is judged on; 0 where it is not late. why_not: the reason it is not needed.
    ahead_of: milestones that should have come first, and were not done by then. left_out: mandatory, and given a reason
    not to be needed.
    """

    milestone: Milestone
    dates: Dates
    expected: date
    state: State
    on: date | None
    late_by: int
    why_not: str = ""
    ahead_of: tuple[Milestone, ...] = ()
    left_out: bool = False


def standings(tracked: Tracked, as_of: date) -> tuple[Standing, ...]:
    """Every milestone of the pathway's timed pathway on a day, in order. A date after `as_of` has not happened.

    ValueError for a timed pathway that is not configured.
    """
    dates = _dates(tracked)
    rows = milestones_of(tracked.timed_pathway, tracked.clock_start)
    found = tuple(_standing(row, dates.get(row.code, Dates(code=row.code)), tracked, as_of) for row in rows)
    found = _without_what_is_settled(found, tracked, as_of)
    return tuple(_flagged(each, found) for each in found)


def unplanned(tracked: Tracked) -> tuple[Dates, ...]:
    """What is recorded of milestones that the pathway's timed pathway does not have, such as a further test."""
    planned = {row.code for row in milestones_of(tracked.timed_pathway, tracked.clock_start)}
    return tuple(row for row in tracked.milestones if row.code not in planned)


def expected_on(milestone: Milestone, tracked: Tracked) -> date:
    """The day by which a milestone is expected on this pathway."""
    return tracked.day_zero + timedelta(days=milestone.day)


def _standing(milestone: Milestone, dates: Dates, tracked: Tracked, as_of: date) -> Standing:
    expected = expected_on(milestone, tracked)
    happened = dates.done if milestone.at == "done" else dates.reported
    on = happened if happened is not None and happened <= as_of else None
    why_not = "" if on else _why_not(milestone, dates)
    return Standing(
        milestone=milestone,
        dates=dates,
        expected=expected,
        state=State.NOT_NEEDED if why_not else _state(expected, on, as_of),
        on=on,
        late_by=0 if why_not else max(0, ((on or as_of) - expected).days),
        why_not=why_not,
        left_out=bool(milestone.mandatory and why_not),
    )


def _state(expected: date, on: date | None, as_of: date) -> State:
    if on is not None:
        return State.DONE_ON_TIME if on <= expected else State.DONE_LATE
    if as_of > expected:
        return State.OVERDUE
    soon = configured("milestones")["due_soon_days"]
    return State.DUE_SOON if (expected - as_of).days <= soon else State.NOT_YET_DUE


def _why_not(milestone: Milestone, dates: Dates) -> str:
    if dates.not_needed:
        return dates.not_needed
    asked = any((dates.requested, dates.booked, dates.done, dates.reported))
    return f"only where {milestone.only_where}" if milestone.only_where and not asked else ""


def _without_what_is_settled(
    found: tuple[Standing, ...], tracked: Tracked, as_of: date
) -> tuple[Standing, ...]:
    """What is still to be done is not needed once cancer is ruled out, or the pathway is closed."""
    ruled_out = any(each.milestone.code == RULED_OUT and each.on for each in found)
    closed = tracked.closed is not None and tracked.closed <= as_of
    if not ruled_out and not closed:
        return found
    why = "cancer was ruled out" if ruled_out else "the pathway is closed"
    return tuple(
        each
        if each.on or each.state is State.NOT_NEEDED
        else replace(each, state=State.NOT_NEEDED, why_not=why, late_by=0)
        for each in found
    )


def _flagged(one: Standing, found: tuple[Standing, ...]) -> Standing:
    skipped = _ahead_of(one, found)
    return replace(one, ahead_of=skipped) if skipped else one


def _ahead_of(one: Standing, found: tuple[Standing, ...]) -> tuple[Milestone, ...]:
    """What should have come before this one and had not: told without a test, for one.

    What was not asked for, or has a reason not to be needed, is not missed.
    """
    if one.on is None:
        return ()
    return tuple(
        before.milestone
        for before in found
        if before.milestone.order < one.milestone.order
        and (before.on is None or before.on > one.on)
        and not _why_not(before.milestone, before.dates)
    )


def _dates(tracked: Tracked) -> dict[str, Dates]:
    """The dates of each milestone code, with what else is known of the pathway where its own row has no date."""
    found: dict[str, Dates] = {}
    for row in tracked.milestones:
        found.setdefault(row.code, row)
    for code, done in _known(tracked).items():
        row = found.get(code, Dates(code=code))
        if row.done is None and done is not None:
            found[code] = replace(row, done=done, not_needed="")
    if tracked.transfer_planned and "IPT" not in found:
        found["IPT"] = Dates(code="IPT", requested=tracked.clock_start)
    if tracked.treatment_booked is not None and "FDT" not in found:
        found["FDT"] = Dates(code="FDT", booked=tracked.treatment_booked)
    return found


def _known(tracked: Tracked) -> dict[str, date | None]:
    clear = any(row.code == RULED_OUT and row.done for row in tracked.milestones)
    told_code = RULED_OUT if clear or tracked.ruled_out is not None else "TOLD"
    return {
        "REF": tracked.clock_start,
        "FSEEN": tracked.first_seen,
        told_code: tracked.told,
        "IPT": tracked.transferred,
        "DTT": tracked.decided,
        "FDT": tracked.treated,
    }
