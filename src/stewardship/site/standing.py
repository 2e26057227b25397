"""Whether an account may be used here at all: open, awake, and of the same kind as the workspace.

A demonstration asks for no second factor, so its accounts and real ones are kept apart: neither can be made beside
the other, and neither signs in where the other belongs.
"""

from datetime import datetime

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q

from stewardship.site.models import Member


def may_use(member: Member) -> bool:
    """Whether the account is open, and is a demonstration's exactly where this is a demonstration."""
    return member.is_active and member.demonstration == settings.DEMONSTRATION


def refusal(member: Member, now: datetime) -> str:
    """Why the member may not sign in now, in a sentence; "" if nothing stands against it."""
    if not member.is_active:
        return "This account was closed."
    if member.demonstration != settings.DEMONSTRATION:
        return "Accounts of a demonstration and real accounts do not open each other’s workspace."
    if member.dormant_since(now):
        days = settings.DORMANT_AFTER.days
        return f"This account was not used for {days} days, so it was closed. An administrator can open it again."
    return ""


def member_called(login: str) -> Member | None:
    """Whom a user name or an e-mail address is of; capitals do not matter."""
    typed = login.strip()
    return Member.objects.filter(Q(username=typed.lower()) | Q(email__iexact=typed) & ~Q(email="")).first()


def one_kind_of_members() -> bool:
    """Whether a new account is a demonstration's. Raises ValidationError where accounts of the other kind exist."""
    if Member.objects.exclude(demonstration=settings.DEMONSTRATION).exists():
        raise ValidationError(
            "This workspace has real accounts, so it cannot become a demonstration. Name another folder."
            if settings.DEMONSTRATION
            else "This workspace is a demonstration, and real accounts have no place in it. Name another folder."
        )
    return bool(settings.DEMONSTRATION)


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """Passwords as usual; every request asks again whether the account may be used."""

    def user_can_authenticate(self, user: Member) -> bool:
        """Called for a password that is right, and for the member of every session."""
        return may_use(user)
