"""The list, its worklists and saved views, and the switch that hides names."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stewardship.cancer import actions_views
from stewardship.cancer.acts import TRACKING, form_of
from stewardship.cancer.choices import choices_of, worklist_said
from stewardship.cancer.closed import told_plainly
from stewardship.cancer.filling import FILLING
from stewardship.cancer.listed import by_band, chosen, page_of, totals, views
from stewardship.cancer.models import Load, SavedView
from stewardship.cancer.providers import provider_said
from stewardship.cancer.scope import Viewer, viewer_of
from stewardship.cancer.wanted import BANDS, PAGE, RISKS, SORTS, Wanted
from stewardship.permissions import SEE_PATHWAYS, TRACK_PATHWAYS, needs

MASKED = "cancer-names-hidden"
DONE = {"saved": "Saved.", "view": "The view is saved."}


@needs(SEE_PATHWAYS)
@never_cache
@require_safe
@told_plainly
def tracking_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom the filters leave, a page at a time."""
    viewer, wanted, today = viewer_of(request), Wanted.of(request.GET), timezone.localdate()
    rows = chosen(viewer, wanted, today)
    found, masked = totals(rows, today), hidden(request)
    pages = max(1, -(-found.people // PAGE))
    wanted = replace(wanted, page=min(wanted.page, pages))
    lines = page_of(rows, viewer, wanted, today, masked=masked)
    shown: dict[str, Any] = {
        "wanted": wanted,
        "said": worklist_said(wanted),
        "totals": found,
        "bands": BANDS,
        "groups": by_band(lines, wanted),
        "views": views(viewer, today),
        "saved": saved_views(viewer),
        "choices": choices_of(viewer),
        "sorts": SORTS,
        "risks": RISKS,
        "masked": masked,
        "viewer": viewer,
        "called": provider_said,
        "pages": pages,
        "loaded": Load.objects.values_list("at", flat=True).first(),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "filling": FILLING.progress(),
        "today": today,
    }
    return render(request, "cancer/list.jinja", {**shown, **viewer.can, **_opened(request, viewer)})


def _opened(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """The row that is open for update, with the form of its next step."""
    asked = request.GET.get("open", "")
    pathway = viewer.pathways().open().filter(pk=int(asked[:18])).first() if asked.isdecimal() else None
    if pathway is None:
        return {"opened": None}
    return {"opened": pathway, "form": form_of(TRACKING["next-step"], pathway, viewer)}


def hidden(request: HttpRequest) -> bool:
    """Whether names are hidden in this session."""
    return bool(request.session.get(MASKED))


def saved_views(viewer: Viewer) -> list[SavedView]:
    """The member's own views, and those that others of the same organisation share."""
    own = SavedView.objects.filter(owner_id=viewer.actor.member_id)
    shared = SavedView.objects.filter(shared=True, organisation=viewer.actor.organisation)
    return list((own | shared).distinct().order_by("name", "pk"))


@needs(SEE_PATHWAYS)
@require_POST
def switch_names(request: HttpRequest) -> HttpResponse:
    """Hide names on the list and in the meeting, or show them again."""
    request.session[MASKED] = not hidden(request)
    return redirect(back_to(request.POST))


@needs(TRACK_PATHWAYS)
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters and the order under a name."""
    wanted = Wanted.of(QueryDict(request.POST.get("query", "")[:500]))
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in wanted.query(page=1).items()})
    name = request.POST.get("name", "").strip()[:60]
    try:
        if not name:
            raise ValidationError("Give the view a name.")
        actions_views.save_view(
            name=name,
            query=query.urlencode(),
            shared=request.POST.get("shared") == "yes",
            by=viewer_of(request).actor,
        )
    except ValidationError as error:
        query["problem"] = " ".join(error.messages)[:200]
        return redirect(f"{reverse('cancer-list')}?{query.urlencode()}#save")
    query["done"] = "view"
    return redirect(f"{reverse('cancer-list')}?{query.urlencode()}")


@needs(TRACK_PATHWAYS)
@require_POST
def forget_view(request: HttpRequest, view: int) -> HttpResponse:
    """Remove one of one's own views."""
    actions_views.forget_view(view_id=view, by=viewer_of(request).actor)
    return redirect("cancer-list")


def back_to(sent: QueryDict) -> str:
    """The list, or the meeting, with the filters that a form came with; whatever else is written there is left out."""
    query = QueryDict(mutable=True)
    wanted = Wanted.of(QueryDict(sent.get("back", "")[:500]))
    query.update({name: str(value) for name, value in wanted.query().items()})
    page = reverse("cancer-meeting" if sent.get("meeting") else "cancer-list")
    return f"{page}?{query.urlencode()}" if query else page
