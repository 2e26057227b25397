"""The list itself: one row an open pathway to filter and sort by, saved views, and the nightly files that came."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stewardship.cancer.base import both_or_neither, by_author
from stewardship.cancer.models_pathway import TrackedPathway


class ListRow(models.Model):
    """What the list filters and sorts a pathway by. Worked out from the pathway by `stewardship.cancer.rows`.

    closed: it left the list; its row stays for the worklists that a pathway can be on afterwards.

    Nothing here depends on the day: days waited are as_of less counts_from, days to breach are breach_on less as_of.
    route: USC, BREAST_SYMPTOMATIC, SCREENING, UPGRADE or NONE. counts_from: the start of the 62-day clock (else of the
    28-day one), with the first-seen adjustment added. day_28_on, day_62_on: last day within the standard; None where
    that clock does not run, or has stopped. day_31_on: of the next treatment. breach_on: the earliest of them.
    headline: counts in the national backlog. will_breach: a booked date lies after its last day.
    milestone: code of the next milestone, and milestone_due_on its day. step_…: the first open next action.
    result_known_on: a result is there and the person has not been told. waiting_for: "histology" or "imaging" that
    was done or asked for on waiting_since and is not reported. untold: ruled out, or told to be, but not told.
    transfer_due_on: last day for a transfer that was asked for or is needed; None where none is.
    """

    pathway = models.OneToOneField(
        TrackedPathway, on_delete=models.CASCADE, primary_key=True, related_name="row"
    )
    provider = models.CharField(max_length=9)
    also_provider = models.CharField(max_length=9, blank=True)
    tumour_group = models.CharField(max_length=60, blank=True)
    route = models.CharField(max_length=20)
    age_band = models.CharField(max_length=12, blank=True)
    counts_from = models.DateField(null=True)
    day_28_on = models.DateField(null=True)
    day_31_on = models.DateField(null=True)
    day_62_on = models.DateField(null=True)
    breach_on = models.DateField(null=True)
    headline = models.BooleanField(default=True)
    decided = models.BooleanField(default=False)
    will_breach = models.BooleanField(default=False)
    milestone = models.CharField(max_length=12, blank=True)
    milestone_due_on = models.DateField(null=True)
    step = models.CharField(max_length=80, blank=True)
    step_verb = models.CharField(max_length=20, blank=True)
    step_due_on = models.DateField(null=True)
    step_group = models.CharField(max_length=20, blank=True)
    step_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    step_organisation = models.CharField(max_length=9, blank=True)
    last_comment = models.CharField(max_length=300, blank=True)
    last_comment_by = models.CharField(max_length=150, blank=True)
    last_comment_at = models.DateTimeField(null=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    result_known_on = models.DateField(null=True)
    waiting_for = models.CharField(max_length=12, blank=True)
    waiting_since = models.DateField(null=True)
    untold = models.BooleanField(default=False)
    transfer_due_on = models.DateField(null=True)
    triage_outcome_to_send = models.BooleanField(default=False)
    vanished = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    for_meeting = models.BooleanField(default=False)

    class Meta:
        db_table = "cancer_list_row"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["counts_from", "pathway"], name="rows_by_days_waited"),
            models.Index(fields=["provider", "counts_from", "pathway"], name="rows_of_a_provider"),
            models.Index(fields=["tumour_group", "counts_from", "pathway"], name="rows_of_a_tumour_group"),
            models.Index(fields=["breach_on", "pathway"], name="rows_by_days_to_breach"),
            models.Index(fields=["step_due_on", "pathway"], name="rows_by_next_step"),
        ]

    def __str__(self) -> str:
        return f"row of pathway {self.pathway_id}"


class SavedView(models.Model):
    """Filters and an order that somebody keeps under a name; shared: everybody of the same organisation sees it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cancer_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    shared = models.BooleanField(default=False)
    organisation = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "cancer_saved_view"
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="a_view_has_its_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """That a pair of nightly files was loaded. Digests: SHA-256 of the bytes. files_of: the day that they tell of."""

    at = models.DateTimeField()
    by = by_author()
    files_of = models.DateField()
    pathways_digest = models.CharField(max_length=64)
    events_digest = models.CharField(max_length=64)
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    vanished = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()

    class Meta:
        db_table = "cancer_load"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"load {self.pk}"


class Difference(models.Model):
    """The nightly file says something new of what somebody had corrected by hand. Theirs stands until it is settled.

    record: "pathway", "treatment 1" or the code of a milestone. ours: as corrected; sent: what the file says.
    settled: "kept" or "taken".
    """

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name="differences")
    record = models.CharField(max_length=20)
    field = models.CharField(max_length=40)
    ours = models.CharField(max_length=100, blank=True)
    sent = models.CharField(max_length=100, blank=True)
    found_at = models.DateTimeField()
    settled = models.CharField(max_length=10, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = by_author(empty=True)

    class Meta:
        db_table = "cancer_difference"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("a_difference_is_settled_by_somebody", "settled_at", "settled_by"),
            models.UniqueConstraint(
                fields=["pathway", "record", "field"],
                condition=Q(settled_at__isnull=True),
                name="a_difference_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of pathway {self.pathway_id}"
