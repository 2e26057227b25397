"""Files to take away: every table as CSV, every picture as SVG."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stewardship.measures.published import PARTS
from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles import words
from stewardship.profiles.area_charts import every_chart
from stewardship.profiles.charts import Chart, TakenAway
from stewardship.profiles.downloads import table_to_csv, to_csv
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps_section import gaps_table
from stewardship.profiles.lines import Line, part_lines
from stewardship.profiles.map_charts import map_charts
from stewardship.profiles.measure_charts import measure_charts
from stewardship.profiles.money import money_by_kind, money_table
from stewardship.profiles.taken import as_file, picture_of
from stewardship.profiles.trend_charts import every_month
from stewardship.profiles.variation_charts import every_funnel
from stewardship.profiles.views import area_figures, measure_card


@needs(SEE_FIGURES)
@require_safe
def area_table(request: HttpRequest, area: str, table: str) -> HttpResponse:
    """A table of a care-area page as CSV: one of the five parts, a chart's figures, or all of them."""
    figures = area_figures(request, area)
    taken = _taken_away(figures, table)
    return (
        _csv(figures, table, _area_lines(figures, table)) if taken is None else _table(figures, table, taken)
    )


@needs(SEE_FIGURES)
@require_safe
def measure_table(request: HttpRequest, area: str, measure: str, table: str) -> HttpResponse:
    """A table of a measure's page as CSV, or all of them."""
    figures = area_figures(request, area)
    charts = _measure_charts(figures, measure)
    if table == "all":
        return _csv(figures, measure, _unique(line for chart in charts for line in chart.lines))
    chart = _chart(charts, table)
    if chart.download is not None:
        return _table(figures, f"{measure}-{table}", chart.download)
    return _csv(figures, f"{measure}-{table}", chart.lines)


@needs(SEE_FIGURES)
@require_safe
def area_picture(request: HttpRequest, area: str, chart: str) -> HttpResponse:
    """A picture of a care-area page as SVG."""
    figures = area_figures(request, area)
    by_kind = money_by_kind(figures)
    charts = [*every_chart(figures), *([by_kind] if by_kind is not None else [])]
    return _svg(figures, chart, _chart(charts, chart))


@needs(SEE_FIGURES)
@require_safe
def measure_picture(request: HttpRequest, area: str, measure: str, chart: str) -> HttpResponse:
    """A picture of a measure's page as SVG."""
    figures = area_figures(request, area)
    return _svg(figures, f"{measure}-{chart}", _chart(_measure_charts(figures, measure), chart))


def _measure_charts(figures: AreaFigures, measure: str) -> list[Chart]:
    """The charts of a measure's page, and its maps of every level."""
    card = measure_card(figures, measure)
    return [*measure_charts(figures, card), *map_charts(figures, card)]


def _taken_away(figures: AreaFigures, table: str) -> TakenAway | None:
    """A table of what was worked out of the figures: of gaps, of variation, of months, or of a chart of these."""
    if table == "all" or table in PARTS:
        return None
    if table == "gaps":
        return gaps_table(figures)
    if table == "variation":
        return every_funnel(figures)
    if table == "months":
        return every_month(figures)
    if table == "budget":
        return money_table(figures)
    return next((chart.download for chart in every_chart(figures) if chart.key == table), None)


def _area_lines(figures: AreaFigures, table: str) -> Iterable[Line]:
    if table in PARTS:
        return part_lines(figures, table)
    charts = every_chart(figures)
    if table == "all":
        parts = (line for part in PARTS for line in part_lines(figures, part))
        return _unique([*parts, *(line for chart in charts for line in chart.lines)])
    return _chart(charts, table).lines


def _unique(lines: Iterable[Line]) -> list[Line]:
    """Each figure once, where it came first."""
    seen = {(x.card.key, x.place.code, x.by, x.group, x.period): x for x in reversed(list(lines))}
    return list(reversed(seen.values()))


def _chart(charts: list[Chart], key: str) -> Chart:
    for chart in charts:
        if chart.key == key:
            return chart
    raise Http404("There are no such figures at this place.")


def _csv(figures: AreaFigures, name: str, lines: Iterable[Line]) -> HttpResponse:
    title = f"{figures.area.name}: {words.PARTS.get(name, name.replace('-', ' '))}"
    text = to_csv(title, figures.place.name, figures.published.snapshot, lines)
    return _file(figures, name, "csv", text)


def _table(figures: AreaFigures, name: str, table: TakenAway) -> HttpResponse:
    title = f"{figures.area.name}: {name.replace('-', ' ')}"
    text = table_to_csv(title, figures.place.name, figures.published.snapshot, table)
    return _file(figures, name, "csv", text)


def _svg(figures: AreaFigures, name: str, chart: Chart) -> HttpResponse:
    return _file(figures, name, "svg", picture_of(chart))


def _file(figures: AreaFigures, name: str, ending: str, text: str) -> HttpResponse:
    when = figures.period[1].isoformat()
    parts = (figures.area.key, name, figures.place.code.lower(), when)
    return as_file("-".join(dict.fromkeys(parts)), ending, text)
