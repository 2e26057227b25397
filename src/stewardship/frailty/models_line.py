"""The telephony portal's list of calls, as it was loaded."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from stewardship.access.authored import both_or_neither
from stewardship.frailty.base import by_author, code, words
from stewardship.frailty.call_words import Channel, LineStatus


class LineLoad(models.Model):
    """That the telephony portal's list of calls was loaded."""

    digest = models.CharField(max_length=64, unique=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    new = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_line_load"
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return f"load {self.pk}"


class LineCall(models.Model):
    """One call as the telephony portal lists it. reference: its own. no_record_because: why none is needed."""

    organisation = code()
    reference = models.CharField(max_length=60)
    channel = models.CharField(max_length=12, choices=Channel, blank=True)
    status = models.CharField(max_length=12, choices=LineStatus)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    load = models.ForeignKey(LineLoad, on_delete=models.PROTECT, related_name="calls")
    no_record_because = words(300)
    no_record_at = models.DateTimeField(null=True, blank=True)
    no_record_by = by_author(empty=True)

    class Meta:
        db_table = "frailty_line_call"
        ordering: ClassVar[list[str]] = ["-started_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="a_call_of_the_line_once"),
            models.CheckConstraint(
                condition=~Q(status=LineStatus.ANSWERED) | Q(answered_at__isnull=False),
                name="an_answered_call_was_answered_at_a_time",
            ),
            both_or_neither("no_record_by_somebody", "no_record_at", "no_record_by"),
        ]

    def __str__(self) -> str:
        return f"call {self.reference} of the line"

    @property
    def waited(self) -> int | None:
        """Seconds until somebody answered; None where nobody did."""
        return None if self.answered_at is None else int((self.answered_at - self.started_at).total_seconds())

    @property
    def length(self) -> int | None:
        """Seconds from the answer to the end; None while either is not known."""
        if self.answered_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.answered_at).total_seconds())
