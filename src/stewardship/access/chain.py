"""The chain of events: each is sealed with the log's key together with the seal of the one before it."""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter

from stewardship.access.actions import Action
from stewardship.access.keys import Keys

NO_EVENT = "0" * 64  # what stands before the first event
OLD_SEAL = (
    "The head is sealed with an older key than the last events: it does not show that none was cut off."
)


@dataclass(frozen=True)
class Event:
    """One row of the log, as it stands in the table.

    sequence: 1, 2, 3 and so on without a gap. at: UTC, ISO 8601 with microseconds. member: the member's key, None
    for a command or a stranger. name, role, organisation: at that time. session: digest. about: ",17,42," the ids
    of the people shown. query: fields searched and digests of their terms. shown: rows shown. reason: closed with
    the log's key. previous: hash of the event before. hash: HMAC-SHA-256 of all the rest.
    """

    sequence: int
    at: str
    member: int | None
    name: str
    role: str
    organisation: str
    session: str
    client: str
    did: str
    about: str
    query: str
    shown: int | None
    reason: str
    result: str
    via: str
    previous: str
    hash: str = ""


@dataclass(frozen=True)
class Head:
    """The last event that was sealed outside the table. age: how many keys are newer than the one that sealed it."""

    sequence: int = 0
    hash: str = NO_EVENT
    age: int = field(default=0, compare=False)

    def sealed_too_early(self, newer: int, last: int) -> bool:
        """Whether it should have been sealed by the newer key that sealed event `newer` and all after it.

        last: number of the last event. A crash after the first event of a new key leaves the head one behind.
        """
        return not newer == last == self.sequence + 1


@dataclass(frozen=True)
class Verdict:
    """What verifying found. fault: the first place that is wrong, in one sentence; "" where all is whole.

    events: how many were whole before it. note: what is not wrong but worth knowing. head: the last whole event.
    """

    events: int
    fault: str = ""
    note: str = ""
    head: Head = Head()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.fault


_kept = attrgetter(*(field.name for field in fields(Event) if field.name != "hash"))


def canonical(event: Event) -> bytes:
    """An event without its hash, as bytes that no other event has.

    Raises TypeError for what is neither text, whole number nor None.
    """
    values = _kept(event)
    if not {type(value) for value in values} <= {int, str, type(None)}:
        raise TypeError("A field of the event is neither text nor a whole number.")
    return json.dumps(values, separators=(",", ":")).encode("ascii")


def chained(event: Event, keys: Keys) -> Event:
    """The event with its hash, under the newest key."""
    return replace(event, hash=keys.seal(canonical(event), "event"))


def age_of(event: Event, keys: Keys) -> int | None:
    """How many keys are newer than the one that sealed the event; None where none of them did."""
    try:
        seals = keys.seals(canonical(event), "event")
        return next((age for age, seal in enumerate(seals) if hmac.compare_digest(seal, event.hash)), None)
    except TypeError:
        return None


def verify(events: Iterable[Event], head: Head | None, keys: Keys, kept: Head | None = None) -> Verdict:
    """Walk the chain once, in the order given, and find the first place where it is not what was written.

    head: what is sealed outside the table, None where that is gone. kept: an event that somebody noted at an
    earlier verification, to be found again. Memory does not grow with the events.
    """
    walk = _Walk(keys, (head or Head(), kept or Head()), (head or Head()).age)
    for event in events:
        if fault := walk.fault_of(event):
            return Verdict(walk.last.sequence, fault, head=walk.last)
        walk.passes(event)
    if head and walk.newer and head.sealed_too_early(walk.newer, walk.last.sequence):
        return Verdict(walk.last.sequence, OLD_SEAL, head=walk.last)
    return _at_the_end(walk.last, head, kept, walk.resumed)


def _at_the_end(last: Head, head: Head | None, kept: Head | None, resumed: int) -> Verdict:
    gone = max(head or Head(), kept or Head(), key=lambda one: one.sequence)
    fault = ""
    note = f"The log was resumed after a loss, last at event {resumed:,}." if resumed else ""
    if gone.sequence > last.sequence:
        fault = (
            f"{_gone(last.sequence + 1, gone.sequence)} gone: the log ends at event {last.sequence:,}, but event "
            f"{gone.sequence:,} was sealed."
        )
    elif head is None and last.sequence:
        fault = f"The sealed head is gone, so nothing shows that event {last.sequence:,} is the last one."
    elif head and head.sequence < last.sequence:
        note += (
            f" {last.sequence - head.sequence:,} of the last events were written after the head was sealed, as "
            "after a crash. The next event seals them."
        )
    return Verdict(last.sequence, fault, note.strip(), last)


class _Walk:
    """Where the walk along the chain stands, and which key it has come to."""

    def __init__(self, keys: Keys, known: tuple[Head, ...], age_of_head: int) -> None:
        self.last = Head()
        self.resumed = 0
        self.newer = 0  # the first event that a newer key sealed than the head
        self._age_of_head = age_of_head
        self._keys = keys
        self._known = known
        self._age = len(keys.secrets) - 1  # of the key that sealed the last event: it only gets newer

    def fault_of(self, event: Event) -> str:
        """What is wrong with the next event, in a sentence; "" for nothing."""
        expected = self.last.sequence + 1
        if event.sequence != expected:
            return _out_of_order(event.sequence, expected)
        if event.previous != self.last.hash:
            return f"Event {expected:,} does not follow event {expected - 1:,}: one of them was changed."
        if not self._sealed(event):
            return f"Event {expected:,} is not what was written: a field of it was changed."
        if any(one.hash != event.hash for one in self._known if one.sequence == expected):
            return f"Event {expected:,} is not the one that was sealed outside the log: the log was replaced."
        return ""

    def passes(self, event: Event) -> None:
        """Step on to an event without fault."""
        self.last = Head(event.sequence, event.hash)
        if event.did == Action.RESUME_LOG:
            self.resumed = event.sequence
        if not self.newer and self._age < self._age_of_head:
            self.newer = event.sequence

    def _sealed(self, event: Event) -> bool:
        age = age_of(event, self._keys)
        if age is None or age > self._age:
            return False
        self._age = age
        return True


def _out_of_order(found: object, expected: int) -> str:
    if isinstance(found, int) and found > expected:
        return f"{_gone(expected, found - 1)} gone: after event {expected - 1:,} comes event {found:,}."
    return (
        f"After event {expected - 1:,} comes one numbered {found!r} where {expected:,} was due: out of order."
    )


def _gone(first: int, last: int) -> str:
    return f"Event {first:,} is" if first == last else f"Events {first:,} to {last:,} are"
