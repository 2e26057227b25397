"""Tests that a pathway's first steps depend on: FIT, and the filter tests."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from stewardship.cancer.base import by_author
from stewardship.cancer.models_pathway import TrackedPathway


class FitResult(models.Model):
    """A faecal immunochemical test: micrograms of haemoglobin per gram of faeces, or why there is none.

    comparator: "<", ">" or "" for the value itself. value: in tenths of a microgram, so that it is whole.
    """

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name="fit_results")
    comparator = models.CharField(max_length=1, blank=True)
    tenths = models.PositiveIntegerField(null=True, blank=True)
    sampled_on = models.DateField(null=True, blank=True)
    resulted_on = models.DateField(null=True, blank=True)
    analyser = models.CharField(max_length=60, blank=True)
    missing_because = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = by_author()

    class Meta:
        db_table = "cancer_fit_result"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(tenths__isnull=False, missing_because="")
                | (Q(tenths__isnull=True) & ~Q(missing_because="")),
                name="a_fit_has_a_value_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"FIT of pathway {self.pathway_id}"


class FilterTest(models.Model):
    """One of the filter tests before or at a referral, by the name that the timed pathway gives it."""

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name="filter_tests")
    test = models.CharField(max_length=40)
    done_on = models.DateField()
    abnormal = models.BooleanField(null=True)
    made_at = models.DateTimeField()
    made_by = by_author()

    class Meta:
        db_table = "cancer_filter_test"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pathway", "test"], name="a_filter_test_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.test} of pathway {self.pathway_id}"
