"""The pages of the care areas. A view finds what is published, and shows it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.measures.frailty.gap import AREA as AGEING_WELL
from stewardship.measures.published import Card, PlaceCard, Published
from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles.cancer_read import has_cancer
from stewardship.profiles.charts import Chart
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.kept_pages import area_page
from stewardship.profiles.map_charts import chosen_map
from stewardship.profiles.measure_charts import measure_charts
from stewardship.profiles.places import chosen, picker
from stewardship.profiles.plates import map_plate, plate
from stewardship.profiles.recorded_expected import (
    WHAT_IT_IS,
    WHAT_IT_IS_NOT,
    is_against_expected,
)
from stewardship.profiles.rows import measure_row
from stewardship.profiles.snapshots import current
from stewardship.profiles.trend_read import reading
from stewardship.profiles.trend_words import not_read


@needs(SEE_FIGURES)
@require_safe
def care_area(request: HttpRequest, area: str) -> HttpResponse:
    """One care area at one place: in a minute, the five parts, and the pictures."""
    asked = area_figures(request, area)
    page = area_page(asked.published, asked.area.key, asked.place.code)
    drawn = {
        name: [plate(chart, settings.CHARTS, room=False) for chart in charts]
        for name, charts in page.charts.items()
    }
    waits = asked.area.key == "cancer" and has_cancer(asked.published)
    beside = {"cancer_waits": waits, "frailty_register": asked.area.key == AGEING_WELL}
    return render(request, "profiles/care-area.jinja", {**page.said, **drawn, **beside})


@needs(SEE_FIGURES)
@require_safe
def measure(request: HttpRequest, area: str, measure: str) -> HttpResponse:
    """One measure at one place: what it is, its years, its groups and its places, on the map too."""
    figures = area_figures(request, area)
    card = measure_card(figures, measure)
    on_map, levels = _map(figures, card, request.GET.get("level", ""))
    shown = {
        "figures": figures,
        "area": figures.area,
        "place": figures.place,
        "picker": picker(figures.published),
        "card": card,
        "row": measure_row(figures, card),
        "expected_number_words": (WHAT_IT_IS, WHAT_IT_IS_NOT) if is_against_expected(card) else (),
        "plates": [plate(chart, settings.CHARTS, room=True) for chart in measure_charts(figures, card)],
        "months_why": not_read(reading(figures, card)),
        "map_plate": map_plate(on_map, settings.CHARTS) if on_map is not None else None,
        "map_levels": levels,
    }
    return render(request, "profiles/measure.jinja", shown)


@needs(SEE_FIGURES)
@require_safe
def definitions(request: HttpRequest, area: str) -> HttpResponse:
    """How a care area and each of its measures are defined."""
    figures = area_figures(request, area)
    return render(request, "profiles/definitions.jinja", {"area": figures.area, "place": figures.place})


def area_figures(request: HttpRequest, area: str) -> AreaFigures:
    """The figures that a request asks for; 404, in words, when they are not published."""
    published = current(settings.SNAPSHOTS)
    if published is None:
        raise Http404("Nothing has been published yet.")
    try:
        card = published.area(area)
    except KeyError:
        raise Http404(f"No care area called {area} is published.") from None
    return AreaFigures(published, card, chosen_place(published, request))


def chosen_place(published: Published, request: HttpRequest) -> PlaceCard:
    """The place named in the address, the whole system when none is."""
    code = request.GET.get("place", "")
    try:
        return chosen(published, code)
    except KeyError:
        raise Http404(f"No figures are published for a place with the code {code}.") from None


def _map(figures: AreaFigures, card: Card, level: str) -> tuple[Chart | None, dict[str, str]]:
    """The map that a request asks for, and the levels there are; 404, in words, for another level."""
    try:
        return chosen_map(figures, card, level)
    except KeyError:
        raise Http404("There is no map of these places here.") from None


def measure_card(figures: AreaFigures, key: str) -> Card:
    """The card of a measure of the area; 404 when there is none."""
    for card in figures.area.measures:
        if card.key == key:
            return card
    raise Http404(f"{figures.area.name} has no measure called {key}.")
