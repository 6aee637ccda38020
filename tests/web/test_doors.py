"""Grave steps ask once more who it is; what was typed comes back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, Invitation, RoleGrant
from tests.architecture.test_routes import ours
from tests.factories import UserFactory
from tests.sessions import come_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
PASSWORD = "otter meadow lantern"
ITS_YOU = "/its-you/?next="
HERE = {"HTTP_HOST": "localhost"}


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def boss(agency):
    user = UserFactory(agency=agency, roles=[Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def client(boss, clock):
    return come_in(Client(), boss)


def show(client: Client, address: str, password: str = PASSWORD):
    """Follow the short page to the password, and type it."""
    asked = client.get(address)
    return client.post(asked["Location"], {"password": password})


@pytest.mark.asvs("7.5.3")
@pytest.mark.parametrize(
    ("minutes", "open_"),
    [pytest.param(10, True, id="ten minutes ago"), pytest.param(11, False, id="eleven")],
)
def test_the_last_proof_may_be_ten_minutes_old(client, clock, minutes, open_):
    clock.shift(timedelta(minutes=minutes))
    answer = client.get(reverse("web:agency"))
    assert (answer.status_code == 200) is open_
    if not open_:
        assert answer["Location"] == f"{ITS_YOU}%2Fagency%2F"


def test_a_wrong_password_opens_nothing_and_the_right_one_leads_back(client, clock):
    clock.shift(timedelta(minutes=11))
    address = client.get(reverse("web:agency"))["Location"]
    assert "This password is not right" in show(client, address, "wrong").content.decode()
    assert client.get(reverse("web:agency")).status_code == 302
    assert show(client, address)["Location"] == "/agency/"
    assert client.get(reverse("web:agency")).status_code == 200


@pytest.mark.asvs("7.2.4")
def test_the_session_goes_on_under_a_new_key(client, clock):
    clock.shift(timedelta(minutes=11))
    before = client.session.session_key
    show(client, client.get(reverse("web:agency"))["Location"])
    after = client.session.session_key
    assert (before != after, client.get(reverse("web:agency")).status_code) == (True, 200)
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get(reverse("web:more")).status_code == 302


def test_the_short_page_leads_nowhere_else(client):
    answer = client.get(f"{ITS_YOU}//elsewhere.example/")
    assert answer["Location"] == "/account/reauthenticate/?next=%2F"


def test_what_was_typed_comes_back_and_is_not_sent_by_itself(client, clock):
    clock.shift(timedelta(minutes=11))
    page = reverse("web:invite")
    typed = {"name": "Bo Field", "email": "bo@row.example", "roles": [Role.BILLING.value]}
    answer = client.post(page, typed, headers={"referer": f"http://testserver{page}"})
    assert show(client, answer["Location"])["Location"] == page
    back = client.get(page).content.decode()
    assert ['value="Bo Field"' in back, 'value="bo@row.example"' in back] == [True, True]
    assert "What you typed is here as you left it" in back
    assert Invitation.objects.count() == 0
    again = client.get(page).content.decode()
    assert "Bo Field" not in again, "once, and then it is gone from the session"
    assert client.post(page, typed).status_code == 200
    assert Invitation.objects.get().name == "Bo Field"


def test_a_button_is_pressed_again_by_hand(client, clock, agency):
    clock.shift(timedelta(minutes=11))
    other = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    out, page = (reverse(f"web:{r}", args=[other.pk]) for r in ("colleague_out", "colleague"))
    answer = client.post(out, headers={"referer": f"http://testserver{page}"})
    assert show(client, answer["Location"])["Location"] == page
    client.get(page)
    other.refresh_from_db()
    assert other.is_active
    client.post(out)
    other.refresh_from_db()
    assert not other.is_active


def test_words_of_a_form_that_stands_nowhere_have_a_page_of_their_own(client, clock):
    clock.shift(timedelta(minutes=11))
    page = reverse("web:more")
    typed = {"words": "Kept <b>", "who": ["a", "b"]}
    address = reverse("web:audit_export")
    answer = client.post(address, typed, headers={"referer": f"http://testserver{page}"})
    show(client, answer["Location"])
    assert client.get(page)["Location"] == reverse("web:go_on")
    html = client.get(reverse("web:go_on")).content.decode()
    assert f'action="{address}"' in html
    for name, value in (("words", "Kept &lt;b&gt;"), ("who", "a"), ("who", "b")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html


def test_what_waits_is_closed_and_holds_no_secret(client, clock):
    clock.shift(timedelta(minutes=11))
    client.post(reverse("web:invite"), {"name": "Zaunkoenig", "password1": "Zaunkoenig"})
    assert "Zaunkoenig" not in str(dict(client.session.items()))


def test_a_fragment_sends_the_whole_page(client, clock):
    clock.shift(timedelta(minutes=11))
    answer = client.get(
        reverse("web:agency"),
        headers={"hx-request": "true", "referer": "http://testserver/more/?a=1"},
    )
    assert answer.headers["HX-Redirect"] == f"{ITS_YOU}%2Fmore%2F%3Fa%3D1"


def test_who_may_not_do_it_is_not_asked(clock, agency):
    client = come_in(Client(), UserFactory(agency=agency, roles=[Role.SUPPORTER]), proof_at=0)
    assert client.get(reverse("web:agency")).status_code == 404


def test_in_demo_mode_one_button_is_enough(client, clock, settings):
    settings.DEMO = True
    clock.shift(timedelta(minutes=11))
    address = client.get(reverse("web:agency"), **HERE)["Location"]
    assert "In this demo" in client.get(address, **HERE).content.decode()
    assert client.post(address, **HERE)["Location"] == "/agency/"
    assert client.get(reverse("web:agency"), **HERE).status_code == 200


@pytest.mark.asvs("7.5.3", "8.2.1")
def test_the_grave_steps_are_these():
    """Each one more is a decision; so is each one less."""
    fresh = {p.name for _where, p in ours() if getattr(p.callback, "fresh", False)}
    names = {p.name for _where, p in ours() if p.name}
    exports = {name for name in names if "export" in name or name.endswith("_sheet")}
    exports -= {"own_sheet"}  # a worksheet of whoever reads it
    assert (exports - fresh, GRAVE - fresh) == (set(), set())


GRAVE = {
    "agency",
    "invite",
    "invitation_again",
    "invitation_back",
    "colleague",
    "colleague_out",
    "own_link_new",
    "own_door_close",
    "own_door_open",
    "mine_close",
    "mine_sign_in_name",
    "colleague_in",
    "private_destroy",
    "consent_sign",
    "consent_paper",
    "consent_revoke",
    "record_link",
    "disclosure_new",
    "update_read",
    "accounting_paper",
    "held_copy",
    "held_print",
    "disposal_confirm",
    "emergency",
}


def test_the_agency_is_unchanged_by_a_stale_hand(client, clock):
    before = Agency.objects.values_list("name", flat=True).get()
    clock.shift(timedelta(minutes=11))
    client.post(reverse("web:agency"), {"name": "Other"})
    assert (Agency.objects.get().name, RoleGrant.objects.count()) == (before, 2)
