from playwright.sync_api import Locator, Page

# Seconds of a hand that does not hurry: to find a thing and press it, to type a letter on glass
# (about 30 words a minute), to take in a page that is new.
A_TAP, A_LETTER, A_PAGE = 2.0, 0.4, 4.0


class Phone:
    """Counts what a thumb does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.letters = self.pages = 0
        page.on("load", lambda _page: self._came())

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.click()

    def type(self, target: Locator, words: str) -> None:
        self._typed(words)
        target.click()
        target.press_sequentially(words)

    def fill(self, target: Locator, words: str) -> None:
        """As ``type``, without waiting for each letter."""
        self._typed(words)
        target.fill(words)

    def seconds(self) -> float:
        """How long it takes a person, whatever the machine that plays them: an estimate from what
        they press, type and come to see."""
        return self.taps * A_TAP + self.letters * A_LETTER + self.pages * A_PAGE

    def _typed(self, words: str) -> None:
        self.taps += 1
        self.letters += len(words)

    def _came(self) -> None:
        self.pages += 1
