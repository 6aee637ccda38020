"""How long one stays signed in, the second step, and what a browser may keep."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from alongside.accounts.actions import shut_out
from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
PASSWORD = "otter meadow lantern"


@pytest.fixture
def user(agency):
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER], email="rosa@row.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def is_in(client: Client) -> bool:
    return client.get(reverse("web:more")).status_code == 200


@pytest.mark.asvs("7.3.1")
def test_half_an_hour_without_a_hand_on_it_ends_the_session(signed_in, user):
    with time_machine.travel(MORNING, tick=False) as clock:
        client = signed_in(user)
        assert is_in(client)
        clock.shift(timedelta(minutes=30))
        assert is_in(client)
        clock.shift(timedelta(minutes=30, seconds=1))
        assert not is_in(client)


def test_a_ping_keeps_the_session(signed_in, user):
    with time_machine.travel(MORNING, tick=False) as clock:
        client = signed_in(user)
        for _ in range(4):
            clock.shift(timedelta(minutes=29))
            assert client.post(reverse("web:ping")).status_code == 200
        assert is_in(client)


@pytest.mark.asvs("7.3.2")
def test_after_twelve_hours_it_ends_whatever_one_does(signed_in, user):
    with time_machine.travel(MORNING, tick=False) as clock:
        client = signed_in(user)
        for _ in range(36):
            assert is_in(client)
            clock.shift(timedelta(minutes=20))
        assert is_in(client)
        clock.shift(timedelta(seconds=1))
        assert not is_in(client)


def test_the_page_says_how_long_it_waits(signed_in, user):
    with time_machine.travel(MORNING, tick=False) as clock:
        client = signed_in(user)
        client.get(reverse("web:more"))
        clock.shift(timedelta(minutes=20))
        page = client.get(reverse("web:more")).content.decode()
    assert [
        f'data-{name}="{value}"' in page
        for name, value in (
            ("idle-seconds", 1800),
            ("idle-warn-seconds", 120),
            ("session-seconds", 12 * 3600 - 1200),
            ("idle-ping", "/session/ping/"),
            ("idle-out", "/signed-out/"),
        )
    ] == [True] * 5


def test_a_ping_of_someone_signed_out_leads_to_the_door(client, user):
    answer = client.post(reverse("web:ping"))
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_the_signed_out_page_leads_back(client):
    page = client.get(
        reverse("web:signed_out"), headers={"referer": "http://testserver/colleagues/?a=1"}
    )
    assert "/account/login/?next=/colleagues/%3Fa%3D1" in page.content.decode()


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"]
)
def test_the_signed_out_page_leads_nowhere_else(client, wanted):
    page = client.get(reverse("web:signed_out"), {"next": wanted}).content.decode()
    assert ("elsewhere" in page, "javascript:" in page, "?next=/" in page) == (False, False, True)


def test_the_signed_out_page_signs_nobody_out(signed_in, user):
    client = signed_in(user)
    assert "You are still signed in" in client.get(reverse("web:signed_out")).content.decode()
    assert is_in(client)


def test_a_deep_page_is_remembered_at_the_door(client, user):
    answer = client.get("/colleagues/?x=1")
    assert answer["Location"] == "/account/login/?next=/colleagues/%3Fx%3D1"


def test_a_fragment_says_401_and_brings_no_page(client, user):
    answer = client.get(reverse("web:more"), headers={"hx-request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.asvs("7.4.1", "14.3.1")
def test_signing_out_clears_what_the_browser_kept(signed_in, user):
    client = signed_in(user)
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(client)
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == ["user.signed-out"]


@pytest.mark.asvs("14.3.2")
def test_pages_are_stored_nowhere(signed_in, user):
    answer = signed_in(user).get(reverse("web:more"))
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "nonce-" in answer.headers["Content-Security-Policy"]


@pytest.mark.asvs("7.4.2")
def test_a_user_shut_out_is_out_on_the_next_click_and_stays_out(signed_in, user, actor, now):
    client, boss = signed_in(user), actor(Role.ADMINISTRATOR)
    assert is_in(client)
    shut_out(user.id, by=boss, at=now)
    assert not is_in(client)
    user.refresh_from_db()
    user.is_active = True
    user.save()
    assert not is_in(client)


def sign_in(client: Client, password: str = PASSWORD):
    return client.post(
        reverse("account_login"), {"login": "rosa@row.example", "password": password}
    )


def code_now(secret: str) -> str:
    return f"{hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30):06}"


@pytest.mark.asvs("6.3.3")
def test_a_password_alone_opens_one_page(client, user):
    sign_in(client)
    answer = client.get(reverse("web:more"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("web:second_factor"))
    assert client.get(reverse("web:second_factor")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_setting_up_the_second_step_opens_the_rest(
    client, user, django_capture_on_commit_callbacks
):
    with time_machine.travel(MORNING, tick=False):
        sign_in(client)
        client.get(reverse("mfa_activate_totp"))
        secret = client.session["mfa.totp.secret"]
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
        assert answer["Location"] == reverse("mfa_view_recovery_codes")
        assert is_in(client)
    kept = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in kept
    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", "detail"))
    assert verbs == [
        ("user.signed-in", {}),
        ("user.second-factor-added", {"how": "totp"}),
        ("user.second-factor-added", {"how": "recovery_codes"}),
    ]


@pytest.mark.asvs("6.3.3", "6.5.1")
def test_with_a_second_step_the_password_alone_opens_nothing(client, user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    with time_machine.travel(MORNING, tick=False):
        assert sign_in(client)["Location"] == reverse("mfa_authenticate")
        assert not is_in(client)
        wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "This code is not right" in wrong.content.decode()
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        assert is_in(client)
        other = Client()
        sign_in(other)
        other.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        assert not is_in(other), "a code opens the door once"


def test_the_only_second_step_stays(client, user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    with time_machine.travel(MORNING, tick=False):
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        page = client.post(reverse("mfa_deactivate_totp")).content.decode()
    assert "This is your only second step" in page
    assert Authenticator.objects.filter(user=user, type="totp").exists()


@pytest.mark.asvs("6.3.1")
def test_guessing_is_slowed_down_per_account(client, user):
    said = [sign_in(client, "wrong").content.decode() for _ in range(6)]
    assert ["wrong too often" in page for page in said] == [False] * 5 + [True]
    assert "wrong too often" in sign_in(client).content.decode()


def test_nobody_signs_up_by_themselves(client, user):
    assert "By invitation" in client.get(reverse("account_signup")).content.decode()


@pytest.mark.asvs("6.3.8")
def test_a_stranger_learns_nothing_from_a_forgotten_password(client, user, mailoutbox):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})["Location"]
        for email in ("rosa@row.example", "nobody@row.example")
    ]
    assert answers == [reverse("account_reset_password_done")] * 2
    assert [letter.subject for letter in mailoutbox] == ["Your sign-in"] * 2
    assert "/account/password/reset/key/" in mailoutbox[0].body


def test_the_address_is_not_changed_by_oneself(signed_in, user):
    assert signed_in(user).get("/account/email/").status_code == 404


@pytest.mark.asvs("7.2.1")
@pytest.mark.asvs("8.3.2")
def test_actor_is_read_anew_at_each_request(signed_in, user):
    client = signed_in(user)
    assert client.get(reverse("web:agency")).status_code == 404
    user.role_grants.create(agency=user.agency, role=Role.ADMINISTRATOR.value)
    assert client.get(reverse("web:agency")).status_code == 200
    assert actor_for(user).may("agency.manage")
