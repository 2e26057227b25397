"""Who is on which worklist from which day until which, by who sees them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("frailty", "0004_allergies_and_medicines"),
    ]

    operations = [
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
            ],
            options={
                "db_table": "frailty_listing",
            },
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_review_due_on",
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_first_due_on",
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_event_due_on",
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_plan_until",
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_home_plan_due_on",
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_unassessed_carer",
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_reply_due_on",
        ),
        migrations.RemoveIndex(
            model_name="row",
            name="rows_by_state",
        ),
        migrations.AddField(
            model_name="listing",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="listings", to="frailty.entry"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["team", "worklist", "since", "entry", "first", "last"], name="lists_of_a_team"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["network", "worklist", "since", "entry", "first", "last"], name="lists_of_a_network"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["alliance", "worklist", "since", "entry", "first", "last"], name="lists_of_a_alliance"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["owner", "worklist", "since", "entry", "first", "last"], name="lists_of_a_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["practice", "worklist", "since", "entry", "first", "last"], name="lists_of_a_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(fields=("entry", "worklist"), name="on_a_worklist_once"),
        ),
    ]
