"""Extracts as partners really send them: with what is wrong in them, and one month of stays sent a second time."""

from collections.abc import Sequence
from dataclasses import replace

from stewardship.synthetic.chance import stream
from stewardship.synthetic.dirt import planted_dirt, resubmitted, spoilt
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import People, Plan
from stewardship.synthetic.sending import periods
from stewardship.synthetic.truth import Planted

SENT_AGAIN = "sent-again"
"""Folder, by partner, of files that take the place of the ones of the same name."""

_AGAIN = ("hospital", "apc")
_BEFORE_THE_LAST = -2


def as_sent(plan: Plan, people: People, extracts: Sequence[Extract]) -> tuple[list[Extract], list[Planted]]:
    """What is sent of a batch, and what is wrong with it."""
    sent: list[Extract] = []
    wrong: list[Planted] = []
    for extract in extracts:
        name = f"{extract.partner}/{extract.kind}"
        dirty, counts = spoilt(extract, people, stream(plan.seed, people.batch, f"dirt of {name}"))
        sent.append(dirty)
        wrong.append(planted_dirt(extract, counts))
        if (extract.partner, extract.kind) == _AGAIN:
            again, changed = _again(plan, people, dirty)
            sent.append(again)
            wrong.append(planted_dirt(again, changed))
    return sent, wrong


def _again(plan: Plan, people: People, extract: Extract) -> tuple[Extract, dict[str, int]]:
    """The month before the last as it is sent the second time."""
    month = periods(plan)[_BEFORE_THE_LAST]
    random = stream(plan.seed, people.batch, "sent again")
    again, counts = resubmitted(extract, month.start, month.end, random)
    partner, kind = f"{SENT_AGAIN}/{extract.partner}", f"{extract.kind}_{month.name}"
    return replace(again, partner=partner, kind=kind, sent=None), counts
