"""One field of a nightly file as a value. What is wrong is said without the value: a shifted column can hold a name."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from stewardship.cancer.nightly.columns import ICD10, MOST_DAYS, TWO, Column
from stewardship.system.cancer import DayOrder

DAYS: Mapping[DayOrder, tuple[re.Pattern[str], str]] = {
    "year-month-day": (re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"), "CCYY-MM-DD"),
    "day/month/year": (re.compile(r"(?P<day>\d{2})/(?P<month>\d{2})/(?P<year>\d{4})"), "DD/MM/CCYY"),
}


class NotAValueError(Exception):
    """A field cannot be used; the message says why, without its value."""


def value_of(column: Column, text: str, days: DayOrder) -> object:
    """The value of a field: a day, a whole number, a code in capitals, or text; None or "" where it is empty."""
    if not text:
        if column.needed:
            raise NotAValueError("it is empty, and has to be there")
        return None if column.kind in ("day", "number") else ""
    if not text.isprintable():
        raise NotAValueError("it has characters that cannot be printed")
    if column.kind == "day":
        return day_of(text, days)
    if column.kind == "number":
        return _number(text)
    return _code(column, text) if column.kind == "code" else _text(column, text)


def day_of(text: str, days: DayOrder) -> date:
    """A day as this system writes it."""
    pattern, said = DAYS[days]
    found = pattern.fullmatch(text)
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise NotAValueError(f"it is not a day written {said}")
    if not 1900 <= day.year < 2200:
        raise NotAValueError("it is not a day of 1900 to 2199")
    return day


def of_columns(
    row: Mapping[str, str], columns: Sequence[Column], days: DayOrder
) -> tuple[dict[Column, object], list[tuple[Column, str]]]:
    """The values of these columns of a row, and what is wrong with the others."""
    values: dict[Column, object] = {}
    wrong = []
    for column in columns:
        try:
            values[column] = value_of(column, row[column.key], days)
        except NotAValueError as problem:
            wrong.append((column, str(problem)))
    return values, wrong


def _number(text: str) -> int:
    if not (
        text.isascii() and text.isdigit() and len(text) <= len(str(MOST_DAYS)) and int(text) <= MOST_DAYS
    ):
        raise NotAValueError(f"it is not a whole number of days from 0 to {MOST_DAYS:,}")
    return int(text)


def _text(column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise NotAValueError(f"it is longer than {column.longest:,} characters")
    return text


def _code(column: Column, text: str) -> str:
    """A code in capitals; a nought that a spreadsheet took away is put back."""
    code = text.upper()
    if column.like is ICD10 and len(code) > 3 and "." not in code:
        code = f"{code[:3]}.{code[3:]}"
    padded = code.zfill(2)
    if column.among:
        found = column.known.get(code) or column.known.get(padded)
        if found is None:
            raise NotAValueError(f"unknown code: it can be {_listed(column.among)}")
        return found
    if column.like is TWO:
        code = padded
    if len(code) > column.longest or (column.like is not None and not column.like.fullmatch(code)):
        raise NotAValueError("it does not look like a code of this column")
    return code


def _listed(codes: Collection[str]) -> str:
    shown = sorted(codes)
    return ", ".join(shown) if len(shown) <= 12 else f"{', '.join(shown[:10])}, … {shown[-1]}"
