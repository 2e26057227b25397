"""Whose a pathway is, by hand: somebody whom the hospital's files do not bring, or bring under a wrong number."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.log import Action, Actor
from stewardship.cancer.actions_facts import require_order
from stewardship.cancer.changing import author_of, day_of, keep, locked_at, log, require, saved
from stewardship.cancer.models import TrackedPathway
from stewardship.cancer.nightly.checking import age_band
from stewardship.cancer.rows import refresh
from stewardship.cancer.words import Source
from stewardship.rules.cancer.allocation import trust_of
from stewardship.vault.errors import NotUnderstoodError
from stewardship.vault.person import Person
from stewardship.vault.writing import take_identity

GIVEN_BY_HAND = frozenset({
    "source_of_referral", "priority_type", "decision_to_refer_on", "received_on", "referral_type", "sub_pathway",
    "upgraded_on", "upgrade_site", "first_seen_on", "first_seen_site", "sex",
})  # fmt: skip


def add_pathway(
    *, person: Person, issuer: str, fields: Mapping[str, Any], by: Actor, now: datetime, identifier: str = ""
) -> TrackedPathway:
    """Put somebody on the list by hand, from now on tracked by the provider `issuer`.

    fields: names of `GIVEN_BY_HAND` and their values. identifier: of the pathway; without one, one is made up, and a
    file that brings the pathway later under its own does not find it. Who the person is goes to the vault first;
    whoever is known there stays as they are.
    Raises ValidationError in words, VaultError and AccessLogError; then the list is as it was.
    """
    require(set(fields) <= GIVEN_BY_HAND, "That cannot be given here.")
    require(bool(issuer), "Say which provider tracks the pathway.")
    pathway = TrackedPathway(
        issuer=issuer.upper(),
        identifier=identifier.upper() or _made_up(),
        provider=trust_of(issuer.upper()),
        **fields,
    )
    pathway.source, pathway.practice = Source.HAND, person.practice
    start = pathway.upgraded_on or pathway.received_on
    require(start is not None, "Give the day the referral was received, or the day of the upgrade.")
    require_order(pathway, now)
    pathway.age_band = age_band(person.who.birth_date, start or day_of(now))
    pathway.person_id = _taken(person, by)
    return _added(pathway, by, now)


def correct_person(
    *, pathway_id: int, person: Person, reason: str, by: Actor, seen_version: int, now: datetime
) -> TrackedPathway:
    """The pathway is somebody else's than its NHS number said. Whose it was stays in the history.

    For a number that was wrong from the beginning: one that was superseded comes with the crosswalk. The nightly file
    is followed again once it says the right number. Raises StaleError, ValidationError, VaultError and AccessLogError.
    """
    require(bool(reason.strip()), "Say how it is known whose pathway this is.")
    person_id = _taken(person, by)
    with transaction.atomic():
        pathway = locked_at(pathway_id, seen_version, reason=reason)
        require(pathway.person_id != person_id, "The pathway is this person’s already.")
        log(pathway, "found to be another person’s", by=by)
        pathway.person_id, pathway.practice = person_id, person.practice or pathway.practice
        start = pathway.upgraded_on or pathway.received_on
        pathway.age_band = age_band(person.who.birth_date, start or day_of(now))
        return saved(pathway, "NHS number corrected", why=reason, by=by, now=now)


def _taken(person: Person, by: Actor) -> int:
    try:
        return take_identity(person, by=by)
    except NotUnderstoodError as wrong:
        raise ValidationError(str(wrong)) from None


@transaction.atomic
def _added(pathway: TrackedPathway, by: Actor, now: datetime) -> TrackedPathway:
    author = author_of(by)
    there = TrackedPathway.objects.filter(issuer=pathway.issuer)
    if there.filter(identifier=pathway.identifier).exists():
        raise ValidationError("A pathway of that identifier is on the list already. Open it instead.")
    same = there.open().filter(person_id=pathway.person_id, referral_type=pathway.referral_type)
    if same.exists():
        raise ValidationError(
            "This person has an open pathway for the same suspected cancer. Open it instead."
        )
    pathway.made_at, pathway.made_by = now, author
    keep(pathway, "added by hand", author, now)
    refresh([pathway.pk], as_of=day_of(now))
    log(pathway, "added by hand", by=by, action=Action.CREATE)
    return pathway


def _made_up() -> str:
    """An identifier that no hospital gives."""
    return f"HAND-{secrets.token_hex(6).upper()}"
