"""J6: a supporter logs a contact from the home screen in at most six taps, and a try in three."""

import pytest
from playwright.sync_api import expect

from alongside.encounters.models import Encounter
from tests.journeys.taps import Phone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.practice("PROC-1", "PEER-2")]


def test_log_a_contact_in_six_taps(pair, page, sign_in, axe):
    sign_in(page, pair.supporter.user)
    page.goto("/")
    axe(page)
    phone = Phone(page)
    phone.tap(page.get_by_role("link", name="Log a contact", exact=True))
    axe(page)
    phone.tap(page.get_by_role("link", name="Gia Rivera"))
    axe(page)
    phone.tap(page.locator("label:text-is('Supporting')"))
    expect(page.locator("#advice")).to_contain_text("Peer Support")
    phone.tap(page.get_by_role("button", name="Sign note"))
    expect(page.get_by_text("Signed.", exact=True)).to_be_visible()
    axe(page)
    note = Encounter.objects.get()
    assert phone.taps <= 6
    assert (note.status, note.mode, note.minutes, note.processes, note.array) == (
        "signed",
        "face_to_face",
        45,
        ["connecting", "supporting"],
        "peer_support",
    )
    assert note.array_reasons[0] == "because most of what peers do together is peer support"


@pytest.mark.practice("SVC-10")
def test_a_try_that_reached_nobody_in_three_taps_with_undo(pair, page, sign_in, axe):
    sign_in(page, pair.supporter.user)
    page.goto("/")
    phone = Phone(page)
    phone.tap(page.get_by_role("link", name="Log a contact", exact=True))
    phone.tap(page.locator(".tried > summary"))
    axe(page)
    phone.tap(page.get_by_role("button", name="No answer"))
    expect(page.get_by_text("Written down: you tried to reach Gia.")).to_be_visible()
    assert (phone.taps, Encounter.objects.get().kind) == (3, "attempt")
    phone.tap(page.get_by_role("button", name="Undo"))
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert Encounter.objects.get().status == "entered-in-error"


def test_five_quick_taps_on_sign_make_one_note(pair, page, sign_in):
    sign_in(page, pair.supporter.user)
    page.goto(f"/log/with/{pair.participant.pk}/")
    page.get_by_role("button", name="Sign note").evaluate(
        "button => { for (let i = 0; i < 5; i++) button.click(); }"
    )
    expect(page.get_by_text("Signed.", exact=True)).to_be_visible()
    assert Encounter.objects.count() == 1


def test_without_script_a_note_is_signed_all_the_same(pair, open_page, sign_in):
    page = open_page(java_script_enabled=False)
    sign_in(page, pair.supporter.user)
    page.goto(f"/log/with/{pair.participant.pk}/")
    page.get_by_label("In everyday words").fill("Coffee.")
    page.get_by_role("button", name="Sign note").click()
    expect(page.get_by_text("Coffee.")).to_be_visible()
    assert Encounter.objects.get().what_we_did == "Coffee."


def test_what_is_missing_is_read_first_and_leads_to_its_field(pair, page, sign_in, axe):
    sign_in(page, pair.supporter.user)
    page.goto(f"/log/with/{pair.participant.pk}/")
    page.get_by_label("In everyday words").fill("Listened, and talked about her week.")
    page.get_by_text("Choose another").click()
    page.locator("label:text-is('Individual Skill Development and Enhancement')").click()
    page.get_by_role("button", name="Sign note").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    axe(page)
    summary.get_by_role("link").click()
    expect(page.get_by_label("Why this one?")).to_be_focused()
    expect(page.get_by_label("In everyday words")).to_have_value(
        "Listened, and talked about her week."
    )
    page.keyboard.type("It was all about the bus.")
    page.get_by_role("button", name="Sign note").click()
    expect(page.get_by_text("chosen because: It was all about the bus.")).to_be_visible()
    axe(page)
    note = Encounter.objects.get()
    assert (note.array, note.array_advised) == ("isde", "peer_support")
