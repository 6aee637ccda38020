"""The main job, whole: from an agency's own ``referrals.csv`` to a signed note that the participant
reads back. A coordinator at the desk, then a supporter with a phone.
"""

import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from alongside.accounts.codes import Role
from alongside.audit.queries import verify
from alongside.encounters.models import AddedWords, Encounter
from alongside.exchange.models import ImportRow
from alongside.referrals.models import Episode, Referral
from tests.factories import AgencyFactory, CredentialFactory, SupporterFactory, UserFactory
from tests.journeys.taps import Phone

pytestmark = pytest.mark.django_db(transaction=True)

SHEET = Path(__file__).parent.parent / "data" / "referrals.csv"


@pytest.mark.practice("PSP-4", "PSP-5", "PROC-1", "PEER-2", "PEER-8", "SVC-12")
def test_from_a_row_of_the_sheet_to_a_note_read_back(desk, open_page, sign_in):
    agency = AgencyFactory(counties=["Buffalo", "Polk"])
    coordinator = UserFactory(agency=agency, roles=[Role.COORDINATOR])
    rosa = SupporterFactory(agency=agency, user__name="Rosa Quaas", counties=["Buffalo"])
    CredentialFactory(supporter=rosa)

    sign_in(desk, coordinator)
    desk.goto("/imports/")
    desk.get_by_label("Referrals").check()
    desk.get_by_label("The sheet").set_input_files(SHEET)
    desk.get_by_role("button", name="Look at it").click()
    desk.get_by_role("button", name="Show what will happen").click()
    desk.get_by_role("button", name="Bring it in").click()
    expect(desk.get_by_role("button", name="Take the whole sheet back")).to_be_visible()
    assert ImportRow.objects.count() == 118

    gia = Referral.objects.get(participant__name="Gia Rivera", received_on="2026-03-22")
    desk.goto("/referrals/")
    desk.get_by_role("link", name="Gia Rivera").first.click()
    desk.goto(f"/referrals/{gia.pk}/")
    desk.get_by_role("button", name="Accept and look for a match").click()
    desk.get_by_role("button", name="Ask about Rosa").click()
    desk.get_by_label("What did they say?").fill("Yes. She gets it.")
    desk.get_by_role("button", name="They said yes").click()
    expect(desk.get_by_role("button", name="The supporter was told")).to_be_visible()

    page = open_page()
    sign_in(page, rosa.user)
    page.goto("/")
    begun, phone = time.process_time(), Phone(page)
    phone.tap(page.get_by_role("link", name="Log a contact", exact=True))
    phone.tap(page.get_by_role("link", name="Gia Rivera"))
    phone.tap(page.locator("label:text-is('Exploring')"))
    phone.type(page.get_by_label("In everyday words"), "First coffee. She told me about her kids.")
    phone.tap(page.get_by_role("button", name="Sign note"))
    expect(page.get_by_text("Signed.", exact=True)).to_be_visible()
    assert phone.taps <= 6
    phone.tap(page.get_by_role("link", name="Read together"))
    expect(page.get_by_text("First coffee.")).to_be_visible()
    phone.type(page.get_by_label("Your words"), "Somebody listened.")
    phone.type(page.get_by_label("Your name, if you want to sign"), "Gia Rivera")
    phone.tap(page.get_by_role("button", name="Keep my words"))
    phone.tap(page.get_by_role("link", name="Give the phone back to Rosa Quaas"))
    expect(page.get_by_text("Somebody listened.")).to_be_visible()
    assert time.process_time() - begun <= 60  # of our own work: others may be busy on the machine

    note, words = Encounter.objects.get(), AddedWords.objects.get()
    gia.refresh_from_db()
    assert (note.participant_id, note.status, note.array) == (
        gia.participant_id,
        "signed",
        "peer_support",
    )
    assert (words.encounter_id, words.signed_name) == (note.pk, "Gia Rivera")
    assert (gia.status, gia.first_contact_on) == ("matched", note.on)
    assert Episode.objects.get().last_contact_on == note.on
    assert verify(agency.pk) == []
