"""Allergies and how many medicines somebody takes, as they were checked on a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from stewardship.frailty.base import by_author, day, of_entry, words
from stewardship.frailty.models_entry import Grown


class MedicinesCheck(Grown):
    """What was found when allergies and medicines were checked. The latest counts; those before stay as they were.

    allergies: what somebody is allergic to and what it does to them, one a line. none_known: they were asked, and none
    is known. medicines: how many they take. reviewed_on: of the last structured medication review. checked_by: who
    checked it, by name and role.
    """

    entry = of_entry("medicines_checks")
    on = models.DateField()
    allergies = words(1000)
    none_known = models.BooleanField(default=False)
    medicines = models.PositiveSmallIntegerField(null=True, blank=True)
    reviewed_on = day()
    checked_by = models.CharField(max_length=150)
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_medicines_check"
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(none_known=False) | Q(allergies=""), name="no_known_allergies_names_none"
            ),
        ]

    def __str__(self) -> str:
        return f"medicines check of entry {self.entry_id}"

    @property
    def allergy_lines(self) -> list[str]:
        """Each allergy that was named."""
        return [line.strip() for line in self.allergies.splitlines() if line.strip()]
