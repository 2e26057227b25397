"""What the tables of the register have in common."""

from typing import Any

from django.db import models

from stewardship.access import authored


class Author(authored.AuthorRow):
    """Who did something on the register or the advice line."""

    class Meta(authored.AuthorRow.Meta):
        db_table = "frailty_author"


def by_author(related: str = "+", *, empty: bool = False) -> Any:
    """A reference to whoever did something; empty: where it may not have been done yet."""
    return models.ForeignKey(
        "frailty.Author", on_delete=models.PROTECT, related_name=related, null=empty, blank=empty
    )


def kept_history() -> Any:
    """A history of every row, with its author."""
    return authored.kept_history("frailty.Author")


def of_entry(related: str) -> Any:
    """The entry that a row belongs to; nothing that hangs on an entry is ever removed with it."""
    return models.ForeignKey("frailty.Entry", on_delete=models.PROTECT, related_name=related)


def code(longest: int = 20) -> Any:
    """A code that may be empty."""
    return models.CharField(max_length=longest, blank=True)


def day() -> Any:
    """A day that may not be known."""
    return models.DateField(null=True, blank=True)


def words(longest: int = 2000) -> Any:
    """Text that somebody may leave empty."""
    return models.CharField(max_length=longest, blank=True)
