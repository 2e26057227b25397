"""Finding somebody on the list by number, or by name and date of birth. What was typed is in no address."""

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stewardship.access.asked import keep, kept
from stewardship.cancer.closed import told_plainly
from stewardship.cancer.fields import day, line
from stewardship.cancer.lines import group
from stewardship.cancer.scope import viewer_of
from stewardship.permissions import SEE_PATHWAYS, needs
from stewardship.records.identity import settled
from stewardship.rules.cancer.codes import REFERRAL_TYPES
from stewardship.rules.nhs_number import as_shown
from stewardship.vault import door
from stewardship.vault.words import aged


class Find(django_forms.Form):
    """An NHS number, or a family name and a date of birth."""

    nhs_number = line("NHS number", longest=20)
    family_name = line("Or family name")
    birth_date = day("and date of birth (day month year)")

    def clean(self) -> dict[str, object]:
        """Say at its field what is missing or wrong."""
        given = self.cleaned_data
        if given.get("nhs_number"):
            if settled("nhs number", given["nhs_number"]) is None:
                self.add_error("nhs_number", "That is not an NHS number. Check its ten digits")
        elif not self.errors and not (given.get("family_name") and given.get("birth_date")):
            self.add_error("nhs_number", "Enter an NHS number, or a family name and date of birth")
        return given

    def asked(self) -> door.Asked:
        """What to look for, once the form is valid."""
        given = self.cleaned_data
        if given["nhs_number"]:
            return door.Asked(nhs_number=given["nhs_number"])
        return door.Asked(family_name=given["family_name"], birth_date=given["birth_date"])


@needs(SEE_PATHWAYS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def find(request: HttpRequest) -> HttpResponse:
    """The form. What is typed waits sealed until whoever is meant is shown."""
    if request.method == "POST":
        typed = {name: str(request.POST.get(name, "")) for name in Find.base_fields}
        return redirect("cancer-found", keep(request, typed))
    return render(request, "cancer/find.jinja", {"form": Find(), "found": None})


@needs(SEE_PATHWAYS)
@never_cache
@require_safe
@told_plainly
def found(request: HttpRequest, word: str) -> HttpResponse:
    """The pathways of whoever is meant, open and closed, within the scope. Each look is one event of the access log."""
    viewer, today, typed = viewer_of(request), timezone.localdate(), kept(request, word)
    if typed is None:
        return redirect("cancer-find")
    form, shown = Find(typed), None
    if form.is_valid():
        theirs = frozenset(viewer.pathways().values_list("person_id", flat=True))
        people = door.find(form.asked(), by=viewer.actor, scope=viewer.reach(theirs))
        shown = [
            (
                who,
                as_shown(who.who.nhs_number),
                aged(who.who.birth_date, today),
                one,
                _group(one.referral_type),
            )
            for who in people
            for one in viewer.pathways().filter(person_id=who.person_id).order_by("-made_at", "pk")
        ]
    return render(request, "cancer/find.jinja", {"form": form, "found": shown, "not_shown": NOT_SHOWN})


NOT_SHOWN = "Nobody of that description is on the tracking list where you may look."


def _group(code: str) -> str:
    return group(REFERRAL_TYPES.get(code, ""))
