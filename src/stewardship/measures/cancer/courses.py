"""The course of each pathway as arrays: what the figures of backlog, steps and forecast are counted from.

Days are whole days since 1970; NEVER where the day has not come. One entry a pathway that has a clock of 62 or 28
days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]
Names = NDArray[np.object_]
NEVER = int(np.iinfo(np.int64).max)
STAGES = ("waiting to be seen", "waiting to be told", "waiting for a decision", "waiting for treatment")


@dataclass(frozen=True)
class Courses:
    """Pathways from the start of the clock to their end.

    start: day the clock starts, first-appointment adjustment added: age is counted from here. seen, tested, told,
    decided: days. ended: the day it left the tracking list; NEVER while open. cancer: whether cancer was found.
    headline: whether it is in the headline count (non-specific symptoms are not). tumour, provider, route: in words.
    person: position of the pathway among those read, which tells whose it is.
    """

    start: Days
    seen: Days
    tested: Days
    told: Days
    decided: Days
    ended: Days
    cancer: Flags
    headline: Flags
    tumour: Names
    provider: Names
    route: Names
    person: Days

    def __len__(self) -> int:
        return len(self.start)

    def taken(self, which: NDArray[np.generic]) -> "Courses":
        """Those at some positions, or those that are kept."""
        return Courses(*(getattr(self, field.name)[which] for field in fields(self)))

    def open_on(self, day: int) -> Flags:
        """Which are open at the end of a day."""
        return np.asarray((self.start <= day) & (self.ended > day))

    def stage_on(self, day: int) -> NDArray[np.int64]:
        """How far each is at the end of a day: the place in STAGES."""
        stage: NDArray[np.int64] = np.select(
            [self.decided <= day, self.told <= day, self.seen <= day], [3, 2, 1], 0
        )
        return stage


def sundays(first: int, last: int) -> Sequence[int]:
    """The Sundays from one day to another, both included. 4 January 1970, day 3, was one."""
    return range(first + (3 - first) % 7, last + 1, 7)


def days_of(day: date) -> int:
    """A date as days since 1970."""
    return (day - date(1970, 1, 1)).days
