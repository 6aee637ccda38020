"""No name and no word of the record in the log, in an address or in an event."""

import io
import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from alongside.audit.models import AuditEvent
from alongside.config.logs import WithoutWords
from alongside.encounters.models import Encounter
from tests.security.test_matrix import cells, in_session_of
from tests.security.world import a_side, kwargs_of

CANARY = "Zaunkoenig"
SAID = {"words": CANARY, "what_we_did": CANARY, "name": CANARY, "reason": CANARY, "said": CANARY}
SAID |= {"own_words": CANARY, "told": CANARY, "place_words": CANARY, "find": CANARY}


@pytest.fixture
def log():
    """What the console would show, at every level."""
    shown = io.StringIO()
    handler = logging.StreamHandler(shown)
    handler.setFormatter(WithoutWords())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield shown
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.django_db
def test_every_page_asked_for_and_sent_leaves_no_word_in_log_address_or_event(log):
    side = a_side(CANARY)
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.create(agency=side.agency, user=user, role=role.value)
    client = in_session_of(user)
    client.raise_request_exception = False
    addresses = []
    for route, _requires, wanted in cells():
        address = reverse(f"web:{route}", kwargs=kwargs_of(side, route, wanted))
        for answer in (client.get(address), client.post(address, SAID)):
            addresses.append(answer.headers.get("Location", ""))
            assert answer.status_code < 500
    events = AuditEvent.objects.values_list("target", "detail")
    told = f"{log.getvalue()}\n{addresses}\n{list(events)}".lower()
    assert (CANARY.lower() in told, "not found" in told, len(events) > 30) == (False, True, True)


@pytest.mark.asvs("16.3.4")
def test_an_error_is_told_by_kind_and_place(log):
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise LookupError(CANARY) from error
    except LookupError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/people/")
    told = log.getvalue()
    assert ("ValueError" in told, "LookupError" in told, "test_logs.py" in told) == (True,) * 3
    assert CANARY not in told


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_stays_out_of_the_log(log):
    side = a_side(CANARY)
    row = Encounter.objects.get(pk=side.ids["encounter_id"])
    try:
        with transaction.atomic():
            Encounter.objects.bulk_create([row])
    except IntegrityError as refused:
        said = str(refused)
        logging.getLogger("django.request").exception("Internal Server Error")
    assert (bool(said), CANARY in log.getvalue()) == (True, False)


@pytest.mark.asvs("16.2.3")
def test_the_console_writes_that_way():
    handlers = settings.LOGGING["handlers"]
    ways = {settings.LOGGING["formatters"][h["formatter"]]["()"] for h in handlers.values()}
    assert ways == {"alongside.config.logs.WithoutWords"}
    assert logging.getLogger("django").handlers == []
