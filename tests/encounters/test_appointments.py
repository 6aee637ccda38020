from datetime import UTC, datetime

import pytest

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.models import Appointment
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
