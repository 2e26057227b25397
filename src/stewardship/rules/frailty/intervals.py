"""The configured intervals of reviews, with the days on which they are in force. Source: `reviews.toml`."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from stewardship.rules.cancer.timed.working_days import working_days_after

FILE = Path(__file__).with_name("reviews.toml")


class Subject(StrEnum):
    """What a review looks at."""

    PLAN = "plan"
    DEMENTIA = "dementia"
    RESPECT = "respect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How long after a day a review is due: in months, in days, or in working days; one of the three.

    since, until: the days on which it is in force; None: still.
    """

    key: str
    words: str
    subject: Subject
    since: date
    until: date | None
    months: int
    days: int
    working_days: int

    def due(self, start: date) -> date:
        """The day on which a review is due that is counted from this day."""
        if self.working_days:
            return working_days_after(start, self.working_days)
        return months_after(start, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """All that is configured: what is due regularly, and what after something has happened."""

    regular: tuple[Interval, ...]
    after: tuple[Interval, ...]
    overdue_after: int
    plan_months: int
    respect_months: int


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def intervals() -> Intervals:
    """The intervals of `reviews.toml`."""
    return intervals_of(tomllib.loads(FILE.read_text(encoding="utf-8")))


def intervals_of(written: Mapping[str, Any]) -> Intervals:
    """Intervals written in the form of `reviews.toml`."""
    return Intervals(
        regular=tuple(_interval(row) for row in written["regular"]),
        after=tuple(_interval(row) for row in written["after"]),
        overdue_after=written["overdue"]["after_days"],
        plan_months=written["out_of_date"]["plan_months"],
        respect_months=written["out_of_date"]["respect_months"],
    )


def in_force(rows: tuple[Interval, ...], key: str, on: date) -> Interval | None:
    """The interval of that key on a day; the first that there was for days before it; None for an unknown key."""
    found = sorted((row for row in rows if row.key == key), key=lambda row: row.since)
    begun = [row for row in found if row.since <= on] or found[:1]
    return next((row for row in reversed(begun) if row.until is None or on <= row.until), None)


def _interval(row: Mapping[str, Any]) -> Interval:
    return Interval(
        key=row["key"], words=row["words"], subject=Subject(row["subject"]), since=row["from"],
        until=row.get("until"), months=row.get("months", 0), days=row.get("days", 0),
        working_days=row.get("working_days", 0),
    )  # fmt: skip
