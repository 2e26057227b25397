"""Candidates: who may belong on the register, by which route and evidence. Proposed to a clinician, never put on it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from stewardship.access.authored import day_of
from stewardship.access.log import Action, Actor, record
from stewardship.frailty.base import Author
from stewardship.frailty.changing import author_of
from stewardship.frailty.models import Decision, Entry, Identification
from stewardship.frailty.rows import refresh
from stewardship.frailty.words import Condition, Decided, Degree, Route, State

BATCH = 500
PLACED = ["practice", "network", "alliance", "care_home", "care_home_since"]


@dataclass(frozen=True)
class Place:
    """Where somebody is registered, by codes, and which organisation and team look after them.

    owner: organisation that answers for the entry; without one, the practice. care_home: code of the home; "" for
    their own home. care_home_since: the day they moved in, if it is known.
    """

    practice: str = ""
    network: str = ""
    alliance: str = ""
    owner: str = ""
    team: str = ""
    care_home: str = ""
    care_home_since: date | None = None

    def fields(self) -> dict[str, Any]:
        """As an entry has them."""
        return {
            "practice": self.practice, "network": self.network, "alliance": self.alliance,
            "owner": self.owner or self.practice, "team": self.team, "care_home": self.care_home,
            "care_home_since": self.care_home_since,
        }  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One reason why somebody may belong on the register. Fields as in `Identification`; evidence is JSON."""

    route: Route
    reason: str
    seen_on: date
    condition: Condition | None = None
    degree: Degree | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def row(self, entry: Entry, author: Author, now: datetime) -> Identification:
        """As it is kept of an entry; not saved."""
        return Identification(
            entry=entry, route=self.route, condition=self.condition or "", degree=self.degree or "",
            reason=self.reason, evidence=dict(self.evidence), evidence_digest=told_once(self),
            seen_on=self.seen_on, at=now, by=author,
        )  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """One person, by pseudonym, with all reasons why they may belong on the register."""

    person_id: int
    place: Place
    found: Sequence[Found]


@dataclass(frozen=True)
class Proposed:
    """What became of candidates: new entries, entries proposed again, entries with more evidence, and the rest."""

    new: int = 0
    again: int = 0
    more: int = 0
    known: int = 0

    def __add__(self, other: "Proposed") -> "Proposed":
        return Proposed(
            self.new + other.new, self.again + other.again, self.more + other.more, self.known + other.known
        )


def told_once(found: Found) -> str:
    """The digest by which evidence is recognised: of its route, condition and what was found."""
    told = [found.route, found.condition or "", found.degree or "", found.evidence]
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()


def propose(*, candidates: Iterable[Candidate], by: Actor, now: datetime) -> Proposed:
    """Let candidates wait for a clinician; five hundred at a time, each batch whole and logged as one event.

    Nobody's entry leaves the register by it, and nobody's comes onto it. Of everybody, where they are registered is
    brought up to date. Proposing the same again changes nothing. Raises AccessLogError; batches before stay.
    """
    done, some = Proposed(), list[Candidate]()
    for one in candidates:
        some.append(one)
        if len(some) == BATCH:
            done, some = done + _proposed(some, by, now), []
    return done + _proposed(some, by, now) if some else done


@transaction.atomic
def _proposed(some: Sequence[Candidate], by: Actor, now: datetime) -> Proposed:
    author, people = author_of(by), {one.person_id: one for one in some}
    held = _held(people)
    new = [
        Entry(person_id=each, made_at=now, made_by=author, **people[each].place.fields())
        for each in people
        if each not in held
    ]
    bulk_create_with_history(
        new, Entry, batch_size=BATCH, default_change_reason="proposed", default_date=now, default_user=None
    )
    made = held | {one.person_id: one for one in new}
    fresh = _fresh(made, people, author, now)
    Identification.objects.bulk_create([row for rows in fresh.values() for row in rows], BATCH)
    back = [made[each] for each in fresh if made[each].state == State.REJECTED]
    moved = [one for each, one in held.items() if _moved(one, people[each].place)]
    for one in back:
        one.state = State.TO_CONFIRM
    _decided(new, Decided.PROPOSED, author, now)
    _decided(back, Decided.PROPOSED_AGAIN, author, now)
    _changed({one.pk: one for one in (*back, *moved)}, author, now)
    touched = {one.pk for one in (*new, *back, *moved)} | {made[each].pk for each in fresh}
    refresh(touched)
    if touched:
        about = [one.person_id for one in made.values() if one.pk in touched]
        record(
            by=by, did=Action.CREATE, about=about, shown=len(about), via="command",
            reason="frailty register: proposed to be confirmed",
        )  # fmt: skip
    more = len(fresh.keys() - {one.person_id for one in (*new, *back)})
    return Proposed(len(new), len(back), more, len(people) - len(new) - len(back) - more)


def _held(people: Mapping[int, Candidate]) -> dict[int, Entry]:
    """The entries of these people; of somebody whose entry was merged, the one that stands for it."""
    standing = Entry.objects.select_for_update().standing()
    found = {one.person_id: one for one in standing.filter(person_id__in=people)}
    merged = Entry.objects.filter(person_id__in=people, merged_into__isnull=False).select_related(
        "merged_into"
    )
    for one in merged:
        if one.merged_into is not None:
            found.setdefault(one.person_id, one.merged_into)
    return found


def _fresh(
    made: Mapping[int, Entry], people: Mapping[int, Candidate], author: Author, now: datetime
) -> dict[int, list[Identification]]:
    """By person: the evidence that was not told before, of their entry or one merged into it."""
    pks = [one.pk for one in made.values()]
    merged = dict(Entry.objects.filter(merged_into__in=pks).values_list("pk", "merged_into_id"))
    told = {
        (merged.get(entry, entry), digest)
        for entry, digest in Identification.objects.filter(entry_id__in=[*pks, *merged]).values_list(
            "entry_id", "evidence_digest"
        )
    }
    fresh: dict[int, list[Identification]] = {}
    for person_id, one in people.items():
        for found in one.found:
            key = (made[person_id].pk, told_once(found))
            if key not in told:
                told.add(key)
                fresh.setdefault(person_id, []).append(found.row(made[person_id], author, now))
    return fresh


def _moved(entry: Entry, place: Place) -> bool:
    """Whether somebody is registered or lives elsewhere now; then the entry says so."""
    wanted = {name: value for name, value in place.fields().items() if name in PLACED}
    before = {name: getattr(entry, name) for name in PLACED}
    if wanted["care_home"] == before["care_home"] and wanted["care_home_since"] is None:
        wanted["care_home_since"] = before["care_home_since"]
    for name, value in wanted.items():
        setattr(entry, name, value)
    if wanted != before and entry.owner == before["practice"] and entry.owner != "":
        entry.owner = place.practice or entry.owner
    return wanted != before


def _decided(entries: Sequence[Entry], what: Decided, author: Author, now: datetime) -> None:
    on = day_of(now)
    Decision.objects.bulk_create(
        [Decision(entry=one, decided=what, on=on, at=now, by=author) for one in entries], BATCH
    )


def _changed(entries: Mapping[int, Entry], author: Author, now: datetime) -> None:
    """Save entries as their next versions, with their histories."""
    rows = list(entries.values())
    for one in rows:
        one.version += 1
        one.changed_by = author
    if rows:
        bulk_update_with_history(
            rows, Entry, [*PLACED, "owner", "state", "version"], batch_size=BATCH,
            default_change_reason="proposed again, or registered elsewhere", default_date=now,
        )  # fmt: skip
