from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """The table of the cache, which keeps lock-outs."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("site", "0002_roles_held_and_ended")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
