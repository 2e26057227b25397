"""What came of events within some days: counted as `stewardship.rules.frailty.calls` counts it, for many at once.

The day of the event is day 0, so that day 7 is inside 7 days, whatever the hour. Who was in hospital on the day, and
of whom the data do not yet tell so far, are not counted.
"""

from dataclasses import dataclass

import numpy as np

from stewardship.evaluation.pool import Flags, Pool, Whole

STILL_THERE = 2**30  # the last day of a stay that goes on, and the day of death of the living
_APART = np.int64(2**31)  # days of one person are never near those of another


@dataclass(frozen=True)
class Stays:
    """Emergency stays in hospital, one entry each. first, last: days since 1970; STILL_THERE while it goes on."""

    person: Whole
    first: Whole
    last: Whole


@dataclass(frozen=True)
class Happened:
    """What is compared, one entry an event: whether it happened after, and before (None where that cannot be).

    counted: of whom it is told.
    """

    after: Flags
    before: Flags | None
    counted: Flags


@dataclass(frozen=True)
class Followed:
    """What came of the events of a pool by the end of a day; one entry an event.

    days: which day, day 0 being that of the event. admitted: in emergency. died: admitted or not. before: whether
    they were admitted in as many days before the event. counted: not in hospital on the day, and followed to the end.
    nights: of the first of those admissions, as far as the data tell; 0 where there is none.
    """

    days: int
    admitted: Flags
    died: Flags
    before: Flags
    counted: Flags
    nights: Whole

    @property
    def admissions(self) -> Happened:
        """Emergency admissions. Who died without one is among those not admitted: see deaths beside it."""
        return Happened(self.admitted, self.before, self.counted)

    @property
    def deaths(self) -> Happened:
        """Deaths; before the event there were none."""
        return Happened(self.died, None, self.counted)


def followed(pool: Pool, stays: Stays, died_on: Whole, *, days: int, known_to: int) -> Followed:
    """What came of the events of a pool.

    died_on: of each event, the day its person died, STILL_THERE of the living. known_to: last day that data tell of.
    """
    begun = _Begun.of(pool.person, stays)
    admitted = begun.within(pool.index, pool.index + days)
    return Followed(
        days=days,
        admitted=admitted,
        died=died_on <= pool.index + days,
        before=begun.within(pool.index - days - 1, pool.index - 1),
        counted=~begun.in_bed(pool.index) & (pool.index + days <= known_to),
        nights=np.where(admitted, begun.nights(pool.index, known_to), 0),
    )


def began_within(stays: Stays, person: Whole, first: Whole, last: Whole) -> Flags:
    """Whether each person has a stay that begins from a first day of their own to a last."""
    return _Begun.of(person, stays).within(first, last)


@dataclass(frozen=True)
class _Begun:
    """Stays in order, and whose events are asked about: each person's days stand far from the next one's."""

    asked: Whole
    first: Whole
    last: Whole
    longest: Whole

    @classmethod
    def of(cls, person: Whole, stays: Stays) -> "_Begun":
        people = np.unique(person)
        own = np.isin(stays.person, people)
        offset = np.searchsorted(people, stays.person[own]) * _APART
        order = np.argsort(offset + stays.first[own], kind="stable")
        return cls(
            asked=np.searchsorted(people, person) * _APART,
            first=(offset + stays.first[own])[order],
            last=(offset + stays.last[own])[order],
            longest=np.maximum.accumulate((offset + stays.last[own])[order]),
        )

    def within(self, first: Whole, last: Whole) -> Flags:
        """Whether a stay begins from the first day to the last."""
        upto = np.searchsorted(self.first, self.asked + last, side="right")
        return np.asarray(upto > np.searchsorted(self.first, self.asked + first, side="left"))

    def in_bed(self, day: Whole) -> Flags:
        """Whether somebody was admitted before the day and is there after it."""
        earlier = np.searchsorted(self.first, self.asked + day, side="left")
        if not len(self.first):
            return np.zeros(len(day), dtype=bool)
        return np.asarray((earlier > 0) & (self.longest[np.maximum(earlier - 1, 0)] > self.asked + day))

    def nights(self, day: Whole, known_to: int) -> Whole:
        """Nights of the first stay that begins on the day or later, up to the last day told of."""
        if not len(self.first):
            return np.zeros(len(day), dtype=np.int64)
        found = np.minimum(np.searchsorted(self.first, self.asked + day, side="left"), len(self.first) - 1)
        return np.asarray(np.minimum(self.last[found], self.asked + known_to) - self.first[found])
