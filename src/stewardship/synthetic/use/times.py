"""When people are there to have contacts, and on which days of the week and the year contacts fall."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.lives import NEVER, Days, People, Plan, Share, Whole
from stewardship.synthetic.use.lists import Stream

YEAR = 365.25
LAST_DAYS = 90  # of life, in which more happens
_FINENESS = 64  # places in the table of days for each day
Positions = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Stretches:
    """People's time, cut at whole years before the last day, and at the last days of those who die.

    first, last: day by person and stretch, in the order of time but for the last stretch, which is the end of life;
    last is the day before first where there is no such time.
    """

    first: Days
    last: Days

    @property
    def years(self) -> Share:
        """Years of each stretch, by person and stretch."""
        return np.asarray((self.last - self.first + 1) / YEAR)

    @property
    def middle(self) -> Days:
        """The day in the middle of each."""
        return np.asarray((self.first + self.last) // 2, dtype=np.int32)


def stretches_of(plan: Plan, people: People) -> Stretches:
    """The time of people within the years that are told."""
    begin = np.maximum(np.maximum(people.start, people.birth), plan.first)
    end = np.minimum(np.minimum(people.end, people.death), plan.last)
    dying = np.where(people.death < NEVER, people.death - LAST_DAYS + 1, NEVER)
    edges = [plan.last + 1 - round(YEAR * back) for back in range(plan.years, -1, -1)]
    edges[0] = plan.first
    parts = [
        (np.maximum(begin, start), np.minimum(np.minimum(end, dying - 1), after - 1))
        for start, after in pairwise(edges)
    ]
    parts.append((np.maximum(begin, np.minimum(dying, NEVER - 1)), end))
    first = np.stack([part[0] for part in parts], axis=1).astype(np.int32)
    last = np.stack([part[1] for part in parts], axis=1).astype(np.int32)
    return Stretches(first, np.maximum(last, first - 1))


class Calendar:
    """How the contacts of a stream fall on the days of the years told: less at weekends, more in winter."""

    def __init__(self, plan: Plan, stream: Stream) -> None:
        day = np.arange(plan.first, plan.last + 1)
        weekday = (day + 3) % 7  # 1 January 1970 was a Thursday
        of_week = np.choose(np.maximum(weekday - 4, 0), [1.0, stream.saturday, stream.sunday])
        weight = of_week * (1 + stream.winter * np.cos((day % YEAR - 15) * (2 * np.pi / YEAR)))
        self._first = plan.first
        self._upto = np.concatenate([[0.0], np.cumsum(weight / weight.mean())])
        fine = (np.arange(len(day) * _FINENESS) + 0.5) / _FINENESS
        self._day = (np.searchsorted(self._upto, fine, side="right") - 1).astype(np.int32)

    def years(self, stretches: Stretches) -> Share:
        """Years of each stretch, a day counting for as much as falls on it."""
        before, after = self._between(stretches.first, stretches.last)
        return np.asarray((after - before) / YEAR)

    def share(self, first: int, last: int) -> float:
        """The same of the days from first to last, in years."""
        before, after = self._between(np.array([first]), np.array([last]))
        return float((after - before)[0] / YEAR)

    def days(self, rng: np.random.Generator, first: Days, last: Days) -> Days:
        """A day from first to last for each."""
        before, after = self._between(first, last)
        drawn = before + rng.random(len(first), dtype=np.float32) * (after - before)
        found = self._day[np.minimum((drawn * _FINENESS).astype(np.int32), len(self._day) - 1)] + self._first
        return np.asarray(np.clip(found, first, last), dtype=np.int32)

    def _between(self, first: Days, last: Days) -> tuple[Share, Share]:
        inside = np.clip(first - self._first, 0, len(self._upto) - 1)
        return self._upto[inside], self._upto[np.clip(last + 1 - self._first, inside, len(self._upto) - 1)]


@dataclass(frozen=True)
class Happened:
    """Contacts of a stream, ordered by person: the person's position, the stretch of time, the day."""

    who: Positions
    stretch: Positions
    day: Days

    def __len__(self) -> int:
        return len(self.who)

    def kept(self, those: npt.NDArray[np.bool_]) -> "Happened":
        """Some of them."""
        return Happened(self.who[those], self.stretch[those], self.day[those])


def happened(
    rng: np.random.Generator, expected: npt.NDArray[np.floating], stretches: Stretches, calendar: Calendar
) -> Happened:
    """Contacts drawn from how many are expected by person and stretch."""
    many = expected.shape[1]
    cell = repeated(rng.poisson(expected).ravel())
    day = calendar.days(rng, stretches.first.ravel()[cell], stretches.last.ravel()[cell])
    return Happened((cell // many).astype(np.int32), (cell % many).astype(np.int32), day)


def repeated(counts: Whole) -> Positions:
    """Each position as many times as its count says."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)
