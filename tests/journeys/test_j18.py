"""J18: the privacy officer's morning at the desk. A record opened in an emergency last night gets
its look, and a participant gets the accounting of what was told about them. Ten clicks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.consents.actions import disclose
from alongside.consents.models import Disclosure
from alongside.consents.rules import Recipient
from alongside.core.ids import new_id
from alongside.people.actions.emergencies import open_in_emergency
from alongside.people.models import EmergencyOpening
from alongside.practice.disclosure import Basis
from tests.consents.disclosing import a_consent, wanted
from tests.factories import SupporterFactory, UserFactory
from tests.journeys.taps import Phone
from tests.papers.reading import opened, roles_of, words_of

pytestmark = [pytest.mark.django_db(transaction=True)]
EMERGENCY = {"emergency": "Did not wake up", "why_not_asked": "Could not speak"}


@pytest.fixture
def officer(agency):
    return UserFactory(agency=agency, name="Olu Ade", roles=[Role.PRIVACY_OFFICER])


@pytest.fixture
def last_night(agency, pair, officer):
    """Someone who does not walk with Gia opened her record, because it could not wait."""
    other = SupporterFactory(agency=agency, name="Lee Ott", user__name="Lee Ott")
    by = actor_for(other.user)
    assert by is not None
    return open_in_emergency(
        new_id(),
        pair.participant.pk,
        name=pair.participant.name,
        reason="She called and hung up.",
        by=by,
        at=timezone.now() - timedelta(hours=10),
    )


@pytest.fixture
def told(pair):
    """A weekly call to the social worker, and one emergency years ago."""
    a_consent(pair, signed_on=timezone.localdate() - timedelta(days=60))
    now = timezone.now()
    for weeks in (1, 2, 3):
        call = wanted(pair, told_at=now - timedelta(weeks=weeks))
        disclose(call, by=pair.actor, at=now)
    urgent = {"basis": Basis.EMERGENCY, "facts": EMERGENCY, "categories": frozenset()}
    nurse = Recipient("Nurse Ann", "Red Cedar hospital")
    then = now - timedelta(days=365 * 4)
    disclose(
        wanted(pair, **urgent, recipient=nurse, what="Her medicine", told_at=then),
        by=pair.actor,
        at=now,
    )


@pytest.mark.practice("PSP-6")
def test_a_look_at_last_night_and_an_accounting_in_ten_clicks(
    pair, officer, last_night, told, desk, sign_in, axe
):
    sign_in(desk, officer)
    desk.goto("/")
    hand = Phone(desk)
    _looks_at_last_night(desk, hand, axe)
    content = _hands_over_the_accounting(desk, hand, axe)
    assert hand.taps <= 10
    opening = EmergencyOpening.objects.get(pk=last_night.pk)
    assert (opening.review, opening.reviewed_by_id) == ("right", officer.pk)
    _is_complete(content)
    given = Disclosure.objects.get(basis=Basis.PARTICIPANT)
    assert (given.participant_id, given.by_id) == (pair.participant.pk, officer.pk)


def _looks_at_last_night(desk, hand, axe) -> None:
    hand.tap(desk.locator("#openings").get_by_role("link", name="Lee Ott opened"))
    expect(desk.get_by_text("She called and hung up.")).to_be_visible()
    axe(desk)
    hand.tap(desk.locator("label[for='id_to_0']"))
    hand.type(desk.get_by_label("In your words"), "It helped, and it was short.")
    hand.tap(desk.get_by_role("button", name="Keep it"))
    expect(desk.get_by_text("Kept. Whoever opened it can read it now.")).to_be_visible()


def _hands_over_the_accounting(desk, hand, axe) -> bytes:
    hand.tap(desk.get_by_role("link", name="People", exact=True))
    hand.tap(desk.get_by_role("link", name="Gia Rivera"))
    hand.tap(desk.get_by_role("link", name="What was told to others"))
    axe(desk)
    hand.tap(desk.get_by_role("link", name="Accounting"))
    expect(desk.get_by_role("row", name="Nurse Ann")).to_be_visible()
    axe(desk)
    with desk.expect_download() as download:
        hand.tap(desk.get_by_role("button", name="PDF to hand over"))
    assert download.value.suggested_filename == "accounting.pdf"
    return download.value.path().read_bytes()


def _is_complete(content: bytes) -> None:
    made = "".join(words_of(content).split())
    for there in (
        "GiaRivera",
        "PatOlsen,DunnCountyDHS",
        "3times,",
        "NurseAnn,Redcedar",
        "Page1of1",
    ):
        assert there.casefold() in made.casefold()
    assert roles_of(content).count("TR") == 3
    with opened(content) as document:
        assert document.Root.MarkInfo.Marked
