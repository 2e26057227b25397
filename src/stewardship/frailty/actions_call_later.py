"""What is added to a call after it ended: what was left out on the telephone, and what the caller thought of it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.authored import require
from stewardship.access.log import Actor
from stewardship.frailty.actions_call import locked_call, saved_call
from stewardship.frailty.call_draft import Typed
from stewardship.frailty.call_fields import FIELDS
from stewardship.frailty.call_judged import understood
from stewardship.frailty.changing import author_of
from stewardship.frailty.models import AdviceCall, Feedback

LATER = (
    "caller_organisation", "call_back", "location", "cfs", "baseline", "capacity", "ceiling", "respect_seen",
    "allergies_seen", "question", "said", "plan_updated", "second_opinion",
)  # fmt: skip
"""What may be added or put right after a call: never what the caller would have done, nor the main advice."""
WANTED = {"location": "where the person is", "said": "what you said"}


def lacking(call: AdviceCall) -> list[str]:
    """What is still to be added to a call, in words."""
    return [words for name, words in WANTED.items() if not getattr(call, name)]


@transaction.atomic
def add_to_call(*, call_id: int, fields: Typed, by: Actor, seen_version: int, now: datetime) -> AdviceCall:
    """Add what was left out, or put it right; what was there before stays in the history, with who changed it.

    fields: of `LATER`, as typed. A field left empty is emptied. Raises OtherChangedError, and ValidationError in words.
    """
    call = locked_call(call_id, seen_version)
    require(set(fields) <= set(LATER), "That cannot be changed after the call.")
    found = understood(fields)
    if found.problems:
        raise ValidationError(list(found.problems.values()))
    for name in fields:
        empty = None if name == "cfs" else ""
        setattr(call, name, found.values.get(name, empty))
    changed = ", ".join(FIELDS[name].label.lower() for name in fields)
    return saved_call(call, f"added to: {changed}", by, now)


@transaction.atomic
def record_feedback(
    *, call_id: int, useful: bool, before: int | None, after: int | None, text: str, by: Actor, now: datetime
) -> Feedback:
    """What the caller thought of the advice. before, after: how sure they were of what to do, 1 to 5; told again, the
    last stands."""
    call = AdviceCall.objects.select_for_update().get(pk=call_id)
    for told in (before, after):
        require(told is None or 1 <= told <= 5, "How sure they were is 1 to 5.")
    told_now = {
        "useful": useful, "before": before, "after": after, "text": text.strip()[:2000], "at": now,
        "by": author_of(by),
    }  # fmt: skip
    made, _ = Feedback.objects.update_or_create(call=call, defaults=told_now)
    saved_call(call, "feedback of the caller", by, now)
    return made
