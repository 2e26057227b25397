"""A wait that was too long is not closed without its reason, by the national code."""

from datetime import datetime

from stewardship.access.log import Actor
from stewardship.cancer.actions_tracking import delay_reason
from stewardship.cancer.changing import day_of, require
from stewardship.cancer.facts import judged
from stewardship.cancer.models import TrackedPathway
from stewardship.cancer.words import Standard
from stewardship.rules.cancer.judgement import Clock, Judgement


def explain(
    pathway: TrackedPathway, standard: Standard, code: str, comment: str, by: Actor, now: datetime
) -> None:
    """Keep a reason that is given, and ask for one where a wait was too long. Raises ValidationError in words."""
    clock = clock_of(standard, judged(pathway, as_of=day_of(now)))
    if code:
        delay_reason(pathway, standard, code, comment, by, now).save()
    elif clock.stop is not None and clock.is_over(None):
        given = [standard, Standard.UPGRADE] if standard is Standard.DAYS_62 else [standard]
        require(
            pathway.delay_reasons.filter(standard__in=given).exists(),
            f"The wait was {clock.days} days, which is over the limit of {standard.value}. Give the "
            "reason for the delay.",
        )


def clock_of(standard: Standard, judgement: Judgement) -> Clock:
    """The clock that a reason for a delay is given for; of the first appointment there is none."""
    if standard is Standard.DAYS_28:
        return judgement.faster_diagnosis
    return (
        judgement.decision_to_treatment if standard is Standard.DAYS_31 else judgement.referral_to_treatment
    )
