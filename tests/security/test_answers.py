"""What every answer says about itself, and what an error never says."""

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from tests.security.test_matrix import cells, in_session_of
from tests.security.world import a_side, kwargs_of

KINDS = {
    "application/fhir+json",
    "text/html",
    "text/csv",
    "application/json",
    "text/javascript",
    "text/plain",
}
KINDS |= {"application/toml", "application/pdf", "application/zip", "image/png", "image/jpeg"}
# The phone is in the participant's hands: these lead on and back, and nowhere into the record.
HANDED_OVER = {"note_together", "plan_update_stage", "update_read"}
WITH_LETTERS = ("text/", "application/json")


@pytest.fixture
def side(db):
    return a_side("Zaunkoenig")


@pytest.fixture
def client(side):
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.get_or_create(agency=side.agency, user=user, role=role.value)
    return in_session_of(user)


def pages(client, side):
    for route, _requires, ids in cells():
        answer = client.get(reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids)))
        if answer.status_code == 200:
            yield route, answer


@pytest.mark.asvs("4.1.1", "7.4.4")
def test_every_answer_says_what_it_is_and_every_page_offers_to_sign_out(client, side):
    wrong, seen = [], 0
    for route, answer in pages(client, side):
        kind, _semicolon, letters = answer.headers.get("Content-Type", "").partition(";")
        if kind not in KINDS:
            wrong.append((route, kind))
        if kind.startswith(WITH_LETTERS) and kind != "application/json":
            wrong += [(route, letters)] * ("charset=utf-8" not in letters.lower())
        if kind == "text/html" and not answer.streaming and b"<html" in answer.content:
            seen += 1
            # Signing out is the last thing on More, which every page's bar leads to.
            ways = (b'action="/account/logout/"', b'href="/more/"')
            out = route in HANDED_OVER or any(way in answer.content for way in ways)
            wrong += [] if out else [(route, "no way out")]
    assert (wrong, seen > 60) == ([], True)


@pytest.mark.asvs("13.4.2")
def test_debug_is_off():
    assert (settings.DEBUG, "debug" in str(settings.INSTALLED_APPS)) == (False, False)


@pytest.mark.asvs("13.4.3", "13.4.4", "13.4.5")
@pytest.mark.parametrize(
    "address",
    [
        "/static/",
        "/static/web/",
        "/files/",
        "/media/",
        "/docs",
        "/openapi.json",
        "/metrics",
        "/admin/",
        "/.git/config",
        "/api/",
        "/server-status",
        "/static/../config/settings.py",
    ],
)
def test_no_listing_no_docs_in_the_open(client, address):
    answer = client.get(address)
    assert (answer.status_code, "Traceback" in str(answer.content)) == (404, False)


@pytest.mark.asvs("13.4.4")
def test_trace_gives_nothing_back(client):
    answer = client.trace("/", headers={"x-canary": "Zaunkoenig"})
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.asvs("16.5.1", "16.5.3")
def test_an_error_page_says_nothing_inside(client, monkeypatch):
    def broken(*_arguments, **_named):
        raise RuntimeError("Zaunkoenig at /srv/alongside, key abc")

    monkeypatch.setattr("alongside.web.views.more.render", broken)
    answer = client.get(reverse("web:more"))
    told = answer.content.decode()
    hidden = [word for word in ("Zaunkoenig", "RuntimeError", "Traceback", "/srv") if word in told]
    assert (answer.status_code, hidden) == (500, [])
