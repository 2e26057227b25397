"""The tracking list's tables, and triggers by which the database itself refuses to change or remove a comment."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from stewardship.access.tables import MakeTables

REFUSED = "A tracking comment is added to, never changed or removed."
SQLITE = [
    f"""CREATE TRIGGER cancer_comment_{what.lower()} BEFORE {what} ON cancer_comment
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"""
    for what in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION cancer_comment_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$""",
    """CREATE TRIGGER cancer_comment_kept BEFORE UPDATE OR DELETE ON cancer_comment
    FOR EACH ROW EXECUTE FUNCTION cancer_comment_refuse()""",
    """CREATE TRIGGER cancer_comment_all_kept BEFORE TRUNCATE ON cancer_comment
    FOR EACH STATEMENT EXECUTE FUNCTION cancer_comment_refuse()""",
]


def guard(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers of the database at hand, where the table was made."""
    connection = schema_editor.connection
    if "cancer_comment" not in connection.introspection.table_names():
        return
    for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables(
            [
                migrations.CreateModel(
                    name="Author",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=150)),
                        ("role", models.CharField(blank=True, max_length=60)),
                        ("organisation", models.CharField(blank=True, max_length=120)),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="authors",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_author",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member", "name", "role", "organisation"), name="an_author_is_one_row"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("member__isnull", True)),
                                fields=("name", "role", "organisation"),
                                name="an_author_of_commands_is_one_row",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrackedPathway",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("identifier", models.CharField(max_length=20)),
                        ("issuer", models.CharField(max_length=9)),
                        ("person_id", models.BigIntegerField(db_index=True)),
                        ("provider", models.CharField(max_length=9)),
                        ("practice", models.CharField(blank=True, max_length=12)),
                        ("sex", models.CharField(blank=True, max_length=1)),
                        ("age_band", models.CharField(blank=True, max_length=12)),
                        ("source_of_referral", models.CharField(blank=True, max_length=2)),
                        ("priority_type", models.CharField(blank=True, max_length=1)),
                        ("decision_to_refer_on", models.DateField(blank=True, null=True)),
                        ("received_on", models.DateField(blank=True, null=True)),
                        ("referral_type", models.CharField(blank=True, max_length=2)),
                        ("sub_pathway", models.CharField(blank=True, max_length=40)),
                        ("upgraded_on", models.DateField(blank=True, null=True)),
                        ("upgrade_site", models.CharField(blank=True, max_length=9)),
                        ("first_appointment_dna_on", models.DateField(blank=True, null=True)),
                        ("rebooked_on", models.DateField(blank=True, null=True)),
                        ("first_seen_on", models.DateField(blank=True, null=True)),
                        ("first_seen_site", models.CharField(blank=True, max_length=9)),
                        ("first_seen_adjustment", models.PositiveIntegerField(blank=True, null=True)),
                        ("first_seen_adjustment_reason", models.CharField(blank=True, max_length=1)),
                        ("mdt_discussed", models.CharField(blank=True, max_length=1)),
                        ("mdt_on", models.DateField(blank=True, null=True)),
                        (
                            "triage_outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("TD1", "Benign: discharge with advice"),
                                    ("TD2", "Benign, but treat: routine dermatology"),
                                    ("TD3", "Basal cell carcinoma suspected: its own or the routine pathway"),
                                    ("TD4", "Urgent face-to-face appointment"),
                                    ("TD5", "Direct to biopsy or excision list"),
                                    ("TD6", "Picture not good enough: repeat it"),
                                    ("TD7", "Refer to another specialty"),
                                ],
                                max_length=3,
                            ),
                        ),
                        ("triage_outcome_on", models.DateField(blank=True, null=True)),
                        ("triage_patient_told_on", models.DateField(blank=True, null=True)),
                        ("triage_practice_told_on", models.DateField(blank=True, null=True)),
                        ("ruled_out_on", models.DateField(blank=True, null=True)),
                        ("practice_told_on", models.DateField(blank=True, null=True)),
                        ("diagnosed_on", models.DateField(blank=True, null=True)),
                        ("patient_status", models.CharField(blank=True, max_length=2)),
                        ("diagnosis", models.CharField(blank=True, max_length=6)),
                        ("morphology", models.CharField(blank=True, max_length=3)),
                        ("laterality", models.CharField(blank=True, max_length=1)),
                        ("faster_diagnosis_end_on", models.DateField(blank=True, null=True)),
                        ("faster_diagnosis_end_reason", models.CharField(blank=True, max_length=2)),
                        ("faster_diagnosis_exclusion", models.CharField(blank=True, max_length=2)),
                        ("faster_diagnosis_site", models.CharField(blank=True, max_length=9)),
                        ("told_how", models.CharField(blank=True, max_length=2)),
                        ("told_by", models.CharField(blank=True, max_length=3)),
                        ("no_first_appointment", models.CharField(blank=True, max_length=2)),
                        ("accountable_provider", models.CharField(blank=True, max_length=9)),
                        ("for_meeting", models.BooleanField(default=False)),
                        ("last_tracked_on", models.DateField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("file", "nightly file"),
                                    ("hand", "by hand"),
                                    ("made up", "made-up system"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        ("sent_digest", models.CharField(blank=True, max_length=32)),
                        ("made_at", models.DateTimeField()),
                        ("vanished_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                        ("kept_by_hand", models.BooleanField(default=False)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_pathway",
                        "indexes": [
                            models.Index(fields=["provider", "closed_at"], name="pathways_of_a_provider")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("issuer", "identifier"), name="a_pathway_is_one_row"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_pathway_is_closed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_appointment_dna_on__isnull", True),
                                    ("rebooked_on__isnull", True),
                                    ("rebooked_on__gte", models.F("first_appointment_dna_on")),
                                    _connector="OR",
                                ),
                                name="rebooked_after_the_missed_appointment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTrackedPathway",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("identifier", models.CharField(max_length=20)),
                        ("issuer", models.CharField(max_length=9)),
                        ("person_id", models.BigIntegerField(db_index=True)),
                        ("provider", models.CharField(max_length=9)),
                        ("practice", models.CharField(blank=True, max_length=12)),
                        ("sex", models.CharField(blank=True, max_length=1)),
                        ("age_band", models.CharField(blank=True, max_length=12)),
                        ("source_of_referral", models.CharField(blank=True, max_length=2)),
                        ("priority_type", models.CharField(blank=True, max_length=1)),
                        ("decision_to_refer_on", models.DateField(blank=True, null=True)),
                        ("received_on", models.DateField(blank=True, null=True)),
                        ("referral_type", models.CharField(blank=True, max_length=2)),
                        ("sub_pathway", models.CharField(blank=True, max_length=40)),
                        ("upgraded_on", models.DateField(blank=True, null=True)),
                        ("upgrade_site", models.CharField(blank=True, max_length=9)),
                        ("first_appointment_dna_on", models.DateField(blank=True, null=True)),
                        ("rebooked_on", models.DateField(blank=True, null=True)),
                        ("first_seen_on", models.DateField(blank=True, null=True)),
                        ("first_seen_site", models.CharField(blank=True, max_length=9)),
                        ("first_seen_adjustment", models.PositiveIntegerField(blank=True, null=True)),
                        ("first_seen_adjustment_reason", models.CharField(blank=True, max_length=1)),
                        ("mdt_discussed", models.CharField(blank=True, max_length=1)),
                        ("mdt_on", models.DateField(blank=True, null=True)),
                        (
                            "triage_outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("TD1", "Benign: discharge with advice"),
                                    ("TD2", "Benign, but treat: routine dermatology"),
                                    ("TD3", "Basal cell carcinoma suspected: its own or the routine pathway"),
                                    ("TD4", "Urgent face-to-face appointment"),
                                    ("TD5", "Direct to biopsy or excision list"),
                                    ("TD6", "Picture not good enough: repeat it"),
                                    ("TD7", "Refer to another specialty"),
                                ],
                                max_length=3,
                            ),
                        ),
                        ("triage_outcome_on", models.DateField(blank=True, null=True)),
                        ("triage_patient_told_on", models.DateField(blank=True, null=True)),
                        ("triage_practice_told_on", models.DateField(blank=True, null=True)),
                        ("ruled_out_on", models.DateField(blank=True, null=True)),
                        ("practice_told_on", models.DateField(blank=True, null=True)),
                        ("diagnosed_on", models.DateField(blank=True, null=True)),
                        ("patient_status", models.CharField(blank=True, max_length=2)),
                        ("diagnosis", models.CharField(blank=True, max_length=6)),
                        ("morphology", models.CharField(blank=True, max_length=3)),
                        ("laterality", models.CharField(blank=True, max_length=1)),
                        ("faster_diagnosis_end_on", models.DateField(blank=True, null=True)),
                        ("faster_diagnosis_end_reason", models.CharField(blank=True, max_length=2)),
                        ("faster_diagnosis_exclusion", models.CharField(blank=True, max_length=2)),
                        ("faster_diagnosis_site", models.CharField(blank=True, max_length=9)),
                        ("told_how", models.CharField(blank=True, max_length=2)),
                        ("told_by", models.CharField(blank=True, max_length=3)),
                        ("no_first_appointment", models.CharField(blank=True, max_length=2)),
                        ("accountable_provider", models.CharField(blank=True, max_length=9)),
                        ("for_meeting", models.BooleanField(default=False)),
                        ("last_tracked_on", models.DateField(blank=True, null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("file", "nightly file"),
                                    ("hand", "by hand"),
                                    ("made up", "made-up system"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        ("sent_digest", models.CharField(blank=True, max_length=32)),
                        ("made_at", models.DateTimeField()),
                        ("vanished_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                        ("kept_by_hand", models.BooleanField(default=False)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("history_user_id", models.BigIntegerField(null=True)),
                        ("history_change_reason", models.CharField(max_length=300, null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical tracked pathway",
                        "verbose_name_plural": "historical tracked pathways",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ListRow",
                    fields=[
                        (
                            "pathway",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="row",
                                serialize=False,
                                to="cancer.trackedpathway",
                            ),
                        ),
                        ("provider", models.CharField(max_length=9)),
                        ("also_provider", models.CharField(blank=True, max_length=9)),
                        ("tumour_group", models.CharField(blank=True, max_length=60)),
                        ("route", models.CharField(max_length=20)),
                        ("age_band", models.CharField(blank=True, max_length=12)),
                        ("counts_from", models.DateField(null=True)),
                        ("day_28_on", models.DateField(null=True)),
                        ("day_31_on", models.DateField(null=True)),
                        ("day_62_on", models.DateField(null=True)),
                        ("breach_on", models.DateField(null=True)),
                        ("headline", models.BooleanField(default=True)),
                        ("decided", models.BooleanField(default=False)),
                        ("will_breach", models.BooleanField(default=False)),
                        ("milestone", models.CharField(blank=True, max_length=12)),
                        ("milestone_due_on", models.DateField(null=True)),
                        ("step", models.CharField(blank=True, max_length=80)),
                        ("step_verb", models.CharField(blank=True, max_length=20)),
                        ("step_due_on", models.DateField(null=True)),
                        ("step_group", models.CharField(blank=True, max_length=20)),
                        ("step_organisation", models.CharField(blank=True, max_length=9)),
                        ("last_comment", models.CharField(blank=True, max_length=300)),
                        ("last_comment_by", models.CharField(blank=True, max_length=150)),
                        ("last_comment_at", models.DateTimeField(null=True)),
                        ("escalated", models.PositiveSmallIntegerField(default=0)),
                        ("result_known_on", models.DateField(null=True)),
                        ("waiting_for", models.CharField(blank=True, max_length=12)),
                        ("waiting_since", models.DateField(null=True)),
                        ("untold", models.BooleanField(default=False)),
                        ("transfer_due_on", models.DateField(null=True)),
                        ("triage_outcome_to_send", models.BooleanField(default=False)),
                        ("vanished", models.BooleanField(default=False)),
                        ("closed", models.BooleanField(default=False)),
                        ("for_meeting", models.BooleanField(default=False)),
                        (
                            "step_owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_list_row",
                        "indexes": [
                            models.Index(fields=["counts_from", "pathway"], name="rows_by_days_waited"),
                            models.Index(
                                fields=["provider", "counts_from", "pathway"], name="rows_of_a_provider"
                            ),
                            models.Index(
                                fields=["tumour_group", "counts_from", "pathway"],
                                name="rows_of_a_tumour_group",
                            ),
                            models.Index(fields=["breach_on", "pathway"], name="rows_by_days_to_breach"),
                            models.Index(fields=["step_due_on", "pathway"], name="rows_by_next_step"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTreatment",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("decided_site", models.CharField(blank=True, max_length=9)),
                        ("event_type", models.CharField(blank=True, max_length=2)),
                        ("modality", models.CharField(blank=True, max_length=2)),
                        ("trial", models.CharField(blank=True, max_length=2)),
                        ("setting", models.CharField(blank=True, max_length=2)),
                        ("radiotherapy_priority", models.CharField(blank=True, max_length=2)),
                        ("started_on", models.DateField(blank=True, null=True)),
                        ("site", models.CharField(blank=True, max_length=9)),
                        ("pause_days", models.PositiveIntegerField(blank=True, null=True)),
                        ("pause_from", models.DateField(blank=True, null=True)),
                        ("pause_to", models.DateField(blank=True, null=True)),
                        ("pause_reason", models.CharField(blank=True, max_length=2)),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        ("history_user_id", models.BigIntegerField(null=True)),
                        ("history_change_reason", models.CharField(max_length=300, null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical treatment",
                        "verbose_name_plural": "historical treatments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTransfer",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("referring_site", models.CharField(max_length=9)),
                        ("receiving_site", models.CharField(max_length=9)),
                        ("receiving_provider", models.CharField(db_index=True, max_length=9)),
                        ("requested_on", models.DateField(blank=True, null=True)),
                        ("received_on", models.DateField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        ("history_user_id", models.BigIntegerField(null=True)),
                        ("history_change_reason", models.CharField(max_length=300, null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical transfer",
                        "verbose_name_plural": "historical transfers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNextAction",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("await", "Await"),
                                    ("book", "Book"),
                                    ("chase", "Chase"),
                                    ("request", "Request"),
                                    ("report", "Report"),
                                    ("discuss at MDT", "Discuss at MDT"),
                                    ("inform patient", "Inform patient"),
                                    ("transfer", "Transfer"),
                                    ("treat", "Treat"),
                                    ("discharge", "Discharge"),
                                    ("review", "Review"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "specific",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clinic", "clinic"),
                                    ("ct", "CT"),
                                    ("mri", "MRI"),
                                    ("pet", "PET"),
                                    ("ultrasound", "ultrasound"),
                                    ("endoscopy", "endoscopy"),
                                    ("biopsy", "biopsy"),
                                    ("histology", "histology"),
                                    ("bloods", "bloods"),
                                    ("pre-assessment", "pre-assessment"),
                                    ("theatre date", "theatre date"),
                                    ("oncology", "oncology"),
                                    ("mdt", "multidisciplinary meeting"),
                                    ("patient decision", "patient’s decision"),
                                    ("transfer form", "transfer form"),
                                    ("fit", "FIT"),
                                    ("letter", "letter"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("details", models.CharField(blank=True, max_length=255)),
                        (
                            "owner_group",
                            models.CharField(
                                choices=[
                                    ("tracker", "Tracker"),
                                    ("booking", "Booking team"),
                                    ("nurse", "Clinical nurse specialist"),
                                    ("consultant", "Consultant team"),
                                    ("imaging", "Imaging"),
                                    ("endoscopy", "Endoscopy"),
                                    ("pathology", "Pathology"),
                                    ("theatres", "Theatres"),
                                    ("oncology", "Oncology"),
                                    ("mdt", "MDT coordinator"),
                                    ("other provider", "Another provider"),
                                    ("patient", "Patient"),
                                    ("practice", "General practice"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("organisation", models.CharField(blank=True, max_length=9)),
                        ("due_on", models.DateField()),
                        (
                            "delay",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("outpatient capacity", "Outpatient capacity"),
                                    ("imaging capacity", "Imaging capacity"),
                                    ("endoscopy capacity", "Endoscopy capacity"),
                                    ("histology capacity", "Histology capacity"),
                                    ("theatre capacity", "Theatre capacity"),
                                    ("oncology capacity", "Oncology capacity"),
                                    ("mdt capacity", "MDT capacity"),
                                    ("administrative", "Administrative"),
                                    ("complex", "Clinical complexity"),
                                    ("patient choice", "Patient’s choice"),
                                    ("patient unfit", "Patient unfit"),
                                    ("patient did not attend", "Patient did not attend"),
                                    ("late transfer in", "Transferred in late"),
                                    ("transfer out", "Transferred out"),
                                    ("equipment", "Equipment"),
                                    ("industrial action", "Industrial action"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("delay_comment", models.CharField(blank=True, max_length=255)),
                        ("reply", models.CharField(blank=True, max_length=255)),
                        ("made_at", models.DateTimeField()),
                        ("completed_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("dropped", models.CharField(blank=True, max_length=255)),
                        ("history_user_id", models.BigIntegerField(null=True)),
                        ("history_change_reason", models.CharField(max_length=300, null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical next action",
                        "verbose_name_plural": "historical next actions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMilestoneEvent",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12)),
                        ("requested_on", models.DateField(blank=True, null=True)),
                        ("booked_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("reported_on", models.DateField(blank=True, null=True)),
                        ("provider", models.CharField(blank=True, max_length=9)),
                        (
                            "test",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clinic", "clinic"),
                                    ("ct", "CT"),
                                    ("mri", "MRI"),
                                    ("pet", "PET"),
                                    ("ultrasound", "ultrasound"),
                                    ("endoscopy", "endoscopy"),
                                    ("biopsy", "biopsy"),
                                    ("histology", "histology"),
                                    ("bloods", "bloods"),
                                    ("pre-assessment", "pre-assessment"),
                                    ("theatre date", "theatre date"),
                                    ("oncology", "oncology"),
                                    ("mdt", "multidisciplinary meeting"),
                                    ("patient decision", "patient’s decision"),
                                    ("transfer form", "transfer form"),
                                    ("fit", "FIT"),
                                    ("letter", "letter"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("not_needed", models.CharField(blank=True, max_length=200)),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        ("history_user_id", models.BigIntegerField(null=True)),
                        ("history_change_reason", models.CharField(max_length=300, null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical milestone event",
                        "verbose_name_plural": "historical milestone events",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HarmReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        (
                            "physical",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "None"),
                                    ("low", "Low"),
                                    ("moderate", "Moderate"),
                                    ("severe", "Severe"),
                                    ("death", "Death"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "psychological",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "None"),
                                    ("low", "Low"),
                                    ("moderate", "Moderate"),
                                    ("severe", "Severe"),
                                    ("death", "Death"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("root_cause", models.TextField(blank=True, max_length=4000)),
                        ("to_patient_safety_on", models.DateField(blank=True, null=True)),
                        ("completed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "completed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="harm_review",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_harm_review",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("completed_at__isnull", False), ("completed_by__isnull", False)
                                    ),
                                    models.Q(("completed_at__isnull", True), ("completed_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_harm_review_is_completed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("completed_at__isnull", True),
                                    models.Q(
                                        ("reviewed_on__isnull", False),
                                        models.Q(("physical", ""), _negated=True),
                                        models.Q(("psychological", ""), _negated=True),
                                        models.Q(("root_cause", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_completed_harm_review_says_what_it_found",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("completed_at__isnull", True),
                                    models.Q(
                                        ("physical__in", ["severe", "death"]),
                                        ("psychological__in", ["severe", "death"]),
                                        _connector="OR",
                                        _negated=True,
                                    ),
                                    ("to_patient_safety_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="severe_harm_goes_to_patient_safety",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FitResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("comparator", models.CharField(blank=True, max_length=1)),
                        ("tenths", models.PositiveIntegerField(blank=True, null=True)),
                        ("sampled_on", models.DateField(blank=True, null=True)),
                        ("resulted_on", models.DateField(blank=True, null=True)),
                        ("analyser", models.CharField(blank=True, max_length=60)),
                        ("missing_because", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fit_results",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_fit_result",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("missing_because", ""), ("tenths__isnull", False)),
                                    models.Q(
                                        ("tenths__isnull", True),
                                        models.Q(("missing_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_fit_has_a_value_or_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FilterTest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("test", models.CharField(max_length=40)),
                        ("done_on", models.DateField()),
                        ("abnormal", models.BooleanField(null=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="filter_tests",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_filter_test",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pathway", "test"), name="a_filter_test_is_one_row"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Escalation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "1: booking or department lead"),
                                    (2, "2: service manager"),
                                    (3, "3: general manager and clinical lead"),
                                    (4, "4: cancer manager"),
                                    (5, "5: chief operating officer and medical director"),
                                ]
                            ),
                        ),
                        ("to", models.CharField(max_length=120)),
                        ("reason", models.CharField(max_length=1000)),
                        ("at", models.DateTimeField()),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="escalations",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_escalation",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="an_escalation_is_answered_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Difference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("record", models.CharField(max_length=20)),
                        ("field", models.CharField(max_length=40)),
                        ("ours", models.CharField(blank=True, max_length=100)),
                        ("sent", models.CharField(blank=True, max_length=100)),
                        ("found_at", models.DateTimeField()),
                        ("settled", models.CharField(blank=True, max_length=10)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="differences",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_difference",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_difference_is_settled_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at__isnull", True)),
                                fields=("pathway", "record", "field"),
                                name="a_difference_is_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("tracking", "Tracking"),
                                    ("mdt", "Multidisciplinary meeting"),
                                    ("treatment", "Treatment"),
                                    ("clinical", "Clinical"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField(max_length=4000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_comment",
                        "ordering": ["-at", "-pk"],
                        "indexes": [models.Index(fields=["pathway", "at"], name="last_comments")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="a_comment_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CareReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "months",
                            models.PositiveSmallIntegerField(choices=[(3, "3 months"), (12, "12 months")]),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("done", "Done"),
                                    ("declined", "Declined"),
                                    ("hospital only", "Done by the hospital only"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="care_reviews",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_care_review",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pathway", "months"), name="a_care_review_of_each_kind"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Load",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("files_of", models.DateField()),
                        ("pathways_digest", models.CharField(max_length=64)),
                        ("events_digest", models.CharField(max_length=64)),
                        ("new", models.PositiveIntegerField()),
                        ("changed", models.PositiveIntegerField()),
                        ("closed", models.PositiveIntegerField()),
                        ("vanished", models.PositiveIntegerField()),
                        ("returned", models.PositiveIntegerField()),
                        ("rejected", models.PositiveIntegerField()),
                        ("differences", models.PositiveIntegerField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_load",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12)),
                        ("requested_on", models.DateField(blank=True, null=True)),
                        ("booked_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("reported_on", models.DateField(blank=True, null=True)),
                        ("provider", models.CharField(blank=True, max_length=9)),
                        (
                            "test",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clinic", "clinic"),
                                    ("ct", "CT"),
                                    ("mri", "MRI"),
                                    ("pet", "PET"),
                                    ("ultrasound", "ultrasound"),
                                    ("endoscopy", "endoscopy"),
                                    ("biopsy", "biopsy"),
                                    ("histology", "histology"),
                                    ("bloods", "bloods"),
                                    ("pre-assessment", "pre-assessment"),
                                    ("theatre date", "theatre date"),
                                    ("oncology", "oncology"),
                                    ("mdt", "multidisciplinary meeting"),
                                    ("patient decision", "patient’s decision"),
                                    ("transfer form", "transfer form"),
                                    ("fit", "FIT"),
                                    ("letter", "letter"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("not_needed", models.CharField(blank=True, max_length=200)),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_milestone",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pathway", "code"), name="a_milestone_is_one_row"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("not_needed", ""), ("done_on__isnull", True), _connector="OR"
                                ),
                                name="what_was_done_was_needed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NextAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("await", "Await"),
                                    ("book", "Book"),
                                    ("chase", "Chase"),
                                    ("request", "Request"),
                                    ("report", "Report"),
                                    ("discuss at MDT", "Discuss at MDT"),
                                    ("inform patient", "Inform patient"),
                                    ("transfer", "Transfer"),
                                    ("treat", "Treat"),
                                    ("discharge", "Discharge"),
                                    ("review", "Review"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "specific",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clinic", "clinic"),
                                    ("ct", "CT"),
                                    ("mri", "MRI"),
                                    ("pet", "PET"),
                                    ("ultrasound", "ultrasound"),
                                    ("endoscopy", "endoscopy"),
                                    ("biopsy", "biopsy"),
                                    ("histology", "histology"),
                                    ("bloods", "bloods"),
                                    ("pre-assessment", "pre-assessment"),
                                    ("theatre date", "theatre date"),
                                    ("oncology", "oncology"),
                                    ("mdt", "multidisciplinary meeting"),
                                    ("patient decision", "patient’s decision"),
                                    ("transfer form", "transfer form"),
                                    ("fit", "FIT"),
                                    ("letter", "letter"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("details", models.CharField(blank=True, max_length=255)),
                        (
                            "owner_group",
                            models.CharField(
                                choices=[
                                    ("tracker", "Tracker"),
                                    ("booking", "Booking team"),
                                    ("nurse", "Clinical nurse specialist"),
                                    ("consultant", "Consultant team"),
                                    ("imaging", "Imaging"),
                                    ("endoscopy", "Endoscopy"),
                                    ("pathology", "Pathology"),
                                    ("theatres", "Theatres"),
                                    ("oncology", "Oncology"),
                                    ("mdt", "MDT coordinator"),
                                    ("other provider", "Another provider"),
                                    ("patient", "Patient"),
                                    ("practice", "General practice"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("organisation", models.CharField(blank=True, max_length=9)),
                        ("due_on", models.DateField()),
                        (
                            "delay",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("outpatient capacity", "Outpatient capacity"),
                                    ("imaging capacity", "Imaging capacity"),
                                    ("endoscopy capacity", "Endoscopy capacity"),
                                    ("histology capacity", "Histology capacity"),
                                    ("theatre capacity", "Theatre capacity"),
                                    ("oncology capacity", "Oncology capacity"),
                                    ("mdt capacity", "MDT capacity"),
                                    ("administrative", "Administrative"),
                                    ("complex", "Clinical complexity"),
                                    ("patient choice", "Patient’s choice"),
                                    ("patient unfit", "Patient unfit"),
                                    ("patient did not attend", "Patient did not attend"),
                                    ("late transfer in", "Transferred in late"),
                                    ("transfer out", "Transferred out"),
                                    ("equipment", "Equipment"),
                                    ("industrial action", "Industrial action"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("delay_comment", models.CharField(blank=True, max_length=255)),
                        ("reply", models.CharField(blank=True, max_length=255)),
                        ("made_at", models.DateTimeField()),
                        ("completed_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("dropped", models.CharField(blank=True, max_length=255)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="next_actions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="actions",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_next_action",
                        "ordering": ["due_on", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["pathway", "due_on"],
                                name="open_actions",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="an_action_is_ended_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("completed_on__isnull", True),
                                        ("dropped", ""),
                                        ("ended_at__isnull", True),
                                    ),
                                    models.Q(
                                        ("completed_on__isnull", False),
                                        ("dropped", ""),
                                        ("ended_at__isnull", False),
                                    ),
                                    models.Q(
                                        ("completed_on__isnull", True),
                                        ("ended_at__isnull", False),
                                        models.Q(("dropped", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_ended_action_was_done_or_dropped_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delay", "other"), _negated=True),
                                    models.Q(("delay_comment", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="another_delay_is_said_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Removal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("ruled out", "Cancer ruled out"),
                                    ("treated", "First treatment given"),
                                    ("declined", "All treatment declined"),
                                    ("died", "Died"),
                                    ("private", "Went to private care"),
                                    ("downgraded", "Referral downgraded by the referrer before being seen"),
                                    ("retracted", "Referral retracted by the practice"),
                                    ("transferred", "Tracked by another provider"),
                                    ("other site", "Moved to the pathway of another tumour site"),
                                    ("duplicate", "Same pathway recorded twice"),
                                    ("not cancer waits", "Diagnosis that the waiting times do not count"),
                                    ("interval scan", "No cancer at this point; an interval scan is planned"),
                                    ("excluded", "Excluded, as the hospital’s record says"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("on", models.DateField()),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("file", "nightly file"),
                                    ("hand", "by hand"),
                                    ("made up", "made-up system"),
                                ],
                                default="hand",
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("told_on", models.DateField(blank=True, null=True)),
                        (
                            "told_how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("in person", "Face to face"),
                                    ("phone", "By telephone"),
                                    ("video", "By video"),
                                    ("letter", "By letter, as agreed with them"),
                                    ("not sent", "Not said in the nightly file"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "told_whom",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("patient", "The patient"),
                                    ("carer", "Somebody who speaks for the patient"),
                                    ("not sent", "Not said in the nightly file"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("undone_because", models.CharField(blank=True, max_length=300)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="removals",
                                to="cancer.trackedpathway",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_removal",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_removal_is_undone_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)),
                                fields=("pathway",),
                                name="a_pathway_is_removed_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", "ruled out"), _negated=True),
                                    models.Q(
                                        ("told_on__isnull", False),
                                        models.Q(("told_how", ""), _negated=True),
                                        models.Q(("told_whom", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="whom_cancer_is_ruled_out_for_was_told",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "to",
                            models.CharField(
                                choices=[("patient", "Patient"), ("practice", "General practice")],
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "removal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="cancer.removal",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_letter",
                        "constraints": [
                            models.UniqueConstraint(fields=("removal", "to"), name="a_letter_to_each"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_letter_is_sent_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("query", models.CharField(max_length=500)),
                        ("shared", models.BooleanField(default=False)),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cancer_views",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_saved_view",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "name"), name="a_view_has_its_name")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("referring_site", models.CharField(max_length=9)),
                        ("receiving_site", models.CharField(max_length=9)),
                        ("receiving_provider", models.CharField(db_index=True, max_length=9)),
                        ("requested_on", models.DateField(blank=True, null=True)),
                        ("received_on", models.DateField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="transfers",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_transfer",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("requested_on__isnull", True),
                                    ("received_on__isnull", True),
                                    ("received_on__gte", models.F("requested_on")),
                                    _connector="OR",
                                ),
                                name="a_transfer_is_received_after_it_was_asked_for",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Treatment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=1)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("decided_site", models.CharField(blank=True, max_length=9)),
                        ("event_type", models.CharField(blank=True, max_length=2)),
                        ("modality", models.CharField(blank=True, max_length=2)),
                        ("trial", models.CharField(blank=True, max_length=2)),
                        ("setting", models.CharField(blank=True, max_length=2)),
                        ("radiotherapy_priority", models.CharField(blank=True, max_length=2)),
                        ("started_on", models.DateField(blank=True, null=True)),
                        ("site", models.CharField(blank=True, max_length=9)),
                        ("pause_days", models.PositiveIntegerField(blank=True, null=True)),
                        ("pause_from", models.DateField(blank=True, null=True)),
                        ("pause_to", models.DateField(blank=True, null=True)),
                        ("pause_reason", models.CharField(blank=True, max_length=2)),
                        ("sent", models.JSONField(blank=True, default=dict)),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="treatments",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_treatment",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pathway", "number"), name="a_treatment_has_its_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pause_from__isnull", True),
                                    ("pause_to__isnull", True),
                                    ("pause_to__gte", models.F("pause_from")),
                                    _connector="OR",
                                ),
                                name="a_pause_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DelayReason",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "standard",
                            models.CharField(
                                choices=[
                                    ("first seen", "First seen"),
                                    ("28", "28-day faster diagnosis"),
                                    ("31", "31-day treatment"),
                                    ("62", "62-day treatment"),
                                    ("upgrade", "62-day treatment after an upgrade"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("code", models.CharField(max_length=2)),
                        ("comment", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cancer.author",
                            ),
                        ),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="delay_reasons",
                                to="cancer.trackedpathway",
                            ),
                        ),
                        (
                            "treatment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cancer.treatment",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_delay_reason",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", "98"), _negated=True),
                                    models.Q(("comment", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="reason_98_is_said_in_words",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorklistDays",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("worklist", models.CharField(max_length=40)),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("provider", models.CharField(max_length=9)),
                        ("also_provider", models.CharField(blank=True, max_length=9)),
                        (
                            "pathway",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="worklist_days",
                                to="cancer.trackedpathway",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cancer_worklist_days",
                        "indexes": [
                            models.Index(
                                fields=["worklist", "first", "last", "provider", "also_provider", "pathway"],
                                name="who_is_on_a_worklist",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(guard),
    ]
