"""The portal's list of calls: loaded, paired with records of advice, and what is left without one explained."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from stewardship.access.authored import require
from stewardship.access.log import Action, Actor, record
from stewardship.frailty.actions_call import locked_call, saved_call
from stewardship.frailty.call_words import LineStatus
from stewardship.frailty.changing import author_of
from stewardship.frailty.line_list import ListError, Read, paired, read_list
from stewardship.frailty.models import AdviceCall, LineCall, LineLoad

BATCH = 500
COPIED = ("status", "channel", "started_at", "answered_at", "ended_at")


@dataclass(frozen=True)
class Loaded:
    """What came of a list: calls new, known before and linked with records at once; rows set aside, with reasons."""

    new: int
    known: int
    linked: int
    rejected: tuple[tuple[int, str], ...]


@transaction.atomic
def load_list(*, content: bytes, by: Actor, now: datetime) -> Loaded:
    """Load a list for the line that somebody answers. A call that was listed before is brought up to date.

    Loading the same file again changes nothing. Raises ListError, and nothing is loaded.
    """
    read = read_list(content, timezone.get_current_timezone(), now)
    if not read.calls:
        raise ListError(
            f"No row of the file could be read. Row {read.rejected[0][0]}: {read.rejected[0][1]}."
        )
    mine = LineCall.objects.filter(organisation=by.organisation)
    held = {one.reference: one for one in mine.filter(reference__in=[each.reference for each in read.calls])}
    load = _load(content, read, len(held), by, now)
    new = [
        LineCall(
            organisation=by.organisation, load=load, reference=each.reference,
            **{name: getattr(each, name) for name in COPIED},
        )
        for each in read.calls
        if each.reference not in held
    ]  # fmt: skip
    LineCall.objects.bulk_create(new, BATCH)
    for each in read.calls:
        if each.reference in held:
            for name in COPIED:
                setattr(held[each.reference], name, getattr(each, name))
    LineCall.objects.bulk_update(held.values(), COPIED, BATCH)
    linked = _linked(by, now)
    record(
        by=by, did=Action.CREATE, shown=len(read.calls), reason="advice line: the portal’s list was loaded"
    )
    return Loaded(len(new), len(held), linked, read.rejected)


def unrecorded(organisation: str) -> Iterable[LineCall]:
    """Answered calls with no record of advice and no reason why none is needed, the latest first."""
    calls = LineCall.objects.filter(organisation=organisation, status=LineStatus.ANSWERED)
    return calls.filter(record=None, no_record_at=None)


@transaction.atomic
def link(*, line_id: int, call_id: int, by: Actor, seen_version: int, now: datetime) -> AdviceCall:
    """Somebody says which record of advice belongs to a call of the list."""
    line = _of_line(line_id, by)
    call = locked_call(call_id, seen_version)
    require(call.organisation == by.organisation, "That call is of another line.")
    require(not AdviceCall.objects.filter(line=line).exists(), "That call of the list has a record already.")
    require(call.line_id is None, "That record is linked with another call of the list already.")
    call.line, call.line_sure = line, True
    return saved_call(call, "linked with the portal’s list", by, now)


@transaction.atomic
def no_record_needed(*, line_id: int, because: str, by: Actor, now: datetime) -> LineCall:
    """Why an answered call needs no record of advice: a wrong number, a test of the line."""
    line = _of_line(line_id, by)
    require(bool(because.strip()), "Say why this call needs no record.")
    require(not AdviceCall.objects.filter(line=line).exists(), "That call of the list has a record already.")
    line.no_record_because, line.no_record_at, line.no_record_by = because.strip()[:300], now, author_of(by)
    line.save()
    record(by=by, did=Action.CHANGE, reason="advice line: a call needs no record")
    return line


def _of_line(line_id: int, by: Actor) -> LineCall:
    found = LineCall.objects.select_for_update().filter(pk=line_id, organisation=by.organisation).first()
    if found is None:
        raise ValidationError("That call is not on the list of your line.")
    return found


def _load(content: bytes, read: Read, known: int, by: Actor, now: datetime) -> LineLoad:
    digest = hashlib.sha256(f"{by.organisation}\0".encode() + content).hexdigest()
    times = [each.started_at for each in read.calls]
    told = {
        "first_at": min(times), "last_at": max(times), "new": len(read.calls) - known, "known": known,
        "rejected": len(read.rejected), "at": now, "by": author_of(by),
    }  # fmt: skip
    return LineLoad.objects.get_or_create(digest=digest, defaults=told)[0]


def _linked(by: Actor, now: datetime) -> int:
    """Pair what can be paired without doubt; each record is told that it was."""
    open_ = LineCall.objects.filter(
        organisation=by.organisation, record=None, no_record_at=None, answered_at__isnull=False
    )
    calls = {one.pk: one.answered_at for one in open_ if one.answered_at is not None}
    records = dict(
        AdviceCall.objects.filter(organisation=by.organisation, line=None).values_list("pk", "answered_at")
    )
    found = paired(calls, records)
    for line_id, call_id in found.items():
        call = AdviceCall.objects.select_for_update().get(pk=call_id)
        call.line_id = line_id
        saved_call(call, "linked with the portal’s list by its time", by, now)
    return len(found)
