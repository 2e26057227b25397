"""A new vault key: everything is sealed and indexed anew, a batch at a time, while people go on reading and writing.

Every row says which key it is under and changes in one transaction together with its indexes, so that it can be read
and found at every moment with both keys on the ring, and a rotation that was killed goes on where it stopped.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from stewardship.vault import indexes
from stewardship.vault.crosswalk import belongs_to, opened_identifier
from stewardship.vault.keeping import index_anew, still_used, take_up
from stewardship.vault.keys import Keyring, Kind
from stewardship.vault.models import Identity, Key, Link
from stewardship.vault.person import Person, opened_where, opened_who, sealed_where, sealed_who
from stewardship.vault.router import ALIAS

Row = TypeVar("Row", bound=Model)

BATCH = 500
PAUSE = 0.02  # seconds between batches, in which whoever waits to write has a turn


@dataclass(frozen=True)
class Rotated:
    """How far a rotation is: rows under the newest key, of all rows."""

    done: int
    of: int


def rotate(keys: Keyring, now: datetime, *, batch: int = BATCH) -> Iterator[Rotated]:
    """Seal everything with the newest key; after each batch, how far it is. Safe to stop at any point and repeat.

    At the end every other key is given up: no row is under it, and none can be written under it any more. Raises
    VaultClosedError if a row is under a key that is not on the ring, VaultError if an envelope was changed.
    """
    with transaction.atomic(using=ALIAS):
        take_up(keys.newest, now)
        still_used(keys.newest)
    so_far = progress(keys)
    while True:
        yield so_far
        if done := _people(keys, batch) or _links(keys, batch):
            so_far = Rotated(so_far.done + done, max(so_far.of, so_far.done + done))
        elif _give_up(keys, now):
            return
        time.sleep(PAUSE)


def progress(keys: Keyring) -> Rotated:
    """How many people and links are under the newest key, and how many there are."""
    newest = keys.newest.fingerprint
    tables = (Identity.objects, Link.objects)
    return Rotated(
        done=sum(table.filter(key_id=newest).count() for table in tables),
        of=sum(table.count() for table in tables),
    )


def given_up() -> list[str]:
    """Fingerprints of the keys that nothing is under any more."""
    gone = Key.objects.filter(given_up_at__isnull=False).order_by("given_up_at", "fingerprint")
    return list(gone.values_list("fingerprint", flat=True))


@transaction.atomic(using=ALIAS)
def _people(keys: Keyring, batch: int) -> int:
    """Seal and index a batch of people anew; how many there were."""
    key, values = keys.newest, {}
    rows = list(_free(Identity.objects.all()).exclude(key_id=key.fingerprint).order_by("person_id")[:batch])
    for row in rows:
        person = Person(opened_who(keys, row), opened_where(keys, row), row.practice)
        row.who, row.where = sealed_who(key, row.person_id, person), sealed_where(key, row.person_id, person)
        row.key_id = key.fingerprint
        values[row.person_id] = indexes.kept(key, person.who)
    Identity.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person_id"], update_fields=["who", "where", "key"]
    )
    index_anew(values)
    return len(rows)


@transaction.atomic(using=ALIAS)
def _links(keys: Keyring, batch: int) -> int:
    """Seal and index a batch of links anew; how many there were."""
    key = keys.newest
    rows = list(_free(Link.objects.all()).exclude(key_id=key.fingerprint).order_by("pk")[:batch])
    for row in rows:
        identifier = opened_identifier(row, keys)
        row.value = key.index(Kind.IDENTIFIER, row.namespace, identifier)
        row.identifier = key.seal(identifier, belongs_to(row.namespace, row.was))
        row.key_id = key.fingerprint
    changed = ["value", "identifier", "key"]
    Link.objects.bulk_create(rows, update_conflicts=True, unique_fields=["was"], update_fields=changed)
    return len(rows)


@transaction.atomic(using=ALIAS)
def _give_up(keys: Keyring, now: datetime) -> bool:
    """Give up every key but the newest, unless somebody wrote under one meanwhile: the lock waits for who does."""
    others = Key.objects.select_for_update().exclude(fingerprint=keys.newest.fingerprint)
    found = [key.fingerprint for key in others.order_by("fingerprint")]
    if any(table.filter(key_id__in=found).exists() for table in (Identity.objects, Link.objects)):
        return False
    Key.objects.filter(fingerprint__in=found, given_up_at__isnull=True).update(given_up_at=now)
    return True


def _free(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows that nobody else is writing: a rotation waits for nobody while it holds rows itself."""
    return rows.select_for_update(skip_locked=True)
