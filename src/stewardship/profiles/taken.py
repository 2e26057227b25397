"""A file to take away: its name and type, and the picture of a chart as one."""

from django.conf import settings
from django.http import Http404, HttpResponse

from stewardship.profiles.charts import Chart
from stewardship.profiles.pictures import NotDrawnError, picture
from stewardship.profiles.svg import standalone

KINDS = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml"}


def as_file(named: str, ending: str, text: str) -> HttpResponse:
    """The answer that a browser keeps as a file of that name."""
    headers = {"Content-Disposition": f'attachment; filename="{named}.{ending}"'}
    return HttpResponse(text, content_type=KINDS[ending], headers=headers)


def picture_of(chart: Chart) -> str:
    """A chart's picture as SVG, with its title and words inside; 404, in words, when there is none."""
    if chart.drawing is None:
        raise Http404("Too few values are shown at this place to draw a picture.")
    try:
        svg = picture(settings.CHARTS, chart.drawing)
    except NotDrawnError:
        raise Http404("The picture could not be drawn this time. Try again in a minute.") from None
    return standalone(svg, f"{chart.heading}. {chart.what}", chart.words)
