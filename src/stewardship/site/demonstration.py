"""Who may sign in to a demonstration: a steward and an administrator, with passwords made up each time."""

import secrets
from dataclasses import dataclass

from django.db import transaction

from stewardship.site.members import create_member
from stewardship.site.models import Member
from stewardship.site.roles import Administrator, Role, Steward


@dataclass(frozen=True)
class Pass:
    """What to type to sign in."""

    role: str
    username: str
    password: str


@transaction.atomic
def passes() -> list[Pass]:
    """Let the demonstration's members in, each with a new password."""
    return [
        _pass("steward", "A. Steward", Steward),
        _pass("administrator", "B. Administrator", Administrator),
    ]


def _pass(username: str, display_name: str, role: type[Role]) -> Pass:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    member = Member.objects.filter(username=username).first()
    if member is None:
        create_member(username=username, display_name=display_name, password=password, roles=[role], by=None)
    else:
        member.set_password(password)
        member.save(update_fields=["password"])
    return Pass(role.display_name, username, password)
