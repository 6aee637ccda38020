"""A worksheet filled in together on a phone: saved as they go, the phone locks, kept, found again,
printed. And one that is for the supporter alone."""

import pytest
from playwright.sync_api import Page, expect

from alongside.plans.models import PrivateWorksheet, Worksheet, WorksheetDraft
from tests.factories import ParticipantFactory, SupporterFactory, walk_alongside
from tests.journeys.patience import saved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rosa():
    return SupporterFactory(user__name="Rosa Quaas")


@pytest.fixture
def gia(rosa):
    person = ParticipantFactory(agency=rosa.agency, name="Gia Rivera")
    walk_alongside(rosa, person)
    return person


def lock(page: Page) -> None:
    """The phone locks and the browser drops the page; later it is opened again."""
    address = page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(address)


@pytest.mark.practice("PROC-3", "PEER-8")
def test_filled_in_together_on_a_phone_that_locks_and_found_again(page, sign_in, axe, rosa, gia):
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/")
    page.get_by_role("link", name="See all, or begin one").click()
    axe(page)
    page.get_by_role("link", name="Brainstorming").click()
    axe(page)
    page.get_by_label("What are we looking for ideas about?").fill("A ride to work")
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("The idea").fill("Ask my aunt on Mondays")
    line.get_by_label("Who offered it").select_option("The participant")
    saved(page)
    lock(page)
    expect(page.get_by_label("The idea").first).to_have_value("Ask my aunt on Mondays")
    page.get_by_role("button", name="More lines").click()
    expect(page.get_by_label("The idea")).to_have_count(5)
    page.get_by_label("The idea").nth(4).fill("The county bus")
    page.get_by_label("I choose").fill("My aunt")
    saved(page)
    page.goto(f"/people/{gia.pk}/")
    page.get_by_role("link", name="Brainstorming").click()
    expect(page.get_by_label("The idea").nth(1)).to_have_value("The county bus")
    page.get_by_role("button", name="Keep it: we wrote it together").click()
    expect(page.get_by_text("Gia and Rosa Quaas wrote it together")).to_be_visible()
    axe(page)
    sheet = Worksheet.objects.get()
    assert (sheet.filled_in, sheet.number, WorksheetDraft.objects.count()) == ("together", 1, 0)
    assert sheet.answers["ideas"] == [
        {"idea": "Ask my aunt on Mondays", "who": "The participant"},
        {"idea": "The county bus"},
    ]
    page.get_by_role("link", name="A copy to hand over").click()
    axe(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("The county bus")).to_be_visible()
    expect(page.get_by_text("Rosa Quaas")).to_be_hidden()
    expect(page.get_by_text("Gia")).to_have_count(0)


@pytest.mark.practice("PROC-3")
def test_values_are_sorted_and_the_top_ones_put_in_order(page, sign_in, axe, rosa, gia):
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/worksheets/new/07/")
    page.get_by_role("group", name="Family").get_by_text("Most", exact=True).click()
    page.get_by_role("group", name="Honesty").get_by_text("Less", exact=True).click()
    own = page.get_by_role("group", name="Your own word").first
    own.get_by_label("Your own word", exact=True).fill("My old dog")
    own.get_by_text("Most", exact=True).click()
    page.get_by_role("button", name="Show what I sorted").click()
    page.get_by_label("Place 1").select_option("My old dog")
    page.get_by_label("Place 2").select_option("Family")
    axe(page)
    page.get_by_role("button", name="Keep it: we wrote it together").click()
    expect(page.get_by_text("Kept. Both of you find it here again.")).to_be_visible()
    assert Worksheet.objects.get().answers["top"] == ["My old dog", "Family"]


@pytest.mark.practice("PROC-3")
def test_a_preparation_that_is_the_supporters_alone(page, sign_in, axe, rosa, gia):
    sign_in(page, rosa.user)
    page.goto("/tools/")
    axe(page)
    page.get_by_role("link", name="Ask-Share-Ask: my recovery story").click()
    axe(page)
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("The one piece I will share").fill("The first morning on the bus")
    saved(page)
    lock(page)
    expect(page.get_by_label("The one piece I will share")).to_have_value(
        "The first morning on the bus"
    )
    axe(page)
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_text("The first morning on the bus")).to_be_visible()
    axe(page)
    assert b"morning" not in bytes(PrivateWorksheet.objects.get().sealed)
    page.get_by_role("link", name="Ask-Share-Ask: my recovery story").first.click()
    page.get_by_role("button", name="Remove it for good").click()
    expect(page.get_by_text("Removed. Nobody has it any more.")).to_be_visible()
    assert PrivateWorksheet.objects.count() == 0


def test_an_administrator_puts_one_together_and_sees_it_grow(desk, sign_in, axe, rosa):
    rosa.user.role_grants.create(agency=rosa.agency, role="administrator")
    sign_in(desk, rosa.user)
    desk.goto("/agency/worksheets/")
    axe(desk)
    desk.get_by_role("link", name="Put one together").first.click()
    desk.get_by_label("Name").fill("Our welcome")
    desk.get_by_label("What it is for").fill("For the first cup of coffee.")
    row = desk.get_by_role("group", name="Row 1")
    row.get_by_label("Way to answer").select_option("long_text")
    row.get_by_label("Question").fill("What would be good today?")
    look = desk.locator("#sheet-look")
    expect(look.get_by_text("What would be good today?")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Use it from now on").click()
    expect(desk.get_by_text("Version 1")).to_be_visible()
    axe(desk)
    desk.goto("/tools/")
    expect(desk.get_by_text("Our welcome")).to_be_visible()
