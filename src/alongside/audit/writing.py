"""Many rows of one table in one statement."""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import NOT_PROVIDED, AutoField, Field, Model
from psycopg import Binary
from psycopg.types.json import Jsonb

from alongside.audit.asking import Statement

ROWS_AT_ONCE = 1000


def insert_many(things: Iterable[Model], *, ahead: Statement | None = None) -> None:
    """Insert new rows, all of one model, as ``bulk_create`` would; made-up keys are not told.

    ``bulk_create`` spends most of its time on putting the statement together; a sheet of ten
    thousand rows goes in twice as fast this way. Values still pass through their fields. ``ahead``
    is done before the first of them, on PostgreSQL on the same way there.
    """
    left = iter(things)
    while chunk := list(islice(left, ROWS_AT_ONCE)):
        _insert(chunk, ahead)
        ahead = None


def _insert(things: Sequence[Model], ahead: Statement | None) -> None:
    meta, connection = things[0]._meta, connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    table = quote(meta.db_table)
    fields = [f for f in meta.concrete_fields if not isinstance(f, AutoField)]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    rows = list(zip(*(_down(field, things, connection) for field in fields), strict=True))
    # Only names of our own tables and columns; every value goes through a placeholder.
    begin = f"INSERT INTO {table} ({columns})"
    one = " ".join((begin, "VALUES", f"({', '.join(['%s'] * len(fields))})"))
    with connection.cursor() as cursor:
        before: Sequence[Any] = ()
        if ahead is not None and connection.vendor == "postgresql":
            begin, one = (f"{ahead.sql}; {text}" for text in (begin, one))
            before = ahead.values
        elif ahead is not None:
            cursor.execute(ahead.sql, ahead.values)
        if len(rows) == 1:
            cursor.execute(one, [*before, *rows[0]])
        elif connection.vendor == "postgresql":
            # One value, however many rows: COPY, faster still, does not know row level security.
            told = _as_json([str(field.column) for field in fields], rows)
            many = f"FROM json_populate_recordset(NULL::{table}, %s)"
            cursor.execute(" ".join((begin, "SELECT", columns, many)), [*before, told])
        else:
            cursor.executemany(one, rows)


def _down(
    field: "Field[Any, Any]", things: Sequence[Model], connection: BaseDatabaseWrapper
) -> list[Any]:
    """A column of the new rows, as the database takes it. What stands in it again and again, like
    an empty text or the agency, is made ready once."""
    if type(field).pre_save is Field.pre_save and field.db_default is NOT_PROVIDED:
        said = list(map(attrgetter(field.attname), things))
    else:
        said = [field.pre_save(thing, True) for thing in things]
    prepare: Callable[..., Any] = field.get_db_prep_save
    first = said[0]
    sure = first is None or isinstance(first, str | UUID | date) or first in ([], {})
    if sure and said.count(first) == len(said):
        return [prepare(first, connection)] * len(said)
    ready: dict[Hashable, Any] = {}
    column = []
    for value in said:
        if isinstance(value, dict | list):
            column.append(prepare(value, connection))
            continue
        key = (type(value), value)
        if key not in ready:
            ready[key] = prepare(value, connection)
        column.append(ready[key])
    return column


def _as_json(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns of which no row says anything are left out: what is not there is unknown."""
    down = zip(names, zip(*rows, strict=True), strict=True)
    kept = {name: column for name, column in down if column.count(None) < len(column)}
    across = zip(*kept.values(), strict=True)
    return json.dumps([dict(zip(kept, row, strict=True)) for row in across], default=_said)


def _said(value: Any) -> Any:
    """What JSON has no form for, as PostgreSQL reads it."""
    if isinstance(value, Jsonb):
        dumps = value.dumps or json.dumps
        return value.obj if dumps is json.dumps else json.loads(dumps(value.obj))
    plain = value.obj if isinstance(value, Binary) else value
    return rf"\x{plain.hex()}" if isinstance(plain, bytes | memoryview) else str(value)
