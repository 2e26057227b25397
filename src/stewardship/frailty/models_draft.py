"""A call while it is on the line: its draft, and every field of it as it was typed. Sealed: callers say names."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stewardship.frailty.base import code, words


class Draft(models.Model):
    """A call on the line, or one that its consultant still has to finish. Nobody else opens it.

    person_id: whom it is about, in the vault; None until somebody is found. typed: every field as it was typed, sealed.
    version: grows with every field that is saved. ended_at: when it became a record, or was set aside with a reason.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="call_drafts")
    organisation = code()
    person_id = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    typed = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True, blank=True)
    set_aside_because = words(300)

    class Meta:
        db_table = "frailty_call_draft"
        ordering: ClassVar[list[str]] = ["-started_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner"], condition=Q(ended_at__isnull=True), name="open_drafts"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Typing(models.Model):
    """One field as it was saved, or as one page of a draft sent it after another page had changed it.

    version: of the draft that it made; for what was not taken, the draft's at that time. words: sealed.
    settled_at: when somebody chose between the two, where it was not taken.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="typings")
    name = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    taken = models.BooleanField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "frailty_call_typing"
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["draft", "version"], name="typings_by_version")
        ]

    def __str__(self) -> str:
        return f"{self.name} of draft {self.draft_id}"
