"""Rows of the log as the database holds them, fast and however odd they are.

Every column comes as text in the form that is hashed: the database puts it there, so that looking
over a million events makes no million objects. By key, a page at a time: memory stays the same.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from alongside.audit.rules import EventFacts, Row, StoredEvent

PAGE = 5000
NEVER = datetime(1, 1, 1, tzinfo=UTC)  # no event is this old: what cannot be read was changed
NOBODY = UUID(int=0)
# The moment as ``isoformat`` writes it, in UTC and to the microsecond.
_AT = {
    "sqlite": "replace(at, ' ', 'T') || CASE WHEN length(at) = 19 THEN '.000000' ELSE '' END "
    "|| '+00:00'",
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00'",
}
_TEXT = {"sqlite": "CAST({} AS TEXT)", "postgresql": "{}::text"}
_COLUMNS = ("actor_id", "verb", "target", "detail", "previous", "hash")


def rows(agency_id: UUID, *, after: int, until: int) -> Iterator[Row]:
    """Events with a place behind ``after`` up to ``until``, in order."""
    sql = _select("agency_id = %s AND seq > %s AND seq <= %s ORDER BY seq LIMIT %s")
    while True:
        page = _asked(sql, [_id(agency_id), after, until, PAGE])
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1][0]


def rows_beyond(agency_id: UUID) -> list[Row]:
    """Events past the end of the chain as it is kept at this moment, or before its beginning: one
    statement, so that what is added meanwhile is none of them."""
    early = _select("agency_id = %s AND seq < 1")
    late = _select(
        "agency_id = %s AND seq > "
        "coalesce((SELECT seq FROM audit_chainhead WHERE agency_id = %s), 0)"
    )
    found = _asked(f"{early} UNION ALL {late} ORDER BY 1", [_id(agency_id)] * 3)
    return [row for row in found if isinstance(row[0], int)]


def as_event(agency_id: UUID, row: Row) -> StoredEvent:
    """A row for whoever tells what was done to it. What cannot be read fits no hash."""
    seq, at, actor, verb, target, detail, previous, own = row
    facts = EventFacts(
        agency_id, seq, _moment(at), _uuid(actor), str(verb), str(target), _said(detail)
    )
    return StoredEvent(facts, str(previous), str(own))


def _select(where: str) -> str:
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    texts = ", ".join(_TEXT[vendor].format(column) for column in _COLUMNS)
    return f"SELECT seq, {_AT[vendor]}, {texts} FROM audit_auditevent WHERE {where}"  # noqa: S608


def _asked(sql: str, values: list[Any]) -> list[Row]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _id(key: UUID) -> UUID | str:
    return key if connections[DEFAULT_DB_ALIAS].vendor == "postgresql" else key.hex


def _moment(text: str | None) -> datetime:
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return NEVER
    return at if at.tzinfo else NEVER


def _uuid(text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        return NOBODY


def _said(text: str | None) -> dict[str, object]:
    try:
        said = json.loads(text or "")
    except ValueError:
        return {"unreadable": True}
    return said if isinstance(said, dict) else {"unreadable": True}
