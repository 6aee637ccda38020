"""An id in a form that is someone else's: what is sent is kept, and theirs stays untouched."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.consents.models import Disclosure
from alongside.retention.models import RecordRequest
from tests.factories import ParticipantFactory, own_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(agency, signed_in):
    """Another participant's own session."""
    return signed_in(own_account(ParticipantFactory(agency=agency, name="Ana Ruiz")))


@pytest.mark.asvs("8.2.2")
def test_a_word_about_what_is_wrong(mine, ana, pair):
    said = {"request_id": uuid4(), "words": "Pat moved"}
    for whose in (mine, mine, ana):
        assert whose.post(reverse("portal:own_people_wrong"), said).status_code == 302
    first, second = RecordRequest.objects.order_by("entered_at", "id")
    assert {first.pk, second.pk} > {said["request_id"]}
    assert RecordRequest.objects.get(pk=said["request_id"]).participant == pair.participant


@pytest.mark.asvs("8.2.2")
def test_a_copy_to_take_along(mine, ana, pair):
    said = {"form": "pdf", "copy_id": uuid4()}
    for whose in (mine, mine, ana):
        assert whose.post(reverse("portal:own_copy_take"), said).content[:4] == b"%PDF"
    assert Disclosure.objects.get(pk=said["copy_id"]).participant == pair.participant
    assert Disclosure.objects.count() == 2
