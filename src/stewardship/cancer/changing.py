"""How shared work is changed: from the version that was seen, whole or not at all, by somebody, and written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from stewardship.access.log import Action, Actor, record
from stewardship.cancer.base import Author
from stewardship.cancer.models import TrackedPathway
from stewardship.cancer.rows import refresh

OTHER_CHANGED = "Your change is not saved: someone else changed this first."


@dataclass(frozen=True)
class Change:
    """One change of a pathway: version that it made, what was done in words, who did it and when."""

    version: int
    did: str
    by: str
    at: datetime


class StaleError(Exception):
    """Somebody else changed the pathway first; nothing was saved, and nothing that was typed is lost.

    pathway: as it is now. since: what was done to it after the version that was seen, latest first. tried: what was
    about to be written, field by field, as it was given.
    """

    def __init__(self, pathway: TrackedPathway, since: Sequence[Change], tried: Mapping[str, object]) -> None:
        super().__init__(OTHER_CHANGED)
        self.pathway, self.since, self.tried = pathway, since, tried


def author_of(by: Actor) -> Author:
    """Who acts, as a row that work refers to. Raises ValidationError for a stranger."""
    if not by.known:
        raise ValidationError("Nobody is named who does this. Sign in again.")
    asked: dict[str, Any] = {
        "member_id": by.member_id, "name": by.name, "role": by.role, "organisation": by.organisation
    }  # fmt: skip
    return Author.objects.get_or_create(**asked)[0]


def locked_at(pathway_id: int, seen_version: int, **tried: object) -> TrackedPathway:
    """A pathway, locked until the transaction ends. Raises StaleError for a version that is no longer current."""
    pathway = TrackedPathway.objects.select_for_update().get(pk=pathway_id)
    if pathway.version != seen_version:
        raise StaleError(pathway, changes_since(pathway, seen_version), tried)
    return pathway


def changes_since(pathway: TrackedPathway, version: int) -> list[Change]:
    """What was done to a pathway after a version, latest first."""
    later = list(pathway.history.filter(version__gt=version).order_by("-version", "-history_date"))
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
    pathway: TrackedPathway,
    did: str,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
    action: Action = Action.CHANGE,
) -> TrackedPathway:
    """Save a pathway as its next version, refresh its row of the list, and write down who did what to whom.

    why: as somebody typed it. It may name people, so it stands in the pathway's history and not in the access log.
    """
    keep(pathway, ": ".join(filter(None, (did, why.strip()))), author_of(by), now)
    refresh([pathway.pk], as_of=day_of(now))
    log(pathway, did, by=by, action=action)
    return pathway


def keep(record_: Any, why: str, author: Author, now: datetime) -> None:
    """Save a row that has a history, with who changed it and why. A pathway gets its next version."""
    if isinstance(record_, TrackedPathway) and record_.pk is not None:
        record_.version += 1
    record_.changed_by, record_._change_reason, record_._history_date = author, why[:300], now
    record_.full_clean(validate_constraints=True)
    record_.save()


def log(pathway: TrackedPathway, did: str, *, by: Actor, action: Action = Action.CHANGE) -> None:
    """Write down who did what about whom; without it nothing is saved."""
    via: Any = "command" if by.member_id is None else "page"
    record(by=by, did=action, about=[pathway.person_id], reason=f"cancer tracking: {did}", via=via)


def require(holds: bool, sentence: str) -> None:
    """Refuse what cannot be, in a sentence for the person who typed it."""
    if not holds:
        raise ValidationError(sentence)


def day_of(now: datetime) -> date:
    """The day of a moment, here."""
    return timezone.localdate(now)


def not_later(day: date | None, now: datetime, what: str) -> None:
    """Refuse a day that has not come yet. what: begins the sentence, such as "The person was told"."""
    if day is not None:
        require(day <= day_of(now), f"{what} on a day that has not come yet. Correct the date.")


def not_before(day: date | None, earliest: date | None, sentence: str) -> None:
    """Refuse a day before another."""
    if day is not None and earliest is not None:
        require(day >= earliest, sentence)
