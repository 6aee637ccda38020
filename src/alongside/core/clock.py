"""Days and hours as the agency's own clock on the wall shows them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


def in_reach(on: date) -> bool:
    """Whether a day is one that people and every clock can count from: nobody means the year 1."""
    return EARLIEST <= on <= LATEST


def moment(text: str) -> datetime | None:
    """A moment as an address holds it; nothing for one without a zone, or out of reach."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None and in_reach(at.date()) else None


def local(at: datetime, time_zone: str) -> datetime:
    """``at`` (aware) on the wall clock of ``time_zone``."""
    return at.astimezone(ZoneInfo(time_zone))


def local_date(at: datetime, time_zone: str) -> date:
    return local(at, time_zone).date()


def spoken(on: date) -> str:
    """A day as it is written on paper: March 3, 2026."""
    return f"{on:%B} {on.day}, {on.year}"


def at_wall(on: date, clock: time, time_zone: str) -> datetime:
    """The aware moment when the wall clock of ``time_zone`` shows ``clock`` on ``on``."""
    return datetime.combine(on, clock, tzinfo=ZoneInfo(time_zone))


def span(on: date, start: time, end: time, time_zone: str) -> tuple[datetime, datetime]:
    """Start and end as moments; an end that is not after the start lies on the next day."""
    end_on = on if end > start else on + timedelta(days=1)
    return at_wall(on, start, time_zone), at_wall(end_on, end, time_zone)
