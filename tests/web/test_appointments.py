from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.core.ids import new_id
from alongside.encounters.models import Appointment, Encounter
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    SupporterFactory,
    UserFactory,
)
from tests.web.test_encounters import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


def at(name, *args):
    return reverse(f"web:{name}", args=args)


def planned(**changes):
    on = (timezone.now() + timedelta(days=3)).date()
    facts = {
        "appointment_id": str(new_id()),
        "on": on.isoformat(),
        "start": "10:30",
        "end": "11:30",
        "words": "she wants me next to her",
        "place_words": "county courthouse",
        "going_along": "court",
    }
    return {**facts, **changes}


@pytest.mark.practice("PSP-8")
def test_planning_to_go_along_and_the_note_in_one_tap(pair, rosa):
    sent = planned()
    for _ in range(2):
        page = rosa.post(at("appointment_new", pair.participant.pk), sent, follow=True)
    meeting = Appointment.objects.get()
    to_the_note = f"{at('note_new', pair.participant.pk)}?appointment={meeting.pk}"
    assert to_the_note in page.content.decode()
    assert "she wants me next to her" in rosa.get(at("calendar")).content.decode()
    form = rosa.get(to_the_note).content.decode()
    assert 'value="court" id="id_going_along_1" checked' in form
    rosa.post(at("note_new", pair.participant.pk), typed(appointment=str(meeting.pk)))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.encounter_id) == ("met", Encounter.objects.get().pk)
    assert rosa.get(to_the_note)["Location"] == at("note", meeting.encounter_id)


def test_what_is_wrong_is_said_and_typed_words_stay(pair, rosa):
    for changes in ({"on": "2019-01-01"}, {"start": "soon"}, {"end": "10:30"}):
        answer = rosa.post(at("appointment_new", pair.participant.pk), planned(**changes))
        page = answer.content.decode()
        assert (answer.status_code, "she wants me next to her" in page) == (422, True)
        assert "data-error-summary" in page
    assert Appointment.objects.count() == 0


def test_changing_calling_off_and_taking_it_back(pair, rosa):
    meeting = AppointmentFactory(
        participant=pair.participant,
        supporter=pair.supporter,
        starts_at=timezone.now() + timedelta(days=1),
    )
    assert rosa.get(at("appointment_change", meeting.pk)).status_code == 200
    rosa.post(at("appointment_change", meeting.pk), planned(words="the library"))
    called_off = rosa.post(at("appointment_cancel", meeting.pk), follow=True)
    assert at("appointment_again", meeting.pk) in called_off.content.decode()
    assert rosa.post(at("appointment_change", meeting.pk), planned()).status_code == 422
    rosa.post(at("appointment_again", meeting.pk))
    rosa.post(at("appointment_missed", meeting.pk), {"words": "snow"})
    meeting.refresh_from_db()
    assert (meeting.words, meeting.status, meeting.status_words) == (
        "the library",
        "missed",
        "snow",
    )
    twice = rosa.post(at("appointment_cancel", meeting.pk), follow=True)
    assert "This appointment is settled already." in twice.content.decode()


def test_coordinators_look_at_and_plan_a_supporters_days(agency, pair, signed_in):
    client = signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))
    sent = planned(supporter=str(pair.supporter.pk))
    client.post(at("appointment_new", pair.participant.pk), sent)
    meeting = Appointment.objects.get()
    assert meeting.supporter_id == pair.supporter.pk
    page = client.get(at("calendar"), {"supporter": pair.supporter.pk}).content.decode()
    assert ["county courthouse" in page, "Write the note" in page] == [True, False]
    elsewhere = SupporterFactory(agency=AgencyFactory(name="Elsewhere"), name="Not Ours")
    other = client.get(at("calendar"), {"supporter": elsewhere.pk, "from": "x"})
    assert "Not Ours" not in other.content.decode()


def test_someone_elses_appointments_are_absent(agency, pair, signed_in):
    meeting = AppointmentFactory(
        participant=pair.participant,
        supporter=pair.supporter,
        starts_at=datetime(2026, 11, 23, 16, tzinfo=UTC),
        words="canary words",
    )
    for user in (
        SupporterFactory(agency=agency).user,
        SupporterFactory(agency=AgencyFactory()).user,
    ):
        client = signed_in(user)
        for name in ("appointment", "appointment_change"):
            assert client.get(at(name, meeting.pk)).status_code == 404
        for name in ("change", "cancel", "missed", "again"):
            sent = client.post(at(f"appointment_{name}", meeting.pk), planned())
            assert sent.status_code == 404
        assert "canary" not in client.get(at("calendar")).content.decode()
    meeting.refresh_from_db()
    assert meeting.status == "planned"
