"""The vault's keys, and what is made with each: envelopes that only their own row opens, and blind indexes.

An envelope is AES-256-GCM (NIST SP 800-38D) with a random nonce; what it belongs to is authenticated with it, so that
one moved to another row does not open there. A blind index is an HMAC-SHA-256 cut to 16 bytes. Each purpose has a
key of its own, derived by HKDF (RFC 5869) from the vault key.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from hmac import digest as hmac_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stewardship.vault.errors import VaultClosedError, VaultError

SETTING = "STEWARDSHIP_VAULT_KEYS"
SHORTEST = 32  # characters
NONCE = 12  # bytes
INDEX = 16  # bytes of a blind index
BLOCK = 64  # envelopes are filled up to a multiple of it, so that their length tells little


class Kind(Enum):
    """What a blind index is of."""

    NHS_NUMBER = "NHS number"
    FAMILY_AND_BIRTH = "family name and birth date"
    FULL_NAME_AND_BIRTH = "given name, family name and birth date"
    IDENTIFIER = "identifier of a namespace"


class VaultKey:
    """One key. fingerprint: 16 hexadecimal digits that name it without telling it."""

    def __init__(self, written: str) -> None:
        self.fingerprint = _derived(written, "fingerprint", 8).hex()
        self._cipher = AESGCM(_derived(written, "envelope", 32))
        self._index_keys = {kind: _derived(written, f"index of {kind.value}", 32) for kind in Kind}

    def seal(self, words: str, belongs_to: str) -> bytes:
        """An envelope with these words that opens only together with `belongs_to`."""
        plain = words.encode()
        filled = plain + b" " * (-len(plain) % BLOCK)
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, filled, belongs_to.encode())

    def opened(self, envelope: bytes, belongs_to: str) -> str:
        """The words of an envelope. Raises VaultError if it was changed, moved, or sealed with another key."""
        try:
            filled = self._cipher.decrypt(envelope[:NONCE], envelope[NONCE:], belongs_to.encode())
        except (InvalidTag, ValueError):
            raise VaultError(
                "An envelope of the vault does not open in its place: it was changed or moved. "
                "Restore the vault from its last back-up."
            ) from None
        return filled.rstrip(b" ").decode()

    def index(self, kind: Kind, *parts: str) -> bytes:
        """The blind index of a value: equal for equal values, and nothing to anybody without the key."""
        return hmac_digest(self._index_keys[kind], "\x1f".join(parts).encode(), "sha256")[:INDEX]


@dataclass(frozen=True, repr=False)
class Keyring:
    """The keys, newest first: the newest seals, the older ones still open what they sealed."""

    keys: tuple[VaultKey, ...]

    @classmethod
    def from_setting(cls, written: str) -> "Keyring":
        """Keys separated by commas, newest first. Raises VaultClosedError for none, or one that is too short."""
        secrets = tuple(dict.fromkeys(one.strip() for one in written.split(",") if one.strip()))
        if not secrets:
            raise VaultClosedError(
                f"The identity vault has no key. Set {SETTING}, as `stewardship init` does, and start again."
            )
        if min(map(len, secrets)) < SHORTEST:
            raise VaultClosedError(
                f"A key in {SETTING} is shorter than {SHORTEST} characters. Take one that `stewardship init` made."
            )
        return cls(tuple(VaultKey(secret) for secret in secrets))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Keyring":
        """The keys of this process."""
        return cls.from_setting(environment.get(SETTING, ""))

    @property
    def newest(self) -> VaultKey:
        """The key that new envelopes are sealed with."""
        return self.keys[0]

    def __iter__(self) -> Iterator[VaultKey]:
        return iter(self.keys)

    def __contains__(self, fingerprint: str) -> bool:
        return any(key.fingerprint == fingerprint for key in self.keys)

    def named(self, fingerprint: str) -> VaultKey:
        """The key of that fingerprint. Raises VaultClosedError if it is not on the ring."""
        for key in self.keys:
            if key.fingerprint == fingerprint:
                return key
        raise VaultClosedError(
            f"The identity vault is locked: part of it is under the key {fingerprint}, which is not in {SETTING}."
        )

    def indexes(self, kind: Kind, *parts: str) -> list[bytes]:
        """The blind index of a value under each key."""
        return [key.index(kind, *parts) for key in self.keys]


def _derived(secret: str, purpose: str, length: int) -> bytes:
    made = HKDF(algorithm=SHA256(), length=length, salt=None, info=f"stewardship vault: {purpose}".encode())
    return made.derive(secret.encode())
