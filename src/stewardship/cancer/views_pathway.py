"""The page of one pathway, the things that can be done to it, and what happens when two do something at once."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stewardship.access.asked import keep, kept
from stewardship.access.log import Action
from stewardship.cancer.actions_facts import settle_difference
from stewardship.cancer.acts import LEAVING, TRACKING, Act, form_of
from stewardship.cancer.changing import StaleError, changes_since
from stewardship.cancer.closed import told_plainly
from stewardship.cancer.compared import compared, named, untouched
from stewardship.cancer.doing import Told
from stewardship.cancer.models import Comment, TrackedPathway
from stewardship.cancer.pathway_page import page_of
from stewardship.cancer.providers import provider_said
from stewardship.cancer.scope import Viewer, viewer_of
from stewardship.cancer.views_list import back_to, hidden
from stewardship.permissions import RULE_OUT_CANCER, SEE_PATHWAYS, TRACK_PATHWAYS, needs
from stewardship.rules.cancer.codes import DELAY_REASONS, REFERRAL_TYPES
from stewardship.rules.nhs_number import as_shown
from stewardship.vault import door
from stewardship.vault.words import aged

NOT_FOUND = "No pathway of that description is tracked where you may look."
NOT_DONE = "not-done"
PROBLEM = "problem"  # under this name what an action refused waits beside what was typed
ACTS = {**TRACKING, **LEAVING}
SAID = {
    **{name: act.done for name, act in ACTS.items()},
    "letter": "The letter is marked as sent.",
    "difference": "The difference is settled.",
}


@needs(SEE_PATHWAYS)
@never_cache
@require_safe
@told_plainly
def pathway(request: HttpRequest, pk: int) -> HttpResponse:
    """Why somebody waits, and what happens next."""
    viewer, one = found(request, pk)
    today = timezone.localdate()
    done = SAID.get(request.GET.get("done", ""), "")
    shown = {
        **whose(request, viewer, one),
        **page_of(one, today),
        "done": done,
        "form": form_of(TRACKING["next-step"], one, viewer),
        "others": viewer.pathways().filter(person_id=one.person_id).exclude(pk=one.pk).order_by("pk"),
        "groups": REFERRAL_TYPES,
        "not_done": request.GET.get("done") == NOT_DONE,
        "all_comments": request.GET.get("comments") == "all",
    }
    return render(request, "cancer/pathway.jinja", shown)


def found(request: HttpRequest, pk: int) -> tuple[Viewer, TrackedPathway]:
    """Who looks, and a pathway within their scope; what is not there and what is not theirs are told alike."""
    viewer = viewer_of(request)
    one = viewer.pathways().filter(pk=pk).first()
    if one is None:
        raise Http404(NOT_FOUND)
    return viewer, one


def whose(
    request: HttpRequest, viewer: Viewer, one: TrackedPathway, *, did: Action = Action.VIEW
) -> dict[str, Any]:
    """Who the pathway is about, for the head of its pages; one event of the access log. None where names are hidden.

    did: what the event says; walking through a list is reading that list.
    """
    today = timezone.localdate()
    who = None
    if not hidden(request):
        people = frozenset({one.person_id})
        known = door.of_caseload([one.person_id], did=did, by=viewer.actor, scope=viewer.reach(people))
        who = known.get(one.person_id)
    return {
        **viewer.can,
        "delays": DELAY_REASONS,
        "one": one,
        "who": who,
        "age": aged(who.who.birth_date, today) if who else "",
        "number": as_shown(who.who.nhs_number) if who else "",
        "viewer": viewer,
        "called": provider_said,
        "today": today,
        "masked": who is None,
    }


@needs(TRACK_PATHWAYS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One thing to do to a pathway: its form, or doing it."""
    return _act(request, pk, what, TRACKING, "cancer-act")


@needs(RULE_OUT_CANCER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def leave(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Ruling out, taking off the list, putting back on it: the form, or doing it."""
    return _act(request, pk, what, LEAVING, "cancer-leave")


def _act(request: HttpRequest, pk: int, what: str, acts: Mapping[str, Act], name: str) -> HttpResponse:
    if what not in acts:
        raise Http404("Nothing of that name can be done to a pathway.")
    viewer, one = found(request, pk)
    if request.method == "POST":
        return _do(request, viewer, one, what, acts[what], name)
    return _form(request, viewer, one, what, acts[what], name)


def _form(
    request: HttpRequest, viewer: Viewer, one: TrackedPathway, what: str, act_: Act, name: str
) -> HttpResponse:
    """The form, as it was typed where something was wrong with it."""
    typed = kept(request, request.GET.get("typed", ""))
    form = form_of(act_, one, viewer, typed)
    if typed:
        form.is_valid()
    shown = {
        **whose(request, viewer, one),
        "act": act_,
        "form": form,
        "problem": typed.get(PROBLEM, "") if typed else "",
        "version": typed.get("version", one.version) if typed else one.version,
        "address": reverse(name, args=[one.pk, what]),
    }
    return render(request, "cancer/act.jinja", shown)


def _do(
    request: HttpRequest, viewer: Viewer, one: TrackedPathway, what: str, act_: Act, name: str
) -> HttpResponse:
    """Do it, and lead back; or keep what was typed, and lead to where it is shown again with what was wrong."""
    form, here = form_of(act_, one, viewer, request.POST), reverse(name, args=[one.pk, what])
    if not form.is_valid():
        return _again(request, here, "")
    told = Told(one.pk, viewer.actor, seen_version(request), timezone.now())
    try:
        act_.run(told, dict(form.cleaned_data))
    except StaleError:
        word = keep(request, _typed(request))
        return redirect(f"{reverse('cancer-conflict', args=[one.pk, what])}?typed={word}")
    except ValidationError as error:
        return _again(request, here, " ".join(error.messages))
    if request.POST.get("back"):
        return redirect(f"{back_to(request.POST)}#p{one.pk}")
    return redirect(f"{reverse('cancer-pathway', args=[one.pk])}?done={what}")


def _again(request: HttpRequest, here: str, problem: str) -> HttpResponse:
    word = keep(request, {**_typed(request), PROBLEM: problem})
    return redirect(f"{here}?typed={word}")


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def seen_version(request: HttpRequest) -> int:
    """The version that the form was made from."""
    written = request.POST.get("version", "")
    if not written.isdecimal():
        raise Http404("The form did not say which version it was made from. Load the page again.")
    return int(written[:9])


@needs(TRACK_PATHWAYS)
@never_cache
@require_safe
@told_plainly
def conflict(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Somebody else was first: what is there now, what was typed, and two buttons that name what they do."""
    viewer, one = found(request, pk)
    typed = kept(request, request.GET.get("typed", ""))
    act_ = ACTS.get(what)
    if act_ is None or typed is None:
        return redirect("cancer-pathway", pk)
    seen = int(typed.get("version", "0") or 0)
    typed = untouched(typed, form_of(act_, one, viewer), one, seen) if what == "correct" else typed
    form = form_of(act_, one, viewer, typed)
    form.is_valid()
    rows = compared(form_of(act_, one, viewer), form)
    shown = {
        **whose(request, viewer, one),
        "act": act_,
        "what": what,
        "rows": rows,
        "keep": named(rows, "Keep", "Keep what is saved now"),
        "change": named(rows, "Change it to", "Change it to mine"),
        "changes": changes_since(one, seen),
        "comments": Comment.objects.filter(pathway=one).select_related("by")[:3],
        "sent": {name: value for name, value in typed.items() if name not in {"version", PROBLEM}},
        "comment": typed.get("comment", "") or typed.get("text", ""),
        "address": reverse("cancer-leave" if what in LEAVING else "cancer-act", args=[one.pk, what]),
    }
    return render(request, "cancer/conflict.jinja", shown)


@needs(TRACK_PATHWAYS)
@require_POST
def difference(request: HttpRequest, pk: int, difference: int) -> HttpResponse:
    """Decide between a correction made by hand and what the nightly file says."""
    viewer, one = found(request, pk)
    try:
        settle_difference(
            pathway_id=one.pk,
            difference_id=difference,
            take=request.POST.get("take") == "yes",
            by=viewer.actor,
            seen_version=seen_version(request),
            now=timezone.now(),
        )
    except (StaleError, ValidationError):
        return redirect(f"{reverse('cancer-pathway', args=[one.pk])}?done={NOT_DONE}")
    return redirect(f"{reverse('cancer-pathway', args=[one.pk])}?done=difference")
