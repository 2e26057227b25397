"""The picture of a pathway: what happened and what is booked, in days since the referral, against the timed pathway.

Only geometry: the template draws it, and writes the same days in a table beneath.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

LIMITS = (28, 62)
ROW = 36  # height of a milestone
TOP, FOOT = 28, 44


@dataclass(frozen=True)
class Step:
    """A milestone in days since the clock start. target, done, booked: None where there is none. state: in words."""

    name: str
    target: int | None
    done: int | None
    booked: int | None
    state: str

    @property
    def late(self) -> int | None:
        """Days between target and the day it was done; None where either is lacking."""
        return None if self.target is None or self.done is None else self.done - self.target


@dataclass(frozen=True)
class Mark:
    """One row of the picture. Each x is where a mark stands; None where there is none. says: +19 beside the delay."""

    name: str
    y: float
    target: float | None
    done: float | None
    booked: float | None
    delay: tuple[float, float] | None
    says: str


@dataclass(frozen=True)
class Picture:
    """A drawn timeline. ticks: (x, day). limits: x of each limit with its day. today: x."""

    width: int
    height: int
    left: int
    foot: float
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, int], ...]
    limits: tuple[tuple[float, int], ...]
    today: float
    day: int


def picture(steps: Sequence[Step], today: int, width: int) -> Picture:
    """The timeline of these milestones, `width` units wide; the narrow one is for phones and wraps no words.

    today: the day of the pathway on which it is looked at.
    """
    left = 190 if width > 400 else 132
    days = [day for one in steps for day in (one.target, one.done, one.booked) if day is not None]
    last = max([today, *LIMITS, *days]) + 6
    first = min([0, *days])
    across = (width - left - 36) / (last - first)

    def at(day: int) -> float:
        return round(left + (day - first) * across, 1)

    height = TOP + ROW * len(steps) + FOOT
    return Picture(
        width=width,
        height=height,
        left=left,
        foot=height - FOOT + 4,
        marks=tuple(_mark(one, TOP + ROW * (row + 0.5), today, at) for row, one in enumerate(steps)),
        ticks=tuple((at(day), day) for day in _ticks(width, last)),
        limits=tuple((at(day), day) for day in LIMITS),
        today=at(today),
        day=today,
    )


def _mark(one: Step, y: float, today: int, at: Callable[[int], float]) -> Mark:
    until = one.done if one.done is not None else today
    overdue = one.target is not None and until > one.target
    return Mark(
        name=one.name,
        y=y,
        target=None if one.target is None else at(one.target),
        done=None if one.done is None else at(one.done),
        booked=None if one.booked is None or one.done is not None else at(one.booked),
        delay=(at(one.target), at(until)) if overdue and one.target is not None else None,
        says=f"+{until - one.target}" if overdue and one.target is not None else "",
    )


def _ticks(width: int, last: int) -> list[int]:
    every = [0, 14, 28, 38, 62, 104] if width > 400 else [0, 28, 62, 104]
    return [day for day in every if day <= last]
