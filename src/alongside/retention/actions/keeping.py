"""Holds, and how long the agency keeps by itself."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.models import Participant
from alongside.practice.retention import Kept
from alongside.retention import queries, rules
from alongside.retention.models import KeepingLonger, LegalHold
from alongside.tenancy.hidden import free_id


@transaction.atomic
def open_kept(participant_id: UUID, *, by: Actor, at: datetime) -> Participant:
    """``open_record`` for whoever keeps privacy: hidden rows of sheets taken back are seen here."""
    person = queries.people_kept(by).get(pk=participant_id)
    record(by=by, at=at, verb="participant.opened", target=f"Participant/{participant_id}")
    return person


@transaction.atomic
def place_hold(
    participant_id: UUID, reason: str, *, hold_id: UUID, by: Actor, at: datetime
) -> LegalHold:
    """From now on nothing of this record becomes due. The form's id makes five clicks one hold."""
    person = queries.people_kept(by).get(pk=participant_id)
    ensure(rules.why_not_manage(by))
    there = queries.holds_visible_to(by).filter(pk=hold_id, participant=person).first()
    if there is not None:
        return there
    held = queries.hold_of(by, participant_id=participant_id) is not None
    ensure(rules.why_not_hold(reason, held=held))
    hold = LegalHold.objects.create(
        pk=free_id(LegalHold, hold_id),
        agency_id=by.agency_id,
        participant=person,
        reason=reason.strip(),
        placed_at=at,
        placed_by_id=by.id,
    )
    record(by=by, at=at, verb="hold.placed", target=f"Participant/{participant_id}")
    return hold


@transaction.atomic
def lift_hold(hold_id: UUID, reason: str, *, by: Actor, at: datetime) -> LegalHold:
    hold = queries.holds_visible_to(by).get(pk=hold_id)
    ensure(rules.why_not_lift(reason, lifted=hold.lifted_at is not None))
    won = LegalHold.objects.filter(pk=hold_id, lifted_at=None).update(
        lifted_at=at, lifted_by_id=by.id, lifted_reason=reason.strip()
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="hold.lifted", target=f"Participant/{hold.participant_id}")
    hold.refresh_from_db()
    return hold


@transaction.atomic
def keep_longer(
    years: Mapping[Kept, int], reason: str, *, by: Actor, at: datetime
) -> KeepingLonger | None:
    """What the agency keeps beyond the law. Kinds that are not named are kept as the law asks."""
    ensure(rules.why_not_manage(by))
    law = queries.law_of(by, on=local_date(at, by.time_zone))
    ensure(rules.why_not_keep_for(years, law.rules, reason))
    last = queries.keeping_longer(by).first()
    wanted = {kept.value: int(count) for kept, count in years.items()}
    if (last.years if last else {}) == wanted:
        return last
    row = KeepingLonger.objects.create(
        agency_id=by.agency_id,
        number=last.number + 1 if last else 1,
        years=wanted,
        reason=reason.strip(),
        set_at=at,
        set_by_id=by.id,
    )
    record(by=by, at=at, verb="keeping.set", target=f"KeepingLonger/{row.pk}", detail=wanted)
    return row
