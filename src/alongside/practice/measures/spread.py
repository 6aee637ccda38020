"""Where the middle of many days lies, from how often each number of days came up."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Days within which a quarter, half and three quarters of ``count`` were reached."""

    count: int
    lower: int
    middle: int
    upper: int


def spread(days: Mapping[int, int]) -> Spread | None:
    """``days``: how often each whole number of days came up. Nearest rank: every answer is a number
    of days that in fact came up, never one in between. ``None`` for nothing."""
    count = sum(days.values())
    if count == 0:
        return None
    lower, middle, upper = (_reached(days, -(-count * part // 4)) for part in (1, 2, 3))
    return Spread(count, lower, middle, upper)


def _reached(days: Mapping[int, int], rank: int) -> int:
    seen = 0
    for day in sorted(days):
        seen += days[day]
        if seen >= rank:
            return day
    raise ValueError("There is no such rank.")
