"""Doors: who is let through, the first page, and one-click sign-in on this machine only."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, User
from alongside.audit.models import AuditEvent
from alongside.web.access import from_loopback, requires
from alongside.web.apps import refuse_demo_off_loopback
from alongside.web.views.first_run import set_up_token
from tests.factories import UserFactory

HERE = {"SERVER_NAME": "localhost", "REMOTE_ADDR": "127.0.0.1"}
BEGIN = {
    "agency": "Milkweed Row",
    "time_zone": "America/Chicago",
    "name": "Ana Brandt",
    "email": "ana@row.example",
    "password": "willow river morning",
    "password_again": "willow river morning",
}


@pytest.fixture
def near() -> Client:
    return Client(**HERE)


@pytest.mark.parametrize(
    ("more", "near"),
    [
        pytest.param({}, True, id="this machine"),
        pytest.param(
            {"SERVER_NAME": "::1", "REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"},
            True,
            id="by IPv6",
        ),
        pytest.param({"HTTP_HOST": "127.0.0.1:8000"}, True, id="by number"),
        pytest.param({"REMOTE_ADDR": "192.168.1.7"}, False, id="another machine"),
        pytest.param({"REMOTE_ADDR": ""}, False, id="no address"),
        pytest.param({"HTTP_HOST": "agency.example"}, False, id="another name"),
        pytest.param({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False, id="through a proxy"),
    ],
)
def test_from_loopback(more, near, settings):
    settings.ALLOWED_HOSTS = ["*"]
    request = RequestFactory().get("/", **{**HERE, **more})
    assert from_loopback(request) is near


def test_hidden_and_absent_look_the_same(actor, agency, rf):
    @requires()
    def look(request):
        return HttpResponse(User.objects.get(email="nobody@row.example"))

    request = rf.get("/")
    request.actor, request.session = actor(Role.SUPPORTER), {}
    with pytest.raises(Http404):
        look(request)


@pytest.mark.asvs("6.3.2")
@pytest.mark.django_db
def test_an_empty_installation_leads_to_its_first_page(near):
    assert near.get("/")["Location"] == reverse("web:start")
    answer = near.post(reverse("web:start"), BEGIN)
    assert (answer["Location"], Agency.objects.get().name) == (
        reverse("web:checklist"),
        "Milkweed Row",
    )
    assert near.get(reverse("web:checklist"))["Location"] == reverse("web:second_factor")


@pytest.mark.django_db
def test_the_first_page_is_gone_once_someone_began(near, agency):
    UserFactory(agency=agency)
    assert [
        near.get(reverse("web:start")).status_code,
        near.post(reverse("web:start"), BEGIN).status_code,
    ] == [404, 404]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        pytest.param(
            {"password": "short", "password_again": "short"}, "too short", id="a short password"
        ),
        pytest.param({"password_again": "other river morning"}, "not the same", id="two passwords"),
        pytest.param({"email": "ana"}, "like name@example.org", id="no address"),
        pytest.param({"agency": ""}, "required", id="no name"),
    ],
)
def test_the_first_page_says_what_to_look_at(near, wrong, words):
    answer = near.post(reverse("web:start"), {**BEGIN, **wrong})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (Agency.objects.count(), User.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_from_another_machine_only_the_link_of_the_command_opens_it(capsys):
    far = Client(SERVER_NAME="localhost", REMOTE_ADDR="192.168.1.7")
    start = reverse("web:start")
    answers = [far.get(start), far.post(start, BEGIN), far.get(start, {"token": "x" * 24})]
    assert [answer.status_code for answer in answers] == [403] * 3
    call_command("set_up_link", base="https://agency.example")
    link = capsys.readouterr().out.strip()
    assert link == f"https://agency.example/start/?token={set_up_token()}"
    assert far.get(link.removeprefix("https://agency.example")).status_code == 200
    assert far.post(start, BEGIN).status_code == 302


@pytest.mark.django_db
def test_the_command_is_silent_about_the_link_afterwards(agency):
    UserFactory(agency=agency)
    with pytest.raises(CommandError, match="Sign in there"):
        call_command("set_up_link")


@pytest.fixture
def demo(settings, agency):
    settings.DEMO = True
    return UserFactory(
        agency=agency, name="Rosa Quaas", email="rosa@demo.example", roles=[Role.SUPPORTER]
    )


def test_one_click_signs_in_on_this_machine(near, demo):
    page = near.get(reverse("web:demo")).content.decode()
    assert ("Rosa Quaas" in page, "Supporter" in page, "Billing" in page) == (True, True, False)
    answer = near.post(f"{reverse('web:demo')}?next=/more/", {"who": demo.email})
    assert (answer["Location"], near.get("/more/").status_code) == ("/more/", 200)
    verbs = list(AuditEvent.objects.values_list("verb", "detail"))
    assert verbs == [("user.signed-in", {"how": "demo"})]


def test_one_click_is_absent_from_elsewhere(demo):
    for far in (
        Client(SERVER_NAME="localhost", REMOTE_ADDR="192.168.1.7"),
        Client(**HERE, HTTP_X_FORWARDED_FOR="10.0.0.1"),
    ):
        answers = [far.get(reverse("web:demo")), far.post(reverse("web:demo"), {"who": demo.email})]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert "_auth_user_id" not in far.session


def test_one_click_needs_demo_mode(near, demo, settings):
    settings.DEMO = False
    answers = [near.get(reverse("web:demo")), near.post(reverse("web:demo"), {"who": demo.email})]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.asvs("3.7.2")
def test_a_click_leads_nowhere_else(near, demo):
    answer = near.post(
        f"{reverse('web:demo')}?next=https://elsewhere.example/", {"who": demo.email}
    )
    assert answer["Location"] == "/"


def test_someone_unknown_or_shut_out_is_not_signed_in(near, demo):
    User.objects.update(is_active=False)
    codes = [near.post(reverse("web:demo"), {"who": who}).status_code for who in (demo.email, "x")]
    assert codes == [404, 404]


def test_in_demo_mode_the_door_is_the_demo_page(near, demo):
    assert near.get("/more/")["Location"] == "/demo/?next=/more/"


@pytest.mark.asvs("15.2.3")
def test_demo_mode_off_this_machine_does_not_start(settings):
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["localhost", "agency.example"]
    with pytest.raises(ImproperlyConfigured, match="runs on this machine only"):
        refuse_demo_off_loopback()
    settings.ALLOWED_HOSTS = ["localhost"]
    refuse_demo_off_loopback()


def test_the_process_itself_refuses(tmp_path):
    environment = {
        **os.environ,
        "ALONGSIDE_DATA": str(tmp_path),
        "ALONGSIDE_DEMO": "1",
        "ALONGSIDE_HOSTS": "agency.example",
    }
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, "Demo mode signs people in" in ended.stderr) == (1, True)
