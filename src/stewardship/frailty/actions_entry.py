"""Coming onto the register and leaving it: proposed, confirmed or rejected by a clinician, ended, opened again."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.authored import day_of, not_later, require
from stewardship.access.log import Action, Actor
from stewardship.frailty.changing import author_of, keep, locked, locked_at, saved
from stewardship.frailty.models import Decision, Entry, Held, Identification
from stewardship.frailty.proposing import Found, Place, told_once
from stewardship.frailty.words import Condition, Decided, Degree, Ended, State

STAGES = frozenset({Degree.STAGE_A, Degree.STAGE_B, Degree.STAGE_C, Degree.STAGE_D})
SEVERITIES = frozenset({Degree.MILD, Degree.MODERATE, Degree.SEVERE})


@transaction.atomic
def add_entry(*, person_id: int, place: Place, found: Found, by: Actor, now: datetime) -> Entry:
    """Put one person, whom somebody met, on the list of those to be confirmed; who has an entry gets that one back.

    The person is in the vault before. Whoever is on the register stays there, with one more reason; an entry that was
    rejected or ended waits to be confirmed again. Raises AccessLogError where it cannot be logged.
    """
    author = author_of(by)
    there, made = Entry.objects.standing().get_or_create(
        person_id=person_id, defaults={**place.fields(), "made_at": now, "made_by": author}
    )
    entry = locked(there.pk)
    if made:
        decided(entry, Decided.PROPOSED, day_of(now), by=by, now=now)
    _identified(entry, found, by, now)
    if entry.state in {State.REJECTED, State.ENDED}:
        entry.state, entry.ended_on, entry.ended_because = State.TO_CONFIRM, None, ""
        decided(entry, Decided.PROPOSED_AGAIN, day_of(now), by=by, now=now)
    did = "entry made" if made else "found again"
    return saved(entry, did, by=by, now=now, action=Action.CREATE if made else Action.CHANGE)


@transaction.atomic
def confirm(
    *,
    entry_id: int,
    conditions: dict[str, str],
    clinician: str,
    reason: str,
    decided_on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Entry:
    """A clinician confirms that somebody belongs on the register.

    conditions: one or several of frailty, dementia and end of life, each with its degree ("" where none is known).
    clinician: name and role of who decided, whoever writes it down. Raises StaleError, and ValidationError in words.
    """
    entry = locked_at(
        entry_id,
        seen_version,
        conditions=conditions,
        clinician=clinician,
        reason=reason,
        decided_on=decided_on,
    )
    require(entry.state == State.TO_CONFIRM, f"This entry is not waiting to be confirmed: {_stands(entry)}.")
    require(bool(conditions), "Choose at least one of frailty, dementia and nearing the end of life.")
    _decides(clinician, reason, decided_on, now)
    for condition, degree in conditions.items():
        _hold(entry, condition, degree, decided_on, clinician, reason, by, now)
    entry.state = State.ON_REGISTER
    decided(entry, Decided.CONFIRMED, decided_on, by=by, now=now, clinician=clinician, reason=reason)
    return saved(entry, "confirmed", by=by, now=now, why=reason)


@transaction.atomic
def reject(
    *,
    entry_id: int,
    clinician: str,
    reason: str,
    decided_on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Entry:
    """A clinician says that somebody does not belong on the register. They come back with new evidence alone."""
    entry = locked_at(entry_id, seen_version, clinician=clinician, reason=reason, decided_on=decided_on)
    require(entry.state == State.TO_CONFIRM, f"This entry is not waiting to be confirmed: {_stands(entry)}.")
    _decides(clinician, reason, decided_on, now)
    entry.state = State.REJECTED
    decided(entry, Decided.REJECTED, decided_on, by=by, now=now, clinician=clinician, reason=reason)
    return saved(entry, "rejected", by=by, now=now, why=reason)


@transaction.atomic
def hold_condition(
    *,
    entry_id: int,
    condition: str,
    degree: str,
    diagnosed_on: date,
    assessor: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    evidence: str = "",
) -> Held:
    """Somebody on the register has one more of the three conditions, or the same one to another degree."""
    entry = locked_at(
        entry_id, seen_version, condition=condition, degree=degree, diagnosed_on=diagnosed_on,
        assessor=assessor, evidence=evidence,
    )  # fmt: skip
    require(entry.state == State.ON_REGISTER, f"This entry is not on the register: {_stands(entry)}.")
    not_later(diagnosed_on, now, "It was found")
    held = _hold(entry, condition, degree, diagnosed_on, assessor, evidence, by, now)
    saved(entry, f"{Condition(condition).label.lower()} recorded", by=by, now=now)
    return held


@transaction.atomic
def end_condition(
    *, entry_id: int, condition: str, ended_on: date, reason: str, by: Actor, seen_version: int, now: datetime
) -> Held:
    """One of the conditions does not hold any more. The last one is ended by ending the entry."""
    entry = locked_at(entry_id, seen_version, condition=condition, ended_on=ended_on, reason=reason)
    require(bool(reason.strip()), "Say why it does not hold any more.")
    not_later(ended_on, now, "It ended")
    open_ = Held.objects.filter(entry_id__in=entry.family(), ended_on=None)
    held = open_.filter(condition=condition).first()
    if held is None:
        raise ValidationError("That condition is not on this entry.")
    require(open_.count() > 1, "This is the last condition. End the entry instead, with a reason.")
    held.ended_on, held.ended_because = ended_on, reason.strip()
    keep(held, "ended", author_of(by), now)
    saved(entry, f"{Condition(condition).label.lower()} ended", by=by, now=now, why=reason)
    return held


@transaction.atomic
def end(
    *,
    entry_id: int,
    because: str,
    ended_on: date,
    reason: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    died_at: str = "",
) -> Entry:
    """End an entry, with a reason; it is kept for ever. What was due of it is cancelled, and never overdue.

    died_at: place of death, where they died.
    """
    entry = locked_at(
        entry_id, seen_version, because=because, ended_on=ended_on, reason=reason, died_at=died_at
    )
    require(entry.state in {State.ON_REGISTER, State.TO_CONFIRM}, f"This entry cannot end: {_stands(entry)}.")
    require(bool(reason.strip()), "Say why the entry ends.")
    require(because in Ended.values, "Choose why the entry ends.")
    not_later(ended_on, now, "The entry ended")
    entry.state, entry.ended_on, entry.ended_because = State.ENDED, ended_on, because
    if because == Ended.DIED:
        entry.died_on, entry.died_at = ended_on, died_at.strip()
    decided(entry, Decided.ENDED, ended_on, by=by, now=now, reason=reason)
    return saved(entry, f"ended: {Ended(because).label.lower()}", by=by, now=now, why=reason)


@transaction.atomic
def reopen(*, entry_id: int, reason: str, by: Actor, seen_version: int, now: datetime) -> Entry:
    """Open an entry that was ended or rejected by mistake; it waits to be confirmed again."""
    entry = locked_at(entry_id, seen_version, reason=reason)
    require(entry.state in {State.ENDED, State.REJECTED}, f"This entry is open: {_stands(entry)}.")
    require(bool(reason.strip()), "Say why the entry is opened again.")
    entry.state, entry.ended_on, entry.ended_because = State.TO_CONFIRM, None, ""
    entry.died_on, entry.died_at = None, ""
    decided(entry, Decided.REOPENED, day_of(now), by=by, now=now, reason=reason)
    return saved(entry, "opened again", by=by, now=now, why=reason)


def decided(
    entry: Entry, what: Decided, on: date, *, by: Actor, now: datetime, clinician: str = "", reason: str = ""
) -> None:
    """Write one decision of an entry down."""
    Decision(
        entry=entry, decided=what, on=on, clinician=clinician.strip(), reason=reason.strip(), at=now,
        by=author_of(by),
    ).save()  # fmt: skip


def _identified(entry: Entry, found: Found, by: Actor, now: datetime) -> None:
    known = Identification.objects.filter(entry_id__in=entry.family()).values_list(
        "evidence_digest", flat=True
    )
    if told_once(found) not in set(known):
        row = found.row(entry, author_of(by), now)
        row.full_clean()
        row.save()


def _hold(
    entry: Entry,
    condition: str,
    degree: str,
    on: date,
    assessor: str,
    evidence: str,
    by: Actor,
    now: datetime,
) -> Held:
    """Record a condition; to another degree, the one before ends on the same day."""
    require(condition in Condition.values, "Choose frailty, dementia or nearing the end of life.")
    allowed = {Condition.FRAILTY: SEVERITIES, Condition.END_OF_LIFE: STAGES}.get(
        Condition(condition), frozenset()
    )
    require(
        not degree or degree in allowed, f"{Condition(condition).label} has no such degree. Choose another."
    )
    require(bool(assessor.strip()), "Say who assessed the person.")
    before = Held.objects.filter(entry_id__in=entry.family(), condition=condition, ended_on=None)
    for one in before:
        require(one.degree != degree, f"{one.get_condition_display()} is recorded so already.")
        one.ended_on, one.ended_because = on, "changed to another degree"
        keep(one, "changed to another degree", author_of(by), now)
    held = Held(
        entry=entry, condition=condition, degree=degree, diagnosed_on=on, assessor=assessor.strip(),
        evidence=evidence.strip(), at=now, by=author_of(by),
    )  # fmt: skip
    keep(held, "recorded", held.by, now)
    return held


def _decides(clinician: str, reason: str, on: date, now: datetime) -> None:
    require(bool(clinician.strip()), "Name the clinician who decided, and their role.")
    require(bool(reason.strip()), "Give the clinician’s reason.")
    not_later(on, now, "It was decided")


def _stands(entry: Entry) -> str:
    return entry.get_state_display().lower()
