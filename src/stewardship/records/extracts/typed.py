"""One file's rows as SQL: each heading read as its kind, and what is wrong with a row.

A typed column of Parquet stays as it is; only what came as text is read as text. Codes are judged by the values that
occur in the file, not row by row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stewardship.records.engine import Engine, name_of, quoted
from stewardship.records.extracts.shape import THE_PERSON, FileKind, Heading
from stewardship.records.fields import INTEGERS, Kind, SourceColumn, as_text, misread, parsed
from stewardship.records.files import SourceError, SourceFile
from stewardship.records.row_checks import Fault

# Hospital Episode Statistics write these days for "not known": HES data dictionary, ADMIDATE and others.
SENTINELS = ("1800-01-01", "1801-01-01", "1802-01-01")
NOTHING = ("&", "-", "&\t")  # what HES and SUS write where nothing is known or nothing applies
BLANK = ("", "NULL", "\\N")
EXPECTED_OF: dict[str, Kind] = {"birth": "day", "event": "sent", "code": "code", "time": "integer"}
WITHHELD = "withheld_values"
APART = 16  # kinds that fill one table: see `FileKind.apart`
_SMALL = 2**50  # of whole numbers that leave room for what tells them apart


@dataclass(frozen=True)
class Sent:
    """The rows of one file as they were sent.

    base: SQL of a relation. row: SQL of a row's number in it. sent_as: the engine's type and the column of each heading
    that it has. person: the heading that holds the identifier. faults: whether the relation has `fault_column` and
    `fault`, which tell what kept a row from being split into fields. clean: names of headings of which every value
    that occurs may stay as it is.
    """

    file: SourceFile
    kind: FileKind
    base: str
    row: str
    sent_as: Mapping[Heading, tuple[str, str]]
    person: Heading | None
    faults: bool = False
    clean: frozenset[str] = frozenset()

    @cached_property
    def types(self) -> dict[str, str]:
        """The engine's type of each heading that the file has, by its name."""
        return {heading.name: kind for heading, (kind, _) in self.sent_as.items()}

    def only(self, *headings: Heading) -> str:
        """SQL of the rows with source_row and, of some headings, the columns `at` and `text`."""
        kept = [f"{self.row} AS source_row", *(["fault_column", "fault"] if self.faults else [])]
        columns, texts = [], []
        for heading in headings:
            kind, sql = self.sent_as[heading]
            name = name_of(heading.name + " sent")
            as_it_is = kind != "VARCHAR" or heading == self.person or heading.name in self.clean
            columns.append(f"{sql if as_it_is else f'trim({sql})'} AS {name}")
            if kind == "VARCHAR":
                given = name if as_it_is else f"CASE WHEN {_says(name, heading)} THEN {name} END"
                texts.append(f"{given} AS {name_of(heading.name + ' text')}")
        inner = f"SELECT {', '.join([*kept, *columns])} FROM {self.base}"
        return f"(SELECT {', '.join(['*', *texts])} FROM ({inner}))"

    def at(self, heading: Heading) -> str:
        """The column of a heading as it was sent."""
        return f"s.{name_of(heading.name + ' sent')}"

    def text(self, heading: Heading) -> str:
        """SQL of a heading's value as text; null where nothing was sent."""
        if self.types[heading.name] == "VARCHAR":
            return f"s.{name_of(heading.name + ' text')}"
        return as_text(self.at(heading), self.types[heading.name])

    @property
    def found(self) -> list[Heading]:
        """The headings that the file has."""
        return [each for each in self.headings if each.name in self.types]

    @property
    def headings(self) -> list[Heading]:
        """The kind's headings, and the one that names the person."""
        return [*([self.person] if self.person else []), *self.kind.headings]


def _says(sent: str, heading: Heading) -> str:
    """SQL of whether a trimmed text says anything."""
    return " AND ".join(f"{sent} <> {quoted(each)}" for each in (*BLANK, *NOTHING, *heading.unknown))


def found_in(file: SourceFile, headings: list[Heading]) -> dict[str, str]:
    """What the file calls each heading that it has, by the heading's name. SourceError if a needed one is not there."""
    found = {}
    for heading in headings:
        called = next((each for each in heading.headings if each in file.columns), None)
        if called is not None:
            found[heading.name] = called
    missing = [each.name for each in headings if each.needed and each.name not in found]
    if missing:
        noun = "column" if len(missing) == 1 else "columns"
        has = ", ".join(each or "(no name)" for each in list(file.columns)[:40])
        raise SourceError(f"{file.label} has no {noun} {', '.join(missing)}. It has: {has}.")
    return found


def rows_of(
    sent: Sent,
    *,
    withheld: frozenset[str] = frozenset(),
    people: str = "",
    more: Sequence[str] = (),
    of: Sequence[str] | None = None,
    everyone: bool = False,
) -> str:
    """SQL of the typed rows: source_row, each heading of the kind by its name, and `event_id`.

    withheld: names of headings in which something must not be kept, whose values stand in `WITHHELD`. people: the
    table of numbers; then only rows of people who have one. Without it every person named is 1. more: SQL columns. of:
    SQL in which the rows are used; what it does not name is left out, so that the engine has less to plan. everyone:
    rows of people without a number too.
    """
    used = None if of is None else set(_WORD.findall(" ".join((*of, *more)).lower()))
    wanted = [each for each in sent.headings if used is None or _names(each) & used or each is sent.person]
    numbered = used is None or "event_id" in used
    columns = ["s.source_row AS source_row", *(["s.fault_column", "s.fault"] if sent.faults else [])]
    for heading in wanted:
        if heading is not sent.person and heading.kind != "person":
            columns += _columns(sent, heading, withheld)
    columns += [*([f"{event_id(sent)} AS event_id"] if numbered else []), *more]
    joins = ""
    for place, heading in enumerate(each for each in wanted if each.kind == "person"):
        name = "person_id" if heading is sent.person else name_of(heading.name)
        if heading.name not in sent.types:
            columns.append(f"NULL::BIGINT AS {name}")
        elif people:
            columns.append(f"n{place}.person_id AS {name}")
            join = "JOIN" if heading is sent.person and not everyone else "LEFT JOIN"
            joins += f" {join} {people} n{place} ON n{place}.written = {sent.text(heading)}"
        else:
            columns.append(f"CASE WHEN {sent.text(heading)} IS NOT NULL THEN 1 END AS {name}")
    there = dict.fromkeys([*wanted, *(key_headings(sent) if numbered else [])])
    relation = sent.only(*(each for each in there if each.name in sent.types))
    return f"SELECT {', '.join(columns)} FROM {relation} s{joins}"


_WORD = re.compile(r"\w+")


def _names(heading: Heading) -> set[str]:
    return {heading.name.lower(), f"{heading.name.lower()}_given"}


def _columns(sent: Sent, heading: Heading, withheld: frozenset[str]) -> list[str]:
    name = name_of(heading.name)
    if heading.name not in sent.types:
        columns = [f"NULL::{_type(heading)} AS {name}"]
    else:
        columns = [f"{_value(sent, heading, withheld)} AS {name}"]
    if heading.kind == "birth":
        given = "NULL::VARCHAR"
        if heading.name in sent.types:
            given = f"CASE WHEN {_is_month(sent, heading)} THEN 'month' ELSE 'day' END"
        columns.append(f"{given} AS {name_of(heading.name + '_given')}")
    return columns


def _type(heading: Heading) -> str:
    return {"day": "DATE", "birth": "DATE", "integer": "BIGINT", "time": "BIGINT", "number": "DOUBLE"}.get(
        heading.kind, "VARCHAR"
    )


def _value(sent: Sent, heading: Heading, withheld: frozenset[str]) -> str:
    text = sent.text(heading)
    if heading.values:
        return (
            text
            if heading.name in sent.clean
            else f"CASE WHEN {one_of(text, heading.values)} THEN {text} END"
        )
    if heading.kind in ("code", "text", "event"):
        if heading.name not in withheld:
            return text
        gone = f"(SELECT value FROM {WITHHELD} WHERE heading = {quoted(heading.name)})"
        return f"CASE WHEN {text} NOT IN {gone} THEN {text} END"
    value = read_as_kind(sent, heading)
    if heading.name in withheld:
        return f"CASE WHEN NOT {is_number_of_person(value)} THEN {value} END"
    if heading.kind in ("day", "birth"):
        sentinels = ", ".join(f"DATE '{day}'" for day in SENTINELS)
        return f"CASE WHEN {value} NOT IN ({sentinels}) THEN {value} END"
    return value


def read_as_kind(sent: Sent, heading: Heading) -> str:
    """SQL of a day or number; null where it is none."""
    text, column, sent_as = sent.text(heading), sent.at(heading), sent.types[heading.name]
    if heading.kind == "time":
        digits = f"lpad(replace({text}, ':', ''), 4, '0')"
        hours, minutes = f"TRY_CAST({digits}[1:2] AS BIGINT)", f"TRY_CAST({digits}[3:4] AS BIGINT)"
        return f"CASE WHEN {hours} < 24 AND {minutes} < 60 THEN {hours} * 60 + {minutes} END"
    if heading.kind == "birth":
        month = f"TRY_STRPTIME({text}, '%m%Y')::DATE"
        return f"CASE WHEN {_is_month(sent, heading)} THEN {month} ELSE {parsed('day', column, sent_as, text)} END"
    kind: Kind = {"integer": "integer", "number": "number"}.get(heading.kind, "day")  # type: ignore[assignment]
    return parsed(kind, column, sent_as, text)


def is_number_of_person(value: str) -> str:
    """SQL of whether a number is somebody's NHS number."""
    return f"coalesce(is_nhs_number_whole(TRY_CAST(floor({value}) AS BIGINT)), false)"


def _is_month(sent: Sent, heading: Heading) -> str:
    if not _as_text(sent, heading):
        return "false"
    return f"regexp_full_match({sent.text(heading)}, '[0-9]{{6}}')"


def _as_text(sent: Sent, heading: Heading) -> bool:
    """Whether a value has to be read out of text, so that it may be none."""
    kind = sent.types[heading.name]
    if heading.kind in ("day", "birth"):
        return kind != "DATE" and not kind.startswith("TIMESTAMP")
    if heading.kind == "integer":
        return kind not in INTEGERS
    return heading.kind == "number" and kind == "VARCHAR"


def key_headings(sent: Sent) -> list[Heading]:
    """The headings of the file that tell a row from every other: see `FileKind.key`."""
    kind = sent.kind
    by_name = {each.name: each for each in sent.headings}
    if sent.person:
        by_name[THE_PERSON] = sent.person
    has_other = kind.other_key and all(name in sent.types for name in kind.other_key)
    parts = [by_name[name] for name in (kind.other_key if has_other else kind.key)]
    return [each for each in parts if each.name in sent.types]


def keys_of(sent: Sent) -> str:
    """SQL of source_row and event_id of every row."""
    return f"SELECT s.source_row, {event_id(sent)} AS event_id FROM {sent.only(*key_headings(sent))} s"


def whole_number(sent: Sent) -> Heading | None:
    """The heading whose whole numbers, sent as such, tell a row from every other by themselves, if there is one."""
    parts = key_headings(sent)
    return parts[0] if len(parts) == 1 and _as_number(sent, parts[0]) else None


def event_id(sent: Sent) -> str:
    """SQL of the row's own number."""
    parts = key_headings(sent)
    if not parts:
        return "NULL::BIGINT"
    texts = [sent.text(each) for each in parts]
    joined = hashed(sent.kind.name, *texts)
    if len(parts) == 1 and parts[0].kind == "event":
        return _own_number(sent, parts[0], texts[0], joined)
    return joined


def _own_number(sent: Sent, heading: Heading, text: str, otherwise: str) -> str:
    """A whole number as it stands, or told apart from those of other kinds; `otherwise` where it is none, or passes
    for somebody's NHS number."""
    as_sent = whole_number(sent) is not None
    whole = f"{sent.at(heading)}::BIGINT" if as_sent else f"TRY_CAST({text} AS BIGINT)"
    when = [f"NOT is_nhs_number_whole({whole})"]
    if not as_sent:
        when.append(f"{whole}::VARCHAR = {text}")
    if sent.kind.apart:
        when.append(f"{whole} BETWEEN 0 AND {_SMALL}")
        whole = f"{whole} * {APART} + {sent.kind.apart}"
    return f"CASE WHEN {' AND '.join(when)} THEN {whole} ELSE {otherwise} END"


def of_a_code(place: str = "place") -> str:
    """SQL of the number of a code of a row: of the row's own number, and the code's place in the row, below 64."""
    small, large = f"event_id * 64 + {place}", f"((event_id >> 7) << 7) + {place}"
    return f"(CASE WHEN event_id < {APART * _SMALL} THEN {small} ELSE {large} END)"


def hashed(kind: str, *texts: str) -> str:
    """SQL of a number of 63 bits that stands for some texts; null where the last is. See `define_standing_for`."""
    joined = " || chr(31) || ".join(
        [quoted(kind), *(f"coalesce({text}, '')" for text in texts[:-1]), texts[-1]]
    )
    return f"standing_for({joined})"


def define_standing_for(engine: Engine, secret: str) -> None:
    """Give the engine `standing_for(text)`: a number of 63 bits that nobody without the secret can make, as an NHS
    number may be in the text."""
    engine.run(
        "CREATE OR REPLACE MACRO standing_for(t) AS "
        f"(md5_number_upper({quoted(secret)} || chr(31) || t) >> 1)::BIGINT"
    )


def faults_of(sent: Sent, people: str) -> list[Fault]:
    """What may be wrong with a row as it was sent, the first first; SQL over `probed_rows`."""
    faults = [Fault("fault IS NOT NULL", "fault_column", "fault")] if sent.faults else []
    for heading in sent.found:
        if heading is sent.person:
            faults += _of_person(heading, people)
        elif heading.kind != "person":  # another number that is none leaves the row as it is: see `others_of`
            faults += _of_value(sent, heading)
    return faults


def others_of(sent: Sent) -> list[Heading]:
    """The headings of the file, but for the one of its person, that hold a person's number."""
    return [each for each in sent.found if each.kind == "person" and each is not sent.person]


def _of_person(heading: Heading, people: str) -> list[Fault]:
    told, given = quoted(heading.name), name_of(heading.name + " text")
    text, empty = f"coalesce({given}, '')", quoted(f"{heading.name} is empty")
    known = f"{given} IN (SELECT written FROM {people} WHERE person_id IS NULL)"
    wrong = misread(SourceColumn(heading.name, "identity", identifying=True), text)
    fault = Fault(known, told, f"CASE WHEN trim({text}) = '' THEN {empty} ELSE {wrong} END")
    return [Fault(f"{given} IS NULL", told, empty), fault]


def _of_value(sent: Sent, heading: Heading) -> list[Fault]:
    told, faults = quoted(heading.name), []
    if _as_text(sent, heading):
        kind = EXPECTED_OF.get(heading.kind, heading.kind)
        column = SourceColumn(heading.name, kind, identifying=heading.kind == "birth")  # type: ignore[arg-type]
        text = f"coalesce({name_of(heading.name + ' text')}, '')"
        faults.append(Fault(name_of(heading.name + " misread"), told, misread(column, text)))
    if heading.needed:
        listed = f"{heading.name} is not one of: {', '.join(heading.values)}"
        reason = listed if heading.values else f"{heading.name} is empty"
        missing = (
            name_of(heading.name + " missing")
            if _as_number(sent, heading)
            else f"{name_of(heading.name)} IS NULL"
        )
        faults.append(Fault(missing, told, quoted(reason)))
    return faults


def _as_number(sent: Sent, heading: Heading) -> bool:
    """Whether a number that is read as text was sent as a whole number: it need not be written out to see that it is
    there."""
    return heading.kind == "event" and sent.types[heading.name] in INTEGERS


def probes(sent: Sent) -> list[str]:
    """SQL columns that `faults_of` looks at beside the typed row: of texts, and of those that could not be read."""
    columns = []
    for heading in sent.found:
        if heading.needed and _as_number(sent, heading):
            columns.append(f"({sent.at(heading)} IS NULL) AS {name_of(heading.name + ' missing')}")
        if heading.kind == "person" or _as_text(sent, heading):
            columns.append(f"{sent.text(heading)} AS {name_of(heading.name + ' text')}")
        if heading.kind != "person" and _as_text(sent, heading):
            value = read_as_kind(sent, heading)
            columns.append(
                f"({sent.text(heading)} IS NOT NULL AND {value} IS NULL) AS {name_of(heading.name + ' misread')}"
            )
    return columns


def one_of(text: str, values: tuple[str, ...]) -> str:
    """SQL of whether a text is one of several."""
    return f"list_contains([{_listed(values)}], {text})"


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(quoted(value) for value in values)
