"""What a tracker does to a pathway all day: comments, next actions, reasons for delay, escalations."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.log import Action, Actor
from stewardship.cancer.changing import author_of, day_of, keep, locked_at, log, not_later, require, saved
from stewardship.cancer.models import Comment, DelayReason, Escalation, NextAction, TrackedPathway, Treatment
from stewardship.cancer.rows import refresh
from stewardship.cancer.words import CommentKind, Level, Standard
from stewardship.rules.cancer.codes import DELAY_REASONS, FIRST_SEEN_DELAY_REASONS


@transaction.atomic
def add_comment(*, pathway_id: int, kind: str, text: str, by: Actor, now: datetime) -> Comment:
    """Add a tracking comment. It can be added to and never changed, so no version is asked for."""
    pathway = TrackedPathway.objects.select_for_update().get(pk=pathway_id)
    require(bool(text.strip()), "Write the comment.")
    comment = Comment(
        pathway=pathway, kind=kind or CommentKind.TRACKING, text=text.strip(), at=now, by=author_of(by)
    )
    comment.full_clean()
    comment.save()
    TrackedPathway.objects.filter(pk=pathway.pk).update(last_tracked_on=day_of(now))
    refresh([pathway.pk], as_of=day_of(now))
    log(pathway, "comment added", by=by, action=Action.CREATE)
    return comment


@transaction.atomic
def set_next_action(
    *,
    pathway_id: int,
    verb: str,
    owner_group: str,
    due_on: date,
    by: Actor,
    seen_version: int,
    now: datetime,
    specific: str = "",
    details: str = "",
    owner_id: int | None = None,
    organisation: str = "",
    action_id: int | None = None,
    delay: str = "",
    delay_comment: str = "",
    reply: str = "",
) -> NextAction:
    """Set what is done next, by whom and by when; action_id: change that one instead of adding another.

    Raises StaleError, and ValidationError in words.
    """
    written: dict[str, object] = {
        "verb": verb, "specific": specific, "details": details, "owner_group": owner_group, "owner_id": owner_id,
        "organisation": organisation, "due_on": due_on, "delay": delay, "delay_comment": delay_comment,
        "reply": reply,
    }  # fmt: skip
    pathway = locked_at(pathway_id, seen_version, action_id=action_id, **written)
    author = author_of(by)
    if action_id is None:
        _still_open(pathway)
        action = NextAction(pathway=pathway, made_at=now, made_by=author)
    else:
        action = _open_action(pathway, action_id)
    for field, value in written.items():
        setattr(action, field, value)
    did = "next action set" if action_id is None else "next action changed"
    keep(action, did, author, now)
    pathway.last_tracked_on = day_of(now)
    saved(pathway, f"{did}: {action}", by=by, now=now)
    return action


@transaction.atomic
def complete_action(
    *, pathway_id: int, action_id: int, completed_on: date, by: Actor, seen_version: int, now: datetime
) -> NextAction:
    """A next action was done."""
    pathway = locked_at(pathway_id, seen_version, action_id=action_id, completed_on=completed_on)
    not_later(completed_on, now, "The action was done")
    action = _open_action(pathway, action_id)
    action.completed_on = completed_on
    return _ended(action, pathway, f"done: {action}", by, now)


@transaction.atomic
def drop_action(
    *, pathway_id: int, action_id: int, reason: str, by: Actor, seen_version: int, now: datetime
) -> NextAction:
    """A next action is not needed any more; the reason is kept."""
    pathway = locked_at(pathway_id, seen_version, action_id=action_id, reason=reason)
    require(bool(reason.strip()), "Say why the action is not needed any more.")
    action = _open_action(pathway, action_id)
    action.dropped = reason.strip()
    return _ended(action, pathway, f"not needed: {action}", by, now)


@transaction.atomic
def give_delay_reason(
    *,
    pathway_id: int,
    standard: str,
    code: str,
    by: Actor,
    seen_version: int,
    now: datetime,
    comment: str = "",
    treatment_id: int | None = None,
) -> DelayReason:
    """Say why a wait was too long, by the national code. Those that were given before are kept; the last counts.

    Raises StaleError; ValidationError for an unknown code, for 98 without a comment, and for an administrative delay
    where the first appointment was missed, which the national record does not allow.
    """
    pathway = locked_at(
        pathway_id, seen_version, standard=standard, code=code, comment=comment, treatment_id=treatment_id
    )
    reason = delay_reason(pathway, standard, code, comment, by, now)
    if treatment_id is not None:
        reason.treatment = Treatment.objects.filter(pk=treatment_id, pathway=pathway).first()
        require(reason.treatment is not None, "That treatment is not of this pathway.")
    reason.save()
    saved(pathway, f"reason for delay given: {reason.get_standard_display()}", by=by, now=now)
    return reason


def delay_reason(
    pathway: TrackedPathway, standard: str, code: str, comment: str, by: Actor, now: datetime
) -> DelayReason:
    """A reason as it may be kept, not saved yet. Raises ValidationError as `give_delay_reason` does."""
    known = FIRST_SEEN_DELAY_REASONS if standard == Standard.FIRST_SEEN else DELAY_REASONS
    require(code in known, "Choose a reason from the list.")
    require(code != "98" or bool(comment.strip()), "Reason 98 needs a comment. Say what the reason was.")
    require(
        code != "03" or pathway.first_appointment_dna_on is None,
        "An administrative delay cannot be the reason where the first appointment was missed. Choose another.",
    )
    reason = DelayReason(
        pathway=pathway, standard=standard, code=code, comment=comment.strip(), at=now, by=author_of(by)
    )
    reason.full_clean()
    return reason


@transaction.atomic
def escalate(
    *,
    pathway_id: int,
    level: int,
    to: str,
    reason: str,
    by: Actor,
    seen_version: int,
    now: datetime,
) -> Escalation:
    """Tell somebody above. to: who was told, by name or office."""
    pathway = locked_at(pathway_id, seen_version, level=level, to=to, reason=reason)
    _still_open(pathway)
    require(bool(reason.strip()), "Say why this is escalated.")
    one = Escalation(
        pathway=pathway, level=level, to=to.strip(), reason=reason.strip(), at=now, by=author_of(by)
    )
    one.full_clean()
    one.save()
    saved(pathway, f"escalated to level {Level(level).value}", by=by, now=now)
    return one


@transaction.atomic
def answer_escalation(
    *, pathway_id: int, escalation_id: int, answer: str, by: Actor, seen_version: int, now: datetime
) -> Escalation:
    """Write down what those above answered. An answer is given once."""
    pathway = locked_at(pathway_id, seen_version, escalation_id=escalation_id, answer=answer)
    require(bool(answer.strip()), "Write the answer.")
    one = Escalation.objects.filter(pk=escalation_id, pathway=pathway, answered_at=None).first()
    if one is None:
        raise ValidationError("That escalation is answered already.")
    one.answer, one.answered_at, one.answered_by = answer.strip(), now, author_of(by)
    one.full_clean()
    one.save()
    saved(pathway, f"escalation to level {one.level} answered", by=by, now=now)
    return one


@transaction.atomic
def mark_for_meeting(
    *, pathway_id: int, wanted: bool, by: Actor, seen_version: int, now: datetime
) -> TrackedPathway:
    """Put a pathway on the list of the next tracking meeting, or take it off."""
    pathway = locked_at(pathway_id, seen_version, wanted=wanted)
    pathway.for_meeting = wanted
    return saved(
        pathway, "put forward for the meeting" if wanted else "off the meeting’s list", by=by, now=now
    )


def _still_open(pathway: TrackedPathway) -> None:
    require(pathway.closed_at is None, "This pathway has left the list. Put it back first.")


def _open_action(pathway: TrackedPathway, action_id: int) -> NextAction:
    action = NextAction.objects.filter(pk=action_id, pathway=pathway, ended_at=None).first()
    if action is None:
        raise ValidationError("That action was done or dropped already.")
    return action


def _ended(action: NextAction, pathway: TrackedPathway, did: str, by: Actor, now: datetime) -> NextAction:
    action.ended_at, action.ended_by = now, author_of(by)
    keep(action, did, action.ended_by, now)
    pathway.last_tracked_on = day_of(now)
    saved(pathway, did, by=by, now=now)
    return action
