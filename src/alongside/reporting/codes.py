from enum import StrEnum


class Way(StrEnum):
    """How measures leave the page."""

    SHEET = "sheet"
    PAPER = "paper"
