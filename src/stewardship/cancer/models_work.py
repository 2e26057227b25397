"""The work on a pathway: comments, next actions, reasons, escalations, removals, letters and reviews."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from stewardship.cancer.base import OnlyGrowing, both_or_neither, by_author, kept_history
from stewardship.cancer.models_pathway import TrackedPathway, Treatment
from stewardship.cancer.words import (
    CommentKind,
    Harm,
    LetterTo,
    Level,
    LocalDelay,
    OwnerGroup,
    RemovalReason,
    ReviewState,
    Source,
    Specific,
    Standard,
    ToldHow,
    ToldWhom,
    Verb,
)


def _of_pathway(related: str) -> Any:
    return models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name=related)


class Comment(models.Model):
    """A tracking comment. Rows are added, never changed: a trigger of the database refuses it too."""

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10, choices=CommentKind)
    text = models.TextField(max_length=4000)
    at = models.DateTimeField()
    by = by_author()

    objects = OnlyGrowing.as_manager()

    class Meta:
        db_table = "cancer_comment"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["pathway", "at"], name="last_comments")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuses to change one."""
        if self.pk is not None:
            raise TypeError("A comment is added to, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("A comment is added to, never removed.")


class NextAction(models.Model):
    """What has to be done, by whom and by when. Several may be open; the earliest due is the next step.

    organisation: who must act, which may be another provider. dropped: ended without having been done, in words.
    """

    pathway = _of_pathway("actions")
    verb = models.CharField(max_length=20, choices=Verb)
    specific = models.CharField(max_length=20, choices=Specific, blank=True)
    details = models.CharField(max_length=255, blank=True)
    owner_group = models.CharField(max_length=20, choices=OwnerGroup)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="next_actions"
    )
    organisation = models.CharField(max_length=9, blank=True)
    due_on = models.DateField()
    delay = models.CharField(max_length=30, choices=LocalDelay, blank=True)
    delay_comment = models.CharField(max_length=255, blank=True)
    reply = models.CharField(max_length=255, blank=True)
    made_at = models.DateTimeField()
    made_by = by_author()
    completed_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = by_author(empty=True)
    dropped = models.CharField(max_length=255, blank=True)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "cancer_next_action"
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["pathway", "due_on"], condition=Q(ended_at__isnull=True), name="open_actions"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("an_action_is_ended_by_somebody", "ended_at", "ended_by"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, completed_on__isnull=True, dropped="")
                | Q(ended_at__isnull=False, completed_on__isnull=False, dropped="")
                | (Q(ended_at__isnull=False, completed_on__isnull=True) & ~Q(dropped="")),
                name="an_ended_action_was_done_or_dropped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(delay=LocalDelay.OTHER) | ~Q(delay_comment=""),
                name="another_delay_is_said_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.get_specific_display()}".strip()


class DelayReason(models.Model):
    """Why a wait was too long, by the national code; the one given last for a standard and treatment counts."""

    pathway = _of_pathway("delay_reasons")
    treatment = models.ForeignKey(
        Treatment, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    standard = models.CharField(max_length=12, choices=Standard)
    code = models.CharField(max_length=2)
    comment = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "cancer_delay_reason"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(code="98") | ~Q(comment=""), name="reason_98_is_said_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"reason {self.code} of pathway {self.pathway_id}"


class Escalation(models.Model):
    """That somebody above was told. Open until it is answered."""

    pathway = _of_pathway("escalations")
    level = models.PositiveSmallIntegerField(choices=Level)
    to = models.CharField(max_length=120)
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = by_author()
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = by_author(empty=True)

    class Meta:
        db_table = "cancer_escalation"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("an_escalation_is_answered_by_somebody", "answered_at", "answered_by"),
        ]

    def __str__(self) -> str:
        return f"level {self.level} of pathway {self.pathway_id}"


class Removal(models.Model):
    """Why, when and by whom a pathway was taken off the list; and, where cancer was ruled out, who was told and how.

    on: the day of what ended it. source: who says so. undone: that it was put back on the list.
    """

    pathway = _of_pathway("removals")
    reason = models.CharField(max_length=20, choices=RemovalReason)
    on = models.DateField()
    source = models.CharField(max_length=10, choices=Source, default=Source.HAND)
    note = models.CharField(max_length=1000, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=10, choices=ToldHow, blank=True)
    told_whom = models.CharField(max_length=10, choices=ToldWhom, blank=True)
    at = models.DateTimeField()
    by = by_author()
    undone_because = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = by_author(empty=True)

    class Meta:
        db_table = "cancer_removal"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("a_removal_is_undone_by_somebody", "undone_at", "undone_by"),
            models.UniqueConstraint(
                fields=["pathway"], condition=Q(undone_at__isnull=True), name="a_pathway_is_removed_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=RemovalReason.RULED_OUT)
                | (Q(told_on__isnull=False) & ~Q(told_how="") & ~Q(told_whom="")),
                name="whom_cancer_is_ruled_out_for_was_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: pathway {self.pathway_id}"


class Letter(models.Model):
    """That a letter of a ruling out was made, and when it was sent. Its words are made anew from the pathway."""

    removal = models.ForeignKey(Removal, on_delete=models.CASCADE, related_name="letters")
    to = models.CharField(max_length=10, choices=LetterTo)
    made_at = models.DateTimeField()
    made_by = by_author()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = by_author(empty=True)

    class Meta:
        db_table = "cancer_letter"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["removal", "to"], name="a_letter_to_each"),
            both_or_neither("a_letter_is_sent_by_somebody", "sent_at", "sent_by"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class HarmReview(models.Model):
    """The clinical harm review of somebody who waited over 104 days, and what it found."""

    pathway = models.OneToOneField(TrackedPathway, on_delete=models.CASCADE, related_name="harm_review")
    asked_at = models.DateTimeField()
    asked_by = by_author()
    reviewed_on = models.DateField(null=True, blank=True)
    physical = models.CharField(max_length=10, choices=Harm, blank=True)
    psychological = models.CharField(max_length=10, choices=Harm, blank=True)
    root_cause = models.TextField(max_length=4000, blank=True)
    to_patient_safety_on = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = by_author(empty=True)

    class Meta:
        db_table = "cancer_harm_review"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("a_harm_review_is_completed_by_somebody", "completed_at", "completed_by"),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True)
                | (Q(reviewed_on__isnull=False) & ~Q(physical="") & ~Q(psychological="") & ~Q(root_cause="")),
                name="a_completed_harm_review_says_what_it_found",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True)
                | ~(Q(physical__in=["severe", "death"]) | Q(psychological__in=["severe", "death"]))
                | Q(to_patient_safety_on__isnull=False),
                name="severe_harm_goes_to_patient_safety",
            ),
        ]

    def __str__(self) -> str:
        return f"harm review of pathway {self.pathway_id}"


class CareReview(models.Model):
    """What became of a cancer care review in primary care. months: 3 or 12 after the diagnosis."""

    pathway = _of_pathway("care_reviews")
    months = models.PositiveSmallIntegerField(choices=[(3, "3 months"), (12, "12 months")])
    state = models.CharField(max_length=20, choices=ReviewState)
    on = models.DateField()
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "cancer_care_review"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pathway", "months"], name="a_care_review_of_each_kind"),
        ]

    def __str__(self) -> str:
        return f"review at {self.months} months of pathway {self.pathway_id}"
