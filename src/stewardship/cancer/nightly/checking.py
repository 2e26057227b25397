"""The rows of the two files, checked: each is a pathway that can be kept, or is set aside with column and reason."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stewardship.cancer.models import TrackedPathway, Transfer, Treatment
from stewardship.cancer.nightly.columns import KEY, Column
from stewardship.cancer.nightly.order import out_of_order
from stewardship.cancer.nightly.reading import Sheet
from stewardship.cancer.nightly.values import NotAValueError, day_of, of_columns
from stewardship.rules.cancer.allocation import trust_of
from stewardship.system.cancer import DayOrder
from stewardship.vault.person import Person
from stewardship.vault.rows import DEMOGRAPHICS, RowError, person_of

Key = tuple[str, str]
"""Issuer and identifier of a pathway."""

TREATMENT_PARTS = ("treatment", "delay")
AGES = ((0, 39, "under 40"), (40, 49, "40-49"), (50, 59, "50-59"), (60, 69, "60-69"), (70, 79, "70-79"))


@dataclass(frozen=True, order=True)
class Rejected:
    """A row that was set aside. column: heading; reason: in words, with nothing of the person."""

    file: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, repr=False)
class SentPathway:
    """One pathway as a file says it. pathway, treatments, transfer: fields and values; transfer may be empty.

    delays: by standard, code and comment. identity: digest of who the person is, so that a change is seen without
    keeping a name outside the vault.
    """

    row: int
    key: Key
    person: Person
    identity: str
    pathway: Mapping[str, Any]
    treatments: Sequence[Mapping[str, Any]]
    transfer: Mapping[str, Any]
    delays: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class SentEvent:
    """One milestone as a file says it."""

    row: int
    fields: Mapping[str, Any]


@dataclass(repr=False)
class Checked:
    """What can be used of both files.

    name: of the file of pathways. seen: keys of every row that names a pathway, also of those set aside.
    sent: by file, how many rows it has. digests: of the bytes of both files.
    """

    name: str = ""
    pathways: dict[Key, SentPathway] = field(default_factory=dict)
    events: dict[Key, dict[str, SentEvent]] = field(default_factory=dict)
    unusable_events: set[tuple[Key, str]] = field(default_factory=set)
    rejected: list[Rejected] = field(default_factory=list)
    seen: set[Key] = field(default_factory=set)
    sent: dict[str, int] = field(default_factory=dict)
    digests: tuple[str, str] = ("", "")

    @property
    def providers(self) -> frozenset[str]:
        """The providers whose pathways the files tell of: those that issued them."""
        return frozenset(trust_of(issuer) for issuer, _ in self.seen)


@dataclass(frozen=True, repr=False)
class Row:
    """A row whose every field could be read."""

    number: int
    values: Mapping[Column, Any]

    @property
    def key(self) -> Key:
        """Of which pathway it is."""
        named = {column.field: value for column, value in self.values.items() if column.part == "key"}
        return named["issuer"], named["identifier"].upper()

    def of(self, part: str) -> dict[str, Any]:
        """The fields of one part, and their values."""
        return {column.field: value for column, value in self.values.items() if column.part == part}

    @property
    def referral(self) -> dict[str, Any]:
        """What all rows of one pathway have to say alike."""
        return {
            column.key: value for column, value in self.values.items() if column.part not in TREATMENT_PARTS
        }


def checked_pathways(sheet: Sheet, days: DayOrder, today: date, secret: str) -> Checked:
    """The file of pathways, checked. secret: keys the digests of identities. today: the day that the file tells of."""
    found = Checked(sheet.name)
    groups: dict[Key, list[Row]] = {}
    for row in usable(sheet, days, found):
        groups.setdefault(row.key, []).append(row)
    for key, rows in groups.items():
        if wrong := _twice(rows):
            found.rejected += [aside(sheet, row.number, KEY[0], wrong) for row in rows]
        elif made := _pathway(key, rows, sheet, found, days, today, secret):
            found.pathways[key] = made
    return found


def usable(sheet: Sheet, days: DayOrder, found: Checked) -> Iterable[Row]:
    """Rows whose every field can be read; the others are set aside with all that is wrong with them."""
    for number, text in sheet.rows:
        if not text:
            found.rejected.append(
                Rejected(sheet.name, number, "", "the row has more or fewer fields than the head")
            )
            continue
        values, wrong = of_columns(text, sheet.columns, days)
        row = Row(number, values)
        if all(column in values for column in KEY):
            found.seen.add(row.key)
        found.rejected += [aside(sheet, number, column, reason) for column, reason in wrong]
        if not wrong:
            yield row


def _twice(rows: list[Row]) -> str:
    """Why several rows cannot be one pathway: they may differ in their treatments, and in nothing else."""
    if len(rows) == 1:
        return ""
    others = ", ".join(f"{row.number:,}" for row in rows)
    treatments = [tuple(sorted(row.of("treatment").items(), key=str)) for row in rows]
    if any(row.referral != rows[0].referral for row in rows):
        return f"the pathway came in rows {others}, which say different things of it"
    if len(set(treatments)) < len(rows) or any(not any(row.of("treatment").values()) for row in rows):
        return f"the pathway came twice, in rows {others}"
    return ""


def _pathway(
    key: Key, rows: list[Row], sheet: Sheet, found: Checked, days: DayOrder, today: date, secret: str
) -> SentPathway | None:
    first = rows[0]
    try:
        person = _person(first.of("person"), days, today)
    except RowError as wrong:
        found.rejected.append(_of_person(sheet, first.number, str(wrong)))
        return None
    by_decision = sorted(rows, key=lambda row: _decided(row.of("treatment")))
    treatments = [row.of("treatment") for row in by_decision if any(row.of("treatment").values())]
    fields = first.of("pathway")
    start = fields["upgraded_on"] or fields["received_on"]
    fields["age_band"] = age_band(person.who.birth_date, start or today)
    fields["practice"] = person.practice
    sent = SentPathway(
        first.number, key, person, identity_digest(person, secret), fields, treatments, _transfer(first),
        _delays(by_decision),
    )  # fmt: skip
    reasons = [*_problems(sent, today), *_of_delays(sent, sheet)]
    found.rejected += [Rejected(sheet.name, first.number, column, reason) for column, reason in reasons]
    return None if reasons else sent


def _person(fields: Mapping[str, str], days: DayOrder, today: date) -> Person:
    """Who the person is, by the vault's own rules. Raises RowError."""
    try:
        born = day_of(fields["birth_date"], days).isoformat()
    except NotAValueError as problem:
        raise RowError(f"birth_date {str(problem).removeprefix('it ')}") from None
    row = dict.fromkeys(DEMOGRAPHICS, "") | dict(fields) | {"birth_date": born}
    return person_of(row, today)


def identity_digest(person: Person, secret: str) -> str:
    """Changes with anything that is known of who somebody is, and tells nothing of it."""
    who, where = person.who, person.where
    told = (who.nhs_number, who.family_name, who.given_names, who.birth_date.isoformat(), where.address,
            where.postcode, where.phone, person.practice)  # fmt: skip
    return hmac.new(secret.encode(), "\x1f".join(told).encode(), "sha256").hexdigest()[:32]


def age_band(born: date, on: date) -> str:
    """The age on a day in tens of years: under 40, 40-49 … 70-79, 80 and over."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((words for least, most, words in AGES if least <= age <= most), "80 and over")


def _problems(sent: SentPathway, today: date) -> list[tuple[str, str]]:
    """What cannot be true of it, by heading."""
    pathway = TrackedPathway(**sent.pathway)
    treatments = [Treatment(**each) for each in sent.treatments]
    transfers = [Transfer(**sent.transfer)] if sent.transfer else []
    wrong = [(each.column, each.sentence) for each in out_of_order(pathway, treatments, today, transfers)]
    start = (pathway.received_on, pathway.upgraded_on, *(each.decided_on for each in treatments))
    if not any(start):
        wrong.append(("CANCER REFERRAL TO TREATMENT PERIOD START DATE", "nothing says when the wait began"))
    if sent.person.who.birth_date > (pathway.received_on or today):
        wrong.append(("BIRTH DATE", "it is after the referral was received"))
    return list(dict.fromkeys(wrong))


def _of_delays(sent: SentPathway, sheet: Sheet) -> list[tuple[str, str]]:
    """Code 98 without a comment, and an administrative delay where the first appointment was missed."""
    missed = sent.pathway["first_appointment_dna_on"] is not None
    headings = {column.field: column.heading for column in sheet.columns if column.part == "delay"}
    wrong = []
    for standard, (code, comment) in sent.delays.items():
        if code == "98" and not comment:
            wrong.append((headings[f"{standard} comment"], "reason 98 needs its comment"))
        if code == "03" and missed:
            said = "the delay cannot be administrative where the first appointment was missed"
            wrong.append((headings[f"{standard} code"], said))
    return wrong


def _transfer(row: Row) -> dict[str, Any]:
    fields = row.of("transfer")
    return fields if fields["receiving_site"] else {}


def _delays(rows: list[Row]) -> dict[str, tuple[str, str]]:
    """By standard; of several treatments, those of the first that says one."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        said = row.of("delay")
        for name, code in said.items():
            if name.endswith(" code") and code:
                standard = name.removesuffix(" code")
                found.setdefault(standard, (code, said[f"{standard} comment"]))
    return found


def _decided(treatment: Mapping[str, Any]) -> tuple[date, str]:
    day = treatment["decided_on"] or treatment["started_on"] or date.max
    return day, treatment["event_type"]


def aside(sheet: Sheet, number: int, column: Column, reason: str) -> Rejected:
    """A row that was set aside for one of its columns."""
    return Rejected(sheet.name, number, column.heading, reason)


def _of_person(sheet: Sheet, number: int, said: str) -> Rejected:
    """A sentence of the vault's begins with its own name of the column."""
    name, _, reason = said.partition(" ")
    heading = next(
        (each.heading for each in sheet.columns if each.part == "person" and each.field == name), name
    )
    return Rejected(sheet.name, number, heading, reason)
