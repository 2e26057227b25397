"""The register: its worklists, finding somebody on it, the page of an entry, what can be done to it, and conflicts."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stewardship.access.asked import keep, kept
from stewardship.access.log import Action
from stewardship.frailty.acts import ACTS, Act, Told, form_of
from stewardship.frailty.call_scope import on_the_line
from stewardship.frailty.changing import StaleError, changes_since
from stewardship.frailty.comparing import compared
from stewardship.frailty.entry_page import page_of as entry_shown
from stewardship.frailty.listed import PAGE, Wanted, chosen, page_of, said, views
from stewardship.frailty.models import Entry
from stewardship.frailty.scope import Viewer, viewer_of
from stewardship.frailty.words import Condition
from stewardship.permissions import ANSWER_CALLS, SEE_REGISTER, WORK_ON_REGISTER, needs
from stewardship.rules.nhs_number import as_shown
from stewardship.vault import door
from stewardship.vault.views import told_plainly
from stewardship.vault.words import aged

NOT_FOUND = "No entry of that description is on the register where you may look."
PROBLEM = "problem"  # under this name what an action refused waits beside what was typed
SAID = {**{name: act.done for name, act in ACTS.items()}, "merged": "The two entries are one."}


@needs(SEE_REGISTER)
@never_cache
@require_safe
@told_plainly
def register(request: HttpRequest) -> HttpResponse:
    """A worklist, or everybody on the register, a page at a time."""
    viewer, wanted, today = viewer_for(request), Wanted.of(request.GET), timezone.localdate()
    listed, beside = chosen(viewer, wanted, today), views(viewer, today)
    counted = {view.key: view.many for found in beside.values() for view in found}
    many = listed.count() if wanted.narrowed else counted[wanted.worklist]
    pages = max(1, -(-many // PAGE))
    wanted = replace(wanted, page=min(wanted.page, pages))
    shown: dict[str, Any] = {
        "wanted": wanted,
        "said": said(wanted),
        "many": many,
        "pages": pages,
        "lines": page_of(listed, viewer, wanted, today),
        "views": beside,
        "conditions": Condition.choices,
        "viewer": viewer,
        "today": today,
    }
    return render(request, "frailty/list.jinja", {**shown, **viewer.can})


@needs(SEE_REGISTER)
@never_cache
@require_safe
@told_plainly
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: how they stand, their plan, what is due and who does what."""
    viewer, one = found(request, pk)
    shown = {
        **whose(viewer, one),
        **entry_shown(one, timezone.localdate()),
        "done": SAID.get(request.GET.get("done", ""), ""),
    }
    return render(request, "frailty/entry.jinja", shown)


def viewer_for(request: HttpRequest) -> Viewer:
    """Who looks; of the advice line's consultants, with whom their calls in hand are about."""
    if ANSWER_CALLS not in request.role.may:  # type: ignore[attr-defined]
        return viewer_of(request)
    line = on_the_line(request)
    calls = line.in_hand(timezone.now()).values_list("person_id", flat=True)
    drafts = line.drafts().values_list("person_id", flat=True)
    return viewer_of(request, frozenset(each for each in (*calls, *drafts) if each is not None))


def found(request: HttpRequest, pk: int) -> tuple[Viewer, Entry]:
    """Who looks, and an entry within their scope; what is not there and what is not theirs are told alike."""
    viewer = viewer_for(request)
    one = viewer.entries().select_related("row").filter(pk=pk).first()
    if one is None:
        raise Http404(NOT_FOUND)
    return viewer, one


def whose(viewer: Viewer, one: Entry) -> dict[str, Any]:
    """Who the entry is about, for the head of its pages; one event of the access log.

    Raises Http404 where nobody is shown, as to a practice that the person has left.
    """
    today = timezone.localdate()
    scope = viewer.reach(frozenset({one.person_id}))
    known = door.of_caseload([one.person_id], did=Action.VIEW, by=viewer.actor, scope=scope)
    who = known.get(one.person_id)
    if who is None:
        raise Http404(NOT_FOUND)
    return {
        **viewer.can,
        "one": one,
        "who": who,
        "age": aged(who.who.birth_date, today),
        "number": as_shown(who.who.nhs_number),
        "viewer": viewer,
        "today": today,
    }


@needs(WORK_ON_REGISTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One thing to do to an entry: its form, or doing it."""
    viewer, one = found(request, pk)
    act_ = allowed(viewer, what)
    about = whose(viewer, one)
    if request.method == "POST":
        return _do(request, viewer, one, what, act_, about)
    typed = kept(request, request.GET.get("typed", ""))
    form = form_of(act_, one, _row(request.GET.get("row", "")), typed)
    if typed:
        form.is_valid()
    shown = {
        **about,
        "act": act_,
        "form": form,
        "problem": typed.get(PROBLEM, "") if typed else "",
        "version": typed.get("version", one.version) if typed else one.version,
        "address": reverse("frailty-act", args=[one.pk, what]),
    }
    return render(request, "frailty/act.jinja", shown)


def allowed(viewer: Viewer, what: str) -> Act:
    """A thing to do that the viewer's role may do."""
    if what not in ACTS:
        raise Http404("Nothing of that name can be done to an entry.")
    if ACTS[what].needs not in viewer.may:
        raise PermissionDenied
    return ACTS[what]


def _do(
    request: HttpRequest, viewer: Viewer, one: Entry, what: str, act_: Act, about: dict[str, Any]
) -> HttpResponse:
    """Do it, and lead back; or keep what was typed, and lead to where it is shown again with what was wrong."""
    form, here = form_of(act_, one, None, request.POST), reverse("frailty-act", args=[one.pk, what])
    if not form.is_valid():
        return again(request, here, "")
    told = Told(one.pk, viewer.actor, seen_version(request), timezone.now(), about["who"].who.birth_date)
    try:
        act_.run(told, dict(form.cleaned_data))
    except StaleError:
        word = keep(request, _typed(request))
        return redirect(f"{reverse('frailty-conflict', args=[one.pk, what])}?typed={word}")
    except ValidationError as error:
        return again(request, here, " ".join(error.messages))
    return redirect(f"{reverse('frailty-entry', args=[one.pk])}?done={what}")


def again(request: HttpRequest, here: str, problem: str) -> HttpResponse:
    """Back to a form, with what was typed and what was wrong waiting sealed in the session."""
    word = keep(request, {**_typed(request), PROBLEM: problem})
    return redirect(f"{here}?typed={word}")


def seen_version(request: HttpRequest, name: str = "version") -> int:
    """The version that the form was made from."""
    written = request.POST.get(name, "")
    if not written.isdecimal():
        raise Http404("The form did not say which version it was made from. Load the page again.")
    return int(written[:9])


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _row(written: str) -> int | None:
    return int(written[:18]) if written.isdecimal() else None


@needs(WORK_ON_REGISTER)
@never_cache
@require_safe
@told_plainly
def conflict(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Somebody else was first: what is there now, what was typed, and two buttons that name what they do."""
    viewer, one = found(request, pk)
    typed = kept(request, request.GET.get("typed", ""))
    if typed is None:
        return redirect("frailty-entry", pk)
    act_, seen = allowed(viewer, what), int(typed.get("version", "0") or 0)
    form = form_of(act_, one, None, typed)
    form.is_valid()
    row = next(
        (int(value) for name, value in typed.items() if name.endswith("_id") and value.isdecimal()), None
    )
    shown = {
        **whose(viewer, one),
        "act": act_,
        "rows": compared(form_of(act_, one, row), form),
        "changes": changes_since(one, seen),
        "sent": {name: value for name, value in typed.items() if name not in {"version", PROBLEM}},
        "address": reverse("frailty-act", args=[one.pk, what]),
    }
    return render(request, "frailty/conflict.jinja", shown)
