"""Numbers and addresses of a participant: sealed, shown in full only to who asks, on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.core.sealing import CannotOpen
from alongside.people import queries, rules
from alongside.people.codes import IdentifierEnding, IdentifierKind
from alongside.people.models import Identifier
from alongside.tenancy.hidden import free_id


@transaction.atomic
def keep_identifier(
    participant_id: UUID,
    *,
    kind: IdentifierKind,
    label: str,
    value: str,
    identifier_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Identifier:
    """Keep a number or an address, sealed. An ``identifier_id`` made by the form makes five clicks
    one of it."""
    person = queries.participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_write_about_oneself(by))
    standing = queries.identifiers(by, participant_id=participant_id)
    there = standing.filter(pk=identifier_id or new_id()).first()
    if there is not None:
        return there
    kinds = [IdentifierKind(row.kind) for row in standing]
    label, value = " ".join(label.split()), rules.tidy_identifier(kind, value)
    ensure(rules.why_not_identifier(kind, label, value, there=kinds))
    pk = free_id(Identifier, identifier_id)
    row = Identifier.objects.create(
        pk=pk,
        agency_id=by.agency_id,
        participant=person,
        entry=new_id(),
        kind=kind.value,
        label=label,
        value=value,
        kept_at=at,
        kept_by_id=by.id,
    )
    record(by=by, at=at, verb="identifier.kept", target=f"Identifier/{pk}", detail=_kind(row))
    return row


@transaction.atomic
def correct_identifier(
    identifier_id: UUID, *, label: str, value: str, by: Actor, at: datetime
) -> Identifier:
    """A new row; the one on the screen becomes its history. ``STALE`` where that one stands no
    more."""
    old = queries.identifiers_visible_to(by).get(pk=identifier_id)
    ensure(rules.why_not_write_about_oneself(by))
    kind = IdentifierKind(old.kind)
    label, value = " ".join(label.split()), rules.tidy_identifier(kind, value)
    ensure(rules.why_not_identifier(kind, label, value))
    _end_identifier(old, IdentifierEnding.CORRECTED, by=by, at=at)
    row = Identifier.objects.create(
        agency_id=by.agency_id,
        participant_id=old.participant_id,
        entry=old.entry,
        kind=old.kind,
        label=label,
        value=value,
        kept_at=at,
        kept_by_id=by.id,
    )
    record(
        by=by, at=at, verb="identifier.corrected", target=f"Identifier/{row.pk}", detail=_kind(row)
    )
    return row


@transaction.atomic
def remove_identifier(identifier_id: UUID, *, by: Actor, at: datetime) -> Identifier:
    """Out of sight and out of use; sealed it stays, until the record itself is disposed of."""
    row = queries.identifiers_visible_to(by).get(pk=identifier_id)
    ensure(rules.why_not_write_about_oneself(by))
    _end_identifier(row, IdentifierEnding.REMOVED, by=by, at=at)
    record(
        by=by, at=at, verb="identifier.removed", target=f"Identifier/{row.pk}", detail=_kind(row)
    )
    return row


@transaction.atomic
def restore_identifier(identifier_id: UUID, *, by: Actor, at: datetime) -> Identifier:
    row = queries.identifiers_visible_to(by).get(pk=identifier_id)
    ensure(rules.why_not_write_about_oneself(by))
    back = Identifier.objects.filter(pk=row.pk, ending=IdentifierEnding.REMOVED.value)
    if not back.update(ended_at=None, ended_by=None, ending=""):
        raise Refused(STALE)
    record(
        by=by, at=at, verb="identifier.restored", target=f"Identifier/{row.pk}", detail=_kind(row)
    )
    return row


@dataclass(frozen=True)
class Shown:
    """One number or address in full, and what it said before, newest first."""

    row: Identifier
    label: str
    value: str
    before: tuple[tuple[Identifier, str], ...]


@transaction.atomic
def show_identifier(identifier_id: UUID, *, by: Actor, at: datetime) -> Shown:
    """Open one, with its history. A look in the log, told apart from opening the record. Raises
    ``Refused`` where it does not open; the row stays as it is."""
    row = queries.identifiers_visible_to(by).get(pk=identifier_id)
    earlier = (
        queries.identifiers_visible_to(by)
        .filter(
            participant_id=row.participant_id,  # has an index, and an entry has none
            entry=row.entry,
            ending=IdentifierEnding.CORRECTED.value,
        )
        .exclude(pk=row.pk)
        .select_related("ended_by")
        .order_by("-ended_at", "-id")
    )
    try:
        before = tuple((old, str(old.value)) for old in earlier)
        shown = Shown(row, str(row.label), str(row.value), before)
    except CannotOpen as closed:
        raise Refused(rules.DOES_NOT_OPEN) from closed
    record(by=by, at=at, verb="identifier.shown", target=f"Identifier/{row.pk}", detail=_kind(row))
    return shown


def _end_identifier(row: Identifier, ending: IdentifierEnding, *, by: Actor, at: datetime) -> None:
    standing = Identifier.objects.filter(pk=row.pk, ended_at=None)
    if not standing.update(ended_at=at, ended_by_id=by.id, ending=ending.value):
        raise Refused(STALE)


def _kind(row: Identifier) -> dict[str, str]:
    return {"kind": row.kind, "participant": str(row.participant_id)}
