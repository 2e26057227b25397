"""Open pathways week by week: how many moved from which step to which, by age in weeks. What a forecast is made from.

A week ends on a Sunday, as in the national weekly return. Age is in whole weeks on that Sunday since the clock's start,
with days for a first visit missed taken off (R4, R9): 9 weeks or more is over 62 days, exactly.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Days = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]

STAGES = ("before_test", "awaiting_result", "awaiting_telling", "awaiting_treatment")
"""Steps a pathway waits at, in their order. Telling: cancer found or ruled out; treatment: told that it is cancer."""
NEW, ENDED = 0, len(STAGES)
"""Place of "started in this week" among where pathways come from, and of "ended" among where they go."""
OLDEST = 25
"""Weeks of age: the last place stands for this age and all beyond."""
AGES = OLDEST + 1
OVER_62 = 9
"""Weeks of age on a Sunday from which a pathway is over 62 days."""
SUNDAY = 3
"""4 January 1970 was a Sunday: day 3."""


@dataclass(frozen=True)
class PathwayDays:
    """When pathways passed their steps: one entry a pathway, days since 1 January 1970, `never` where it has not come.

    started: adjusted clock start (receipt or upgrade, and days for a first visit missed). tested: first test done.
    reported: its result known; `never` where nobody records it, and the step then lasts until someone is told.
    told: told that it is cancer, or decision to treat. ended: treated, ruled out, or closed for another reason.
    Only pathways of the headline count: without non-specific symptoms (type 17), later treatments, unknown routes.
    """

    started: Days
    tested: Days
    reported: Days
    told: Days
    ended: Days


@dataclass(frozen=True)
class WeeklyMoves:
    """Pathways by where they were and where they are.

    weeks: the Sundays, days since 1970, one a week without a gap. opening: open pathways on the Sunday before the first
    of them, step x age. moved: week x from (`NEW`, then the steps) x to (the steps, then `ENDED`) x age on the week's
    Sunday, which is also the age of those who ended in it. Staying is to move from a step to itself.
    """

    weeks: Days
    opening: Whole
    moved: Whole

    def __post_init__(self) -> None:
        steps = len(STAGES)
        shapes = (self.opening.shape, self.moved.shape)
        if shapes != ((steps, AGES), (len(self.weeks), steps + 1, steps + 1, AGES)):
            raise ValueError(
                f"Weekly moves have shapes {shapes}; give {steps} steps x {AGES} ages of opening pathways, and "
                f"{len(self.weeks)} weeks x {steps + 1} x {steps + 1} x {AGES} of moves."
            )
        if len(self.weeks) and (np.diff(self.weeks) != 7).any():
            raise ValueError(
                "Weekly moves leave out a week. Give every week, with zeros where nothing moved."
            )

    @cached_property
    def open(self) -> Whole:
        """Open pathways at the end of each week, week x step x age."""
        return np.asarray(self.moved[:, :, :ENDED].sum(axis=1))

    @cached_property
    def arrivals(self) -> Whole:
        """Pathways whose clock started in each week."""
        return np.asarray(self.moved[:, NEW].sum(axis=(1, 2)))

    @cached_property
    def over_62(self) -> Whole:
        """The backlog: open over 62 days at the end of each week."""
        return np.asarray(self.open[:, :, OVER_62:].sum(axis=(1, 2)))

    def until(self, week: int) -> "WeeklyMoves":
        """What was known at the end of one of the weeks, by its position."""
        return WeeklyMoves(self.weeks[: week + 1], self.opening, self.moved[: week + 1])


def sundays(first: int, last: int) -> Days:
    """The Sundays from a day to another, both included."""
    return np.arange(first + (SUNDAY - first) % 7, last + 1, 7, dtype=np.int64)


def weekly_moves(days: PathwayDays, weeks: Days) -> WeeklyMoves:
    """The moves of pathways in weeks that end on given Sundays, at least one; nothing later than the last is seen."""
    before = weeks[0] - 7
    last = _step(days, before)
    there = (days.started <= before) & (days.ended > before)
    opening = _counted((len(STAGES), AGES), last[there], _age(days, before)[there])
    moved = np.zeros((len(weeks), len(STAGES) + 1, len(STAGES) + 1, AGES), dtype=np.int64)
    for position, sunday in enumerate(weeks):
        inside = (days.started <= sunday) & (days.ended > sunday - 7) & (days.ended >= days.started)
        began = days.started > sunday - 7
        origin = np.where(began, NEW, _step(days, sunday - 7) + 1)
        reached = np.where(days.ended <= sunday, ENDED, _step(days, sunday))
        age = _age(days, sunday)
        moved[position] = _counted(moved.shape[1:], origin[inside], reached[inside], age[inside])
    return WeeklyMoves(np.asarray(weeks, dtype=np.int64), opening, moved)


def _step(days: PathwayDays, day: int) -> Whole:
    """The step at which pathways wait on a day: the last that they have reached, whatever was left out before it."""
    return np.select([days.told <= day, days.reported <= day, days.tested <= day], [3, 2, 1], 0)


def _age(days: PathwayDays, day: int) -> Whole:
    return np.asarray(np.clip((day - days.started) // 7, 0, OLDEST), dtype=np.int64)


def _counted(shape: tuple[int, ...], *places: Whole) -> Whole:
    flat = np.ravel_multi_index(places, shape)
    return np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape).astype(np.int64)


def older(open_: Whole) -> Whole:
    """The same people a week later, before any of them leaves: the last axis is age in weeks."""
    aged = np.zeros_like(open_)
    aged[..., 1:] = open_[..., :-1]
    aged[..., OLDEST] += open_[..., OLDEST]
    return aged
