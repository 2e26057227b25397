"""The only two things that take days off a wait: a first appointment missed (R4), and a pause of treatment (R5)."""

from datetime import date

from stewardship.rules.cancer.codes import OUTPATIENT, PAUSE_REASONS, Route
from stewardship.rules.cancer.judgement import Adjustment, Why
from stewardship.rules.cancer.pathway import Pathway, Treatment


def clock_start(pathway: Pathway) -> date | None:
    """Day 0 of the 28 and 62 days (R6): receipt of the referral or, for an upgrade, its day; None with no route."""
    if pathway.route is Route.UPGRADE:
        return pathway.upgraded
    return None if pathway.route is Route.NONE else pathway.received


def first_seen_adjustment(pathway: Pathway) -> Adjustment | None:
    """Days from the clock's start to the day a missed first appointment was rebooked (R4); None where none was missed.

    Of 0 days where it takes nothing off, with the reason: someone upgraded after being first seen missed an
    appointment of another pathway (R6).
    """
    start = clock_start(pathway)
    if pathway.missed is None or start is None:
        return None
    if pathway.rebooked is None:
        return NOT_REBOOKED
    if pathway.route is Route.UPGRADE and pathway.first_seen is not None and start > pathway.first_seen:
        return BEFORE_UPGRADE
    days = (pathway.rebooked - start).days
    if days <= 0:
        return REBOOKED_BEFORE
    return Adjustment(days, Why("R4", f"first appointment not attended: {days} days to the rebooking"))


NOT_REBOOKED = Adjustment(0, Why("R4", "first appointment not attended: takes days off once it is rebooked"))
BEFORE_UPGRADE = Adjustment(
    0, Why("R6", "missed appointment ignored: the upgrade came after being first seen")
)
REBOOKED_BEFORE = Adjustment(
    0, Why("R4", "first appointment rebooked before the clock started: takes nothing off")
)


def pause(treatment: Treatment | None, any_setting_from: date) -> Adjustment | None:
    """Days between decision and treatment on which the person chose, or had, to wait (R5); None without a pause.

    Of 0 days where it takes nothing off, with the reason.
    """
    if treatment is None or treatment.pause_from is None:
        return None
    reason = PAUSE_REASONS.get(treatment.pause_reason)
    if treatment.pause_to is None or treatment.decided is None:
        return UNENDED
    if reason is None:
        return WITHOUT_REASON
    if treatment.care_setting == OUTPATIENT and treatment.pause_from < any_setting_from:
        return OUTSIDE_HOSPITAL
    until = treatment.pause_to if treatment.started is None else min(treatment.pause_to, treatment.started)
    days = (until - max(treatment.pause_from, treatment.decided)).days
    return Adjustment(days, Why("R5", f"paused for {days} days: {reason}")) if days > 0 else BEFORE_DECISION


UNENDED = Adjustment(
    0, Why("R5", "a pause takes nothing off without its end, or without a decision to treat")
)
WITHOUT_REASON = Adjustment(
    0, Why("R5", "a pause takes nothing off without one of the reasons that allow it")
)
OUTSIDE_HOSPITAL = Adjustment(0, Why("R5", "until July 2020 only treatment in hospital could be paused"))
BEFORE_DECISION = Adjustment(0, Why("R5", "a pause takes nothing off before the decision to treat"))
