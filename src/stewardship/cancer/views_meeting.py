"""The meeting: the list walked through one person at a time, on a large screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stewardship.access.log import Action
from stewardship.cancer.acts import TRACKING, form_of
from stewardship.cancer.choices import worklist_said
from stewardship.cancer.closed import told_plainly
from stewardship.cancer.lines import line_of
from stewardship.cancer.listed import chosen
from stewardship.cancer.pathway_page import page_of
from stewardship.cancer.scope import viewer_of
from stewardship.cancer.views_list import hidden
from stewardship.cancer.views_pathway import whose
from stewardship.cancer.wanted import Wanted, order
from stewardship.permissions import SEE_PATHWAYS, needs


@needs(SEE_PATHWAYS)
@never_cache
@require_safe
@told_plainly
def meeting(request: HttpRequest) -> HttpResponse:
    """The person at this place of the list, with the one before and the one after. page: which place, from 1."""
    viewer, wanted, today = viewer_of(request), Wanted.of(request.GET), timezone.localdate()
    rows = chosen(viewer, wanted, today).order_by(*order(wanted.sort)).select_related("pathway", "step_owner")
    many = rows.count()
    at = min(wanted.page, max(many, 1))
    row = next(iter(rows[at - 1 : at]), None)
    shown: dict[str, Any] = {
        **viewer.can,
        "wanted": wanted,
        "said": worklist_said(wanted),
        "many": many,
        "at": at,
        "row": None,
        "masked": hidden(request),
    }
    if row is not None:
        person = whose(request, viewer, row.pathway, did=Action.LIST)
        shown |= {
            **person,
            **page_of(row.pathway, today),
            "row": row,
            "line": line_of(row, person["who"], today),
            "masked": hidden(request),
            "form": form_of(TRACKING["next-step"], row.pathway, viewer),
        }
    return render(request, "cancer/meeting.jinja", shown)
