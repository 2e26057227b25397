"""Whether a plan or a ReSPECT form may be out of date, in words that a page can show.

Sources: `reviews.toml` for the limits; a ReSPECT form besides is to be looked at when condition, setting or wishes have
changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stewardship.rules.frailty.intervals import intervals, months_after


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """How a plan stands. there: whether there is one. may_be_out_of_date: show it, and say so. words: what to say."""

    there: bool
    may_be_out_of_date: bool
    words: str


def plan_standing(looked_at: date | None, as_of: date) -> PlanStanding:
    """How a care plan stands that was made, or last looked at, on a day; None for who has none."""
    return _standing("plan", looked_at, as_of, intervals().plan_months)


def respect_standing(looked_at: date | None, as_of: date, *, changed: Iterable[date] = ()) -> PlanStanding:
    """How a ReSPECT form stands. changed: days on which condition, setting or wishes changed."""
    found = _standing("ReSPECT form", looked_at, as_of, intervals().respect_months)
    if looked_at is None or found.may_be_out_of_date:
        return found
    since = [day for day in changed if looked_at < day <= as_of]
    if not since:
        return found
    words = f"May be out of date: something changed on {_day(max(since))}, after it was made"
    return PlanStanding(there=True, may_be_out_of_date=True, words=words)


def months_between(day: date, until: date) -> int:
    """Whole months from a day until another; 0 where that is not later."""
    months = (until.year - day.year) * 12 + until.month - day.month
    return max(0, months - (months_after(day, max(0, months)) > until))


def _standing(what: str, looked_at: date | None, as_of: date, limit: int) -> PlanStanding:
    """The day on which it reaches its limit is still inside."""
    if looked_at is None or looked_at > as_of:
        return PlanStanding(there=False, may_be_out_of_date=False, words=f"No {what}")
    if as_of <= months_after(looked_at, limit):
        return PlanStanding(there=True, may_be_out_of_date=False, words=f"From {_day(looked_at)}")
    months = months_between(looked_at, as_of)
    return PlanStanding(there=True, may_be_out_of_date=True, words=f"May be out of date: {months} months old")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
