"""How long a session lasts, how many a member has, and when the password was last asked for."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from stewardship.site.models import Member

BEGAN = "began"


class SessionLimits:
    """Ends a session that began too long ago, however often a page was opened since."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Signs out whoever is past the end; the page asked for then leads to signing in."""
        if request.user.is_authenticated and ends_at(request) <= timezone.now():
            logout(request)
        return self.get_response(request)


def ends_at(request: HttpRequest) -> datetime:
    """When the session ends in any case. One that nobody saw begin has ended."""
    began = float(request.session.get(BEGAN, 0))
    return datetime.fromtimestamp(began, tz=timezone.get_current_timezone()) + settings.SESSION_LASTS


def idle_until(request: HttpRequest) -> datetime:
    """Until when the session lasts without another page, and never longer than it may in any case."""
    return min(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE), ends_at(request))


def begin(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    """Note when a session begins: called by Django when somebody is signed in."""
    request.session[BEGAN] = time.time()


def keep_to_the_limit(sender: Any, user: Member, **_: Any) -> None:
    """End the oldest sessions of a member who is signed in in too many browsers: called after signing in."""
    for session in UserSession.objects.filter(user=user).order_by("-created_at", "-pk")[
        settings.SESSIONS_AT_ONCE :
    ]:
        session.end()


def confirmed_lately(request: HttpRequest, within: timedelta | None = None) -> bool:
    """Whether a password or code was asked for within that time, which a sensitive action needs."""
    asked = [one["at"] for one in get_authentication_records(request, request.user)]
    limit = within or settings.CONFIRMED_FOR
    return bool(asked) and time.time() - max(asked) < limit.total_seconds()
