"""Leaving the list, and what follows it: ruling out with its letters, removal, harm reviews, care reviews."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.log import Actor
from stewardship.cancer.changing import (
    author_of,
    day_of,
    keep,
    locked_at,
    not_before,
    not_later,
    require,
    saved,
)
from stewardship.cancer.explaining import explain
from stewardship.cancer.facts import judged
from stewardship.cancer.models import (
    CareReview,
    HarmReview,
    Letter,
    NextAction,
    Removal,
    TrackedPathway,
)
from stewardship.cancer.words import Harm, LetterTo, RemovalReason, Standard
from stewardship.rules.cancer.codes import EndReason
from stewardship.rules.cancer.judgement import Result

COUNTED = frozenset({RemovalReason.DECLINED, RemovalReason.INTERVAL_SCAN, RemovalReason.NOT_CANCER_WAITS})
"""Reasons of leaving untreated after which the 28 days still count."""


@transaction.atomic
def rule_out(
    *,
    pathway_id: int,
    told_on: date,
    told_how: str,
    told_whom: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    ruled_out_on: date | None = None,
    note: str = "",
    delay_code: str = "",
    delay_comment: str = "",
) -> Removal:
    """Take a pathway off the list because cancer is ruled out and the person has been told; its letters are made.

    ruled_out_on: when a clinician ruled it out, if before. delay_code: has to be given, by the national code, where
    the person was told after the 28th day and no reason is there. Raises StaleError, and ValidationError in words.
    """
    pathway = locked_at(
        pathway_id, seen_version, told_on=told_on, told_how=told_how, told_whom=told_whom,
        ruled_out_on=ruled_out_on, note=note, delay_code=delay_code, delay_comment=delay_comment,
    )  # fmt: skip
    not_later(told_on, now, "The person was told")
    not_before(told_on, pathway.received_on, "The person cannot be told before the referral was received.")
    not_before(told_on, ruled_out_on, "The person cannot be told before cancer was ruled out.")
    require(bool(told_how), "Say how the person was told.")
    require(bool(told_whom), "Say who was told.")
    pathway.ruled_out_on = ruled_out_on or pathway.ruled_out_on or told_on
    pathway.faster_diagnosis_end_on = told_on
    pathway.faster_diagnosis_end_reason = EndReason.RULED_OUT.value
    explain(pathway, Standard.DAYS_28, delay_code, delay_comment, by, now)
    made = _removed(
        pathway, RemovalReason.RULED_OUT, told_on, note, by, now, told_how=told_how, told_whom=told_whom
    )
    for to in LetterTo:
        Letter.objects.create(removal=made, to=to, made_at=now, made_by=made.by)
    saved(pathway, "cancer ruled out", by=by, now=now)
    return made


@transaction.atomic
def remove(
    *,
    pathway_id: int,
    reason: str,
    on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
    note: str = "",
    delay_code: str = "",
    delay_comment: str = "",
) -> Removal:
    """Take a pathway off the list for a reason other than ruling out. on: the day of what ended it.

    delay_code: has to be given where first treatment came after the 62nd day and no reason is there. Of someone who
    was treated, breaches of the 28 and 31 days have to have their reasons already. Of someone who was told and not
    treated, delay_code is for the 28 days. An interval scan is planned for somebody who is told so: on that day.
    Raises StaleError, and ValidationError in words.
    """
    pathway = locked_at(
        pathway_id,
        seen_version,
        reason=reason,
        on=on,
        note=note,
        delay_code=delay_code,
        delay_comment=delay_comment,
    )
    require(reason in RemovalReason, "Choose a reason from the list.")
    require(reason != RemovalReason.RULED_OUT, "Record the ruling-out, with who was told and how.")
    not_later(on, now, "The pathway ended")
    not_before(on, pathway.received_on, "A pathway cannot end before its referral was received.")
    if reason == RemovalReason.TREATED:
        require(
            pathway.treatments.filter(started_on__isnull=False).exists(),
            "No treatment has started on this pathway. Record the treatment first.",
        )
        for standard in (Standard.DAYS_28, Standard.DAYS_31):
            explain(pathway, standard, "", "", by, now)
        explain(pathway, Standard.DAYS_62, delay_code, delay_comment, by, now)
    else:
        _ended_otherwise(pathway, reason, on, now)
        if reason in COUNTED:
            explain(pathway, Standard.DAYS_28, delay_code, delay_comment, by, now)
    made = _removed(pathway, reason, on, note, by, now)
    saved(pathway, f"left the list: {made.get_reason_display()}", by=by, now=now)
    return made


@transaction.atomic
def put_back(*, pathway_id: int, reason: str, by: Actor, seen_version: int, now: datetime) -> TrackedPathway:
    """Put a pathway back on the list: it was taken off by mistake. What was said of it stays in the history."""
    pathway = locked_at(pathway_id, seen_version, reason=reason)
    require(bool(reason.strip()), "Say why the pathway goes back on the list.")
    removal = pathway.removals.filter(undone_at=None).first()
    if removal is None:
        raise ValidationError("This pathway is on the list.")
    author = author_of(by)
    removal.undone_because, removal.undone_at, removal.undone_by = reason.strip()[:300], now, author
    removal.save()
    pathway.closed_at = pathway.closed_by = None
    if removal.reason in {RemovalReason.RULED_OUT, RemovalReason.INTERVAL_SCAN}:
        pathway.faster_diagnosis_end_on, pathway.faster_diagnosis_end_reason = None, ""
        pathway.ruled_out_on = pathway.practice_told_on = None
    return saved(pathway, "put back", why=reason, by=by, now=now)


@transaction.atomic
def found_again(
    *, pathway_id: int, reason: str, by: Actor, seen_version: int, now: datetime
) -> TrackedPathway:
    """Somebody who vanished from the nightly file is looked for, and stays on the list. reason: what was found out.

    The pathway is kept by hand from then on, so that it does not vanish again the next night.
    """
    pathway = locked_at(pathway_id, seen_version, reason=reason)
    require(pathway.vanished_at is not None, "This pathway is not missing from the nightly file.")
    require(bool(reason.strip()), "Say what you found out.")
    pathway.vanished_at, pathway.kept_by_hand = None, True
    return saved(pathway, "stays on the list", why=reason, by=by, now=now)


@transaction.atomic
def send_letter(*, pathway_id: int, letter_id: int, by: Actor, seen_version: int, now: datetime) -> Letter:
    """A letter of a ruling-out was sent. When the practice's was, the practice counts as told."""
    pathway = locked_at(pathway_id, seen_version, letter_id=letter_id)
    letter = Letter.objects.filter(pk=letter_id, removal__pathway=pathway, sent_at=None).first()
    if letter is None:
        raise ValidationError("That letter was sent already.")
    letter.sent_at, letter.sent_by = now, author_of(by)
    letter.save()
    if letter.to == LetterTo.PRACTICE:
        pathway.practice_told_on = day_of(now)
    saved(pathway, f"letter to {letter.get_to_display().lower()} sent", by=by, now=now)
    return letter


@transaction.atomic
def ask_harm_review(*, pathway_id: int, by: Actor, seen_version: int, now: datetime) -> HarmReview:
    """Ask for the clinical harm review of somebody who waited over 104 days."""
    pathway = locked_at(pathway_id, seen_version)
    require(not HarmReview.objects.filter(pathway=pathway).exists(), "A harm review was asked for already.")
    review = HarmReview.objects.create(pathway=pathway, asked_at=now, asked_by=author_of(by))
    saved(pathway, "harm review asked for", by=by, now=now)
    return review


@transaction.atomic
def complete_harm_review(
    *,
    pathway_id: int,
    reviewed_on: date,
    physical: str,
    psychological: str,
    root_cause: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    to_patient_safety_on: date | None = None,
) -> HarmReview:
    """What the harm review found. Severe harm has gone to the patient-safety process before this is saved."""
    pathway = locked_at(
        pathway_id, seen_version, reviewed_on=reviewed_on, physical=physical, psychological=psychological,
        root_cause=root_cause, to_patient_safety_on=to_patient_safety_on,
    )  # fmt: skip
    not_later(reviewed_on, now, "The review was held")
    require(bool(root_cause.strip()), "Write what the root cause was.")
    severe = {physical, psychological} & {Harm.SEVERE, Harm.DEATH}
    require(
        not severe or to_patient_safety_on is not None,
        "Severe harm goes to the patient-safety process. Say on which day it went.",
    )
    author = author_of(by)
    review, _ = HarmReview.objects.get_or_create(
        pathway=pathway, defaults={"asked_at": now, "asked_by": author}
    )
    require(review.completed_at is None, "This harm review is completed already.")
    review.reviewed_on, review.physical, review.psychological = reviewed_on, physical, psychological
    review.root_cause, review.to_patient_safety_on = root_cause.strip(), to_patient_safety_on
    review.completed_at, review.completed_by = now, author
    review.full_clean()
    review.save()
    saved(pathway, "harm review completed", by=by, now=now)
    return review


@transaction.atomic
def record_care_review(
    *,
    pathway_id: int,
    months: int,
    state: str,
    on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> CareReview:
    """What became of a cancer care review, 3 or 12 months after the diagnosis; recorded again, the last stands."""
    pathway = locked_at(pathway_id, seen_version, months=months, state=state, on=on)
    not_later(on, now, "The review was held")
    review = CareReview.objects.filter(pathway=pathway, months=months).first()
    review = review or CareReview(pathway=pathway, months=months)
    review.state, review.on, review.at, review.by = state, on, now, author_of(by)
    review.full_clean()
    review.save()
    saved(pathway, f"care review at {months} months: {review.get_state_display()}", by=by, now=now)
    return review


def _removed(
    pathway: TrackedPathway,
    reason: str,
    on: date,
    note: str,
    by: Actor,
    now: datetime,
    *,
    told_how: str = "",
    told_whom: str = "",
) -> Removal:
    require(pathway.closed_at is None, "This pathway has left the list already.")
    author = author_of(by)
    told_on = on if told_how else None
    made = Removal(
        pathway=pathway, reason=reason, on=on, note=note.strip(), told_on=told_on, told_how=told_how,
        told_whom=told_whom, at=now, by=author,
    )  # fmt: skip
    made.full_clean()
    made.save()
    pathway.closed_at, pathway.closed_by, pathway.vanished_at = now, author, None
    for action in NextAction.objects.filter(pathway=pathway, ended_at=None):
        action.ended_at, action.ended_by, action.dropped = now, author, "the pathway left the list"
        keep(action, "the pathway left the list", author, now)
    return made


def _ended_otherwise(pathway: TrackedPathway, reason: str, on: date, now: datetime) -> None:
    """What leaving without treatment has to say of the 28 days."""
    if reason == RemovalReason.INTERVAL_SCAN:
        pathway.faster_diagnosis_end_on = pathway.faster_diagnosis_end_on or on
        pathway.faster_diagnosis_end_reason = EndReason.INTERVAL_SCAN.value
    if reason == RemovalReason.DECLINED:
        told = judged(pathway, as_of=day_of(now)).faster_diagnosis.result is not Result.OPEN
        require(
            told,
            "Nobody declines treatment before being told. Record first on which day the person was told.",
        )
