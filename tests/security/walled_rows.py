"""A row of each of two agencies in every table that stands behind a wall, made by bare SQL."""

from typing import Any
from uuid import UUID, uuid4

from alongside.tenancy.tables import Walled, walled

# A value for a column that must say something, by its type.
VALUES = {
    "uuid": "gen_random_uuid()",
    "varchar": "'x'",
    "text": "'x'",
    "bool": "false",
    "int2": "1",
    "int4": "1",
    "int8": "floor(random() * 1000000)::int8",
    "numeric": "1",
    "float8": "1",
    "jsonb": "'{}'",
    "date": "current_date",
    "time": "localtime",
    "timestamptz": "now()",
    "interval": "interval '1 day'",
    "bytea": "'\\x00'",
}


def fill(cursor: Any, agencies: tuple[UUID, ...]) -> None:
    """For the transaction of a test: what the rows must hold to make sense is forgotten there."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(
        "SELECT conrelid::regclass, quote_ident(conname) FROM pg_constraint "
        "WHERE contype IN ('c', 'f') AND connamespace = current_schema()::regnamespace"
    )
    for table, name in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for table in walled():
        for agency in agencies:
            insert(cursor, table, agency)


def insert(cursor: Any, table: Walled, agency: UUID) -> None:
    """One row of this agency, whoever may write it."""
    columns = {table.column: f"'{agency}'", **_others(cursor, table)}
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(f'INSERT INTO "{table.table}" ({names}) VALUES ({", ".join(columns.values())})')  # noqa: S608


def _others(cursor: Any, table: Walled) -> dict[str, str]:
    cursor.execute(
        "SELECT attname, typname, EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid "
        "AND i.indisunique AND a.attnum = ANY(i.indkey)) FROM pg_attribute a "
        "JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = %s::regclass AND a.attnum > 0 "
        "AND a.attnotnull AND a.attidentity = '' AND NOT a.atthasdef AND NOT a.attisdropped",
        [f'"{table.table}"'],
    )
    found = {name: (kind, unique) for name, kind, unique in cursor.fetchall()}
    return {
        name: f"'{uuid4().hex[:8]}'" if unique and kind in ("varchar", "text") else VALUES[kind]
        for name, (kind, unique) in found.items()
        if name != table.column
    }
