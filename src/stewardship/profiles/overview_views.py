"""The page of all care areas, and its files."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.measures.published import PlaceCard, Published
from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles.charts import Chart
from stewardship.profiles.downloads import table_to_csv
from stewardship.profiles.overview import ORDERS, at_a_glance, ordered
from stewardship.profiles.overview_chart import glance_table, shares_chart
from stewardship.profiles.overview_words import glance_in_a_minute, what_sources_sent
from stewardship.profiles.places import picker
from stewardship.profiles.plates import plate
from stewardship.profiles.snapshots import current
from stewardship.profiles.taken import as_file, picture_of
from stewardship.profiles.views import chosen_place

DEFAULT = "people"


@needs(SEE_FIGURES)
@require_safe
def care_areas(request: HttpRequest) -> HttpResponse:
    """Home of the stewards: every care area at a glance, with the date, sources and findings of the snapshot."""
    published = current(settings.SNAPSHOTS)
    if published is None:
        return render(request, "profiles/nothing-yet.jinja")
    place, order = chosen_place(published, request), _order(request)
    glance = at_a_glance(published, place)
    chart = shares_chart(published, glance)
    shown = {
        "glance": glance,
        "place": place,
        "picker": picker(published),
        "order": order,
        "orders": ORDERS,
        "areas": ordered(glance.adding_up, order),
        "overlays": ordered(glance.overlays, order),
        "minute": glance_in_a_minute(glance),
        "plate": plate(chart, settings.CHARTS, room=True) if chart is not None else None,
        "sources": what_sources_sent(published.snapshot),
    }
    return render(request, "profiles/care-areas.jinja", shown)


@needs(SEE_FIGURES)
@require_safe
def areas_table(request: HttpRequest, table: str) -> HttpResponse:
    """The table of all care areas as CSV; the figures of the chart are in it."""
    published, place = _published(request)
    if table not in {"areas", "shares"}:
        raise Http404("There are no such figures at this place.")
    text = table_to_csv(
        "All care areas", place.name, published.snapshot, glance_table(at_a_glance(published, place))
    )
    return as_file(_named(published, place, "care-areas"), "csv", text)


@needs(SEE_FIGURES)
@require_safe
def areas_picture(request: HttpRequest, chart: str) -> HttpResponse:
    """The picture of all care areas as SVG."""
    published, place = _published(request)
    made: Chart | None = shares_chart(published, at_a_glance(published, place))
    if made is None or made.key != chart:
        raise Http404("There are no such figures at this place.")
    return as_file(_named(published, place, f"care-areas-{chart}"), "svg", picture_of(made))


def _published(request: HttpRequest) -> tuple[Published, PlaceCard]:
    published = current(settings.SNAPSHOTS)
    if published is None:
        raise Http404("Nothing has been published yet.")
    return published, chosen_place(published, request)


def _named(published: Published, place: PlaceCard, name: str) -> str:
    return f"{name}-{place.code.lower()}-{published.snapshot.periods[-1][1].isoformat()}"


def _order(request: HttpRequest) -> str:
    order = request.GET.get("order", "") or DEFAULT
    if order not in ORDERS:
        raise Http404(
            f"Care areas cannot be put in the order of {order}. Choose one of: {', '.join(ORDERS)}."
        )
    return order
