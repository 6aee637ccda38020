"""J16: someone tells that they used again. Help is two taps away; then back on Tuesday, and how
long it was is measured, without blame and without a count."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.outcomes.models import ReturnToUse
from alongside.outcomes.queries.milestones import as_return
from alongside.plans.actions.worksheets import Page, keep_worksheet
from alongside.plans.codes import FilledIn
from alongside.practice.returning import days_until_back
from tests.factories import NOW, EncounterFactory, own_account
from tests.journeys.taps import Phone

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.practice("MPR-5", "MPR-6", "SVC-2", "PEER-7"),
]
WALK = "A walk along the river"


@pytest.fixture
def today(agency):
    return local_date(NOW, agency.time_zone)


def test_used_again_two_taps_to_help_and_back_on_tuesday(pair, page, desk, sign_in, axe, today):
    gia, who = pair.participant, pair.actor
    sheet = Page(new_id(), gia.pk, "wellness-toolbox")
    tools = {"tools": [{"what": WALK, "when": "Sundays", "how_it_went": "Good"}]}
    keep_worksheet(sheet, tools, FilledIn.TOGETHER, by=who, at=NOW)
    sign_in(page, pair.supporter.user)
    page.goto(f"/people/{gia.pk}/")
    phone = Phone(page)
    phone.tap(page.get_by_role("link", name="They used again"))
    expect(page.get_by_role("heading", name="Help first")).to_be_visible()
    axe(page)
    phone.tap(page.get_by_role("link", name="Their toolbox"))
    expect(page.get_by_text(WALK)).to_be_visible()
    assert phone.taps == 2

    page.go_back()
    known = today - timedelta(days=3)
    page.get_by_label("When did you come to know?").fill(known.isoformat())
    page.get_by_label("In their own words").fill("It was a bad week.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept. It took courage to say it.")).to_be_visible()
    axe(page)
    EncounterFactory(participant=gia, supporter=pair.supporter, on=today)
    page.get_by_role("link", name="Back with support").click()
    meeting = page.get_by_label("In one of your meetings?")
    meeting.select_option(index=1)
    axe(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Back with support after 3 days.")).to_be_visible()
    row = ReturnToUse.objects.get()
    assert days_until_back(as_return(row)) == 3
    assert row.back_encounter_id is not None

    sign_in(desk, own_account(gia))
    desk.goto("/portal/mine/milestones/")
    expect(desk.get_by_text("It was a bad week.")).to_be_visible()
    axe(desk)
    desk.get_by_role("link", name="Asked of me", exact=True).click()
    desk.get_by_role("link", name="Add something").click()
    desk.get_by_label("What do they ask of you?").fill("See my agent")
    desk.locator("label:text-is('Probation')").click()
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_text("It is on your list.")).to_be_visible()
    desk.get_by_role("link", name="I did this: See my agent").click()
    desk.get_by_label("What did you do?").fill("I called her.")
    axe(desk)
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_text("Good. Your supporter sees it too.")).to_be_visible()
    axe(desk)
