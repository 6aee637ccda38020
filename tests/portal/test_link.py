"""A referrer's way in: a link that works once, and afterwards a code that is mailed to them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.accounts.queries import link_hash
from alongside.audit.models import AuditEvent
from alongside.core.refusal import Refused
from alongside.referrals.actions import referrers as actions
from alongside.referrals.models import Referrer, ReferrerLink
from alongside.referrals.rules import links as rules
from alongside.referrals.rules.links import LinkFacts, Standing
from tests.factories import NOW, ReferrerFactory, UserFactory
from tests.portal.conftest import PAT

AGO, SOON = NOW - timedelta(days=1), NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


@pytest.fixture
def given(desk):
    """A link of the desk and its secret."""
    return actions.give_link(PAT, by=desk, at=NOW)


def opened(secret: str, client: Client | None = None, method: str = "get"):
    return getattr(client or Client(), method)(reverse("portal:link", args=[secret]))


@pytest.mark.parametrize(
    ("link", "active", "where"),
    [
        pytest.param(None, None, Standing.NO_LINK, id="no link"),
        pytest.param(LinkFacts(SOON), None, Standing.LINK_OPEN, id="open"),
        pytest.param(LinkFacts(AGO), None, Standing.LINK_OLD, id="too old"),
        pytest.param(LinkFacts(SOON, taken_back=True), None, Standing.NO_LINK, id="taken back"),
        pytest.param(LinkFacts(SOON, used=True), True, Standing.IN, id="came in"),
        pytest.param(LinkFacts(SOON), False, Standing.CLOSED, id="closed"),
    ],
)
def test_where_a_referrer_stands(link, active, where):
    assert rules.standing(link, active=active, at=NOW) is where


@pytest.mark.django_db
@pytest.mark.asvs("6.4.1")
def test_opening_the_link_changes_nothing_and_the_button_opens_it_once(given):
    secret = given[1]
    for _scanner in range(3):
        page = opened(secret)
        assert (page.status_code, "Pat Olsen" in page.content.decode()) == (200, True)
    assert User.objects.filter(email=PAT.email).count() == 0
    client = Client()
    assert opened(secret, client, "post").url == reverse("portal:home")
    assert client.get(reverse("portal:home")).status_code == 200
    user = User.objects.get(email=PAT.email)
    assert (user.has_usable_password(), Referrer.objects.get().user) == (False, user)
    assert [grant.role for grant in user.role_grants.all()] == ["referrer"]
    again = opened(secret, method="post")
    assert (again.status_code, "does not work any more" in again.content.decode()) == (404, True)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"referrer.link-given", "referrer.came-in", "user.joined", "user.signed-in"} <= verbs


@pytest.mark.django_db
@pytest.mark.asvs("6.5.2", "6.5.3")
def test_only_the_hash_is_kept(given):
    link, secret = given
    assert (link.link_hash, len(secret) >= 43) == (link_hash(secret), True)
    assert secret not in str(ReferrerLink.objects.values().get())


@pytest.mark.django_db
@pytest.mark.practice("PSP-5")
def test_who_asks_for_themselves_is_told_plainly_whom_to_ask(given, agency):
    agency.phone = "715-555-0142"
    agency.save()
    page = opened(given[1]).content.decode()
    for words in (
        "Call us at <b>715-555-0142</b>. You can ask by yourself.",
        "it is not lost",
        "Family treatment court</b>: ask their county social worker",
        "Comprehensive Community Services (CCS)</b>: ask their CCS service facilitator",
    ):
        assert words in page


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["used_at", "taken_back_at", "expires_at"])
def test_a_link_that_is_over_says_so_in_one_sentence(given, change):
    link, secret = given
    ReferrerLink.objects.filter(pk=link.pk).update(**{change: NOW - timedelta(minutes=1)})
    for method in ("get", "post"):
        page = opened(secret, method=method)
        assert (page.status_code, "This link does not work any more" in page.content.decode()) == (
            404,
            True,
        )
    assert User.objects.filter(email=PAT.email).count() == 0
    guessed, over = opened("guessed"), opened(secret)
    # Of what was asked for the page holds its address alone, for the switch of languages.
    assert guessed.status_code == over.status_code
    assert len(guessed.content.replace(b"guessed", b"")) == len(
        over.content.replace(secret.encode(), b"")
    )


@pytest.mark.django_db
def test_someone_else_signed_in_is_told_and_nothing_happens(given, agency, signed_in):
    _link, secret = given
    colleague = signed_in(UserFactory(agency=agency, roles=[Role.SUPPORTER]))
    for method in ("get", "post"):
        page = opened(secret, colleague, method)
        assert (page.status_code, "Someone else is signed in here" in page.content.decode()) == (
            409,
            True,
        )
    assert (User.objects.filter(email=PAT.email).count(), ReferrerLink.objects.get().used_at) == (
        0,
        None,
    )
    assert opened(secret, method="post").status_code == 302


@pytest.mark.django_db
def test_a_new_link_ends_the_one_before_and_leads_to_the_same_account(desk, given):
    first = opened(given[1], method="post")
    user = User.objects.get(email=PAT.email)
    _new, second = actions.give_link(PAT, referrer_id=Referrer.objects.get().pk, by=desk, at=NOW)
    _newer, third = actions.give_link(PAT, by=desk, at=NOW)
    assert (first.status_code, opened(second).status_code) == (302, 404)
    assert opened(third, method="post").status_code == 302
    assert (User.objects.filter(email=PAT.email).get(), Referrer.objects.count()) == (user, 1)


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
def test_who_takes_over_a_desk_gets_a_link_of_their_own(desk, come_in):
    """What was consented for one by name is not read by the next one at that desk."""
    come_in()
    known = Referrer.objects.get()
    successor = replace(PAT, name="Lou Berg", email="lou@county.example")
    with pytest.raises(Refused) as refused:
        actions.give_link(successor, referrer_id=known.pk, by=desk, at=NOW)
    assert (refused.value.refusal.code, Referrer.objects.get().name) == ("another", "Pat Olsen")
    actions.give_link(successor, by=desk, at=NOW)
    assert Referrer.objects.count() == 2
    for more in ({"name": "Pat Olsen-Berg"}, {"email": "olsen@county.example"}):
        actions.give_link(replace(PAT, **more), referrer_id=known.pk, by=desk, at=NOW)
        actions.give_link(PAT, referrer_id=known.pk, by=desk, at=NOW)


@pytest.mark.django_db
def test_a_new_link_ends_where_the_lost_way_in_was_open(desk, come_in, signed_in):
    before = signed_in(come_in())
    assert before.get(reverse("portal:home")).status_code == 200
    come_in()
    assert before.get(reverse("portal:home")).status_code == 302


@pytest.mark.django_db
def test_with_a_new_address_the_keys_of_the_old_one_are_gone(desk, come_in):
    user = come_in()
    user.set_password("otter meadow lantern")
    user.save()
    TOTP.activate(user, generate_totp_secret())
    known = Referrer.objects.get()
    actions.give_link(PAT, referrer_id=known.pk, by=desk, at=NOW)
    assert Authenticator.objects.filter(user=user).exists()
    moved = replace(PAT, email="olsen@county.example")
    _link, way = actions.give_link(moved, referrer_id=known.pk, by=desk, at=NOW)
    opened(way, method="post")
    user.refresh_from_db()
    assert (user.email, user.has_usable_password()) == ("olsen@county.example", False)
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "code"),
    [
        pytest.param({"email": ""}, "no-address", id="no address"),
        pytest.param({"name": " "}, "no-name", id="no name"),
        pytest.param({"email": "rosa@agency.example"}, "address-taken", id="a colleague's address"),
    ],
)
def test_why_a_link_is_not_given(desk, agency, who, code):
    UserFactory(agency=agency, email="rosa@agency.example", roles=[Role.SUPPORTER])
    new = type(PAT)(**{**vars(PAT), **who})
    with pytest.raises(Refused) as refused:
        actions.give_link(new, by=desk, at=NOW)
    assert (refused.value.refusal.code, Referrer.objects.count()) == (code, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_only_the_desk_gives_links(actor, role):
    with pytest.raises(Refused) as refused:
        actions.give_link(PAT, by=actor(role), at=NOW)
    assert refused.value.refusal.code == "not-desk"


@pytest.mark.django_db
@pytest.mark.asvs("7.4.2")
def test_closing_the_access_shuts_every_session_at_once(desk, come_in, signed_in):
    user = come_in()
    client = signed_in(user)
    assert client.get(reverse("portal:home")).status_code == 200
    actions.close_access(Referrer.objects.get().pk, by=desk, at=NOW)
    assert client.get(reverse("portal:home")).status_code == 302
    actions.open_access(Referrer.objects.get().pk, by=desk, at=NOW)
    assert client.get(reverse("portal:home")).status_code == 302
    assert signed_in(User.objects.get(pk=user.pk)).get(reverse("portal:home")).status_code == 200


def ask_for_a_code(email: str) -> tuple[Client, str]:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    return client, client.get(reverse("account_confirm_login_code")).content.decode()


@pytest.mark.django_db
def test_they_come_back_by_a_code_that_is_mailed_to_them(come_in):
    come_in()
    client, _page = ask_for_a_code(PAT.email)
    letter = mail.outbox[0]
    code = code_in(letter)
    assert (letter.subject, letter.to) == ("A code for you", [PAT.email])
    assert (code is not None, "Pat" in letter.body, "Milkweed" in letter.body) == (
        True,
        False,
        False,
    )
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "wrong"})
    assert "This code is not right" in wrong.content.decode()
    right = client.post(reverse("account_confirm_login_code"), {"code": code[0]})
    assert right.url == reverse("portal:home")
    assert client.get(right.url).status_code == 200


def code_in(letter) -> re.Match[str] | None:
    return re.search(r"^\S*[A-Z0-9]{3,}\S*$", letter.body, re.MULTILINE)


@pytest.mark.django_db
@pytest.mark.asvs("6.5.1", "6.6.2")
def test_a_code_opens_the_window_that_asked_and_opens_it_once(come_in):
    come_in()
    first, _page = ask_for_a_code(PAT.email)
    code = code_in(mail.outbox[0])
    other, _page = ask_for_a_code(PAT.email)
    confirm = reverse("account_confirm_login_code")
    assert other.post(confirm, {"code": code[0]}).status_code == 200
    assert first.post(confirm, {"code": code[0]}).url == reverse("portal:home")
    first.post(reverse("account_logout"))
    assert first.post(confirm, {"code": code[0]}).url == reverse("account_request_login_code")


@pytest.mark.django_db
@pytest.mark.asvs("6.5.4", "6.5.5", "6.6.3")
def test_a_code_is_over_after_ten_minutes_or_three_wrong_tries(come_in, now):
    come_in()
    confirm, door = reverse("account_confirm_login_code"), reverse("account_request_login_code")
    client, _page = ask_for_a_code(PAT.email)
    answers = [client.post(confirm, {"code": "WRONG"}) for _try in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert client.post(confirm, {"code": code_in(mail.outbox[0])[0]}).url == door
    client, _page = ask_for_a_code(PAT.email)
    code = code_in(mail.outbox[1])[0]
    assert len(re.sub(r"\W", "", code)) >= 6
    with time_machine.travel(now + timedelta(minutes=11)):
        assert client.post(confirm, {"code": code}).url == door


@pytest.mark.django_db
@pytest.mark.asvs("6.3.8")
def test_a_colleague_and_a_stranger_get_no_code_and_the_same_answer(come_in, agency):
    come_in()
    UserFactory(agency=agency, email="rosa@agency.example", roles=[Role.SUPPORTER])
    pages = {}
    for email in (PAT.email, "rosa@agency.example", "nobody@elsewhere.example"):
        _client, page = ask_for_a_code(email)
        token = re.compile(r'(nonce|value|X-CSRFToken)(&quot;|")?[=:]\s?"[^"]+"')
        pages[email] = token.sub("", page.replace(email, "them"))
    assert len(set(pages.values())) == 1
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert [to for to, subject in subjects.items() if subject == "A code for you"] == [PAT.email]


@pytest.mark.django_db
def test_a_password_alone_opens_one_page_and_a_second_step_the_rest(come_in):
    user = come_in()
    user.set_password("walks-alongside-2026")
    user.save()
    client = Client()
    typed = {"login": PAT.email, "password": "walks-alongside-2026"}
    assert client.post(reverse("account_login"), typed).url == reverse("portal:home")
    assert client.get(reverse("portal:home")).url == reverse("portal:second_step")
    assert client.get(reverse("portal:second_step")).status_code == 200
    assert client.get("/").status_code == 404


@pytest.mark.django_db
def test_two_of_one_name_stay_two(desk, agency):
    ReferrerFactory(agency=agency, name="Pat Olsen", role=PAT.role, email="other@county.example")
    actions.give_link(PAT, by=desk, at=NOW)
    assert Referrer.objects.filter(name="Pat Olsen").count() == 2


PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0"


@pytest.fixture
def three(come_in):
    """A phone and two desks of one referrer, who came in on each by a code."""
    come_in()
    clients = [Client(headers={"user-agent": agent}) for agent in (PHONE, DESK, DESK)]
    for client in clients:
        client.post(reverse("account_request_login_code"), {"email": PAT.email})
        code = code_in(mail.outbox[-1])[0]
        client.post(reverse("account_confirm_login_code"), {"code": code})
    return clients


def is_in(client: Client) -> bool:
    return client.get(reverse("portal:home")).status_code == 200


@pytest.mark.django_db
def test_a_referrer_sees_where_they_are_signed_in_and_ends_it_there(three):
    page = three[0].get(reverse("portal:referrer_devices"))
    told = [(device.words, device.here) for device in page.context["devices"]]
    assert sorted(told) == [
        ("Firefox on a Windows computer", False),
        ("Firefox on a Windows computer", False),
        ("Safari on an iPhone", True),
    ]
    out, number = reverse("portal:referrer_devices_out"), page.context["devices"][1].id
    three[0].post(out, {"device": number}, follow=True)
    assert sorted(map(is_in, three)) == [False, True, True]
    assert three[0].post(out, {"device": number}).status_code == 404
    three[0].post(out)
    assert [is_in(client) for client in three] == [True, False, False]
    verbs = ["user.device-signed-out", "user.signed-out-elsewhere"]
    assert sorted(AuditEvent.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == verbs


@pytest.mark.django_db
def test_the_device_of_someone_else_is_absent_to_a_referrer(three, agency, signed_in):
    page = three[0].get(reverse("portal:referrer_devices"))
    other = signed_in(UserFactory(agency=agency, roles=[Role.REFERRER]))
    number = page.context["devices"][0].id
    assert other.post(reverse("portal:referrer_devices_out"), {"device": number}).status_code == 404
    assert is_in(three[0])
