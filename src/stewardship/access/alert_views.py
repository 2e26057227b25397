"""The privacy officer's pages about unusual reading: alerts, and closing them as justified or not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stewardship.access.alerts import Alert
from stewardship.access.asked import keep, kept
from stewardship.access.forms import Judgement
from stewardship.access.lines import lines_of
from stewardship.access.log import Action, actor_of, record
from stewardship.access.site_log import site_log
from stewardship.access.watch import limits
from stewardship.access.watching import AlertError, close_alert, raise_alerts, standing
from stewardship.permissions import SEE_ACCESS, needs

CLOSED_SHOWN = 50


@needs(SEE_ACCESS)
@require_safe
def unusual(request: HttpRequest) -> HttpResponse:
    """Alerts that nobody has judged yet, and those that were judged last."""
    raise_alerts(now=timezone.now())
    still, closed = standing()
    record(by=actor_of(request), did=Action.READ_LOG, shown=len(still))
    shown = {"open": still, "closed": closed[:CLOSED_SHOWN], "limits": limits()}
    return render(request, "access/unusual.jinja", shown)


@needs(SEE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, alert: str) -> HttpResponse:
    """One alert: what the rule saw, without anybody's details, and how it is closed."""
    found = next((one for one in standing()[0] if one.key == alert), None)
    if found is None:
        raise Http404("This alert is closed already, or never was.")
    if request.method == "POST":
        return _closed(request, alert)
    typed = kept(request, request.GET.get("typed", ""))
    form = Judgement(typed)
    if typed and form.is_valid():
        form.add_error(None, typed["said"])
    return _shown(request, found, form)


def _closed(request: HttpRequest, key: str) -> HttpResponse:
    """Close the alert, or go back to its page with what was typed and why it was not enough."""
    form, said = Judgement(request.POST), ""
    if form.is_valid():
        judged = form.cleaned_data
        try:
            close_alert(
                key=key, seen_until=judged["until"], outcome=judged["outcome"], words=judged["words"],
                by=actor_of(request),
            )  # fmt: skip
            return redirect("unusual-reading")
        except AlertError as error:
            said = str(error)
    typed = {name: request.POST.get(name, "") for name in form.fields}
    return redirect(f"{reverse('alert', args=[key])}?typed={keep(request, typed | {'said': said})}")


def _shown(request: HttpRequest, found: Alert, form: Judgement) -> HttpResponse:
    log = site_log()
    events = log.numbered(found.events)
    record(by=actor_of(request), did=Action.READ_LOG, shown=len(events))
    lines = lines_of(events, log.keys)
    shown = {"alert": found, "lines": lines, "limit": limits()[found.rule], "form": form}
    return render(request, "access/alert.jinja", shown)
