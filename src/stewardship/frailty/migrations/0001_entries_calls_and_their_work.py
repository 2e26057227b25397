"""The tables of the frailty register and of the advice line."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from stewardship.access.tables import MakeTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("site", "__first__"),
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
                                related_name="%(app_label)s_authors",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_author",
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member", "name", "role", "organisation"),
                                name="one_row_an_author_frailty",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("member__isnull", True)),
                                fields=("name", "role", "organisation"),
                                name="one_row_an_author_of_commands_frailty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("person_id", models.BigIntegerField(db_index=True)),
                        ("practice", models.CharField(blank=True, max_length=12)),
                        ("network", models.CharField(blank=True, max_length=20)),
                        ("alliance", models.CharField(blank=True, max_length=20)),
                        ("owner", models.CharField(blank=True, max_length=20)),
                        ("team", models.CharField(blank=True, max_length=20)),
                        ("care_home", models.CharField(blank=True, max_length=20)),
                        ("care_home_since", models.DateField(blank=True, null=True)),
                        ("lives_alone", models.BooleanField(blank=True, null=True)),
                        ("key_safe", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_confirm", "To confirm"),
                                    ("on_register", "On the register"),
                                    ("rejected", "Rejected"),
                                    ("ended", "Ended"),
                                    ("merged", "Merged into another entry"),
                                ],
                                default="to_confirm",
                                max_length=12,
                            ),
                        ),
                        ("objects_to_sharing", models.BooleanField(default=False)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "ended_because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("died", "Died"),
                                    ("moved", "Moved away"),
                                    ("declined", "Declined"),
                                    ("recovered", "No longer frail on assessment"),
                                    ("in_error", "Entered in error"),
                                    ("not_found", "No longer found in records"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("died_on", models.DateField(blank=True, null=True)),
                        ("died_at", models.CharField(blank=True, max_length=60)),
                        ("bereavement_contact_on", models.DateField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_entry",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("merged_into__isnull", True)),
                                fields=("person_id",),
                                name="one_entry_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                                    models.Q(
                                        models.Q(("state", "merged"), _negated=True),
                                        ("merged_into__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_merged_entry_says_into_which",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="no_entry_is_merged_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ended"), _negated=True),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        models.Q(("ended_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_ended_entry_says_why_and_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        ("person_id", models.BigIntegerField(blank=True, null=True)),
                        ("started_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        ("typed", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("set_aside_because", models.CharField(blank=True, max_length=300)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_call_draft",
                        "ordering": ["-started_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["owner"],
                                name="open_drafts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Row",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="row",
                                serialize=False,
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_confirm", "To confirm"),
                                    ("on_register", "On the register"),
                                    ("rejected", "Rejected"),
                                    ("ended", "Ended"),
                                    ("merged", "Merged into another entry"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("practice", models.CharField(blank=True, max_length=12)),
                        ("network", models.CharField(blank=True, max_length=20)),
                        ("alliance", models.CharField(blank=True, max_length=20)),
                        ("owner", models.CharField(blank=True, max_length=20)),
                        ("team", models.CharField(blank=True, max_length=20)),
                        ("care_home", models.CharField(blank=True, max_length=20)),
                        ("objects_to_sharing", models.BooleanField(default=False)),
                        ("frailty", models.CharField(blank=True, max_length=8)),
                        ("dementia", models.BooleanField(default=False)),
                        ("end_of_life", models.CharField(blank=True, max_length=1)),
                        ("proposed_on", models.DateField(blank=True, null=True)),
                        ("route", models.CharField(blank=True, max_length=20)),
                        ("review_due_on", models.DateField(blank=True, null=True)),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        ("never_reviewed", models.BooleanField(default=False)),
                        ("first_due_on", models.DateField(blank=True, null=True)),
                        ("no_plan", models.BooleanField(default=False)),
                        ("event_due_on", models.DateField(blank=True, null=True)),
                        ("plan_until", models.DateField(blank=True, null=True)),
                        ("home_plan_due_on", models.DateField(blank=True, null=True)),
                        ("unassessed_carer", models.DateField(blank=True, null=True)),
                        ("reply_due_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "frailty_row",
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("signed_on", models.DateField()),
                        ("signed_at", models.TimeField(blank=True, null=True)),
                        ("diagnoses", models.CharField(max_length=2000)),
                        ("other_plans", models.CharField(blank=True, max_length=500)),
                        ("legal_proxy", models.BooleanField()),
                        ("comfort", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("value", models.CharField(blank=True, max_length=1000)),
                        ("fear", models.CharField(blank=True, max_length=1000)),
                        (
                            "focus",
                            models.CharField(
                                choices=[
                                    ("life", "Sustaining life, at the expense of some comfort"),
                                    ("balance", "A balance of sustaining life and comfort"),
                                    ("comfort", "Controlling symptoms, comfort first"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("guidance", models.CharField(max_length=2000)),
                        (
                            "cpr",
                            models.CharField(
                                choices=[
                                    ("recommended", "Attempts recommended"),
                                    ("modified", "Modified, for children and young people"),
                                    ("not_recommended", "Attempts not recommended"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("has_capacity", models.BooleanField()),
                        ("involvement", models.CharField(max_length=1000)),
                        ("reasons", models.CharField(max_length=1000)),
                        ("clinician", models.CharField(max_length=150)),
                        ("clinician_role", models.CharField(max_length=80)),
                        ("registration", models.CharField(blank=True, max_length=20)),
                        ("senior_clinician", models.CharField(blank=True, max_length=150)),
                        ("emergency_contacts", models.CharField(blank=True, max_length=500)),
                        ("medicines", models.CharField(blank=True, max_length=500)),
                        ("oxygen_and_devices", models.CharField(blank=True, max_length=500)),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        ("withdrawn_on", models.DateField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="emergency_plans",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_emergency_plan",
                        "ordering": ["-signed_on", "-signed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_by__isnull", False), ("withdrawn_on__isnull", False)
                                    ),
                                    models.Q(("withdrawn_by__isnull", True), ("withdrawn_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="an_emergency_plan_is_withdrawn_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on__isnull", True),
                                    models.Q(("withdrawn_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="an_emergency_plan_is_withdrawn_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("comfort__isnull", True), ("comfort__lte", 10), _connector="OR"
                                ),
                                name="comfort_is_from_0_to_10",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "decided",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("proposed_again", "Proposed again, on new evidence"),
                                    ("confirmed", "Confirmed"),
                                    ("rejected", "Rejected"),
                                    ("ended", "Ended"),
                                    ("reopened", "Opened again"),
                                    ("merged", "Merged with another entry"),
                                    ("unmerged", "Taken apart again"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("clinician", models.CharField(blank=True, max_length=150)),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_decision",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided__in", ["confirmed", "rejected"]), _negated=True),
                                    models.Q(
                                        models.Q(("clinician", ""), _negated=True),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_clinician_decides_with_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                                    ("next_of_kin", "Next of kin"),
                                    ("emergency", "Emergency contact"),
                                    ("health_attorney", "Attorney for health and welfare"),
                                    ("property_attorney", "Attorney for property and finance"),
                                    ("advocate", "Independent mental capacity advocate"),
                                    ("key_worker", "Key worker or care coordinator"),
                                    ("named_gp", "Named GP"),
                                    ("social_worker", "Social worker"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("relationship", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("details", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_contact",
                        "ordering": ["kind", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Carer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("relationship", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("own_needs", models.CharField(blank=True, max_length=1000)),
                        ("since", models.DateField()),
                        ("offered_on", models.DateField(blank=True, null=True)),
                        ("declined_on", models.DateField(blank=True, null=True)),
                        ("assessed_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carers",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_carer",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("assessor", models.CharField(max_length=150)),
                        ("findings", models.JSONField()),
                        ("complete", models.BooleanField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_assessment",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Ask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("to", models.CharField(max_length=20)),
                        ("what", models.CharField(max_length=500)),
                        ("asked_on", models.DateField()),
                        ("reply_by", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("reply", models.CharField(blank=True, max_length=1000)),
                        ("replied_on", models.DateField(blank=True, null=True)),
                        ("dropped_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asks",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_ask",
                        "ordering": ["reply_by", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("replied_by__isnull", False), ("replied_on__isnull", False)),
                                    models.Q(("replied_by__isnull", True), ("replied_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="an_ask_is_answered_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reply_by__gte", models.F("asked_on"))),
                                name="a_reply_comes_after_the_ask",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
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
                                    ("admission", "Admission"),
                                    ("fall-with-injury", "Fall with injury"),
                                    ("new-care-package", "New care package"),
                                    ("carer-died", "Death of a carer"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("source", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_event",
                        "ordering": ["-on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "kind", "on"), name="an_event_is_told_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Held",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "condition",
                            models.CharField(
                                choices=[
                                    ("frailty", "Frailty"),
                                    ("dementia", "Dementia"),
                                    ("end_of_life", "Nearing the end of life"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "degree",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mild", "Mild"),
                                    ("moderate", "Moderate"),
                                    ("severe", "Severe"),
                                    ("A", "Stage A, years"),
                                    ("B", "Stage B, months"),
                                    ("C", "Stage C, weeks"),
                                    ("D", "Stage D, days"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("diagnosed_on", models.DateField()),
                        ("assessor", models.CharField(max_length=150)),
                        ("evidence", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conditions",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_condition",
                        "ordering": ["condition", "-diagnosed_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("entry", "condition"),
                                name="a_condition_is_held_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    models.Q(("ended_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_condition_ends_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAsk",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("to", models.CharField(max_length=20)),
                        ("what", models.CharField(max_length=500)),
                        ("asked_on", models.DateField()),
                        ("reply_by", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("reply", models.CharField(blank=True, max_length=1000)),
                        ("replied_on", models.DateField(blank=True, null=True)),
                        ("dropped_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical ask",
                        "verbose_name_plural": "historical asks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAssessment",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("assessor", models.CharField(max_length=150)),
                        ("findings", models.JSONField()),
                        ("complete", models.BooleanField()),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical assessment",
                        "verbose_name_plural": "historical assessments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCarer",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("relationship", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("own_needs", models.CharField(blank=True, max_length=1000)),
                        ("since", models.DateField()),
                        ("offered_on", models.DateField(blank=True, null=True)),
                        ("declined_on", models.DateField(blank=True, null=True)),
                        ("assessed_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical carer",
                        "verbose_name_plural": "historical carers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalContact",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("next_of_kin", "Next of kin"),
                                    ("emergency", "Emergency contact"),
                                    ("health_attorney", "Attorney for health and welfare"),
                                    ("property_attorney", "Attorney for property and finance"),
                                    ("advocate", "Independent mental capacity advocate"),
                                    ("key_worker", "Key worker or care coordinator"),
                                    ("named_gp", "Named GP"),
                                    ("social_worker", "Social worker"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("relationship", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("details", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contact",
                        "verbose_name_plural": "historical contacts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEmergencyPlan",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("signed_on", models.DateField()),
                        ("signed_at", models.TimeField(blank=True, null=True)),
                        ("diagnoses", models.CharField(max_length=2000)),
                        ("other_plans", models.CharField(blank=True, max_length=500)),
                        ("legal_proxy", models.BooleanField()),
                        ("comfort", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("value", models.CharField(blank=True, max_length=1000)),
                        ("fear", models.CharField(blank=True, max_length=1000)),
                        (
                            "focus",
                            models.CharField(
                                choices=[
                                    ("life", "Sustaining life, at the expense of some comfort"),
                                    ("balance", "A balance of sustaining life and comfort"),
                                    ("comfort", "Controlling symptoms, comfort first"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("guidance", models.CharField(max_length=2000)),
                        (
                            "cpr",
                            models.CharField(
                                choices=[
                                    ("recommended", "Attempts recommended"),
                                    ("modified", "Modified, for children and young people"),
                                    ("not_recommended", "Attempts not recommended"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("has_capacity", models.BooleanField()),
                        ("involvement", models.CharField(max_length=1000)),
                        ("reasons", models.CharField(max_length=1000)),
                        ("clinician", models.CharField(max_length=150)),
                        ("clinician_role", models.CharField(max_length=80)),
                        ("registration", models.CharField(blank=True, max_length=20)),
                        ("senior_clinician", models.CharField(blank=True, max_length=150)),
                        ("emergency_contacts", models.CharField(blank=True, max_length=500)),
                        ("medicines", models.CharField(blank=True, max_length=500)),
                        ("oxygen_and_devices", models.CharField(blank=True, max_length=500)),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        ("withdrawn_on", models.DateField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical emergency plan",
                        "verbose_name_plural": "historical emergency plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEntry",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("person_id", models.BigIntegerField(db_index=True)),
                        ("practice", models.CharField(blank=True, max_length=12)),
                        ("network", models.CharField(blank=True, max_length=20)),
                        ("alliance", models.CharField(blank=True, max_length=20)),
                        ("owner", models.CharField(blank=True, max_length=20)),
                        ("team", models.CharField(blank=True, max_length=20)),
                        ("care_home", models.CharField(blank=True, max_length=20)),
                        ("care_home_since", models.DateField(blank=True, null=True)),
                        ("lives_alone", models.BooleanField(blank=True, null=True)),
                        ("key_safe", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("to_confirm", "To confirm"),
                                    ("on_register", "On the register"),
                                    ("rejected", "Rejected"),
                                    ("ended", "Ended"),
                                    ("merged", "Merged into another entry"),
                                ],
                                default="to_confirm",
                                max_length=12,
                            ),
                        ),
                        ("objects_to_sharing", models.BooleanField(default=False)),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        (
                            "ended_because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("died", "Died"),
                                    ("moved", "Moved away"),
                                    ("declined", "Declined"),
                                    ("recovered", "No longer frail on assessment"),
                                    ("in_error", "Entered in error"),
                                    ("not_found", "No longer found in records"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("died_on", models.DateField(blank=True, null=True)),
                        ("died_at", models.CharField(blank=True, max_length=60)),
                        ("bereavement_contact_on", models.DateField(blank=True, null=True)),
                        ("made_at", models.DateTimeField()),
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
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical entry",
                        "verbose_name_plural": "historical entrys",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalHeld",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "condition",
                            models.CharField(
                                choices=[
                                    ("frailty", "Frailty"),
                                    ("dementia", "Dementia"),
                                    ("end_of_life", "Nearing the end of life"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "degree",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mild", "Mild"),
                                    ("moderate", "Moderate"),
                                    ("severe", "Severe"),
                                    ("A", "Stage A, years"),
                                    ("B", "Stage B, months"),
                                    ("C", "Stage C, weeks"),
                                    ("D", "Stage D, days"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("diagnosed_on", models.DateField()),
                        ("assessor", models.CharField(max_length=150)),
                        ("evidence", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical held",
                        "verbose_name_plural": "historical helds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPlan",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("agreed_on", models.DateField()),
                        ("matters", models.CharField(max_length=2000)),
                        ("contingency", models.CharField(blank=True, max_length=2000)),
                        ("ceiling", models.CharField(blank=True, max_length=500)),
                        (
                            "place_of_care",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("home", "Own home"),
                                    ("care home", "Care home"),
                                    ("hospice", "Hospice"),
                                    ("community bed", "Community bed"),
                                    ("hospital", "Hospital"),
                                    ("elsewhere", "Elsewhere"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "place_of_death",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("home", "Own home"),
                                    ("care home", "Care home"),
                                    ("hospice", "Hospice"),
                                    ("community bed", "Community bed"),
                                    ("hospital", "Hospital"),
                                    ("elsewhere", "Elsewhere"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("clinician", models.CharField(max_length=150)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical plan",
                        "verbose_name_plural": "historical plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProblem",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "domain",
                            models.CharField(
                                choices=[
                                    ("physical", "Physical health"),
                                    ("mental", "Mental health and cognition"),
                                    ("function", "Function"),
                                    ("social", "Social"),
                                    ("environment", "Environment"),
                                    ("medication", "Medication"),
                                    ("nutrition", "Nutrition"),
                                    ("continence", "Continence"),
                                    ("falls", "Falls and bone health"),
                                    ("sensory", "Sight and hearing"),
                                    ("sexual", "Sexual health"),
                                    ("spiritual", "Spiritual needs"),
                                    ("advance", "Advance care planning"),
                                    ("carer", "Carer"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("problem", models.CharField(max_length=300)),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical problem",
                        "verbose_name_plural": "historical problems",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReview",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("held_on", models.DateField()),
                        ("subjects", models.JSONField()),
                        ("face_to_face", models.BooleanField()),
                        ("reviewer", models.CharField(max_length=150)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("still_right", "The plan is still right"),
                                    ("changed", "The plan has to change"),
                                    ("reassess", "A new assessment is needed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=2000)),
                        ("next_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical review",
                        "verbose_name_plural": "historical reviews",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalScore",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("scale", models.CharField(max_length=12)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("count", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("band", models.CharField(blank=True, max_length=40)),
                        ("doubt", models.CharField(blank=True, max_length=120)),
                        ("version", models.CharField(max_length=40)),
                        ("on", models.DateField()),
                        ("assessor", models.CharField(max_length=150)),
                        ("at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical score",
                        "verbose_name_plural": "historical scores",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalService",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("care_package", "Package of care"),
                                    ("equipment", "Equipment"),
                                    ("telecare", "Telecare"),
                                    ("virtual_ward", "Virtual ward"),
                                    ("urgent_response", "Urgent community response"),
                                    ("hospice", "Hospice"),
                                    ("voluntary", "Voluntary sector"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("provider", models.CharField(blank=True, max_length=120)),
                        ("details", models.CharField(blank=True, max_length=500)),
                        ("from_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical service",
                        "verbose_name_plural": "historical services",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Identification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[
                                    ("efi", "Electronic frailty index"),
                                    ("hfrs", "Hospital Frailty Risk Score"),
                                    ("codes", "Codes in records"),
                                    ("falls", "Recent falls"),
                                    ("high_use", "High use of services"),
                                    ("cfs", "Clinical Frailty Scale by a clinician"),
                                    ("hospital", "Hospital"),
                                    ("advice_line", "Advice line"),
                                    ("care_home", "Care home"),
                                    ("family", "The person or their family"),
                                    ("community_nurse", "Community nurse"),
                                    ("dementia_service", "Dementia service"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "condition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("frailty", "Frailty"),
                                    ("dementia", "Dementia"),
                                    ("end_of_life", "Nearing the end of life"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "degree",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mild", "Mild"),
                                    ("moderate", "Moderate"),
                                    ("severe", "Severe"),
                                    ("A", "Stage A, years"),
                                    ("B", "Stage B, months"),
                                    ("C", "Stage C, weeks"),
                                    ("D", "Stage D, days"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("evidence", models.JSONField(blank=True, default=dict)),
                        ("evidence_digest", models.CharField(max_length=32)),
                        ("seen_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identifications",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_identification",
                        "ordering": ["-seen_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "evidence_digest"), name="evidence_is_told_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LineLoad",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("first_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("new", models.PositiveIntegerField()),
                        ("known", models.PositiveIntegerField()),
                        ("rejected", models.PositiveIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_line_load",
                        "ordering": ["-at"],
                    },
                ),
                migrations.CreateModel(
                    name="LineCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        ("reference", models.CharField(max_length=60)),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("phone", "Telephone"),
                                    ("video", "Video"),
                                    ("message", "Message"),
                                    ("face_to_face", "Face to face"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("answered", "Answered"),
                                    ("missed", "Missed"),
                                    ("called back", "Called back"),
                                    ("transferred", "Transferred"),
                                    ("abandoned", "Abandoned"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("no_record_because", models.CharField(blank=True, max_length=300)),
                        ("no_record_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "no_record_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "load",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="frailty.lineload",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_line_call",
                        "ordering": ["-started_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "reference"), name="a_call_of_the_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "answered"), _negated=True),
                                    ("answered_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_answered_call_was_answered_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("no_record_at__isnull", False), ("no_record_by__isnull", False)
                                    ),
                                    models.Q(("no_record_at__isnull", True), ("no_record_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="no_record_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdviceCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line_sure", models.BooleanField(default=False)),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("phone", "Telephone"),
                                    ("video", "Video"),
                                    ("message", "Message"),
                                    ("face_to_face", "Face to face"),
                                ],
                                default="phone",
                                max_length=12,
                            ),
                        ),
                        ("answered_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(db_index=True)),
                        ("caller_name", models.CharField(max_length=120)),
                        (
                            "caller_type",
                            models.CharField(
                                choices=[
                                    ("ucrt", "Urgent community response"),
                                    ("gp", "GP"),
                                    ("care_home", "Care home"),
                                    ("ambulance", "Ambulance crew"),
                                    ("ed", "ED or same-day clinic"),
                                    ("community_hospital", "Community hospital"),
                                    ("hospice", "Hospice"),
                                    ("social_care", "Social care"),
                                    ("virtual_ward", "Virtual ward"),
                                    ("out_of_hours", "Out of hours"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("caller_organisation", models.CharField(blank=True, max_length=120)),
                        ("call_back", models.CharField(blank=True, max_length=40)),
                        ("person_id", models.BigIntegerField(blank=True, db_index=True, null=True)),
                        (
                            "not_given",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_known", "The caller does not have it"),
                                    ("not_found", "Nobody was found under what was given"),
                                    ("no_time", "No time: an emergency"),
                                    ("general", "A general question, about nobody in particular"),
                                    ("refused", "The caller would not say"),
                                    ("unsaid", "No reason was given"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("told_as", models.TextField(blank=True)),
                        ("matched_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "location",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own_home", "Own home"),
                                    ("care_home", "Care home"),
                                    ("community_bed", "Community bed"),
                                    ("ambulance", "Ambulance"),
                                    ("ed", "ED"),
                                    ("inpatient", "Hospital ward"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("reasons", models.CharField(max_length=60)),
                        ("question", models.TextField(blank=True, max_length=4000)),
                        (
                            "intended",
                            models.CharField(
                                choices=[
                                    ("convey", "Call an ambulance"),
                                    ("ED", "Send to ED"),
                                    ("admit", "Admit"),
                                    ("SDEC", "Same-day clinic"),
                                    ("stay with GP", "Stay with the GP"),
                                    ("unsure", "Not sure"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("intended_at", models.DateTimeField()),
                        ("intended_changed", models.BooleanField(default=False)),
                        ("breaths", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("oxygen", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("systolic", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("pulse", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("temperature_tenths", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "alertness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("alert", "Alert"),
                                    ("confusion", "New confusion"),
                                    ("voice", "Voice"),
                                    ("pain", "Pain"),
                                    ("unresponsive", "None"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "on_oxygen",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        (
                            "oxygen_scale",
                            models.CharField(
                                blank=True,
                                choices=[("1", "Scale 1"), ("2", "Scale 2 (target 88 to 92)")],
                                max_length=30,
                            ),
                        ),
                        ("usual_news2", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("news2", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("cfs", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("baseline", models.CharField(blank=True, max_length=1000)),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("has", "Has capacity for this"),
                                    ("lacks", "Lacks capacity for this"),
                                    ("not_assessed", "Not assessed"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "ceiling",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "Full treatment"),
                                    ("ward", "Hospital ward, no intensive care"),
                                    ("home", "Treatment at home only"),
                                    ("comfort", "Comfort"),
                                    ("not_set", "Not decided"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "respect_seen",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        (
                            "allergies_seen",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        (
                            "advice",
                            models.CharField(
                                choices=[
                                    ("stay at home with plan", "Stay, with a plan"),
                                    ("start treatment at home", "Treat at home"),
                                    ("virtual ward", "Virtual ward"),
                                    ("UCR", "Urgent community response"),
                                    ("SDEC or hot clinic", "Same-day clinic"),
                                    ("ED", "ED"),
                                    ("direct admission", "Admit directly"),
                                    ("hospice / palliative", "Hospice or palliative"),
                                    ("medication change", "Change a medicine"),
                                    ("tests", "Tests"),
                                    ("safeguarding", "Safeguarding"),
                                    ("social care", "Social care"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("also", models.CharField(blank=True, max_length=300)),
                        ("advised_at", models.DateTimeField()),
                        ("said", models.TextField(blank=True, max_length=4000)),
                        (
                            "follow_up",
                            models.CharField(
                                choices=[("none", "None"), ("call_back", "Call back"), ("visit", "Visit")],
                                default="none",
                                max_length=12,
                            ),
                        ),
                        ("follow_up_at", models.DateTimeField(blank=True, null=True)),
                        ("follow_up_done_at", models.DateTimeField(blank=True, null=True)),
                        ("follow_up_came_to", models.CharField(blank=True, max_length=1000)),
                        (
                            "plan_updated",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        ("second_opinion", models.CharField(blank=True, max_length=120)),
                        ("entry_made", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "follow_up_owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "follow_up_done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "matched_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "draft",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call",
                                to="frailty.draft",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "line",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="record",
                                to="frailty.linecall",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_call",
                        "ordering": ["-ended_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("person_id__isnull", True)),
                                fields=["organisation"],
                                name="calls_to_match",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("follow_up_at__isnull", False), ("follow_up_done_at__isnull", True)
                                ),
                                fields=["follow_up_at"],
                                name="open_follow_ups",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("caller_name", ""), _negated=True),
                                    models.Q(("caller_type", ""), _negated=True),
                                    models.Q(("reasons", ""), _negated=True),
                                    models.Q(("advice", ""), _negated=True),
                                ),
                                name="a_call_says_who_why_and_what_was_advised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("intended", ""), _negated=True),
                                    ("intended_at__lte", models.F("advised_at")),
                                ),
                                name="the_caller_was_asked_before_the_advice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person_id__isnull", False),
                                    models.Q(("not_given", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_call_about_nobody_known_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("follow_up", "none"),
                                        ("follow_up_at__isnull", True),
                                        ("follow_up_owner__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("follow_up", "none"), _negated=True),
                                        ("follow_up_at__isnull", False),
                                        ("follow_up_owner__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_follow_up_has_a_day_and_an_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("matched_at__isnull", False), ("matched_by__isnull", False)),
                                    models.Q(("matched_at__isnull", True), ("matched_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_call_is_matched_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("follow_up_done_at__isnull", False),
                                        ("follow_up_done_by__isnull", False),
                                    ),
                                    models.Q(
                                        ("follow_up_done_at__isnull", True),
                                        ("follow_up_done_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_follow_up_is_done_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallLetter",
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
                                choices=[("practice", "General practice"), ("caller", "Caller")],
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="frailty.advicecall",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_call_letter",
                        "constraints": [
                            models.UniqueConstraint(fields=("call", "to"), name="a_summary_to_each"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_summary_is_sent_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("useful", models.BooleanField()),
                        ("before", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("after", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("text", models.CharField(blank=True, max_length=2000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback",
                                to="frailty.advicecall",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_call_feedback",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("before__isnull", True), ("before__range", (1, 5)), _connector="OR"
                                    ),
                                    models.Q(
                                        ("after__isnull", True), ("after__range", (1, 5)), _connector="OR"
                                    ),
                                ),
                                name="confidence_is_one_to_five",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAdviceCall",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("line_sure", models.BooleanField(default=False)),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("phone", "Telephone"),
                                    ("video", "Video"),
                                    ("message", "Message"),
                                    ("face_to_face", "Face to face"),
                                ],
                                default="phone",
                                max_length=12,
                            ),
                        ),
                        ("answered_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(db_index=True)),
                        ("caller_name", models.CharField(max_length=120)),
                        (
                            "caller_type",
                            models.CharField(
                                choices=[
                                    ("ucrt", "Urgent community response"),
                                    ("gp", "GP"),
                                    ("care_home", "Care home"),
                                    ("ambulance", "Ambulance crew"),
                                    ("ed", "ED or same-day clinic"),
                                    ("community_hospital", "Community hospital"),
                                    ("hospice", "Hospice"),
                                    ("social_care", "Social care"),
                                    ("virtual_ward", "Virtual ward"),
                                    ("out_of_hours", "Out of hours"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("caller_organisation", models.CharField(blank=True, max_length=120)),
                        ("call_back", models.CharField(blank=True, max_length=40)),
                        ("person_id", models.BigIntegerField(blank=True, db_index=True, null=True)),
                        (
                            "not_given",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_known", "The caller does not have it"),
                                    ("not_found", "Nobody was found under what was given"),
                                    ("no_time", "No time: an emergency"),
                                    ("general", "A general question, about nobody in particular"),
                                    ("refused", "The caller would not say"),
                                    ("unsaid", "No reason was given"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("told_as", models.TextField(blank=True)),
                        ("matched_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "location",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own_home", "Own home"),
                                    ("care_home", "Care home"),
                                    ("community_bed", "Community bed"),
                                    ("ambulance", "Ambulance"),
                                    ("ed", "ED"),
                                    ("inpatient", "Hospital ward"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("reasons", models.CharField(max_length=60)),
                        ("question", models.TextField(blank=True, max_length=4000)),
                        (
                            "intended",
                            models.CharField(
                                choices=[
                                    ("convey", "Call an ambulance"),
                                    ("ED", "Send to ED"),
                                    ("admit", "Admit"),
                                    ("SDEC", "Same-day clinic"),
                                    ("stay with GP", "Stay with the GP"),
                                    ("unsure", "Not sure"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("intended_at", models.DateTimeField()),
                        ("intended_changed", models.BooleanField(default=False)),
                        ("breaths", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("oxygen", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("systolic", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("pulse", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("temperature_tenths", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "alertness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("alert", "Alert"),
                                    ("confusion", "New confusion"),
                                    ("voice", "Voice"),
                                    ("pain", "Pain"),
                                    ("unresponsive", "None"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "on_oxygen",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        (
                            "oxygen_scale",
                            models.CharField(
                                blank=True,
                                choices=[("1", "Scale 1"), ("2", "Scale 2 (target 88 to 92)")],
                                max_length=30,
                            ),
                        ),
                        ("usual_news2", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("news2", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("cfs", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("baseline", models.CharField(blank=True, max_length=1000)),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("has", "Has capacity for this"),
                                    ("lacks", "Lacks capacity for this"),
                                    ("not_assessed", "Not assessed"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "ceiling",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "Full treatment"),
                                    ("ward", "Hospital ward, no intensive care"),
                                    ("home", "Treatment at home only"),
                                    ("comfort", "Comfort"),
                                    ("not_set", "Not decided"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "respect_seen",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        (
                            "allergies_seen",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        (
                            "advice",
                            models.CharField(
                                choices=[
                                    ("stay at home with plan", "Stay, with a plan"),
                                    ("start treatment at home", "Treat at home"),
                                    ("virtual ward", "Virtual ward"),
                                    ("UCR", "Urgent community response"),
                                    ("SDEC or hot clinic", "Same-day clinic"),
                                    ("ED", "ED"),
                                    ("direct admission", "Admit directly"),
                                    ("hospice / palliative", "Hospice or palliative"),
                                    ("medication change", "Change a medicine"),
                                    ("tests", "Tests"),
                                    ("safeguarding", "Safeguarding"),
                                    ("social care", "Social care"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("also", models.CharField(blank=True, max_length=300)),
                        ("advised_at", models.DateTimeField()),
                        ("said", models.TextField(blank=True, max_length=4000)),
                        (
                            "follow_up",
                            models.CharField(
                                choices=[("none", "None"), ("call_back", "Call back"), ("visit", "Visit")],
                                default="none",
                                max_length=12,
                            ),
                        ),
                        ("follow_up_at", models.DateTimeField(blank=True, null=True)),
                        ("follow_up_done_at", models.DateTimeField(blank=True, null=True)),
                        ("follow_up_came_to", models.CharField(blank=True, max_length=1000)),
                        (
                            "plan_updated",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=30
                            ),
                        ),
                        ("second_opinion", models.CharField(blank=True, max_length=120)),
                        ("entry_made", models.BooleanField(default=False)),
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
                            "consultant",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "draft",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.draft",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "follow_up_done_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "follow_up_owner",
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
                            "matched_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.linecall",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical advice call",
                        "verbose_name_plural": "historical advice calls",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Listing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("worklist", models.CharField(blank=True, max_length=20)),
                        ("since", models.DateField()),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("team", models.CharField(blank=True, max_length=20)),
                        ("network", models.CharField(blank=True, max_length=20)),
                        ("alliance", models.CharField(blank=True, max_length=20)),
                        ("owner", models.CharField(blank=True, max_length=20)),
                        ("practice", models.CharField(blank=True, max_length=12)),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="listings",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_listing",
                        "indexes": [
                            models.Index(
                                fields=["team", "worklist", "since", "entry", "first", "last"],
                                name="lists_of_a_team",
                            ),
                            models.Index(
                                fields=["network", "worklist", "since", "entry", "first", "last"],
                                name="lists_of_a_network",
                            ),
                            models.Index(
                                fields=["alliance", "worklist", "since", "entry", "first", "last"],
                                name="lists_of_a_alliance",
                            ),
                            models.Index(
                                fields=["owner", "worklist", "since", "entry", "first", "last"],
                                name="lists_of_a_owner",
                            ),
                            models.Index(
                                fields=["practice", "worklist", "since", "entry", "first", "last"],
                                name="lists_of_a_practice",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("entry", "worklist"), name="on_a_worklist_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MedicinesCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("allergies", models.CharField(blank=True, max_length=1000)),
                        ("none_known", models.BooleanField(default=False)),
                        ("medicines", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("reviewed_on", models.DateField(blank=True, null=True)),
                        ("checked_by", models.CharField(max_length=150)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="medicines_checks",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_medicines_check",
                        "ordering": ["-on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("none_known", False), ("allergies", ""), _connector="OR"),
                                name="no_known_allergies_names_none",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("attendees", models.CharField(max_length=500)),
                        ("discussion", models.CharField(max_length=4000)),
                        ("actions", models.CharField(blank=True, max_length=2000)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_meeting",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "state_before",
                            models.CharField(
                                choices=[
                                    ("to_confirm", "To confirm"),
                                    ("on_register", "On the register"),
                                    ("rejected", "Rejected"),
                                    ("ended", "Ended"),
                                    ("merged", "Merged into another entry"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "kept_state_before",
                            models.CharField(
                                choices=[
                                    ("to_confirm", "To confirm"),
                                    ("on_register", "On the register"),
                                    ("rejected", "Rejected"),
                                    ("ended", "Ended"),
                                    ("merged", "Merged into another entry"),
                                ],
                                default="to_confirm",
                                max_length=12,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_because", models.CharField(blank=True, max_length=500)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "duplicate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_away",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_merge",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Plan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("agreed_on", models.DateField()),
                        ("matters", models.CharField(max_length=2000)),
                        ("contingency", models.CharField(blank=True, max_length=2000)),
                        ("ceiling", models.CharField(blank=True, max_length=500)),
                        (
                            "place_of_care",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("home", "Own home"),
                                    ("care home", "Care home"),
                                    ("hospice", "Hospice"),
                                    ("community bed", "Community bed"),
                                    ("hospital", "Hospital"),
                                    ("elsewhere", "Elsewhere"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "place_of_death",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("home", "Own home"),
                                    ("care home", "Care home"),
                                    ("hospice", "Hospice"),
                                    ("community bed", "Community bed"),
                                    ("hospital", "Hospital"),
                                    ("elsewhere", "Elsewhere"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("clinician", models.CharField(max_length=150)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_plan",
                        "ordering": ["-agreed_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Problem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "domain",
                            models.CharField(
                                choices=[
                                    ("physical", "Physical health"),
                                    ("mental", "Mental health and cognition"),
                                    ("function", "Function"),
                                    ("social", "Social"),
                                    ("environment", "Environment"),
                                    ("medication", "Medication"),
                                    ("nutrition", "Nutrition"),
                                    ("continence", "Continence"),
                                    ("falls", "Falls and bone health"),
                                    ("sensory", "Sight and hearing"),
                                    ("sexual", "Sexual health"),
                                    ("spiritual", "Spiritual needs"),
                                    ("advance", "Advance care planning"),
                                    ("carer", "Carer"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("problem", models.CharField(max_length=300)),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="problems",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_problem",
                        "ordering": ["domain", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Goal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("goal", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goals",
                                to="frailty.problem",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_goal",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalStep",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=300)),
                        ("owner", models.CharField(max_length=120)),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        ("due_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("dropped_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "goal",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.goal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical step",
                        "verbose_name_plural": "historical steps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGoal",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True, blank=True, db_index=True, verbose_name="ID"
                            ),
                        ),
                        ("goal", models.CharField(max_length=300)),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
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
                            "by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "problem",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="frailty.problem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical goal",
                        "verbose_name_plural": "historical goals",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_on", models.DateField()),
                        ("subjects", models.JSONField()),
                        ("face_to_face", models.BooleanField()),
                        ("reviewer", models.CharField(max_length=150)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("still_right", "The plan is still right"),
                                    ("changed", "The plan has to change"),
                                    ("reassess", "A new assessment is needed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=2000)),
                        ("next_on", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_review",
                        "ordering": ["-held_on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scale", models.CharField(max_length=12)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("count", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("band", models.CharField(blank=True, max_length=40)),
                        ("doubt", models.CharField(blank=True, max_length=120)),
                        ("version", models.CharField(max_length=40)),
                        ("on", models.DateField()),
                        ("assessor", models.CharField(max_length=150)),
                        ("at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="frailty.entry",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_score",
                        "ordering": ["-on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_score_is_withdrawn_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
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
                                    ("care_package", "Package of care"),
                                    ("equipment", "Equipment"),
                                    ("telecare", "Telecare"),
                                    ("virtual_ward", "Virtual ward"),
                                    ("urgent_response", "Urgent community response"),
                                    ("hospice", "Hospice"),
                                    ("voluntary", "Voluntary sector"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("provider", models.CharField(blank=True, max_length=120)),
                        ("details", models.CharField(blank=True, max_length=500)),
                        ("from_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_service",
                        "ordering": ["-from_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    ("ended_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="a_service_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sharing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("objects_to_sharing", models.BooleanField()),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("person", "The person said so"),
                                    ("attorney", "An attorney said so"),
                                    ("best_interest", "A best-interest decision"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("details", models.CharField(blank=True, max_length=500)),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sharing",
                                to="frailty.entry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_sharing",
                        "ordering": ["-on", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=300)),
                        ("owner", models.CharField(max_length=120)),
                        ("organisation", models.CharField(blank=True, max_length=20)),
                        ("due_on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("dropped_because", models.CharField(blank=True, max_length=300)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="frailty.author",
                            ),
                        ),
                        (
                            "goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="frailty.goal",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_step",
                        "ordering": ["due_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                                    models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_step_is_done_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on__isnull", True), ("dropped_because", ""), _connector="OR"
                                ),
                                name="a_step_is_done_or_dropped",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Typing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=30)),
                        ("words", models.TextField(blank=True)),
                        ("version", models.PositiveIntegerField()),
                        ("taken", models.BooleanField()),
                        ("at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="typings",
                                to="frailty.draft",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "frailty_call_typing",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["draft", "version"], name="typings_by_version")],
                    },
                ),
            ]
        ),
    ]
