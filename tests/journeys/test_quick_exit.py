"""Leaving in a hurry: blank at once, another page, signed out, and "back" shows nothing."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
WEATHER = "https://www.weather.gov/"
SECRET = "Hello, Gia"


@pytest.fixture
def gia(page, pair, come_in_as):
    """Gia on her own first page, two pages in; the weather is a page of ours, without a line."""
    return at_home(page, pair, come_in_as)


def at_home(page: Page, pair, come_in_as) -> Page:
    page.context.route(f"{WEATHER}**", lambda route: route.fulfill(body="Sunny."))
    come_in_as(page, pair.participant)
    page.goto("/portal/mine/more/")
    page.goto("/portal/mine/")
    expect(page.get_by_text(SECRET)).to_be_visible()
    return page


def nothing_is_left(page: Page) -> None:
    expect(page).to_have_url(WEATHER)
    for _press in range(3):
        page.go_back()
        expect(page.get_by_text(SECRET)).to_have_count(0)
        expect(page.locator(".page-mine")).to_have_count(0)
        if page.url == "about:blank":
            break
    page.goto("/portal/mine/")
    expect(page).to_have_url("/account/login/?next=%2Fportal%2Fmine%2F")


@pytest.mark.practice("PEER-8")
def test_the_button_leaves_and_back_shows_nothing(gia):
    gia.get_by_role("button", name="Exit this page").click()
    nothing_is_left(gia)
    assert Session.objects.count() == 0
    assert gia.evaluate("localStorage.length") == 0


def test_esc_twice_does_the_same(gia):
    gia.clock.set_fixed_time(timezone.now())  # the second within seconds of the first
    gia.keyboard.press("Escape")
    expect(gia.get_by_text(SECRET)).to_be_visible()
    gia.keyboard.press("Escape")
    nothing_is_left(gia)


def test_without_a_line_the_page_goes_blank_and_the_session_ends_with_the_next_request(gia):
    gia.route("**/portal/exit/", lambda route: route.abort())
    gia.get_by_role("button", name="Exit this page").click()
    expect(gia).to_have_url(WEATHER)
    gia.unroute("**/portal/exit/")
    assert Session.objects.count() == 1
    nothing_is_left(gia)
    assert Session.objects.count() == 0


def test_it_works_without_script(open_page, pair, come_in_as):
    page = at_home(open_page(PHONE, java_script_enabled=False), pair, come_in_as)
    page.get_by_role("button", name="Exit this page").click()
    nothing_is_left(page)


def test_where_others_use_the_phone_a_new_window_is_signed_out(gia, pair):
    gia.goto("/portal/mine/sign-in/")
    gia.get_by_role("button", name="Others use it too").click()
    gia.get_by_role("link", name="My page", exact=True).click()
    expect(gia.get_by_text(SECRET)).to_be_visible()
    other = gia.context.new_page()
    other.goto("/portal/mine/")
    expect(other.get_by_text("You are signed out").first).to_be_visible()
    other.close()
    gia.reload()
    expect(gia.get_by_text(SECRET)).to_have_count(0)
