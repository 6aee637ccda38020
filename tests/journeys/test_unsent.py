"""A participant's words outlive the tab, the sign-in and the line; the device keeps none."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from alongside.people.models import FormDraft
from tests.journeys.patience import saved

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.practice("PEER-8")]
GOAL = "/portal/mine/plan/goals/new/"
WEATHER = "https://www.weather.gov/"
STATUS = "form [data-autosave-status]"
SAVED = re.compile(r"^saved ")
ON_THE_DEVICE = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys()
])"""


def words(page: Page):
    return page.get_by_label("What do you want?")


def typed(page: Page, said: str) -> None:
    words(page).fill(said)
    saved(page)
    expect(page.locator(STATUS)).to_have_text(SAVED)


def test_words_outlive_the_tab_the_sign_in_and_the_line(open_page, pair, come_in_as):
    page = open_page()
    page.context.route(f"{WEATHER}**", lambda route: route.fulfill(body="Sunny."))
    come_in_as(page, pair.participant)
    page.goto(GOAL)
    typed(page, "My own key")
    tab = page.context.new_page()
    page.close(run_before_unload=False)
    tab.goto(GOAL)
    expect(words(tab)).to_have_value("My own key")
    expect(tab.get_by_text("Go on where you left off.")).to_be_visible()
    without_a_line(tab)
    signed_out_and_in_again(tab, pair, come_in_as)
    leaves_in_a_hurry(tab)
    assert FormDraft.objects.get().fields["words"] == "My own key and a bed for her"


def without_a_line(tab: Page) -> None:
    tab.context.set_offline(True)
    words(tab).fill("My own key and a bed")
    expect(tab.locator(STATUS)).to_contain_text("Not saved yet")
    tab.context.set_offline(False)
    saved(tab)
    expect(tab.locator(STATUS)).to_have_text(SAVED)


def signed_out_and_in_again(tab: Page, pair, come_in_as) -> None:
    Session.objects.all().delete()
    tab.goto(GOAL)
    expect(words(tab)).to_have_count(0)
    come_in_as(tab, pair.participant)
    tab.goto(GOAL)
    expect(words(tab)).to_have_value("My own key and a bed")


def leaves_in_a_hurry(tab: Page) -> None:
    typed(tab, "My own key and a bed for her")
    tab.get_by_role("button", name="Exit this page").click()
    expect(tab).to_have_url(WEATHER)
    tab.goto("/account/login/")
    here = '[{},{"htmx-current-path-for-history":"/account/login/"},[],[]]'
    assert tab.evaluate(ON_THE_DEVICE) == here
