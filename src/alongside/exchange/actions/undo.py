"""Taking a whole sheet back, and bringing it back again. Nothing is deleted; what people have
worked on since stays, and the answer says how much that is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, ForeignObjectRel, Model, Q

from alongside.audit.actions import Event, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import ensure
from alongside.encounters.codes import NoteStatus
from alongside.encounters.models import Encounter
from alongside.exchange import queries
from alongside.exchange.actions.batches import move_batch, take_batch
from alongside.exchange.codes import BatchStatus, RowStatus, SheetKind
from alongside.exchange.models import ImportBatch
from alongside.exchange.rules import batches as rules
from alongside.people.codes import SamePersonAnswer
from alongside.people.models import Participant, SamePersonProposal
from alongside.referrals.actions.rhythm import recount_many
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.models import Referral, Referrer
from alongside.workforce.models import Credential, SharedExperience, Supporter

# What one row of a sheet becomes; each has the row's own id.
MADE_OF: dict[SheetKind, tuple[type[Model], ...]] = {
    SheetKind.REFERRALS: (Participant, Referral),
    SheetKind.STAFF: (Supporter,),
    SheetKind.CONTACTS: (Encounter,),
}
WORKED_ON: dict[type[Model], Q] = {
    Participant: Q(revision__gt=0) | Q(same_as__isnull=False),
    Referral: ~Q(status=ReferralStatus.RECEIVED),
    Supporter: Q(user__isnull=False),
    Encounter: ~Q(status=NoteStatus.BROUGHT_OVER),
}
# These come with the row or speak about it; they are no work on it.
NOT_WORK = (SamePersonProposal, SharedExperience)


@dataclass(frozen=True)
class Undone:
    """Rows taken back, and rows that stay because someone worked on what they became."""

    rows: int
    stayed: int


@transaction.atomic
def undo_batch(batch_id: UUID, *, by: Actor, at: datetime) -> Undone:
    """Hide all a sheet brought that nobody has touched since. ``redo_batch`` brings it back."""
    batch = take_batch(batch_id, by)
    models = MADE_OF[SheetKind(batch.kind)]
    imported = set(_ids(batch, RowStatus.IMPORTED))
    stay = {pk for model in models for pk in _worked_on(model, imported, batch.pk)}
    gone = imported - stay
    _set_voided(batch, gone, at, verb="undone", by=by, at=at)
    rows = queries.rows_of(batch).exclude(pk__in=stay)
    count = rows.order_by().update(status_before=F("status"), status=RowStatus.UNDONE.value)
    move_batch(batch, BatchStatus.UNDONE, by=by, at=at, undone_at=at)
    return Undone(count, len(stay))


@transaction.atomic
def redo_batch(batch_id: UUID, *, by: Actor, at: datetime) -> int:
    """Bring back what ``undo_batch`` took. How many rows that were."""
    batch = take_batch(batch_id, by)
    undone = queries.rows_of(batch).filter(status=RowStatus.UNDONE)
    prints = undone.exclude(status_before=RowStatus.ALREADY_THERE)
    there = queries.rows_there(by.agency_id, set(prints.values_list("fingerprint", flat=True)))
    ensure(rules.why_not_redo(came_again=len(there)))
    back = set(undone.filter(status_before=RowStatus.IMPORTED).values_list("pk", flat=True))
    _set_voided(batch, back, None, verb="brought-back", by=by, at=at)
    count = undone.order_by().update(status=F("status_before"), status_before="")
    waits = queries.rows_of(batch).filter(status=RowStatus.WAITING).exists()
    to = BatchStatus.STOPPED if waits else BatchStatus.DONE
    move_batch(batch, to, by=by, at=at, undone_at=None)
    return count


def _ids(batch: ImportBatch, status: RowStatus) -> list[UUID]:
    return list(queries.rows_of(batch).filter(status=status).values_list("pk", flat=True))


def _worked_on(model: type[Model], ids: Collection[UUID], batch_id: UUID) -> set[UUID]:
    """Those that were changed, or that something else in the record has come to speak of."""
    rows = model._default_manager.filter(pk__in=ids)
    found = set(rows.filter(WORKED_ON[model]).values_list("pk", flat=True))
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in NOT_WORK:
            found |= _spoken_of(relation, ids, batch_id)
    return found


def _spoken_of(relation: ForeignObjectRel, ids: Collection[UUID], batch_id: UUID) -> set[UUID]:
    model, field = relation.related_model, relation.field.name
    if isinstance(model, str):
        return set()
    names = {f.name for f in model._meta.get_fields()}
    rows = model._default_manager.filter(**{f"{field}__in": ids})
    if "voided_at" in names:
        rows = rows.filter(voided_at=None)
    if "batch_id" in names:
        rows = rows.exclude(batch_id=batch_id)
    return set(rows.values_list(f"{field}_id", flat=True))


def _set_voided(
    batch: ImportBatch,
    ids: set[UUID],
    voided_at: datetime | None,
    *,
    verb: str,
    by: Actor,
    at: datetime,
) -> None:
    """Hide or show what these rows became, with what came along, and count contacts anew."""
    events = []
    for model in MADE_OF[SheetKind(batch.kind)]:
        model._default_manager.filter(pk__in=ids).update(voided_at=voided_at)
        name = model.__name__
        events += [Event(f"{name.lower()}.{verb}", f"{name}/{pk}") for pk in sorted(ids)]
    if batch.kind == SheetKind.STAFF:
        came_along = Credential.objects.filter(supporter_id__in=ids, batch_id=batch.pk)
        came_along.update(voided_at=voided_at)
    elif batch.kind == SheetKind.REFERRALS:
        _set_around_referrals(batch, ids, voided_at)
    record_many(events, by=by, at=at)
    if batch.kind == SheetKind.CONTACTS:
        people = set(Encounter.objects.filter(pk__in=ids).values_list("participant_id", flat=True))
        recount_many(queries.contact_days_of(by.agency_id, people), by=by)


def _set_around_referrals(batch: ImportBatch, ids: set[UUID], voided_at: datetime | None) -> None:
    """Open proposals about these people, and referrers of whom no referral is left."""
    SamePersonProposal.objects.filter(
        Q(kept_id__in=ids) | Q(other_id__in=ids),
        batch_id=batch.pk,
        answer=SamePersonAnswer.OPEN,
    ).update(voided_at=voided_at)
    referrers = Referrer.objects.filter(batch_id=batch.pk)
    if voided_at is not None:
        referrers = referrers.exclude(referrals__voided_at=None, referrals__isnull=False)
    referrers.update(voided_at=voided_at)
