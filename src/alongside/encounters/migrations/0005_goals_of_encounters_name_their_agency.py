import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    links = apps.get_model("encounters", "EncounterGoal").objects
    encounters = apps.get_model("encounters", "Encounter").objects
    own = encounters.filter(pk=OuterRef("encounter_id")).values("agency_id")[:1]
    links.update(agency_id=Subquery(own))
    # PostgreSQL alters no table that still has something to check.
    schema_editor.connection.check_constraints(table_names=["encounters_encountergoal"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
        ("encounters", "0004_readings"),
    ]

    operations = [
        migrations.AddField(
            model_name="encountergoal",
            name="agency",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="encountergoal",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.agency",
            ),
        ),
    ]
