"""A pathway and its dated facts. Who the person is stands in the vault; here is their pseudonym alone."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from stewardship.cancer.base import both_or_neither, by_author, kept_history
from stewardship.cancer.words import Source, Specific, TriageOutcome


def _code(longest: int) -> Any:
    return models.CharField(max_length=longest, blank=True)


def _day() -> Any:
    return models.DateField(null=True, blank=True)


class Pathways(models.QuerySet["TrackedPathway"]):
    """Pathways, by whom they concern."""

    def within(self, provider: str) -> "Pathways":
        """Those of one provider: the one that tracks them, or either side of a transfer; "" for every one."""
        if not provider:
            return self
        either = Q(receiving_provider=provider) | Q(referring_site__startswith=provider)
        moved = Transfer.objects.filter(either).values("pathway")
        return self.filter(Q(provider=provider) | Q(pk__in=moved))

    def open(self) -> "Pathways":
        """Those that somebody still waits on."""
        return self.filter(closed_at__isnull=True)

    def vanished(self) -> "Pathways":
        """Those that are open, but stopped coming in the nightly file without a reason."""
        return self.open().filter(vanished_at__isnull=False)


class TrackedPathway(models.Model):
    """One referral, upgrade or first treatment of one person, as it stands now. Codes are the national record's.

    identifier, issuer: patient pathway identifier, and the organisation that issued it. person_id: who it is, in the
    vault. provider: code of the trust that tracks it. sex: 1 male, 2 female, 9 not stated, 0 not known.
    age_band: at receipt of the referral, such as "70-79". sub_pathway: timed pathway within a tumour group, set at
    triage. morphology: "BCC" for a basal cell carcinoma. told_how, told_by: codes of the national record.
    ruled_out_on: when a clinician ruled cancer out; the person is told on faster_diagnosis_end_on, the practice on
    practice_told_on. diagnosed_on: of a cancer that has care reviews.
    sent: what the last nightly file said, column by column, and of who the person is a digest alone. sent_digest: of
    all of it, with its treatments and milestones; "" where no file ever told of the pathway.
    version: grows with every change that somebody else could be making too. changed_by: for the history.
    vanished_at: since when it is missing from the nightly files without a reason. kept_by_hand: it may be.
    """

    identifier = models.CharField(max_length=20)
    issuer = models.CharField(max_length=9)
    person_id = models.BigIntegerField(db_index=True)
    provider = models.CharField(max_length=9)
    practice = _code(12)
    sex = _code(1)
    age_band = _code(12)

    source_of_referral = _code(2)
    priority_type = _code(1)
    decision_to_refer_on = _day()
    received_on = _day()
    referral_type = _code(2)
    sub_pathway = _code(40)
    upgraded_on = _day()
    upgrade_site = _code(9)

    first_appointment_dna_on = _day()
    rebooked_on = _day()
    first_seen_on = _day()
    first_seen_site = _code(9)
    first_seen_adjustment = models.PositiveIntegerField(null=True, blank=True)
    first_seen_adjustment_reason = _code(1)

    mdt_discussed = _code(1)
    mdt_on = _day()
    triage_outcome = models.CharField(max_length=3, choices=TriageOutcome, blank=True)
    triage_outcome_on = _day()
    triage_patient_told_on = _day()
    triage_practice_told_on = _day()
    ruled_out_on = _day()
    practice_told_on = _day()
    diagnosed_on = _day()

    patient_status = _code(2)
    diagnosis = _code(6)
    morphology = _code(3)
    laterality = _code(1)

    faster_diagnosis_end_on = _day()
    faster_diagnosis_end_reason = _code(2)
    faster_diagnosis_exclusion = _code(2)
    faster_diagnosis_site = _code(9)
    told_how = _code(2)
    told_by = _code(3)
    no_first_appointment = _code(2)

    accountable_provider = _code(9)
    for_meeting = models.BooleanField(default=False)
    last_tracked_on = _day()

    source = models.CharField(max_length=10, choices=Source)
    sent = models.JSONField(blank=True, default=dict)
    sent_digest = _code(32)
    made_at = models.DateTimeField()
    made_by = by_author()
    vanished_at = models.DateTimeField(null=True, blank=True, db_index=True)
    kept_by_hand = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = by_author(empty=True)
    version = models.PositiveIntegerField(default=1)

    changed_by: Any = None
    objects = Pathways.as_manager()
    history = kept_history()

    class Meta:
        db_table = "cancer_pathway"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "identifier"], name="a_pathway_is_one_row"),
            both_or_neither("a_pathway_is_closed_by_somebody", "closed_at", "closed_by"),
            models.CheckConstraint(
                condition=Q(first_appointment_dna_on__isnull=True)
                | Q(rebooked_on__isnull=True)
                | Q(rebooked_on__gte=F("first_appointment_dna_on")),
                name="rebooked_after_the_missed_appointment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["provider", "closed_at"], name="pathways_of_a_provider"),
        ]

    def __str__(self) -> str:
        return f"pathway {self.pk}"


class Treatment(models.Model):
    """One treatment of a pathway, in the order of the decisions: 1 is the first.

    decided_on: decision to treat, or earliest clinically appropriate date. pause_days: as the national record counts
    them; pause_from, pause_to: where its days are known.
    """

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name="treatments")
    number = models.PositiveIntegerField(default=1)
    decided_on = _day()
    decided_site = _code(9)
    event_type = _code(2)
    modality = _code(2)
    trial = _code(2)
    setting = _code(2)
    radiotherapy_priority = _code(2)
    started_on = _day()
    site = _code(9)
    pause_days = models.PositiveIntegerField(null=True, blank=True)
    pause_from = _day()
    pause_to = _day()
    pause_reason = _code(2)
    sent = models.JSONField(blank=True, default=dict)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "cancer_treatment"
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pathway", "number"], name="a_treatment_has_its_number"),
            models.CheckConstraint(
                condition=Q(pause_from__isnull=True)
                | Q(pause_to__isnull=True)
                | Q(pause_to__gte=F("pause_from")),
                name="a_pause_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"treatment {self.number} of pathway {self.pathway_id}"


class MilestoneEvent(models.Model):
    """One milestone of a pathway: REF, TRI, FSEEN, TEST1 and so on, with the four dates that can be known of it.

    test: what kind of test it is, where it is one. not_needed: why the milestone is left out; "" where it is not.
    """

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name="milestones")
    code = models.CharField(max_length=12)
    requested_on = _day()
    booked_on = _day()
    done_on = _day()
    reported_on = _day()
    provider = _code(9)
    test = models.CharField(max_length=20, choices=Specific, blank=True)
    not_needed = models.CharField(max_length=200, blank=True)
    sent = models.JSONField(blank=True, default=dict)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "cancer_milestone"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pathway", "code"], name="a_milestone_is_one_row"),
            models.CheckConstraint(
                condition=Q(not_needed="") | Q(done_on__isnull=True),
                name="what_was_done_was_needed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of pathway {self.pathway_id}"


class Transfer(models.Model):
    """That a pathway goes, or went, from one provider to another. Providers are trusts, sites are within them.

    requested_on: when the referring provider asked. received_on: when the receiving one had the agreed data; the
    transfer is due while it is empty.
    """

    pathway = models.ForeignKey(TrackedPathway, on_delete=models.CASCADE, related_name="transfers")
    referring_site = models.CharField(max_length=9)
    receiving_site = models.CharField(max_length=9)
    receiving_provider = models.CharField(max_length=9, db_index=True)
    requested_on = _day()
    received_on = _day()
    made_at = models.DateTimeField()
    made_by = by_author()
    sent = models.JSONField(blank=True, default=dict)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "cancer_transfer"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(requested_on__isnull=True)
                | Q(received_on__isnull=True)
                | Q(received_on__gte=F("requested_on")),
                name="a_transfer_is_received_after_it_was_asked_for",
            ),
        ]

    def __str__(self) -> str:
        return f"transfer of pathway {self.pathway_id}"
