"""The table of events. It only grows: the database itself refuses to change or remove a row."""

from typing import ClassVar

from django.db import models


class AccessEvent(models.Model):
    """One event; `stewardship.access.chain.Event` says what each field means."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27, db_index=True)
    member = models.BigIntegerField(null=True)
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=60, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    session = models.CharField(max_length=16, blank=True)
    client = models.CharField(max_length=80, blank=True)
    did = models.CharField(max_length=40)
    about = models.TextField(blank=True)
    query = models.CharField(max_length=400, blank=True)
    shown = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    result = models.CharField(max_length=10)
    via = models.CharField(max_length=20)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "access_event"
        ordering: ClassVar[list[str]] = ["sequence"]

    def __str__(self) -> str:
        return f"event {self.sequence}"
