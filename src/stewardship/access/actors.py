"""Who acts: a member on a page, or somebody at the server's command line."""

import getpass
import platform
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Actor:
    """Who does something, as they were at that moment.

    member_id: the member's key; None at the server's command line and for strangers. session: a digest, never the
    session's own key. client: the address asked from and a digest of the browser's name, or the computer's name.
    """

    member_id: int | None
    name: str
    role: str = ""
    organisation: str = ""
    session: str = ""
    client: str = ""

    @property
    def known(self) -> bool:
        """Whether it is known who this is."""
        return self.member_id is not None or bool(self.name)


def client_address(request: HttpRequest) -> str:
    """The address asked from. Behind proxies that the settings name, the server has put the client's in its place."""
    return str(request.META.get("REMOTE_ADDR", ""))


def actor_of(request: HttpRequest, member: Any = None) -> Actor:
    """Who asks for a page, in the role they act in. A stranger has neither key nor name.

    member: who it is, where the request does not say so: while somebody signs in or out.
    """
    member = member or request.user
    session = request.session.session_key or ""
    browser = request.headers.get("User-Agent", "")
    return Actor(
        member_id=member.pk if member.is_authenticated else None,
        name=str(member) if member.is_authenticated else "",
        role=getattr(getattr(request, "role", None), "key", ""),
        organisation=getattr(request, "organisation", ""),
        session=_digest(session, 16) if session else "",
        client=f"{client_address(request)} {_digest(browser, 8)}".strip(),
    )


def _digest(text: str, digits: int) -> str:
    return salted_hmac("stewardship.access.actors", text, algorithm="sha256").hexdigest()[:digits]


def command_line_actor(member_id: int | None = None) -> Actor:
    """Who runs a command: the operating system's user, on this computer, for a member where one is named."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "unknown user"
    return Actor(member_id=member_id, name=name[:150], role="command line", client=platform.node()[:80])
