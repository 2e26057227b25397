"""Pseudonyms: one number a person, the same in every source and snapshot, that nobody without the key can make.

About a thousand million NHS numbers are possible, so that a hash without a key would be undone in minutes.
Source: HMAC, FIPS 198-1, with SHA-256; the first 63 bits of it are kept.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Identities:
    """Makes `person_id` out of what sources call people.

    key: the secret of this system. crosswalk: for each namespace, the person_id of identifiers whose person is
    known by another source too; held in the vault, and empty without one.
    """

    key: bytes = field(repr=False)
    crosswalk: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)

    def person_ids(self, namespace: str, identifiers: Iterable[str]) -> list[int]:
        """The person_id of each identifier, in order. Identifiers are given as the reader has settled them."""
        known = self.crosswalk.get(namespace, {})
        prefix = namespace.encode() + b"\x1f"
        return [known.get(each) or self._hashed(prefix + each.encode()) for each in identifiers]

    def _hashed(self, text: bytes) -> int:
        digest = hmac.digest(self.key, text, "sha256")
        return int.from_bytes(digest[:8]) >> 1 or 1
