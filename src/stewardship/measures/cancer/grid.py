"""Tables of periods by groups, and what adds up in them: months to years, groups to everyone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.cancer.courses import Days, Names, days_of
from stewardship.measures.differencing import Flags, Partition
from stewardship.measures.published import EVERYONE
from stewardship.people.periods import Period, months_before

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]
SMALL = "Hidden: fewer than 20 people, or a count that would give such a group away"


@dataclass(frozen=True)
class Spans:
    """Whole calendar months and the years that figures are made of, oldest first; then what days of each year lie in
    none of its whole months, of which nothing is published."""

    months: tuple[tuple[date, date], ...]
    years: tuple[tuple[date, date], ...]

    @staticmethod
    def of(periods: Sequence[Period]) -> "Spans":
        """Of the years of a build."""
        months = tuple(month for year in periods for month in _months(year.start, year.end))
        return Spans(months, tuple((period.start, period.end) for period in periods))

    def __len__(self) -> int:
        return len(self.months) + 2 * len(self.years)

    @property
    def published(self) -> Flags:
        """Which of them stand somewhere."""
        return np.arange(len(self)) < len(self.months) + len(self.years)

    @property
    def kinds(self) -> list[str]:
        """Month or year, of those published."""
        return ["month"] * len(self.months) + ["year"] * len(self.years)

    @property
    def ends(self) -> list[tuple[date, date]]:
        """First and last day of those published."""
        return [*self.months, *self.years]

    def month(self, day: Days) -> Counts:
        """The position of the month of each day, or of the rest of its year; -1 for a day in no year."""
        year = self.year(day)
        rest = np.where(year < 0, -1, len(self.months) + len(self.years) + year)
        if not self.months:
            return np.asarray(rest)
        starts, ends = (np.array([days_of(month[side]) for month in self.months]) for side in (0, 1))
        at = np.maximum(np.searchsorted(starts, day, side="right") - 1, 0)
        inside = (day >= starts[at]) & (day <= ends[at])
        return np.asarray(np.where(inside, at, rest))

    def year(self, day: Days) -> Counts:
        """The number of the year of each day, -1 for none."""
        starts = np.array([days_of(start) for start, _ in self.years], np.int64)
        at = np.searchsorted(starts, day, side="right") - 1
        return np.asarray(np.where(day > days_of(self.years[-1][1]), -1, at))

    @cached_property
    def in_years(self) -> tuple[Counts, Counts]:
        """Parts and totals: months, and the rest of each year, of their years."""
        of = self.year(np.array([days_of(start) for start, _ in self.months], np.int64))
        rests = np.arange(len(self.years))
        parts = np.concatenate([np.arange(len(of)), rests + len(self.months) + len(self.years)])
        return parts, np.concatenate([of, rests]) + len(self.months)


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    start = first if first.day == 1 else _next(first)
    while (end := _next(start) - timedelta(1)) <= last:
        yield start, end
        start = end + timedelta(1)


def _next(day: date) -> date:
    """The first day of the month after."""
    return months_before(day.replace(day=1), -1)


@dataclass(frozen=True)
class Groups:
    """The groups that a table is divided by: pairs of what it is divided by and the group's name, everyone first."""

    pairs: tuple[tuple[str, str], ...]

    @staticmethod
    def of(named: Mapping[str, Names]) -> "Groups":
        """Every group that occurs, in alphabetical order within what it is divided by."""
        found = [(by, str(name)) for by, names in named.items() for name in np.unique(names.astype(str))]
        return Groups(((EVERYONE, EVERYONE), *found))

    def __len__(self) -> int:
        return len(self.pairs)

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {pair: number for number, pair in enumerate(self.pairs)}

    def numbers(self, by: str, names: Names) -> Counts:
        """The number of each name's group."""
        known, which = np.unique(names.astype(str), return_inverse=True)
        return np.array([self._numbers[by, str(name)] for name in known], np.int64)[which]

    @cached_property
    def of_everyone(self) -> dict[str, Counts]:
        """The numbers of the groups that together are everyone, for each way of dividing them."""
        ways = dict.fromkeys(by for by, _ in self.pairs if by != EVERYONE)
        return {by: np.array([n for n, pair in enumerate(self.pairs) if pair[0] == by]) for by in ways}


def adding_up(groups: Groups, rows: Counts) -> list[Partition]:
    """Groups to everyone, in a table whose last axis are the groups. rows: the number of each cell, of any shape."""
    flat = rows.reshape(-1, rows.shape[-1])
    return [
        Partition(flat[:, parts].reshape(-1), np.repeat(flat[:, 0], len(parts)))
        for parts in groups.of_everyone.values()
    ]


def state_and_reason(hidden: Flags) -> dict[str, Any]:
    """The columns that say whether a row is shown, and why not."""
    return {
        "state": np.where(hidden, "suppressed", "shown"),
        "reason": np.where(hidden, SMALL, ""),
    }


def shown(values: Numbers, hidden: Flags) -> Numbers:
    """Values where they are shown, NaN elsewhere."""
    return np.where(hidden, np.nan, values)
