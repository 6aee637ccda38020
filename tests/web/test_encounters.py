from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.core.ids import new_id
from alongside.encounters.models import Encounter
from tests.encounters.conftest import pair  # noqa: F401
from tests.factories import EncounterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(pair, signed_in):  # noqa: F811
    return signed_in(pair.supporter.user)


def test_pages_open(pair, rosa):
    note = EncounterFactory(participant=pair.participant, supporter=pair.supporter)
    for name, args in [
        ("today", []), ("log", []), ("note_new", [pair.participant.pk]), ("note", [note.pk]),
        ("note_correct", [note.pk]), ("note_together", [note.pk]), ("calendar", []),
        ("appointment_new", [pair.participant.pk]),
    ]:
        r = rosa.get(reverse(f"web:{name}", args=args))
        assert r.status_code == 200, name

