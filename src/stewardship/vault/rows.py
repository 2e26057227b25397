"""Rows of a file of demographics or of a crosswalk, checked: what is wrong is said as a pattern, never as a value."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from stewardship.records.identity import settled
from stewardship.system.settings import NHS_NUMBERS
from stewardship.vault import names
from stewardship.vault.errors import VaultError
from stewardship.vault.person import Person, Where, Who

DEMOGRAPHICS = (
    "nhs_number", "family_name", "given_names", "birth_date", "address", "postcode", "phone", "practice",
    "sensitive", "new_identity",
)  # fmt: skip
CROSSWALK = ("namespace", "identifier", "nhs_number", "new_identity")

LONGEST = 300  # characters of a field
ORGANISATION = re.compile(r"[A-Z0-9]{3,12}")
NAMESPACE = re.compile(r"[a-z0-9][a-z0-9.-]{0,59}")
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0", ""}


class RowError(Exception):
    """A row cannot be used; the message says why, without any of its values."""


@dataclass(frozen=True, repr=False)
class LinkRow:
    """That an identifier of a namespace is the same person as an NHS number."""

    namespace: str
    identifier: str
    nhs_number: str
    new_identity: bool


def rows_of(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a CSV file with their numbers, the first after the head being row 2; other columns are left out.

    A row that has more or fewer fields than the head comes as no fields at all. Raises VaultError where the file
    cannot be read as such a file.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from _rows(csv.reader(lines, strict=True), columns, file.name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8, or not CSV to its end"
        raise VaultError(f"{file.name} cannot be read: {why}. Nothing was loaded.") from None


def person_of(row: Mapping[str, str], today: date) -> Person:
    """The person of a row of demographics. Raises RowError."""
    _whole(row)
    family = row["family_name"]
    if not names.parts(family):
        raise RowError("family_name has no letters" if family else "family_name is missing")
    return Person(
        Who(
            nhs_number=number_of(row["nhs_number"]),
            family_name=family,
            given_names=row["given_names"],
            birth_date=_birth_date(row["birth_date"], today),
            sensitive=_flag(row, "sensitive"),
            new_identity=_flag(row, "new_identity"),
        ),
        Where(row["address"], row["postcode"], row["phone"]),
        _practice(row["practice"]),
    )


def link_of(row: Mapping[str, str]) -> LinkRow:
    """The link of a row of a crosswalk. Raises RowError."""
    _whole(row)
    namespace, number = row["namespace"], number_of(row["nhs_number"])
    identifier = settled("pseudonym", row["identifier"])
    if not NAMESPACE.fullmatch(namespace):
        raise RowError("namespace is not small letters, digits, dots and dashes")
    if not identifier:
        raise RowError("identifier is missing")
    if namespace == NHS_NUMBERS:
        identifier = number_of(identifier, "identifier")
        if identifier == number:
            raise RowError("identifier and nhs_number are the same number")
    return LinkRow(namespace, identifier, number, _flag(row, "new_identity"))


def number_of(written: str, column: str = "nhs_number") -> str:
    """The ten digits of an NHS number as written. Raises RowError with the pattern of what is wrong."""
    if number := settled("nhs number", written):
        return number
    digits = written.replace(" ", "").replace("-", "")
    if not digits:
        raise RowError(f"{column} is missing")
    if not (digits.isascii() and digits.isdigit()):
        raise RowError(f"{column} has characters that are not digits")
    if len(digits) != 10:
        raise RowError(
            f"{column} has {len(digits)} digits, not 10" if len(digits) < 20 else f"{column} is too long"
        )
    if len(set(digits)) == 1:
        raise RowError(f"{column} is one digit ten times")
    raise RowError(f"{column} fails its check digit")


def _rows(
    lines: Iterator[list[str]], columns: Sequence[str], name: str
) -> Iterator[tuple[int, Mapping[str, str]]]:
    head = [column.strip().lower() for column in next(lines, [])]
    if missing := [column for column in columns if head.count(column) != 1]:
        raise VaultError(
            f"{name} has to have each of these columns once, and has not: {', '.join(missing)}. Nothing was loaded."
        )
    places = {column: head.index(column) for column in columns}
    for number, fields in enumerate(lines, start=2):
        if fields:
            whole = len(fields) == len(head)
            yield number, {column: fields[at].strip() for column, at in places.items()} if whole else {}


def _whole(row: Mapping[str, str]) -> None:
    if not row:
        raise RowError("the row has more or fewer fields than the head")
    for column, value in row.items():
        if len(value) > LONGEST:
            raise RowError(f"{column} is longer than {LONGEST} characters")
        if not value.isprintable():
            raise RowError(f"{column} has characters that cannot be printed")


def _birth_date(written: str, today: date) -> date:
    if not written:
        raise RowError("birth_date is missing")
    try:
        if len(written) != 10:
            raise ValueError
        born = date.fromisoformat(written)
    except ValueError:
        raise RowError("birth_date is not a day written YYYY-MM-DD") from None
    if born > today:
        raise RowError("birth_date is after today")
    if born.year < 1875:
        raise RowError("birth_date is before 1875")
    return born


def _practice(written: str) -> str:
    code = written.upper()
    if code and not ORGANISATION.fullmatch(code):
        raise RowError("practice is not an organisation code")
    return code


def _flag(row: Mapping[str, str], column: str) -> bool:
    value = row[column].lower()
    if value not in YES | NO:
        raise RowError(f"{column} is neither yes nor no")
    return value in YES
