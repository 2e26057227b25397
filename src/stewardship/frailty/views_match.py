"""Whom a call is about: looked for by NHS number, or by name with birth date, and read back before it is so."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stewardship.access.asked import keep, kept
from stewardship.frailty import actions_call, actions_draft
from stewardship.frailty.call_scope import OnTheLine, on_the_line
from stewardship.frailty.knowing import readback
from stewardship.frailty.models import AdviceCall
from stewardship.frailty.views_live import of_their_own
from stewardship.permissions import ANSWER_CALLS, needs
from stewardship.vault import door
from stewardship.vault.forms import FindPerson
from stewardship.vault.views import told_plainly

FOR, FOUND = "for", "found"
FORM = ("nhs_number", "family_name", "given_names", "day", "month", "year")
NOBODY = (
    "Nobody is found under that. Check the number or the date of birth with the caller; or go on without a person, and "
    "the call waits on the list of those to match."
)


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
@of_their_own
def find_live(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the person of the call on the line. What is typed waits sealed, in no address."""
    actions_draft.own_draft(pk, on_the_line(request).actor)
    return redirect("call-found", pk, _typed(request))


@needs(ANSWER_CALLS)
@never_cache
@require_safe
@told_plainly
@of_their_own
def found_live(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Who was found, to be read back. Each look is one event of the access log."""
    line = on_the_line(request)
    actions_draft.own_draft(pk, line.actor)
    back, on = reverse("call-live", args=[pk]), reverse("call-about", args=[pk])
    return _found(request, line, word, back=back, on=on, again=reverse("call-find", args=[pk]))


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
@of_their_own
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """The call on the line is about this person, of those who were found a moment ago."""
    actions_draft.about_person(
        draft_id=pk, person_id=_chosen(request), by=on_the_line(request).actor, now=timezone.now()
    )
    return redirect("call-live", pk)


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
@of_their_own
def not_them(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not this person: the call goes on without one."""
    actions_draft.not_this_person(draft_id=pk, by=on_the_line(request).actor, now=timezone.now())
    return redirect("call-live", pk)


@needs(ANSWER_CALLS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def find_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the person of a call that has ended without one."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls(), pk=pk, person_id=None)
    if request.method == "POST":
        return redirect("call-match-found", pk, _typed(request))
    form = FindPerson(today=timezone.localdate())
    here = {"back": reverse("call", args=[pk]), "again": reverse("call-match-find", args=[pk])}
    return render(request, "advice/found.jinja", {**here, "form": form, "found": None, "call": one})


@needs(ANSWER_CALLS)
@never_cache
@require_safe
@told_plainly
def found_call(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Who was found for a call that has ended."""
    line = on_the_line(request)
    get_object_or_404(line.calls(), pk=pk, person_id=None)
    back, on = reverse("call", args=[pk]), reverse("call-match", args=[pk])
    return _found(request, line, word, back=back, on=on, again=reverse("call-match-find", args=[pk]))


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def matched(request: HttpRequest, pk: int) -> HttpResponse:
    """A call that has ended was about this person, of those who were found a moment ago."""
    line, person_id = on_the_line(request), _chosen(request)
    one = get_object_or_404(line.calls(), pk=pk)
    try:
        actions_call.match(
            call_id=one.pk, person_id=person_id, by=line.actor, seen_version=one.version, now=timezone.now()
        )
    except (ValidationError, actions_call.OtherChangedError) as error:
        return not_done(request, one, error)
    return redirect(f"{reverse('call', args=[pk])}?done=matched")


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def unmatched(request: HttpRequest, pk: int) -> HttpResponse:
    """A call that has ended was not about this person."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls(), pk=pk)
    try:
        actions_call.undo_match(
            call_id=pk, by=line.actor, seen_version=seen_version(request), now=timezone.now()
        )
    except (ValidationError, actions_call.OtherChangedError) as error:
        return not_done(request, one, error)
    return redirect(f"{reverse('call', args=[pk])}?done=unmatched")


def seen_version(request: HttpRequest) -> int:
    """The version of a call that its page was made from."""
    written = request.POST.get("version", "")
    if not written.isdecimal():
        raise Http404("The page did not say which version it was made from. Load it again.")
    return int(written[:9])


def not_done(
    request: HttpRequest, one: AdviceCall, error: Exception, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """Back to the call, with why nothing was changed and with what was typed."""
    said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    told = {"came_to": request.POST.get("came_to", "")} if typed is None else dict(typed)
    word = keep(request, {**told, "problem": said})
    return redirect(f"{reverse('call', args=[one.pk])}?said={word}")


def _typed(request: HttpRequest) -> str:
    return keep(request, {name: request.POST.get(name, "") for name in FORM})


def _found(
    request: HttpRequest, line: OnTheLine, word: str, *, back: str, on: str, again: str
) -> HttpResponse:
    today, typed = timezone.localdate(), kept(request, word)
    if typed is None:
        return redirect(back)
    form = FindPerson(typed, today=today)
    shown: dict[str, Any] = {
        "form": form,
        "found": None,
        "back": back,
        "on": on,
        "again": again,
        "nobody": NOBODY,
    }
    if form.is_valid():
        people = door.find(form.asked(), by=line.actor, scope=line.reach(in_call=True))
        theirs = ",".join(str(each.person_id) for each in people)
        shown |= {
            "found": [(readback(each, today), each) for each in people],
            "word": keep(request, {FOUND: theirs, FOR: on}),
        }
    return render(request, "advice/found.jinja", shown)


def _chosen(request: HttpRequest) -> int:
    """The person chosen of those who were found for this very call; an address cannot name anybody else."""
    told = kept(request, request.POST.get("word", "")) or {}
    people = told.get(FOUND, "").split(",")
    at = request.POST.get("at", "")
    right = told.get(FOR) == request.path and at.isdecimal() and int(at) < len(people) and people[int(at)]
    if not right:
        raise Http404("Look for the person again.")
    return int(people[int(at)])
