"""The portal's list of calls on a page: sent, and which answered calls have no record of advice."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stewardship.access.asked import keep, kept
from stewardship.frailty import actions_line
from stewardship.frailty.actions_call import OtherChangedError
from stewardship.frailty.call_scope import OnTheLine, on_the_line
from stewardship.frailty.line_list import CHANNEL, COLUMNS, MOST_BYTES, ListError
from stewardship.frailty.models import AdviceCall, LineCall, LineLoad
from stewardship.permissions import ANSWER_CALLS, needs
from stewardship.rules.frailty.telephony import Status, answer_rate, completeness, is_complete, waits
from stewardship.vault.views import told_plainly

SHOWN, ROWS = 50, 20
WEEKS = timedelta(weeks=4)
MAYBE = timedelta(hours=2)


@needs(ANSWER_CALLS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def line_calls(request: HttpRequest) -> HttpResponse:
    """Answered calls without a record of advice, each with the records that may be its own; and sending a list."""
    line = on_the_line(request)
    if request.method == "POST":
        return _sent(request, line)
    said = kept(request, request.GET.get("said", "")) or {}
    open_ = list(actions_line.unrecorded(line.organisation))
    shown = {
        "open": [(one, _maybe(line, one)) for one in open_[:SHOWN]],
        "many": len(open_),
        "measured": _measured(line),
        "latest": LineLoad.objects.filter(calls__organisation=line.organisation).order_by("-at").first(),
        "problem": said.get("problem", ""),
        "done": said.get("done", ""),
        "rejected": [row for row in said.get("rejected", "").split("\n") if row],
        "columns": (*COLUMNS, CHANNEL),
    }
    return render(request, "advice/line-calls.jinja", shown)


def _sent(request: HttpRequest, line: OnTheLine) -> HttpResponse:
    file = request.FILES.get("list")
    if file is None or (file.size or 0) > MOST_BYTES:
        most = f"Choose the portal’s list as a CSV file of at most {MOST_BYTES // 1_000_000} MB."
        return _back(request, {"problem": most})
    try:
        done = actions_line.load_list(content=file.read(), by=line.actor, now=timezone.now())
    except ListError as error:
        return _back(request, {"problem": str(error)})
    told = f"The list is loaded: {done.new} new, {done.known} known before, {done.linked} linked with their records."
    rows = "\n".join(f"Row {number:,}: {why}" for number, why in done.rejected[:ROWS])
    if len(done.rejected) > ROWS:
        rows += f"\nand {len(done.rejected) - ROWS:,} more"
    return _back(request, {"done": told, "rejected": rows})


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Which record belongs to a call of the list."""
    line = on_the_line(request)
    number, _, version = request.POST.get("record", "").partition("-")
    try:
        if not (number.isdecimal() and version.isdecimal()):
            raise ValidationError("Choose which record belongs to the call.")
        if not line.calls().filter(pk=int(number)).exists():
            raise ValidationError("That record is not of your line.")
        actions_line.link(
            line_id=pk, call_id=int(number), by=line.actor, seen_version=int(version), now=timezone.now()
        )
    except ValidationError as error:
        return _back(request, {"problem": " ".join(error.messages)})
    except OtherChangedError as error:
        return _back(request, {"problem": str(error)})
    return _back(request, {"done": "The call is linked with its record."})


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def none_needed(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a call of the list needs no record."""
    try:
        actions_line.no_record_needed(
            line_id=pk,
            because=request.POST.get("because", ""),
            by=on_the_line(request).actor,
            now=timezone.now(),
        )
    except ValidationError as error:
        return _back(request, {"problem": " ".join(error.messages)})
    return _back(request, {"done": "The call needs no record. Your reason is kept."})


@needs(ANSWER_CALLS)
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """An empty list with the columns that are read."""
    answer = HttpResponse(",".join((*COLUMNS, CHANNEL)) + "\r\n", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="calls-of-the-line.csv"'
    return answer


def _maybe(line: OnTheLine, one: LineCall) -> list[AdviceCall]:
    """Records that may belong to a call, the nearest first."""
    if one.answered_at is None:
        return []
    at = one.answered_at
    near = (
        line.calls()
        .filter(line=None, answered_at__range=(at - MAYBE, at + MAYBE))
        .select_related("consultant")
    )
    return sorted(near, key=lambda record: abs(record.answered_at - at))[:5]


def _measured(line: OnTheLine) -> dict[str, object]:
    """The line of the last four weeks: how many calls were answered, how fast, and how many have a whole record."""
    calls = list(line.line_calls().filter(started_at__gte=timezone.now() - WEEKS))
    answered = [one for one in calls if one.status == Status.ANSWERED]
    records = line.calls().filter(line__in=answered)
    whole = sum(
        is_complete(
            patient=bool(one.person_id or one.not_given), reason=bool(one.reasons), advice=bool(one.advice)
        )
        for one in records
    )
    return {
        "calls": len(calls),
        "rate": answer_rate([Status(one.status) for one in calls]),
        "waits": waits([one.waited for one in answered if one.waited is not None]),
        "complete": completeness(whole, len(answered)),
        "answered": len(answered),
    }


def _back(request: HttpRequest, said: dict[str, str]) -> HttpResponse:
    return redirect(f"{reverse('line-calls')}?said={keep(request, said)}")
