"""How days are counted (R1): whole calendar days from day 0, less adjustments, and never below 0."""

from collections.abc import Iterator
from datetime import date, timedelta

from stewardship.rules.cancer.judgement import Adjustment, Clock, Result, Why

FOREVER = timedelta.max.days


def earliest(one: date | None, other: date | None) -> date | None:
    """The earlier of two days; whichever there is, if there is one."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def ran(
    start: date,
    stop: date,
    limit: int,
    adjustments: tuple[Adjustment, ...],
    why: Why,
    result: Result | None = None,
) -> Clock:
    """A clock that has stopped: MET or BREACH by its days, unless the result is given."""
    raw = max(0, (stop - start).days)
    kept = _no_longer_than(adjustments, raw)
    off = sum(each.days for each in kept)
    days = raw - off
    counted = f"{days} days, {'within' if days <= limit else 'over'} {limit}"
    return Clock(
        result or (Result.MET if days <= limit else Result.BREACH),
        (why, *_reasons(adjustments, kept), Why("R1", counted)),
        start,
        kept,
        stop,
        days,
        start + timedelta(limit + off),
    )


def still_open(
    start: date, as_of: date | None, limit: int, adjustments: tuple[Adjustment, ...], why: Why
) -> Clock:
    """A clock that runs, up to a day that is not before its start."""
    kept = _no_longer_than(adjustments, FOREVER if as_of is None else (as_of - start).days)
    off = sum(each.days for each in kept)
    return Clock(
        Result.OPEN,
        (why, *_reasons(adjustments, kept)),
        start,
        kept,
        None,
        None if as_of is None else (as_of - start).days - off,
        start + timedelta(limit + off),
    )


def _no_longer_than(adjustments: tuple[Adjustment, ...], days: int) -> tuple[Adjustment, ...]:
    """Adjustments that take days off, cut so that together they take no more than the wait: none makes it negative."""
    kept = []
    for each in adjustments:
        off = min(each.days, days)
        days -= off
        if off:
            kept.append(Adjustment(off, each.why))
    return tuple(kept)


def _reasons(adjustments: tuple[Adjustment, ...], kept: tuple[Adjustment, ...]) -> Iterator[Why]:
    """Why days are taken off, and why others are not."""
    yield from (each.why for each in kept)
    yield from (each.why for each in adjustments if not each.days)
