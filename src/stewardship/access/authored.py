"""What tables of work about people have in common: who did a thing and when, histories, rows that only grow.

And what every action says of days and of what cannot be, in sentences for whoever typed it.
"""

from datetime import date, datetime
from typing import Any, ClassVar, NoReturn, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from stewardship.access.actors import Actor


class AuthorRow(models.Model):
    """Who did something, as they were when they did it; each app that keeps work has such a table of its own.

    member: None for somebody at the server's command line. role, organisation: that they acted in.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="%(app_label)s_authors"
    )
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "name", "role", "organisation"], name="one_row_an_author_%(app_label)s"
            ),
            models.UniqueConstraint(
                fields=["name", "role", "organisation"],
                condition=Q(member__isnull=True),
                name="one_row_an_author_of_commands_%(app_label)s",
            ),
        ]

    def __str__(self) -> str:
        return self.name


AnAuthor = TypeVar("AnAuthor", bound=AuthorRow)


def author_row(model: type[AnAuthor], by: Actor) -> AnAuthor:
    """Who acts, as a row of an app's authors. Raises ValidationError for a stranger."""
    if not by.known:
        raise ValidationError("Nobody is named who does this. Sign in again.")
    asked: dict[str, Any] = {
        "member_id": by.member_id, "name": by.name, "role": by.role, "organisation": by.organisation
    }  # fmt: skip
    return model._default_manager.get_or_create(**asked)[0]


def both_or_neither(name: str, one: str, other: str) -> models.CheckConstraint:
    """Who and when: both set, or both empty."""
    both = {f"{field}__isnull": False for field in (one, other)}
    neither = {f"{field}__isnull": True for field in (one, other)}
    return models.CheckConstraint(condition=Q(**both) | Q(**neither), name=name)


def kept_history(authors: str) -> Any:
    """A history of every row: what it was before each change, who changed it and why. Old values are never lost.

    authors: the app's table of authors, such as "frailty.Author". The row's `changed_by` is written down.
    """

    def author_of(history: Any, **_more: Any) -> Any:
        if history.history_user_id is None:
            return None
        return apps.get_model(authors)._default_manager.get(pk=history.history_user_id)

    def set_author(history: Any, author: models.Model | None) -> None:
        history.history_user_id = None if author is None else author.pk

    return HistoricalRecords(
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=author_of,
        history_user_setter=set_author,
        history_change_reason_field=models.CharField(max_length=300, null=True),
        get_user=lambda instance, **_more: getattr(instance, "changed_by", None),
    )


class OnlyGrowing(models.QuerySet[Any]):
    """Rows that are added and never changed or removed."""

    def update(self, **_fields: Any) -> NoReturn:
        """Refused."""
        raise TypeError("What was written is added to, never changed.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("What was written is added to, never removed.")


def require(holds: bool, sentence: str) -> None:
    """Refuse what cannot be, in a sentence for the person who typed it."""
    if not holds:
        raise ValidationError(sentence)


def day_of(now: datetime) -> date:
    """The day of a moment, here."""
    return timezone.localdate(now)


def not_later(day: date | None, now: datetime, what: str) -> None:
    """Refuse a day that has not come yet. what: begins the sentence, such as "The person was told"."""
    if day is not None:
        require(day <= day_of(now), f"{what} on a day that has not come yet. Correct the date.")
