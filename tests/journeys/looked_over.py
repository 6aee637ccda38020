"""What axe finds on a page, and whether it scrolls sideways: with all that is folded away open."""

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.keyboard import OPENED

SMALLEST = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # 400 % zoom of 1280 x 1024
FOUND = Path(__file__).with_suffix(".js").read_text()


@dataclass(frozen=True)
class LookedOver:
    """``looked_over.begin(page)`` before the first page; ``looked_over.troubles(page)`` on each."""

    known: set[str] = field(default_factory=set)

    def begin(self, page: Page) -> None:
        """axe comes along with every page: it need not be sent to each."""
        page.context.add_init_script(AXE_SCRIPT)

    def troubles(self, page: Page, rules: list[str] | None = None) -> list[str]:
        """By every rule of axe, or by these; and by its width."""
        page.evaluate(OPENED)
        said = page.evaluate(FOUND, {"rules": rules, "known": sorted(self.known)})
        self.known.update(said["fresh"])
        found: list[str] = said["found"]
        return found
