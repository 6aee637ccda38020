from django.db import migrations

from alongside.audit import triggers


def create(apps, schema_editor):
    triggers.drop(schema_editor.connection)
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_looked_up_by_time")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
