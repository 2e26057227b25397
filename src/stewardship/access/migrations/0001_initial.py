"""The table of events, and triggers by which the database itself refuses to change or remove one.

An insert must carry the next number: SQLite's INSERT OR REPLACE would otherwise remove a row unseen by the trigger.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSED = "The access log only grows: an event is never changed or removed."
OUT_OF_ORDER = "The access log only grows: the next event carries the next number."
NEXT = "(SELECT COALESCE(MAX(sequence), 0) + 1 FROM access_event)"

SQLITE = [
    f"""CREATE TRIGGER access_event_{what.lower()} BEFORE {what} ON access_event
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"""
    for what in ("UPDATE", "DELETE")
] + [
    f"""CREATE TRIGGER access_event_insert BEFORE INSERT ON access_event WHEN NEW.sequence IS NOT {NEXT}
    BEGIN SELECT RAISE(ABORT, '{OUT_OF_ORDER}'); END"""
]
POSTGRESQL = [
    f"""CREATE FUNCTION access_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$""",
    f"""CREATE FUNCTION access_event_next() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF NEW.sequence IS DISTINCT FROM {NEXT} THEN RAISE EXCEPTION '{OUT_OF_ORDER}'; END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER access_event_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON access_event
    FOR EACH STATEMENT EXECUTE FUNCTION access_event_refuse()""",
    """CREATE TRIGGER access_event_insert BEFORE INSERT ON access_event
    FOR EACH ROW EXECUTE FUNCTION access_event_next()""",
]


def guard(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers of the database at hand."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(db_index=True, max_length=27)),
                ("member", models.BigIntegerField(null=True)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("role", models.CharField(blank=True, max_length=60)),
                ("organisation", models.CharField(blank=True, max_length=120)),
                ("session", models.CharField(blank=True, max_length=16)),
                ("client", models.CharField(blank=True, max_length=80)),
                ("did", models.CharField(max_length=40)),
                ("about", models.TextField(blank=True)),
                ("query", models.CharField(blank=True, max_length=400)),
                ("shown", models.BigIntegerField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("result", models.CharField(max_length=10)),
                ("via", models.CharField(max_length=20)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "access_event",
                "ordering": ["sequence"],
            },
        ),
        migrations.RunPython(guard),
    ]
