"""Pages that say, in plain words, why something was not done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from stewardship.permissions import ANYONE, Permission, needs
from stewardship.site.roles import ROLES


@needs(ANYONE)
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: names what the role may not do, who may, and how to switch when the member is one of them."""
    permission = next((arg for arg in exception.args if isinstance(arg, Permission)), None)
    allowed = [role for role in ROLES.values() if permission in role.may]
    return render(
        request, "errors/403.jinja", {"permission": permission, "allowed_roles": allowed}, status=403
    )


@needs(ANYONE)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: says what was not found when the view said it in words."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "errors/404.jinja", {"said": said}, status=404)


@needs(ANYONE)
def went_wrong(request: HttpRequest) -> HttpResponse:
    """500: reads nothing from the database, which may be what failed."""
    return HttpResponse(render_to_string("errors/500.jinja"), status=500)


@needs(ANYONE)
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page is too old or came from elsewhere."""
    return render(request, "errors/stale-form.jinja", status=403)


@needs(ANYONE)
def too_often(request: HttpRequest) -> HttpResponse:
    """429: too many attempts."""
    return render(request, "errors/429.jinja", status=429)
