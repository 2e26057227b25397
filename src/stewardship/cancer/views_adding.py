"""Putting somebody on the list by hand."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stewardship.access.asked import keep, kept
from stewardship.cancer.actions_adding import add_pathway
from stewardship.cancer.actions_tracking import add_comment
from stewardship.cancer.closed import told_plainly
from stewardship.cancer.fields import choice, day, words
from stewardship.cancer.forms_whose import Whose, person_typed
from stewardship.cancer.providers import provider_said
from stewardship.cancer.scope import viewer_of
from stewardship.permissions import LOAD_PATHWAYS, needs
from stewardship.rules.cancer.codes import REFERRAL_TYPES, SCREENING_PROGRAMME

GP, OTHER = "03", "05"
ROUTES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "urgent": ("Urgent referral by a GP", {"priority_type": "3", "source_of_referral": GP}),
    "screening": ("Screening", {"priority_type": "2", "source_of_referral": SCREENING_PROGRAMME}),
    "upgrade": ("Upgrade by a consultant", {"priority_type": "2", "source_of_referral": OTHER}),
}
"""Ways onto a pathway, in words, with the codes of the national record that they come to."""
SEXES = (("1", "Male"), ("2", "Female"), ("9", "Not stated"))


class Add(Whose):
    """Who somebody is, and how they came onto the pathway."""

    sex = choice("Sex", SEXES, "Choose the sex")
    route = choice("How they came", [(key, told[0]) for key, told in ROUTES.items()], "Choose how they came")
    referral_type = choice(
        "Tumour group",
        [(code, f"{told[:1].upper()}{told[1:]}") for code, told in REFERRAL_TYPES.items()],
        "Choose the tumour group",
    )
    on = day("Referral received, or upgraded, on", "Enter the day")
    reason = words("Why by hand (the first comment)", "Say why this is done by hand", lines=2)


@needs(LOAD_PATHWAYS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def add(request: HttpRequest) -> HttpResponse:
    """The form, or putting somebody on the list."""
    if request.method == "POST":
        return _add(request)
    typed = kept(request, request.GET.get("typed", ""))
    form = Add(typed) if typed else Add()
    if typed:
        form.is_valid()
    problem = typed.get("problem", "") if typed else ""
    shown = {"form": form, "problem": problem, "viewer": viewer_of(request), "called": provider_said}
    return render(request, "cancer/add.jinja", shown)


def _add(request: HttpRequest) -> HttpResponse:
    viewer, form, now = viewer_of(request), Add(request.POST), timezone.now()
    if not form.is_valid():
        return _again(request, "")
    try:
        with transaction.atomic():
            made = add_pathway(
                person=person_typed(form.cleaned_data, timezone.localdate(now)),
                issuer=viewer.provider,
                fields=_fields(form.cleaned_data),
                by=viewer.actor,
                now=now,
            )
            add_comment(
                pathway_id=made.pk,
                kind="tracking",
                text=form.cleaned_data["reason"],
                by=viewer.actor,
                now=now,
            )
    except ValidationError as error:
        return _again(request, " ".join(error.messages))
    return redirect("cancer-pathway", made.pk)


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    start = "upgraded_on" if given["route"] == "upgrade" else "received_on"
    known = {"referral_type": given["referral_type"], "sex": given["sex"], start: given["on"]}
    return known | dict(ROUTES[given["route"]][1])


def _again(request: HttpRequest, problem: str) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    return redirect(f"{reverse('cancer-add')}?typed={keep(request, {**typed, 'problem': problem})}")
