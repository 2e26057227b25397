"""Extracts as partners really send them: with what is wrong in them, and one month of stays sent a second time."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.dirt import Counts, Spoilt, spoilt
from stewardship.synthetic.dirt_told import planted_dirt
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import People, Plan
from stewardship.synthetic.sending import periods
from stewardship.synthetic.sent_again import resent
from stewardship.synthetic.truth import Planted

SENT_AGAIN = "sent-again"
"""Folder, by partner, of files that take the place of the ones of the same name."""

_AGAIN = ("hospital", "apc")
_BEFORE_THE_LAST = -2


def as_sent(plan: Plan, people: People, extracts: Sequence[Extract]) -> tuple[list[Extract], list[Planted]]:
    """What is sent of a batch, and what is wrong with it: counted last, as it lies in the files."""
    ends = np.array([period.end for period in periods(plan)], dtype=np.int32)
    sent: list[Extract] = []
    wrong: list[Planted] = []
    for extract in extracts:
        name = f"{extract.partner}/{extract.kind}"
        dirty = spoilt(extract, people, stream(plan.seed, people.batch, f"dirt of {name}"))
        sent.append(dirty.extract)
        wrong.extend(planted_dirt(extract, dirty.counts(ends)))
        if (extract.partner, extract.kind) == _AGAIN:
            again, changed = _again(plan, people, dirty)
            sent.append(again)
            wrong.extend(planted_dirt(again, changed))
    return sent, wrong


def _again(plan: Plan, people: People, once: Spoilt) -> tuple[Extract, Counts]:
    """The month before the last as it is sent the second time."""
    month = periods(plan)[_BEFORE_THE_LAST]
    random = stream(plan.seed, people.batch, "sent again")
    again, counts = resent(once, month.start, month.end, plan.last, random)
    partner, kind = f"{SENT_AGAIN}/{again.partner}", f"{again.kind}_{month.name}"
    return replace(again, partner=partner, kind=kind), counts
