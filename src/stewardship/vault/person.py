"""A person as the vault knows them, and how that goes into envelopes and comes out again."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from stewardship.vault.keys import Keyring, VaultKey


@dataclass(frozen=True, repr=False)
class Who:
    """What tells one person from another.

    nhs_number: ten digits. given_names: may be empty, as of a baby. sensitive: the national flag that hides where they
    live and how to reach them, from everybody. new_identity: the number was issued after adoption, gender
    reassignment or for protection: it is never joined with another.
    """

    nhs_number: str
    family_name: str
    given_names: str
    birth_date: date
    sensitive: bool = False
    new_identity: bool = False


@dataclass(frozen=True, repr=False)
class Where:
    """Where a person lives and how to reach them; never kept of a person with the sensitive flag."""

    address: str = ""
    postcode: str = ""
    phone: str = ""


@dataclass(frozen=True, repr=False)
class Person:
    """Somebody to be kept. practice: code of the general practice that they are registered with; "" for none."""

    who: Who
    where: Where = Where()
    practice: str = ""


class Sealed(Protocol):
    """A row that holds a person's envelopes."""

    person_id: int
    practice: str
    who: bytes | memoryview
    where: bytes | memoryview
    key_id: str


def sealed_who(key: VaultKey, person_id: int, person: Person) -> bytes:
    """The envelope of who somebody is; opens only for this person_id and practice."""
    who = person.who
    words = (who.nhs_number, who.family_name, who.given_names, who.birth_date.isoformat())
    return key.seal(_written(*words, who.sensitive, who.new_identity), _of("who", person_id, person.practice))


def sealed_where(key: VaultKey, person_id: int, person: Person) -> bytes:
    """The envelope of where somebody lives; nothing for a person with the sensitive flag, or of whom it is unknown."""
    where = person.where
    if person.who.sensitive or where == Where():
        return b""
    words = _written(where.address, where.postcode, where.phone)
    return key.seal(words, _of("where", person_id, person.practice))


def opened_who(keys: Keyring, row: Sealed) -> Who:
    """Who a row is about. Raises VaultError where the row was changed, VaultClosedError without its key."""
    words = keys.named(row.key_id).opened(bytes(row.who), _of("who", row.person_id, row.practice))
    number, family, given, born, sensitive, new_identity = json.loads(words)
    return Who(number, family, given, date.fromisoformat(born), sensitive, new_identity)


def opened_where(keys: Keyring, row: Sealed) -> Where:
    """Where the person of a row lives; nothing if it is not kept. Raises as `opened_who` does."""
    if not row.where:
        return Where()
    return Where(
        *json.loads(
            keys.named(row.key_id).opened(bytes(row.where), _of("where", row.person_id, row.practice))
        )
    )


def _of(part: str, person_id: int, practice: str) -> str:
    """What an envelope belongs to: changing the practice in the row, which decides who may look, breaks it."""
    return f"identity {part} 1 {person_id} {practice}"


def _written(*fields: str | bool) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
