"""Assessments by domain, problems with goals and actions, plans of care and for emergencies, and reviews."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from stewardship.access.authored import both_or_neither
from stewardship.frailty.base import by_author, code, day, kept_history, of_entry, words
from stewardship.frailty.words import CarePlace, CprDecision, Domain, Focus, Outcome


class Assessment(models.Model):
    """A comprehensive geriatric assessment. findings: by domain, in words. complete: all five domains have some."""

    entry = of_entry("assessments")
    on = models.DateField()
    assessor = models.CharField(max_length=150)
    findings = models.JSONField()
    complete = models.BooleanField()
    at = models.DateTimeField()
    by = by_author()

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_assessment"
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"assessment of entry {self.entry_id}"


class Problem(models.Model):
    """What troubles somebody. It is resolved, or stands with a reason."""

    entry = of_entry("problems")
    domain = models.CharField(max_length=12, choices=Domain)
    problem = models.CharField(max_length=300)
    on = models.DateField()
    at = models.DateTimeField()
    by = by_author()
    ended_on = day()
    ended_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_problem"
        ordering: ClassVar[list[str]] = ["domain", "pk"]

    def __str__(self) -> str:
        return f"problem of entry {self.entry_id}"


class Goal(models.Model):
    """What somebody wants to reach of a problem, in their own words."""

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="goals")
    goal = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = by_author()
    ended_on = day()
    ended_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_goal"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"goal of problem {self.problem_id}"


class Step(models.Model):
    """What is done for a goal: by whom, by name or team, and by when. dropped_because: not needed any more."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    organisation = code()
    due_on = models.DateField()
    at = models.DateTimeField()
    by = by_author()
    done_on = day()
    done_by = by_author(empty=True)
    dropped_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_step"
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("a_step_is_done_by_somebody", "done_on", "done_by"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_because=""),
                name="a_step_is_done_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"step of goal {self.goal_id}"


class Plan(models.Model):
    """A personalised plan of care, as it was agreed on a day. The latest counts; those before stay as they were.

    matters: what matters to the person. contingency: what to do if. ceiling: of escalation.
    """

    entry = of_entry("plans")
    agreed_on = models.DateField()
    matters = models.CharField(max_length=2000)
    contingency = words()
    ceiling = words(500)
    place_of_care = models.CharField(max_length=16, choices=CarePlace, blank=True)
    place_of_death = models.CharField(max_length=16, choices=CarePlace, blank=True)
    clinician = models.CharField(max_length=150)
    at = models.DateTimeField()
    by = by_author()

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_plan"
        ordering: ClassVar[list[str]] = ["-agreed_on", "-pk"]

    def __str__(self) -> str:
        return f"plan of entry {self.entry_id}"


class EmergencyPlan(models.Model):
    """A ReSPECT form. The one signed last counts, unless it was withdrawn; it is never changed, only withdrawn.

    diagnoses: and the circumstances. comfort: 0 where length of life matters most, to 10 where comfort does. value,
    fear: what the person most values and most fears. involvement: how they, or who for them, took part. reviewed_on:
    somebody confirmed that it still holds.
    """

    entry = of_entry("emergency_plans")
    signed_on = models.DateField()
    signed_at = models.TimeField(null=True, blank=True)
    diagnoses = models.CharField(max_length=2000)
    other_plans = words(500)
    legal_proxy = models.BooleanField()
    comfort = models.PositiveSmallIntegerField(null=True, blank=True)
    value = words(1000)
    fear = words(1000)
    focus = models.CharField(max_length=8, choices=Focus)
    guidance = models.CharField(max_length=2000)
    cpr = models.CharField(max_length=16, choices=CprDecision)
    has_capacity = models.BooleanField()
    involvement = models.CharField(max_length=1000)
    reasons = models.CharField(max_length=1000)
    clinician = models.CharField(max_length=150)
    clinician_role = models.CharField(max_length=80)
    registration = words(20)
    senior_clinician = words(150)
    emergency_contacts = words(500)
    medicines = words(500)
    oxygen_and_devices = words(500)
    reviewed_on = day()
    at = models.DateTimeField()
    by = by_author()
    withdrawn_on = day()
    withdrawn_by = by_author(empty=True)
    withdrawn_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_emergency_plan"
        ordering: ClassVar[list[str]] = ["-signed_on", "-signed_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("an_emergency_plan_is_withdrawn_by_somebody", "withdrawn_on", "withdrawn_by"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_because=""),
                name="an_emergency_plan_is_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(comfort__isnull=True) | Q(comfort__lte=10), name="comfort_is_from_0_to_10"
            ),
        ]

    def __str__(self) -> str:
        return f"emergency plan of entry {self.entry_id}"


class Review(models.Model):
    """A review that was held. What is due next follows from it and from the configured intervals.

    subjects: what it looked at: plan, dementia, respect. next_on: a day agreed for the next one, if sooner.
    """

    entry = of_entry("reviews")
    held_on = models.DateField()
    subjects = models.JSONField()
    face_to_face = models.BooleanField()
    reviewer = models.CharField(max_length=150)
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = words()
    next_on = day()
    at = models.DateTimeField()
    by = by_author()

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_review"
        ordering: ClassVar[list[str]] = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"review of entry {self.entry_id}"
