"""The page on what can be measured, and its table to take away."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.measures.current import current
from stewardship.permissions import SEE_FINDINGS, needs
from stewardship.readiness.files import to_csv
from stewardship.readiness.ready import STATES, by_area
from stewardship.readiness.state import measurable


@needs(SEE_FINDINGS)
@require_safe
def what_can_be_measured(request: HttpRequest) -> HttpResponse:
    """Which care areas can use which measures yet, and what would unlock the rest."""
    published = current(settings.SNAPSHOTS)
    found = measurable(published, settings.SYSTEM) if published else None
    shown = {"found": found, "areas": by_area(found.measures) if found else [], "states": STATES}
    return render(request, "readiness/what-can-be-measured.jinja", shown)


@needs(SEE_FINDINGS)
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table, a row a measure and thing that it needs."""
    published = current(settings.SNAPSHOTS)
    found = measurable(published, settings.SYSTEM) if published else None
    if published is None or found is None:
        raise Http404("Nothing has been published yet of what can be measured.")
    answer = HttpResponse(to_csv(published, found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="what-can-be-measured.csv"'
    return answer
