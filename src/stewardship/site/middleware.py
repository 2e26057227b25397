"""What stands between every request and every page: the role acted in, the permit, and cautious headers."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from stewardship.permissions import ANYONE, SIGNED_IN, Permission, permission_of
from stewardship.site.account_log import was_refused
from stewardship.site.models import Member, RoleHolding
from stewardship.site.roles import Role

Answer = Callable[[HttpRequest], HttpResponse]

FEATURES_OFF = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def guard_headers(get_response: Answer) -> Answer:
    """Say that no page needs the device, and that no page of a signed-in member is kept by a browser."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", FEATURES_OFF)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return answer


class ActingRole:
    """Sets `request.holding`, `request.role` and `request.organisation`: what the member acts in, or None and ""."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The chosen role if the member still holds it, else the first that they hold."""
        act_in(request, holding_of(request))
        return self.get_response(request)


def act_in(request: HttpRequest, holding: RoleHolding | None) -> None:
    """Let this request act in a role that its member holds."""
    request.holding = holding  # type: ignore[attr-defined]
    request.role = holding.role_class if holding else None  # type: ignore[attr-defined]
    request.organisation = holding.organisation if holding else ""  # type: ignore[attr-defined]


def holding_of(request: HttpRequest) -> RoleHolding | None:
    """What the member acts in. A role taken away stops at once, whatever the session says."""
    if not isinstance(request.user, Member):
        return None
    held = request.user.held
    chosen = request.session.get("holding")
    return next((one for one in held if one.pk == chosen), next(iter(held), None))


class Permits:
    """Refuses a view that declares no permission, or one that the acting role does not have."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """None lets the view answer."""
        permission = permission_of(view)
        if permission is None:
            raise PermissionDenied
        if permission == ANYONE:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not allows(request.role, permission):  # type: ignore[attr-defined]
            was_refused(request, request.resolver_match.view_name if request.resolver_match else "")
            raise PermissionDenied(permission)
        return None


def allows(role: type[Role] | None, permission: Permission) -> bool:
    """Whether a signed-in member who acts in that role has the permission."""
    return permission == SIGNED_IN or (role is not None and permission in role.may)
