"""Planning to meet, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.accounts.codes import Permission
from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.encounters import queries, rules
from alongside.encounters.codes import AppointmentStatus
from alongside.encounters.models import Appointment
from alongside.encounters.queries.appointments import planned_with
from alongside.people.queries import participants_visible_to
from alongside.referrals.actions.episodes import conclude
from alongside.referrals.actions.matching import end_match
from alongside.referrals.models import Episode, Match
from alongside.referrals.queries.episodes import episodes_visible_to
from alongside.referrals.queries.matching import matches_visible_to
from alongside.referrals.rules.episodes import Ending, why_not_walk
from alongside.tenancy.hidden import once

NO_SUPPORTER = Refusal("no-supporter", _("Say which supporter will be there."), field="supporter")

SUPPORT_ENDED = _("The support came to its end.")
MATCH_ENDED = _("The two no longer walk together.")


@dataclass(frozen=True)
class NewAppointment:
    """``words`` say what for, in a few words the two of them chose."""

    starts_at: datetime
    ends_at: datetime | None = None
    place_words: str = ""
    going_along: str = ""
    words: str = ""


def plan_appointment(
    appointment_id: UUID,
    participant_id: UUID,
    new: NewAppointment,
    *,
    supporter_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Appointment:
    """Plan a time to meet, once however often it is sent; by default with the actor."""
    seen = queries.appointments_visible_to(by)
    return once(
        lambda pk: _plan(pk, participant_id, new, supporter_id, by=by, at=at),
        appointment_id,
        mine=seen.filter(pk=appointment_id, participant_id=participant_id).first,
    )


@transaction.atomic
def _plan(
    appointment_id: UUID,
    participant_id: UUID,
    new: NewAppointment,
    supporter_id: UUID | None,
    *,
    by: Actor,
    at: datetime,
) -> Appointment:
    person = participants_visible_to(by).only("pk").get(pk=participant_id)
    ensure(rules.why_not_plan(new.starts_at, new.ends_at, at))
    planned = Appointment.objects.create(
        pk=appointment_id,
        agency_id=by.agency_id,
        participant_id=person.pk,
        supporter_id=_with_whom(supporter_id, by),
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        place_words=new.place_words,
        going_along=new.going_along,
        words=new.words,
    )
    record(by=by, at=at, verb="appointment.planned", target=f"Appointment/{appointment_id}")
    return planned


def _with_whom(supporter_id: UUID | None, by: Actor) -> UUID:
    supporters = queries.supporters_in_sight(by)
    if supporter_id is not None and by.may(Permission.SIGHT_AGENCY):
        return supporters.get(pk=supporter_id).pk
    own = supporters.filter(user_id=by.id).first()
    if own is None:
        raise Refused(NO_SUPPORTER)
    return own.pk


@transaction.atomic
def change_appointment(
    appointment_id: UUID, new: NewAppointment, *, by: Actor, at: datetime
) -> Appointment:
    """Move a planned appointment, or say something else about it."""
    planned = _changeable(appointment_id, by)
    ensure(rules.why_not_move(AppointmentStatus(planned.status), AppointmentStatus.CANCELLED))
    ensure(rules.why_not_plan(new.starts_at, new.ends_at, at))
    _claim(
        planned,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        place_words=new.place_words,
        going_along=new.going_along,
        words=new.words,
        wish_settled_at=at if planned.wish else None,
    )
    record(by=by, at=at, verb="appointment.changed", target=f"Appointment/{appointment_id}")
    planned.refresh_from_db()
    return planned


def cancel_appointment(
    appointment_id: UUID, *, words: str = "", by: Actor, at: datetime
) -> Appointment:
    """One of the two called it off beforehand."""
    to = AppointmentStatus.CANCELLED
    return _move(appointment_id, to, words, "appointment.cancelled", by=by, at=at)


def miss_appointment(
    appointment_id: UUID, *, words: str = "", by: Actor, at: datetime
) -> Appointment:
    """It did not happen. Nobody's failing; worth knowing when planning the next one."""
    to = AppointmentStatus.MISSED
    return _move(appointment_id, to, words, "appointment.missed", by=by, at=at)


def plan_again(appointment_id: UUID, *, by: Actor, at: datetime) -> Appointment:
    """Take back that it was called off or did not happen."""
    to = AppointmentStatus.PLANNED
    return _move(appointment_id, to, "", "appointment.planned-again", by=by, at=at)


@transaction.atomic
def settle_wish(appointment_id: UUID, *, by: Actor, at: datetime) -> Appointment:
    """The two talked about it and it stays as planned: what the participant said is seen to."""
    planned = _changeable(appointment_id, by)
    waiting = Appointment.objects.filter(pk=planned.pk, wish_settled_at=None).exclude(wish="")
    if not waiting.update(wish_settled_at=at):
        raise Refused(STALE)
    record(by=by, at=at, verb="appointment.wish-settled", target=f"Appointment/{appointment_id}")
    planned.refresh_from_db()
    return planned


@transaction.atomic
def call_off_planned(
    participant_id: UUID,
    *,
    words: str,
    by: Actor,
    at: datetime,
    supporter_id: UUID | None = None,
) -> int:
    """Call off what is still planned with a participant, or with one supporter. How many it was.

    What a colleague settled meanwhile stays as they settled it.
    """
    ensure(why_not_walk(by))
    planned = planned_with(by, participant_id=participant_id, supporter_id=supporter_id)
    called_off = [
        pk
        for pk in planned.values_list("pk", flat=True)
        if Appointment.objects.filter(pk=pk, status=AppointmentStatus.PLANNED).update(
            status=AppointmentStatus.CANCELLED.value, status_words=words.strip()
        )
    ]
    if called_off:
        events = [Event("appointment.cancelled", f"Appointment/{pk}") for pk in called_off]
        record_many(events, by=by, at=at)
    return len(called_off)


@transaction.atomic
def conclude_and_call_off(
    episode_id: UUID, ending: Ending, *, on: date, by: Actor, at: datetime
) -> Episode:
    """End the relationship and, with it, the meetings still planned: both or neither."""
    episode = episodes_visible_to(by).only("participant_id").get(pk=episode_id)
    # First, while the one who concludes still sees the meetings.
    call_off_planned(episode.participant_id, words=SUPPORT_ENDED, by=by, at=at)
    return conclude(episode_id, ending, on=on, by=by, at=at)


@transaction.atomic
def end_match_and_call_off(
    match_id: UUID, *, reason: str, hand_off: str = "", by: Actor, at: datetime
) -> Match:
    """End a match and, with it, the meetings these two still planned: both or neither."""
    match = matches_visible_to(by).get(pk=match_id)
    who, supporter = match.participant_id, match.supporter_id
    call_off_planned(who, words=MATCH_ENDED, supporter_id=supporter, by=by, at=at)
    return end_match(match_id, reason=reason, hand_off=hand_off, by=by, at=at)


@transaction.atomic
def _move(
    appointment_id: UUID,
    to: AppointmentStatus,
    words: str,
    verb: str,
    *,
    by: Actor,
    at: datetime,
) -> Appointment:
    planned = _changeable(appointment_id, by)
    ensure(rules.why_not_move(AppointmentStatus(planned.status), to))
    ensure(rules.why_not_undo(has_note=planned.encounter_id is not None, to=to))
    settled = at if planned.wish else None
    _claim(planned, status=to.value, status_words=words.strip(), wish_settled_at=settled)
    record(by=by, at=at, verb=verb, target=f"Appointment/{appointment_id}")
    planned.refresh_from_db()
    return planned


def _changeable(appointment_id: UUID, by: Actor) -> Appointment:
    """One's own appointment, or anyone's for those who plan for the whole agency."""
    seen = queries.appointments_visible_to(by)
    if not by.may(Permission.SIGHT_AGENCY):
        seen = seen.filter(supporter__user_id=by.id)
    return seen.get(pk=appointment_id)


def _claim(planned: Appointment, **changes: object) -> None:
    won = Appointment.objects.filter(pk=planned.pk, status=planned.status).update(**changes)
    if not won:
        raise Refused(STALE)
