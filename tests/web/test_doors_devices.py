"""Where one is signed in, and how to end it there."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.devices import in_words
from alongside.audit.models import AuditEvent
from tests.factories import UserFactory

PASSWORD = "otter meadow lantern"
NEW = "heron valley candle"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0"
MORNING = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (PHONE, "Chrome on an Android phone"),
        (DESK, "Firefox on a Windows computer"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1",
            "Safari on an iPhone",
        ),
        ("Mozilla/5.0 (Macintosh) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge on a Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/120.0 Safari/537.36", "Chrome on a Chromebook"),
        ("curl/8.0", "A device we do not know"),
        ("", "A device we do not know"),
    ],
)
def test_a_device_in_plain_words(told, words):
    assert in_words(told) == words


@pytest.fixture
def user(agency):
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER], email="rosa@row.example")
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, SECRET)
    return user


SECRET = generate_totp_secret()


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def sign_in(user, clock):
    def do(agent: str, ip: str = "203.0.113.7") -> Client:
        clock.shift(timedelta(seconds=31))  # each code opens once
        client = Client(REMOTE_ADDR=ip, headers={"user-agent": agent})
        typed = {"login": user.email, "password": PASSWORD}
        client.post(reverse("account_login"), typed)
        code = f"{hotp_value(SECRET, int(datetime.now(UTC).timestamp()) // 30):06}"
        client.post(reverse("mfa_authenticate"), {"code": code})
        return client

    return do


def is_in(client: Client) -> bool:
    return client.get(reverse("web:more")).status_code == 200


def page_of(client: Client) -> str:
    return client.get(reverse("web:devices")).content.decode()


@pytest.mark.django_db
@pytest.mark.asvs("7.5.2")
class TestDevices:
    def test_each_is_told_in_plain_words_and_without_an_address(self, sign_in):
        phone, desk = sign_in(PHONE), sign_in(DESK, "198.51.100.9")
        page = page_of(phone)
        assert [
            "Chrome on an Android phone" in page,
            "Firefox on a Windows computer" in page,
            page.count("this device</span>"),
            "another network" in page,
            "198.51.100.9" in page or "203.0.113.7" in page,
        ] == [True, True, 1, True, False]
        assert is_in(desk)

    def test_one_is_signed_out_and_the_others_stay(self, sign_in, clock):
        phone, desk = sign_in(PHONE), sign_in(DESK)
        number = page_of(phone).split('name="device" value="')[1].split('"')[0]
        phone.post(reverse("web:devices_out"), {"device": number})
        assert (is_in(phone), is_in(desk)) == (True, False)
        verbs = AuditEvent.objects.filter(verb="user.device-signed-out")
        assert verbs.count() == 1

    def test_everywhere_else_and_here_it_goes_on(self, sign_in):
        phone, desk, third = sign_in(PHONE), sign_in(DESK), sign_in(DESK)
        phone.post(reverse("web:devices_out"))
        assert [is_in(phone), is_in(desk), is_in(third)] == [True, False, False]
        page = page_of(phone)
        assert ("this device" in page, "Firefox" in page) == (True, False)

    @pytest.mark.parametrize("device", ["999999", "x", "-1", "9" * 40])
    def test_a_device_of_nobody_is_absent(self, sign_in, device):
        phone = sign_in(PHONE)
        assert phone.post(reverse("web:devices_out"), {"device": device}).status_code == 404

    def test_a_device_of_someone_else_is_absent(self, sign_in, agency, signed_in):
        phone = sign_in(PHONE)
        desk = sign_in(DESK)
        number = page_of(phone).split('name="device" value="')[1].split('"')[0]
        other = signed_in(UserFactory(agency=agency, roles=[Role.SUPPORTER]))
        assert other.post(reverse("web:devices_out"), {"device": number}).status_code == 404
        assert is_in(desk)

    def test_what_is_long_unused_is_no_device_any_more(self, sign_in, clock):
        sign_in(DESK)
        clock.shift(timedelta(minutes=50))
        assert "Firefox" not in page_of(sign_in(PHONE))

    def test_it_asks_who_it_is_first(self, sign_in, clock):
        phone, desk = sign_in(PHONE), sign_in(DESK)
        clock.shift(timedelta(minutes=11))
        answer = phone.post(reverse("web:devices_out"))
        assert answer["Location"].startswith("/its-you/")
        assert is_in(desk)


@pytest.mark.django_db
@pytest.mark.asvs("7.4.3", "6.2.2", "6.2.3")
def test_a_new_password_ends_every_other_session(sign_in, user):
    phone, desk = sign_in(PHONE), sign_in(DESK)
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    phone.post(reverse("account_change_password"), typed)
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert (is_in(phone), is_in(desk)) == (True, False)


@pytest.mark.django_db
@pytest.mark.asvs("7.2.4", "7.4.1")
def test_signing_in_makes_a_new_session_and_signing_out_ends_it_for_good(sign_in, user):
    client = sign_in(PHONE)
    key = client.session.session_key
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = key
    assert not is_in(client)
    assert "Chrome" not in page_of(sign_in(DESK))


@pytest.mark.django_db
@pytest.mark.asvs("7.2.4")
def test_the_session_from_before_the_door_is_not_the_one_behind_it(user, clock):
    client = Client()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    before = client.session.session_key
    clock.shift(timedelta(seconds=31))
    code = f"{hotp_value(SECRET, int(datetime.now(UTC).timestamp()) // 30):06}"
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(client)
    assert client.session.session_key != before
