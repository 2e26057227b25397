"""Closing accounts and opening them again, and what to do about a lost phone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.log import Action
from stewardship.site.invitations import expire
from stewardship.site.members import end_sessions, locked_at, saved
from stewardship.site.models import Member


@transaction.atomic
def close_account(*, member_id: int, by: Member, seen_version: int, now: datetime) -> Member:
    """Let a member sign in no longer, from the next request on."""
    member = locked_at(member_id, seen_version, by)
    if member.closed_at:
        raise ValidationError(f"The account of {member} is closed already.")
    member.closed_at, member.closed_by = now, by
    end_sessions(member)
    expire(member, now)
    return saved(member, "Account closed", by)


@transaction.atomic
def reopen_account(*, member_id: int, by: Member, seen_version: int, now: datetime) -> Member:
    """Let a member sign in again whose account was closed or fell asleep."""
    member = locked_at(member_id, seen_version, by)
    if not member.closed_at and not member.dormant_since(now):
        raise ValidationError(f"The account of {member} is open already.")
    member.closed_at = member.closed_by = None
    member.reopened_at = now
    return saved(member, "Account opened again", by)


@transaction.atomic
def reset_second_factor(*, member_id: int, why: str, by: Member, seen_version: int, now: datetime) -> Member:
    """Forget a member's second factor and recovery codes; a new one is set up at the next sign-in.

    Links with which a password could be set are no good any more: a link made before would open the account alone.
    """
    member = locked_at(member_id, seen_version, by)
    if not why.strip():
        raise ValidationError("Enter the reason, and how you made sure that it is they who ask.")
    if not Authenticator.objects.filter(user=member).exists():
        raise ValidationError(f"{member} has no second factor.")
    Authenticator.objects.filter(user=member).delete()
    end_sessions(member)
    expire(member, now)
    did = "Second factor taken away, to be set up again"
    return saved(member, did, by, why.strip(), Action.TAKE_FACTOR)
