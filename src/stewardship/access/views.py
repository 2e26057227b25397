"""The privacy officer's pages about one record: who has looked at it, as a list, a file, and an answer to print.

Whose record is meant is in no address: it waits sealed in the session. Reading the log is itself an event of it.
"""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stewardship.access.asked import keep, kept
from stewardship.access.chain import Event
from stewardship.access.forms import WhichRecord
from stewardship.access.lines import lines_of, to_csv
from stewardship.access.log import Action, Via, actor_of, query_of, record
from stewardship.access.site_log import site_log
from stewardship.access.watching import tell_own_record
from stewardship.permissions import EXPORT_ACCESS, SEE_ACCESS, SIGNED_IN, needs
from stewardship.rules.nhs_number import nhs_number

A_PAGE = 50
GONE = "This page is open no longer. Say again whose record is meant."


@needs(SEE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def who_looked(request: HttpRequest) -> HttpResponse:
    """Ask whose record is meant."""
    if request.method == "POST":
        return redirect("record-looked-at", keep(request, {"who": request.POST.get("who", "")}))
    return render(request, "access/ask.jinja", {"form": WhichRecord()})


@needs(SEE_ACCESS)
@require_safe
def record_looked_at(request: HttpRequest, asked: str) -> HttpResponse:
    """Who has looked at the record, newest first, a page at a time."""
    form = _form(request, asked)
    if not form.is_valid():
        return render(request, "access/ask.jinja", {"form": form})
    log, before = site_log(), form.cleaned_data["before"]
    found = log.about(form.people, before=before, most=A_PAGE + 1)
    shown = found[:A_PAGE]
    _note(request, form, Action.READ_LOG, shown)
    page = {
        "lines": lines_of(shown, log.keys), "asked": asked, "newest": before is None,
        "older": shown[-1].sequence if len(found) > A_PAGE else None,
        "may_export": EXPORT_ACCESS in request.role.may,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "access/looked.jinja", page)


@needs(EXPORT_ACCESS)
@require_safe
def as_file(request: HttpRequest, asked: str) -> HttpResponse:
    """Every event about the record as CSV."""
    form = _form(request, asked)
    if not form.is_valid():
        raise Http404(GONE)
    log = site_log()
    found = log.about(form.people)
    _note(request, form, Action.EXPORT_LOG, found, via="download")
    file = HttpResponse(to_csv(lines_of(found, log.keys)), content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="who-looked.csv"'
    return file


@needs(SEE_ACCESS)
@require_safe
def answer(request: HttpRequest, asked: str) -> HttpResponse:
    """A page to print for the person who asks: what was done, when, in which role and organisation."""
    form = _form(request, asked)
    if not form.is_valid():
        raise Http404(GONE)
    log = site_log()
    found = log.about(form.people)
    _note(request, form, Action.ANSWER_FROM_LOG, found)
    looks = [line for line in lines_of(reversed(found), log.keys) if not line.of_the_log]
    return render(request, "access/answer.jinja", {"lines": looks})


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def own_record(request: HttpRequest) -> HttpResponse:
    """Let a member tell their own NHS number, so that the watch notices when they open their own record."""
    if request.method == "POST":
        form = WhichRecord(request.POST)
        if form.is_valid():
            tell_own_record(person_ids=form.people, by=actor_of(request))
            return redirect("own-record-told")
        return redirect(reverse("own-record") + "?again=yes")
    return render(
        request, "access/own.jinja", {"form": WhichRecord({"who": "?"} if "again" in request.GET else None)}
    )


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def own_record_told(request: HttpRequest) -> HttpResponse:
    """Say that it was noted."""
    return render(request, "access/own-told.jinja")


def _form(request: HttpRequest, asked: str) -> WhichRecord:
    """What was typed under that word. Raises Http404 where the session does not hold it any more."""
    typed = kept(request, asked)
    if typed is None:
        raise Http404(GONE)
    return WhichRecord({**typed, "before": request.GET.get("before", "")})


def _note(
    request: HttpRequest, form: WhichRecord, did: Action, shown: Sequence[Event], via: Via = "page"
) -> None:
    """Reading the log is logged: whose record, and the number it was asked by as a digest."""
    number = nhs_number(form.data["who"]) or ""
    record(
        by=actor_of(request),
        did=did,
        about=form.people,
        query=query_of(number=number),
        shown=len(shown),
        via=via,
    )
