"""Whatever is typed stays text: in pages, queries, letters, the log and sentences."""

import ast
import io
import logging

import pytest
from django.core import mail
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from alongside.config.logs import WithoutWords
from alongside.encounters.models import Encounter
from alongside.people.models import Participant
from tests.architecture.source import name_of, python_files, tree
from tests.security.test_matrix import cells, in_session_of
from tests.security.test_once import hidden
from tests.security.world import a_side, kwargs_of

MARKUP = "Tea <script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{ 7|add:7 }} {% now %}"
SQL = "x' OR '1'='1'; DROP TABLE people_participant; --"
# Where SQL is written out: the log, the walls of PostgreSQL, and upkeep of the database.
BY_HAND = {"accounts", "audit", "config", "reporting", "retention", "tenancy"}
BRACES = "{0.__class__} {name} %s %(name)s %n {"


@pytest.fixture
def side(db):
    return a_side("Zaunkoenig")


@pytest.fixture
def client(side):
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.get_or_create(agency=side.agency, user=user, role=role.value)
    return in_session_of(user)


def facts(client, side, **changed):
    """The form with someone's facts, as a browser would send it."""
    address = reverse("web:participant_facts", args=[side.ids["participant_id"]])
    sent = {**hidden(client.get(address).content.decode()), "name": "Gia Rivera", **changed}
    return client.post(address, sent)


@pytest.mark.asvs("1.1.2", "1.2.1")
def test_what_is_typed_is_shown_as_text(client, side):
    assert facts(client, side, name=MARKUP, own_words=MARKUP).status_code == 302
    Encounter.objects.filter(pk=side.ids["encounter_id"]).update(what_we_did=MARKUP)
    shown, ran = 0, []
    for route, _requires, ids in cells():
        page = client.get(reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids)))
        if page.headers.get("Content-Type", "").startswith("text/html") and not page.streaming:
            words = page.content.decode()
            shown += "&lt;script&gt;alert(1)" in words
            ran += [route] * ("<script>alert" in words or "<img src=x" in words)
    assert (ran, shown > 5) == ([], True)


@pytest.mark.asvs("1.2.4")
def test_no_query_is_put_together_from_what_is_typed():
    """SQL by hand stands in a few files, and takes what is typed as arguments only."""
    by_hand, loose = set(), []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).split(".")[-1]
            if name in ("raw", "extra", "RawSQL"):
                loose.append(f"{name_of(path)}:{node.lineno} {name}")
            if name in ("execute", "executemany"):
                by_hand.add(name_of(path).split("/")[0])
    assert (loose, by_hand) == ([], BY_HAND)


@pytest.mark.asvs("1.2.4")
@pytest.mark.parametrize("route", ["referrals_search", "audit_find", "participants"])
def test_a_search_for_sql_finds_nothing_and_harms_nothing(client, route):
    before = Participant.objects.count()
    answer = client.post(reverse(f"web:{route}"), {"words": SQL})
    assert (answer.status_code, Participant.objects.count()) == (200, before)


@pytest.mark.asvs("1.3.10")
def test_braces_and_percent_signs_are_only_letters(client, side):
    assert facts(client, side, name=BRACES, own_words=BRACES).status_code == 302
    page = client.get(reverse("web:participant", args=[side.ids["participant_id"]]))
    assert (page.status_code, "{0.__class__} {name} %s" in page.content.decode()) == (200, True)


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize(
    "email",
    [
        pytest.param("a@row.example\r\nBcc: b@row.example", id="another receiver"),
        pytest.param("a@row.example\nSubject: Hello", id="another subject"),
        pytest.param("a@row.example, b@row.example", id="two addresses"),
        pytest.param('"a"@row.example>\r\nRCPT TO:<b@row.example', id="a command"),
    ],
)
def test_a_line_end_in_an_address_sends_nothing(client, email):
    body = {"name": "Bo", "email": email, "roles": ["billing"]}
    answer = client.post(reverse("web:invite"), body)
    assert (answer.status_code, mail.outbox) == (422, [])


@pytest.mark.asvs("16.4.1")
def test_a_line_end_makes_no_line_in_the_log(client):
    shown = io.StringIO()
    handler = logging.StreamHandler(shown)
    handler.setFormatter(WithoutWords())
    logging.getLogger().addHandler(handler)
    try:
        client.get("/nothing%0AERROR all is lost%0D%0A/")
        client.get("/", headers={"host": "elsewhere.example\nERROR all is lost"})
    finally:
        logging.getLogger().removeHandler(handler)
    lines = [line for line in shown.getvalue().splitlines() if line.startswith("ERROR")]
    assert (lines, shown.getvalue() != "") == ([], True)


@pytest.mark.asvs("15.3.3")
def test_fields_no_form_has_change_nothing(client, side):
    row = Participant.objects.get(pk=side.ids["participant_id"])
    more = {"agency": "1", "agency_id": "1", "voided_at": "2026-01-01", "same_as": "1", "id": "1"}
    assert facts(client, side, pronouns="she", batch_id="1", **more).status_code == 302
    after = Participant.objects.get(pk=row.pk)
    kept = ("agency_id", "voided_at", "same_as_id", "batch_id")
    assert after.pronouns == "she"
    assert [getattr(after, name) for name in kept] == [getattr(row, name) for name in kept]


@pytest.mark.asvs("15.3.7")
def test_a_value_given_twice_breaks_nothing(client, side):
    broken = []
    for route, _requires, ids in cells():
        address = reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids))
        for answer in (
            client.get(f"{address}?after=1&after=2&status=a&status=b&words=x&words=y"),
            client.post(address, {"name": ["a", "b"], "words": ["x", "y"], "on": ["1", "2"]}),
        ):
            broken += [route] * (answer.status_code >= 500)
    assert broken == []
