"""Watching over unusual reading: rules over the events of the log, each with its limit and the reason for it.

A rule is a pure function: it gets what one member did, in order of time, and a limit, and returns what stands out.
Source of the rules: the information governance page, section 6 (own record, many records in an hour, out of hours, no
relationship, opened then closed in seconds, size of exports) and section 5 (break-glass).
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo

from stewardship.access.actions import Action

OPENING = frozenset({Action.SEARCH, Action.VIEW, Action.RE_IDENTIFY, Action.PRINT, Action.BREAK_GLASS})
OPENING_AN_ACCOUNT = (Action.MAKE_LINK, Action.TAKE_FACTOR)
HERE = ZoneInfo("Europe/London")
SATURDAY = 5


@dataclass(frozen=True)
class Reading:
    """One event, as the rules see it.

    at: aware, in any zone. about: person_ids. shown: rows. own: whether one of the people is the member's own self.
    query: what was asked for or changed, as the event says it.
    """

    sequence: int
    at: datetime
    did: str
    about: frozenset[int] = frozenset()
    shown: int = 0
    refused: bool = False
    own: bool = False
    query: str = ""

    @property
    def opened(self) -> bool:
        """Whether it showed who somebody is, one by one; a list under the role's standing reason does not count."""
        return bool(self.about) and not self.refused and self.did in OPENING


@dataclass(frozen=True)
class Limit:
    """From when on something is unusual.

    at_least: people, times or rows, as the rule says. within_minutes: length of the sliding window. from_hour, to_hour:
    hours of work on weekdays, local time. apart_seconds: a record is left so soon, or opened again on one occasion.
    dormant_days: without any event.
    """

    name: str
    at_least: int
    within_minutes: int
    reason: str
    author: str
    dated: date
    from_hour: int = 0
    to_hour: int = 24
    apart_seconds: int = 0
    dormant_days: int = 0

    @property
    def window(self) -> str:
        """Its length in words: 60 minutes, 24 hours, 7 days."""
        hours, minutes = divmod(self.within_minutes, 60)
        if minutes or hours < 2:
            return f"{self.within_minutes} minutes"
        return f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} hours"


Rule = Callable[[Sequence[Reading], Limit], Collection[Reading]]


def many_people(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """More different people opened than care of each of them allows."""
    return _bursts(filter(_opened, readings), limit, _people, len)


def out_of_hours(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """People opened at night or on Saturday and Sunday."""
    late = (one for one in readings if one.opened and not _at_work(one.at, limit))
    return _bursts(late, limit, _people, len)


def refused(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """Refusals of any kind: pages, people, passwords."""
    return _bursts((one for one in readings if one.refused), limit, _times, len)


def out_of_scope(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """Different people whom the member was refused."""
    return _bursts((one for one in readings if one.refused and one.about), limit, _people, len)


def opened_and_closed(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """Openings that were left for another person within seconds."""
    apart = timedelta(seconds=limit.apart_seconds)
    opened = list(filter(_opened, readings))
    hasty = (a for a, b in pairwise(opened) if b.at - a.at <= apart and not a.about & b.about)
    return _bursts(hasty, limit, _times, len)


def again_and_again(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """One person opened by one member on many occasions. Pages opened soon after one another are one occasion:
    whoever works on somebody opens page, form and page again.
    """
    apart = timedelta(seconds=limit.apart_seconds)
    opened: dict[int, list[Reading]] = {}
    last: dict[int, datetime] = {}
    for one in filter(_opened, readings):
        for person in one.about:
            if person not in last or one.at - last[person] > apart:
                opened.setdefault(person, []).append(one)
            last[person] = one.at
    return {one for times in opened.values() for one in _bursts(times, limit, _times, len)}


def own_record(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """The member's own record, where it is known which that is."""
    return _bursts((one for one in readings if one.opened and one.own), limit, _times, len)


def break_glass(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """Emergency views without a relationship."""
    return _bursts((one for one in readings if one.did == Action.BREAK_GLASS), limit, _times, len)


def large_export(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """Rows taken away as files, added up."""
    exports = (one for one in readings if one.did == Action.EXPORT and not one.refused)
    return _bursts(exports, limit, lambda one: {0: max(one.shown, len(one.about))}, Counter.total)


def dormant_then_busy(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """Many people opened soon after a long time without any event."""
    within, asleep = timedelta(minutes=limit.within_minutes), timedelta(days=limit.dormant_days)
    own = (one for one in readings if not one.refused)  # a stranger who guesses the password wakes nobody
    awoke = [b.at for a, b in pairwise(own) if b.at - a.at >= asleep]
    after = (one for one in readings if one.opened and any(at <= one.at <= at + within for at in awoke))
    return _bursts(after, limit, _people, len)


def care_role_given(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """A role that reads named people was given."""
    return _bursts((one for one in readings if one.did == Action.GIVE_CARE_ROLE), limit, _times, len)


def account_opened(readings: Sequence[Reading], limit: Limit) -> Collection[Reading]:
    """A link to set a password made, and the second factor taken away, of one account by the same administrator."""
    done: dict[str, list[Reading]] = {}
    for one in readings:
        if one.did in OPENING_AN_ACCOUNT:
            done.setdefault(one.query, []).append(one)
    return {one for account in done.values() for one in _bursts(account, limit, _step, len)}


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        many_people, out_of_hours, refused, out_of_scope, opened_and_closed, again_and_again, own_record, break_glass,
        large_export, dormant_then_busy, care_role_given, account_opened,
    )
}  # fmt: skip


def limits() -> dict[str, Limit]:
    """The limit of each rule, from `watch.toml`."""
    written = tomllib.loads(files(__package__).joinpath("watch.toml").read_text(encoding="utf-8"))
    return {key: Limit(**written[key]) for key in RULES}


def _opened(one: Reading) -> bool:
    return one.opened


def _people(one: Reading) -> dict[int, int]:
    return dict.fromkeys(one.about, 1)


def _times(one: Reading) -> dict[int, int]:
    return {one.sequence: 1}


def _step(one: Reading) -> dict[int, int]:
    return {OPENING_AN_ACCOUNT.index(Action(one.did)): 1}


def _at_work(at: datetime, limit: Limit) -> bool:
    local = at.astimezone(HERE)
    return local.weekday() < SATURDAY and limit.from_hour <= local.hour < limit.to_hour


def _bursts(
    readings: Iterable[Reading],
    limit: Limit,
    weigh: Callable[[Reading], dict[int, int]],
    size: Callable[[Counter[int]], int],
) -> list[Reading]:
    """Every reading that lies in a window of the limit's length whose size reaches the limit; each once, in order."""
    within, ordered = timedelta(minutes=limit.within_minutes), list(readings)
    weights: Counter[int] = Counter()
    found: list[Reading] = []
    start = kept = 0
    for end, one in enumerate(ordered):
        weights.update(weigh(one))
        while one.at - ordered[start].at > within:
            weights = _less(weights, weigh(ordered[start]))
            start += 1
        if size(weights) >= limit.at_least:
            found += ordered[max(start, kept) : end + 1]
            kept = end + 1
    return found


def _less(weights: Counter[int], gone: dict[int, int]) -> Counter[int]:
    weights.subtract(gone)
    for key in gone:
        if weights[key] <= 0:
            del weights[key]
    return weights
