"""Where the days went: the time between milestones, and the stretch that lost most against the timed pathway."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from stewardship.rules.cancer.timed.milestones import Milestone
from stewardship.rules.cancer.timed.next_step import next_step_of
from stewardship.rules.cancer.timed.progress import standings
from stewardship.rules.cancer.timed.tracked import Tracked


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The time from one milestone to the next that came. days, planned: whole days; planned is by the target days.

    still_open: it has not ended, and is counted to the day it is judged on.
    """

    after: Milestone
    before: Milestone
    days: int
    planned: int
    still_open: bool = False

    @property
    def lost(self) -> int:
        """Days more than planned; below 0 where days were won."""
        return self.days - self.planned


def stretches(tracked: Tracked, as_of: date) -> tuple[Stretch, ...]:
    """The stretches of a pathway in the order in which its milestones came, the last one open until the next step.

    Their days add up to the time from the first milestone to the last, or to `as_of` while a step is to come.
    """
    found = standings(tracked, as_of)
    came = sorted(
        ((each.on, each.milestone) for each in found if each.on),
        key=lambda one: (one[0], one[1].order),
    )
    closed = tuple(
        _stretch(after, before, (to - since).days) for (since, after), (to, before) in pairwise(came)
    )
    step = next_step_of(found, as_of)
    if step is None or not came:
        return closed
    since, last = came[-1]
    return (*closed, _stretch(last, step.milestone, (as_of - since).days, still_open=True))


def bottleneck(tracked: Tracked, as_of: date) -> Stretch | None:
    """The stretch that took most days more than planned, the earliest of several; None where none was lost."""
    found = stretches(tracked, as_of)
    worst = max(found, key=lambda stretch: stretch.lost, default=None)
    return worst if worst is not None and worst.lost > 0 else None


def _stretch(after: Milestone, before: Milestone, days: int, still_open: bool = False) -> Stretch:
    planned = max(0, before.day - after.day)
    return Stretch(after=after, before=before, days=days, planned=planned, still_open=still_open)
