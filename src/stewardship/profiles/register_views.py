"""The stewards' page of the frailty register and the advice line, its tables and its pictures."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles.charts import Chart
from stewardship.profiles.downloads import table_to_csv
from stewardship.profiles.plates import plate
from stewardship.profiles.register_page import register_page
from stewardship.profiles.register_read import RegisterFigures, has_register
from stewardship.profiles.snapshots import current
from stewardship.profiles.taken import as_file, picture_of


@needs(SEE_FIGURES)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Coverage, gap, calls, what came of them and what they claim, of the whole system."""
    figures = _figures()
    page = register_page(figures)
    shown = {
        "published": figures.published,
        "place": figures.published.system,
        "page": page,
        "plates": {chart.key: plate(chart, settings.CHARTS, room=False) for chart in page.charts},
    }
    return render(request, "profiles/register.jinja", shown)


@needs(SEE_FIGURES)
@require_safe
def register_table(request: HttpRequest, table: str) -> HttpResponse:
    """The table of a chart as CSV."""
    figures = _figures()
    download = _chart(figures, table).download
    if download is None:
        raise Http404("There is no such table of the frailty register.")
    published = figures.published
    title = f"Frailty register and advice line: {table.replace('-', ' ')}"
    text = table_to_csv(title, published.system.name, published.snapshot, download)
    return as_file(_named(figures, table), "csv", text)


@needs(SEE_FIGURES)
@require_safe
def register_picture(request: HttpRequest, chart: str) -> HttpResponse:
    """A picture of the page as SVG."""
    figures = _figures()
    return as_file(_named(figures, chart), "svg", picture_of(_chart(figures, chart)))


def _figures() -> RegisterFigures:
    published = current(settings.SNAPSHOTS)
    if published is None:
        raise Http404("Nothing has been published yet.")
    if not has_register(published):
        raise Http404("No figures of ageing well are published here.")
    return RegisterFigures(published)


def _chart(figures: RegisterFigures, key: str) -> Chart:
    for chart in register_page(figures).charts:
        if chart.key == key:
            return chart
    raise Http404("There are no such figures of the frailty register.")


def _named(figures: RegisterFigures, name: str) -> str:
    return f"frailty-register-{name}-{figures.published.snapshot.as_of.isoformat()}"
