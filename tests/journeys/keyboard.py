"""Walk through a page by Tab, as someone without a mouse does, and say where it goes wrong.

What is folded away is opened first, so that nothing is left out. Each press is a real one; what
had the focus is measured before the next one takes it away.
"""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page

# Who listens to a click of their own; what the page does by itself comes with its first script.
LISTENS = """
window.clickedHere = new Set();
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  if (type === "click" && this instanceof Element) window.clickedHere.add(this);
  return listen.call(this, type, ...rest);
};
"""

OPENED = """
for (const fold of document.querySelectorAll("details")) fold.open = true;
for (const source of document.querySelectorAll("[data-reveals]")) {
  for (const id of source.dataset.reveals.split(/\\s+/)) {
    const part = document.getElementById(id);
    if (part) part.hidden = false;
  }
}
"""

BEGIN = Path(__file__).with_suffix(".js").read_text()
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


@dataclass(frozen=True)
class Keyboard:
    """``Keyboard.of(page)`` before the first page; ``keyboard.troubles(page)`` on each."""

    line: CDPSession

    @classmethod
    def of(cls, page: Page) -> "Keyboard":
        page.context.add_init_script(LISTENS)
        return cls(page.context.new_cdp_session(page))

    def troubles(self, page: Page) -> list[str]:
        """What a walk by Tab from the top of the page to its end meets, in words."""
        for _press in range(page.evaluate(BEGIN)):
            self.line.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **TAB})
        found: list[str] = page.evaluate("endOfWalk()")
        return found
