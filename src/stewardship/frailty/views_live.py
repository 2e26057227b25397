"""The page of a call on the line: answered, saved field by field, ended. It opens for whoever answered it, alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stewardship.access.asked import keep, kept
from stewardship.access.log import Action
from stewardship.frailty import actions_call, actions_draft
from stewardship.frailty.actions_draft import NoSuchDraftError, Saved
from stewardship.frailty.call_draft import Typed
from stewardship.frailty.call_fields import ASK_FIRST, BETWEEN, FIELDS
from stewardship.frailty.call_judged import score_said, understood
from stewardship.frailty.call_scope import OnTheLine, colleagues, on_the_line
from stewardship.frailty.knowing import readback, what_we_know
from stewardship.frailty.models import AdviceCall, Draft, Typing
from stewardship.permissions import ANSWER_CALLS, needs
from stewardship.vault import door
from stewardship.vault.forms import FindPerson
from stewardship.vault.views import told_plainly

ASIDE, DONE = (
    "because",
    "=",
)  # beside the fields, whose names are words; "!" before a name: what is wrong with it


def of_their_own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is not there and what is somebody else's are told alike."""

    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except NoSuchDraftError as said:
            raise Http404(str(said)) from None

    return answered


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def answer(request: HttpRequest) -> HttpResponse:
    """Answer a call: a draft from this moment on."""
    draft = actions_draft.start_call(by=on_the_line(request).actor, now=timezone.now())
    return redirect("call-live", draft.pk)


@needs(ANSWER_CALLS)
@never_cache
@require_safe
@told_plainly
@of_their_own
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The call, with whatever was typed; after a problem, with what it was and what is not saved yet."""
    line, now = on_the_line(request), timezone.now()
    draft = actions_draft.own_draft(pk, line.actor)
    typed = actions_draft.opened(draft.typed)
    said = kept(request, request.GET.get("said", "")) or {}
    problems = {name[1:]: words for name, words in said.items() if name.startswith("!")}
    unsaved = {name: words for name, words in said.items() if name in FIELDS}
    shown = {
        **_person(line, draft),
        "draft": draft,
        "typed": {**typed, **unsaved},
        "unsaved": set(unsaved),
        "fields": FIELDS,
        "between": BETWEEN,
        "problems": problems,
        "waiting": [_waiting(one, typed) for one in actions_draft.waiting(draft)],
        "score": score_said(understood(typed).values),
        "wrong": understood(typed).problems,
        "colleagues": colleagues(line.organisation),
        "me": str(line.actor.member_id),
        "nth": _nth(line, now),
        "find": FindPerson(today=timezone.localdate()),
        "done": said.get(DONE, ""),
    }
    return render(request, "advice/live.jinja", shown)


def _person(line: OnTheLine, draft: Draft) -> dict[str, Any]:
    """Who the call is about, read from the vault in one event, and what the register knows."""
    if draft.person_id is None:
        return {"who": None, "known": [], "entry": None}
    people = frozenset({draft.person_id})
    found = door.of_caseload([draft.person_id], did=Action.VIEW, by=line.actor, scope=line.reach(people))
    if draft.person_id not in found:
        return {"who": None, "known": [], "entry": None}
    today, entry = timezone.localdate(), line.entry_of(draft.person_id)
    return {
        "who": found[draft.person_id],
        "readback": readback(found[draft.person_id], today),
        "entry": entry,
        "known": what_we_know(entry, line, draft.person_id, today),
    }


def _nth(line: OnTheLine, now: Any) -> int:
    """Which call of the day of whoever answers this is."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Draft.objects.filter(
        owner_id=line.actor.member_id, started_at__gte=today, set_aside_because=""
    ).count()


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
@of_their_own
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is sent: one field from the script, as it is left, or the whole form from its button."""
    by, now = on_the_line(request).actor, timezone.now()
    saved = actions_draft.save_fields(
        draft_id=pk, fields=sent(request), seen_version=_version(request), by=by, now=now
    )
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_told(saved, now), status=409 if saved.waiting else 200)
    return _back(request, pk, saved)


def sent(request: HttpRequest) -> dict[str, str]:
    """The fields that a page sent: those that the script names as `only`, else all of the form, empty ones too."""
    only = request.POST.getlist("only")
    names = [name for name in FIELDS if not only or name in only]
    return {name: _words(request, name) for name in names}


def _words(request: HttpRequest, name: str) -> str:
    if FIELDS[name].several:
        return BETWEEN.join(request.POST.getlist(name))
    return request.POST.get(name, "").replace(
        "\r\n", "\n"
    )  # as every other way of sending it writes a new line


def _told(saved: Saved, now: Any) -> dict[str, Any]:
    """What the page is told of a saving; only to the page that shows the same fields."""
    found = understood(saved.typed)
    return {
        "version": saved.version,
        "at": f"{timezone.localtime(now):%H:%M}",
        "elsewhere": saved.elsewhere,
        "waiting": [_waiting(one, saved.typed) for one in saved.waiting],
        "unasked": sorted(saved.unasked),
        "ask_first": ASK_FIRST if saved.unasked else "",
        "score": score_said(found.values),
        "wrong": found.problems,
    }


def _waiting(one: Typing, typed: Typed) -> dict[str, Any]:
    field, mine = FIELDS[one.name], actions_draft.unsealed(one.words)
    return {
        "id": one.pk,
        "name": one.name,
        "label": field.label,
        "now": in_words(one.name, typed.get(one.name, "")),
        "mine": in_words(one.name, mine),
        "address": reverse("call-settle", args=[one.draft_id, one.pk]),
    }


def in_words(name: str, written: str) -> str:
    """A field as somebody reads it."""
    field = FIELDS[name]
    if field.choices is None:
        return written
    labels = dict(field.choices.choices)
    return ", ".join(str(labels.get(value, value)) for value in written.split(BETWEEN) if value)


def _back(request: HttpRequest, pk: int, saved: Saved) -> HttpResponse:
    """To the page again, without script: with what is not saved yet, and why."""
    here = reverse("call-live", args=[pk])
    said = {DONE: "" if saved.unasked or saved.waiting else "The draft is saved."}
    for one in saved.waiting:
        said[f"!{one.name}"] = f"{FIELDS[one.name].label}: choose which of the two is right."
    if saved.unasked:
        said |= {"!intended": ASK_FIRST, **saved.unasked}
    return redirect(f"{here}?said={keep(request, said)}")


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
@of_their_own
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the call: everything of the form is saved first, so that nothing typed is lost where it cannot end yet."""
    by, now = on_the_line(request).actor, timezone.now()
    ended = AdviceCall.objects.filter(draft=pk, draft__owner_id=by.member_id).first()
    if ended is not None:
        return redirect("call", ended.pk)
    saved = actions_draft.save_fields(
        draft_id=pk, fields=sent(request), seen_version=_version(request), by=by, now=now
    )
    if saved.unasked or saved.waiting:
        return _back(request, pk, saved)
    try:
        made = actions_call.end_call(draft_id=pk, by=by, now=now)
    except actions_call.NotYetError as error:
        said = {f"!{name}": words for name, words in error.problems.items()}
        return redirect(f"{reverse('call-live', args=[pk])}?said={keep(request, said)}")
    return redirect(f"{reverse('call', args=[made.pk])}?done=ended")


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
@of_their_own
def choose(request: HttpRequest, pk: int, typing: int) -> HttpResponse:
    """Keep what is saved in a field, or change it to what the other page of the draft has."""
    by, take = on_the_line(request).actor, request.POST.get("take") == "mine"
    try:
        actions_draft.settle(draft_id=pk, typing_id=typing, take=take, by=by, now=timezone.now())
    except ValidationError as error:
        said = keep(request, {"!intended": " ".join(error.messages)})
        return redirect(f"{reverse('call-live', args=[pk])}?said={said}")
    return redirect("call-live", pk)


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
@of_their_own
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that is no call, set aside with a reason."""
    by = on_the_line(request).actor
    try:
        actions_draft.set_aside(draft_id=pk, because=request.POST.get(ASIDE, ""), by=by, now=timezone.now())
    except ValidationError as error:
        said = keep(request, {f"!{ASIDE}": " ".join(error.messages)})
        return redirect(f"{reverse('call-live', args=[pk])}?said={said}")
    return redirect(f"{reverse('advice-line')}?done=aside")


def _version(request: HttpRequest) -> int:
    """The version of the draft that the page last saw."""
    written = request.POST.get("version", "")
    if not written.isdecimal():
        raise Http404("The page did not say which version it was made from. Load it again.")
    return int(written[:9])
