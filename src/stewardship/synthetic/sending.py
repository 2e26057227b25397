"""When partners send: the years before at once, then the last year's first ten months, then month by month."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from stewardship.synthetic.lives import Plan

_EPOCH = date(1970, 1, 1)
SINGLE_MONTHS = 2


@dataclass(frozen=True)
class Period:
    """Whole months that one file is about: name, as in a file's name, and first and last day since 1970."""

    name: str
    start: int
    end: int


def periods(plan: Plan) -> list[Period]:
    """The periods of a plan's files, the oldest first, without a gap; the last ends with the plan's last day."""
    last = plan.last_day.year * 12 + plan.last_day.month - 1
    months = [
        *([(last - 12 * plan.years + 1, last - 12)] if plan.years > 1 else []),
        (last - 11, last - SINGLE_MONTHS),
        *((month, month) for month in range(last - SINGLE_MONTHS + 1, last + 1)),
    ]
    *before, newest = (_period(*each) for each in months)
    return [*before, replace(newest, end=plan.last)]


def _period(first: int, last: int) -> Period:
    name = "_".join(f"{month // 12}-{month % 12 + 1:02d}" for month in (first, last))
    return Period(name, _first_day(first), _first_day(last + 1) - 1)


def _first_day(month: int) -> int:
    return (date(month // 12, month % 12 + 1, 1) - _EPOCH) // timedelta(days=1)
