"""A form that another site sends in someone's name writes nothing, on any route."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from alongside.audit.models import AuditEvent
from tests.security.test_library import addresses
from tests.security.test_matrix import BODIES, cells, in_session_of
from tests.security.world import a_side, kwargs_of

KINDS = [
    pytest.param("application/x-www-form-urlencoded", id="as a form"),
    pytest.param("text/plain", id="as plain text, which asks nobody first"),
    pytest.param("application/json", id="as JSON"),
]


@pytest.fixture
def side(db):
    return a_side("Zaunkoenig")


@pytest.fixture
def client(side):
    """Someone with every role whose browser is made to send what another page wants."""
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.get_or_create(agency=side.agency, user=user, role=role.value)
    signed_in = in_session_of(user)
    elsewhere = Client(enforce_csrf_checks=True, raise_request_exception=False)
    elsewhere.cookies = signed_in.cookies
    return elsewhere


@pytest.mark.asvs("3.5.1", "3.5.2")
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_without_its_token_is_refused_on_every_route(client, side, kind):
    before = AuditEvent.objects.count()
    ours = [
        reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids)) for route, _r, ids in cells()
    ]
    answers = {
        address: client.post(address, b"words=Tea", content_type=kind).status_code
        for address in [*ours, *addresses()]
    }
    assert {a: s for a, s in answers.items() if s not in (403, 404, 405)} == {}
    assert (AuditEvent.objects.count(), len(answers) > 150, len(BODIES) > 50) == (
        before,
        True,
        True,
    )
