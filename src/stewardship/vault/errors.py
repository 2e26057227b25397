"""Why the vault does not answer, each in a sentence for the person who reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError


class VaultError(Exception):
    """Nothing was done; the message says why and what to do, and names nobody."""


class VaultClosedError(VaultError):
    """The vault is lost, locked or empty, or what it did could not be logged: nobody's identity can be shown."""


class RefusedError(VaultError):
    """The one who asks may not see the person, or nobody is there: which of the two is not said."""


class TooOftenError(VaultError):
    """More was asked in a short time than care of people needs."""


class NotUnderstoodError(VaultError):
    """What was asked is no number, name or day that can be looked for."""


@contextmanager
def reaching_the_vault() -> Iterator[None]:
    """Say that the vault is closed where its database cannot be read or written."""
    try:
        yield
    except DatabaseError:
        raise VaultClosedError(
            "The identity vault cannot be reached: its database is lost, locked by another piece of work, or not "
            "running. Everything else works. Tell your administrator."
        ) from None
