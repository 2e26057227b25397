"""Jinja as the pages use it: the design system's components, links, and what every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from stewardship import __version__
from stewardship.permissions import (
    ANSWER_CALLS,
    FIND_PEOPLE,
    SEE_ACCESS,
    SEE_FIGURES,
    SEE_FINDINGS,
    SEE_MEMBERS,
    SEE_PATHWAYS,
    SEE_REGISTER,
)
from stewardship.profiles import words
from stewardship.profiles.snapshots import current
from stewardship.site.roles import Role
from stewardship.site.second_factor import was_asked
from stewardship.site.sessions import ends_at, idle_until

ROOMS = (
    (SEE_FIGURES, "care-areas", "Care areas"),
    (FIND_PEOPLE, "people", "Find a person"),
    (SEE_PATHWAYS, "cancer-list", "Cancer tracking"),
    (SEE_REGISTER, "frailty-list", "Frailty register"),
    (ANSWER_CALLS, "advice-line", "Advice line"),
    (SEE_ACCESS, "who-looked", "Who has looked"),
    (SEE_ACCESS, "unusual-reading", "Unusual reading"),
    (SEE_MEMBERS, "members", "Members"),
    (SEE_FINDINGS, "what-can-be-measured", "What can be measured"),
    (SEE_FINDINGS, "findings", "What was found"),
)


def environment(**options: Any) -> Environment:
    """The environment of Django's Jinja engine. The design system's macros need chained undefined names."""
    loader = ChoiceLoader([options.pop("loader"), PackageLoader("nhsuk_frontend_jinja")])
    options.update(undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True)
    made = Environment(loader=loader, **options)  # noqa: S701  (Django turns autoescape on in the options)
    made.globals.update(
        url=link, static=lambda path: f"{static(path)}?v={__version__}", organisation=settings.ORGANISATION
    )
    made.globals.update(logo=bool(settings.LOGO), words=words)
    made.filters.update(
        day=words.day, moment=words.moment, clock=lambda when: f"{timezone.localtime(when):%H:%M}"
    )
    return made


def link(name: str, *args: Any, **query: Any) -> str:
    """The address of a page, with a query of the values that are not empty."""
    return reverse(name, args=args) + words.query(query)


def every_page(request: HttpRequest) -> dict[str, Any]:
    """What the layout shows on every page."""
    role = getattr(request, "role", None)
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    until = idle_until(request) if signed_in else None
    rooms = _rooms(role) if signed_in and was_asked(request) else []
    return {
        "member": request.user if signed_in else None,
        "role": role,
        "holding": getattr(request, "holding", None),
        "demonstration": settings.DEMONSTRATION,
        "organisation_sign_in": settings.OIDC_NAME if settings.OIDC_SERVER_URL else "",
        "idle_until": until,
        "idle_seconds": max(0, int((until - timezone.now()).total_seconds())) if until else None,
        "at_end": until is not None and until == ends_at(request),
        "rooms": rooms,
        "room": _room_of(request.path, rooms),
        "published": current(settings.SNAPSHOTS),
        "printed_at": timezone.localtime(),
    }


def _rooms(role: type[Role] | None) -> list[tuple[str, str]]:
    """The pages of the menu: their names and words, as far as the role may open them."""
    return [(name, text) for permission, name, text in ROOMS if role and permission in role.may]


def _room_of(path: str, rooms: list[tuple[str, str]]) -> str:
    """The name of the menu's page that a page belongs to: the one whose address is the longest beginning of its own."""
    above = [(len(link(name)), name) for name, _ in rooms if path.startswith(link(name))]
    return max(above, default=(0, ""))[1]
