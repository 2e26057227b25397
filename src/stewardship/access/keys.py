"""The key of the access log, and what is made with it: seals, digests, and reasons that only it opens."""

import base64
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

SHORTEST = 32
QUERY = re.compile(r"([a-z_]+#[0-9a-f]{16}(, (?!$)|$))*")


class AccessLogError(Exception):
    """The log could not be written or read, so nothing may be answered; the message says why, in a sentence."""


@dataclass(frozen=True)
class Keys:
    """The log's keys, newest first: the newest seals, the older ones still open what they sealed."""

    secrets: tuple[str, ...]

    @classmethod
    def from_setting(cls, written: str) -> "Keys":
        """Keys separated by commas, newest first. Raises AccessLogError for none, or one that is too short."""
        secrets = tuple(one.strip() for one in written.split(",") if one.strip())
        if not secrets:
            raise AccessLogError(
                "The access log has no key, so nothing about a person can be shown. "
                "Set STEWARDSHIP_LOG_KEY, as `stewardship init` does."
            )
        if min(map(len, secrets)) < SHORTEST:
            raise AccessLogError(
                f"A key in STEWARDSHIP_LOG_KEY is shorter than {SHORTEST} characters. "
                "Take one that `stewardship init` made."
            )
        return cls(secrets)

    def seals(self, what: bytes, purpose: str) -> list[str]:
        """The HMAC-SHA-256 of it, in hexadecimal, under each key, newest first."""
        return [hmac.digest(_derived(key, purpose), what, "sha256").hex() for key in self.secrets]

    def seal(self, what: bytes, purpose: str) -> str:
        """The HMAC-SHA-256 of it under the newest key, in hexadecimal."""
        return hmac.digest(_derived(self.secrets[0], purpose), what, "sha256").hex()

    def digest(self, what: str, purpose: str) -> str:
        """Sixteen hexadecimal digits that stand for a text and cannot be turned back without the key."""
        return self.seal(what.encode(), purpose)[:16]

    @property
    def first(self) -> "Keys":
        """The oldest key alone, for names that have to stay the same under a new key and tell of nobody's record."""
        return Keys(self.secrets[-1:])

    def each(self) -> "list[Keys]":
        """Every key alone, newest first."""
        return [Keys((secret,)) for secret in self.secrets]

    def closed(self, words: str) -> str:
        """Words that only the key opens again; nothing stays nothing."""
        return _box(self).encrypt(words.encode()).decode("ascii") if words else ""

    def opened(self, kept: str) -> str:
        """The words that were closed. Raises AccessLogError where no key fits."""
        try:
            return _box(self).decrypt(kept.encode()).decode() if kept else ""
        except InvalidToken:
            raise AccessLogError(
                "A reason in the access log cannot be opened: none of the keys in STEWARDSHIP_LOG_KEY fits."
            ) from None


@lru_cache(maxsize=64)
def _derived(key: str, purpose: str) -> bytes:
    return hmac.digest(key.encode(), f"stewardship access log: {purpose}".encode(), "sha256")


@lru_cache(maxsize=4)
def _box(keys: Keys) -> MultiFernet:
    derived = (_derived(key, "reason") for key in keys.secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in derived])


def normalised(term: str) -> str:
    """A search term without case and without spaces at its ends or doubled within."""
    return " ".join(term.casefold().split())


def query_of(keys: Keys, terms: Sequence[tuple[str, str]]) -> str:
    """Which fields were searched, each with a digest of its term: "born#91bc…, name#8f3a…"."""
    return ", ".join(
        f"{field}#{keys.digest(normalised(term), 'query ' + field)}" for field, term in sorted(terms)
    )


def is_query(query: str) -> bool:
    """Whether it was written by `query_of`: fields and digests, no words of a search."""
    return QUERY.fullmatch(query) is not None
