"""Appending to the log and reading it, on SQLite and PostgreSQL."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import reduce
from operator import or_

from django.db import DatabaseError, connections, transaction
from django.db.models import Q
from filelock import FileLock, Timeout

from stewardship.access.actions import Action
from stewardship.access.chain import OLD_SEAL, Event, Head, Verdict, age_of, chained, verify
from stewardship.access.head import HeadFile
from stewardship.access.keys import AccessLogError, Keys
from stewardship.access.models import AccessEvent

COLUMNS = tuple(field.name for field in fields(Event))
WAIT_SECONDS = 20
OURS = 7_202_511_300_417  # our number among a PostgreSQL server's advisory locks
ERASED = (
    "Every event and the sealed head are gone, though accounts were kept here, each change of which was an event. Put "
    "them back from the last back-up, or run `stewardship log resume`."
)
UNWRITABLE = "The access log cannot be written, so nothing about a person can be shown now."


@dataclass(frozen=True)
class Log:
    """One log: a table reached through a Django connection, its sealed head, and its keys.

    begun: whether anything beside the two shows that events were written, so that their loss together is found.
    """

    alias: str
    head: HeadFile
    keys: Keys
    begun: Callable[[], bool] = lambda: False

    def append(self, event: Event) -> int:
        """Write one event durably; its sequence, previous and hash are set here. Returns the sequence.

        Raises AccessLogError where it cannot be written, or where the log no longer reaches its sealed head.
        """
        return self._append(event, self._check_that_it_reaches_its_head)

    def resume(self, event: Event) -> int:
        """Go on after a loss that is known, such as a backup put back: this event says so, and is sealed.

        Only a lost tail can be passed over: raises AccessLogError where the events that are there are not whole.
        """
        if fault := verify(self.events(), Head(), self.keys).fault:
            raise AccessLogError(f"The access log cannot be resumed. {fault}")
        return self._append(event, lambda _last: None)

    def verify(self, kept: Head | None = None) -> Verdict:
        """Walk the whole chain as it stands, in constant memory. kept: as in `chain.verify`."""
        reached = 0

        def counted() -> Iterator[Event]:
            nonlocal reached
            for event in self.events():
                yield event
                reached = event.sequence

        try:
            head = self.head.read(self.keys)
            found = verify(counted(), head, self.keys, kept)
            return replace(found, fault=ERASED) if found.whole and self._erased(found.head, head) else found
        except AccessLogError as error:
            return Verdict(0, str(error))
        except DatabaseError:
            return Verdict(reached, f"What follows event {reached:,} cannot be read: the table is damaged.")

    def events(self) -> Iterator[Event]:
        """Every event as it stands in the table, by sequence, a few at a time."""
        rows = AccessEvent.objects.using(self.alias).order_by("sequence").values_list(*COLUMNS)
        return (Event(*row) for row in rows.iterator(chunk_size=2000))

    def since(self, moment: str) -> Iterator[Event]:
        """Events from that moment on, member by member. moment: as `written_moment` writes it."""
        rows = AccessEvent.objects.using(self.alias).filter(at__gte=moment)
        ordered = rows.order_by("member", "name", "sequence").values_list(*COLUMNS)
        return (Event(*row) for row in ordered.iterator(chunk_size=2000))

    def of(self, *actions: Action) -> list[Event]:
        """Every event of these actions, in order."""
        return self._found(did__in=[action.value for action in actions])

    def numbered(self, sequences: Sequence[int]) -> list[Event]:
        """The events of these numbers, in order."""
        return self._found(sequence__in=sequences)

    def about(
        self, people: Collection[int], before: int | None = None, most: int | None = None
    ) -> list[Event]:
        """Events about any of these people, newest first. before: only those numbered lower. most: how many."""
        wanted = reduce(or_, (Q(about__contains=f",{person},") for person in people), Q(pk__in=[]))
        rows = AccessEvent.objects.using(self.alias).filter(wanted).order_by("-sequence")
        if before is not None:
            rows = rows.filter(sequence__lt=before)
        return [Event(*row) for row in rows.values_list(*COLUMNS)[:most]]

    def _found(self, **wanted: object) -> list[Event]:
        rows = AccessEvent.objects.using(self.alias).filter(**wanted).order_by("sequence")
        return [Event(*row) for row in rows.values_list(*COLUMNS)]

    def _append(self, event: Event, check: Callable[[Head], None]) -> int:
        with (
            _said_plainly(),
            FileLock(self.head.path.with_suffix(".lock"), WAIT_SECONDS, poll_interval=0.005),
        ):
            with transaction.atomic(using=self.alias, durable=True):
                self._wait_for_other_computers()
                last = self._last()
                check(last)
                new = chained(replace(event, sequence=last.sequence + 1, previous=last.hash), self.keys)
                self._insert(new)
            self.head.write(Head(new.sequence, new.hash), self.keys)
        return new.sequence

    def _wait_for_other_computers(self) -> None:
        """SQLite has taken its write lock already; PostgreSQL is asked for one of ours, and to be durable."""
        if connections[self.alias].vendor == "postgresql":
            with connections[self.alias].cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
                cursor.execute("SET LOCAL synchronous_commit = on")
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OURS])

    def _last(self) -> Head:
        rows = AccessEvent.objects.using(self.alias).order_by("-sequence").values_list("sequence", "hash")
        found = rows.first()
        return Head(*found) if found else Head()

    def _insert(self, event: Event) -> None:
        AccessEvent.objects.using(self.alias).bulk_create([AccessEvent(**vars(event))])

    def _check_that_it_reaches_its_head(self, last: Head) -> None:
        """A log that was cut, and then goes on, would soon be longer than its head and look whole."""
        head = self.head.read(self.keys)
        if self._erased(last, head):
            raise AccessLogError(f"{ERASED} Nothing is written or shown.")
        if head is None and last == Head():
            self.head.write(last, self.keys)
        elif head is None or self._hash_at(head.sequence) != head.hash:
            raise AccessLogError(
                "The access log does not reach its sealed head: events are gone, so nothing is written or shown. "
                "Run `stewardship log verify`."
            )
        elif head.age and self._too_old(head, last):
            raise AccessLogError(f"{OLD_SEAL} Nothing is written or shown. Run `stewardship log verify`.")

    def _too_old(self, head: Head, last: Head) -> bool:
        ages = {one.sequence: age_of(one, self.keys) for one in self.numbered((head.sequence, last.sequence))}
        newer = min((number for number, age in ages.items() if age is not None and age < head.age), default=0)
        return bool(newer) and head.sealed_too_early(newer, last.sequence)

    def _erased(self, last: Head, head: Head | None) -> bool:
        return last == Head() and head in (None, Head()) and self.begun()

    def _hash_at(self, sequence: int) -> str:
        if sequence == 0:
            return Head().hash
        rows = AccessEvent.objects.using(self.alias).filter(sequence=sequence)
        return rows.values_list("hash", flat=True).first() or ""


@contextmanager
def _said_plainly() -> Iterator[None]:
    """The database's own words may hold what was to be written: they are not passed on."""
    try:
        yield
    except (DatabaseError, OSError, Timeout, ValueError) as error:
        raise AccessLogError(f"{UNWRITABLE} ({type(error).__name__})") from None
