"""A participant's first pages, what they sign in with, a phone that others use, and leaving."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from alongside.accounts.models import User
from alongside.core.ids import new_id
from alongside.people.actions import doors
from alongside.people.actions.doors import NewOwnLink
from alongside.people.actions.reaching import say_how_to_reach
from alongside.people.codes import AskedHow, LinkWay, May, Way
from alongside.people.models import OwnLink, ParticipantChange
from alongside.people.queries import doors as queries
from alongside.people.rules.reaching import Reaching
from tests.factories import UserFactory

PASSWORD = "stones under the old bridge"
SAID = {"user_name": "Sunny-7", "email": "", "phone": "mine", "password": PASSWORD}
SAID |= {"way": "password"}


@pytest.fixture
def address(pair):
    """Where a new link of Gia leads."""

    def make(at=None, **more):
        new = NewOwnLink(LinkWay.SHOWN, AskedHow.ALOUD)
        _link, secret = doors.give_own_link(
            pair.participant.pk, new, link_id=new_id(), by=pair.actor, at=at or timezone.now()
        )
        return f"/portal/come-in/{secret}/"

    return make


def sign_in(client, name=SAID["user_name"], password=PASSWORD, **more):
    said = {"login": name, "password": password, **more}
    return client.post("/account/login/", said)


def test_a_name_taken_at_the_same_moment_is_said_and_uses_nothing_up(
    client, address, agency, monkeypatch
):
    UserFactory(agency=agency, user_name="sunny-7")
    looks = iter([False, True])
    monkeypatch.setattr(queries, "name_is_taken", lambda *_name, **_but: next(looks))
    answer = client.post(f"{address()}?page=door", SAID)
    assert (answer.status_code, "is not free" in answer.content.decode()) == (422, True)
    assert not OwnLink.objects.filter(used_at__isnull=False).exists()


@pytest.mark.practice("PEER-8")
def test_a_link_explains_first_then_lets_in_once(client, address, pair):
    link = address()
    pages = [
        client.get(f"{link}?page={name}").content.decode() for name in ("welcome", "exit", "door")
    ]
    assert [page.count('data-exit="') for page in pages] == [1, 2, 1]
    assert not any("Gia" in page or "Rosa" in page for page in pages)
    answer = client.post(f"{link}?page=door", SAID)
    assert (answer.status_code, answer.url) == (302, "/portal/mine/")
    assert "Hello, Gia" in client.get("/portal/mine/").content.decode()
    again = Client().get(link)
    assert (again.status_code, "does not work any more" in again.content.decode()) == (404, True)
    assert client.get(link).status_code == 404


def test_someone_else_who_is_in_reads_one_sentence_and_uses_nothing_up(signed_in, address, pair):
    link = address()
    answer = signed_in(pair.supporter.user).get(link)
    assert (answer.status_code, "Sign out first" in answer.content.decode()) == (409, True)
    assert OwnLink.objects.filter(used_at=None, taken_back_at=None).count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        pytest.param({"password": "short"}, "too short", id="a short password"),
        pytest.param({"password": ""}, "use a passkey", id="no password"),
        pytest.param({"user_name": "sunny day"}, "No spaces", id="a name with a space"),
        pytest.param({"user_name": "taken"}, "is not free", id="a name that is taken"),
        pytest.param({"email": "rosa@row.example"}, "cannot be used", id="an address of another"),
        pytest.param({"phone": ""}, "", id="who uses the phone"),
    ],
)
def test_a_mistake_says_how_to_mend_it_and_keeps_the_words(client, address, agency, said, sentence):
    UserFactory(agency=agency, user_name="taken", email="rosa@row.example")
    link = address()
    answer = client.post(f"{link}?page=door", SAID | said)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    assert f'value="{(SAID | said)["user_name"]}"' in page
    assert client.post(f"{link}?page=door", SAID).status_code == 302


def test_by_a_passkey_the_account_waits_for_it_and_home_says_so(client, address):
    answer = client.post(f"{address()}?page=door", SAID | {"way": "passkey", "password": ""})
    assert answer.url == "/account/2fa/webauthn/add/?next=/portal/mine/"
    assert client.get(answer.url).status_code == 200
    assert "You need a way to come back" in client.get("/portal/mine/").content.decode()


def test_guessing_links_has_an_end(client, db):
    found = [client.get(f"/portal/come-in/{n}/").status_code for n in range(62)]
    assert (found[0], found[-1]) == (404, 429)


@pytest.mark.asvs("6.3.8")
def test_a_name_opens_the_door_and_a_wrong_one_says_no_more(client, address):
    client.post(f"{address()}?page=door", SAID)
    client.post("/account/logout/")
    wrong = [sign_in(client, name, "not it at all") for name in ("sunny-7", "nobody-9")]
    words = [re.findall(r"The name or the password[^<]*", one.content.decode()) for one in wrong]
    assert words[0] == words[1] != []
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, "/portal/mine/")
    assert client.get("/portal/mine/").status_code == 200


def test_where_others_use_the_phone_sessions_are_short(client, address, time_machine):
    client.post(f"{address()}?page=door", SAID | {"phone": "shared"})
    page = client.get("/portal/mine/").content.decode()
    assert ("data-shared" in page, 'data-idle-seconds="300"' in page) == (True, True)
    time_machine.move_to(timezone.now() + timedelta(minutes=6), tick=False)
    out = client.get("/portal/mine/")
    assert (out.status_code, out.headers["Clear-Site-Data"]) == (302, '"cache", "storage"')
    sign_in(client)
    assert client.session["shared"] is True
    client.post("/portal/mine/sign-in/phone/", {"shared": "no"})
    assert 'data-idle-seconds="1800"' in client.get("/portal/mine/").content.decode()
    client.post("/account/logout/")
    sign_in(client, shared="on")
    assert client.session["shared"] is True


@pytest.mark.practice("PEER-8")
def test_the_way_out_works_without_script_or_token(mine, participant):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = mine.cookies
    answer = strict.post("/portal/exit/")
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (200, '"cache", "storage"')
    assert 'content="0;url=https://www.weather.gov/"' in answer.content.decode()
    assert mine.get("/portal/mine/").status_code == 302


@pytest.mark.practice("PEER-8")
def test_in_the_pages_of_the_sign_in_too_one_can_leave_and_is_not_named(
    mine, participant, settings
):
    names = [*ours_of_the_library()]
    pages = {name: mine.get(reverse(name), follow=True).content.decode() for name in names}
    pages["absent"] = mine.get("/nowhere/").content.decode()
    assert len(pages) > 8
    assert {
        name
        for name, page in pages.items()
        if 'data-exit="' not in page or "Gia R" in page or 'name="language"' not in page
    } == set()
    assert 'href="/portal/mine/"' in pages["absent"]


def ours_of_the_library():
    """Pages without a number in their address."""
    for name in get_resolver().reverse_dict:
        if isinstance(name, str) and name.startswith(("account_", "mfa_")):
            try:
                reverse(name)
            except NoReverseMatch:
                continue
            yield name


def test_left_without_a_line_the_next_request_signs_out(mine, settings):
    mine.cookies[settings.EXIT_COOKIE_NAME] = "1"
    answer = mine.get("/portal/mine/")
    assert (answer.status_code, answer.cookies[settings.EXIT_COOKIE_NAME].value) == (302, "")


def test_an_agency_says_where_leaving_leads(mine, agency):
    agency.exit_to = "https://www.example.org/recipes"
    agency.save()
    assert (
        'data-exit="https://www.example.org/recipes"' in mine.get("/portal/mine/").content.decode()
    )


@pytest.mark.practice("PEER-8")
def test_they_put_right_what_stands_about_them(mine, pair, participant):
    said = {"name": "Gia R. Rivera", "pronouns": "she", "phone": "715-555-0134", "language": ""}
    person = pair.participant
    assert (
        mine.post("/portal/mine/me/facts/", said | {"revision": person.revision}).status_code == 302
    )
    person.refresh_from_db()
    assert (person.name, person.phone, person.county) == ("Gia R. Rivera", "715-555-0134", "Dunn")
    kept = ParticipantChange.objects.filter(participant=person, field="name")
    assert list(kept.values_list("old", "new", "by_id")) == [
        ("Gia Rivera", "Gia R. Rivera", participant.id)
    ]
    late = mine.post("/portal/mine/me/facts/", said | {"phone": "1", "revision": 0})
    assert (late.status_code, 'value="1"' in late.content.decode()) == (422, True)


def test_where_they_live_is_theirs_to_say_change_and_take_out(mine, pair):
    places = "/portal/mine/me/places/"
    for home in ("Elm 4", "Elm 5", ""):
        mine.post(places, {"home": home, "mailing": "Box 3", "email": ""})
        page = mine.get(places).content.decode()
        assert (("Elm 5" in page), ("Box 3" in page)) == (home == "Elm 5", True)


def test_how_they_are_reached_is_read_by_who_has_the_phone_in_hand(mine, pair, signed_in):
    said = {"call": "no", "text": "yes", "says": "agency", "seen": 0, "others": "My mother"}
    half = mine.post("/portal/mine/me/reach/", said | {"quiet_from": "21:00"})
    assert (half.status_code, "leave both empty" in half.content.decode()) == (422, True)
    assert mine.post("/portal/mine/me/reach/", said).status_code == 302
    page = mine.get("/portal/mine/me/").content.decode()
    assert ("Text me" in page, "My mother" in page) == (True, True)


def test_no_letter_goes_where_they_said_no_mail(client, participant, pair, mailoutbox):
    User.objects.filter(pk=participant.id).update(email="gia@home.example")
    client.post("/account/login/code/", {"email": "gia@home.example"})
    no = Reaching({Way.EMAIL: May.NO})
    at = timezone.now()
    say_how_to_reach(pair.participant.pk, no, seen=0, by=participant, at=at)
    client.post("/account/login/code/", {"email": "gia@home.example"})
    assert len(mailoutbox) == 1


def test_they_change_their_name_see_their_phones_and_close_their_page(mine, participant, signed_in):
    user = User.objects.get(pk=participant.id)
    mine.post("/portal/mine/sign-in/name/", {"user_name": "River-2", "email": ""})
    user.refresh_from_db()
    assert (user.user_name, user.email) == ("river-2", None)
    elsewhere = signed_in(user)
    mine.post("/portal/mine/sign-in/out/")
    assert (elsewhere.get("/portal/mine/").status_code, mine.get("/portal/mine/").status_code) == (
        302,
        200,
    )
    closed = mine.post("/portal/mine/sign-in/close/")
    assert "Your page is closed" in closed.content.decode()
    assert mine.get("/portal/mine/").status_code == 302


def test_what_a_supporter_does_is_one_tap_away(mine, agency):
    agency.references = [{"title": "Scope of practice", "url": "https://example.org/scope"}]
    agency.save()
    page = mine.get("/portal/mine/about-support/").content.decode()
    assert (
        "Scope of practice" in page,
        "/portal/mine/about-support/" in mine.get("/portal/mine/more/").content.decode(),
    ) == (True, True)
