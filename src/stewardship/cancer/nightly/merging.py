"""What one night's file changes of a pathway: its fields are merged three ways, so that no correction is lost.

There are three values of a field: what the file said the last time, what it says now, and what stands here. Where the
file says what it said before, nothing happens, whatever stands here. Where it says something new, and what stands here
is what it said before, the new value is taken. Where it says something new of what somebody had corrected by hand, the
correction stands, and the difference goes to a person to settle.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stewardship.cancer.models import DelayReason, MilestoneEvent, TrackedPathway, Transfer, Treatment
from stewardship.cancer.nightly.checking import SentEvent, SentPathway
from stewardship.cancer.nightly.columns import (
    EVENT_FIELDS,
    TRANSFER_FIELDS,
    TREATMENT_FIELDS,
    read_value,
    written,
)
from stewardship.cancer.words import RemovalReason
from stewardship.rules.cancer.allocation import trust_of
from stewardship.rules.cancer.codes import ALL_DECLINED, EndReason

IDENTITY = "identity"
FOLLOWING = frozenset({"age_band", "practice"})  # follow who the person is, and are corrected by nobody
NO_NEW_CANCER = "03"  # patient status
CLOSED_BY = {
    EndReason.RULED_OUT: RemovalReason.RULED_OUT,
    EndReason.INTERVAL_SCAN: RemovalReason.INTERVAL_SCAN,
    EndReason.EXCLUDED: RemovalReason.EXCLUDED,
}


@dataclass(frozen=True)
class FieldChange:
    """One field that the file changes, or would have. record: "pathway", "treatment 1", "transfer" or a milestone."""

    record: str
    field: str
    old: str
    new: str


@dataclass(repr=False)
class Merged:
    """A pathway with a night's file merged into it, not saved. Lists hold records that are new, changed or gone.

    clashes: differences from corrections; old is what stands here. silent: nothing but what was sent has changed.
    """

    pathway: TrackedPathway
    sent: SentPathway
    changes: list[FieldChange] = field(default_factory=list)
    clashes: list[FieldChange] = field(default_factory=list)
    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    gone: list[Any] = field(default_factory=list)
    reasons: list[DelayReason] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    resent: bool = False
    identity_changed: bool = False

    @property
    def touched(self) -> bool:
        """Whether anything has to be written."""
        return self.resent or self.identity_changed or bool(self.changes or self.clashes or self.reasons)


def merged(
    pathway: TrackedPathway,
    sent: SentPathway,
    events: Mapping[str, SentEvent],
    unusable: frozenset[str],
    today: date,
) -> Merged:
    """Merge one pathway of the file. pathway: as it stands, with its children; new ones have no key yet.

    unusable: milestones whose rows were set aside: what is known of them stays.
    """
    found = Merged(pathway, sent)
    _fields(found, "pathway", pathway, sent.pathway)
    if pathway.sent.get(IDENTITY, "") != sent.identity:
        pathway.sent[IDENTITY] = sent.identity
        found.identity_changed = True
    _treatments(found)
    _milestones(found, events, unusable)
    _transfer(found)
    _delays(found)
    if _says_ruled_out(pathway) and pathway.ruled_out_on is None:
        pathway.ruled_out_on = today  # the first night that it is known here; the record sends no such day
        found.changes.append(FieldChange("pathway", "ruled_out_on", "", written(today)))
    return found


def sent_digest(sent: SentPathway, events: Mapping[str, SentEvent], unusable: frozenset[str]) -> str:
    """Changes with anything that a file says of a pathway, and with which of its milestones could not be used."""
    said = (
        sorted(sent.pathway.items()), [sorted(each.items()) for each in sent.treatments], sorted(sent.transfer.items()),
        sorted(sent.delays.items()), sent.identity, sorted(unusable),
        [(code, sorted(event.fields.items())) for code, event in sorted(events.items())],
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def ending(pathway: TrackedPathway, treatments: Sequence[Treatment]) -> tuple[RemovalReason, date] | None:
    """Why and when a pathway ended, by what its own record says; None while somebody waits.

    A treatment without a diagnosis leaves it on the list (treated, but not diagnosed), and so does a further treatment
    that has been decided on and has not begun.
    """
    if treatments:
        first = treatments[0]
        declined = first.modality == ALL_DECLINED and (first.started_on or first.decided_on)
        if declined:
            return RemovalReason.DECLINED, declined
        if all(each.started_on for each in treatments) and pathway.diagnosis:
            return RemovalReason.TREATED, first.started_on
        if any(each.decided_on or each.started_on for each in treatments):
            return None
    ended, reason = pathway.faster_diagnosis_end_on, pathway.faster_diagnosis_end_reason
    closed_by = CLOSED_BY.get(EndReason(reason)) if ended and reason else None
    return (closed_by, ended) if closed_by and ended else None


def _says_ruled_out(pathway: TrackedPathway) -> bool:
    """Closed at the hospital, but the person has not been told: the commonest mistake in these records."""
    return pathway.patient_status == NO_NEW_CANCER and pathway.faster_diagnosis_end_on is None


def _fields(found: Merged, name: str, record: Any, theirs: Mapping[str, Any]) -> bool:
    """Merge the fields of one record; whether what stands here changed."""
    before = len(found.changes)
    for field_name, value in theirs.items():
        new, base = written(value), record.sent.get(field_name, "")
        if new == base:
            continue
        record.sent[field_name] = new
        found.resent = True
        ours = written(getattr(record, field_name))
        if ours == new:
            continue
        if ours != base and field_name not in FOLLOWING:
            found.clashes.append(FieldChange(name, field_name, ours, new))
        else:
            setattr(record, field_name, value)
            found.changes.append(FieldChange(name, field_name, ours, new))
    return len(found.changes) > before


def _merge_child(
    found: Merged, name: str, record: Any, theirs: Mapping[str, Any], fields: Sequence[str]
) -> None:
    """Merge a treatment, milestone or transfer, and note whether it is new, changed or gone."""
    sent = dict(record.sent)
    _fields(found, name, record, theirs)
    if record.pk is None:
        found.new.append(record)
    elif not any(written(getattr(record, each)) for each in fields):
        found.gone.append(record)
    elif record.sent != sent:
        found.changed.append(record)


def _treatments(found: Merged) -> None:
    """Treatments by their number, which follows the order of decisions."""
    pathway = found.pathway
    held = {each.number: each for each in pathway.treatments.all()} if pathway.pk else {}
    for number, theirs in enumerate(found.sent.treatments, start=1):
        record = held.pop(number, None) or Treatment(pathway=pathway, number=number)
        _merge_child(found, f"treatment {number}", record, theirs, TREATMENT_FIELDS)
        found.treatments.append(record)
    for number, record in sorted(held.items()):
        if record.sent:
            _merge_child(
                found, f"treatment {number}", record, _blank(record, TREATMENT_FIELDS), TREATMENT_FIELDS
            )
        if record not in found.gone:
            found.treatments.append(record)


def _milestones(found: Merged, events: Mapping[str, SentEvent], unusable: frozenset[str]) -> None:
    pathway = found.pathway
    held = {each.code: each for each in pathway.milestones.all()} if pathway.pk else {}
    for code, event in events.items():
        record = held.pop(code, None) or MilestoneEvent(pathway=pathway, code=code)
        _merge_child(found, code, record, event.fields, EVENT_FIELDS)
    for code, record in held.items():
        if record.sent and code not in unusable:
            _merge_child(found, code, record, _blank(record, EVENT_FIELDS), EVENT_FIELDS)


def _transfer(found: Merged) -> None:
    """The transfer that the file tells of: the one it told of before, one made by hand to the same provider, or new."""
    pathway, theirs = found.pathway, dict(found.sent.transfer)
    held = list(pathway.transfers.all()) if pathway.pk else []
    if not theirs:
        return
    receiving = trust_of(str(theirs["receiving_site"]))
    record = next((each for each in held if each.sent), None)
    record = record or next((each for each in held if each.receiving_provider == receiving), None)
    record = record or Transfer(pathway=pathway)
    before = record.received_on
    _merge_child(found, "transfer", record, theirs, TRANSFER_FIELDS)
    record.receiving_provider = trust_of(record.receiving_site)
    if record.received_on and record.received_on != before:
        pathway.provider = record.receiving_provider


def _delays(found: Merged) -> None:
    pathway = found.pathway
    for standard, (code, comment) in found.sent.delays.items():
        said = f"{code} {comment}".strip()
        if pathway.sent.get(f"delay {standard}", "") != said:
            pathway.sent[f"delay {standard}"] = said
            found.reasons.append(DelayReason(pathway=pathway, standard=standard, code=code, comment=comment))


def _blank(record: Any, fields: Sequence[str]) -> dict[str, Any]:
    """What a file says of a record that it told of before and tells of no more."""
    return {each: read_value(each, "") for each in fields if each in record.sent}
