"""What must never be false is held by the database itself, on SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.encounters.models import AddedWords, Appointment, Encounter, NoteDraft
from tests.factories import NOW, AppointmentFactory, EncounterFactory

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("2.2.3")
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"signed_at": None}, id="a signature has its moment"),
        pytest.param({"signed_at": None, "signed_by": None}, id="a signed note has a signature"),
        pytest.param(
            {"started_at": NOW, "ended_at": NOW - timedelta(minutes=1)}, id="ends after it starts"
        ),
        pytest.param({"done_for": "Called the landlord"}, id="done for them with permission"),
        pytest.param({"array": "isde", "array_advised": "peer_support"}, id="own reason"),
        pytest.param({"kind": "attempt"}, id="an attempt says how it ended"),
    ],
)
def test_a_note_that_cannot_be(changes):
    note = EncounterFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Encounter.objects.filter(pk=note.pk).update(**changes)


def test_an_appointment_ends_after_it_starts():
    meeting = AppointmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at)


def test_added_words_say_something_or_sign():
    note = EncounterFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AddedWords.objects.create(
            agency=note.agency, encounter=note, added_at=NOW, phone_of=note.author
        )


def test_one_draft_per_author_and_note():
    note = EncounterFactory()
    facts = {
        "agency": note.agency,
        "author": note.author,
        "participant": note.participant,
        "encounter_id": note.pk,
        "saved_at": NOW,
    }
    NoteDraft.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoteDraft.objects.create(**facts)
