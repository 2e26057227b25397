"""What is done about accounts."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.site.models import Member, RoleHolding
from stewardship.site.roles import Role


@transaction.atomic
def create_member(
    *,
    username: str,
    display_name: str,
    password: str,
    roles: Sequence[type[Role]],
    by: Member | None,
    email: str = "",
) -> Member:
    """Let a person sign in, in these roles. by: who does it; None at the server's command line.

    Raises ValidationError, in words, when the name is taken or the password is too easy to guess.
    """
    if not roles:
        raise ValidationError(f"{display_name} would hold no role. Give at least one.")
    member = Member(username=username, display_name=display_name, email=email)
    validate_password(password, member)
    member.set_password(password)
    member.full_clean()
    member.save()
    RoleHolding.objects.bulk_create(RoleHolding(member=member, role=role.key, given_by=by) for role in roles)
    return member
