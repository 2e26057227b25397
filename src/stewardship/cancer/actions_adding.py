"""Somebody put on the list by hand: who they are goes to the vault first, and the pathway refers to it."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.log import Action, Actor
from stewardship.cancer.actions_facts import require_order
from stewardship.cancer.changing import author_of, keep, log, require
from stewardship.cancer.models import Comment, TrackedPathway
from stewardship.cancer.nightly.checking import age_band
from stewardship.cancer.rows import refresh
from stewardship.cancer.words import CommentKind, Source
from stewardship.rules.cancer.codes import REFERRAL_TYPES, SCREENING_PROGRAMME
from stewardship.vault.rows import DEMOGRAPHICS, RowError, person_of
from stewardship.vault.writing import write_identity

GP, OTHER = "03", "05"
ROUTES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "urgent": ("Urgent referral by a GP", {"priority_type": "3", "source_of_referral": GP}),
    "screening": ("Screening", {"priority_type": "2", "source_of_referral": SCREENING_PROGRAMME}),
    "upgrade": ("Upgrade by a consultant", {"priority_type": "2", "source_of_referral": OTHER}),
}
"""Ways onto a pathway, in words, with the codes of the national record that they come to."""


def add_by_hand(
    *,
    person: Mapping[str, str],
    provider: str,
    route: str,
    referral_type: str,
    on: date,
    sex: str,
    reason: str,
    by: Actor,
    now: datetime,
    today: date,
) -> TrackedPathway:
    """Put somebody on the list. person: columns of demographics. on: receipt of the referral, or the upgrade.

    reason: why it is done by hand, kept as the first comment. Raises ValidationError in words, VaultError where who
    they are could not be kept, AccessLogError where it could not be logged.
    """
    require(route in ROUTES, "Choose how they came onto the pathway.")
    require(referral_type in REFERRAL_TYPES, "Choose the tumour group.")
    require(bool(provider), "Say which provider tracks them.")
    require(bool(reason.strip()), "Say why this is done by hand.")
    try:
        whole = person_of(dict.fromkeys(DEMOGRAPHICS, "") | dict(person), today)
    except RowError as wrong:
        raise ValidationError(f"{str(wrong).replace('_', ' ').capitalize()}.") from None
    dates = {"upgraded_on": on} if route == "upgrade" else {"received_on": on}
    made = TrackedPathway(
        identifier=f"HAND-{secrets.token_hex(5).upper()}", issuer=provider, provider=provider,
        practice=whole.practice, referral_type=referral_type, sex=sex, age_band=age_band(whole.who.birth_date, on),
        source=Source.HAND, kept_by_hand=True, made_at=now, **ROUTES[route][1], **dates,
    )  # fmt: skip
    require_order(made, now)
    made.person_id = write_identity(whole, by=by)
    return _added(made, reason.strip(), by, now, today)


@transaction.atomic
def _added(made: TrackedPathway, reason: str, by: Actor, now: datetime, today: date) -> TrackedPathway:
    twice = TrackedPathway.objects.open().filter(
        person_id=made.person_id, provider=made.provider, referral_type=made.referral_type
    )
    require(
        not twice.exists(),
        "This person has an open pathway of that tumour group already. Open it on the list.",
    )
    made.made_by = author_of(by)
    keep(made, "added by hand", made.made_by, now)
    Comment.objects.create(pathway=made, kind=CommentKind.TRACKING, text=reason, at=now, by=made.made_by)
    refresh([made.pk], as_of=today)
    log(made, "added by hand", by=by, action=Action.CREATE)
    return made
