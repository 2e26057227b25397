"""Invented tracking of a demonstration's open pathways: a next step, a comment, and who is talked about in the meeting.

Nightly files tell of none of these. Some pathways are left without a next step, and some steps are late, as on a list
that people work on.
"""

import zlib
from datetime import datetime, timedelta

from django.db import transaction

from stewardship.access.log import Actor
from stewardship.cancer.actions_tracking import add_comment, mark_for_meeting, set_next_action
from stewardship.cancer.changing import day_of
from stewardship.cancer.facts import facts_of, judged, tracked
from stewardship.cancer.models import Comment, NextAction, TrackedPathway
from stewardship.cancer.words import CommentKind, Specific
from stewardship.rules.cancer.timed.next_step import next_step

MOST = 200  # pathways: enough to look at, and done in seconds
ABOUT: dict[str, str] = {
    "endoscopy": Specific.ENDOSCOPY, "imaging": Specific.CT, "histology": Specific.HISTOLOGY, "FSEEN": Specific.CLINIC,
    "TOLD": Specific.CLINIC, "DTT": Specific.PATIENT_DECISION,
}  # fmt: skip
"""What a step is about, by the kind of test or the code of its milestone."""
AUTHOR, ROLE = "Demonstration", "cancer-tracker"
SAID = (
    "Rang the booking team; they ring back today.",
    "Left a message, and sent a letter with the day.",
    "Wishes to talk with the family first.",
    "Asked for an earlier place; on the list for cancellations.",
    "Interpreter booked with the appointment.",
    "Transport arranged by the ward.",
    "Report asked for again.",
    "Cannot come on Tuesdays.",
)


def make_up_work(*, now: datetime) -> int:
    """Track the open pathways that nobody has tracked yet; how many there were. Done again, it does nothing."""
    planned, said = NextAction.objects.values("pathway_id"), Comment.objects.values("pathway_id")
    untouched = TrackedPathway.objects.open().exclude(pk__in=planned).exclude(pk__in=said)
    chosen = [one for one in untouched.order_by("-received_on", "pk")[:MOST] if _chance(one) % 6]
    for one in chosen:
        with transaction.atomic():
            _track(one, now)
    return len(chosen)


def _track(one: TrackedPathway, now: datetime) -> None:
    today, chance = day_of(now), _chance(one)
    by = Actor(member_id=None, name=AUTHOR, role=ROLE, organisation=one.provider)
    judgement = judged(one, as_of=today)
    known = tracked(facts_of(one), judgement)
    step = next_step(known, today) if known else None
    add_comment(
        pathway_id=one.pk, kind=CommentKind.TRACKING, text=SAID[chance // 6 % len(SAID)], by=by, now=now
    )
    if step is not None:
        set_next_action(
            pathway_id=one.pk,
            verb=step.verb,
            specific=ABOUT.get(step.milestone.kind, ABOUT.get(step.milestone.code, "")),
            owner_group=step.owner,
            due_on=step.booked or today + timedelta(days=chance // 48 % 12 - 3),
            by=by,
            seen_version=one.version,
            now=now,
        )
    if known and known.day(today) > 62 and chance % 2:
        mark_for_meeting(
            pathway_id=one.pk,
            wanted=True,
            by=by,
            seen_version=TrackedPathway.objects.get(pk=one.pk).version,
            now=now,
        )


def _chance(one: TrackedPathway) -> int:
    return zlib.crc32(f"{one.issuer} {one.identifier}".encode())
