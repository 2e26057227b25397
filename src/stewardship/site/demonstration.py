"""Who may sign in to a demonstration: one member a role, with passwords made up each time."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from stewardship.site.members import create_member
from stewardship.site.models import Member
from stewardship.site.roles import (
    Administrator,
    Analyst,
    CancerManager,
    CancerSteward,
    CancerTracker,
    DataManager,
    MdtCoordinator,
    PrivacyOfficer,
    Role,
    Steward,
)
from stewardship.synthetic.cancer.tracked import FIRST_TRUST

SHOWN = (
    Steward, Analyst, DataManager, Administrator, PrivacyOfficer, CancerTracker, MdtCoordinator, CancerManager,
    CancerSteward,
)  # fmt: skip


@dataclass(frozen=True)
class Pass:
    """What to type to sign in."""

    role: str
    username: str
    password: str


@transaction.atomic
def passes() -> list[Pass]:
    """Let the demonstration's members in, each with a new password.

    Raises ImproperlyConfigured where this is no demonstration, ValidationError where it has real accounts.
    """
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured("This is no demonstration: STEWARDSHIP_DEMONSTRATION is not set to yes.")
    return [_pass(f"{chr(65 + place)}. {role.display_name}", role) for place, role in enumerate(SHOWN)]


def _pass(display_name: str, role: type[Role]) -> Pass:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    member = Member.objects.filter(username=role.key, demonstration=True).first()
    if member is None:
        create_member(
            username=role.key,
            display_name=display_name,
            password=password,
            roles=[role],
            by=None,
            organisation=FIRST_TRUST if role.scope.organisation else "",
        )
    else:
        member.set_password(password)
        member.save(update_fields=["password"])
    return Pass(role.display_name, role.key, password)
