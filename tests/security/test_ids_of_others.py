"""An id in a form that a row of another agency holds, where nobody here can see it: no error, and
nothing lost. Behind the walls of PostgreSQL only the database itself knows that it is taken."""

import re
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from alongside.core.ids import new_id
from alongside.plans.models import PrivateWorksheet
from tests.security import test_matrix as matrix
from tests.security import test_portal_matrix as portal
from tests.security.test_once import FORMS, hidden
from tests.security.world import a_side, kwargs_of

A_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ONCE = {form.values[0]: form.values[2] for form in FORMS}
MORE = {
    "attempt": {"ending": "no_answer", "encounter_id": ""},
    "identifier_new": {"kind": "other", "label": "Bus pass", "value": "A 17"},
    "milestone_new": {"kind": "other", "words": "A year", "on": "2026-11-01"},
    "away": matrix.AWAY,
}


@pytest.fixture
def sides(db):
    return a_side("Zaunkoenig"), a_side("Wiedehopf")


def with_every_role(side):
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.get_or_create(agency=side.agency, user=user, role=role.value)
    return matrix.in_session_of(user)


def made_by_the_form(client, address, body):
    """What the page sends along, and the names of the ids that it made for this form."""
    before = str(new_id())
    page = client.get(address)
    shown = page.status_code == 200 and page["Content-Type"].startswith("text/html")
    sent = hidden(page.content.decode()) if shown else {}
    fresh = {name for name, value in sent.items() if A_KEY.fullmatch(value) and value > before}
    fresh |= {name for name, value in body.items() if str(value).startswith("b3a8e1f0-")}
    return {**sent, **body}, fresh


def answers(address_of, body, ours, theirs):
    """How both answer to the same id, theirs first; ``None`` where the form makes none."""
    (our_client, us), (their_client, them) = ours, theirs
    sent, fresh = made_by_the_form(our_client, address_of(us), body)
    if not fresh:
        return None
    taken = dict.fromkeys(fresh, str(uuid4()))
    their_form, _fresh = made_by_the_form(their_client, address_of(them), body)
    first = their_client.post(address_of(them), {**their_form, **taken})
    return first.status_code, our_client.post(address_of(us), {**sent, **taken}).status_code


def walk(cells, bodies, name_of, ours, theirs):
    """Each route's two answers; the world is put back after each."""
    found = {}
    for route, _requires, ids in cells:
        with transaction.atomic():

            def address_of(side, route=route, ids=ids):
                return reverse(name_of(route), kwargs=kwargs_of(side, route, ids))

            found[route] = answers(address_of, bodies.get(route, {}), ours, theirs)
            transaction.set_rollback(True)
    return {route: said for route, said in found.items() if said}


def wrong(found):
    return {route: said for route, said in found.items() if said[0] < 400 <= said[1]}


# A note keeps its address: the words stay on the page, with one sentence.
KEEP_THEIR_ADDRESS = {"note_new": (302, 422), "hand_off_new": (302, 422)}


@pytest.mark.asvs("8.2.2")
def test_forms_of_colleagues(sides):
    ours, theirs = [(with_every_role(side), side) for side in sides]
    bodies = {**matrix.BODIES, **ONCE, **MORE}
    found = walk(matrix.cells(), bodies, "web:{}".format, ours, theirs)
    assert {route: said for route, said in found.items() if max(said) >= 500} == {}
    assert wrong(found) == KEEP_THEIR_ADDRESS
    assert len([said for said in found.values() if said[0] == 302]) > 20


@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize(("who", "at_least"), [("participant", 3), ("referrer", 2)])
def test_forms_of_the_portal(sides, who, at_least):
    ours, theirs = [(matrix.in_session_of(side.users[who]), side) for side in sides]
    for side in sides:
        side.ids["page"] = "way"
    found = walk(portal.cells(), portal.BODIES, "portal:{}".format, ours, theirs)
    assert {route: said for route, said in found.items() if max(said) >= 500} == {}
    assert wrong(found) == {}
    assert len([said for said in found.values() if said[0] == 302]) >= at_least


@pytest.mark.asvs("8.2.2")
def test_a_private_worksheet_that_is_someone_elses(sides):
    ours, theirs = [(with_every_role(side), side) for side in sides]
    address = reverse("web:private_worksheet_save", args=[new_id()])
    sent = {"tool": "self-care", "practices": "A walk"}
    urls = {client.post(address, sent).json()["url"] for client, _side in (theirs, ours)}
    assert len(urls) == 2
    assert {ours[0].get(url).status_code for url in urls} == {200, 404}
    assert PrivateWorksheet.objects.filter(owner=ours[1].users["supporter"]).exists()
