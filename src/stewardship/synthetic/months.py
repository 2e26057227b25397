"""Whole months of the years told: which one a day is in, and how many days of each somebody is there."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.extracts import days
from stewardship.synthetic.lives import Days, People, Plan, Whole


@dataclass(frozen=True)
class Months:
    """Months, the earliest first: first and last day of each."""

    first: Days
    last: Days

    def __len__(self) -> int:
        return len(self.first)

    def of(self, day: Days) -> Whole:
        """The position of the month of each day; -1 before the first, as many as there are after the last."""
        found = np.searchsorted(self.first, day, side="right") - 1
        return np.asarray(np.where(day > self.last[-1], len(self), found), dtype=np.int64)

    def counted(self, who: npt.NDArray[np.integer], day: Days, wanted: Whole, people: int) -> Whole:
        """How many of the events each wanted person (rows) has in each month (columns). who: positions of persons."""
        row = np.full(people, -1, dtype=np.int64)
        row[wanted] = np.arange(len(wanted))
        month = self.of(day)
        own = (row[who] >= 0) & (month >= 0) & (month < len(self))
        cell = row[who[own]] * len(self) + month[own]
        counts: Whole = np.bincount(cell, minlength=len(wanted) * len(self))
        return counts.reshape(len(wanted), len(self))

    def observed(self, people: People, wanted: Whole) -> Whole:
        """Days of each month (columns) on which each wanted person (rows) is registered and alive."""
        begin, end = (
            np.maximum(people.start, people.birth)[wanted],
            np.minimum(people.end, people.death)[wanted],
        )
        lasting = np.minimum(end[:, None], self.last) - np.maximum(begin[:, None], self.first) + 1
        return np.asarray(np.maximum(lasting, 0), dtype=np.int64)


def months_of(plan: Plan) -> Months:
    """The whole months of a plan's years; one that the first day cuts is left out."""
    ends = np.datetime64(plan.last_day, "D") + 1
    months = ends.astype("datetime64[M]") + np.arange(-12 * plan.years, 1)
    edges = months.astype("datetime64[D]").astype(np.int64).astype(np.int32)
    whole = edges[:-1] >= plan.first
    return Months(edges[:-1][whole], edges[1:][whole] - 1)


def each_month(months: Months, times: int) -> pa.Array:
    """The first day of each month, all of them so many times over."""
    return days(np.tile(months.first, times))
