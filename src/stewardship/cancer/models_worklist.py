"""Who is on which worklist, from which day until which."""

from typing import ClassVar

from django.db import models

from stewardship.cancer.models_pathway import TrackedPathway


class WorklistDays(models.Model):
    """Days, both included, on which a pathway is on a worklist. Worked out by `stewardship.cancer.on_lists`.

    provider, also_provider: as in the list's row, so that a provider's worklist is counted without another table.
    """

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name="worklist_days")
    worklist = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    provider = models.CharField(max_length=9)
    also_provider = models.CharField(max_length=9, blank=True)

    class Meta:
        db_table = "cancer_worklist_days"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["worklist", "first", "last", "provider", "also_provider", "pathway"],
                name="who_is_on_a_worklist",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worklist}: pathway {self.pathway_id}"
