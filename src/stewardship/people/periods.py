"""Years and windows: over which days a figure is made.

A year is the twelve months that end on the as-of date, so that five of them are the financial years when the
as-of date is 31 March, and every year is whole whatever the date.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True)
class Window:
    """The months up to the date that a thing is judged on; None: all time before it.

    ending: how many months before that date the window closes.
    """

    months: int | None = None
    ending: int = 0

    def opens_after(self, day: date) -> date | None:
        """The last day before the window, judged on `day`; None if it has always been open."""
        return None if self.months is None else months_before(day, self.months)

    def closes(self, day: date) -> date:
        """The last day of the window, judged on `day`."""
        return months_before(day, self.ending)

    def __str__(self) -> str:
        if self.ending:
            return f"up to {self.ending} months before"
        if self.months is None:
            return "ever"
        if self.months % 12 == 0 and self.months > 12:
            return f"in {self.months // 12} years"
        return f"in {self.months} months"


EVER = Window()


def months(count: int) -> Window:
    """A window of that many months."""
    return Window(count)


def years(count: int) -> Window:
    """A window of that many years."""
    return Window(12 * count)


def until(count: int) -> Window:
    """All time up to so many months before the date."""
    return Window(ending=count)


YEAR = years(1)


@dataclass(frozen=True)
class Period:
    """A year, first and last day both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1


def years_ending(as_of: date, count: int = 5) -> tuple[Period, ...]:
    """The last `count` years of twelve months, the latest ending on `as_of`, oldest first."""
    ends = [months_before(as_of, 12 * back) for back in range(count, -1, -1)]
    return tuple(Period(before + timedelta(days=1), end) for before, end in pairwise(ends))
