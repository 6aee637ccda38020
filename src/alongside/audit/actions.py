"""The one way to write an audit event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.asking import Asked, Told
from alongside.audit.models import AuditEvent, ChainHead
from alongside.audit.rules import GENESIS, EventFacts
from alongside.audit.writing import insert_many
from alongside.core.actor import Actor


@dataclass(frozen=True)
class Event:
    """One line for the log: what was done to which row. Ids only; never names or note text."""

    verb: str
    target: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """An event with who did it and when."""

    event: Event
    by: Actor
    at: datetime


def record(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    target: str,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add one event to the chain of the actor's agency, in the caller's transaction."""
    record_many([Event(verb, target, detail or {})], by=by, at=at)


def record_many(events: Iterable[Event], *, by: Actor, at: datetime) -> None:
    """Add events in order. Takes the agency's chain for the rest of the transaction."""
    record_lines([Line(event, by, at) for event in events], agency_id=by.agency_id)


@transaction.atomic(savepoint=False)
def record_lines(lines: Iterable[Line], *, agency_id: UUID) -> None:
    """Add events of several people and moments of one agency, in order, to its chain."""
    head = _take_head(agency_id)
    rows = []
    for line in lines:
        facts = EventFacts(
            agency_id,
            head.seq + 1,
            line.at,
            line.by.id,
            line.event.verb,
            line.event.target,
            line.event.detail,
        )
        rows.append(_row(facts, previous=head.hash))
        head.seq, head.hash = facts.seq, rows[-1].hash
    insert_many(rows, ahead=_END.statement(agency_id, head.seq, head.hash))


# PostgreSQL waits at this row; SQLite's IMMEDIATE transactions already let one writer in.
_HEAD = Asked(
    lambda agency, _shape: (
        ChainHead.objects.select_for_update()
        .filter(pk=agency)
        .values_list("agency_id", "seq", "hash")
    )
)
_END = Told(
    lambda agency, seq, end: (ChainHead.objects.filter(pk=agency), {"seq": seq, "hash": end})
)


def _take_head(agency_id: UUID) -> ChainHead:
    rows = _HEAD.rows(agency_id)
    if not rows:
        ChainHead.objects.bulk_create(
            [ChainHead(agency_id=agency_id, hash=GENESIS)], ignore_conflicts=True
        )
        rows = _HEAD.rows(agency_id)
    return ChainHead(*rows[0])


def _row(facts: EventFacts, *, previous: str) -> AuditEvent:
    return AuditEvent(
        agency_id=facts.agency_id,
        seq=facts.seq,
        at=facts.at,
        actor_id=facts.actor_id,
        verb=facts.verb,
        target=facts.target,
        detail=dict(facts.detail),
        previous=previous,
        hash=facts.hash_after(previous),
    )
