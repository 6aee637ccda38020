"""A supervisor is away, and someone looks out for the team meanwhile."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.accounts import queries
from alongside.accounts.codes import Permission
from alongside.accounts.models import TimeAway, User
from alongside.accounts.rules.away import AwayFacts, why_not_be_away
from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.tenancy.hidden import once


@dataclass(frozen=True)
class NewTimeAway:
    """Days of the agency's calendar, both included. ``instead_of`` is the time away this one
    corrects."""

    supervisor_id: UUID
    starts_on: date
    ends_on: date
    stand_in_id: UUID | None = None
    instead_of: UUID | None = None


def set_time_away(away_id: UUID, new: NewTimeAway, *, by: Actor, at: datetime) -> TimeAway:
    """Say when a supervisor is away and who stands in, once however often it is sent. Sight of the
    team begins and ends with the days by itself."""
    return once(
        lambda pk: _set(pk, new, by=by, at=at),
        away_id,
        mine=queries.times_away_visible_to(by).filter(pk=away_id).first,
    )


@transaction.atomic
def _set(away_id: UUID, new: NewTimeAway, *, by: Actor, at: datetime) -> TimeAway:
    there = queries.times_away_visible_to(by).filter(pk=away_id).first()
    if there is not None:
        return there
    ensure(_why_not(AwayFacts(away_id, *_days(new)), without=new.instead_of, by=by, at=at))
    events = []
    if new.instead_of is not None:
        _claim_back(new.instead_of, by=by, at=at)
        events.append(Event("time-away.taken-back", f"TimeAway/{new.instead_of}"))
    supervisor_id, stand_in_id, starts_on, ends_on = _days(new)
    away = TimeAway.objects.create(
        pk=away_id,
        agency_id=by.agency_id,
        supervisor_id=supervisor_id,
        stand_in_id=stand_in_id,
        starts_on=starts_on,
        ends_on=ends_on,
        set_at=at,
        set_by_id=by.id,
    )
    detail = {
        "supervisor": str(supervisor_id),
        "stand-in": str(stand_in_id or ""),
        "from": starts_on.isoformat(),
        "to": ends_on.isoformat(),
    }
    events.append(Event("time-away.set", f"TimeAway/{away_id}", detail))
    record_many(events, by=by, at=at)
    return away


@transaction.atomic
def take_back_time_away(away_id: UUID, *, by: Actor, at: datetime) -> None:
    """The supervisor is there after all; whoever stood in stops seeing the team at once."""
    _claim_back(away_id, by=by, at=at)
    record(by=by, at=at, verb="time-away.taken-back", target=f"TimeAway/{away_id}")


@transaction.atomic
def restore_time_away(away_id: UUID, *, by: Actor, at: datetime) -> None:
    """Undo taking it back, unless something else stands on these days meanwhile."""
    away = _own(away_id, by)
    ensure(_why_not(away.facts(), without=away_id, by=by, at=at))
    won = TimeAway.objects.filter(pk=away_id, taken_back_at=away.taken_back_at).exclude(
        taken_back_at=None
    )
    if not won.update(taken_back_at=None, taken_back_by=None):
        raise Refused(STALE)
    record(by=by, at=at, verb="time-away.restored", target=f"TimeAway/{away_id}")


def _days(new: NewTimeAway) -> tuple[UUID, UUID | None, date, date]:
    return new.supervisor_id, new.stand_in_id, new.starts_on, new.ends_on


def _why_not(new: AwayFacts, *, without: UUID | None, by: Actor, at: datetime) -> Refusal | None:
    if new.supervisor_id != by.id and not by.may(Permission.USER_MANAGE):
        raise User.DoesNotExist
    today = local_date(at, by.time_zone)
    others = [row for row in queries.away_in_agency(by, on=today) if row.pk != without]
    return why_not_be_away(
        new,
        queries.colleague_facts(by, user_id=new.supervisor_id),
        queries.colleague_facts(by, user_id=new.stand_in_id) if new.stand_in_id else None,
        others=[row.facts() for row in others],
        supervisors=queries.supervisors(by),
        today=today,
    )


def _own(away_id: UUID, by: Actor) -> TimeAway:
    """Whoever only stands in sees the days and does not change them."""
    away = queries.times_away_visible_to(by).get(pk=away_id)
    if away.supervisor_id != by.id and not by.may(Permission.USER_MANAGE):
        raise TimeAway.DoesNotExist
    return away


def _claim_back(away_id: UUID, *, by: Actor, at: datetime) -> None:
    away = _own(away_id, by)
    won = TimeAway.objects.filter(pk=away.pk, taken_back_at=None).update(
        taken_back_at=at, taken_back_by_id=by.id
    )
    if not won:
        raise Refused(STALE)
