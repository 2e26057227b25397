"""An entry of the register, and what was decided of it. Who the person is stands in the vault alone."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import F, Q

from stewardship.access.authored import OnlyGrowing
from stewardship.frailty.base import by_author, code, day, kept_history, of_entry, words
from stewardship.frailty.words import Condition, Decided, Degree, Ended, Route, State


class Entries(models.QuerySet["Entry"]):
    """Entries, by where they stand."""

    def standing(self) -> "Entries":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def on_register(self) -> "Entries":
        """Those whom a clinician confirmed and that have not ended."""
        return self.filter(state=State.ON_REGISTER)


class Entry(models.Model):
    """One person. person_id: who it is, in the vault.

    practice, network, alliance: codes of the places of registration. owner: organisation that answers for the entry.
    team: code of the team that looks after the person. care_home: code of the home; "" for their own home, and
    care_home_since the day they moved in. objects: they object to sharing; then only the owner sees the entry.
    merged_into: the entry that stands for this one. died_on, died_at: day and place of death.
    version: grows with every change that somebody else could be making too. changed_by: for the history.
    """

    person_id = models.BigIntegerField(db_index=True)
    practice = code(12)
    network = code()
    alliance = code()
    owner = code()
    team = code()
    care_home = code()
    care_home_since = day()
    lives_alone = models.BooleanField(null=True, blank=True)
    key_safe = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.TO_CONFIRM)
    objects_to_sharing = models.BooleanField(default=False)
    ended_on = day()
    ended_because = models.CharField(max_length=12, choices=Ended, blank=True)
    died_on = day()
    died_at = words(60)
    bereavement_contact_on = day()
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    made_at = models.DateTimeField()
    made_by = by_author()
    version = models.PositiveIntegerField(default=1)

    changed_by: Any = None
    objects = Entries.as_manager()
    history = kept_history()

    class Meta:
        db_table = "frailty_entry"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(merged_into__isnull=True), name="one_entry_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="a_merged_entry_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="no_entry_is_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ENDED) | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="an_ended_entry_says_why_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"

    def family(self) -> list[int]:
        """Its own key and those of the entries merged into it: what hangs on any of them is this person's."""
        return [self.pk, *self.merged.order_by("pk").values_list("pk", flat=True)]


class Grown(models.Model):
    """A row that is added and never changed or removed."""

    objects = OnlyGrowing.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuses to change one."""
        if self.pk is not None:
            raise TypeError("What was written is added to, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("What was written is added to, never removed.")


class Decision(Grown):
    """What was decided of an entry, one after the other. clinician: who decided, by name and role; by: who wrote it."""

    entry = of_entry("decisions")
    decided = models.CharField(max_length=16, choices=Decided)
    on = models.DateField()
    clinician = words(150)
    reason = words(1000)
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_decision"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(decided__in=[Decided.CONFIRMED, Decided.REJECTED])
                | (~Q(clinician="") & ~Q(reason="")),
                name="a_clinician_decides_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided} of entry {self.entry_id}"


class Identification(Grown):
    """Why somebody may belong on the register: one route by which they were found, with its evidence.

    condition: which of the three it points to. reason: in words. evidence: what was found, by name, without anybody's
    name. evidence_digest: of route and evidence; the same digest is not added twice. seen_on: the day of the latest
    fact in it.
    """

    entry = of_entry("identifications")
    route = models.CharField(max_length=20, choices=Route)
    condition = models.CharField(max_length=12, choices=Condition, blank=True)
    degree = models.CharField(max_length=8, choices=Degree, blank=True)
    reason = models.CharField(max_length=500)
    evidence = models.JSONField(default=dict, blank=True)
    evidence_digest = models.CharField(max_length=32)
    seen_on = models.DateField()
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_identification"
        ordering: ClassVar[list[str]] = ["-seen_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "evidence_digest"], name="evidence_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.route} of entry {self.entry_id}"


class Held(models.Model):
    """That somebody has one of the three conditions, as a clinician confirmed it.

    degree: severity of frailty or stage of the end of life. diagnosed_on: since when. assessor: who says so.
    """

    entry = of_entry("conditions")
    condition = models.CharField(max_length=12, choices=Condition)
    degree = models.CharField(max_length=8, choices=Degree, blank=True)
    diagnosed_on = models.DateField()
    assessor = models.CharField(max_length=150)
    evidence = words(1000)
    at = models.DateTimeField()
    by = by_author()
    ended_on = day()
    ended_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_condition"
        ordering: ClassVar[list[str]] = ["condition", "-diagnosed_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["entry", "condition"],
                condition=Q(ended_on__isnull=True),
                name="a_condition_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""),
                name="a_condition_ends_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of entry {self.entry_id}"


class Merge(models.Model):
    """That one entry was merged into another, by whom and why; and that it was taken apart again.

    state_before: where the duplicate stood; kept_state_before: where the entry kept did.
    """

    kept = of_entry("merges")
    duplicate = of_entry("merged_away")
    reason = models.CharField(max_length=500)
    state_before = models.CharField(max_length=12, choices=State)
    kept_state_before = models.CharField(max_length=12, choices=State, default=State.TO_CONFIRM)
    at = models.DateTimeField()
    by = by_author()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = by_author(empty=True)
    undone_because = words(500)

    class Meta:
        db_table = "frailty_merge"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"merge of entry {self.duplicate_id} into {self.kept_id}"
