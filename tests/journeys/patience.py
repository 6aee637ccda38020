"""No machine is too slow for a journey: a hand waits for the page, and so does every look at it.

A tap that opens another page comes back before that page is there, on a busy machine long before.
Whatever is done next waits until the page has come whole, with its scripts; whatever the test reads
elsewhere (the database, an address) is read after an ``expect`` of what the page then shows.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

# Never reached where all is well: a page that does not come is told at last, not a slow one.
LONGEST_MS = 60_000
expect.set_options(timeout=LONGEST_MS)

WATCHED = Path(__file__).with_suffix(".js").read_text()
SETTLED = (
    "() => document.readyState === 'complete' && !window.goesAway"
    " && !document.querySelector('.htmx-request')"
)
KEPT = """() => [...document.querySelectorAll("form[data-autosave]")].every(
    (form) => (form.kept ?? 0) >= (form.changes ?? 0)
) && document.querySelector("[data-autosave-status]")?.dataset.state === "saved" """

BEGUN = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)
HANDS = ("check", "clear", "click", "fill", "focus", "press", "press_sequentially", "select_option")
MOVES = ("goto", "go_back", "reload")
Act = TypeVar("Act", bound=Callable[..., Any])

# A page that turned out to be a file: the tab stays where it was.
_stayed: WeakSet[Page] = WeakSet()
_without_script: WeakSet[BrowserContext] = WeakSet()


def watch(context: BrowserContext, *, script: bool = True) -> None:
    context.set_default_timeout(LONGEST_MS)
    context.add_init_script(WATCHED)
    context.on("page", lambda page: page.on("download", lambda _file: _stayed.add(page)))
    if not script:
        _without_script.add(context)


def settled(page: Page) -> None:
    """The page has come whole, is not about to give way to another, and waits for no part of it."""
    page.wait_for_load_state()
    if page.context in _without_script:
        return
    if page in _stayed:
        _stayed.discard(page)
        page.evaluate("window.goesAway = false")
    page.wait_for_function(SETTLED)


def saved(page: Page) -> None:
    """The server has every word typed until now, and the page says so."""
    page.wait_for_function(KEPT)


def stand_still(page: Page) -> None:
    """Before the first page: no time passes in the pages of this browser but what ``page.clock``
    is told to let pass, however long the machine takes."""
    page.clock.install(time=BEGUN)
    page.clock.pause_at(BEGUN + timedelta(hours=1))


def have_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*HANDS, "set_input_files"):
        monkeypatch.setattr(Locator, name, _after_settled(getattr(Locator, name)))
    for name in MOVES:
        monkeypatch.setattr(Page, name, _after_settled(getattr(Page, name)))


def _after_settled(act: Act) -> Act:
    @wraps(act)
    def do(on: Any, *args: Any, **options: Any) -> Any:
        settled(on if isinstance(on, Page) else on.page)
        return act(on, *args, **options)

    return do  # type: ignore[return-value]
