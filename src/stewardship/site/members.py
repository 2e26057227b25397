"""Letting people in, and giving and taking roles. Nobody does any of it to their own account."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from stewardship.access.log import Action
from stewardship.permissions import Plane
from stewardship.site.account_log import note
from stewardship.site.models import Member, RoleHolding
from stewardship.site.roles import ROLES, Role
from stewardship.site.standing import one_kind_of_members

OWN = "Nobody changes their own account here. Ask another administrator."


class StaleError(Exception):
    """Somebody else changed the member first. `member` is as it is now."""

    def __init__(self, member: Member) -> None:
        super().__init__("Your change is not saved: someone else changed this first.")
        self.member = member


@transaction.atomic
def create_member(
    *,
    username: str,
    display_name: str,
    password: str,
    roles: Sequence[type[Role]],
    by: Member | None,
    email: str = "",
    organisation: str = "",
) -> Member:
    """Let a person sign in with a password that is known already, in these roles.

    by: who does it; None at the server's command line. organisation: code of the practice or provider that roles
    with a scope of people are held for.
    Raises ValidationError, in words, when the name is taken or the password is too easy to guess.
    """
    if not roles:
        raise ValidationError(f"{display_name} would hold no role. Give at least one.")
    member = _new(username, display_name, email)
    validate_password(password, member)
    member.set_password(password)
    _let_in(member, by)
    for role in roles:
        _give(member, role, organisation if role.scope.organisation else "", by, timezone.now())
    return member


@transaction.atomic
def let_in(
    *,
    username: str,
    display_name: str,
    email: str,
    role: type[Role],
    organisation: str,
    by: Member,
    now: datetime,
) -> Member:
    """Make an account that nobody knows a password of; an invitation lets its member set one."""
    member = _new(username, display_name, email)
    member.set_unusable_password()
    member.joined_at = now
    _let_in(member, by)
    _give(member, role, organisation, by, now)
    return member


@transaction.atomic
def change_details(
    *, member_id: int, display_name: str, email: str, provider_subject: str, by: Member, seen_version: int
) -> Member:
    """Correct a member's name and address, and by what name the organisation's sign-in service knows them."""
    member = locked_at(member_id, seen_version, by)
    if (member.email, member.provider_subject) != (email, provider_subject):
        end_sessions(member)
    member.display_name, member.email, member.provider_subject = display_name, email, provider_subject
    return saved(member, "Name, e-mail address or sign-in service changed", by)


@transaction.atomic
def give_role(
    *, member_id: int, role: type[Role], organisation: str, by: Member, seen_version: int, now: datetime
) -> Member:
    """Let a member act in one more role."""
    member = locked_at(member_id, seen_version, by)
    _give(member, role, organisation, by, now)
    end_sessions(member)
    return saved(member, "", by)


@transaction.atomic
def end_role(*, member_id: int, holding_id: int, by: Member, seen_version: int, now: datetime) -> Member:
    """Take a role away. That it was held, and who ended it, is kept."""
    member = locked_at(member_id, seen_version, by)
    holding = RoleHolding.objects.filter(pk=holding_id, member=member, ended_at=None).first()
    if holding is None:
        raise ValidationError(f"{member} no longer holds that role.")
    holding.ended_at, holding.ended_by = now, by
    holding.save(update_fields=["ended_at", "ended_by"])
    end_sessions(member)
    return saved(member, f"Role taken: {holding.title}", by)


def locked_at(member_id: int, seen_version: int, by: Member) -> Member:
    """The member, locked until the transaction ends. Raises StaleError for a version that is no longer current."""
    member = Member.objects.select_for_update().get(pk=member_id)
    if member == by:
        raise ValidationError(OWN)
    if member.version != seen_version:
        raise StaleError(member)
    return member


def end_sessions(member: Member) -> None:
    """End every session of the member from the next request on; the caller saves."""
    member.sessions_ended += 1


def saved(member: Member, did: str, by: Member, why: str = "", action: Action = Action.CHANGE) -> Member:
    """Save a member as the next version, and write down what was done unless that was done before."""
    member.version += 1
    member.full_clean()
    member.save()
    if did:
        note(member=member, did=did, by=by, why=why, action=action)
    return member


def _new(username: str, display_name: str, email: str) -> Member:
    return Member(
        username=username, display_name=display_name, email=email, demonstration=one_kind_of_members()
    )


def _let_in(member: Member, by: Member | None) -> None:
    member.full_clean()
    member.save()
    note(member=member, did="Account made", by=by)


def _give(member: Member, role: type[Role], organisation: str, by: Member | None, now: datetime) -> None:
    kind = role.scope.organisation
    organisation = organisation.strip().upper()
    if ROLES.get(role.key) is not role:
        raise ValidationError(f"{role.key} is no role that can be given.")
    if kind and not organisation:
        raise ValidationError(
            f"The role {role.display_name} is held for one {kind}. Enter the {kind}’s code, for example P81001."
        )
    if kind and not (organisation.isascii() and organisation.isalnum() and len(organisation) <= 20):
        raise ValidationError(f"A {kind}’s code is letters and digits, for example P81001.")
    if organisation and not kind:
        raise ValidationError(
            f"The role {role.display_name} is held for no organisation. Leave the code empty."
        )
    if any(one.role == role.key and one.organisation == organisation for one in member.held):
        raise ValidationError(f"{member} holds that role already.")
    holding = RoleHolding(member=member, role=role.key, organisation=organisation, given_by=by, given_at=now)
    holding.save()
    action = Action.GIVE_CARE_ROLE if role.plane is Plane.DIRECT_CARE else Action.CHANGE
    note(member=member, did=f"Role given: {holding.title}", by=by, action=action)
