from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.actions import appointments
from alongside.encounters.models import Appointment
from alongside.referrals.models import Episode, Match
from alongside.referrals.rules.episodes import Ending
from tests.factories import (
    AppointmentFactory,
    CredentialFactory,
    ParticipantFactory,
    SupporterFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db


def a_meeting(**changes):
    facts = {"starts_at": datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "words": "the library"}
    return actions.appointments.NewAppointment(**{**facts, **changes})


@pytest.mark.practice("PSP-8")
def test_the_life_of_an_appointment(pair, now):
    appointment_id = new_id()
    for _ in range(2):
        actions.plan_appointment(
            appointment_id,
            pair.participant.pk,
            a_meeting(going_along="court"),
            by=pair.actor,
            at=now,
        )
    later = datetime(2026, 11, 24, 16, tzinfo=UTC)
    changed = actions.change_appointment(
        appointment_id, a_meeting(starts_at=later), by=pair.actor, at=now
    )
    assert (changed.starts_at, changed.supporter_id) == (later, pair.supporter.pk)
    actions.cancel_appointment(appointment_id, words="snow", by=pair.actor, at=now)
    with pytest.raises(Refused):
        actions.miss_appointment(appointment_id, by=pair.actor, at=now)
    actions.plan_again(appointment_id, by=pair.actor, at=now)
    missed = actions.miss_appointment(appointment_id, by=pair.actor, at=now)
    assert (missed.status, Appointment.objects.count()) == ("missed", 1)
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True)) == [
        "appointment.planned",
        "appointment.changed",
        "appointment.cancelled",
        "appointment.planned-again",
        "appointment.missed",
    ]


def test_a_colleagues_appointment_is_absent(pair, now):
    colleague = SupporterFactory(agency=pair.participant.agency)
    CredentialFactory(supporter=colleague)
    walk_alongside(colleague, ParticipantFactory(agency=pair.participant.agency))
    theirs = AppointmentFactory(participant=pair.participant, supporter=colleague)
    with pytest.raises(Appointment.DoesNotExist):
        actions.cancel_appointment(theirs.pk, by=pair.actor, at=now)


def test_coordinators_plan_for_a_supporter(pair, now, actor):
    by = actor(Role.COORDINATOR)
    with pytest.raises(Refused):
        actions.plan_appointment(new_id(), pair.participant.pk, a_meeting(), by=by, at=now)
    planned = actions.plan_appointment(
        new_id(),
        pair.participant.pk,
        a_meeting(),
        supporter_id=pair.supporter.pk,
        by=by,
        at=now,
    )
    assert planned.supporter_id == pair.supporter.pk


ENDING = Ending(reason="what_they_wanted", words="I can do court alone now.")


def statuses():
    return sorted(Appointment.objects.values_list("status", "status_words"))


@pytest.mark.practice("PROC-6")
def test_with_the_support_what_is_still_planned_comes_to_its_end(pair, now):
    colleague = SupporterFactory(agency=pair.participant.agency)
    for supporter in (pair.supporter, colleague):
        AppointmentFactory(participant=pair.participant, supporter=supporter)
    AppointmentFactory(
        participant=pair.participant, supporter=pair.supporter, starts_at=now - timedelta(hours=3)
    )
    AppointmentFactory(participant=pair.participant, supporter=pair.supporter, status="missed")
    elsewhere = AppointmentFactory()
    episode = Episode.objects.get(participant=pair.participant)
    appointments.conclude_and_call_off(
        episode.pk, ENDING, on=date(2026, 11, 18), by=pair.actor, at=now
    )
    elsewhere.refresh_from_db()
    assert elsewhere.status == "planned"
    assert statuses() == [
        *[("cancelled", "The support came to its end.")] * 3,
        ("missed", ""),
        ("planned", ""),
    ]
    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs.count("appointment.cancelled") == 3
    assert verbs[-1] == "episode.concluded"


@pytest.mark.practice("PROC-6")
@pytest.mark.parametrize(
    ("ending", "on"),
    [
        pytest.param(Ending(), date(2026, 11, 18), id="no reason said"),
        pytest.param(ENDING, date(2027, 1, 1), id="not yet"),
    ],
)
def test_a_refused_ending_leaves_the_meetings_planned(pair, now, ending, on):
    AppointmentFactory(participant=pair.participant, supporter=pair.supporter)
    episode = Episode.objects.get()
    with pytest.raises(Refused):
        appointments.conclude_and_call_off(episode.pk, ending, on=on, by=pair.actor, at=now)
    assert statuses() == [("planned", "")]
    assert (Episode.objects.get().status, AuditEvent.objects.count()) == (episode.status, 0)


@pytest.mark.practice("PSP-4")
def test_with_a_match_only_the_meetings_of_the_two_are_called_off(pair, now, actor):
    colleague = SupporterFactory(agency=pair.participant.agency)
    AppointmentFactory(participant=pair.participant, supporter=pair.supporter)
    AppointmentFactory(participant=pair.participant, supporter=colleague)
    match, by = Match.objects.get(), actor(Role.COORDINATOR)
    with pytest.raises(Refused):
        appointments.end_match_and_call_off(match.pk, reason=" ", by=by, at=now)
    assert statuses() == [("planned", ""), ("planned", "")]
    appointments.end_match_and_call_off(match.pk, reason="Nights now", by=by, at=now)
    assert statuses() == [("cancelled", "The two no longer walk together."), ("planned", "")]
    assert Appointment.objects.get(status="planned").supporter == colleague


def test_who_only_reads_calls_nothing_off_and_out_of_sight_is_absent(pair, now, actor):
    AppointmentFactory(participant=pair.participant, supporter=pair.supporter)
    who = pair.participant.pk
    with pytest.raises(Refused):
        appointments.call_off_planned(who, words="", by=actor(Role.BILLING), at=now)
    stranger = walk_alongside(SupporterFactory(), ParticipantFactory())
    far = Match.objects.get(episode=stranger).supporter.user
    assert appointments.call_off_planned(who, words="", by=actor_for(far), at=now) == 0
    assert statuses() == [("planned", "")]
