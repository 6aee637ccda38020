"""Time with the supervisor: kept and signed, corrected forward, and what to talk about next."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.tenancy.hidden import free_id
from alongside.workforce.models import AgendaLine, Supervision, Supporter
from alongside.workforce.queries.growth import (
    agenda_of,
    growing,
    relation_to,
    supervision_before,
    supervision_of,
    team_beside,
)
from alongside.workforce.rules import growth as rules
from alongside.workforce.rules.growth import NewSupervision


@transaction.atomic
def keep_supervision(
    supporter_id: UUID,
    new: NewSupervision,
    *,
    by: Actor,
    at: datetime,
    sitting_id: UUID | None = None,
    beside: Iterable[UUID] = (),
    done: Iterable[UUID] = (),
) -> Supervision:
    """Signed by who keeps it. ``beside`` are others of the team in the same group, ``done`` the
    lines of the agenda that were talked about. A ``sitting_id`` made by the form makes five clicks
    one sitting."""
    supporter = growing(by).get(pk=supporter_id)
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_keep_supervision(relation_to(by, supporter), new, today=today))
    sitting = sitting_id or new_id()
    there = Supervision.objects.filter(supporter=supporter, sitting_id=sitting).first()
    if there is not None:
        return there
    others = list(team_beside(by, supporter_id=supporter_id).filter(pk__in=list(beside)))
    rows = [_add(one, new, sitting=sitting, by=by, at=at) for one in (supporter, *others)]
    lines = agenda_of(by, supporter_id=supporter_id).filter(pk__in=list(done), done_at=None)
    ticked = list(lines.values_list("pk", flat=True))
    AgendaLine.objects.filter(pk__in=ticked, done_at=None).update(done_at=at, done_by_id=by.id)
    events = [Event("supervision.kept", f"Supervision/{row.pk}") for row in rows]
    events += [Event("agenda.done", f"AgendaLine/{pk}") for pk in ticked]
    record_many(events, by=by, at=at)
    return rows[0]


@transaction.atomic
def correct_supervision(
    supporter_id: UUID, entry_id: UUID, new: NewSupervision, *, by: Actor, at: datetime
) -> Supervision:
    """Corrected forward, for this supporter alone: the old entry stays readable."""
    supporter = growing(by).get(pk=supporter_id)
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_keep_supervision(relation_to(by, supporter), new, today=today))
    old = supervision_of(by, supporter_id=supporter_id).get(pk=entry_id)
    if not Supervision.objects.filter(pk=old.pk, voided_at=None).update(voided_at=at):
        raise Refused(STALE)
    row = _add(supporter, new, sitting=old.sitting_id, by=by, at=at, instead_of=old)
    record(
        by=by,
        at=at,
        verb="supervision.corrected",
        target=f"Supervision/{row.pk}",
        detail={"instead_of": str(entry_id)},
    )
    return row


@transaction.atomic
def void_supervision(supporter_id: UUID, entry_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_supervise(relation_to(by, growing(by).get(pk=supporter_id))))
    row = supervision_of(by, supporter_id=supporter_id).get(pk=entry_id)
    if not Supervision.objects.filter(pk=row.pk, voided_at=None).update(voided_at=at):
        raise Refused(STALE)
    record(by=by, at=at, verb="supervision.voided", target=f"Supervision/{entry_id}")


@transaction.atomic
def restore_supervision(supporter_id: UUID, entry_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_supervise(relation_to(by, growing(by).get(pk=supporter_id))))
    row = supervision_before(by, supporter_id=supporter_id).get(pk=entry_id)
    found = Supervision.objects.filter(pk=row.pk, corrected_by=None).exclude(voided_at=None)
    if not found.update(voided_at=None):
        raise Refused(STALE)
    record(by=by, at=at, verb="supervision.restored", target=f"Supervision/{entry_id}")


@transaction.atomic
def add_line(
    supporter_id: UUID,
    words: str,
    *,
    by: Actor,
    at: datetime,
    line_id: UUID | None = None,
    about: str = "",
) -> AgendaLine:
    """Something for next time; it is carried over until it is ticked off. ``about`` names the row
    it comes from, which stands on the agenda once."""
    supporter = growing(by).get(pk=supporter_id)
    ensure(rules.why_not_add_line(relation_to(by, supporter), words))
    lines = agenda_of(by, supporter_id=supporter_id)
    pk = line_id or new_id()
    there = lines.filter(pk=pk).first()
    if there is None and about:
        there = lines.filter(about=about, done_at=None).first()
    if there is not None:
        return there
    line = AgendaLine.objects.create(
        pk=free_id(AgendaLine, pk),
        agency_id=supporter.agency_id,
        supporter=supporter,
        words=" ".join(words.split())[: rules.LINE_LENGTH],
        about=about,
        added_at=at,
        added_by_id=by.id,
    )
    record(by=by, at=at, verb="agenda.added", target=f"AgendaLine/{line.pk}")
    return line


@transaction.atomic
def tick_line(supporter_id: UUID, line_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_tick(relation_to(by, growing(by).get(pk=supporter_id))))
    line = agenda_of(by, supporter_id=supporter_id).get(pk=line_id)
    rows = AgendaLine.objects.filter(pk=line.pk, done_at=None)
    if not rows.update(done_at=at, done_by_id=by.id):
        raise Refused(STALE)
    record(by=by, at=at, verb="agenda.done", target=f"AgendaLine/{line_id}")


@transaction.atomic
def untick_line(supporter_id: UUID, line_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_tick(relation_to(by, growing(by).get(pk=supporter_id))))
    line = agenda_of(by, supporter_id=supporter_id).get(pk=line_id)
    rows = AgendaLine.objects.filter(pk=line.pk).exclude(done_at=None)
    if not rows.update(done_at=None, done_by=None):
        raise Refused(STALE)
    record(by=by, at=at, verb="agenda.reopened", target=f"AgendaLine/{line_id}")


def _add(
    supporter: Supporter,
    new: NewSupervision,
    *,
    sitting: UUID,
    by: Actor,
    at: datetime,
    instead_of: Supervision | None = None,
) -> Supervision:
    return Supervision.objects.create(
        agency_id=supporter.agency_id,
        supporter=supporter,
        sitting_id=sitting,
        signed_at=at,
        signed_by_id=by.id,
        instead_of=instead_of,
        **{**asdict(new), "kind": new.kind.value, "topics": new.topics.strip()},
    )
