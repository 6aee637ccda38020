"""A participant's first page, where else they can go, and who has no such page."""

import pytest
from django.urls import reverse

from alongside.portal.mine import PLACES, in_the_bar
from tests.factories import UserFactory


@pytest.mark.practice("PEER-8")
def test_a_participant_has_a_home_of_their_own(mine):
    page = mine.get("/portal/mine/").content.decode()
    assert ("Hello, Gia" in page, 'data-exit="' in page, "Main" in page) == (True, True, True)
    assert mine.get("/portal/").status_code == 404


def test_every_place_leads_somewhere_and_the_bar_has_room(mine):
    assert len(in_the_bar()) <= 5
    assert len({place.key for place in PLACES}) == len(PLACES)
    found = {place.url: mine.get(reverse(place.url)).status_code for place in PLACES}
    assert {url: code for url, code in found.items() if code != 200} == {}


def test_an_account_without_a_record_has_no_home(agency, signed_in):
    client = signed_in(UserFactory(agency=agency, roles=["participant"]))
    assert client.get("/portal/mine/").status_code == 404


def test_the_door_leads_each_to_their_own_page(client, db):
    found = client.get("/portal/mine/more/")
    assert (found.status_code, found.url) == (
        302,
        "/account/login/?next=%2Fportal%2Fmine%2Fmore%2F",
    )
