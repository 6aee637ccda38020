"""Which ways out ask once more who is there, and which do not, each with its reason."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.consents.models import Disclosure
from alongside.core.leaving import Leaving
from tests.architecture.test_leaving import views, ways_out
from tests.architecture.test_routes import ours
from tests.factories import own_account
from tests.sessions import come_in

# All else that goes through the gate, or leaves as a whole, is grave.
NOT_GRAVE = {
    "one paper of what its reader has before them on the page": (
        "accounting breach consent_pdf consent_print disclosure_paper growth_print "
        "mine_required_paper mine_required_print own_change_file own_consent_paper "
        "own_consent_print own_plan_paper own_sheet_paper own_version_paper participant_print "
        "plan_paper plan_print private_worksheet_print required_paper required_print right_print "
        "update_paper version_paper worksheet_copy worksheet_paper worksheet_print"
    ),
    "one kept file, which its reader opens from the page it belongs to": (
        "competency_file consent_scan evidence_file learning_file mine_evidence_file"
    ),
    "no word about anybody is in it": "agency_tool_take instrument_take tool_print",
    "a page of whoever was told: the gate looks at each call": "asked shared told",
}


@pytest.mark.asvs("7.5.3", "8.2.1")
def test_whatever_leaves_is_grave_or_has_its_reason_here():
    """Each one more is a decision; so is each one less."""
    fresh = {p.name for _where, p in ours() if getattr(p.callback, "fresh", False)}
    leaving = {
        name
        for name, (_where, place, said) in views().items()
        if said is Leaving.GATE or (said is not None and place in ways_out())
    }
    not_grave = {name for names in NOT_GRAVE.values() for name in names.split()}
    assert leaving - fresh == not_grave


@pytest.mark.asvs("7.5.3")
@pytest.mark.parametrize(
    ("take", "page"), [("own_copy_take", "own_copy"), ("own_told_paper", "own_told")]
)
def test_a_participants_whole_copy_leaves_only_after_showing_who_is_there(pair, take, page):
    user = own_account(pair.participant)
    user.set_password("otter meadow lantern")
    user.save()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = come_in(Client(), user)
        clock.shift(timedelta(minutes=11))
        stale = client.post(reverse(f"portal:{take}"), {"form": "pdf"})
        to = f"{reverse('account_reauthenticate')}?next={reverse(f'portal:{page}')}"
        assert (stale.status_code, stale["Location"]) == (302, to)
        assert Disclosure.objects.count() == 0
        back = client.post(to, {"password": "otter meadow lantern"})
        assert back["Location"] == reverse(f"portal:{page}")
        assert client.post(reverse(f"portal:{take}"), {"form": "pdf"}).content[:4] == b"%PDF"
