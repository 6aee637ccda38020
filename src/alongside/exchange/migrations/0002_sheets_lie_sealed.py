"""What sheets said lies sealed from now on. Rows of before are sealed here, a page at a time."""

import alongside.accounts.sealed
from django.db import migrations

SEALED = (("ImportBatch", "left_out"), ("ImportFile", "content"), ("ImportRow", "cells"))


def seal(apps, schema_editor):
    for name, field in SEALED:
        rows = apps.get_model("exchange", name).objects.order_by("pk")
        for row in rows.iterator(chunk_size=50):
            value = getattr(row, f"open_{field}")
            setattr(row, field, bytes(value) if field == "content" else value)
            row.save(update_fields=[field])
    # PostgreSQL alters no table that still has something to check.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_squashed_0001_initial"),
    ]

    operations = [
        *(
            migrations.RenameField(
                model_name=name.lower(), old_name=field, new_name=f"open_{field}"
            )
            for name, field in SEALED
        ),
        migrations.AddField(
            model_name="importbatch",
            name="left_out",
            field=alongside.accounts.sealed.SealedJsonField(blank=True, default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importfile",
            name="content",
            field=alongside.accounts.sealed.SealedBytesField(default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importrow",
            name="cells",
            field=alongside.accounts.sealed.SealedJsonField(default=b""),
            preserve_default=False,
        ),
        migrations.RunPython(seal),
        *(
            migrations.RemoveField(model_name=name.lower(), name=f"open_{field}")
            for name, field in SEALED
        ),
    ]
