"""Someone used again and told us; and then they are back with support. With care, without blame."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.outcomes.models import ReturnChange, ReturnToUse
from alongside.outcomes.queries import milestones as queries
from alongside.outcomes.rules import milestones as rules
from alongside.outcomes.rules.milestones import Back, NewReturn, Since
from alongside.people.queries import participants_visible_to
from alongside.practice.returning import Return
from alongside.tenancy.hidden import free_id


@transaction.atomic
def tell_return(
    participant_id: UUID,
    new: NewReturn,
    *,
    by: Actor,
    at: datetime,
    return_id: UUID | None = None,
) -> ReturnToUse:
    """A ``return_id`` made by the form makes five clicks one."""
    person = participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_write(by))
    ensure(rules.why_not_keep_return(new, _since(participant_id, by=by, at=at)))
    mine = queries.returns_visible_to(by).filter(participant_id=participant_id)
    there = mine.filter(pk=return_id or new_id()).first()
    if there is not None:
        return there
    row = ReturnToUse.objects.create(
        pk=free_id(ReturnToUse, return_id),
        agency_id=by.agency_id,
        participant=person,
        words=new.words.strip(),
        known_on=new.known_on,
        happened_on=new.happened_on,
        written_by_them=not by.may(Permission.PLAN_WRITE),
        at=at,
        by_id=by.id,
    )
    record(by=by, at=at, verb="return.told", target=f"ReturnToUse/{row.pk}")
    return row


@transaction.atomic
def correct_return(
    return_id: UUID, new: NewReturn, *, revision: int, why: str = "", by: Actor, at: datetime
) -> ReturnToUse:
    """Say it otherwise; what it said before stays readable."""
    row = queries.returns_visible_to(by).get(pk=return_id)
    ensure(rules.why_not_write(by))
    since = _since(row.participant_id, by=by, at=at)
    ensure(rules.why_not_keep_return(new, since))
    if row.back_on is not None:
        begun = Return(new.known_on, new.happened_on)
        ensure(rules.why_not_back(begun, Back(row.back_on), since))
    said = {
        "words": new.words.strip(),
        "known_on": new.known_on,
        "happened_on": new.happened_on,
    }
    return _change(row, said, revision, why, verb="return.corrected", by=by, at=at)


@transaction.atomic
def say_back(return_id: UUID, back: Back, *, revision: int, by: Actor, at: datetime) -> ReturnToUse:
    """With support again, or said otherwise. ``back.encounter_id`` is one that the caller's own
    query has found (a floor above)."""
    row = queries.returns_visible_to(by).get(pk=return_id)
    ensure(rules.why_not_write(by))
    since = _since(row.participant_id, by=by, at=at)
    ensure(rules.why_not_back(queries.as_return(row), back, since))
    said = {
        "back_on": back.on,
        "back_words": back.words.strip(),
        "back_encounter_id": back.encounter_id,
    }
    return _change(row, said, revision, "", verb="return.back", by=by, at=at)


@transaction.atomic
def take_back_being_back(return_id: UUID, *, revision: int, by: Actor, at: datetime) -> ReturnToUse:
    """Not back yet after all."""
    row = queries.returns_visible_to(by).get(pk=return_id)
    ensure(rules.why_not_write(by))
    said: dict[str, object] = {"back_on": None, "back_words": "", "back_encounter_id": None}
    return _change(row, said, revision, "", verb="return.not-back-yet", by=by, at=at)


@transaction.atomic
def take_back_return(return_id: UUID, *, revision: int, by: Actor, at: datetime) -> None:
    """It was a mistake, or the participant does not want it here."""
    row = queries.returns_visible_to(by).get(pk=return_id)
    ensure(rules.why_not_write(by))
    _claim(row, revision, voided_at=at)
    record(by=by, at=at, verb="return.taken-back", target=f"ReturnToUse/{row.pk}")


@transaction.atomic
def put_back_return(return_id: UUID, *, by: Actor, at: datetime) -> None:
    found = queries.returns_visible_to(by, taken_back=True).exclude(voided_at=None)
    row = found.get(pk=return_id)
    ensure(rules.why_not_write(by))
    won = ReturnToUse.objects.filter(pk=row.pk, voided_at=row.voided_at)
    if not won.update(voided_at=None, revision=F("revision") + 1):
        raise Refused(STALE)
    record(by=by, at=at, verb="return.put-back", target=f"ReturnToUse/{row.pk}")


def _change(
    row: ReturnToUse,
    said: dict[str, object],
    revision: int,
    why: str,
    *,
    verb: str,
    by: Actor,
    at: datetime,
) -> ReturnToUse:
    if all(getattr(row, key) == value for key, value in said.items()):
        return row
    _claim(row, revision, **said)
    before = {key: str(getattr(row, key) or "") for key in said}
    ReturnChange.objects.create(
        agency_id=by.agency_id,
        return_to_use=row,
        text=before,
        why=why.strip(),
        at=at,
        by_id=by.id,
    )
    record(by=by, at=at, verb=verb, target=f"ReturnToUse/{row.pk}")
    return queries.returns_visible_to(by).get(pk=row.pk)


def _since(participant_id: UUID, *, by: Actor, at: datetime) -> Since:
    today = local_date(at, by.time_zone)
    return queries.to_hold_against(by, participant_id=participant_id, today=today)


def _claim(row: ReturnToUse, revision: int, **fields: object) -> None:
    # Claim by condition: of two people who change the same thing, one is asked to look again.
    won = ReturnToUse.objects.filter(pk=row.pk, revision=revision, voided_at=None)
    if not won.update(**fields, revision=F("revision") + 1):
        raise Refused(STALE)
