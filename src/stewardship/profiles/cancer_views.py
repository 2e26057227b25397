"""The stewards' page of cancer waits, its tables and its pictures."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.measures.published import Published
from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles.cancer_page import CancerPage, cancer_page
from stewardship.profiles.cancer_performance import standards_table
from stewardship.profiles.cancer_published import published_table
from stewardship.profiles.cancer_read import STANDARDS, CancerFigures, has_cancer
from stewardship.profiles.charts import Chart, TakenAway
from stewardship.profiles.downloads import table_to_csv
from stewardship.profiles.plates import plate
from stewardship.profiles.snapshots import current
from stewardship.profiles.taken import as_file, picture_of

ALL, NATIONAL = "standards", "national-statistics"


@needs(SEE_FIGURES)
@require_safe
def cancer_waits(request: HttpRequest) -> HttpResponse:
    """Performance, backlog, where the days go, who waits longer, and case finding, of the whole system."""
    figures = _figures()
    page = cancer_page(figures)
    shown = {
        "published": figures.published,
        "place": figures.published.system,
        "page": page,
        "plates": {chart.key: plate(chart, settings.CHARTS, room=False) for chart in page.charts},
        "all_table": ALL,
        "national_table": NATIONAL,
    }
    return render(request, "profiles/cancer-waits.jinja", shown)


@needs(SEE_FIGURES)
@require_safe
def cancer_waits_table(request: HttpRequest, table: str) -> HttpResponse:
    """A table of the page as CSV: that of a chart, every figure of the three standards, or the national statistics."""
    figures = _figures()
    if table == ALL:
        return _csv(figures.published, table, standards_table(figures, *(each.key for each in STANDARDS)))
    if table == NATIONAL and figures.national:
        return _csv(figures.published, table, published_table(figures))
    download = _chart(cancer_page(figures), table).download
    if download is None:
        raise Http404("There is no such table of cancer waits.")
    return _csv(figures.published, table, download)


@needs(SEE_FIGURES)
@require_safe
def cancer_waits_picture(request: HttpRequest, chart: str) -> HttpResponse:
    """A picture of the page as SVG."""
    figures = _figures()
    made = _chart(cancer_page(figures), chart)
    return as_file(_named(figures.published, chart), "svg", picture_of(made))


def _figures() -> CancerFigures:
    published = current(settings.SNAPSHOTS)
    if published is None:
        raise Http404("Nothing has been published yet.")
    if not has_cancer(published):
        raise Http404("No figures of cancer pathways are published: no partner has sent any.")
    return CancerFigures(published)


def _chart(page: CancerPage, key: str) -> Chart:
    for chart in page.charts:
        if chart.key == key:
            return chart
    raise Http404("There are no such figures of cancer waits.")


def _csv(published: Published, name: str, table: TakenAway) -> HttpResponse:
    title = f"Cancer waits: {name.replace('-', ' ')}"
    text = table_to_csv(title, published.system.name, published.snapshot, table)
    return as_file(_named(published, name), "csv", text)


def _named(published: Published, name: str) -> str:
    return f"cancer-waits-{name}-{published.snapshot.as_of.isoformat()}"
