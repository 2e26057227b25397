"""A care area to take away: its pack for the team's meeting, and its workbook."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.packs.contents import pack_of
from stewardship.packs.press import PRESS, NotMadeError
from stewardship.packs.workbook import workbook_of
from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.map_drawings import AnyDrawing
from stewardship.profiles.pictures import picture
from stewardship.profiles.views import area_figures

log = logging.getLogger(__name__)
PDF = "application/pdf"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(SEE_FIGURES)
@require_safe
def pack(request: HttpRequest, area: str) -> HttpResponse:
    """A care area at a place as a PDF."""
    figures = area_figures(request, area)
    try:
        made = PRESS.pdf(pack_of(figures, _drawn))
    except NotMadeError as reason:
        log.warning("The pack of %s was not made: %s", area, reason.detail or reason)
        shown = {"said": reason, "figures": figures}
        return render(request, "packs/not-made.jinja", shown, status=503)
    return _file(figures, "pack", "pdf", PDF, made)


@needs(SEE_FIGURES)
@require_safe
def workbook(request: HttpRequest, area: str) -> HttpResponse:
    """Every table of a care area at a place as an Excel workbook."""
    figures = area_figures(request, area)
    return _file(figures, "workbook", "xlsx", WORKBOOK, workbook_of(figures))


def _drawn(drawing: AnyDrawing) -> str:
    return picture(settings.CHARTS, drawing)


def _file(figures: AreaFigures, name: str, ending: str, kind: str, content: bytes) -> HttpResponse:
    parts = (figures.area.key, name, figures.place.code.lower(), figures.period[1].isoformat())
    headers = {"Content-Disposition": f'attachment; filename="{"-".join(parts)}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
