"""Loading demographics: a file is loaded whole or not at all, and rows that are wrong are counted and set aside."""

import csv
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from stewardship.access.log import Action, Actor, record
from stewardship.records.identity import Identities
from stewardship.system.settings import NHS_NUMBERS
from stewardship.vault.errors import VaultError
from stewardship.vault.keeping import keep
from stewardship.vault.keys import Keyring
from stewardship.vault.models import Identity
from stewardship.vault.person import Person
from stewardship.vault.router import ALIAS
from stewardship.vault.rows import DEMOGRAPHICS, RowError, person_of, rows_of

BATCH = 1000  # rows held in memory
ROWS_NAMED = 5  # row numbers said with each reason

Told = Callable[[int], None]
Row = TypeVar("Row")


@dataclass
class Loaded:
    """What became of a file's rows. refused: how many for each reason; rows: numbers of the first few of them."""

    kept: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    rows: dict[str, list[int]] = field(default_factory=dict)
    report: Any = None  # a csv writer for row and reason of every refused row

    def refuse(self, row: int, reason: str) -> None:
        """Count a row that cannot be used."""
        self.refused[reason] += 1
        if len(first := self.rows.setdefault(reason, [])) < ROWS_NAMED:
            first.append(row)
        if self.report:
            self.report.writerow((row, reason))


def load_people(
    file: Path,
    *,
    identities: Identities,
    keys: Keyring,
    now: datetime,
    by: Actor,
    report: Path | None = None,
    told: Told = lambda rows: None,
) -> Loaded:
    """Keep everybody in a file of demographics, in one transaction: after a crash or a full disk nothing of it is kept.

    Memory does not grow with the file. Who is in the vault and not in the file stays. report: a new CSV file for the
    number and reason of each row that was set aside, with none of its values. told: called with how many rows have
    been read. Raises VaultError where the file cannot be read; AccessLogError where it cannot be logged.
    """
    load, loaded, today = secrets.token_urlsafe(16), Loaded(), now.date()
    with reported(report, loaded), transaction.atomic(using=ALIAS, durable=True):
        for batch in batches(rows_of(file, DEMOGRAPHICS), told):
            good = usable(batch, loaded, lambda row: person_of(row, today))
            people = _once(good, identities, load, loaded)
            keep(people, keys=keys, load=load, now=now)
            loaded.kept += len(people)
        record(by=by, did=Action.CREATE, shown=loaded.kept, via="command", reason="demographics were loaded")
    return loaded


def batches(rows: Iterator[Row], told: Told) -> Iterator[list[Row]]:
    """Rows in lists of a thousand."""
    read = 0
    while batch := list(islice(rows, BATCH)):
        yield batch
        read += len(batch)
        told(read)


def usable(
    batch: Iterable[tuple[int, Mapping[str, str]]],
    loaded: Loaded,
    made_of: Callable[[Mapping[str, str]], Row],
) -> list[tuple[int, Row]]:
    """What can be made of the rows of a batch, with their numbers; the others are counted."""
    made = []
    for number, row in batch:
        try:
            made.append((number, made_of(row)))
        except RowError as wrong:
            loaded.refuse(number, str(wrong))
    return made


@contextmanager
def reported(path: Path | None, loaded: Loaded) -> Iterator[None]:
    """Write refused rows to a new file too, if one is wanted. Raises VaultError where there is such a file."""
    if path is None:
        yield
        return
    try:
        file = path.open("x", encoding="utf-8", newline="")
    except OSError as error:
        raise VaultError(f"{path.name} cannot be made ({error.strerror}). Nothing was loaded.") from None
    try:
        with file:
            loaded.report = csv.writer(file)
            loaded.report.writerow(("row", "reason"))
            yield
    except BaseException:
        path.unlink()  # nothing was loaded, so there is nothing to report
        raise


def _once(
    good: list[tuple[int, Person]], identities: Identities, load: str, loaded: Loaded
) -> dict[int, Person]:
    """By person_id, those whose number did not come in an earlier row."""
    ids = identities.person_ids(NHS_NUMBERS, [person.who.nhs_number for _, person in good])
    came = Identity.objects.filter(person_id__in=ids, load=load)
    before = set(came.values_list("person_id", flat=True))
    people: dict[int, Person] = {}
    for person_id, (number, person) in zip(ids, good, strict=True):
        if person_id in people or person_id in before:
            loaded.refuse(number, "nhs_number came in an earlier row")
        else:
            people[person_id] = person
    return people
