"""Which database the site keeps its accounts and sessions in, and under what keys its cache."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.crypto import salted_hmac

WRITE_AHEAD = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
SURELY = WRITE_AHEAD.replace("synchronous=NORMAL", "synchronous=FULL")


def sqlite(path: Path, *, durable: bool = False) -> dict[str, Any]:
    """A file: readers do not wait for a writer, and a writer waits up to 20 seconds for another.

    durable: what was committed outlives a loss of power, at the price of waiting for the disk each time.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": SURELY if durable else WRITE_AHEAD,
        },
    }


def sqlite_vault(path: Path) -> dict[str, Any]:
    """A file that is only opened, never made in passing: a lost vault is an error and not an empty vault.

    What is deleted is overwritten.
    """
    made = sqlite(path, durable=True)
    made["NAME"] = f"{path.as_uri()}?mode=rw"
    made["OPTIONS"]["init_command"] += " PRAGMA secure_delete=ON;"
    return made


def cache_key(key: str, prefix: str, version: int) -> str:
    """Under what an entry of the cache is kept: a keyed digest, since keys hold codes and names that were typed."""
    whole = f"{prefix}:{version}:{key}"
    return salted_hmac("stewardship.site.database.cache_key", whole, algorithm="sha256").hexdigest()


def from_url(url: str, setting: str = "STEWARDSHIP_DATABASE_URL") -> dict[str, Any]:
    """A PostgreSQL database from `postgresql://user:password@host:port/name?sslmode=require`.

    setting: which setting it is from, to be named where it is no such address.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise ValueError(
            f"{setting} is not an address of a PostgreSQL database. "
            "Write it as postgresql://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
