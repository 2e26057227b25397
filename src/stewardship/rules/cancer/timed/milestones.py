"""The timed pathways that are configured: which milestones, in which order, by which day, and who owes them.

Source: `milestones.toml`, which says where its days come from.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from stewardship.rules.cancer.timed.configured import configured, in_force

GENERIC = "generic"
EVERY = "every"
At = Literal["done", "reported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What should have happened by a day of the pathway.

    at: which of the dates of its code counts. order: those of one number may come in any order. earliest, day: whole
    days from day zero. step: how a next step names it. only_where: empty, or the condition under which it is needed at
    all. kind: which queue it waits in, or empty. verb, owner: codes of the next step while nobody has asked for it.
    """

    code: str
    at: At
    words: str
    step: str
    order: int
    day: int
    earliest: int
    mandatory: bool
    only_where: str
    kind: str
    verb: str
    owner: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedPathway:
    """A timed pathway. rows: all its own milestones, of every time they were in force. part_of: a key, or empty."""

    key: str
    name: str
    source: str
    part_of: str
    referral_types: tuple[str, ...]
    diagnoses: tuple[str, ...]
    rows: tuple[Milestone, ...]


@cache
def timed_pathways() -> dict[str, TimedPathway]:
    """The timed pathways by their keys, in the order in which they are shown."""
    told = configured("milestones")["pathways"]
    return {key: _pathway(key, row) for key, row in told.items() if key != EVERY}


def timed_pathway_of(referral_type: str, diagnosis: str = "", chosen: str = "") -> str:
    """The key of the timed pathway that a referral takes; "generic" where none is configured for it.

    referral_type: the code of the urgent referral ("07"). diagnosis: ICD-10 with or without its dot, or empty. chosen:
    a key that somebody chose at triage, or empty; one that is not configured any more is passed over. What was chosen
    goes before a diagnosis, and a diagnosis before the type, which prostate shares with other urological cancers.
    """
    if chosen in timed_pathways():
        return chosen
    bare = diagnosis.replace(".", "").upper()
    for pathway in timed_pathways().values():
        if bare.startswith(pathway.diagnoses or ("-",)):
            return pathway.key
    kept = (p.key for p in timed_pathways().values() if referral_type in p.referral_types)
    return next(kept, GENERIC)


@cache
def milestones_of(key: str, start: date) -> tuple[Milestone, ...]:
    """The milestones of a timed pathway for a clock that started on this day, in the order of the pathway.

    ValueError for a key that is not configured.
    """
    found: dict[tuple[str, str], Milestone] = {}
    for row in in_force(_rows(key), start):
        found.setdefault((row.code, row.at), row)
    return tuple(sorted(found.values(), key=lambda row: (row.order, row.day)))


def is_milestone_code(code: str) -> bool:
    """Whether a file may name this code: one of the configured, or TEST1 to TEST9."""
    codes = configured("milestones")["codes"]
    return (code in codes and code != "TEST") or re.fullmatch("TEST[1-9]", code) is not None


def code_words(code: str) -> str:
    """A milestone code in words; of a code that is not configured, itself."""
    codes = configured("milestones")["codes"]
    if re.fullmatch("TEST[1-9]", code):
        return f"Key test {code[-1]}"
    return str(codes.get(code, code))


def owner_words(code: str) -> str:
    """Who an owner code means; of a code of the workspace's own, itself."""
    return str(configured("milestones")["owners"].get(code, code))


def verb_words(code: str) -> str:
    """What a next step does, in words; KeyError for an unknown verb."""
    return str(configured("milestones")["verbs"][code]["words"])


def verb_owner(code: str) -> str:
    """The owner of whatever is done by this verb, or empty where it is the milestone's own."""
    return str(configured("milestones")["verbs"][code].get("owner", ""))


def _rows(key: str) -> tuple[Milestone, ...]:
    if key not in timed_pathways():
        known = ", ".join(timed_pathways())
        raise ValueError(f'There is no timed pathway "{key}". Use one of: {known}.')
    pathway = timed_pathways()[key]
    above = _rows(pathway.part_of) if pathway.part_of else _every().rows
    return (*pathway.rows, *above)


@cache
def _every() -> TimedPathway:
    return _pathway(EVERY, configured("milestones")["pathways"][EVERY])


def _pathway(key: str, row: dict[str, Any]) -> TimedPathway:
    return TimedPathway(
        key=key,
        name=row["name"],
        source=row["source"],
        part_of=row.get("part_of", ""),
        referral_types=tuple(row.get("referral_types", ())),
        diagnoses=tuple(row.get("diagnoses", ())),
        rows=tuple(_milestone(told) for told in row.get("milestones", ())),
    )


def _milestone(row: dict[str, Any]) -> Milestone:
    return Milestone(
        code=row["code"],
        at=row["at"],
        words=row["words"],
        step=row.get("step", _within_a_sentence(row["words"])),
        order=row["order"],
        day=row["day"],
        earliest=row.get("earliest", row["day"]),
        mandatory=row.get("mandatory", False),
        only_where=row.get("only_where", ""),
        kind=row.get("kind", ""),
        verb=row["verb"],
        owner=row["owner"],
        since=row["from"],
        until=row.get("until"),
    )


def _within_a_sentence(words: str) -> str:
    """Words that began a line, without their capital, unless they begin with an abbreviation."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
