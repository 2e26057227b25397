"""What the tables of the tracking list have in common: who did a thing and when, histories, rows that only grow."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class Author(models.Model):
    """Who did something, as they were when they did it.

    member: None for somebody at the server's command line. role, organisation: that they acted in.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="authors"
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "cancer_author"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "name", "role", "organisation"], name="an_author_is_one_row"
            ),
            models.UniqueConstraint(
                fields=["name", "role", "organisation"],
                condition=Q(member__isnull=True),
                name="an_author_of_commands_is_one_row",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def by_author(related: str = "+", *, empty: bool = False) -> Any:
    """A reference to whoever did something; empty: where it may not have been done yet."""
    return models.ForeignKey(
        "cancer.Author", on_delete=models.PROTECT, related_name=related, null=empty, blank=empty
    )


def both_or_neither(name: str, one: str, other: str) -> models.CheckConstraint:
    """Who and when: both set, or both empty."""
    both = {f"{field}__isnull": False for field in (one, other)}
    neither = {f"{field}__isnull": True for field in (one, other)}
    return models.CheckConstraint(condition=Q(**both) | Q(**neither), name=name)


def _author_of(history: Any, **_more: Any) -> Author | None:
    return None if history.history_user_id is None else Author.objects.get(pk=history.history_user_id)


def _set_author(history: Any, author: Author | None) -> None:
    history.history_user_id = None if author is None else author.pk


def kept_history() -> Any:
    """A history of every row: what it was before each change, who changed it and why. Old values are never lost."""
    return HistoricalRecords(
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=_author_of,
        history_user_setter=_set_author,
        history_change_reason_field=models.CharField(max_length=300, null=True),
        get_user=lambda instance, **_more: getattr(instance, "changed_by", None),
    )


class OnlyGrowing(models.QuerySet[Any]):
    """Rows that are added and never changed or removed. The database refuses it too."""

    def update(self, **_fields: Any) -> NoReturn:
        """Refused."""
        raise TypeError("What was written is added to, never changed.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("What was written is added to, never removed.")
