"""Alerts: what the rules found, one for each rule, member and day, to be closed as justified or not.

An alert carries no patient details. Closing it is an event of the log, chained and sealed like all others. An alert
that grew after it was closed is open again.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal, cast

from stewardship.access.actions import Action
from stewardship.access.chain import Event
from stewardship.access.keys import AccessLogError, Keys, query_of
from stewardship.access.watch import HERE, OPENING, RULES, Limit, Reading

Outcome = Literal["justified", "not justified"]
OUTCOMES: tuple[Outcome, ...] = ("justified", "not justified")
_CLOSED = re.compile(r"(justified|not justified), up to event (\d+): (.*)", re.DOTALL)

Who = tuple[int | None, str]
"""A member's key and ""; or None and the name, of commands."""
STRANGER: Who = (None, "")
MOST_EVENTS = 200  # of one alert are listed


@dataclass(frozen=True)
class Alert:
    """What one rule found of one member on one day.

    key: digest that stands for it in addresses. name, roles: as the events say. times, people: events and different
    people among them. first, last: when. until: sequence of the last event. events: the first of their sequences.
    """

    key: str
    rule: str
    member: int | None
    name: str
    roles: tuple[str, ...]
    day: date
    times: int
    people: int
    first: datetime
    last: datetime
    until: int
    events: tuple[int, ...]


@dataclass(frozen=True)
class Closing:
    """That somebody judged an alert. until: the last event that was judged."""

    key: str
    outcome: Outcome
    until: int
    words: str
    by: str
    member: int | None
    at: str


def alerts(
    events: Iterable[Event], limits: Mapping[str, Limit], keys: Keys, told: Iterable[Event] = ()
) -> list[Alert]:
    """What the rules find, latest first. Strangers' failed sign-ins are nobody's reading.

    events: those of one member come together, as `Log.since` gives them. told: events by which members told which
    record is their own, however long ago.
    """
    own = {event.query for event in told}
    found = [
        alert
        for who, theirs in groupby(events, key=_who)
        for alert in _of_member(who, list(theirs), limits, keys, own)
        if who != STRANGER
    ]
    return sorted(found, key=lambda one: (one.last, one.until, one.key), reverse=True)


def latest(alerts: Iterable[Alert]) -> dict[str, Alert]:
    """Each alert as it was raised last, by its key."""
    return {one.key: one for one in alerts}


def closings(events: Iterable[Event], keys: Keys) -> dict[str, Closing]:
    """The latest closing of each alert. Raises AccessLogError where a reason cannot be opened."""
    found = (_closing(event, keys) for event in events if event.did == Action.CLOSE_ALERT)
    return {one.key: one for one in found if one}


def still_open(alert: Alert, closed: Mapping[str, Closing]) -> bool:
    """Whether nobody has judged it as far as it goes now."""
    return alert.key not in closed or closed[alert.key].until < alert.until


def closing_words(outcome: Outcome, until: int, words: str) -> str:
    """How a closing is written as the reason of its event."""
    return f"{outcome}, up to event {until}: {words}"


def alert_query(key: str) -> str:
    """The query of the event that closes an alert."""
    return f"alert#{key}"


def own_digest(keys: Keys, member: int, person_id: int) -> str:
    """The query of the event by which a member told which record is their own; tells nobody else which it is."""
    return query_of(keys, [("own", f"{member} {person_id}")])


def own_digests(keys: Keys, member: int, person_id: int) -> set[str]:
    """What `own_digest` made of it under this key or an older one."""
    return {own_digest(each, member, person_id) for each in keys.each()}


def raised_words(alert: Alert) -> str:
    """How an alert is written as the reason of the event that raises it."""
    return json.dumps(asdict(alert), default=lambda moment: moment.isoformat())


def raised(events: Iterable[Event], keys: Keys) -> list[Alert]:
    """The alerts that were raised, in order. Raises AccessLogError where one cannot be opened."""
    return [_raised(json.loads(keys.opened(one.reason))) for one in events if one.did == Action.RAISE_ALERT]


def _raised(written: dict[str, Any]) -> Alert:
    moments = {name: datetime.fromisoformat(written[name]) for name in ("first", "last")}
    lists = {name: tuple(written[name]) for name in ("roles", "events")}
    return Alert(**written | moments | lists | {"day": date.fromisoformat(written["day"])})


def _closing(event: Event, keys: Keys) -> Closing | None:
    said = _CLOSED.fullmatch(keys.opened(event.reason))
    if said is None:
        return None
    outcome = cast(Outcome, said[1])
    return Closing(
        event.query.removeprefix(alert_query("")),
        outcome,
        int(said[2]),
        said[3],
        event.name,
        event.member,
        event.at,
    )


def _who(event: Event) -> Who:
    return event.member, "" if event.member is not None else event.name


def _of_member(
    who: Who, events: Sequence[Event], limits: Mapping[str, Limit], keys: Keys, own: set[str]
) -> Iterator[Alert]:
    said = {event.sequence: event for event in events}
    readings = sorted((reading_of(one, own, keys) for one in events), key=_in_time)
    for rule in RULES:
        yield from _of_rule(rule, who, readings, limits[rule], said, keys)


def _of_rule(
    rule: str, who: Who, readings: Sequence[Reading], limit: Limit, said: Mapping[int, Event], keys: Keys
) -> Iterator[Alert]:
    unusual = sorted(RULES[rule](readings, limit), key=_in_time)
    for day, group in groupby(unusual, key=lambda one: one.at.astimezone(HERE).date()):
        yield _alert(rule, who, day, list(group), said, keys)


def _in_time(one: Reading) -> tuple[datetime, int]:
    return one.at, one.sequence


def _alert(
    rule: str, who: Who, day: date, group: Sequence[Reading], said: Mapping[int, Event], keys: Keys
) -> Alert:
    events = [said[one.sequence] for one in group]
    key = query_of(keys.first, [("alert", f"{rule} {who} {day}")]).removeprefix(alert_query(""))
    return Alert(
        key=key, rule=rule, member=who[0], name=events[-1].name,
        roles=tuple(sorted({event.role for event in events if event.role})), day=day, times=len(group),
        people=len({person for one in group for person in one.about}), first=group[0].at, last=group[-1].at,
        until=max(one.sequence for one in group), events=tuple(sorted(one.sequence for one in group))[:MOST_EVENTS],
    )  # fmt: skip


def reading_of(event: Event, own: set[str], keys: Keys) -> Reading:
    """An event as the rules see it. own: digests of the records that members told to be their own.

    Raises AccessLogError for an event that is not as it was written.
    """
    try:
        about = frozenset(int(one) for one in event.about.split(",") if one)
        at = datetime.fromisoformat(event.at)
    except ValueError:
        raise AccessLogError(
            f"Event {event.sequence:,} is not what was written. Run `stewardship log verify`."
        ) from None
    member = event.member
    mine = bool(own) and member is not None and event.did in OPENING
    return Reading(
        sequence=event.sequence, at=at, did=event.did, about=about, shown=event.shown or 0,
        query=event.query,
        refused=event.result == "refused" or event.did == Action.REFUSED,
        own=mine and any(own_digests(keys, member or 0, person) & own for person in about),
    )  # fmt: skip
