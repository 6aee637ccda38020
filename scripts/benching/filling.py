"""Put very many rows into a fresh database fast: COPY on PostgreSQL, executemany on SQLite."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

ONE_TIME = 20_000


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of the named columns; every other column gets its default. How many."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    auto = isinstance(model._meta.pk, models.AutoField) and model._meta.pk.attname not in columns
    others = [
        f for name, f in fields.items() if name not in columns and not (auto and f.primary_key)
    ]
    tail = [_plain(field.get_default()) for field in others]
    named = [fields[name].column for name in columns] + [field.column for field in others]
    whole = ([*map(_plain, row), *tail] for row in rows)
    with _without_indexes(model._meta.db_table):
        write = _copy if connection.vendor == "postgresql" else _many
        return write(model._meta.db_table, named, whole)


def _copy(table: str, columns: list[str], rows: Iterator[list[Any]]) -> int:
    n = 0
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        with cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
                n += 1
        cursor.execute("SET session_replication_role = DEFAULT")
    return n


def _many(table: str, columns: list[str], rows: Iterator[list[Any]]) -> int:
    quoted = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    sql = f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})'  # noqa: S608
    plain = connection.connection
    plain.execute("PRAGMA foreign_keys=OFF")
    plain.execute("PRAGMA synchronous=OFF")
    before = plain.total_changes
    plain.execute("BEGIN")
    plain.executemany(sql, rows)
    plain.execute("COMMIT")
    return int(plain.total_changes - before)


@contextmanager
def _without_indexes(table: str) -> Iterator[None]:
    """Indexes are made once at the end instead of at every row; the same ones as before."""
    if connection.vendor == "postgresql":
        find = (
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = %s "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint c JOIN pg_class k ON k.oid = c.conindid "
            "WHERE k.relname = i.indexname)"
        )
    else:
        find = (
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
        )
    with connection.cursor() as cursor:
        cursor.execute(find, [table])
        indexes = cursor.fetchall()
        for name, _made in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, made in indexes:
            cursor.execute(made)


def settle() -> None:
    """What a database does by itself after a while of running."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _plain(value: Any) -> Any:
    make = _SQLITE.get(type(value)) if connection.vendor == "sqlite" else _POSTGRES.get(type(value))
    return make(value) if make else value


def _naive(at: datetime) -> str:
    return str(at.astimezone(UTC).replace(tzinfo=None))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_POSTGRES: dict[type, Callable[[Any], Any]] = {list: _json, dict: _json}
_SQLITE: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: value.hex,
    datetime: _naive,
    date: date.isoformat,
    bool: int,
    **_POSTGRES,
}
