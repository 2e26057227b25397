"""Writing people into the vault, under its newest key."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import connections
from django.db.models import Q

from stewardship.system.settings import NHS_NUMBERS
from stewardship.vault import indexes
from stewardship.vault.errors import VaultError
from stewardship.vault.keys import Keyring, VaultKey
from stewardship.vault.models import Identity, Index, Key, Link
from stewardship.vault.person import Person, sealed_where, sealed_who
from stewardship.vault.router import ALIAS

BATCH = 500  # rows a statement

REPLACED = ("practice", "who", "where", "key", "load", "version", "made_at")


def keep(people: Mapping[int, Person], *, keys: Keyring, load: str, now: datetime) -> None:
    """Write people, by their person_id, replacing what was known of them.

    Belongs inside a transaction of the vault. load: which file they came with; "" for people made for work.
    """
    key, people = keys.newest, {each: people[each] for each in sorted(people)}  # locks are taken in one order
    take_up(key, now)
    versions = dict(Identity.objects.filter(person_id__in=list(people)).values_list("person_id", "version"))
    rows = [
        Identity(
            person_id=person_id,
            practice=person.practice,
            who=sealed_who(key, person_id, person),
            where=sealed_where(key, person_id, person),
            key_id=key.fingerprint,
            load=load,
            version=versions.get(person_id, 0) + 1,
            made_at=now,
        )
        for person_id, person in people.items()
    ]
    Identity.objects.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["person_id"], update_fields=REPLACED
    )
    index_anew({person_id: indexes.kept(key, person.who) for person_id, person in people.items()})
    _unlink(person_id for person_id, person in people.items() if person.who.new_identity)
    still_used(key)


def kept(person_ids: Collection[int]) -> set[int]:
    """Those of these people whom the vault knows; nothing of them is read."""
    return set(Identity.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True))


def index_anew(values: Mapping[int, set[bytes]]) -> None:
    """Let people be found by these blind indexes and no others."""
    Index.objects.filter(person_id__in=list(values)).delete()
    rows = [(person_id, value) for person_id, found in values.items() for value in sorted(found)]
    # by far the most rows: an object for each takes thrice as long
    with connections[ALIAS].cursor() as cursor:
        cursor.executemany("INSERT INTO vault_index (person_id, value) VALUES (%s, %s)", rows)


def take_up(key: VaultKey, now: datetime) -> None:
    """Note that a key is in use."""
    Key.objects.get_or_create(fingerprint=key.fingerprint, defaults={"taken_up_at": now})


def still_used(key: VaultKey) -> None:
    """Refuse to have written under a key that was given up. To be asked after writing, in the same transaction:
    whoever gives a key up waits for rows that were written under it meanwhile, or is seen here.
    """
    if Key.objects.filter(fingerprint=key.fingerprint, given_up_at__isnull=False).exists():
        raise VaultError(
            f"The vault key {key.fingerprint} was given up by `stewardship vault rotate-key`. Put the key that "
            "took its place first, and start again; to change keys, make a new one."
        )


def _unlink(person_ids: Iterable[int]) -> None:
    """Forget that somebody with a new identity was ever joined with another number, and all that came with it.

    Which of the other identifiers of the two were whose is not known any more, so none of them is kept: a crosswalk
    that is loaded again brings back those that may be.
    """
    found = list(person_ids)
    theirs = Q(was__in=found) | Q(person_id__in=found)
    joined = Link.objects.filter(theirs, namespace=NHS_NUMBERS).values_list("person_id", flat=True)
    Link.objects.filter(person_id__in=list(joined)).delete()
