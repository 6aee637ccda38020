"""What pages do by themselves: words are saved, one press is one, an open record is closed."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.patience import saved, stand_still
from tests.web.look_urls import SERVER, Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.look_urls")]

SMALL = {"width": 320, "height": 640}
STATUS = "[data-autosave-status]"
ON_THE_DEVICE = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys()
])"""
# All tabs of a browser tell each other when the server heard from one of them.
HEARD = """window.heard = 0;
    window.listens = new BroadcastChannel("alongside-idle");
    listens.addEventListener("message", () => (window.heard += 1))"""


@pytest.fixture(autouse=True)
def server() -> Server:
    SERVER.__init__()  # type: ignore[misc]
    return SERVER


def wait_for(holds: Callable[[], bool], page: Page) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, "it did not come about in time"
        page.wait_for_timeout(30)


def words_saved(server: Server) -> str:
    return server.saved[-1]["words"] if server.saved else ""


class TestDraft:
    def test_words_are_saved_while_one_still_types(self, page: Page, server: Server) -> None:
        stand_still(page)
        page.goto("/draft/")
        for _key in range(9):  # never as long without a key as it waits for the last one
            page.locator("#words").press("a")
            page.clock.run_for(100)
        wait_for(lambda: words_saved(server) != "", page)
        page.locator("#words").press("a")
        page.clock.run_for(1000)
        wait_for(lambda: words_saved(server) == "a" * 10, page)
        expect(page.locator(STATUS)).to_have_text("saved 10:32")
        expect(page).to_have_url(re.compile(r"/draft/\?key=k1$"))
        assert server.saved[-1]["draft_actor"] == "00000000-0000-0000-0000-000000000001"

    def test_words_survive_leaving_the_page_at_once(self, page: Page, server: Server) -> None:
        page.goto("/draft/")
        page.locator("#words").fill("Sat with her before court.")
        page.goto("/today/")
        wait_for(lambda: words_saved(server) == "Sat with her before court.", page)

    def test_a_lost_line_is_told_and_made_up_for(self, page: Page, server: Server) -> None:
        page.goto("/draft/")
        page.context.set_offline(True)
        page.locator("#words").fill("No signal here.")
        expect(page.locator(STATUS)).to_contain_text("Not saved yet")
        page.locator("#words").press_sequentially(" Still none.")
        page.context.set_offline(False)
        wait_for(lambda: words_saved(server) == "No signal here. Still none.", page)
        expect(page.locator(STATUS)).to_have_text("saved 10:32")

    @pytest.mark.parametrize("status", [302, 401, 403])
    def test_signed_out_keeps_the_words_until_one_is_back(
        self, page: Page, server: Server, status: int
    ) -> None:
        server.status = status
        page.goto("/draft/")
        page.locator("#words").fill("Words")
        expect(page.locator(STATUS)).to_contain_text("Sign in again in another tab")
        server.status = 200
        wait_for(lambda: words_saved(server) == "Words", page)

    def test_a_try_that_falls_into_a_slow_answer_is_not_the_last(
        self, page: Page, server: Server
    ) -> None:
        server.status, asked = 302, []
        stand_still(page)
        page.goto("/draft/")
        page.route("**/ping/", lambda route: route.continue_() if asked else asked.append(route))
        page.locator("#words").fill("Words")
        page.clock.run_for(500)
        wait_for(lambda: len(asked) == 1, page)
        page.clock.run_for(2000)
        server.status = 200
        asked[0].continue_()
        wait_for(lambda: page.clock.run_for(1000) or words_saved(server) == "Words", page)

    def test_a_new_sign_in_elsewhere_changes_the_token_and_saving_goes_on(
        self, page: Page, server: Server
    ) -> None:
        page.goto("/draft/")
        page.context.clear_cookies(name="csrftoken")
        page.locator("#words").fill("Words")
        wait_for(lambda: words_saved(server) == "Words", page)

    def test_two_people_on_the_same_words_are_told(self, page: Page, server: Server) -> None:
        server.status = 409
        page.goto("/draft/")
        page.locator("#words").fill("Mine")
        expect(page.locator(STATUS)).to_contain_text("Both are kept")
        expect(page.get_by_role("link", name="Look at theirs")).to_have_attribute("href", "/other/")
        expect(page.locator("#words")).to_have_value("Mine")

    def test_saving_goes_on_where_the_server_keeps_both(self, page: Page, server: Server) -> None:
        server.status, server.keeps_both = 409, True
        page.goto("/draft/")
        page.locator("#words").fill("Mine")
        expect(page.get_by_role("alert")).to_contain_text("Both are kept")
        expect(page.locator(STATUS)).to_have_text("saved 10:32")
        server.status = 200
        page.locator("#words").fill("Mine, and more")
        wait_for(lambda: words_saved(server) == "Mine, and more", page)

    def test_nothing_of_it_stays_on_the_device(self, page: Page, server: Server) -> None:
        page.goto("/draft/")
        page.locator("#words").fill("Private")
        wait_for(lambda: words_saved(server) == "Private", page)
        saved(page)
        kept = page.evaluate(ON_THE_DEVICE)
        assert kept == '[{},{"htmx-current-path-for-history":"/draft/"},[],[]]'


class TestForms:
    def test_five_clicks_are_one_and_the_button_keeps_its_value(
        self, page: Page, server: Server
    ) -> None:
        page.goto("/draft/")
        page.get_by_role("button", name="Sign note").evaluate(
            "button => { for (let i = 0; i < 5; i++) button.click() }"
        )
        page.wait_for_url("**/sent/")
        assert [sent["act"] for sent in server.sent] == ["sign"]

    def test_enter_in_a_field_signs_nothing_by_accident(self, page: Page, server: Server) -> None:
        page.goto("/draft/")
        page.get_by_label("Your name").fill("Gia")
        page.evaluate("addEventListener('submit', () => { window.sending = true }, true)")
        page.keyboard.press("Enter")
        assert page.evaluate("window.sending") is None
        page.get_by_role("button", name="I agree").press("Enter")
        page.wait_for_url("**/sent/")
        assert [(sent["name"], sent["act"]) for sent in server.sent] == [("Gia", "agree")]

    def test_an_answer_opens_its_question(self, page: Page) -> None:
        page.goto("/draft/")
        question = page.locator("#ok")
        expect(question).to_be_hidden()
        page.get_by_role("checkbox", name="Advocating").focus()
        page.keyboard.press("Space")
        expect(question).to_be_visible()
        page.get_by_text("Advocating").click()
        expect(question).to_be_hidden()

    def test_the_end_follows_the_start_past_midnight(self, page: Page) -> None:
        page.goto("/draft/")
        page.get_by_label("From").fill("23:30")
        page.get_by_label("From").blur()
        expect(page.get_by_label("To")).to_have_value("00:20")
        expect(page.locator("output")).to_have_text("50 min · ends the next day")
        page.get_by_role("button", name="30 min").click()
        expect(page.get_by_label("To")).to_have_value("00:00")

    def test_an_emoji_counts_as_one(self, page: Page) -> None:
        page.goto("/draft/")
        page.locator("#words").fill("👩‍👧 ok")
        expect(page.get_by_text("16 characters left")).to_be_visible()

    def test_without_script_everything_is_there(self, open_page: Callable[..., Page]) -> None:
        page = open_page(PHONE, java_script_enabled=False)
        page.goto("/draft/")
        expect(page.locator("#ok")).to_be_visible()
        expect(page.locator("[data-minutes]")).to_be_hidden()
        page.get_by_role("button", name="Sign note").click()
        expect(page.get_by_text("elsewhere")).to_be_visible()

    def test_rows_are_found_without_accents_in_any_order(self, page: Page) -> None:
        page.goto("/gallery/")
        page.get_by_role("searchbox", name="Find someone").fill("nunez ang")
        rows = page.locator("#caseload > li:visible")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Ángela Núñez")
        expect(page.get_by_text("1 of 3")).to_be_visible()

    def test_what_went_wrong_has_the_focus_and_leads_to_the_field(self, page: Page) -> None:
        page.goto("/gallery/")
        expect(page.locator("[data-error-summary]").first).to_be_focused()
        page.get_by_role("link", name="In everyday words: please").click()
        expect(page.locator("#g-words")).to_be_focused()


class TestIdle:
    @pytest.fixture(autouse=True)
    def _short_session(self, settings: Any) -> None:
        settings.SESSION_IDLE_SECONDS = 5
        settings.SESSION_WARN_SECONDS = 3

    def test_it_asks_and_one_may_stay(self, page: Page, server: Server) -> None:
        stand_still(page)
        page.goto("/draft/")
        page.evaluate(HEARD)
        page.locator("#words").focus()
        ask = page.get_by_role("alertdialog", name="Are you still here?")
        stay = page.get_by_role("button", name="still here")
        for times, say_so in enumerate((lambda: page.keyboard.press("Escape"), stay.click), 1):
            page.clock.run_for(4000)
            expect(stay).to_be_focused()
            say_so()
            expect(ask).to_be_hidden()
            expect(page.locator("#words")).to_be_focused()
            page.wait_for_function("times => window.heard === times", arg=times)
            assert server.pings == times
        expect(page).to_have_url(re.compile("/draft/$"))

    def test_nobody_there_ends_in_signing_out_with_the_words_saved(
        self, page: Page, server: Server
    ) -> None:
        stand_still(page)
        page.goto("/draft/")
        other = page.context.new_page()
        other.goto("/draft/")
        page.locator("#words").fill("Half a sentence")
        page.clock.run_for(5500)
        for tab in (page, other):
            expect(tab).to_have_url(re.compile("/out/$"))
        wait_for(lambda: words_saved(server) == "Half a sentence", page)

    def test_words_that_no_server_has_wait_behind_a_cover(self, page: Page, server: Server) -> None:
        server.status = 302
        stand_still(page)
        page.goto("/draft/")
        page.locator("#words").fill("Half a sentence")
        page.clock.run_for(500)
        expect(page.locator(STATUS)).to_contain_text("Sign in again in another tab")
        page.clock.run_for(8000)
        covered = page.get_by_role("alertdialog", name="You are signed out")
        expect(covered).to_be_visible()
        expect(page.locator("#words")).to_be_hidden()
        server.status = 200
        wait_for(lambda: page.clock.run_for(1000) or words_saved(server) == "Half a sentence", page)
        page.clock.resume()
        expect(page).to_have_url(re.compile("/out/$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALL, PHONE, DESK], ids=["320", "360", "1280"])
def test_the_gallery_has_no_findings(
    open_page: Callable[..., Page], axe: Callable[[Page], None], size: dict[str, int], scheme: str
) -> None:
    page = open_page(size, color_scheme=scheme)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/gallery/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert refused == []


def test_the_bar_stays_out_of_the_way_on_a_low_screen(open_page: Callable[..., Page]) -> None:
    page = open_page({"width": 320, "height": 256})  # 400 % zoom of 1280 x 1024
    page.goto("/gallery/")
    assert page.locator(".bar").evaluate("bar => getComputedStyle(bar).position") == "static"


def test_every_target_is_large_enough_for_a_thumb(page: Page) -> None:
    page.goto("/draft/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, input, textarea, .chip label)")]
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && box.height < 44)
        .map(([html]) => html)"""
    )
    assert small == []
