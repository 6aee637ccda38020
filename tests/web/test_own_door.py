"""From the other side: a link for their own page, closing it, and how they want to be reached."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Letter
from alongside.core.ids import new_id
from alongside.people.actions.reaching import say_how_to_reach
from alongside.people.codes import May, Way
from alongside.people.models import ContactWish, OwnLink
from alongside.people.rules.reaching import Reaching
from tests.factories import NOW, own_account


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


def ask(client, pair, **more):
    said = {"link_id": new_id(), "asked": "aloud", "way": "shown", "email": "", **more}
    address = reverse("web:own_link_new", args=[pair.participant.pk])
    return client.post(address, said)


def page_of(client, pair):
    return client.get(reverse("web:own_door", args=[pair.participant.pk])).content.decode()


@pytest.mark.practice("PEER-8")
def test_a_link_is_shown_once_as_a_picture_and_brings_them_in(rosa, pair):
    assert "has no page of their own yet" in page_of(rosa, pair)
    page = ask(rosa, pair).content.decode()
    address = re.search(r"/portal/come-in/[\w-]+/", page)
    assert ("<svg" in page, address is not None) == (True, True)
    assert address[0] not in page_of(rosa, pair)
    assert Client().get(address[0]).status_code == 200
    rosa.post(reverse("web:own_link_back", args=[pair.participant.pk]))
    assert Client().get(address[0]).status_code == 404


def test_without_their_wish_there_is_no_link(rosa, pair):
    answer = ask(rosa, pair, asked="")
    assert (answer.status_code, "never a duty" in answer.content.decode()) == (422, True)
    assert OwnLink.objects.count() == 0


def test_a_mailed_link_tells_nobody_to_whom(rosa, pair):
    page = ask(rosa, pair, way="mail", email="gia@home.example").content.decode()
    letter = Letter.objects.get()
    assert (letter.to, letter.sealed_to) == ("", "gia@home.example")
    assert ("come-in" in page, "The letter is on its way" in page) == (False, True)
    column = Letter.objects.values_list("sealed_to", flat=True).get()
    assert b"gia" not in bytes(column)


def test_they_said_no_mail(rosa, pair):
    wish = Reaching({Way.EMAIL: May.NO})
    say_how_to_reach(pair.participant.pk, wish, seen=0, by=pair.actor, at=NOW)
    answer = ask(rosa, pair, way="mail", email="gia@home.example")
    assert (answer.status_code, "They said: no e-mail" in answer.content.decode()) == (422, True)
    assert Letter.objects.count() == 0


def test_closing_ends_every_session_and_can_be_taken_back(rosa, pair, signed_in):
    user = own_account(pair.participant)
    gia = signed_in(user)
    assert gia.get("/portal/mine/").status_code == 200
    rosa.post(reverse("web:own_door_close", args=[pair.participant.pk]), {"why": "wish"})
    assert (gia.get("/portal/mine/").status_code, "is closed" in page_of(rosa, pair)) == (302, True)
    rosa.post(reverse("web:own_door_open", args=[pair.participant.pk]))
    user.refresh_from_db()
    assert signed_in(user).get("/portal/mine/").status_code == 200


@pytest.mark.practice("PEER-8")
def test_how_they_are_reached_stands_where_the_phone_number_stands(rosa, pair, time_machine):
    time_machine.move_to(NOW, tick=False)
    pair.participant.phone = "715-555-0134"
    pair.participant.save()
    address = reverse("web:participant_reach", args=[pair.participant.pk])
    said = {"call": "no", "text": "yes", "says": "neutral", "seen": 0, "others": "Her mother"}
    said |= {"quiet_from": "10:00", "quiet_until": "12:00"}
    assert rosa.post(address, said).status_code == 302
    page = rosa.get(reverse("web:participant", args=[pair.participant.pk])).content.decode()
    words = ["Yes: texts.", "No: calls.", "May pick up: Her mother", "Quiet time now, until noon."]
    assert [word for word in words if word not in page] == []
    late = rosa.post(address, said | {"text": "no"})
    assert (late.status_code, ContactWish.objects.count()) == (422, 1)
