"""A part of a note that is kept apart: written, changed, looked at by a privacy officer, opened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.encounters import queries
from alongside.encounters.codes import KeptStatus, KeptStepKind
from alongside.encounters.models import Encounter, KeptApart, KeptStep, NoteVersion
from alongside.encounters.queries.kept import kept_visible_to
from alongside.encounters.rules import kept as rules
from alongside.encounters.rules.kept import NewKept
from alongside.tenancy.hidden import free_id

S, K = KeptStatus, KeptStepKind
_STEP: dict[KeptStatus, KeptStepKind] = {
    S.ASKED: K.ASKED,
    S.AGREED: K.AGREED,
    S.OPENED: K.OPENED,
    S.WAITING: K.BACK,
}


def keep_in(
    encounter: Encounter, new: NewKept, *, part_id: UUID | None = None, by: Actor, at: datetime
) -> KeptApart:
    """Within the transaction that writes the note; whoever calls it records the event."""
    ensure(rules.why_not_these(new))
    part = KeptApart.objects.create(
        pk=free_id(KeptApart, part_id),
        agency_id=by.agency_id,
        encounter=encounter,
        text=new.text.strip(),
        reason=new.reason,
        why=new.why.strip(),
        older=_newest(encounter) if new.older else 0,
        written_at=at,
        written_by_id=by.id,
    )
    _step(part, K.WRITTEN, new.why, by=by, at=at)
    return part


@transaction.atomic
def keep_apart(
    part_id: UUID, encounter_id: UUID, new: NewKept, *, by: Actor, at: datetime
) -> KeptApart:
    """Add a part to one's own note. The form's id makes five clicks one part."""
    note = queries.encounters_visible_to(by).select_related("supporter").get(pk=encounter_id)
    there = kept_visible_to(by).filter(pk=part_id, encounter_id=encounter_id).first()
    if there is not None:
        return there
    ensure(rules.why_not_keep_apart(note.facts(), by))
    part = keep_in(note, new, part_id=part_id, by=by, at=at)
    record(by=by, at=at, verb="kept-apart.written", target=f"KeptApart/{part.pk}")
    return part


@transaction.atomic
def change_kept(part_id: UUID, new: NewKept, *, seen: int, by: Actor, at: datetime) -> KeptApart:
    """Say it otherwise. A privacy officer looks at it again; what it said stays in its history."""
    part = kept_visible_to(by).get(pk=part_id)
    ensure(rules.why_not_change_kept(part.facts(), by, seen=seen))
    ensure(rules.why_not_these(new))
    older = _newest(part.encounter) if new.older else part.older
    _claim(
        part,
        text=new.text.strip(),
        reason=new.reason,
        why=new.why.strip(),
        older=older,
        status=S.WAITING.value,
    )
    _step(part, K.CHANGED, new.why, by=by, at=at, text_before=part.text)
    return _done(part, "kept-apart.changed", by=by, at=at)


@transaction.atomic
def look_at_kept(
    part_id: UUID, to: KeptStatus, *, words: str = "", by: Actor, at: datetime
) -> KeptApart:
    """A privacy officer agrees, opens it to the participant, asks its writer, or takes that back.
    It counts from the next look of the participant on."""
    part = kept_visible_to(by).get(pk=part_id)
    ensure(rules.why_not_look_at_kept(part.facts(), to, by, words=words))
    _claim(part, status=to.value)
    _step(part, _STEP[to], words, by=by, at=at)
    verb = "kept-apart.taken-back" if to is S.WAITING else f"kept-apart.{to.value}"
    return _done(part, verb, by=by, at=at)


@transaction.atomic
def answer_kept(part_id: UUID, words: str, *, by: Actor, at: datetime) -> KeptApart:
    part = kept_visible_to(by).get(pk=part_id)
    ensure(rules.why_not_answer_kept(part.facts(), words, by))
    _claim(part, status=S.WAITING.value)
    _step(part, K.ANSWERED, words, by=by, at=at)
    return _done(part, "kept-apart.answered", by=by, at=at)


@transaction.atomic
def withdraw_kept(part_id: UUID, *, by: Actor, at: datetime) -> KeptApart:
    """It is no part of the note any more: nobody but its history shows it."""
    return _move(part_id, S.WITHDRAWN, K.WITHDRAWN, "kept-apart.withdrawn", by=by, at=at)


@transaction.atomic
def restore_kept(part_id: UUID, *, by: Actor, at: datetime) -> KeptApart:
    return _move(part_id, S.WAITING, K.RESTORED, "kept-apart.restored", by=by, at=at)


def _move(
    part_id: UUID, to: KeptStatus, kind: KeptStepKind, verb: str, *, by: Actor, at: datetime
) -> KeptApart:
    part = kept_visible_to(by).get(pk=part_id)
    ensure(rules.why_not_withdraw_kept(part.facts(), to, by))
    _claim(part, status=to.value)
    _step(part, kind, "", by=by, at=at)
    return _done(part, verb, by=by, at=at)


def _newest(note: Encounter) -> int:
    """The number of its last earlier text, as it stands now."""
    return NoteVersion.objects.filter(encounter=note).count()


def _claim(part: KeptApart, **changes: object) -> None:
    # Claim by condition: one writer wins on SQLite and PostgreSQL alike.
    same = KeptApart.objects.filter(pk=part.pk, status=part.status, revision=part.revision)
    if not same.update(revision=F("revision") + 1, **changes):
        raise Refused(STALE)


def _step(
    part: KeptApart,
    kind: KeptStepKind,
    words: str,
    *,
    by: Actor,
    at: datetime,
    text_before: str = "",
) -> None:
    KeptStep.objects.create(
        agency_id=by.agency_id,
        part=part,
        kind=kind.value,
        words=words.strip(),
        text_before=text_before,
        at=at,
        by_id=by.id,
    )


def _done(part: KeptApart, verb: str, *, by: Actor, at: datetime) -> KeptApart:
    record(by=by, at=at, verb=verb, target=f"KeptApart/{part.pk}")
    part.refresh_from_db()
    return part
