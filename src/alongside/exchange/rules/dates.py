"""Days as people write them. What cannot be read with certainty is unknown, never a guess."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import DateOrder, ProblemKind
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.words import is_unknown, plain

OLDEST = 110
LONGEST = 60
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
CLOCK_AFTER = re.compile(
    r"[ T,]+\d{1,2}[:.h]\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?Z?$", re.IGNORECASE
)
WEEKDAY = re.compile(
    r"^(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,?\s+",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
SERIAL = re.compile(r"(\d{5})(\.\d+)?")
NUMBERS = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{2}|\d{4})")
DAY_WORD_YEAR = re.compile(
    r"(\d{1,2})[\s-]+(?:de\s+)?([^\W\d]+)\.?,?[\s-]+(?:de\s+|of\s+)?'?(\d{2}|\d{4})"
)
WORD_DAY_YEAR = re.compile(r"([^\W\d]+)\.?[\s-]*(\d{1,2}),?[\s-]+'?(\d{2}|\d{4})")
FIRST_SERIAL, LAST_SERIAL = 7_000, 60_000

YearOf = Callable[[int, int, int], int]


def date_order(cells: Iterable[str]) -> DateOrder:
    """How a column writes days, by the cells that can be read in one way only."""
    month_first = day_first = 0
    for cell in cells:
        found = NUMBERS.fullmatch(bare(cell)) if len(cell) <= LONGEST else None
        if found:
            first, second = int(found.group(1)), int(found.group(2))
            month_first += first <= 12 < second
            day_first += second <= 12 < first
    if day_first and not month_first:
        return DateOrder.DAY_FIRST
    if month_first and day_first:
        if month_first >= 20 * day_first:
            return DateOrder.MONTH_FIRST
        return DateOrder.DAY_FIRST if day_first >= 20 * month_first else DateOrder.MIXED
    return DateOrder.MONTH_FIRST


def bare(cell: str) -> str:
    """The cell without its hour, weekday and the letters after a number."""
    text = " ".join(cell.split())
    text = CLOCK_AFTER.sub("", text)
    text = WEEKDAY.sub("", text)
    return re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", text, flags=re.IGNORECASE).strip(" .,;")


@lru_cache(maxsize=50_000)
def parse_date(cell: str, order: DateOrder, today: date) -> date | None:
    """A day of the program's life: two-digit years are those up to next year, else the 1900s."""

    def year_of(year: int, month: int, day: int) -> int:
        return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year

    return parse_with(cell, order, year_of)


@lru_cache(maxsize=50_000)
def parse_birth_date(cell: str, order: DateOrder, today: date) -> date | None:
    """A two-digit year is the latest that has been: in 2026, 9/7/02 is 2002 and 79 is 1979."""

    def year_of(year: int, month: int, day: int) -> int:
        return 2000 + year if (2000 + year, month, day) <= _parts(today) else 1900 + year

    return parse_with(cell, order, year_of)


def _parts(on: date) -> tuple[int, int, int]:
    return on.year, on.month, on.day


def parse_with(cell: str, order: DateOrder, year_of: YearOf) -> date | None:
    text = bare(cell) if len(cell) <= LONGEST else ""
    if not text:
        return None
    if found := YEAR_FIRST.fullmatch(text) or SOLID.fullmatch(text):
        return _day(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    if found := SERIAL.fullmatch(text):
        serial = int(found.group(1))
        in_range = FIRST_SERIAL <= serial <= LAST_SERIAL
        return date(1899, 12, 30) + timedelta(days=serial) if in_range else None
    if found := NUMBERS.fullmatch(text):
        return _numbers(found.group(1), found.group(2), found.group(3), order, year_of)
    if found := DAY_WORD_YEAR.fullmatch(text):
        return _with_word(found.group(1), found.group(2), found.group(3), year_of)
    if found := WORD_DAY_YEAR.fullmatch(text):
        return _with_word(found.group(2), found.group(1), found.group(3), year_of)
    return None


def _numbers(one: str, two: str, year: str, order: DateOrder, year_of: YearOf) -> date | None:
    first, second = int(one), int(two)
    if first <= 12 and second <= 12 and first != second and order is DateOrder.MIXED:
        return None
    day_leads = first > 12 or (order is DateOrder.DAY_FIRST and second <= 12)
    day, month = (first, second) if day_leads else (second, first)
    return _day(_year(year, month, day, year_of), month, day)


def _with_word(day: str, month: str, year: str, year_of: YearOf) -> date | None:
    number = MONTHS.get(plain(month))
    if number is None:
        return None
    return _day(_year(year, number, int(day), year_of), number, int(day))


def _year(written: str, month: int, day: int, year_of: YearOf) -> int:
    return int(written) if len(written) == 4 else year_of(int(written), month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_birth_date(
    cell: str, order: DateOrder, *, today: date, referred_on: date | None = None
) -> tuple[date | None, Problem | None]:
    """A birth date that can be true, or nothing and why."""
    if not cell.strip():
        return None, said(
            ProblemKind.BIRTH_DATE_MISSING, _("No birth date is given. It stays unknown.")
        )
    on = parse_birth_date(cell, order, today)
    if on is None:
        text = _("“{cell}” cannot be read as a birth date. It stays unknown.")
        return None, said(ProblemKind.BIRTH_DATE_UNREADABLE, text, cell=cell.strip())
    text = _why_not_born_on(on, today, referred_on)
    if text:
        return None, said(ProblemKind.BIRTH_DATE_IMPOSSIBLE, text, cell=cell.strip())
    return on, None


def _why_not_born_on(on: date, today: date, referred_on: date | None) -> str:
    if on > today:
        return _("The birth date “{cell}” lies in the future. It stays unknown.")
    if referred_on is not None and on >= referred_on:
        return _("The birth date “{cell}” is after the referral. It stays unknown.")
    if on.year == today.year:
        return _("The birth date “{cell}” is in this year. It stays unknown.")
    if today.year - on.year > OLDEST:
        return _("The birth date “{cell}” is more than 110 years ago. It stays unknown.")
    return ""


def read_referral_date(
    cell: str, order: DateOrder, *, today: date
) -> tuple[date | None, Problem | None]:
    """When the referral came. A day that has not come yet is unknown."""
    if is_unknown(cell):
        text = _("No day of the referral is given. It stays unknown.")
        return None, said(ProblemKind.DATE_MISSING, text)
    on = parse_date(cell, order, today)
    if on is None:
        text = _("“{cell}” cannot be read as the day of the referral. It stays unknown.")
        return None, said(ProblemKind.DATE_UNREADABLE, text, cell=cell.strip())
    if on > today:
        text = _("The day of the referral, “{cell}”, lies in the future. It stays unknown.")
        return None, said(ProblemKind.DATE_IN_THE_FUTURE, text, cell=cell.strip())
    return on, None


def read_court_date(
    cell: str, order: DateOrder, *, today: date
) -> tuple[date | None, Problem | None]:
    if is_unknown(cell):
        return None, None
    on = parse_date(cell, order, today)
    if on is None:
        text = _("“{cell}” cannot be read as a court date. It stays unknown.")
        return None, said(ProblemKind.COURT_DATE_UNREADABLE, text, cell=cell.strip())
    return on, None
