"""What follows a call: an entry of the register in one step, a follow-up done, summaries made and sent."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stewardship.access.log import Action
from stewardship.access.site_log import site_keys
from stewardship.frailty import actions_call
from stewardship.frailty.actions_call_later import LATER, add_to_call, record_feedback
from stewardship.frailty.call_letters import About, pdf, summary
from stewardship.frailty.call_scope import OnTheLine, on_the_line
from stewardship.frailty.call_words import YesNo
from stewardship.frailty.knowing import readback
from stewardship.frailty.models import AdviceCall
from stewardship.frailty.views_live import sent
from stewardship.frailty.views_match import not_done, seen_version
from stewardship.permissions import ANSWER_CALLS, needs
from stewardship.vault import door
from stewardship.vault.errors import RefusedError
from stewardship.vault.views import told_plainly


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """One step to an entry of the register, at the practice that the person is registered with."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls(), pk=pk)
    try:
        shown = _person(line, one, Action.VIEW)
        actions_call.put_on_register(
            call_id=pk,
            practice=shown.practice,
            by=line.actor,
            seen_version=seen_version(request),
            now=timezone.now(),
        )
    except (ValidationError, actions_call.OtherChangedError) as error:
        return not_done(request, one, error)
    return redirect(f"{reverse('call', args=[pk])}?done=register")


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def followed_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A promised call-back or visit took place."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls(), pk=pk)
    try:
        actions_call.follow_up_done(
            call_id=pk,
            came_to=request.POST.get("came_to", ""),
            by=line.actor,
            seen_version=seen_version(request),
            now=timezone.now(),
        )
    except (ValidationError, actions_call.OtherChangedError) as error:
        return not_done(request, one, error)
    return redirect(f"{reverse('call', args=[pk])}?done=followed-up")


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def added(request: HttpRequest, pk: int) -> HttpResponse:
    """What was left out on the telephone."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls(), pk=pk)
    typed = {name: words for name, words in sent(request).items() if name in LATER}
    fields = {name: words for name, words in typed.items() if words != str(getattr(one, name) or "")}
    try:
        if fields:
            add_to_call(
                call_id=pk,
                fields=fields,
                by=line.actor,
                seen_version=seen_version(request),
                now=timezone.now(),
            )
    except (ValidationError, actions_call.OtherChangedError) as error:
        return not_done(request, one, error, typed)
    return redirect(f"{reverse('call', args=[pk])}?done=added")


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """What the caller thought of the advice."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls(), pk=pk)
    told = {name: request.POST.get(name, "") for name in ("useful", "before", "after", "text")}
    try:
        if told["useful"] not in YesNo.values:
            raise ValidationError("Say whether the caller found the advice useful.")
        record_feedback(
            call_id=pk,
            useful=told["useful"] == YesNo.YES,
            before=_sure(told["before"]),
            after=_sure(told["after"]),
            text=told["text"],
            by=line.actor,
            now=timezone.now(),
        )
    except ValidationError as error:
        return not_done(request, one, error, told)
    return redirect(f"{reverse('call', args=[pk])}?done=feedback")


def _sure(written: str) -> int | None:
    return int(written) if written in {"1", "2", "3", "4", "5"} else None


@needs(ANSWER_CALLS)
@never_cache
@require_safe
@told_plainly
def letter(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """A summary as a PDF, made from what is recorded now; refused at this moment for somebody who has died."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls().select_related("consultant"), pk=pk, letters__to=to)
    if actions_call.has_died(one.person_id):
        return not_done(request, one, ValidationError(actions_call.DIED))
    made = summary(one, to, _about(line, one), line.organisation)
    answer = HttpResponse(pdf([made], int(one.ended_at.timestamp())), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="advice-{one.pk}-{to}.pdf"'
    return answer


@needs(ANSWER_CALLS)
@require_POST
@told_plainly
def letter_sent(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """That a summary was sent."""
    line = on_the_line(request)
    one = get_object_or_404(line.calls(), pk=pk, letters__to=to)
    try:
        actions_call.send_summary(
            call_id=pk, to=to, by=line.actor, seen_version=seen_version(request), now=timezone.now()
        )
    except (ValidationError, actions_call.OtherChangedError) as error:
        return not_done(request, one, error)
    return redirect(f"{reverse('call', args=[pk])}?done=letter")


def _about(line: OnTheLine, one: AdviceCall) -> About:
    """Whom a summary is about: from the vault, in one event of its own; else as the caller said, and that it is so."""
    if one.person_id is None:
        return About(told_as=site_keys().opened(one.told_as))
    shown = _person(line, one, Action.PRINT)
    who = readback(shown, timezone.localdate())
    return About(name=who.title, number=who.number, born=who.born, practice=shown.practice)


def _person(line: OnTheLine, one: AdviceCall, did: Action) -> door.Shown:
    if one.person_id is None:
        raise ValidationError("Match the call with a person first.")
    if not line.in_hand(timezone.now()).filter(pk=one.pk).exists():
        raise Http404("This call is not in hand any more.")
    people = frozenset({one.person_id})
    known = door.of_caseload([one.person_id], did=did, by=line.actor, scope=line.reach(people))
    if one.person_id not in known:
        raise RefusedError(door.NOT_SHOWN)
    return known[one.person_id]
