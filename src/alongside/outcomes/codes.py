from enum import StrEnum


class Seen(StrEnum):
    """Who reads a milestone. It begins between the two; the participant may open it."""

    US = "us"
    TEAM = "team"
