"""Pseudonyms: one number a person, the same in every source and snapshot, that nobody without the key can make.

About a thousand million NHS numbers are possible, so that a hash without a key would be undone in minutes.
Source: HMAC, FIPS 198-1, with SHA-256; the first 63 bits of it are kept, and the next 63 to notice when two people
would get one number.
"""

import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from stewardship.rules.nhs_number import nhs_number

IdentifierKind = Literal["nhs number", "pseudonym"]
_OF_A_FRACTION = re.compile(r"([0-9]+)\.0+")


def settled(kind: IdentifierKind, written: str) -> str | None:
    """An identifier as it is compared: without spaces, in small letters; None where an NHS number is none.

    "123.0", as some programs write a whole number, is 123.
    """
    text = "".join(written.split()).casefold()
    whole = _OF_A_FRACTION.fullmatch(text)
    if whole:
        text = whole[1]
    return nhs_number(text) if kind == "nhs number" else text or None


@dataclass(frozen=True)
class Identities:
    """Makes `person_id` out of what sources call people.

    key: the secret of this system. crosswalk: for each namespace, the person_id of identifiers whose person is
    known by another source too; held in the vault, and empty without one.
    """

    key: bytes = field(repr=False)
    crosswalk: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)

    def person_ids(self, namespace: str, identifiers: Iterable[str]) -> list[int]:
        """The person_id of each identifier, in order. Identifiers are given as `settled` leaves them."""
        known = self.crosswalk.get(namespace, {})
        return [known.get(each) or self._number(namespace, each) for each in identifiers]

    def checks(self, namespace: str, identifiers: Iterable[str]) -> list[int | None]:
        """Of each identifier, another number that goes with its person_id; None where the crosswalk names the person.

        Two numbers for one person_id tell that two identifiers were hashed to the same.
        """
        known = self.crosswalk.get(namespace, {})
        return [None if known.get(each) else self._check(namespace, each) for each in identifiers]

    def numbers(self, namespace: str, identifiers: Iterable[str]) -> tuple[list[int], list[int | None]]:
        """`person_ids` and `checks` at once, for one hash of each."""
        known, people, checks = self.crosswalk.get(namespace, {}), list[int](), list[int | None]()
        for each in identifiers:
            person = known.get(each)
            digest = b"" if person else self._digest(namespace, each)
            people.append(person or int.from_bytes(digest[:8]) >> 1 or 1)
            checks.append(None if person else int.from_bytes(digest[8:16]) >> 1)
        return people, checks

    def fingerprint(self, namespace: str) -> str:
        """Changes with the key and with the namespace's crosswalk, and tells neither."""
        known = json.dumps(sorted(self.crosswalk.get(namespace, {}).items()))
        return self._digest("fingerprint", known).hex()

    def secret(self, purpose: str) -> str:
        """A secret of this system for one purpose, from which no other and no key can be told."""
        return self._digest("secret", purpose).hex()

    def _number(self, namespace: str, identifier: str) -> int:
        return int.from_bytes(self._digest(namespace, identifier)[:8]) >> 1 or 1

    def _check(self, namespace: str, identifier: str) -> int:
        return int.from_bytes(self._digest(namespace, identifier)[8:16]) >> 1

    def _digest(self, namespace: str, text: str) -> bytes:
        return hmac.digest(self.key, namespace.encode() + b"\x1f" + text.encode(), "sha256")


@dataclass(frozen=True)
class Naming:
    """How a source names people, and who makes person_id of it.

    kind: an NHS number, or a pseudonym made elsewhere. column: where the source's rows hold it.
    """

    identities: Identities = field(repr=False)
    namespace: str
    column: str
    kind: IdentifierKind = "pseudonym"

    def person_ids(self, written: Iterable[str | None]) -> list[int | None]:
        """The person_id of each identifier as written; None where it is none."""
        return _where_settled(
            self.kind, written, lambda these: self.identities.person_ids(self.namespace, these)
        )

    def remembering(self) -> Callable[[Sequence[str | None]], list[int | None]]:
        """`person_ids` that works out each identifier once, for files with many rows of each person. What it has
        worked out is held in memory while it is used, and nowhere else."""
        known: dict[str | None, int | None] = {None: None}

        def person_ids(written: Sequence[str | None]) -> list[int | None]:
            new = [each for each in dict.fromkeys(written) if each not in known]
            known.update(zip(new, self.person_ids(new), strict=True))
            return [known[each] for each in written]

        return person_ids

    def checks(self, written: Iterable[str | None]) -> list[int | None]:
        """The numbers that go with them: see `Identities.checks`."""
        return _where_settled(self.kind, written, lambda these: self.identities.checks(self.namespace, these))

    def fingerprint(self) -> tuple[str, ...]:
        """Changes with everything that person_id depends on, and tells no secret."""
        return (self.kind, self.namespace, self.column, self.identities.fingerprint(self.namespace))


def _where_settled(
    kind: IdentifierKind,
    written: Iterable[str | None],
    numbers: Callable[[Sequence[str]], Sequence[int | None]],
) -> list[int | None]:
    """The numbers of those that are identifiers; None for the others."""
    known = [None if each is None else settled(kind, each) for each in written]
    made = iter(numbers([each for each in known if each is not None]))
    return [None if each is None else next(made) for each in known]
