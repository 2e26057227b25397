"""The advice line's first page, with what is still to do, and the page of one call that has ended."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stewardship.access.asked import kept
from stewardship.access.log import Action
from stewardship.access.site_log import site_keys
from stewardship.frailty.actions_call import has_died
from stewardship.frailty.actions_call_later import LATER, lacking
from stewardship.frailty.actions_draft import opened
from stewardship.frailty.call_fields import FIELDS
from stewardship.frailty.call_scope import OnTheLine, on_the_line
from stewardship.frailty.knowing import readback, what_we_know
from stewardship.frailty.models import AdviceCall, Draft, Feedback
from stewardship.frailty.views_live import in_words
from stewardship.permissions import ANSWER_CALLS, needs
from stewardship.vault import door
from stewardship.vault.views import told_plainly

SHOWN = 50
DONE = {
    "ended": "The call is saved.",
    "matched": "The call is matched with this person.",
    "unmatched": "The call is on the list of those to match again.",
    "register": "An entry of the register is made, to be confirmed by a clinician of the team.",
    "followed-up": "The follow-up is done.",
    "letter": "The summary is marked as sent.",
    "added": "It is saved. What was there before stays in the history.",
    "feedback": "What the caller thought is saved.",
    "aside": "The draft is set aside. It is kept, with your reason.",
}
CLINICAL = (
    "location", "on_oxygen", "oxygen_scale", "usual_news2", "cfs", "baseline", "capacity", "ceiling", "respect_seen",
    "allergies_seen", "plan_updated", "second_opinion",
)  # fmt: skip


@needs(ANSWER_CALLS)
@never_cache
@require_safe
@told_plainly
def advice_line(request: HttpRequest) -> HttpResponse:
    """Answer a call; finish drafts; match, follow up and send what is still open. One event tells who was listed."""
    line, now = on_the_line(request), timezone.now()
    drafts = list(line.drafts())
    to_match = list(
        line.calls().filter(person_id=None).exclude(not_given="general").order_by("ended_at")[:SHOWN]
    )
    open_ = Q(follow_up_at__isnull=False, follow_up_done_at=None)
    follow_ups = list(
        line.calls().filter(open_).select_related("follow_up_owner").order_by("follow_up_at")[:SHOWN]
    )
    letters = list(
        line.calls()
        .filter(letters__sent_at=None, letters__isnull=False)
        .distinct()
        .order_by("ended_at")[:SHOWN]
    )
    latest = list(line.in_hand(now).order_by("-ended_at")[:SHOWN])
    named = _named(line, [*drafts, *follow_ups, *letters, *latest])
    shown = {
        "drafts": [(one, named.get(one.person_id, ""), _typed_so_far(one)) for one in drafts],
        "to_match": [(one, site_keys().opened(one.told_as)) for one in to_match],
        "follow_ups": [(one, named.get(one.person_id, ""), _due(one, now)) for one in follow_ups],
        "letters": [
            (
                one,
                named.get(one.person_id, ""),
                [each.get_to_display() for each in one.letters.filter(sent_at=None)],
            )
            for one in letters
        ],
        "latest": [(one, named.get(one.person_id, ""), lacking(one)) for one in latest],
        "unrecorded": line.line_calls().filter(status="answered", record=None, no_record_at=None).count(),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "now": now,
    }
    return render(request, "advice/line.jinja", shown)


@needs(ANSWER_CALLS)
@never_cache
@require_safe
@told_plainly
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call that has ended: what was said, and what is still to do."""
    line, now = on_the_line(request), timezone.now()
    one = get_object_or_404(line.calls().select_related("consultant", "line", "follow_up_owner"), pk=pk)
    people = frozenset({one.person_id} if one.person_id and line.in_hand(now).filter(pk=pk).exists() else ())
    who = None
    if people:
        found = door.of_caseload(sorted(people), did=Action.VIEW, by=line.actor, scope=line.reach(people))
        who = found.get(one.person_id or 0)
    entry = line.entry_of(one.person_id) if people else None
    said = kept(request, request.GET.get("said", "")) or {}
    shown = {
        "one": one,
        "who": readback(who, timezone.localdate()) if who else None,
        "not_shown": one.person_id is not None and who is None,
        "told_as": site_keys().opened(one.told_as) if one.person_id is None else "",
        "facts": _facts(one),
        "signs": _signs(one),
        "known": what_we_know(entry, line, one.person_id, timezone.localdate())
        if one.person_id and people
        else [],
        "entry": entry,
        "practice": who.practice if who else "",
        "letters": list(one.letters.order_by("to")),
        "died": has_died(one.person_id),
        "due": _due(one, now),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "problem": said.get("problem", ""),
        "came_to": said.get("came_to", ""),
        "fields": FIELDS,
        "later": {name: said.get(name, str(getattr(one, name) or "")) for name in LATER},
        "adding": any(name in said for name in LATER),
        "lacking": lacking(one),
        "feedback": Feedback.objects.filter(call=one).first(),
        "told": said,
    }
    return render(request, "advice/call.jinja", shown)


def _named(line: OnTheLine, rows: list[Draft | AdviceCall]) -> dict[int | None, str]:
    """FAMILY, Given by person_id, of everybody on the page: one event of the access log."""
    people = frozenset(one.person_id for one in rows if one.person_id is not None)
    if not people:
        return {}
    found = door.of_caseload(sorted(people), did=Action.LIST, by=line.actor, scope=line.reach(people))
    today = timezone.localdate()
    return {person_id: readback(who, today).title for person_id, who in found.items()}


def _typed_so_far(draft: Draft) -> str:
    """What tells one draft from another: who called, and why."""
    typed = opened(draft.typed)
    parts = (typed.get("caller_name", ""), in_words("reasons", typed.get("reasons", "")))
    return ": ".join(filter(None, parts)) or "Nothing typed yet"


def _due(one: AdviceCall, now: datetime) -> str:
    """When a follow-up is due, and how late it is, in words."""
    if one.follow_up_at is None:
        return ""
    at, here = timezone.localtime(one.follow_up_at), timezone.localtime(now)
    late = here - at
    if at < here:
        hours = int(late / timedelta(hours=1))
        much = (
            f"{late.days} day{'s' if late.days > 1 else ''}"
            if late.days
            else f"{hours} hour{'' if hours == 1 else 's'}"
        )
        return f"due {at.day} {at:%B} at {at:%H:%M}, {much if late.days or hours else 'just now'} overdue".replace(
            "just now overdue", "a few minutes ago"
        )
    when = {0: "today", 1: "tomorrow"}.get((at.date() - here.date()).days, f"{at:%A} {at.day} {at:%B}")
    return f"{when} at {at:%H:%M}"


def _facts(one: AdviceCall) -> list[tuple[str, str]]:
    """What else was recorded, by its label; what was left empty is left out."""
    found = []
    for name in CLINICAL:
        value = getattr(one, name)
        if value not in (None, ""):
            found.append((FIELDS[name].label, in_words(name, str(value))))
    return found


def _signs(one: AdviceCall) -> str:
    """What was measured, in one line."""
    told: list[Any] = [
        (one.breaths, "{} breaths a minute"),
        (one.oxygen, "oxygen {}%"),
        (one.systolic, "systolic {}"),
        (one.pulse, "pulse {}"),
        (None if one.temperature_tenths is None else one.temperature_tenths / 10, "{} °C"),
        (one.get_alertness_display().lower() or None, "{}"),
    ]
    return ", ".join(words.format(value) for value, words in told if value is not None)
