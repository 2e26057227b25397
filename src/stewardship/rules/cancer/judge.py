"""All the rules on one pathway: route, three clocks, shares of providers, age in the backlog."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from stewardship.rules.cancer.adjustments import first_seen_adjustment, pause
from stewardship.rules.cancer.allocation import allocate
from stewardship.rules.cancer.backlog import waiting
from stewardship.rules.cancer.clocks import decision_to_treatment, faster_diagnosis, referral_to_treatment
from stewardship.rules.cancer.judgement import Adjustment, Clock, Judgement, Result, WillBe
from stewardship.rules.cancer.known import known_on
from stewardship.rules.cancer.pathway import Pathway
from stewardship.rules.cancer.running import earliest
from stewardship.rules.cancer.standards import IN_FORCE, Standards

LEFT_OUT = (Result.EXCLUDED, Result.NOT_APPLICABLE)


def judge(pathway: Pathway, *, as_of: date | None, standards: Standards = IN_FORCE) -> Judgement:
    """What the waiting-time rules say of a pathway on a day, each conclusion with its reasons.

    What is dated after `as_of` is booked: it stops no clock, and gives open clocks their will-be values. With None
    every date has happened, and open clocks have no days. Orders of dates that cannot be are not looked for here:
    see `mistakes.impossible`.
    """
    happened = known_on(pathway, as_of)
    first_seen = first_seen_adjustment(happened)
    paused = pause(happened.treatment, standards.pauses_in_any_setting_from)
    clocks = _clocks(happened, as_of, standards, first_seen, paused)
    if happened is not pathway:
        clocks = _with_booked(clocks, pathway, standards)
    referral = clocks.referral_to_treatment
    return Judgement(
        as_of,
        pathway.route,
        *clocks,
        allocate(happened, referral, standards.limits_on(referral.stop)),
        waiting(happened, referral, as_of, standards.limits_on(as_of), first_seen),
        first_seen.days if first_seen else 0,
        paused.days if paused else 0,
    )


class _Clocks(NamedTuple):
    faster_diagnosis: Clock
    decision_to_treatment: Clock
    referral_to_treatment: Clock


def _clocks(
    pathway: Pathway,
    as_of: date | None,
    standards: Standards,
    first_seen: Adjustment | None,
    paused: Adjustment | None,
) -> _Clocks:
    """The three clocks, each by the limits of the day it stopped or, if it runs, of the day that is judged on."""
    treatment = pathway.treatment
    told = standards.limits_on(earliest(pathway.told, treatment.decided if treatment else None) or as_of)
    treated = standards.limits_on((treatment.started if treatment else None) or as_of)
    referral = referral_to_treatment(pathway, as_of, treated.referral_to_treatment, first_seen, paused)
    return _Clocks(
        faster_diagnosis(pathway, as_of, told.faster_diagnosis, first_seen),
        decision_to_treatment(pathway, as_of, treated.decision_to_treatment, paused, referral),
        referral,
    )


def _with_booked(clocks: _Clocks, pathway: Pathway, standards: Standards) -> _Clocks:
    """Open clocks with what they come to if every booked date is kept."""
    paused = pause(pathway.treatment, standards.pauses_in_any_setting_from)
    then = _clocks(pathway, None, standards, first_seen_adjustment(pathway), paused)
    return _Clocks(*(_will_be(now, kept) for now, kept in zip(clocks, then, strict=True)))


def _will_be(now: Clock, kept: Clock) -> Clock:
    """An open clock with the booked stop of the other, even where it is not known yet how that will be counted."""
    if now.result is not Result.OPEN or now.stop is not None or kept.result in LEFT_OUT:
        return now
    if kept.stop is None or kept.days is None or kept.target is None:
        return now
    result = Result.MET if kept.stop <= kept.target else Result.BREACH
    return replace(now, will_be=WillBe(kept.stop, kept.days, result))
