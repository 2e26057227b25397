"""Care, plans, reviews and what is asked of others, on an entry of the register."""

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("frailty", "0002_calls_of_the_advice_line"),
    ]

    operations = [
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
            ],
            options={
                "db_table": "frailty_ask",
                "ordering": ["reply_by", "pk"],
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
            ],
            options={
                "db_table": "frailty_assessment",
                "ordering": ["-on", "-pk"],
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
            ],
            options={
                "db_table": "frailty_carer",
                "ordering": ["pk"],
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
            ],
            options={
                "db_table": "frailty_contact",
                "ordering": ["kind", "pk"],
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
            ],
            options={
                "db_table": "frailty_emergency_plan",
                "ordering": ["-signed_on", "-signed_at", "-pk"],
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
            ],
            options={
                "db_table": "frailty_event",
                "ordering": ["-on", "-pk"],
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
            ],
            options={
                "db_table": "frailty_goal",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAsk",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
            name="HistoricalGoal",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
            name="HistoricalPlan",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
            name="HistoricalStep",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
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
            ],
            options={
                "db_table": "frailty_meeting",
                "ordering": ["-on", "-pk"],
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
            ],
            options={
                "db_table": "frailty_problem",
                "ordering": ["domain", "pk"],
            },
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
            ],
            options={
                "db_table": "frailty_score",
                "ordering": ["-on", "-pk"],
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
            ],
            options={
                "db_table": "frailty_service",
                "ordering": ["-from_on", "-pk"],
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
            ],
            options={
                "db_table": "frailty_step",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="merge",
            name="kept_state_before",
            field=models.CharField(
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
        migrations.AddField(
            model_name="row",
            name="first_due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="no_plan",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("review_due_on__isnull", False)),
                fields=["review_due_on"],
                name="rows_by_review_due_on",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("first_due_on__isnull", False)),
                fields=["first_due_on"],
                name="rows_by_first_due_on",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("event_due_on__isnull", False)),
                fields=["event_due_on"],
                name="rows_by_event_due_on",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("plan_until__isnull", False)),
                fields=["plan_until"],
                name="rows_by_plan_until",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("home_plan_due_on__isnull", False)),
                fields=["home_plan_due_on"],
                name="rows_by_home_plan_due_on",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("unassessed_carer__isnull", False)),
                fields=["unassessed_carer"],
                name="rows_by_unassessed_carer",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("reply_due_on__isnull", False)),
                fields=["reply_due_on"],
                name="rows_by_reply_due_on",
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(fields=["state", "proposed_on"], name="rows_by_state"),
        ),
        migrations.AddField(
            model_name="ask",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="replied_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="carer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="carer",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="carers", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="emergencyplan",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="emergencyplan",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="emergency_plans",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="emergencyplan",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="historicalask",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalask",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalask",
            name="replied_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalassessment",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalassessment",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalcarer",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalcarer",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalcontact",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalcontact",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalemergencyplan",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalemergencyplan",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalemergencyplan",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalgoal",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalplan",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalproblem",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalproblem",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalreview",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalreview",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalscore",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalservice",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalservice",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalstep",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalstep",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="historicalstep",
            name="goal",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.goal",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="problems", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="historicalgoal",
            name="problem",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="frailty.problem",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="problem",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="frailty.problem"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="services", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="sharing",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="sharing",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sharing", to="frailty.entry"
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frailty.author"
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="frailty.author",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="frailty.goal"
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_by__isnull", False), ("replied_on__isnull", False)),
                    models.Q(("replied_by__isnull", True), ("replied_on__isnull", True)),
                    _connector="OR",
                ),
                name="an_ask_is_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.CheckConstraint(
                condition=models.Q(("reply_by__gte", models.F("asked_on"))),
                name="a_reply_comes_after_the_ask",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_by__isnull", False), ("withdrawn_on__isnull", False)),
                    models.Q(("withdrawn_by__isnull", True), ("withdrawn_on__isnull", True)),
                    _connector="OR",
                ),
                name="an_emergency_plan_is_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on__isnull", True),
                    models.Q(("withdrawn_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="an_emergency_plan_is_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("comfort__isnull", True), ("comfort__lte", 10), _connector="OR"),
                name="comfort_is_from_0_to_10",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("entry", "kind", "on"), name="an_event_is_told_once"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    _connector="OR",
                ),
                name="a_score_is_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), ("ended_on__gte", models.F("from_on")), _connector="OR"
                ),
                name="a_service_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                    models.Q(("done_by__isnull", True), ("done_on__isnull", True)),
                    _connector="OR",
                ),
                name="a_step_is_done_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", True), ("dropped_because", ""), _connector="OR"),
                name="a_step_is_done_or_dropped",
            ),
        ),
    ]
