"""J13: unsure which array, asks with one tap, the lead answers, the next like note shows it."""

import pytest
from playwright.sync_api import expect

from alongside.accounts.codes import Role
from alongside.encounters.models import ArrayQuestion, Encounter, HintAnswer
from tests.factories import UserFactory
from tests.journeys.taps import Phone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.practice("PEER-6")]
WORDS = "Showed Gia three breathing exercises from my yoga class, then we talked."
PLAIN = "Showed the person three breathing exercises from my yoga class, then we talked."
AGAIN = "More breathing exercises from the yoga class, then groceries."
WHY = "A practice that one teaches is wellness."


@pytest.fixture
def kate(agency):
    user = UserFactory(agency=agency, name="Kate Moen", roles=[Role.ARRAY_LEAD])
    agency.array_lead = user
    agency.save()
    return user


def test_unsure_asked_answered_and_the_next_like_note(
    pair, kate, open_page, page, desk, sign_in, axe
):
    with_gia = f"/log/with/{pair.participant.pk}/"
    sign_in(page, pair.supporter.user)
    page.goto(with_gia)
    page.get_by_label("In everyday words").press_sequentially(WORDS)
    # What goes along is shown before it goes, without a name.
    expect(page.locator("#id_ask_words")).to_have_value(PLAIN)
    phone = Phone(page)
    phone.tap(page.get_by_role("button", name="Unsure? Ask Kate"))
    expect(page.get_by_text("Your question is on its way.")).to_be_visible()
    assert phone.taps == 1
    expect(page.get_by_role("button", name="Take the question back")).to_be_focused()
    axe(page)
    page.get_by_role("button", name="Sign note").click()
    expect(page.get_by_text("Signed.", exact=True)).to_be_visible()
    expect(page.get_by_text("Your question is on its way.")).to_be_visible()
    signed = Encounter.objects.get()

    sign_in(desk, kate)
    desk.goto("/")
    desk.get_by_role("link", name=PLAIN).click()
    expect(desk.get_by_label("Why?")).to_be_visible()
    expect(desk.get_by_text("Gia")).to_have_count(0)
    desk.locator("label:text-is('Not a peer support service')").click()
    wellness = "Wellness Management and Recovery / Recovery Support Services"
    desk.locator(f"label:text-is('{wellness}')").click()
    desk.get_by_label("Why?").fill(WHY)
    axe(desk)
    desk.get_by_role("button", name="Answer").click()
    expect(desk.get_by_text("Nothing waits")).to_be_visible()
    axe(desk)

    page.goto("/")
    expect(page.get_by_text("Kate Moen answered your question")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Take it into the note").click()
    expect(page.get_by_text("Kate Moen answered, and it is in this note.")).to_be_visible()
    signed.refresh_from_db()
    assert (signed.array, signed.versions.count()) == ("wellness_management", 1)

    page.goto(with_gia)
    page.get_by_label("In everyday words").press_sequentially(AGAIN)
    example = page.locator(".example")
    expect(example).to_contain_text("Kate Moen answered a like question in")
    expect(example).to_contain_text(WHY)
    axe(page)
    page.goto("/arrays/examples/")
    page.get_by_label("Words").fill("breathing")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text(PLAIN)).to_be_visible()
    axe(page)
    assert ArrayQuestion.objects.get().taken_over_at is not None


@pytest.mark.practice("SVC-11")
def test_hints_stand_at_each_field_and_the_focus_stays(pair, page, sign_in, axe):
    sign_in(page, pair.supporter.user)
    page.goto(f"/log/with/{pair.participant.pk}/")
    words, after = page.get_by_label("In everyday words"), page.get_by_label("What comes next")
    words.press_sequentially("I told her she should rest.")
    after.press_sequentially("Told her she must call.")
    first = page.locator("#hints-what_we_did .hint")
    second = page.locator("#hints-what_next .hint")
    expect(first).to_contain_text("I told her she should")
    expect(second).to_contain_text("Told her she must")
    # The phrase in the hint leads to the phrase in the field.
    first.get_by_role("button", name="“I told her she should …”").press("Enter")
    chosen = "(f => f.value.slice(f.selectionStart, f.selectionEnd))(document.activeElement)"
    page.wait_for_function(f"{chosen} === 'I told her she should'")
    first.get_by_role("button", name="Not helpful").press("Enter")
    expect(first).to_have_count(0)
    expect(page.get_by_role("button", name="Show again")).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_have_count(1)
    expect(page.locator("#hints-what_we_did :focus")).to_have_count(1)
    axe(page)
    assert HintAnswer.objects.get().answer == "taken-back"


@pytest.mark.practice("PEER-2", "PEER-4")
def test_the_advice_changes_with_the_note_and_may_be_overruled(pair, page, sign_in):
    sign_in(page, pair.supporter.user)
    page.goto(f"/log/with/{pair.participant.pk}/")
    advice = page.locator("#advice")
    expect(advice).to_contain_text("Peer Support")
    page.get_by_text("More about it").click()
    page.locator("label:text-is('Taught, coached or treated')").click()
    expect(advice.locator(".advice-line b")).not_to_have_text("Peer Support")
    page.locator("label:text-is('Taught, coached or treated')").click()
    expect(advice.locator(".advice-line b")).to_have_text("Peer Support")
    page.get_by_label("In everyday words").fill("Cooked for the week.")
    page.get_by_text("Choose another").click()
    isde = "Individual Skill Development and Enhancement"
    page.locator(f"label:text-is('{isde}')").click()
    page.get_by_role("button", name="Sign note").click()
    expect(page.get_by_role("alert").or_(page.locator("[data-error-summary]"))).to_contain_text(
        "Say why in a few words."
    )
    page.get_by_label("Why this one?").fill("It was about the stove.")
    page.get_by_role("button", name="Sign note").click()
    expect(page.get_by_text("chosen because: It was about the stove.")).to_be_visible()
    note = Encounter.objects.get()
    assert (note.array, note.array_advised) == ("isde", "peer_support")
