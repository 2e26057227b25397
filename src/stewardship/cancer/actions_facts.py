"""What happened on a pathway, recorded or corrected by hand. Old values stay in the history."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

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
from stewardship.cancer.models import (
    Difference,
    MilestoneEvent,
    TrackedPathway,
    Transfer,
    Treatment,
)
from stewardship.cancer.nightly.columns import (
    ICD10,
    PATHWAY_FIELDS,
    SITE,
    TREATMENT_FIELDS,
    is_milestone,
    read_value,
)
from stewardship.cancer.nightly.order import out_of_order
from stewardship.cancer.words import Standard
from stewardship.rules.cancer.allocation import trust_of
from stewardship.rules.cancer.codes import EndReason

CORRECTABLE = frozenset({*PATHWAY_FIELDS, "sub_pathway", "ruled_out_on", "practice_told_on", "diagnosed_on"})
TREATMENT_CORRECTABLE = frozenset({*TREATMENT_FIELDS, "pause_from", "pause_to"})
_TREATMENT = "That stops or starts a clock: record it under “Decision to treat, and treatment”."
STOPS_A_CLOCK = {
    "TOLD": "That stops a clock: record it under “Told that it is cancer”.",
    "RULEOUT": "That stops a clock: record it under “Cancer is ruled out”.",
    "DTT": _TREATMENT,
    "FDT": _TREATMENT,
}
"""Milestones that are facts of the pathway itself once they are done; booked ones say what will be."""


@transaction.atomic
def correct_pathway(
    *, pathway_id: int, fields: Mapping[str, Any], reason: str, by: Actor, seen_version: int, now: datetime
) -> TrackedPathway:
    """Correct facts of a pathway. fields: names of `CORRECTABLE` and their new values, dates as dates.

    What was there before stays in the history with the reason. The next nightly file does not undo it: see
    `Difference`. Raises StaleError, and ValidationError in words.
    """
    pathway = locked_at(pathway_id, seen_version, reason=reason, **fields)
    _set(pathway, fields, CORRECTABLE, reason)
    require_order(pathway, now)
    return saved(pathway, "corrected", why=reason, by=by, now=now)


@transaction.atomic
def correct_treatment(
    *,
    pathway_id: int,
    number: int,
    fields: Mapping[str, Any],
    reason: str,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Treatment:
    """Correct a treatment, or add it where the pathway has none of that number. Raises as `correct_pathway` does."""
    pathway = locked_at(pathway_id, seen_version, number=number, reason=reason, **fields)
    treatment = pathway.treatments.filter(number=number).first() or Treatment(pathway=pathway, number=number)
    _set(treatment, fields, TREATMENT_CORRECTABLE, reason)
    keep(treatment, f"corrected: {reason.strip()}", author_of(by), now)
    require_order(pathway, now)
    saved(pathway, f"treatment {number} corrected", why=reason, by=by, now=now)
    return treatment


@transaction.atomic
def tell(
    *,
    pathway_id: int,
    told_on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
    diagnosis: str = "",
    delay_code: str = "",
    delay_comment: str = "",
) -> TrackedPathway:
    """The person was told that it is cancer: the 28 days end, and the pathway goes on to treatment.

    diagnosis: ICD-10, where it is known. delay_code: has to be given where they were told after the 28th day and no
    reason is there. Raises StaleError, and ValidationError in words.
    """
    pathway = locked_at(
        pathway_id, seen_version, told_on=told_on, diagnosis=diagnosis, delay_code=delay_code,
        delay_comment=delay_comment,
    )  # fmt: skip
    require(pathway.closed_at is None, "This pathway has left the list. Put it back first.")
    not_later(told_on, now, "The person was told")
    code = diagnosis.strip().upper()
    require(not code or bool(ICD10.fullmatch(code)), "Enter the diagnosis as an ICD-10 code, such as C18.7.")
    pathway.faster_diagnosis_end_on, pathway.faster_diagnosis_end_reason = told_on, EndReason.CANCER.value
    pathway.diagnosis = code or pathway.diagnosis
    require_order(pathway, now)
    explain(pathway, Standard.DAYS_28, delay_code, delay_comment, by, now)
    return saved(pathway, "told that it is cancer", by=by, now=now)


@transaction.atomic
def record_milestone(
    *,
    pathway_id: int,
    code: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    requested_on: date | None = None,
    booked_on: date | None = None,
    done_on: date | None = None,
    reported_on: date | None = None,
    provider: str = "",
    test: str = "",
    not_needed: str = "",
) -> MilestoneEvent:
    """Record a milestone, or correct it: the dates given stand from now on. not_needed: why it is left out.

    A first appointment is the day first seen, where none is recorded. What stops a clock is recorded as such and not as
    a milestone: see `tell` and `correct_treatment`.
    """
    fields: dict[str, Any] = {
        "requested_on": requested_on, "booked_on": booked_on, "done_on": done_on, "reported_on": reported_on,
        "provider": provider, "test": test, "not_needed": not_needed,
    }  # fmt: skip
    pathway = locked_at(pathway_id, seen_version, code=code, **fields)
    require(is_milestone(code), "Choose a milestone from the list.")
    require(done_on is None or code not in STOPS_A_CLOCK, STOPS_A_CLOCK.get(code, ""))
    not_later(done_on, now, "The milestone was done")
    not_later(reported_on, now, "The result was reported")
    not_before(reported_on, done_on, "A result cannot be reported before the test was done.")
    not_before(done_on, requested_on, "A milestone cannot be done before it was requested.")
    event = pathway.milestones.filter(code=code).first() or MilestoneEvent(pathway=pathway, code=code)
    for field, value in fields.items():
        setattr(event, field, value)
    keep(event, "recorded by hand", author_of(by), now)
    if code == "FSEEN" and done_on and pathway.first_seen_on is None:
        pathway.first_seen_on = done_on
        require_order(pathway, now)
    saved(pathway, f"milestone {code} recorded", by=by, now=now)
    return event


@transaction.atomic
def plan_transfer(
    *,
    pathway_id: int,
    referring_site: str,
    receiving_site: str,
    requested_on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Transfer:
    """Ask another provider to take a pathway on. Providers are known by the first three characters of a site's code."""
    pathway = locked_at(
        pathway_id, seen_version, referring_site=referring_site, receiving_site=receiving_site,
        requested_on=requested_on,
    )  # fmt: skip
    not_later(requested_on, now, "The transfer was asked for")
    referring_site, receiving_site = referring_site.strip().upper(), receiving_site.strip().upper()
    require(
        bool(SITE.fullmatch(referring_site) and SITE.fullmatch(receiving_site)),
        "Give both sites by their codes: 3 to 9 letters and digits.",
    )
    require(
        provider_of(referring_site) == pathway.provider,
        f"The pathway is tracked by {pathway.provider}, so a site of that provider refers it. Correct the code.",
    )
    require(
        provider_of(referring_site) != provider_of(receiving_site),
        "A transfer goes to another provider. Choose one.",
    )
    author = author_of(by)
    transfer = Transfer(
        pathway=pathway, referring_site=referring_site, receiving_site=receiving_site,
        receiving_provider=provider_of(receiving_site), requested_on=requested_on, made_at=now, made_by=author,
    )  # fmt: skip
    keep(transfer, "transfer asked for", author, now)
    saved(pathway, f"transfer to {transfer.receiving_provider} asked for", by=by, now=now)
    return transfer


@transaction.atomic
def receive_transfer(
    *, pathway_id: int, transfer_id: int, received_on: date, by: Actor, seen_version: int, now: datetime
) -> Transfer:
    """The receiving provider has the agreed data: from now on it tracks the pathway."""
    pathway = locked_at(pathway_id, seen_version, transfer_id=transfer_id, received_on=received_on)
    not_later(received_on, now, "The transfer was received")
    not_before(received_on, pathway.received_on, "A transfer cannot be received before the referral was.")
    transfer = pathway.transfers.filter(pk=transfer_id, received_on=None).first()
    if transfer is None:
        raise ValidationError("That transfer was received already.")
    transfer.received_on = received_on
    keep(transfer, "received", author_of(by), now)
    pathway.provider = transfer.receiving_provider
    saved(pathway, f"transfer received by {transfer.receiving_provider}", by=by, now=now)
    return transfer


@transaction.atomic
def settle_difference(
    *, pathway_id: int, difference_id: int, take: bool, by: Actor, seen_version: int, now: datetime
) -> Difference:
    """Decide between a correction made by hand and what the nightly file says since. take: the file's value."""
    pathway = locked_at(pathway_id, seen_version, difference_id=difference_id, take=take)
    one = Difference.objects.filter(pk=difference_id, pathway=pathway, settled_at=None).first()
    if one is None:
        raise ValidationError("That difference is settled already.")
    author = author_of(by)
    if take:
        record = _record_of(pathway, one.record)
        setattr(record, one.field, read_value(one.field, one.sent))
        if record is not pathway:
            keep(record, "taken from the nightly file", author, now)
        require_order(pathway, now)
    one.settled, one.settled_at, one.settled_by = "taken" if take else "kept", now, author
    one.save()
    saved(pathway, f"{one.field}: {one.settled}", by=by, now=now)
    return one


def provider_of(site: str) -> str:
    """The trust of a site, in capitals."""
    return trust_of(site.upper())


def require_order(pathway: TrackedPathway, now: datetime) -> None:
    """Refuse facts in an order that cannot be. Raises ValidationError."""
    treatments = list(pathway.treatments.all()) if pathway.pk else []
    if wrong := out_of_order(pathway, treatments, day_of(now)):
        raise ValidationError(wrong[0].sentence)


def _set(record: Any, fields: Mapping[str, Any], known: frozenset[str], reason: str) -> None:
    require(bool(reason.strip()), "Say why this is corrected.")
    require(set(fields) <= known, "That cannot be corrected here.")
    require(any(getattr(record, name) != value for name, value in fields.items()), "Nothing is different.")
    for name, value in fields.items():
        setattr(record, name, value)


def _record_of(pathway: TrackedPathway, record: str) -> Any:
    if record == "pathway":
        return pathway
    if record.startswith("treatment "):
        return pathway.treatments.get(number=int(record.removeprefix("treatment ")))
    return pathway.milestones.get(code=record)
