"""The forecast of the cancer backlog, as things are and under a change that is chosen: page, table and picture."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stewardship.measures.cancer.forecast_changes import LIST, Planned
from stewardship.permissions import SEE_FIGURES, needs
from stewardship.profiles.cancer_forecast import (
    Forecasts,
    UnknownChangeError,
    asked_for,
    change_words,
    more_tests_options,
    referral_options,
    treatment_options,
    week_options,
)
from stewardship.profiles.cancer_forecast_chart import forecast_chart
from stewardship.profiles.charts import Chart
from stewardship.profiles.downloads import table_to_csv
from stewardship.profiles.plates import plate
from stewardship.profiles.snapshots import current
from stewardship.profiles.taken import as_file, picture_of

ASKED = ("tests", "treatments", "referrals", "from")


@needs(SEE_FIGURES)
@require_safe
def cancer_forecast(request: HttpRequest) -> HttpResponse:
    """The forecast with a form to choose a change; both forecasts where one is chosen."""
    forecasts, planned = _asked(request)
    chart = forecast_chart(forecasts, planned)
    shown = {
        "published": forecasts.published,
        "place": forecasts.published.system,
        "forecasts": forecasts,
        "planned": planned,
        "change": change_words(forecasts, planned) if chart is not None and planned.changes else "",
        "plate": plate(chart, settings.CHARTS, room=False) if chart is not None else None,
        "query": _query(request) if planned.changes else {},
        "tests_of_a_list": LIST,
    }
    if chart is not None:
        shown |= {
            "tests": more_tests_options(planned),
            "treatments": treatment_options(planned),
            "referrals": referral_options(planned),
            "weeks": week_options(forecasts, planned),
        }
    return render(request, "profiles/cancer-forecast-page.jinja", shown)


@needs(SEE_FIGURES)
@require_safe
def cancer_forecast_table(request: HttpRequest) -> HttpResponse:
    """Both forecasts as CSV."""
    forecasts, planned = _asked(request)
    download = _chart(forecasts, planned).download
    if download is None:
        raise Http404("There is no table of the forecast.")
    published = forecasts.published
    text = table_to_csv(
        "Forecast of the cancer backlog over 62 days", published.system.name, published.snapshot, download
    )
    return as_file(_named(forecasts, planned), "csv", text)


@needs(SEE_FIGURES)
@require_safe
def cancer_forecast_picture(request: HttpRequest) -> HttpResponse:
    """The fan as SVG."""
    forecasts, planned = _asked(request)
    return as_file(_named(forecasts, planned), "svg", picture_of(_chart(forecasts, planned)))


def _asked(request: HttpRequest) -> tuple[Forecasts, Planned]:
    published = current(settings.SNAPSHOTS)
    if published is None:
        raise Http404("Nothing has been published yet.")
    try:
        return Forecasts(published), asked_for(_query(request))
    except UnknownChangeError as unknown:
        raise Http404(str(unknown)) from None


def _query(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ASKED if request.GET.get(name)}


def _chart(forecasts: Forecasts, planned: Planned) -> Chart:
    chart = forecast_chart(forecasts, planned)
    if chart is None:
        raise Http404(forecasts.missing)
    return chart


def _named(forecasts: Forecasts, planned: Planned) -> str:
    told = "-changed" if planned.changes else ""
    return f"cancer-forecast{told}-{forecasts.published.snapshot.as_of.isoformat()}"
