"""Chance that comes out the same every time, and the clock of the invented agency."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from alongside.core.clock import at_wall, local_date

T = TypeVar("T")
SEED = "Burr Oak Bench"
TIME_ZONE = "America/Chicago"


class Dice(random.Random):
    """Seeded by words, so that one person's chances do not depend on another's."""

    def __init__(self, *words: object) -> None:
        super().__init__("/".join(str(word) for word in (SEED, *words)))

    def often(self, share: float) -> bool:
        return self.random() < share

    def take(self, items: Sequence[T]) -> T:
        return items[self.randrange(len(items))]

    def id_at(self, at: datetime) -> UUID:
        """A version 7 UUID of that moment."""
        bits = int(at.timestamp() * 1000) << 80 | 7 << 76 | self.getrandbits(12) << 64
        return UUID(int=bits | 2 << 62 | self.getrandbits(62))


class Clock:
    """``now`` and days before and after it, on the agency's wall."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = local_date(now, TIME_ZONE)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, on: date, hour: float) -> datetime:
        """That hour of that day: 9.5 is half past nine."""
        whole = time(int(hour), int(hour % 1 * 60))
        return at_wall(on, whole, TIME_ZONE).astimezone(UTC)

    def ago(self, days: int, hour: float) -> datetime:
        """A moment that has passed: an hour of today that lies ahead becomes a minute ago."""
        return min(self.at(self.day(days), hour), self.now - timedelta(minutes=1))
