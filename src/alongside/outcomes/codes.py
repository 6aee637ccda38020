from enum import StrEnum


class Seen(StrEnum):
    """Who reads a milestone. It begins between the two; the participant may open it."""

    US = "us"
    TEAM = "team"


class Way(StrEnum):
    """Who held the phone when a check-in was answered. The answers are always the participant's."""

    OWN = "own"  # alone, in the portal
    HANDED = "handed"  # alone, on the phone that the supporter handed over
    TOGETHER = "together"  # side by side, the supporter tapping
