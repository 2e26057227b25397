"""The letters of a ruling out: as PDF, and that they were sent."""

import logging
from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stewardship.access.log import Action
from stewardship.cancer.actions_leaving import send_letter
from stewardship.cancer.changing import StaleError
from stewardship.cancer.closed import told_plainly
from stewardship.cancer.facts import route
from stewardship.cancer.letters import (
    CAME,
    REFERRED,
    Addressed,
    RuledOut,
    suspected,
    to_patient,
    to_practice,
)
from stewardship.cancer.lines import named
from stewardship.cancer.models import Letter as Made
from stewardship.cancer.models import Removal, TrackedPathway
from stewardship.cancer.providers import provider_name
from stewardship.cancer.scope import Viewer
from stewardship.cancer.views_pathway import NOT_DONE, found, seen_version
from stewardship.cancer.words import LetterTo
from stewardship.permissions import RULE_OUT_CANCER, SEE_PATHWAYS, needs
from stewardship.rules.cancer.codes import Route
from stewardship.rules.nhs_number import as_shown
from stewardship.vault import door
from stewardship.vault.errors import RefusedError
from stewardship.vault.letters import Letter, pdf, written

log = logging.getLogger(__name__)


@needs(SEE_PATHWAYS)
@never_cache
@require_safe
@told_plainly
def letter(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """One letter as a PDF, made from what is recorded now. That it was printed is an event of the access log."""
    viewer, one = found(request, pk)
    removal = one.removals.filter(undone_at=None, letters__to=to).select_related("by").first()
    if removal is None or removal.told_on is None:
        raise Http404("No such letter was made.")
    made = _letter(one, removal, to, viewer)
    answer = HttpResponse(pdf([made], int(removal.at.timestamp())), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="letter-{one.pk}-{to}.pdf"'
    return answer


def _letter(one: TrackedPathway, removal: Removal, to: str, viewer: Viewer) -> Letter:
    people = frozenset({one.person_id})
    known = door.of_caseload([one.person_id], did=Action.PRINT, by=viewer.actor, scope=viewer.reach(people))
    if one.person_id not in known:
        raise RefusedError(door.NOT_SHOWN)
    whom, said = _addressed(known[one.person_id]), _said(one, removal)
    return to_patient(whom, said) if to == LetterTo.PATIENT else to_practice(whom, said)


def _addressed(shown: door.Shown) -> Addressed:
    where = shown.where
    lines = None if where is None else tuple(filter(None, (*where.address.split(", "), where.postcode)))
    return Addressed(
        name=named(shown),
        nhs_number=as_shown(shown.who.nhs_number),
        born=written(shown.who.birth_date),
        address=lines,
        practice=shown.practice,
    )


def _said(one: TrackedPathway, removal: Removal) -> RuledOut:
    plain, clinical = suspected(one.referral_type)
    came = route(one)
    return RuledOut(
        suspected=plain,
        group=clinical,
        came=CAME.get(came, REFERRED),
        provider=_provider(one.provider),
        referred_on=(one.upgraded_on if came is Route.UPGRADE else one.received_on) or removal.on,
        told_on=removal.told_on or removal.on,
        told_how=removal.get_told_how_display().lower(),
        told_whom=removal.get_told_whom_display(),
        advice=removal.note,
        signed_by=removal.by.name,
        written_on=_day(removal),
    )


def _provider(code: str) -> str:
    """Who writes: a letter to somebody at home names the hospital, and its code only where no name is known."""
    name = provider_name(code)
    return f"Provider {code}" if name == code else name


def _day(removal: Removal) -> date:
    return timezone.localtime(removal.at).date()


@needs(RULE_OUT_CANCER)
@require_POST
def sent(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """That a letter was sent."""
    viewer, one = found(request, pk)
    made = get_object_or_404(Made, removal__pathway=one, removal__undone_at=None, to=to)
    try:
        send_letter(
            pathway_id=one.pk,
            letter_id=made.pk,
            by=viewer.actor,
            seen_version=seen_version(request),
            now=timezone.now(),
        )
    except (StaleError, ValidationError):
        return redirect(f"{reverse('cancer-pathway', args=[one.pk])}?done={NOT_DONE}")
    return redirect(f"{reverse('cancer-pathway', args=[one.pk])}?done=letter")
