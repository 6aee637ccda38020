"""Quarters of the calendar: the one grain of time that measures are asked by."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"(20\d\d)-Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """Written ``2026-Q3``."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.after(1).first_day - timedelta(days=1)

    def after(self, quarters: int) -> "Quarter":
        """So many quarters later; earlier for a negative number."""
        years, place = divmod(self.number - 1 + quarters, 4)
        return Quarter(self.year + years, place + 1)

    def until(self, last: "Quarter") -> int:
        """How many quarters from this one to ``last``, both counted."""
        return (last.year - self.year) * 4 + last.number - self.number + 1


def quarter_of(on: date) -> Quarter:
    return Quarter(on.year, (on.month + 2) // 3)


def read_quarter(written: str) -> Quarter | None:
    """``"2026-Q3"``; nothing for anything else."""
    found = _WRITTEN.fullmatch(written.strip().upper())
    return Quarter(int(found[1]), int(found[2])) if found else None
