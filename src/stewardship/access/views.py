"""The privacy officer's pages about one record: who has looked at it, as a list, a file, and an answer to print.

Whose record is meant goes in the body of a request, never in an address. Reading the log is itself an event of it.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stewardship.access.chain import Event
from stewardship.access.forms import WhichRecord
from stewardship.access.lines import lines_of, to_csv
from stewardship.access.log import Action, Via, actor_of, query_of, record
from stewardship.access.site_log import site_log
from stewardship.access.watching import tell_own_record
from stewardship.permissions import EXPORT_ACCESS, SEE_ACCESS, SIGNED_IN, needs
from stewardship.rules.nhs_number import nhs_number

A_PAGE = 50


@needs(SEE_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def who_looked(request: HttpRequest) -> HttpResponse:
    """Ask whose record is meant, and list who has looked at it, newest first, a page at a time."""
    form = WhichRecord(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asked_again(request, form)
    log, before = site_log(), form.cleaned_data["before"]
    found = log.about(form.people, before=before, most=A_PAGE + 1)
    shown = found[:A_PAGE]
    _note(request, form, Action.READ_LOG, shown)
    older = shown[-1].sequence if len(found) > A_PAGE else None
    lines = lines_of(shown, log.keys)
    return render(
        request,
        "access/looked.jinja",
        {
            "lines": lines,
            "who": form.cleaned_data["who"],
            "older": older,
            "newest": before is None,
            "may_export": EXPORT_ACCESS in request.role.may,  # type: ignore[attr-defined]
        },
    )


@needs(EXPORT_ACCESS)
@require_POST
def as_file(request: HttpRequest) -> HttpResponse:
    """Every event about one record as CSV."""
    form = WhichRecord(request.POST)
    if not form.is_valid():
        return _asked_again(request, form)
    log = site_log()
    found = log.about(form.people)
    _note(request, form, Action.EXPORT_LOG, found, via="download")
    file = HttpResponse(to_csv(lines_of(found, log.keys)), content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="who-looked.csv"'
    return file


@needs(SEE_ACCESS)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """A page to print for the person who asks: what was done, when, in which role and organisation."""
    form = WhichRecord(request.POST)
    if not form.is_valid():
        return _asked_again(request, form)
    log = site_log()
    found = log.about(form.people)
    _note(request, form, Action.ANSWER_FROM_LOG, found)
    looks = [line for line in lines_of(reversed(found), log.keys) if not line.of_the_log]
    return render(request, "access/answer.jinja", {"lines": looks})


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def own_record(request: HttpRequest) -> HttpResponse:
    """Let a member tell their own NHS number, so that the watch notices when they open their own record."""
    form = WhichRecord(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tell_own_record(person_ids=form.people, by=actor_of(request))
        return redirect("own-record-told")
    return render(request, "access/own.jinja", {"form": form})


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def own_record_told(request: HttpRequest) -> HttpResponse:
    """Say that it was noted."""
    return render(request, "access/own-told.jinja")


def _asked_again(request: HttpRequest, form: WhichRecord) -> HttpResponse:
    return render(request, "access/ask.jinja", {"form": form})


def _note(
    request: HttpRequest, form: WhichRecord, did: Action, shown: Sequence[Event], via: Via = "page"
) -> None:
    """Reading the log is logged: whose record, and the number it was asked by as a digest."""
    number = nhs_number(request.POST.get("who", "")) or ""
    record(
        by=actor_of(request),
        did=did,
        about=form.people,
        query=query_of(number=number),
        shown=len(shown),
        via=via,
    )
