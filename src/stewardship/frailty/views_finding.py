"""Finding somebody on the register, and the other entry of the same person, to be merged. No address holds a name."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stewardship.access.asked import keep, kept
from stewardship.frailty.actions_merge import merge_entries
from stewardship.frailty.changing import OTHER_CHANGED, StaleError
from stewardship.frailty.entry_page import verdict
from stewardship.frailty.forms import MergeWith
from stewardship.frailty.lines import named
from stewardship.frailty.models import Entry
from stewardship.frailty.scope import PRACTICE, Viewer
from stewardship.frailty.views_register import PROBLEM, again, found, seen_version, viewer_for, whose
from stewardship.permissions import MERGE_ENTRIES, SEE_REGISTER, needs
from stewardship.rules.nhs_number import as_shown
from stewardship.vault import door
from stewardship.vault.door import Shown
from stewardship.vault.forms import FindPerson
from stewardship.vault.views import told_plainly
from stewardship.vault.words import aged

NOT_SHOWN = "Nobody of that description is on the register where you may look."


@dataclass(frozen=True, repr=False)
class Hit:
    """An entry that was found, and who it is."""

    entry: Entry
    who: Shown
    name: str
    number: str
    age: str
    stands: str


@needs(SEE_REGISTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def find(request: HttpRequest) -> HttpResponse:
    """The form. What is typed waits sealed until whoever is meant is shown."""
    if request.method == "POST":
        return redirect("frailty-found", keep(request, _asked(request)))
    return render(
        request, "frailty/find.jinja", {"form": FindPerson(today=timezone.localdate()), "found": None}
    )


@needs(SEE_REGISTER)
@never_cache
@require_safe
@told_plainly
def found_on_register(request: HttpRequest, word: str) -> HttpResponse:
    """The entries of whoever is meant, within the scope. Each look is one event of the access log."""
    viewer, typed = viewer_for(request), kept(request, word)
    if typed is None:
        return redirect("frailty-find")
    form = FindPerson(typed, today=timezone.localdate())
    hits = _hits(viewer, form) if form.is_valid() else None
    return render(request, "frailty/find.jinja", {"form": form, "found": hits, "not_shown": NOT_SHOWN})


@needs(MERGE_ENTRIES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def find_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the other entry of the same person."""
    viewer, one = found(request, pk)
    if request.method == "POST":
        return redirect("frailty-duplicate", one.pk, keep(request, _asked(request)))
    return render(
        request,
        "frailty/merge.jinja",
        {**whose(viewer, one), "form": FindPerson(today=timezone.localdate()), "found": None},
    )


@needs(MERGE_ENTRIES)
@never_cache
@require_safe
@told_plainly
def duplicate(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """The other entries that were found, each beside this one, with what a merge would do."""
    viewer, one = found(request, pk)
    typed = kept(request, word)
    if typed is None:
        return redirect("frailty-find-duplicate", pk)
    form = FindPerson(typed, today=timezone.localdate())
    hits = [hit for hit in _hits(viewer, form) if hit.entry.pk != one.pk] if form.is_valid() else None
    wrong = kept(request, request.GET.get("typed", "")) or {}
    shown: dict[str, Any] = {
        **whose(viewer, one),
        "form": form,
        "found": hits,
        "stands": verdict(one),
        "word": word,
        "problem": wrong.get(PROBLEM, ""),
        "reason": wrong.get("reason", ""),
        "not_shown": NOT_SHOWN,
    }
    return render(request, "frailty/merge.jinja", shown)


@needs(MERGE_ENTRIES)
@never_cache
@require_http_methods(["POST"])
@told_plainly
def merge(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Merge the other entry into this one."""
    viewer, one = found(request, pk)
    here = reverse("frailty-duplicate", args=[one.pk, word])
    form = MergeWith(request.POST)
    if not form.is_valid():
        return again(request, here, " ".join(str(said) for errors in form.errors.values() for said in errors))
    if not viewer.entries().filter(pk=form.cleaned_data["duplicate_id"]).exists():
        raise PermissionDenied
    try:
        merge_entries(
            entry_id=one.pk, by=viewer.actor, seen_version=seen_version(request), now=timezone.now(),
            **form.cleaned_data,
        )  # fmt: skip
    except StaleError:
        return again(
            request, here, f"{OTHER_CHANGED} Look at both again, and merge them if it is still right."
        )
    except ValidationError as error:
        return again(request, here, " ".join(error.messages))
    return redirect(f"{reverse('frailty-entry', args=[one.pk])}?done=merged")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: str(request.POST.get(name, "")) for name in FindPerson.base_fields}


def _hits(viewer: Viewer, form: FindPerson) -> list[Hit]:
    """The entries within the scope of whoever the form means."""
    theirs = viewer.entries()
    ids = frozenset() if viewer.kind == PRACTICE else frozenset(theirs.values_list("person_id", flat=True))
    people = door.find(form.asked(), by=viewer.actor, scope=viewer.reach(ids))
    today = timezone.localdate()
    return [
        Hit(
            one,
            who,
            named(who),
            as_shown(who.who.nhs_number),
            aged(who.who.birth_date, today),
            verdict(one),
        )
        for who in people
        for one in theirs.select_related("row").filter(person_id=who.person_id)
    ]
