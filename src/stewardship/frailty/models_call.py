"""Calls to the advice line once they have ended: what was said and advised, and what follows.

Who a person is stands in the vault. What a caller says of somebody who is not matched yet is kept sealed.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stewardship.access.authored import both_or_neither
from stewardship.frailty.base import by_author, code, kept_history, words
from stewardship.frailty.call_fields import BETWEEN
from stewardship.frailty.call_words import (
    Advice,
    Alert,
    CallerType,
    Capacity,
    Ceiling,
    Channel,
    FollowUp,
    Intended,
    LetterTo,
    Location,
    NotGiven,
    OxygenScale,
    Reason,
    YesNo,
)
from stewardship.frailty.models_draft import Draft
from stewardship.frailty.models_line import LineCall


def _of(choices: Any, longest: int = 30) -> Any:
    return models.CharField(max_length=longest, choices=choices, blank=True)


def _small() -> Any:
    return models.PositiveSmallIntegerField(null=True, blank=True)


class AdviceCall(models.Model):
    """A call that has ended, with what was advised.

    organisation: of the line. person_id: whom it is about, in the vault; None on the list of those to match. told_as:
    what the caller said of who it is, sealed. reasons, also: values with a stroke between. intended_changed: whether
    that answer was changed after advice was there, which makes it worth less as evidence. temperature_tenths: of a
    degree Celsius. entry: the entry that the person had, or that was made from the call (entry_made). version:
    grows with every change.
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="call")
    line = models.OneToOneField(
        LineCall, on_delete=models.PROTECT, null=True, blank=True, related_name="record"
    )
    line_sure = models.BooleanField(default=False)
    organisation = code()
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.PHONE)
    answered_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_index=True)
    consultant = by_author("calls")
    caller_name = models.CharField(max_length=120)
    caller_type = models.CharField(max_length=20, choices=CallerType)
    caller_organisation = words(120)
    call_back = words(40)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    not_given = _of(NotGiven)
    told_as = models.TextField(blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = by_author(empty=True)
    location = _of(Location)
    reasons = models.CharField(max_length=60)
    question = models.TextField(max_length=4000, blank=True)
    intended = models.CharField(max_length=20, choices=Intended)
    intended_at = models.DateTimeField()
    intended_changed = models.BooleanField(default=False)
    breaths = _small()
    oxygen = _small()
    systolic = _small()
    pulse = _small()
    temperature_tenths = _small()
    alertness = _of(Alert)
    on_oxygen = _of(YesNo)
    oxygen_scale = _of(OxygenScale)
    usual_news2 = _small()
    news2 = _small()
    cfs = _small()
    baseline = words(1000)
    capacity = _of(Capacity)
    ceiling = _of(Ceiling)
    respect_seen = _of(YesNo)
    allergies_seen = _of(YesNo)
    advice = models.CharField(max_length=30, choices=Advice)
    also = words(300)
    advised_at = models.DateTimeField()
    said = models.TextField(max_length=4000, blank=True)
    follow_up = models.CharField(max_length=12, choices=FollowUp, default=FollowUp.NONE)
    follow_up_at = models.DateTimeField(null=True, blank=True)
    follow_up_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    follow_up_done_at = models.DateTimeField(null=True, blank=True)
    follow_up_done_by = by_author(empty=True)
    follow_up_came_to = words(1000)
    plan_updated = _of(YesNo)
    second_opinion = words(120)
    entry = models.ForeignKey(
        "frailty.Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    entry_made = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_call"
        ordering: ClassVar[list[str]] = ["-ended_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation"], condition=Q(person_id__isnull=True), name="calls_to_match"),
            models.Index(
                fields=["follow_up_at"],
                condition=Q(follow_up_done_at__isnull=True, follow_up_at__isnull=False),
                name="open_follow_ups",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(caller_name="") & ~Q(caller_type="") & ~Q(reasons="") & ~Q(advice=""),
                name="a_call_says_who_why_and_what_was_advised",
            ),
            models.CheckConstraint(
                condition=~Q(intended="") & Q(intended_at__lte=models.F("advised_at")),
                name="the_caller_was_asked_before_the_advice",
            ),
            models.CheckConstraint(
                condition=Q(person_id__isnull=False) | ~Q(not_given=""),
                name="a_call_about_nobody_known_says_why",
            ),
            models.CheckConstraint(
                condition=Q(follow_up=FollowUp.NONE, follow_up_at__isnull=True, follow_up_owner__isnull=True)
                | (
                    ~Q(follow_up=FollowUp.NONE) & Q(follow_up_at__isnull=False, follow_up_owner__isnull=False)
                ),
                name="a_follow_up_has_a_day_and_an_owner",
            ),
            both_or_neither("a_call_is_matched_by_somebody", "matched_at", "matched_by"),
            both_or_neither("a_follow_up_is_done_by_somebody", "follow_up_done_at", "follow_up_done_by"),
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"

    @property
    def reasons_said(self) -> list[str]:
        """Why the call was made, in words."""
        return [str(Reason(value).label) for value in self.reasons.split(BETWEEN)]

    @property
    def also_said(self) -> list[str]:
        """What else was advised, in words."""
        return [str(Advice(value).label) for value in self.also.split(BETWEEN) if value]


class CallLetter(models.Model):
    """That a summary of the advice was made for somebody, and when it was sent. Its words are made anew each time."""

    call = models.ForeignKey(AdviceCall, on_delete=models.CASCADE, related_name="letters")
    to = models.CharField(max_length=10, choices=LetterTo)
    made_at = models.DateTimeField()
    made_by = by_author()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = by_author(empty=True)

    class Meta:
        db_table = "frailty_call_letter"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["call", "to"], name="a_summary_to_each"),
            both_or_neither("a_summary_is_sent_by_somebody", "sent_at", "sent_by"),
        ]

    def __str__(self) -> str:
        return f"summary of call {self.call_id}"


class Feedback(models.Model):
    """What the caller said of the advice afterwards. before, after: how sure they were of what to do, 1 to 5."""

    call = models.OneToOneField(AdviceCall, on_delete=models.CASCADE, related_name="feedback")
    useful = models.BooleanField()
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    text = words(2000)
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_call_feedback"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(before__isnull=True) | Q(before__range=(1, 5)))
                & (Q(after__isnull=True) | Q(after__range=(1, 5))),
                name="confidence_is_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"feedback on call {self.call_id}"
