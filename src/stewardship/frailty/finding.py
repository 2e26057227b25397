"""Candidates that records gave, brought to the register: whom the vault knows, and what was not told of them before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import F, Q

from stewardship.access.log import Actor
from stewardship.frailty.actions_entry import reopen
from stewardship.frailty.models import Entry, Identification
from stewardship.frailty.proposing import BATCH, Candidate, Found, Place, Proposed, propose
from stewardship.frailty.words import Condition, Degree, Ended, Route, State
from stewardship.rules.frailty import candidates as rules
from stewardship.rules.frailty.candidates import Evidence, Reason, new_evidence
from stewardship.rules.frailty.conditions import Condition as RuleCondition
from stewardship.vault.crosswalk import standing_for
from stewardship.vault.keeping import kept

BACK = "Found in records again."


@dataclass(frozen=True)
class OfRecords:
    """Somebody whom records give a reason to ask about, by pseudonym, and where they are registered, by codes."""

    person_id: int
    practice: str
    network: str
    alliance: str
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Brought:
    """What became of candidates.

    back: how many had been withdrawn, and wait again. not_in_vault: how many were left out because the vault does not
    know who they are. people: the pseudonyms of everybody found, as they stand now.
    """

    proposed: Proposed
    back: int
    not_in_vault: int
    people: frozenset[int]


def bring(*, found: Iterable[OfRecords], as_of: date, by: Actor, now: datetime) -> Brought:
    """Let everybody found wait for a clinician, each batch whole.

    Whoever was found before is told of only with evidence that is new, so that a rejected one stays rejected without
    it. Whom the vault does not know cannot be shown to anybody, and is counted. as_of: the day of the records.
    """
    done, back, unknown, everybody, people = Proposed(), 0, 0, set[int](), iter(found)
    while batch := _as_they_stand(list(islice(people, BATCH))):
        there = kept({one.person_id for one in batch})
        known = [one for one in batch if one.person_id in there]
        back += _bring_back(there, by, now)
        done += propose(candidates=list(_candidates(known, as_of)), by=by, now=now)
        unknown += len(batch) - len(known)
        everybody |= {one.person_id for one in batch}
    return Brought(done, back, unknown, frozenset(everybody))


def _as_they_stand(batch: Sequence[OfRecords]) -> list[OfRecords]:
    """Each by the id that stands for them now."""
    now = standing_for([one.person_id for one in batch])
    return [replace(one, person_id=now.get(one.person_id, one.person_id)) for one in batch]


def _bring_back(found: set[int], by: Actor, now: datetime) -> int:
    """Let those wait again who were withdrawn when records gave no reason any more."""
    withdrawn = Entry.objects.standing().filter(state=State.ENDED, ended_because=Ended.NOT_FOUND)
    back = list(withdrawn.filter(person_id__in=found).order_by("pk"))
    for one in back:
        reopen(entry_id=one.pk, reason=BACK, by=by, seen_version=one.version, now=now)
    return len(back)


def _candidates(batch: Sequence[OfRecords], as_of: date) -> Iterator[Candidate]:
    entries = _entries([one.person_id for one in batch])
    told = _told({row["stands"] for row in entries.values()})
    for one in batch:
        entry = entries.get(one.person_id)
        before = told.get(entry["stands"], []) if entry else []
        new = new_evidence(one.reasons, before)
        yield Candidate(one.person_id, _place(one, entry), [found_of(each, as_of) for each in new])


def _entries(person_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The entry of each person who has one, with the key of the entry that stands for it."""
    columns = ("pk", "person_id", "merged_into_id", "care_home", "care_home_since")
    rows = Entry.objects.filter(person_id__in=person_ids).values(*columns)
    # of two entries of a person the standing one comes last, and is taken
    rows = rows.order_by(F("merged_into_id").desc(nulls_last=True), "pk")
    return {row["person_id"]: {**row, "stands": row["merged_into_id"] or row["pk"]} for row in rows}


def _told(entries: set[int]) -> Mapping[int, list[Reason]]:
    """By entry: every reason that records ever gave, of it or of one merged into it."""
    of_them = Q(entry_id__in=entries) | Q(entry__merged_into__in=entries)
    found: dict[int, list[Reason]] = {}
    for row in Identification.objects.filter(of_them).select_related("entry"):
        reason = reason_of(row)
        if reason is not None:
            found.setdefault(row.entry.merged_into_id or row.entry_id, []).append(reason)
    return found


def _place(one: OfRecords, entry: Mapping[str, Any] | None) -> Place:
    """Records do not tell which care home somebody lives in: what the entry says of it stands."""
    place = Place(practice=one.practice, network=one.network, alliance=one.alliance)
    if entry is None:
        return place
    return replace(place, care_home=entry["care_home"], care_home_since=entry["care_home_since"])


def found_of(reason: Reason, as_of: date) -> Found:
    """A reason as the register keeps it. seen_on is the day of its latest fact, or of the records where it has none."""
    items = [
        {"what": each.what, "code": each.code, "on": each.on.isoformat() if each.on else ""}
        for each in reason.evidence
    ]
    return Found(
        route=Route(reason.route.value),
        reason=reason.words,
        seen_on=reason.latest or as_of,
        condition=Condition(reason.condition.value),
        degree=Degree(reason.degree) if reason.degree else None,
        evidence={"found": items},
    )


def reason_of(row: Identification) -> Reason | None:
    """What the register keeps as the reason that records gave; None for what somebody told by hand."""
    if row.route not in set(rules.Route) or "found" not in row.evidence:
        return None
    evidence = tuple(
        Evidence(each["what"], each["code"], date.fromisoformat(each["on"]) if each["on"] else None)
        for each in row.evidence["found"]
    )
    return Reason(
        route=rules.Route(row.route),
        condition=RuleCondition(row.condition),
        degree=row.degree,
        words=row.reason,
        evidence=evidence,
    )


def evidence_in_words(row: Identification) -> list[str]:
    """What was found, each thing once with its day, or the last of its days; empty for what was told by hand."""
    reason = reason_of(row)
    days: dict[tuple[str, str], list[date | None]] = {}
    for each in reason.evidence if reason else ():
        days.setdefault((each.what, each.code), []).append(each.on)
    return [
        _in_words(what, code, [on for on in found if on is not None]) for (what, code), found in days.items()
    ]


def _in_words(what: str, code: str, days: Sequence[date]) -> str:
    named = f"{what} ({code})" if code else what
    if not days:
        return named
    earlier = f" and {len(days) - 1} earlier" if len(days) > 1 else ""
    return f"{named}, {max(days).day} {max(days):%B %Y}{earlier}"
