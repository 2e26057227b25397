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
    """Days from the clock's start to the day a missed first appointment was rebooked (R4).

    Someone upgraded after being first seen missed an appointment of another pathway: that takes off nothing (R6).
    """
    start = clock_start(pathway)
    if pathway.missed is None or pathway.rebooked is None or start is None:
        return None
    if pathway.route is Route.UPGRADE and pathway.first_seen is not None and start > pathway.first_seen:
        return None
    days = (pathway.rebooked - start).days
    if days <= 0:
        return None
    return Adjustment(days, Why("R4", f"first appointment not attended: {days} days to the rebooking"))


def pause(treatment: Treatment | None, any_setting_from: date) -> Adjustment | None:
    """Days between decision and treatment on which the person chose, or had, to wait (R5); None without a reason."""
    if treatment is None or treatment.pause_from is None or treatment.pause_to is None:
        return None
    reason = PAUSE_REASONS.get(treatment.pause_reason)
    if reason is None or treatment.decided is None:
        return None
    if treatment.care_setting == OUTPATIENT and treatment.pause_from < any_setting_from:
        return None
    until = treatment.pause_to if treatment.started is None else min(treatment.pause_to, treatment.started)
    days = (until - max(treatment.pause_from, treatment.decided)).days
    return Adjustment(days, Why("R5", f"paused for {days} days: {reason}")) if days > 0 else None
