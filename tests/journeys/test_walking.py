"""The walk by Tab and the look by axe find what is wrong: a page that has everything wrong once."""

import pytest

from tests.journeys.keyboard import Keyboard
from tests.journeys.looked_over import SMALLEST, LookedOver

WRONG = """<!doctype html><html lang="en"><title>Wrong</title><style>
a:focus-visible, button:focus-visible { outline: 3px solid #00f; }
button.plain:focus { outline: none; }
.over { position: fixed; inset: 5rem 0 auto; height: 6rem; background: #fff; }
</style><body><header><a href="/">Home</a></header>
<main id="main"><h1>Wrong</h1>
<div class="over"><p>A strip</p></div>
<button style="position: fixed; top: 6rem; z-index: -1">Under</button>
<button class="plain">Plain</button>
<button tabindex="-1">Left out</button>
<p id="taps" style="width: 700px; color: #bbb">Taps</p>
<script>document.getElementById("taps").addEventListener("click", () => {})</script>
</main></body></html>"""


@pytest.fixture
def wrong(browser):
    context = browser.new_context(viewport=SMALLEST)
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=WRONG, content_type="text/html"))
    yield page
    context.close()


def test_what_is_wrong_is_found(wrong):
    keyboard, looked_over = Keyboard.of(wrong), LookedOver()
    looked_over.begin(wrong)
    wrong.goto("http://localhost/")
    seen = [each.split(":")[0] for each in looked_over.troubles(wrong)]
    assert seen == ["scrolls sideways, 708 px", "color-contrast"]
    assert [each.split(":")[0] for each in keyboard.troubles(wrong)] == [
        "no way by keyboard",
        "only by a click",
        "the way past the bar does not come first",
        "focus is covered",
        "focus is not seen",
    ]
    wrong.reload()
    again = [each.split(":")[0] for each in looked_over.troubles(wrong)]
    assert again == ["scrolls sideways, 708 px"]  # the same grey words are told once
