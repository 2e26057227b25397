"""Two places, or two care areas, side by side: the page, its table and its picture."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.measures.published import AreaCard, PlaceCard, Published
from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles.charts import TakenAway
from stewardship.profiles.downloads import table_to_csv
from stewardship.profiles.places import chosen, picker
from stewardship.profiles.plates import plate
from stewardship.profiles.side_by_side import Asked, beside, found, two_areas
from stewardship.profiles.side_by_side_chart import KEY, dot_plot, two_areas_table, two_places_table
from stewardship.profiles.snapshots import current
from stewardship.profiles.taken import as_file, picture_of


@needs(SEE_FIGURES)
@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """One care area at two places, or two care areas at one place; before both are chosen, the form alone."""
    published = current(settings.SNAPSHOTS)
    if published is None:
        return render(request, "profiles/nothing-yet.jinja")
    asked = _asked(published, request)
    chart = dot_plot(published, asked) if asked.two_places else None
    parts = beside(published, asked) if asked.two_places else []
    shown = {
        "asked": asked,
        "areas": sorted(published.snapshot.areas, key=lambda area: area.name),
        "picker": picker(published),
        "query": _query(asked),
        "parts": parts,
        "found": found(asked, parts) if parts else "",
        "plate": plate(chart, settings.CHARTS, room=False) if chart is not None else None,
        "rows": two_areas(published, asked) if asked.two_areas else [],
    }
    return render(request, "profiles/side-by-side.jinja", shown)


@needs(SEE_FIGURES)
@require_safe
def side_by_side_table(request: HttpRequest) -> HttpResponse:
    """What is set side by side as CSV."""
    published, asked = _both(request)
    table: TakenAway
    if asked.two_places:
        title, place = asked.area.name, f"{asked.place.name} and {asked.other_place.name}"
        table = two_places_table(published, asked)
    else:
        title, place = f"{asked.area.name} and {asked.other_area.name}", asked.place.name
        table = two_areas_table(asked, two_areas(published, asked))
    text = table_to_csv(f"{title}, side by side", place, published.snapshot, table)
    return as_file(_named(published, asked), "csv", text)


@needs(SEE_FIGURES)
@require_safe
def side_by_side_picture(request: HttpRequest) -> HttpResponse:
    """The dot plot of two places as SVG."""
    published, asked = _both(request)
    chart = dot_plot(published, asked) if asked.two_places else None
    if chart is None:
        raise Http404("There is no picture of these two: no outcome has an interval at both places.")
    return as_file(f"{_named(published, asked)}-{KEY}", "svg", picture_of(chart))


def _both(request: HttpRequest) -> tuple[Published, Asked]:
    published = current(settings.SNAPSHOTS)
    if published is None:
        raise Http404("Nothing has been published yet.")
    asked = _asked(published, request)
    if asked.advice:
        raise Http404(f"There are no such figures. {asked.advice}")
    return published, asked


def _asked(published: Published, request: HttpRequest) -> Asked:
    """What the address names: nothing is the first care area, and the whole system; a second that is not named is
    the first again."""
    told = {name: request.GET.get(name, "") for name in ("area", "place", "other_area", "other_place")}
    area = _area(published, told["area"])
    place = _place(published, told["place"])
    other_area = _area(published, told["other_area"]) if told["other_area"] else area
    other_place = _place(published, told["other_place"]) if told["other_place"] else place
    return Asked(area, place, other_area, other_place)


def _area(published: Published, key: str) -> AreaCard:
    areas = sorted(published.snapshot.areas, key=lambda area: area.name)
    if not areas:
        raise Http404("No care area is published.")
    found = [area for area in areas if area.key == key] if key else areas
    if not found:
        raise Http404(f"No care area called {key} is published.")
    return found[0]


def _place(published: Published, code: str) -> PlaceCard:
    try:
        return chosen(published, code)
    except KeyError:
        raise Http404(f"No figures are published for a place with the code {code}.") from None


def _query(asked: Asked) -> dict[str, str]:
    return {
        "area": asked.area.key, "place": asked.place.code,
        "other_area": asked.other_area.key, "other_place": asked.other_place.code,
    }  # fmt: skip


def _named(published: Published, asked: Asked) -> str:
    parts = (asked.area.key, asked.place.code.lower(), asked.other_area.key, asked.other_place.code.lower())
    return "-".join(["side-by-side", *dict.fromkeys(parts), published.snapshot.periods[-1][1].isoformat()])
