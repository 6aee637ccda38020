"""Tables as a new database has them, in a moment: only those that hold rows are emptied."""

# ruff: noqa: S608 (only names of our own tables)

from typing import Any

from django.db import transaction

from alongside.audit import triggers

# Filled by Django itself when tables are made.
STAYS = {"django_content_type", "auth_permission"}


def empty(connection: Any) -> None:
    """Audit events go, too: their triggers are off for that moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        filled = _filled(connection, cursor)
        if connection.vendor == "postgresql":
            # Neither triggers nor foreign keys look at what such a session does.
            cursor.execute("SET LOCAL session_replication_role = replica")
            _delete(cursor, filled)
            return
        triggers.drop(connection)
        _delete(cursor, filled)  # foreign keys are looked at when the transaction ends
        triggers.create(connection)


def _filled(connection: Any, cursor: Any) -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = [
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")"
        for name in names
        if name not in STAYS
    ]
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]


def _delete(cursor: Any, tables: list[str]) -> None:
    for table in tables:
        cursor.execute(f'DELETE FROM "{table}"')
