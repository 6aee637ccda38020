"""J2, at the desk: old sheets in, every row of them accounted for, taken back in one click."""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.accounts.codes import Role
from alongside.encounters.models import Encounter
from alongside.exchange.models import ImportBatch, ImportRow
from alongside.people.models import Participant
from alongside.referrals.models import Referral
from tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def coordinator(transactional_db: None):
    return UserFactory(agency=AgencyFactory(), roles=[Role.COORDINATOR])


def choose(page: Page, kind: str, file: str) -> None:
    page.goto("/imports/")
    page.locator("label.chip, .chip label").get_by_text(kind, exact=True).click()
    page.get_by_label("The sheet").set_input_files(DATA / file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Which column is what?")).to_be_visible()


def let_in(page: Page) -> None:
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()
    page.get_by_role("button", name="Bring it in", exact=True).click()
    expect(page.get_by_role("heading", name="Brought in", exact=True)).to_be_visible()


def rows(file: str) -> Counter[str]:
    batch = ImportBatch.objects.filter(filename=file).latest("id")
    found = Counter(ImportRow.objects.filter(batch=batch).values_list("status", flat=True))
    assert found.total() == batch.row_count
    return found


def decide_who_is_the_same(desk: Page, axe) -> None:
    """Seven people look as if they were there already; the last pair is two."""
    desk.goto("/imports/")
    desk.get_by_role("link", name="The same person?").click()
    axe(desk)
    first = desk.get_by_role("button", name="One person: keep this record")
    for left in range(7, 1, -1):
        expect(first).to_have_count(left)
        first.first.click()
        expect(desk.get_by_text("One person, one record.")).to_be_visible()
    desk.get_by_role("button", name="Two people").click()
    expect(desk.get_by_text("Nobody looks like someone else")).to_be_visible()
    assert Participant.objects.exclude(same_as=None).count() == 6


@pytest.mark.practice("PSP-5")
def test_old_sheets_come_in_wait_are_sorted_out_taken_back_and_brought_again(
    desk: Page, coordinator, sign_in, axe
) -> None:
    sign_in(desk, coordinator)
    desk.goto("/imports/")
    axe(desk)
    choose(desk, "Staff", "staff.csv")
    let_in(desk)
    choose(desk, "Referrals", "referrals.csv")
    axe(desk)
    # The person looks at the proposal and changes one column, then back.
    desk.get_by_label("County").select_option(label="not in this sheet")
    desk.get_by_role("button", name="Show what will happen").click()
    expect(desk.get_by_text("No county is given. It stays unknown.").first).to_be_visible()
    desk.get_by_role("link", name="Change columns").click()
    desk.get_by_label("County").select_option(index=5)
    desk.get_by_role("button", name="Show what will happen").click()
    desk.get_by_role("link", name="With a remark").click()
    expect(desk.get_by_text("“??” cannot be read as a birth date").first).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Bring it in", exact=True).click()
    expect(desk.get_by_role("heading", name="Brought in", exact=True)).to_be_visible()
    axe(desk)
    assert rows("referrals.csv") == {"imported": 117, "to_sort_out": 1}

    # One row needs a person.
    desk.get_by_role("link", name="Sort out 1 row").click()
    axe(desk)
    desk.get_by_role("link", name="One by one").click()
    axe(desk)
    desk.get_by_label("Why does it stay out?").fill("a remark, nobody's row")
    desk.get_by_role("button", name="Leave it out").click()
    expect(desk.get_by_text("Everything is sorted out")).to_be_visible()
    assert rows("referrals.csv") == {"imported": 117, "skipped": 1}

    decide_who_is_the_same(desk, axe)
    choose(desk, "Referrals", "referrals_old.csv")
    let_in(desk)
    assert rows("referrals_old.csv") == {"imported": 30}

    # Back and again, one click each.
    desk.get_by_role("button", name="Take the whole sheet back").click()
    expect(desk.get_by_text("30 rows were taken back.")).to_be_visible()
    assert Referral.objects.filter(voided_at=None).count() == 117
    desk.get_by_role("button", name="Undo").first.click()
    expect(desk.get_by_text("30 rows are back.")).to_be_visible()
    assert Referral.objects.filter(voided_at=None).count() == 147

    # The same file again adds nothing.
    choose(desk, "Referrals", "referrals_old.csv")
    expect(desk.get_by_text("This very file was brought in before.")).to_be_visible()
    let_in(desk)
    assert rows("referrals_old.csv") == {"already_there": 30}


def test_a_contact_log_finds_its_people_and_the_rest_is_worked_off(
    desk: Page, coordinator, sign_in, axe
) -> None:
    sign_in(desk, coordinator)
    for kind, file in (("Staff", "staff.csv"), ("Referrals", "referrals.csv")):
        choose(desk, kind, file)
        let_in(desk)
    choose(desk, "Contact log", "contact_log.xlsx")
    let_in(desk)
    before = rows("contact_log.xlsx")
    assert Encounter.objects.count() == before["imported"]
    desk.get_by_role("link", name=re.compile("^Sort out")).click()
    desk.get_by_role("link", name="The end is before the start").click()
    desk.get_by_role("button", name="Say yes to what is offered").click()
    expect(desk.get_by_text("rows came in.")).to_be_visible()
    desk.get_by_role("link", name="A name that may be several people").click()
    desk.get_by_role("link", name="One by one").click()
    axe(desk)
    desk.get_by_role("group", name="Who was it?").locator(".chip label").first.click()
    desk.get_by_label("Also for the").check()
    desk.get_by_role("button", name="Bring it in", exact=True).click()
    expect(desk.get_by_text("The row is in the record.")).to_be_visible()
    after = rows("contact_log.xlsx")
    assert after["imported"] > before["imported"] + 40
    assert Encounter.objects.count() == after["imported"]


def test_a_small_sheet_comes_in_on_a_phone(page: Page, coordinator, sign_in, axe) -> None:
    sign_in(page, coordinator)
    choose(page, "Referrals", "referrals_old.csv")
    axe(page)
    page.get_by_role("button", name="Show what will happen").click()
    axe(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    page.get_by_role("button", name="Bring it in", exact=True).click()
    expect(page.get_by_role("heading", name="Brought in", exact=True)).to_be_visible()
    assert rows("referrals_old.csv") == {"imported": 30}
