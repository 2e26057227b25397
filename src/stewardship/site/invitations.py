"""Links with which members set a password of their own, so that nobody else ever knows it."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.log import Action
from stewardship.site.members import end_sessions, locked_at, saved
from stewardship.site.models import Invitation, Member
from stewardship.site.standing import may_use

NO_GOOD = "This link was used already, was replaced by another, or is too old. Ask your administrator for a new one."


@transaction.atomic
def invite(*, member_id: int, by: Member, seen_version: int, now: datetime) -> str:
    """Make a link for the member, in place of earlier ones. Returns its secret part, which is kept nowhere."""
    member = locked_at(member_id, seen_version, by)
    expire(member, now)
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        member=member,
        link_hash=_hash(secret),
        made_by=by,
        made_at=now,
        expires_at=now + settings.INVITATION_LASTS,
    )
    saved(member, "Link made to set a password with", by, action=Action.MAKE_LINK)
    return secret


def expire(member: Member, now: datetime) -> None:
    """Make every link of the member that is still good no good any more."""
    member.invitations.filter(used_at=None, expires_at__gt=now).update(expires_at=now)


def expire_all(now: datetime) -> int:
    """Make every link of everybody no good any more, as after a back-up was put back. Returns how many were good."""
    return Invitation.objects.filter(used_at=None, expires_at__gt=now).update(expires_at=now)


def invited(secret: str, now: datetime) -> Member | None:
    """Whom a link is for, or None if it is no good."""
    found = Invitation.objects.filter(link_hash=_hash(secret), used_at=None, expires_at__gt=now).first()
    return found.member if found and may_use(found.member) else None


@transaction.atomic
def accept(*, secret: str, password: str, now: datetime) -> Member:
    """Set the member's password, once. Raises ValidationError, in words, for a bad link or password."""
    invitation = (
        Invitation.objects.select_for_update()
        .filter(link_hash=_hash(secret), used_at=None, expires_at__gt=now)
        .first()
    )
    if invitation is None or not may_use(invitation.member):
        raise ValidationError(NO_GOOD)
    member = Member.objects.select_for_update().get(pk=invitation.member_id)
    validate_password(password, member)
    member.set_password(password)
    end_sessions(member)
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    return saved(member, "Password set with a link", member)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
