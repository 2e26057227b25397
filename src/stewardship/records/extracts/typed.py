"""One file's rows as SQL: each heading read as its kind.

A typed column of Parquet stays as it is; only what came as text is read as text. Codes are judged by the values that
occur in the file, not row by row.
"""

import re
from collections.abc import Sequence

from stewardship.records.engine import name_of, quoted
from stewardship.records.extracts.own_numbers import event_id, key_headings
from stewardship.records.extracts.sent import Sent
from stewardship.records.extracts.shape import Heading
from stewardship.records.fields import INTEGERS, Kind, parsed

# Hospital Episode Statistics write these days for "not known": HES data dictionary, ADMIDATE and others.
SENTINELS = ("1800-01-01", "1801-01-01", "1802-01-01")
WITHHELD = "withheld_values"
_DAYS = ("day", "moment", "birth")


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
    return {heading.name.lower() + each for each in ("", "_given", "_minute")}


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
    if heading.kind == "moment":
        columns.append(f"{_minute(sent, heading, withheld)} AS {name_of(heading.name + '_minute')}")
    return columns


def _minute(sent: Sent, heading: Heading, withheld: frozenset[str]) -> str:
    """SQL of the minute of the day of a moment; null where a day alone was sent, or one that says nothing."""
    sent_as = sent.types.get(heading.name, "")
    if sent_as.startswith("TIMESTAMP"):
        timed, minute = "true", f"hour({sent.at(heading)}) * 60 + minute({sent.at(heading)})"
    elif sent_as == "VARCHAR":
        text = sent.text(heading)
        timed, minute = f"length({text}) > 15", _time_of_day(f"substr({text}, 12, 5)")
    else:
        return "NULL::BIGINT"
    return f"CASE WHEN {timed} AND {_value(sent, heading, withheld)} IS NOT NULL THEN {minute} END"


def _type(heading: Heading) -> str:
    if heading.kind in _DAYS:
        return "DATE"
    return {"integer": "BIGINT", "time": "BIGINT", "number": "DOUBLE"}.get(heading.kind, "VARCHAR")


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
    if heading.kind in _DAYS:
        sentinels = ", ".join(f"DATE '{day}'" for day in SENTINELS)
        return f"CASE WHEN {value} NOT IN ({sentinels}) THEN {value} END"
    return value


def read_as_kind(sent: Sent, heading: Heading) -> str:
    """SQL of a day or number; null where it is none."""
    text, column, sent_as = sent.text(heading), sent.at(heading), sent.types[heading.name]
    if heading.kind == "time":
        return _time_of_day(text)
    if heading.kind == "birth":
        month = f"TRY_STRPTIME({text}, '%m%Y')::DATE"
        return f"CASE WHEN {_is_month(sent, heading)} THEN {month} ELSE {parsed('day', column, sent_as, text)} END"
    kind: Kind = {"integer": "integer", "number": "number"}.get(heading.kind, "day")  # type: ignore[assignment]
    return parsed(kind, column, sent_as, text)


def _time_of_day(text: str) -> str:
    """SQL of the minute of the day that a text such as 0930 or 09:30 tells."""
    digits = f"lpad(replace({text}, ':', ''), 4, '0')"
    hours, minutes = f"TRY_CAST({digits}[1:2] AS BIGINT)", f"TRY_CAST({digits}[3:4] AS BIGINT)"
    return f"CASE WHEN {hours} < 24 AND {minutes} < 60 THEN {hours} * 60 + {minutes} END"


def is_number_of_person(value: str) -> str:
    """SQL of whether a number is somebody's NHS number."""
    return f"coalesce(is_nhs_number_whole(TRY_CAST(floor({value}) AS BIGINT)), false)"


def _is_month(sent: Sent, heading: Heading) -> str:
    if not comes_as_text(sent, heading):
        return "false"
    return f"regexp_full_match({sent.text(heading)}, '[0-9]{{6}}')"


def comes_as_text(sent: Sent, heading: Heading) -> bool:
    """Whether a value has to be read out of text, so that it may be none."""
    kind = sent.types[heading.name]
    if heading.kind in _DAYS:
        return kind != "DATE" and not kind.startswith("TIMESTAMP")
    if heading.kind == "integer":
        return kind not in INTEGERS
    return heading.kind == "number" and kind == "VARCHAR"


def one_of(text: str, values: tuple[str, ...]) -> str:
    """SQL of whether a text is one of several."""
    return f"list_contains([{_listed(values)}], {text})"


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(quoted(value) for value in values)
