"""How long someone was away from support after they used again (MPR-5, SVC-2). Pure.

A number for the program to learn from: how soon were we there again? Never a number about a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True)
class Return:
    """``known_on``: when we came to know; ``happened_on``: when it began, if the person said."""

    known_on: date
    happened_on: date | None = None
    back_on: date | None = None

    @property
    def began_on(self) -> date:
        return self.happened_on or self.known_on


def days_until_back(one: Return) -> int | None:
    """Whole days from the day it began, or else from the day we knew, until the person was with
    support again. The same day is 0. ``None`` as long as nobody is back: that is not a number."""
    return None if one.back_on is None else (one.back_on - one.began_on).days


def middle_of(returns: Iterable[Return]) -> float | None:
    """The median of days until back, of those who are back; ``None`` without any."""
    days = [n for n in map(days_until_back, returns) if n is not None]
    return float(median(days)) if days else None
