import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.factories import own_account, wall
from tests.journeys.patience import have_patience, settled, watch
from tests.sessions import come_in

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = os.environ.get("ALONGSIDE_CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_FLAGS}


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``page = open_page(size)``: a new browser of its own; errors in the page fail the test."""
    contexts = []

    def _refused(said: Any) -> bool:
        return said.type == "error" and said.text.startswith("policy: ")

    troubles: list[str] = []

    def make(size: dict[str, int] = PHONE, **options: Any) -> Page:
        # The page for hard talks is kept by a worker; tests that are about it allow it.
        options.setdefault("service_workers", "block")
        context = browser.new_context(viewport=size, base_url=live_server.url, **options)
        watch(context, script=options.get("java_script_enabled", True))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        # What the policy of a page had to refuse is a fault of the page.
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => "
            "console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))"
        )
        page.on("console", lambda said: troubles.append(said.text) if _refused(said) else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(autouse=True)
def late_morning(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The browser meets the real clock; a note "just now" must not begin the day before a match.
    The test's own "today" is the agency's: neither has a midnight or a change of clocks near."""
    east = 11 - datetime.now(UTC).hour
    monkeypatch.setattr(wall, "time_zone", f"Etc/GMT{-east:+d}")
    with timezone.override(wall.time_zone):
        yield


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    have_patience(monkeypatch)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A phone."""
    return open_page(PHONE)


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Page:
    """A desk."""
    return open_page(DESK)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, object], None]:
    """``sign_in(page, user)``: puts a real session of that user into the browser."""

    def do(page: Page, user: object) -> None:
        client = come_in(Client(), user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )

    return do


@pytest.fixture
def come_in_as(sign_in: Callable[[Page, object], None]) -> Callable[[Page, Any], Any]:
    """``come_in_as(page, pair.participant)``: a participant in the browser, in their own session;
    gives the account, which is made where there is none."""

    def do(page: Page, participant: Any) -> Any:
        user = participant.user or own_account(participant)
        sign_in(page, user)
        return user

    return do


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """``axe(page)``: fails with what axe finds on the page, once it has come whole."""

    def check(page: Page) -> None:
        settled(page)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return check
