"""J4: from the desk to a match in at most eight clicks, and the participant decides."""

import pytest
from playwright.sync_api import expect

from alongside.accounts.codes import Role
from alongside.people.models import CareTeamMember
from alongside.practice.codes import Audience
from alongside.referrals.models import Match
from tests.factories import (
    AgencyFactory,
    CredentialFactory,
    ExperienceFactory,
    ReferralFactory,
    SupporterFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene():
    agency = AgencyFactory()
    coordinator = UserFactory(agency=agency, roles=[Role.COORDINATOR], name="Noor Ali")
    ReferralFactory(
        participant__agency=agency,
        participant__name="Gia Rivera",
        pathway="chips",
        asked_for="Hmong speaker; said “anyone but my cousin Ray”",
        reason="wants support getting ready for court",
    )
    for name, languages in (
        ("Kai Berg", ["English", "Hmong"]),
        ("Rosa Quaas", ["English"]),
        ("Otis Vang", ["English"]),
        ("Ray Dahl", ["English", "Hmong"]),
    ):
        supporter = SupporterFactory(agency=agency, name=name, languages=languages)
        CredentialFactory(supporter=supporter)
        ExperienceFactory(supporter=supporter, audience=Audience.STAFF.value)
    return coordinator


class Clicks:
    def __init__(self, page):
        self.page, self.count = page, 0

    def __call__(self, role, name):
        self.count += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()


@pytest.mark.practice("PSP-3", "PSP-4", "PSP-5", "SVC-1")
def test_from_the_desk_to_a_match(scene, desk, sign_in, axe):
    sign_in(desk, scene)
    click = Clicks(desk)
    desk.goto("/referrals/")
    axe(desk)
    click("link", "Gia Rivera")
    expect(desk.get_by_text("CHIPS, with its referral.")).to_be_visible()
    axe(desk)
    click("button", "Accept and look for a match")
    expect(desk.get_by_role("button", name="Ask about")).to_have_count(3)
    expect(desk.get_by_text("asked for a Hmong speaker: yes").first).to_be_visible()
    assert desk.get_by_text("anyone but my cousin Ray").count() >= 3
    axe(desk)
    click("button", "Ask about Kai")
    expect(desk.get_by_label("What did they say?")).to_be_visible()
    axe(desk)
    click("textbox", "What did they say?")
    desk.keyboard.type("Sounds good. We can talk Hmong.")
    click("button", "They said yes")
    expect(desk.get_by_role("button", name="They were told")).to_be_visible()
    axe(desk)
    click("button", "They were told")
    click("button", "The supporter was told")
    expect(desk.get_by_text("Told")).to_have_count(2)
    axe(desk)
    assert click.count <= 8

    match = Match.objects.get()
    assert (match.supporter.name, match.status) == ("Kai Berg", "accepted")
    assert match.participant_said == "Sounds good. We can talk Hmong."
    assert None not in (match.participant_told_at, match.supporter_told_at)
    assert match.first_contact_due_on is not None
    assert "Gia" in match.participant_told
    assert match.referral.status == "matched"
    assert CareTeamMember.objects.get().user == match.supporter.user


def test_the_desk_fits_a_phone(scene, page, sign_in, axe):
    sign_in(page, scene)
    for address in ("/referrals/", "/referrals/new/", "/supporters/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, address
        axe(page)
