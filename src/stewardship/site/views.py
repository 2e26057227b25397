"""The pages around the rooms: start, account, roles, members, findings, who may do what."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stewardship.permissions import ANYONE, SEE_FINDINGS, SEE_MEMBERS, SIGNED_IN, needs
from stewardship.profiles.snapshots import current
from stewardship.site.models import Member
from stewardship.site.roles import PERMISSIONS, ROLES

View = Callable[..., HttpResponse]


@needs(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the page that the acting role starts on."""
    role = request.role  # type: ignore[attr-defined]
    return redirect(role.start if role else "account")


@needs(SIGNED_IN)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The member's own account: name, roles, and switching between them."""
    changed = request.GET.get("changed", "")
    return render(request, "site/account.jinja", {"changed": changed})


@needs(SIGNED_IN)
@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Act in another role that the member holds, from now on."""
    role = ROLES.get(request.POST.get("role", ""))
    if role is None or role not in request.user.roles:  # type: ignore[union-attr]
        raise Http404("You do not hold that role.")
    request.session["role"] = role.key
    return redirect("home")


@needs(SEE_MEMBERS)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in."""
    everybody = Member.objects.prefetch_related("holdings")
    return render(request, "site/members.jinja", {"members": everybody})


@needs(SEE_FINDINGS)
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What was read and what was found when the current snapshot was built."""
    return render(request, "site/findings.jinja", {"published": current(settings.SNAPSHOTS)})


@needs(SIGNED_IN)
@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    """Who may do what, from the roles themselves."""
    return render(request, "site/who-may.jinja", {"roles": ROLES.values(), "permissions": PERMISSIONS})


@needs(ANYONE)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, what is known to fall short, and whom to tell."""
    return render(request, "site/accessibility.jinja", {"contact": settings.CONTACT})


@needs(ANYONE)
@require_safe
def logo(request: HttpRequest) -> FileResponse:
    """The organisation's logo, when one is set."""
    path = Path(settings.LOGO)
    if not settings.LOGO or not path.is_file():
        raise Http404("No logo is set.")
    return FileResponse(path.open("rb"))
