"""Guessing is slow, per account and per network, and locks out nobody else."""

from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as django_settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.networks import client_ip
from tests.factories import UserFactory
from tests.sessions import come_in

PASSWORD = "otter meadow lantern"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def quick(settings):
    """Hundreds of tries: their hashing is looked at elsewhere."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user(agency):
    return _user(agency, "rosa@row.example")


def _user(agency, email):
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER], email=email)
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, generate_totp_secret())
    return user


def try_(email: str, password: str = "", *, ip: str = HERE, **headers: str):
    headers = {f"HTTP_{name}": value for name, value in headers.items()}
    typed = {"login": email, "password": password or "wrong"}
    return Client(REMOTE_ADDR=ip, **headers).post(reverse("account_login"), typed)


def is_slowed(answer) -> bool:
    return answer.status_code == 429 or "wrong too often" in answer.content.decode()


def gets_on(answer) -> bool:
    """To the second step."""
    return answer.headers.get("Location") == reverse("mfa_authenticate")


@pytest.mark.asvs("4.1.3", "15.3.4")
@pytest.mark.parametrize(
    ("proxies", "said", "far"),
    [
        pytest.param(0, "1.2.3.4", HERE, id="no proxy of ours: what is said counts nothing"),
        pytest.param(1, "1.2.3.4", "1.2.3.4", id="one proxy says whom it saw"),
        pytest.param(1, "9.9.9.9, 1.2.3.4", "1.2.3.4", id="the browser made up the first"),
        pytest.param(2, "9.9.9.9, 1.2.3.4, 10.0.0.2", "1.2.3.4", id="two of ours"),
        pytest.param(2, "1.2.3.4", HERE, id="around one of them"),
        pytest.param(1, "", HERE, id="around the only one"),
        pytest.param(1, "x' or 1=1", HERE, id="no address"),
        pytest.param(1, "[2001:db8::1]:443", "2001:db8::", id="IPv6 with a port"),
        pytest.param(1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", id="IPv6: the whole network"),
        pytest.param(1, "::ffff:1.2.3.4", "1.2.3.4", id="IPv4 written as IPv6"),
    ],
)
def test_the_network_is_what_our_own_proxies_saw(settings, proxies, said, far):
    settings.TRUSTED_PROXIES = proxies
    more = {"HTTP_X_FORWARDED_FOR": said} if said else {}
    request = RequestFactory().get("/", REMOTE_ADDR=HERE, **more)
    assert client_ip(request) == far


@pytest.mark.django_db
@pytest.mark.usefixtures("quick")
@pytest.mark.asvs("6.3.1", "2.4.1")
class TestSlow:
    def test_a_sixth_try_at_one_account_waits_even_with_the_right_password(self, user):
        answers = [try_(user.email) for _ in range(5)]
        assert [is_slowed(answer) for answer in answers] == [False] * 5
        assert is_slowed(try_(user.email, PASSWORD))

    def test_who_guesses_elsewhere_locks_nobody_out_here(self, user):
        for _ in range(8):
            try_(user.email, ip=ELSEWHERE)
        assert is_slowed(try_(user.email, PASSWORD, ip=ELSEWHERE))
        assert gets_on(try_(user.email, PASSWORD))

    def test_one_who_mistypes_does_not_lock_out_all_behind_one_router(self, user, agency):
        other = _user(agency, "lou@row.example")
        for _ in range(40):
            try_(user.email)
        assert gets_on(try_(other.email, PASSWORD))

    def test_many_accounts_from_one_network_are_slowed_together(self, user):
        for number in range(50):
            try_(f"nobody{number}@row.example")
        assert is_slowed(try_(user.email, PASSWORD))
        assert gets_on(try_(user.email, PASSWORD, ip=ELSEWHERE))

    def test_many_addresses_of_one_network_are_one(self, user):
        for number in range(5):
            try_(user.email, ip=f"2001:db8:1:2::{number:x}")
        assert is_slowed(try_(user.email, PASSWORD, ip="2001:db8:1:2:ffff::1"))
        assert gets_on(try_(user.email, PASSWORD, ip="2001:db8:1:3::1"))

    def test_what_others_try_wipes_out_no_count(self, user):
        for _ in range(5):
            try_(user.email)
        for number in range(600):
            cache.set(f"{number:x}".rjust(4, "z"), [1.0], 3600)
            cache.set(f"{number:x}", [1.0], 3600)
        assert is_slowed(try_(user.email, PASSWORD))

    def test_one_account_from_many_networks_is_slowed_too(self, user):
        for number in range(50):
            try_(user.email, ip=f"192.0.2.{number}")
        assert is_slowed(try_(user.email, PASSWORD, ip=ELSEWHERE))

    def test_a_made_up_header_neither_dodges_nor_locks_out(self, user, settings):
        for number in range(6):
            answer = try_(user.email, X_FORWARDED_FOR=f"192.0.2.{number}")
        assert is_slowed(answer)
        settings.TRUSTED_PROXIES = 1
        other = "192.0.2.200"
        for number in range(6):
            answer = try_(user.email, X_FORWARDED_FOR=f"192.0.2.{number}, {other}")
        assert is_slowed(answer)
        victim = "192.0.2.201"
        for _ in range(6):
            try_(user.email, X_FORWARDED_FOR=f"{victim}, {other}")
        assert gets_on(try_(user.email, PASSWORD, X_FORWARDED_FOR=victim))

    def test_signing_in_well_uses_nothing_up(self, user):
        assert all(gets_on(try_(user.email, PASSWORD)) for _ in range(12))

    def test_codes_of_the_second_step_are_limited(self, user):
        client = Client(REMOTE_ADDR=HERE)
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        answers = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _ in range(6)]
        assert [is_slowed(answer) for answer in answers] == [False] * 5 + [True]

    @pytest.mark.parametrize("page", ["account_reauthenticate", "mfa_reauthenticate"])
    def test_showing_once_more_who_one_is_is_limited(self, user, page):
        client = come_in(Client(REMOTE_ADDR=HERE), user)
        wrong = {"password": "wrong", "code": "000000"}
        answers = [client.post(reverse(page), wrong) for _ in range(11)]
        assert (is_slowed(answers[0]), is_slowed(answers[-1])) == (False, True)

    def test_links_of_invitations_are_not_tried_without_end(self):
        client = Client(REMOTE_ADDR=HERE)
        address = reverse("web:invitation", args=["x" * 40])
        answers = [client.get(address).status_code for _ in range(61)]
        assert set(answers[:60]) == {404}
        last = client.get(address)
        assert (last.status_code, last.headers["Retry-After"]) == (429, "600")
        assert "Nothing is lost" in last.content.decode()

    def test_letters_for_a_new_password_are_limited(self, user, mailoutbox):
        for _ in range(8):
            typed = {"email": user.email}
            Client(REMOTE_ADDR=HERE).post(reverse("account_reset_password"), typed)
        assert len(mailoutbox) == 5


@pytest.mark.django_db
@pytest.mark.asvs("6.3.8")
class TestTellsNothing:
    def test_unknown_wrong_and_closed_look_alike_and_take_as_long(self, user, agency):
        closed = _user(agency, "gone@row.example")
        closed.is_active = False
        closed.save()
        told = []
        for email in (user.email, "nobody@row.example", closed.email):
            with (
                patch.object(
                    Argon2PasswordHasher, "encode", autospec=True, side_effect=_ENCODE
                ) as made,
                patch.object(
                    Argon2PasswordHasher, "verify", autospec=True, side_effect=_VERIFY
                ) as checked,
            ):
                answer = try_(email)
            page = answer.content.decode().replace(email, "")
            told.append((answer.status_code, _bare(page), made.call_count + checked.call_count))
        assert told[0] == told[1] == told[2]
        assert told[0][2] == 1

    def test_a_new_password_is_promised_to_anyone_in_the_same_words(self, user):
        answers = [
            Client(REMOTE_ADDR=HERE).post(reverse("account_reset_password"), {"email": email})
            for email in (user.email, "nobody@row.example")
        ]
        told = [(answer.status_code, answer.headers["Location"]) for answer in answers]
        assert told[0] == told[1]

    def test_a_link_of_nobody_and_one_that_is_over_look_alike(self, agency):
        pages = [
            Client()
            .get(reverse("web:invitation", args=[secret]))
            .content.decode()
            .replace(secret, "")
            for secret in ("x" * 40, "y" * 40)
        ]
        assert _bare(pages[0]) == _bare(pages[1])


_ENCODE, _VERIFY = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify


def _bare(page: str) -> list[str]:
    """A page without what is new on each: tokens and nonces."""
    return [
        line for line in page.splitlines() if "csrf" not in line.lower() and "nonce" not in line
    ]


@pytest.mark.django_db
class TestSpareCodes:
    def _client(self, user) -> Client:
        client = come_in(Client(REMOTE_ADDR=HERE), user)
        session = client.session
        session["account_authentication_methods"][0]["reauthenticated"] = True
        session.save()
        return client

    @pytest.mark.asvs("6.5.1")
    def test_they_are_shown_once_and_printed_then_counted(self, user):
        client = self._client(user)
        answer = client.post(reverse("mfa_generate_recovery_codes"))
        page = client.get(answer["Location"]).content.decode()
        kept = Authenticator.objects.get(user=user, type="recovery_codes")
        codes = RecoveryCodes(kept).get_unused_codes()
        assert (len(codes), all(code in page for code in codes), "data-print" in page) == (
            10,
            True,
            True,
        )
        again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
        assert (any(code in again for code in codes), "10 codes are left" in again) == (
            False,
            True,
        )
        assert codes[0] not in str(kept.data)

    def test_each_opens_once_and_new_ones_end_the_old(self, user):
        codes = RecoveryCodes(RecoveryCodes.activate(user).instance).get_unused_codes()
        assert [self._enter(user, codes[0]), self._enter(user, codes[0])] == [True, False]
        page = self._client(user).get(reverse("mfa_index")).content.decode()
        assert "9 spare codes left" in page
        self._client(user).post(reverse("mfa_generate_recovery_codes"))
        assert self._enter(user, codes[1]) is False

    def _enter(self, user, code: str) -> bool:
        client = Client(REMOTE_ADDR=HERE)
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})
        return client.get(reverse("web:more")).status_code == 200


def test_limits_live_in_the_database():
    """One number for all processes of the server, and no other machine needed for it."""
    assert django_settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
