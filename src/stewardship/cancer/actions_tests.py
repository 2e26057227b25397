"""Tests and triage of a pathway, recorded by hand: teledermatology, FIT, filter tests."""

from datetime import date, datetime

from django.db import transaction

from stewardship.access.log import Actor
from stewardship.cancer.changing import author_of, day_of, locked_at, not_before, not_later, require, saved
from stewardship.cancer.models import FilterTest, FitResult, TrackedPathway
from stewardship.cancer.words import TriageOutcome
from stewardship.rules.cancer.timed.teledermatology import clock_effect, outcome_of
from stewardship.rules.cancer.timed.tracked import Triaged


@transaction.atomic
def record_triage_outcome(
    *, pathway_id: int, outcome: str, decided_on: date, by: Actor, seen_version: int, now: datetime
) -> TrackedPathway:
    """The one outcome of a teledermatology triage. What it means for the next step is a rule of the timed pathways."""
    pathway = locked_at(pathway_id, seen_version, outcome=outcome, decided_on=decided_on)
    require(outcome in TriageOutcome, "Choose an outcome from the list.")
    not_later(decided_on, now, "The pictures were reviewed")
    not_before(
        decided_on, pathway.received_on, "Pictures cannot be reviewed before the referral was received."
    )
    pathway.triage_outcome, pathway.triage_outcome_on = outcome, decided_on
    pathway.triage_patient_told_on = pathway.triage_practice_told_on = None
    return saved(pathway, f"triage outcome {outcome}", by=by, now=now)


@transaction.atomic
def send_triage_outcome(
    *,
    pathway_id: int,
    patient_told_on: date | None,
    practice_told_on: date | None,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> TrackedPathway:
    """The outcome of a triage was sent to the person and to the practice.

    One that tells the person that it is not cancer, or that the standard does not apply, stops the 28 days.
    """
    pathway = locked_at(
        pathway_id, seen_version, patient_told_on=patient_told_on, practice_told_on=practice_told_on
    )
    require(pathway.triage_outcome_on is not None, "There is no outcome to send yet. Record it first.")
    for day in (patient_told_on, practice_told_on):
        not_later(day, now, "The outcome was sent")
        not_before(day, pathway.triage_outcome_on, "An outcome cannot be sent before it was decided.")
    pathway.triage_patient_told_on, pathway.triage_practice_told_on = patient_told_on, practice_told_on
    _stop_clock(pathway, day_of(now))
    return saved(pathway, "triage outcome sent", by=by, now=now)


def _stop_clock(pathway: TrackedPathway, today: date) -> None:
    """Where the outcome stops the clock, what follows from it; what is recorded already stands."""
    if pathway.triage_outcome_on is None or not outcome_of(pathway.triage_outcome).tells:
        return
    triaged = Triaged(
        outcome=pathway.triage_outcome,
        decided=pathway.triage_outcome_on,
        patient_told=pathway.triage_patient_told_on,
    )
    effect = clock_effect(triaged, today)
    pathway.ruled_out_on = pathway.ruled_out_on or pathway.triage_outcome_on
    pathway.practice_told_on = pathway.practice_told_on or pathway.triage_practice_told_on
    if effect.stop is not None and pathway.faster_diagnosis_end_on is None:
        pathway.faster_diagnosis_end_on, pathway.faster_diagnosis_end_reason = effect.stop, effect.end_reason


@transaction.atomic
def record_fit(
    *,
    pathway_id: int,
    by: Actor,
    seen_version: int,
    now: datetime,
    micrograms_tenths: int | None = None,
    comparator: str = "",
    sampled_on: date | None = None,
    resulted_on: date | None = None,
    analyser: str = "",
    missing_because: str = "",
) -> FitResult:
    """A faecal immunochemical test: its value in tenths of a microgram of haemoglobin per gram, or why it is missing.

    comparator: "<" or ">" where the analyser gives a limit instead of a value.
    """
    pathway = locked_at(
        pathway_id, seen_version, micrograms_tenths=micrograms_tenths, comparator=comparator, sampled_on=sampled_on,
        resulted_on=resulted_on, analyser=analyser, missing_because=missing_because,
    )  # fmt: skip
    require(comparator in {"", "<", ">"}, "A comparator is < or >.")
    require(
        (micrograms_tenths is None) == bool(missing_because.strip()),
        "Give the value, or say why there is none.",
    )
    not_later(sampled_on, now, "The sample was taken")
    not_later(resulted_on, now, "The result was known")
    not_before(resulted_on, sampled_on, "A result cannot be known before its sample was taken.")
    result = FitResult(
        pathway=pathway, comparator=comparator, tenths=micrograms_tenths, sampled_on=sampled_on,
        resulted_on=resulted_on, analyser=analyser, missing_because=missing_because.strip(), made_at=now,
        made_by=author_of(by),
    )  # fmt: skip
    result.full_clean()
    result.save()
    saved(pathway, "FIT recorded", by=by, now=now)
    return result


@transaction.atomic
def record_filter_test(
    *,
    pathway_id: int,
    test: str,
    done_on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
    abnormal: bool | None = None,
) -> FilterTest:
    """One of the filter tests, by its key of the timed pathways; recorded again, the last stands."""
    pathway = locked_at(pathway_id, seen_version, test=test, done_on=done_on, abnormal=abnormal)
    not_later(done_on, now, "The test was done")
    made = {"done_on": done_on, "abnormal": abnormal, "made_at": now, "made_by": author_of(by)}
    one, _ = FilterTest.objects.update_or_create(pathway=pathway, test=test, defaults=made)
    saved(pathway, "filter test recorded", by=by, now=now)
    return one
