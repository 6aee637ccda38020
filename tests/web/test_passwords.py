"""A password is long, one's own, and taken as it is typed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import UserFactory

PASSWORD = "otter meadow lantern"
NEW = "four quiet lamps by the mill"


@pytest.fixture
def user(agency):
    user = UserFactory(agency=agency, email="rosa@row.example")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.asvs("6.2.2", "6.2.3")
def test_a_password_is_changed_with_the_old_one(signed_in, user):
    client = signed_in(user)
    address = reverse("account_change_password")
    sent = {"password1": NEW, "password2": NEW}
    wrong = client.post(address, {**sent, "oldpassword": "not it at all"})
    user.refresh_from_db()
    assert (wrong.status_code in (200, 422), user.check_password(PASSWORD)) == (True, True)
    client.post(address, {**sent, "oldpassword": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.asvs("6.2.5", "6.2.8", "6.2.9")
@pytest.mark.parametrize(
    "password",
    [
        pytest.param("nothing but small letters", id="no digits, no capitals"),
        pytest.param("żółw śpi pod mostem", id="letters of any language"),
        pytest.param("  spaces at both ends count  ", id="spaces"),
        pytest.param("\U0001f422\U0001f33b" * 8, id="pictures"),
        pytest.param("Mill lamp " * 12, id="120 letters"),
    ],
)
def test_any_letters_make_a_password(user, password):
    validate_password(password, user)
    user.set_password(password)
    near = [password.strip(), password[:64], password.lower(), password[:-1]]
    right = [user.check_password(other) for other in near if other != password]
    assert (user.check_password(password), any(right)) == (True, False)


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_it_is_hidden_and_may_be_pasted(client, user):
    page = client.get(reverse("account_login")).content.decode()
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert [word for word in ("onpaste", "oncopy", 'autocomplete="off"') if word in page] == []


@pytest.mark.asvs("6.2.11")
@pytest.mark.parametrize(
    "password",
    ["Alongside2026!", "recoverycoach1", "PeerSupporter#1", "RowHouse2026!!", "December20252026"],
)
def test_words_of_the_place_make_no_password(user, password):
    user.agency.name = "Row House"
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert "password_of_the_place" in {error.code for error in refused.value.error_list}


@pytest.mark.asvs("6.2.4", "6.2.12")
@pytest.mark.parametrize("password", ["1qaz2wsx3edc", "123456654321", "startfinding"])
def test_a_password_from_a_breach_is_refused(user, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert "password_too_common" in {error.code for error in refused.value.error_list}


@pytest.mark.usefixtures("as_strong_as_served")
def test_an_older_way_of_hashing_is_renewed_at_the_door(client, user):
    hasher = Argon2PasswordHasher()
    hasher.time_cost = 1
    older = hasher.encode(PASSWORD, hasher.salt())
    type(user).objects.filter(pk=user.pk).update(password=older)
    sent = {"login": user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), sent).status_code == 302
    user.refresh_from_db()
    assert (user.password != older, user.check_password(PASSWORD)) == (True, True)


@pytest.mark.asvs("11.4.2")
@pytest.mark.usefixtures("as_strong_as_served")
def test_passwords_are_kept_under_argon2(user):
    user.set_password(NEW)
    kind, variant, _version, cost, *_rest = user.password.split("$")
    assert (kind, variant, cost.split(",")[0]) == ("argon2", "argon2id", "m=102400")


@pytest.mark.asvs("6.4.3")
def test_a_forgotten_password_leaves_the_second_step(client, user, mailoutbox):
    TOTP.activate(user, generate_totp_secret())
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"/account/password/reset/key/\S+", mailoutbox[0].body)
    assert link is not None
    page = client.get(link[0], follow=True)
    address = page.redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    come = client.post(reverse("account_login"), {"login": user.email, "password": NEW})
    assert come.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("web:today")).status_code == 302


GRAVE = ["mfa_activate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"]


@pytest.mark.asvs("7.5.1")
@pytest.mark.parametrize("page", GRAVE)
def test_who_changes_how_they_come_in_is_asked_once_more(signed_in, user, page):
    client = signed_in(user)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=20), tick=False):
        client.get(reverse("web:more"))
        answer = client.get(reverse(page))
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]


@pytest.mark.asvs("6.5.5")
def test_codes_end_soon(settings):
    """A code of an app holds 30 seconds, a mailed one ten minutes at most."""
    assert (app_settings.TOTP_PERIOD, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT <= 600) == (30, True)
