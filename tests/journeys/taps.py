from playwright.sync_api import Locator, Page


class Phone:
    """Counts what a thumb does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.click()

    def type(self, target: Locator, words: str) -> None:
        self.taps += 1
        target.click()
        target.press_sequentially(words)
