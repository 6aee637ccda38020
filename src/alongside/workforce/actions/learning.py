"""Trainings attended: kept, corrected forward, taken back, each with its file."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.files.actions import Checked, keep_file, keeps_files, put_back_file, remove_file
from alongside.files.models import StoredFile
from alongside.tenancy.hidden import free_id
from alongside.workforce.models import Learning, Supporter
from alongside.workforce.queries.growth import growing, learning_before, learning_of, relation_to
from alongside.workforce.rules import growth as rules
from alongside.workforce.rules.growth import NewLearning


@keeps_files
@transaction.atomic
def add_learning(
    supporter_id: UUID,
    new: NewLearning,
    *,
    by: Actor,
    at: datetime,
    learning_id: UUID | None = None,
    file: Checked | None = None,
) -> Learning:
    """A ``learning_id`` made by the form makes five clicks one entry."""
    supporter = growing(by).get(pk=supporter_id)
    pk = learning_id or new_id()
    there = Learning.objects.filter(pk=pk).first()
    if there is not None and there.supporter_id == supporter.pk:
        return there
    pk = pk if there is None else new_id()
    _ensure_sound(supporter, new, by=by, at=at)
    kept = keep_file(file, by=by, at=at) if file else None
    row = _add(supporter, new, pk=pk, by=by, at=at, file=kept)
    record(by=by, at=at, verb="learning.added", target=f"Learning/{row.pk}")
    return row


@keeps_files
@transaction.atomic
def correct_learning(
    supporter_id: UUID,
    learning_id: UUID,
    new: NewLearning,
    *,
    by: Actor,
    at: datetime,
    file: Checked | None = None,
) -> Learning:
    """Corrected forward: the old entry stays readable, and its file goes along unless another one
    came."""
    supporter = growing(by).get(pk=supporter_id)
    old = learning_of(by, supporter_id=supporter_id).get(pk=learning_id)
    _ensure_sound(supporter, new, by=by, at=at, instead_of=learning_id)
    kept = keep_file(file, by=by, at=at) if file else old.file
    stays = {"file": old.file} if file else {"file": None}
    if not Learning.objects.filter(pk=old.pk, voided_at=None).update(voided_at=at, **stays):
        raise Refused(STALE)
    row = _add(supporter, new, pk=new_id(), by=by, at=at, file=kept, instead_of=old)
    record(
        by=by,
        at=at,
        verb="learning.corrected",
        target=f"Learning/{row.pk}",
        detail={"instead_of": str(learning_id)},
    )
    return row


@transaction.atomic
def void_learning(supporter_id: UUID, learning_id: UUID, *, by: Actor, at: datetime) -> None:
    """Taken back: it counts for nothing any more, and stays readable."""
    ensure(rules.why_not_change_learning(relation_to(by, growing(by).get(pk=supporter_id))))
    row = learning_of(by, supporter_id=supporter_id).get(pk=learning_id)
    if not Learning.objects.filter(pk=row.pk, voided_at=None).update(voided_at=at):
        raise Refused(STALE)
    record(by=by, at=at, verb="learning.voided", target=f"Learning/{learning_id}")


@transaction.atomic
def restore_learning(supporter_id: UUID, learning_id: UUID, *, by: Actor, at: datetime) -> None:
    """Put back what was taken back. What was corrected stays behind its correction."""
    supporter = growing(by).get(pk=supporter_id)
    ensure(rules.why_not_change_learning(relation_to(by, supporter)))
    row = learning_before(by, supporter_id=supporter_id).get(pk=learning_id)
    twin = learning_of(by, supporter_id=supporter_id).filter(on=row.on, topic__iexact=row.topic)
    if twin.exists():
        raise Refused(rules.COUNTED_ALREADY)
    found = Learning.objects.filter(pk=row.pk, corrected_by=None).exclude(voided_at=None)
    if not found.update(voided_at=None):
        raise Refused(STALE)
    record(by=by, at=at, verb="learning.restored", target=f"Learning/{learning_id}")


@transaction.atomic
def remove_learning_file(supporter_id: UUID, learning_id: UUID, *, by: Actor, at: datetime) -> None:
    remove_file(_file_of(supporter_id, learning_id, by), by=by, at=at)
    record(by=by, at=at, verb="learning.file-removed", target=f"Learning/{learning_id}")


@transaction.atomic
def put_back_learning_file(
    supporter_id: UUID, learning_id: UUID, *, by: Actor, at: datetime
) -> None:
    put_back_file(_file_of(supporter_id, learning_id, by), by=by, at=at)
    record(by=by, at=at, verb="learning.file-put-back", target=f"Learning/{learning_id}")


def _file_of(supporter_id: UUID, learning_id: UUID, by: Actor) -> StoredFile:
    ensure(rules.why_not_change_learning(relation_to(by, growing(by).get(pk=supporter_id))))
    row = learning_of(by, supporter_id=supporter_id).exclude(file=None).get(pk=learning_id)
    if row.file is None:
        raise Refused(STALE)
    return row.file


def _ensure_sound(
    supporter: Supporter,
    new: NewLearning,
    *,
    by: Actor,
    at: datetime,
    instead_of: UUID | None = None,
) -> None:
    topic = " ".join(new.topic.split())
    same = learning_of(by, supporter_id=supporter.pk).filter(on=new.on, topic__iexact=topic)
    if instead_of is not None:
        same = same.exclude(pk=instead_of)
    ensure(
        rules.why_not_keep_learning(
            relation_to(by, supporter),
            new,
            today=local_date(at, by.time_zone),
            there_already=same.exists(),
        )
    )


def _add(
    supporter: Supporter,
    new: NewLearning,
    *,
    pk: UUID,
    by: Actor,
    at: datetime,
    file: StoredFile | None,
    instead_of: Learning | None = None,
) -> Learning:
    words = {"topic": " ".join(new.topic.split()), "given_by": " ".join(new.given_by.split())}
    return Learning.objects.create(
        pk=free_id(Learning, pk),
        agency_id=supporter.agency_id,
        supporter=supporter,
        file=file,
        entered_at=at,
        entered_by_id=by.id,
        instead_of=instead_of,
        **{**asdict(new), **words},
    )
