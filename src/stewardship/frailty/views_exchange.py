"""A person's summary: on a page, on one sheet of paper for an ambulance crew, and as a FHIR document.

Each is an event of the access log of its own, about the person, before anything is answered. No address and no name of
a file tells who it is about.
"""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stewardship.access.log import Action, actor_of, query_of, record
from stewardship.frailty.exchange import papers
from stewardship.frailty.exchange.crew import crew_page
from stewardship.frailty.exchange.document import document, validated
from stewardship.frailty.exchange.gathering import summary_of
from stewardship.frailty.exchange.summary import Summary
from stewardship.frailty.models import Entry
from stewardship.frailty.scope import Viewer
from stewardship.frailty.views_register import viewer_for
from stewardship.permissions import SEE_WAY_IN, TAKE_SUMMARY, needs
from stewardship.vault import door
from stewardship.vault.views import told_plainly

NOT_GIVEN = (
    "No summary of that description is given to you. Either there is no such entry where you may look, or the "
    "person objects to sharing: then the organisation that answers for the entry has the summary, and nobody else."
)
PAPER, DOCUMENT = "application/pdf", "application/fhir+json; fhirVersion=4.0"


@needs(TAKE_SUMMARY)
@never_cache
@require_safe
@told_plainly
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The summary whole, on a page that prints."""
    viewer, one = _entry(request, pk)
    said = _summary(request, viewer, one, Action.VIEW)
    return render(
        request, "frailty/summary.jinja", {"one": one, "summary": said, "page": crew_page(said), **viewer.can}
    )


@needs(TAKE_SUMMARY)
@never_cache
@require_safe
@told_plainly
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The summary on one sheet."""
    viewer, one = _entry(request, pk)
    return _file(papers.pdf(_summary(request, viewer, one, Action.PRINT)), PAPER, "frailty-summary.pdf")


@needs(TAKE_SUMMARY)
@never_cache
@require_safe
@told_plainly
def fhir(request: HttpRequest, pk: int) -> HttpResponse:
    """The summary as a FHIR document, validated before it goes out."""
    viewer, one = _entry(request, pk)
    said = _summary(request, viewer, one, Action.EXPORT)
    return _file(validated(document(said, uuid4())).encode(), DOCUMENT, "frailty-summary.json")


def _entry(request: HttpRequest, pk: int) -> tuple[Viewer, Entry]:
    """Who looks, and an entry within their scope. A refusal is an event too, and is told as if nobody were there."""
    viewer = viewer_for(request)
    one = viewer.entries().filter(pk=pk).first()
    if one is None:
        about = list(Entry.objects.filter(pk=pk).values_list("person_id", flat=True))
        record(by=viewer.actor, did=Action.REFUSED, about=about, reason="frailty summary", result="refused")
        raise Http404(NOT_GIVEN)
    return viewer, one


def _summary(request: HttpRequest, viewer: Viewer, one: Entry, did: Action) -> Summary:
    """What is said, once the event is written: what was taken, and whether the way in stood on it."""
    now, may_see = timezone.localtime(), SEE_WAY_IN in viewer.may
    way_in = may_see and did is not Action.EXPORT
    known = door.of_caseload(
        [one.person_id],
        did=did,
        by=viewer.actor,
        scope=viewer.reach(frozenset({one.person_id})),
        query=query_of(summary=did.value, way_in="yes" if way_in else ""),
    )
    if one.person_id not in known:
        raise Http404(NOT_GIVEN)
    role = request.role.display_name  # type: ignore[attr-defined]
    return summary_of(
        one, known[one.person_id], by=actor_of(request), role=role, may_see_way_in=way_in, today=now.date(), now=now
    )  # fmt: skip


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
