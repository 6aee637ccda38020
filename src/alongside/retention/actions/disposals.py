"""A record goes: one person proposes, another confirms, and what went is written down by count.

All rows go in one transaction, or none does. Bytes on disk cannot be part of it: which ones are to
be erased stands on the disposal itself until they are, so that a machine that stops in between
leaves nothing forgotten.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model
from django.utils.module_loading import import_string

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.files import disk
from alongside.practice.retention import Standing
from alongside.retention import queries, rules
from alongside.retention.codes import DisposalStatus
from alongside.retention.models import Disposal
from alongside.retention.queries.reach import (
    Entangled,
    Rows,
    carried_by,
    chunks,
    rows_about,
    still_wanted,
    whole_person,
)
from alongside.tenancy.hidden import free_id

Forget = Callable[..., dict[str, int]]
ENTANGLED = Refusal(
    "entangled",
    _("A row of this record is someone else's, too. Nothing was removed. Tell who runs this."),
)


@transaction.atomic
def propose_disposal(
    participant_id: UUID, *, disposal_id: UUID, by: Actor, at: datetime
) -> Disposal:
    """Nothing goes yet. The form's id makes five clicks one proposal."""
    queries.people_kept(by).get(pk=participant_id)
    mine = queries.disposals_visible_to(by).filter(participant_id=participant_id)
    there = mine.filter(pk=disposal_id).first()
    if there is not None:
        return there
    on = local_date(at, by.time_zone)
    found = queries.standing_of(by, participant_id=participant_id, on=on)
    proposed = mine.filter(status=DisposalStatus.PROPOSED).exists()
    ensure(rules.why_not_propose(found, by, proposed=proposed))
    disposal = Disposal.objects.create(
        pk=free_id(Disposal, disposal_id),
        agency_id=by.agency_id,
        participant_id=participant_id,
        why=_why(found),
        proposed_at=at,
        proposed_by_id=by.id,
    )
    record(by=by, at=at, verb="disposal.proposed", target=f"Disposal/{disposal.pk}")
    return disposal


@transaction.atomic
def take_disposal_back(disposal_id: UUID, *, by: Actor, at: datetime) -> Disposal:
    disposal = queries.disposals_visible_to(by).get(pk=disposal_id)
    ensure(rules.why_not_take_back(disposal.facts(), by))
    won = Disposal.objects.filter(pk=disposal_id, status=DisposalStatus.PROPOSED).update(
        status=DisposalStatus.TAKEN_BACK.value, taken_back_at=at, taken_back_by_id=by.id
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="disposal.taken-back", target=f"Disposal/{disposal_id}")
    disposal.refresh_from_db()
    return disposal


@transaction.atomic
def confirm_disposal(disposal_id: UUID, *, by: Actor, at: datetime) -> Disposal:
    """The second person. Whether the record may go is looked at anew; then every row goes."""
    disposal = queries.disposals_visible_to(by).get(pk=disposal_id)
    ensure(rules.why_not_move(disposal.facts(), DisposalStatus.DONE))
    ids = whole_person(by, participant_id=disposal.participant_id)
    queries.keep_still(by, ids=ids)
    on = local_date(at, by.time_zone)
    found = queries.standing_of(by, participant_id=disposal.participant_id, on=on)
    ensure(rules.why_not_confirm(disposal.facts(), found, by))
    gone, files = _remove(by, ids)
    won = Disposal.objects.filter(pk=disposal_id, status=DisposalStatus.PROPOSED).update(
        status=DisposalStatus.DONE.value,
        why=_why(found),
        also_ids=[str(pk) for pk in ids[1:]],
        done_at=at,
        done_by_id=by.id,
        rows=gone,
        files=len(files),
        files_left=[str(pk) for pk in files],
    )
    if not won:
        raise Refused(STALE)
    transaction.on_commit(partial(_erase_bytes, disposal_id))
    record(
        by=by,
        at=at,
        verb="disposal.done",
        target=f"Disposal/{disposal_id}",
        detail={"participant": str(disposal.participant_id), "rows": sum(gone.values())},
    )
    disposal.refresh_from_db()
    return disposal


@transaction.atomic
def finish_files(disposal_id: UUID, *, by: Actor, at: datetime) -> Disposal:
    """Erase bytes that a machine that stopped in between left on disk."""
    disposal = queries.disposals_visible_to(by).get(pk=disposal_id)
    if disposal.files_left:
        _erase_bytes(disposal_id)
        record(by=by, at=at, verb="disposal.files-erased", target=f"Disposal/{disposal_id}")
        disposal.refresh_from_db()
    return disposal


@transaction.atomic
def export_disposals(*, by: Actor, at: datetime) -> None:
    """That the list of disposals was taken out as a sheet."""
    record(by=by, at=at, verb="disposals.exported", target="Disposal")


def _why(found: Standing) -> list[dict[str, Any]]:
    return [
        {
            "rule": reason.rule.key,
            "version": reason.rule.begins.isoformat(),
            "since": reason.since.value,
            "counted_on": reason.counted_on.isoformat(),
            "years": reason.years,
            "free_on": reason.free_on.isoformat(),
        }
        for reason in found.reasons
    ]


def _remove(by: Actor, ids: Collection[UUID]) -> tuple[dict[str, int], list[UUID]]:
    """Every row about these people: how many of each kind, and which files were theirs alone."""
    try:
        found = rows_about(by, ids=ids)
    except Entangled as entangled:
        raise Refused(ENTANGLED) from entangled
    carried = carried_by(found)
    gone = _forget(by, found, ids)
    _overwrite_what_goes()
    for model in reversed(list(found)):
        gone[model._meta.label] = _delete(model, found[model])
    files: list[UUID] = []
    for target, pks in carried.items():
        alone = sorted(pks - still_wanted(by, target=target, pks=pks), key=str)
        gone[target._meta.label] = _delete(target, alone)
        files += [pk for pk in alone if isinstance(pk, UUID)] * (target.__name__ == "StoredFile")
    return {label: count for label, count in sorted(gone.items()) if count}, files


def _forget(by: Actor, found: Rows, ids: Collection[UUID]) -> dict[str, int]:
    """Other floors let go of what they say of these people; ``settings.FORGETTING`` names how."""
    made = {pk for pks in found.values() for pk in pks if isinstance(pk, UUID)}
    gone: dict[str, int] = {}
    for dotted in settings.FORGETTING:
        forget: Forget = import_string(dotted)
        gone |= forget(by, made=made, people=ids)
    return gone


def _delete(model: type[Model], pks: list[Any]) -> int:
    """Plain deletes of these rows and nothing else: no rule of a foreign key takes others along."""
    rows: Any = model._base_manager
    return sum(rows.filter(pk__in=some)._raw_delete(DEFAULT_DB_ALIAS) for some in chunks(pks))


def _overwrite_what_goes() -> None:
    """SQLite leaves the bytes of a deleted row in its file; from here on it writes zeros there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _erase_bytes(disposal_id: UUID) -> None:
    disposal = Disposal.objects.get(pk=disposal_id)
    for file_id in disposal.files_left:
        disk.erase(UUID(file_id))
    Disposal.objects.filter(pk=disposal_id).update(files_left=[])
