"""A call while it is on the line: begun, saved field by field, about somebody, and set aside. Its owner alone does it.

Every field that is saved is kept with the version that it made, so that two pages of one draft are brought together and
neither's words are lost. The access log tells who was opened by a call; what was typed stands here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.authored import require
from stewardship.access.log import Action, Actor, record
from stewardship.access.site_log import site_keys
from stewardship.frailty.call_draft import Typed, merged
from stewardship.frailty.models import Draft, Typing

NOT_YOURS = "There is no such call of yours on the line. It may have ended, in another tab."


class NoSuchDraftError(Exception):
    """A draft that is not there, has ended, or is somebody else's: all told alike."""


@dataclass(frozen=True)
class Saved:
    """What became of fields that a page sent. version: of the draft now. typed: every field now. elsewhere: fields that
    another page changed since this one looked. waiting: those of which two versions wait for a choice. unasked: advice
    that is not saved because the caller's intended action is not there."""

    version: int
    typed: Typed
    elsewhere: Typed
    waiting: list[Typing]
    unasked: Typed


def start_call(*, by: Actor, now: datetime) -> Draft:
    """Answer a call: an empty draft of whoever answers."""
    if by.member_id is None:
        raise ValidationError("Sign in to answer a call.")
    record(by=by, did=Action.CREATE, reason="advice line: a call answered")
    return Draft.objects.create(
        owner_id=by.member_id, organisation=by.organisation, started_at=now, saved_at=now, typed=sealed({})
    )


def own_draft(draft_id: int, by: Actor, *, lock: bool = False) -> Draft:
    """A draft of one's own that is still open. Raises NoSuchDraftError."""
    rows = Draft.objects.select_for_update() if lock else Draft.objects.all()
    mine = rows.filter(owner_id=by.member_id, organisation=by.organisation, ended_at=None)
    found = mine.filter(pk=draft_id).first()
    if found is None:
        raise NoSuchDraftError(NOT_YOURS)
    return found


@transaction.atomic
def save_fields(*, draft_id: int, fields: Typed, seen_version: int, by: Actor, now: datetime) -> Saved:
    """Save what a page sends that last looked at seen_version: see `call_draft.merged`. Only order is refused."""
    draft = own_draft(draft_id, by, lock=True)
    typed, seen = opened(draft.typed), typed_at(draft, seen_version)
    found = merged(typed, seen, fields)
    if found.taken:
        typed = {**typed, **found.taken}
        _write(draft, typed, found.taken, now)
    for each in found.differences:
        _wait(draft, each.name, each.mine, now)
    differing = {each.name for each in found.differences}
    elsewhere = {
        name: value
        for name, value in typed.items()
        if value != seen.get(name, "")
        and value != fields.get(name, seen.get(name, ""))
        and name not in differing
    }
    return Saved(draft.version, typed, elsewhere, waiting(draft), found.unasked)


@transaction.atomic
def settle(*, draft_id: int, typing_id: int, take: bool, by: Actor, now: datetime) -> Draft:
    """Choose between what is saved in a field and what another page of the draft sent. take: the latter."""
    draft = own_draft(draft_id, by, lock=True)
    one = Typing.objects.filter(pk=typing_id, draft=draft, taken=False, settled_at=None).first()
    if one is None:
        return draft
    if take:
        typed, words = opened(draft.typed), unsealed(one.words)
        found = merged(typed, typed, {one.name: words})
        require(not found.unasked, "Ask first what they would do without this call.")
        if found.taken:
            _write(draft, {**typed, **found.taken}, found.taken, now)
    one.settled_at = now
    one.save(update_fields=["settled_at"])
    return draft


@transaction.atomic
def about_person(*, draft_id: int, person_id: int, by: Actor, now: datetime) -> Draft:
    """A call is about this person, whom the vault's door showed to whoever answers a moment ago."""
    draft = own_draft(draft_id, by, lock=True)
    draft.person_id, draft.saved_at = person_id, now
    draft.save(update_fields=["person_id", "saved_at"])
    record(by=by, did=Action.CHANGE, about=[person_id], reason="advice line: the call is about this person")
    return draft


@transaction.atomic
def not_this_person(*, draft_id: int, by: Actor, now: datetime) -> Draft:
    """It is not this person after all. What was typed stays."""
    draft = own_draft(draft_id, by, lock=True)
    if draft.person_id is not None:
        record(
            by=by, did=Action.CHANGE, about=[draft.person_id], reason="advice line: the call is not about this person"
        )  # fmt: skip
    draft.person_id, draft.saved_at = None, now
    draft.save(update_fields=["person_id", "saved_at"])
    return draft


@transaction.atomic
def set_aside(*, draft_id: int, because: str, by: Actor, now: datetime) -> Draft:
    """A draft that is no call: opened by mistake, a wrong number. It is kept, with the reason."""
    draft = own_draft(draft_id, by, lock=True)
    if not because.strip():
        raise ValidationError("Say why this is no call to be recorded.")
    draft.ended_at, draft.set_aside_because = now, because.strip()[:300]
    draft.save(update_fields=["ended_at", "set_aside_because"])
    record(by=by, did=Action.CHANGE, reason="advice line: a draft set aside")
    return draft


def typed_at(draft: Draft, version: int) -> Typed:
    """What was saved when the draft had a version."""
    rows = Typing.objects.filter(draft=draft, taken=True, version__lte=version).order_by("version", "pk")
    return {one.name: unsealed(one.words) for one in rows}


def waiting(draft: Draft) -> list[Typing]:
    """Fields of which two versions wait for a choice, the earliest first."""
    return list(Typing.objects.filter(draft=draft, taken=False, settled_at=None).order_by("pk"))


def sealed(typed: Typed) -> str:
    """Fields as they are kept: only the keys of this site open them."""
    return site_keys().closed(json.dumps(dict(typed), ensure_ascii=False))


def opened(kept: str) -> dict[str, str]:
    """The fields that were kept. Raises AccessLogError where no key fits."""
    found: Mapping[str, str] = json.loads(site_keys().opened(kept) or "{}")
    return dict(found)


def unsealed(kept: str) -> str:
    """The words of one field that were kept."""
    return site_keys().opened(kept)


def _write(draft: Draft, typed: Typed, taken: Typed, now: datetime) -> None:
    draft.version += 1
    draft.typed, draft.saved_at = sealed(typed), now
    draft.save(update_fields=["version", "typed", "saved_at"])
    Typing.objects.bulk_create(
        Typing(
            draft=draft, name=name, words=site_keys().closed(words), version=draft.version, taken=True, at=now
        )
        for name, words in taken.items()
    )


def _wait(draft: Draft, name: str, words: str, now: datetime) -> None:
    """Keep what could not be taken, once."""
    if any(one.name == name and unsealed(one.words) == words for one in waiting(draft)):
        return
    Typing.objects.create(
        draft=draft, name=name, words=site_keys().closed(words), version=draft.version, taken=False, at=now
    )
