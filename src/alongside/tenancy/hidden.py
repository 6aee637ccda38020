"""Ids that forms make, and rows behind the walls: that one is taken, the database alone can say.

A row of another agency is nowhere to be seen on PostgreSQL, and still holds its id. Whoever sends
that id is answered as if it were free, with an id of our own: they learn nothing, and lose nothing.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Model

from alongside.core.ids import new_id

Made = TypeVar("Made")
ON_SQLITE = re.compile(r"UNIQUE constraint failed: (\w+)\.id")
_tables: ContextVar[frozenset[str]] = ContextVar("tables", default=frozenset())


def where_taken(error: IntegrityError) -> str:
    """The table in which a row, seen or unseen, holds the id that was wanted; else empty."""
    told = getattr(error.__cause__, "diag", None)
    if told is not None:
        table, name = told.table_name or "", told.constraint_name or ""
        return table if name == f"{table}_pkey" else ""
    found = ON_SQLITE.fullmatch(str(error))
    return found[1] if found else ""


def free_id(model: type[Model], wanted: UUID | None) -> UUID:
    """The id a form made, or a new one where the database has said that it is taken, so that nobody
    is ever held up. It asks nothing: ``known`` is around the second try of each page."""
    if wanted is None or model._meta.db_table in _tables.get():
        return new_id()
    return wanted


@contextmanager
def known(error: IntegrityError) -> Iterator[None]:
    """For a second try: inside, ``free_id`` takes new ones where an id turned out to be taken."""
    token = _tables.set(_tables.get() | {where_taken(error)})
    try:
        yield
    finally:
        _tables.reset(token)


def once(make: Callable[[UUID], Made], wanted: UUID, *, mine: Callable[[], Made | None]) -> Made:
    """What ``make`` makes, once however often a form is sent: ``mine`` finds what an earlier click
    made. An id that is someone else's stops nobody. ``make`` is a transaction of its own."""
    try:
        return make(wanted)
    except IntegrityError as failed:
        there = mine()
        if there is not None:
            return there
        if not where_taken(failed):
            raise
    return make(new_id())
