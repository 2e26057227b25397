"""How an entry is changed: from the version that was seen, whole or not at all, by somebody, and written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from stewardship.access.authored import author_row
from stewardship.access.log import Action, Actor, record
from stewardship.frailty.base import Author
from stewardship.frailty.models import Entry
from stewardship.frailty.rows import refresh

Kept = TypeVar("Kept", bound=Model)

OTHER_CHANGED = "Your change is not saved: someone else changed this first."


@dataclass(frozen=True)
class Change:
    """One change of an entry: version that it made, what was done in words, who did it and when."""

    version: int
    did: str
    by: str
    at: datetime


class StaleError(Exception):
    """Somebody else changed the entry first; nothing was saved, and nothing that was typed is lost.

    entry: as it is now. since: what was done to it after the version that was seen, latest first. tried: what was
    about to be written, field by field, as it was given.
    """

    def __init__(self, entry: Entry, since: Sequence[Change], tried: Mapping[str, object]) -> None:
        super().__init__(OTHER_CHANGED)
        self.entry, self.since, self.tried = entry, since, tried


def author_of(by: Actor) -> Author:
    """Who acts, as a row that work refers to. Raises ValidationError for a stranger."""
    return author_row(Author, by)


def locked(entry_id: int) -> Entry:
    """An entry, locked until the transaction ends; for what is only added, and so needs no version."""
    return Entry.objects.select_for_update().get(pk=entry_id)


def locked_at(entry_id: int, seen_version: int, **tried: object) -> Entry:
    """An entry, locked until the transaction ends. Raises StaleError for a version that is no longer current."""
    entry = locked(entry_id)
    if entry.version != seen_version:
        raise StaleError(entry, changes_since(entry, seen_version), tried)
    return entry


def changes_since(entry: Entry, version: int) -> list[Change]:
    """What was done to an entry after a version, latest first."""
    later = list(entry.history.filter(version__gt=version).order_by("-version", "-history_date"))
    names = dict(
        Author.objects.filter(pk__in={each.history_user_id for each in later}).values_list("pk", "name")
    )
    return [
        Change(
            each.version,
            each.history_change_reason or "",
            names.get(each.history_user_id, ""),
            each.history_date,
        )
        for each in later
    ]


def saved(
    entry: Entry,
    did: str,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
    action: Action = Action.CHANGE,
) -> Entry:
    """Save an entry as its next version, work out its row, and write down who did what to whom.

    why: as somebody typed it. It may name people, so it stands in the entry's history and not in the access log.
    """
    keep(entry, ": ".join(filter(None, (did, why.strip()))), author_of(by), now)
    refresh([entry.pk])
    log(entry, did, by=by, action=action)
    return entry


def keep(row: Any, why: str, author: Author, now: datetime) -> None:
    """Save a row that has a history, with who changed it and why. An entry gets its next version."""
    if isinstance(row, Entry) and row.pk is not None:
        row.version += 1
    row.changed_by, row._change_reason, row._history_date = author, why[:300], now
    row.full_clean(validate_constraints=True)
    row.save()


def added(entry: Entry, row: Kept, did: str, by: Actor, now: datetime) -> Kept:
    """Save a row that hangs on an entry, and the entry as its next version, so that whoever looks sees both or none."""
    if hasattr(row, "history"):
        keep(row, did, author_of(by), now)
    else:
        row.full_clean()
        row.save()
    saved(entry, did, by=by, now=now)
    return row


def log(entry: Entry, did: str, *, by: Actor, action: Action = Action.CHANGE) -> None:
    """Write down who did what about whom; without it nothing is saved."""
    via: Any = "command" if by.member_id is None else "page"
    record(by=by, did=action, about=[entry.person_id], reason=f"frailty register: {did}", via=via)
