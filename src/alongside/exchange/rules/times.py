"""Hours and durations as people write them. What leaves morning or evening open stays open."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from alongside.exchange.codes import ClockStyle
from alongside.exchange.rules.words import plain

CLOCK = re.compile(
    r"(\d{1,2})(?:\s?[:.h]\s?(\d{2}))?(?:[:.](\d{2})(?:\.\d+)?)?\s?(a|p|am|pm|a\.m\.?|p\.m\.?|noon)?",
    re.IGNORECASE,
)
SOLID_CLOCK = re.compile(r"(\d{1,2})(\d{2})\s?(a|p|am|pm|a\.m\.?|p\.m\.?)?", re.IGNORECASE)
FRACTION = re.compile(r"0?\.\d+")
DAY_BEFORE = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})[ T]+")
DASH = re.compile(
    r"\s*(?:-|\u2013|\u2014|\bto\b|\buntil\b|\btill?\b|\ba\b(?=\s*\d))\s*", re.IGNORECASE
)
HOURS_AND_MINUTES = re.compile(
    r"(?:(\d+(?:[.,]\d+)?|\.\d+)\s?(?:h|hr|hrs|hour|hours|hora|horas)\.?)?\s*(?:and|y|,)?\s*"
    r"(?:(\d+(?:[.,]\d+)?)\s?(?:m|min|mins|minute|minutes|minutos)?\.?)?",
    re.IGNORECASE,
)
WORDS_FOR_MINUTES = {
    "half hour": 30,
    "half an hour": 30,
    "1 2 hr": 30,
    "1 2 hour": 30,
    "an hour": 60,
    "one hour": 60,
    "hour": 60,
    "1 1 2 hrs": 90,
    "1 1 2 hours": 90,
    "hour and a half": 90,
    "an hour and a half": 90,
    "two hours": 120,
}
MOST_MINUTES = 16 * 60
LONGEST = 60


@dataclass(frozen=True)
class Clock:
    """``unsure`` when nothing says whether this is morning or afternoon."""

    at: time
    unsure: bool = False


@lru_cache(maxsize=20_000)
def _clock(text: str) -> tuple[int, int, str] | None:
    """Hour, minute, and "a", "p", "0" (two digits as a 24-hour clock writes) or "" (open)."""
    text = DAY_BEFORE.sub("", text.strip()).strip() if len(text) <= LONGEST else ""
    if plain(text) in ("noon", "mediodia"):
        return 12, 0, "p"
    if plain(text) == "midnight":
        return 0, 0, "0"
    if FRACTION.fullmatch(text):
        minutes = round(float(text) * 24 * 60)
        return (minutes // 60, minutes % 60, "0") if minutes < 24 * 60 else None
    found = CLOCK.fullmatch(text)
    if found and not (len(text) == 4 and text.isdigit()):
        hour, minute, half = int(found.group(1)), int(found.group(2) or 0), found.group(4) or ""
    elif found := SOLID_CLOCK.fullmatch(text):
        hour, minute, half = int(found.group(1)), int(found.group(2)), found.group(3) or ""
    else:
        return None
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    exact = hour == 0 or hour > 12 or (text[:2].isdigit() and text.startswith("0"))
    return hour, minute, half[:1].lower().replace("n", "p") or ("0" if exact else "")


def clock_style(cells: Iterable[str]) -> ClockStyle:
    """The 24-hour clock if any hour can belong to no other."""
    seen_half = False
    for cell in cells:
        for part in DASH.split(cell.strip()):
            found = _clock(part)
            if found is None:
                continue
            if found[2] == "0":
                return ClockStyle.H24
            seen_half = seen_half or bool(found[2])
    return ClockStyle.AM_PM if seen_half else ClockStyle.OPEN


def _placed(found: tuple[int, int, str], style: ClockStyle) -> Clock:
    hour, minute, half = found
    if half == "a":
        return Clock(time(0 if hour == 12 else hour, minute))
    if half == "p":
        return Clock(time(12 if hour == 12 else hour + 12, minute))
    if half == "0" or style is ClockStyle.H24:
        return Clock(time(hour, minute))
    # Seven to noon are said without "am" all day long; one to six leave it open.
    return Clock(time(hour, minute), unsure=style is ClockStyle.AM_PM or hour < 7)


@lru_cache(maxsize=20_000)
def read_clock(cell: str, style: ClockStyle) -> Clock | None:
    """One time of day, or nothing."""
    found = _clock(cell)
    return _placed(found, style) if found else None


@lru_cache(maxsize=20_000)
def read_span(cell: str, style: ClockStyle) -> tuple[Clock, Clock] | None:
    """ "10:30-11:15" or "2-3pm": the half of the day said once holds for both where it can."""
    parts = DASH.split(cell.strip())
    if len(parts) != 2:
        return None
    start, end = _clock(parts[0]), _clock(parts[1])
    if start is None or end is None:
        return None
    if not start[2] and end[2] in ("a", "p"):
        start = (start[0], start[1], _half_before(start, end))
    return _placed(start, style), _placed(end, style)


def _half_before(start: tuple[int, int, str], end: tuple[int, int, str]) -> str:
    """11-1pm begins in the morning, 2-3pm in the afternoon."""
    same = start[0] % 12 * 60 + start[1] < end[0] % 12 * 60 + end[1]
    if same:
        return end[2]
    return "a" if end[2] == "p" else "p"


@lru_cache(maxsize=20_000)
def read_minutes(cell: str, *, hours: bool = False) -> int | None:
    """Whole minutes; ``hours`` when the column counts in hours. Never negative."""
    text = " ".join(cell.split()).lower().lstrip("~ ").rstrip(" .")
    if not text or len(text) > LONGEST:
        return None
    if plain(text) in WORDS_FOR_MINUTES:
        return WORDS_FOR_MINUTES[plain(text)]
    if found := re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text):
        return int(found.group(1)) * 60 + int(found.group(2)) if int(found.group(2)) < 60 else None
    if re.fullmatch(r"\d*[.,]?\d+", text):
        number = float(text.replace(",", "."))
        return round(number * 60) if hours else _whole(number)
    found = HOURS_AND_MINUTES.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    in_hours, in_minutes = ((part or "0").replace(",", ".") for part in found.groups())
    return round(float(in_hours) * 60 + float(in_minutes))


def _whole(minutes: float) -> int | None:
    return round(minutes) if minutes >= 1 or minutes == 0 else None


def minutes_between(start: time, end: time) -> int:
    """Minutes from start to end on one day; negative when the end stands before the start."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute
