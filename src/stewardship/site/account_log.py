"""What is done to accounts, written down: for the member and administrators in words, and in the access log."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from stewardship.access.log import (
    AccessLogError,
    Action,
    Actor,
    Result,
    account_query,
    actor_of,
    command_line_actor,
    record,
)
from stewardship.site.models import AccountEvent, Member
from stewardship.site.standing import member_called

logger = logging.getLogger(__name__)


def note(
    *, member: Member, did: str, by: Member | None, why: str = "", action: Action = Action.CHANGE
) -> None:
    """Write down that something was done to an account. by: None at the server's command line. action: what it is to
    the access log.

    Raises AccessLogError where the access log cannot be written; then nothing is done.
    """
    record(
        by=_actor(by),
        did=action,
        query=account_query(member.pk),
        reason=f"{did}. {why}".strip(),
    )
    AccountEvent.objects.create(member=member, at=timezone.now(), by=by, did=did, why=why)


def begun() -> bool:
    """Whether anything was done to an account, which is an event of the access log before it is kept here."""
    return AccountEvent.objects.exists()


def signed_in(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    """Called by Django before a session of the member begins."""
    _told(actor_of(request, user), Action.SIGN_IN)


def signed_out(sender: Any, request: HttpRequest, user: Member | None, **_: Any) -> None:
    """Called by Django when a session is ended by its member or by a limit."""
    if user is not None:
        _told(actor_of(request, user), Action.SIGN_OUT)


def switched_role(request: HttpRequest) -> None:
    """Called once the request acts in its new role."""
    _told(actor_of(request), Action.SWITCH_ROLE)


def failed_to_sign_in(
    sender: Any, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    """Called by Django for a wrong name or password. Kept is whose account it was tried at, if anybody's.

    What was typed is not kept, since it may be a password.
    """
    if request is not None:
        _not_let_in(request, member_called(str(credentials.get("username", ""))))


def gave_wrong_code(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    """Called by allauth for a wrong code of a second factor."""
    _not_let_in(request, user)


def used_second_factor(
    sender: Any, request: HttpRequest, user: Member, authenticator: Authenticator, **_: Any
) -> None:
    """Called by allauth once a code was right: a recovery code, which somebody may have found, is written down."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        did = "Recovery code used"
        _told(actor_of(request, user), Action.CHANGE, reason=did)
        AccountEvent.objects.create(member=user, at=timezone.now(), by=user, did=did)


def changed_password(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    """Called by allauth after a member has changed their own password."""
    note(member=user, did="Password changed", by=user)


def was_refused(request: HttpRequest, page: str) -> None:
    """Called where somebody signed in asks for a page that their role may not open."""
    _told(actor_of(request), Action.REFUSED, "refused", page)


def _not_let_in(request: HttpRequest, member: Member | None) -> None:
    tried = replace(actor_of(request), member_id=member.pk if member else None, name=str(member or ""))
    _told(tried, Action.SIGN_IN, "refused")


def _told(who: Actor, did: Action, result: Result = "allowed", reason: str = "") -> None:
    """Log what shows nobody's record. Where the log is full, such things go on: only doors to people are shut."""
    try:
        record(by=who, did=did, result=result, reason=reason)
    except AccessLogError as error:
        logger.error("%s was not logged: %s", did, error)


def _actor(by: Member | None) -> Actor:
    if by is None:
        return command_line_actor()
    request = context.request
    if request is not None and (request.user == by or not request.user.is_authenticated):
        return actor_of(request, by)
    return Actor(member_id=by.pk, name=str(by))
