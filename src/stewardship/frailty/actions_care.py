"""What is recorded of somebody on the register: scores, contacts, carers, services, what happened, and sharing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from stewardship.access.authored import not_later, require
from stewardship.access.log import Actor
from stewardship.frailty.changing import Kept, added, author_of, keep, locked, locked_at, saved
from stewardship.frailty.models import Carer, Contact, Entry, Event, Score, Service, Sharing
from stewardship.frailty.words import State
from stewardship.rules.frailty.scales import ScaleError, reading, reading_of_deficits, scale_named

ENDED = ("contacts", "carers", "services")


@transaction.atomic
def record_score(
    *,
    entry_id: int,
    scale: str,
    value: Decimal | int | None,
    version: str,
    on: date,
    assessor: str,
    age: int | None,
    by: Actor,
    now: datetime,
    count: int | None = None,
) -> Score:
    """Add a score. It is added to those before, so that it needs no version of the entry.

    value: may be None for an eFI of which the count of deficits is known, which then decides. age: in years on that
    day; below the age that a scale is meant for, the score is kept and says so. Raises ValidationError in words.
    """
    entry = locked(entry_id)
    not_later(on, now, "The score was taken")
    require(bool(version.strip()), "Say which version of the scale or algorithm it is.")
    require(bool(assessor.strip()), "Say who assessed the person.")
    try:
        if count is not None:
            require(scale == "efi", "Only the eFI counts deficits.")
            found = reading_of_deficits(count, age=age)
        else:
            require(value is not None, "Enter the score.")
            found = reading(scale, value if value is not None else 0, age=age)
    except ScaleError as error:
        raise ValidationError(str(error)) from None
    row = Score(
        entry=entry, scale=scale, value=found.value, count=count, band=found.band, doubt=found.doubt,
        version=version.strip(), on=on, assessor=assessor.strip(), at=now, by=author_of(by),
    )  # fmt: skip
    return added(entry, row, f"{found.scale.title} recorded", by, now)


@transaction.atomic
def withdraw_score(
    *, entry_id: int, score_id: int, reason: str, by: Actor, seen_version: int, now: datetime
) -> Score:
    """A score was wrong. It stays, marked as withdrawn with a reason, and counts nowhere."""
    entry = locked_at(entry_id, seen_version, score_id=score_id, reason=reason)
    require(bool(reason.strip()), "Say why the score is withdrawn.")
    row = Score.objects.filter(pk=score_id, entry_id__in=entry.family(), withdrawn_at=None).first()
    if row is None:
        raise ValidationError("That score is withdrawn already, or is not of this entry.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = now, author_of(by), reason.strip()
    keep(row, "withdrawn", row.withdrawn_by, now)
    saved(entry, f"{scale_named(row.scale).title} withdrawn", by=by, now=now, why=reason)
    return row


@transaction.atomic
def record_contact(
    *,
    entry_id: int,
    kind: str,
    name: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    relationship: str = "",
    phone: str = "",
    details: str = "",
    contact_id: int | None = None,
) -> Contact:
    """Record somebody to speak to, or change them; what stood there before stays in the history."""
    fields = {"kind": kind, "name": name, "relationship": relationship, "phone": phone, "details": details}
    entry = locked_at(entry_id, seen_version, contact_id=contact_id, **fields)
    row = _one(entry, Contact, contact_id) or Contact(entry=entry, at=now, by=author_of(by))
    return _kept(entry, row, fields, "contact recorded", by, now)


@transaction.atomic
def record_carer(
    *,
    entry_id: int,
    name: str,
    since: date,
    by: Actor,
    seen_version: int,
    now: datetime,
    relationship: str = "",
    phone: str = "",
    own_needs: str = "",
    offered_on: date | None = None,
    declined_on: date | None = None,
    assessed_on: date | None = None,
    carer_id: int | None = None,
) -> Carer:
    """Record an unpaid carer, how they are themselves, and their own assessment: offered, declined or held."""
    fields = {
        "name": name, "since": since, "relationship": relationship, "phone": phone, "own_needs": own_needs,
        "offered_on": offered_on, "declined_on": declined_on, "assessed_on": assessed_on,
    }  # fmt: skip
    entry = locked_at(entry_id, seen_version, carer_id=carer_id, **fields)
    for day, what in (
        (since, "They have cared"),
        (offered_on, "It was offered"),
        (assessed_on, "It was held"),
    ):
        not_later(day, now, what)
    require(
        not (declined_on and assessed_on), "An assessment was either held or declined. Leave one day empty."
    )
    row = _one(entry, Carer, carer_id) or Carer(entry=entry, at=now, by=author_of(by))
    return _kept(entry, row, fields, "carer recorded", by, now)


@transaction.atomic
def record_service(
    *,
    entry_id: int,
    kind: str,
    from_on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
    provider: str = "",
    details: str = "",
    service_id: int | None = None,
) -> Service:
    """Record a service that somebody has, or change what is known of it."""
    fields = {"kind": kind, "from_on": from_on, "provider": provider, "details": details}
    entry = locked_at(entry_id, seen_version, service_id=service_id, **fields)
    row = _one(entry, Service, service_id) or Service(entry=entry, at=now, by=author_of(by))
    return _kept(entry, row, fields, "service recorded", by, now)


@transaction.atomic
def no_longer(
    *,
    entry_id: int,
    what: str,
    row_id: int,
    ended_on: date,
    reason: str,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Any:
    """A contact, a carer or a service is so no longer, with a reason; it stays on the entry as it was.

    what: "contacts", "carers" or "services".
    """
    entry = locked_at(entry_id, seen_version, what=what, row_id=row_id, ended_on=ended_on, reason=reason)
    require(what in ENDED, "That cannot be ended here.")
    require(bool(reason.strip()), "Say why it is so no longer.")
    not_later(ended_on, now, "It ended")
    model: type[Model] = {"contacts": Contact, "carers": Carer, "services": Service}[what]
    row = model._default_manager.filter(pk=row_id, entry_id__in=entry.family(), ended_on=None).first()
    if row is None:
        raise ValidationError("That has ended already, or is not of this entry.")
    fields = {"ended_on": ended_on, "ended_because": reason.strip()}
    return _kept(entry, row, fields, f"{row._meta.verbose_name} ended", by, now)


@transaction.atomic
def record_event(
    *, entry_id: int, kind: str, on: date, source: str, by: Actor, now: datetime
) -> tuple[Event, bool]:
    """Something happened after which a review is due; told twice, it is kept once. Returns whether it is new too."""
    entry = locked(entry_id)
    not_later(on, now, "It happened")
    wanted = Event(entry=entry, kind=kind, on=on, source=source.strip(), at=now, by=author_of(by))
    wanted.full_clean(validate_unique=False, validate_constraints=False)
    before = Event.objects.filter(entry_id__in=entry.family(), kind=kind, on=on).first()
    if before is not None:
        return before, False
    wanted.save()
    saved(entry, f"{wanted.get_kind_display().lower()} recorded", by=by, now=now)
    return wanted, True


@transaction.atomic
def record_sharing(
    *,
    entry_id: int,
    objects: bool,
    basis: str,
    on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
    details: str = "",
    organisation: str = "",
) -> Sharing:
    """Record what was said about sharing. An objection hides the entry from all but its owner, from this moment."""
    entry = locked_at(
        entry_id,
        seen_version,
        objects=objects,
        basis=basis,
        on=on,
        details=details,
        organisation=organisation,
    )
    not_later(on, now, "It was said")
    require(bool(entry.owner), "This entry has no owner yet. Say first which organisation answers for it.")
    row = Sharing(
        entry=entry, objects_to_sharing=objects, organisation=organisation.strip().upper(), basis=basis,
        details=details.strip(), on=on, at=now, by=author_of(by),
    )  # fmt: skip
    entry.objects_to_sharing = objects
    return added(entry, row, "objects to sharing" if objects else "agrees to sharing", by, now)


@transaction.atomic
def place_entry(
    *,
    entry_id: int,
    fields: dict[str, Any],
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Entry:
    """Say who looks after somebody and where they live: team, owner, care home with the day, alone, key safe."""
    entry = locked_at(entry_id, seen_version, **fields)
    known = {"team", "owner", "care_home", "care_home_since", "lives_alone", "key_safe"}
    require(set(fields) <= known, "That cannot be changed here.")
    not_later(fields.get("care_home_since"), now, "They moved in")
    for name, value in fields.items():
        setattr(entry, name, value.strip().upper() if name in {"team", "owner", "care_home"} else value)
    require(bool(entry.owner), "An entry needs an organisation that answers for it.")
    require(
        bool(entry.care_home) or entry.care_home_since is None, "Say which care home, or leave the day empty."
    )
    return saved(entry, "team and home recorded", by=by, now=now)


@transaction.atomic
def record_bereavement_contact(
    *, entry_id: int, on: date, by: Actor, seen_version: int, now: datetime
) -> Entry:
    """Somebody spoke with those whom a dead person left behind."""
    entry = locked_at(entry_id, seen_version, on=on)
    require(entry.state == State.ENDED and entry.died_on is not None, "This person is not recorded as dead.")
    not_later(on, now, "They were spoken to")
    entry.bereavement_contact_on = on
    return saved(entry, "bereavement contact recorded", by=by, now=now)


def _one(entry: Entry, model: type[Kept], pk: int | None) -> Kept | None:
    """The row that is to be changed; None where a new one is meant. Raises ValidationError for another entry's."""
    if pk is None:
        return None
    row = model._default_manager.filter(pk=pk, entry_id__in=entry.family(), ended_on=None).first()
    if row is None:
        raise ValidationError("That has ended already, or is not of this entry.")
    return row


def _kept(entry: Entry, row: Kept, fields: dict[str, Any], did: str, by: Actor, now: datetime) -> Kept:
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    return added(entry, row, did, by, now)
