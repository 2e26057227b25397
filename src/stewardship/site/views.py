"""The pages around the rooms: start, findings, who may do what, accessibility."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from stewardship.permissions import ANYONE, SEE_FINDINGS, SIGNED_IN, Permission, Plane, needs
from stewardship.profiles.snapshots import current
from stewardship.readiness.files import found_csv
from stewardship.readiness.sent import what_was_found
from stewardship.readiness.state import checks_of
from stewardship.site.roles import PERMISSIONS, ROLES, Role


@needs(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the page that the acting role starts on."""
    role = request.role  # type: ignore[attr-defined]
    return redirect(role.start if role else "account")


@needs(SEE_FINDINGS)
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What was read and what was found when the current snapshot was built."""
    published = current(settings.SNAPSHOTS)
    checks = checks_of(published, settings.SYSTEM) if published else None
    found = what_was_found(published.snapshot) if published else None
    return render(request, "site/findings.jinja", {"published": published, "checks": checks, "found": found})


@needs(SEE_FINDINGS)
@require_safe
def findings_csv(request: HttpRequest) -> HttpResponse:
    """Every file and every finding of the current snapshot, a row each."""
    published = current(settings.SNAPSHOTS)
    if published is None:
        raise Http404("Nothing has been built yet.")
    answer = HttpResponse(found_csv(published.snapshot), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="what-was-found.csv"'
    return answer


@needs(SIGNED_IN)
@require_safe
def who_may(request: HttpRequest) -> HttpResponse:
    """Who may do what, from the roles themselves."""
    shown = {
        "roles": ROLES.values(),
        "planes": Plane,
        "tables": list(_tables_of_planes()),
        "dormant_days": settings.DORMANT_AFTER.days,
    }
    return render(request, "site/who-may.jinja", shown)


def _tables_of_planes() -> Iterator[tuple[Plane, list[type[Role]], list[Permission]]]:
    """Each plane that has roles, with them and with what any of them may do."""
    for plane in Plane:
        if of := [one for one in ROLES.values() if one.plane is plane]:
            yield plane, of, [each for each in PERMISSIONS if any(each in one.may for one in of)]


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
