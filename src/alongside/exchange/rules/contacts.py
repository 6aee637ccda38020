"""A row of a contact log. Days and hours that cannot be true wait for a person; nothing is bent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import ContactField as F
from alongside.exchange.codes import ProblemKind
from alongside.exchange.rules.dates import parse_date
from alongside.exchange.rules.hours import Span, read_hours
from alongside.exchange.rules.layout import Layout, Reading
from alongside.exchange.rules.names import PersonName, name_of, read_name
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.values import read_number, read_yes
from alongside.exchange.rules.words import code_for, is_unknown, phrases, plain
from alongside.practice.codes import AttemptEnding, ContactKind, Mode, Place, ServiceArray

LONGEST_ATTEMPT_NOTE = 80
OLDEST_CONTACT_YEARS = 30
MET_AFTER_ALL = frozenset(
    ["met", "talked", "came", "showed", "arrived", "together", "spoke", "visited"]
)
ATTEMPTS = (
    ("attempt_not_there", AttemptEnding.NOT_THERE),
    ("attempt_called_off", AttemptEnding.CALLED_OFF),
    ("attempt_no_answer", AttemptEnding.NO_ANSWER),
    ("attempt_left_message", AttemptEnding.LEFT_MESSAGE),
)


@dataclass(frozen=True)
class ContactRow:
    """``*_as_written`` keep the sheet's own words beside the code they were read as."""

    name: PersonName
    supporter_as_written: str
    on: date
    started: time | None
    ended: time | None
    minutes: int | None
    kind: ContactKind
    ending: AttemptEnding | None
    mode: Mode | None
    mode_as_written: str
    place: Place | None
    place_as_written: str
    array: ServiceArray | None
    array_as_written: str
    note: str
    miles: Decimal | None


def read_contact(cells: Sequence[str], layout: Layout) -> Reading[ContactRow]:
    """Values and problems of one row. Who it was is looked up against the record afterwards."""
    name, no_name = name_in(cells, layout)
    on, no_day = _day(cells, layout)
    supporter = layout.cell(cells, F.SUPPORTER)
    nobody = _why_no_supporter(supporter)
    note = layout.cell(cells, F.NOTE)
    kind, ending = _kind(note, layout.cell(cells, F.OUTCOME))
    hours = read_hours(cells, layout, needed=kind is not ContactKind.ATTEMPT)
    stops = [problem for problem in (no_name, no_day, nobody, hours.sort_out) if problem]
    words, doubts = _words(cells, layout)
    problems = (*stops, *hours.problems, *doubts)
    if name is None or on is None or hours.sort_out or stops:
        return Reading(None, problems, stops[0])
    return Reading(_row(name, supporter, on, hours.span, kind, ending, words, note), problems)


@dataclass(frozen=True)
class _Words:
    mode: tuple[Mode | None, str]
    place: tuple[Place | None, str]
    array: tuple[ServiceArray | None, str]
    miles: Decimal | None


def _row(
    name: PersonName,
    supporter: str,
    on: date,
    span: Span,
    kind: ContactKind,
    ending: AttemptEnding | None,
    words: _Words,
    note: str,
) -> ContactRow:
    return ContactRow(
        name, supporter, on, span.started, span.ended, span.minutes, kind, ending,
        *words.mode, *words.place, *words.array, note, words.miles,
    )  # fmt: skip


def name_in(cells: Sequence[str], layout: Layout) -> tuple[PersonName | None, Problem | None]:
    name = None
    if layout.has(F.FIRST_NAME, F.LAST_NAME):
        name = name_of(layout.cell(cells, F.FIRST_NAME), layout.cell(cells, F.LAST_NAME))
    written = layout.cell(cells, F.NAME)
    name = name or read_name(written)
    if name is not None:
        return name, None
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) == 1:
        text = _("“{cell}” stands alone in its row and looks like a remark, not like a contact.")
        return None, said(ProblemKind.NOT_A_PERSON, text, F.NAME, cell=filled[0])
    if not written:
        text = _("This row does not say who it was with.")
        return None, said(ProblemKind.NO_NAME, text, F.NAME)
    text = _("“{cell}” cannot be read as a name.")
    return None, said(ProblemKind.NO_NAME, text, F.NAME, cell=written)


def _day(cells: Sequence[str], layout: Layout) -> tuple[date | None, Problem | None]:
    written = layout.cell(cells, F.ON)
    if is_unknown(written):
        text = _("This row does not say on which day it was.")
        return None, said(ProblemKind.DATE_MISSING, text, F.ON)
    on = parse_date(written, layout.order(F.ON), layout.today)
    if on is None:
        text = _("“{cell}” cannot be read as a day.")
        return None, said(ProblemKind.DATE_UNREADABLE, text, F.ON, cell=written)
    if on > layout.today:
        return None, _future(written, on, layout.today)
    if on.year < layout.today.year - OLDEST_CONTACT_YEARS:
        text = _("“{cell}” is a very long time ago. Is the year right?")
        return None, said(ProblemKind.DATE_LONG_AGO, text, F.ON, cell=written)
    return on, None


def _future(written: str, on: date, today: date) -> Problem:
    """A day to come; where only the year is off, the nearest past year is offered."""
    say = Say(_("The day “{cell}” has not come yet."), {"cell": written})
    for year in (today.year, today.year - 1):
        try:
            meant = on.replace(year=year)
        except ValueError:
            continue
        if meant <= today:
            offer = Say(_("Was it {day}?"), {"day": meant.isoformat()})
            mend: Mapping[StrEnum, str] = {F.ON: meant.isoformat()}
            return Problem(ProblemKind.DATE_IN_THE_FUTURE, say, F.ON, mend, offer)
    return Problem(ProblemKind.DATE_IN_THE_FUTURE, say, F.ON)


def _why_no_supporter(written: str) -> Problem | None:
    if not is_unknown(written):
        return None
    text = _("This row does not say which supporter it was.")
    if written:
        text = _("“{cell}” does not say which supporter it was.")
    return said(ProblemKind.SUPPORTER_UNKNOWN, text, F.SUPPORTER, cell=written)


@lru_cache(maxsize=20_000)
def _kind(note: str, outcome: str) -> tuple[ContactKind, AttemptEnding | None]:
    """A try that did not reach the person does not count as contact."""
    ending = _ending(outcome, whole=True) or _ending(note, whole=False)
    if ending is None and read_yes(outcome) is False:
        ending = AttemptEnding.NOT_THERE
    if ending is not None:
        return ContactKind.ATTEMPT, ending
    if plain(note).startswith(("group ", "grupo ")):
        return ContactKind.GROUP, None
    return ContactKind.WITH_PERSON, None


def _ending(written: str, *, whole: bool) -> AttemptEnding | None:
    """How a try ended, if the text begins by saying so and nothing in it says that they met."""
    text = plain(written)
    if not text or len(text) > LONGEST_ATTEMPT_NOTE or MET_AFTER_ALL & set(text.split()):
        return None
    for name, ending in ATTEMPTS:
        for phrase in phrases(name):
            if text == phrase or text.startswith(f"{phrase} "):
                return ending
            if whole and f" {phrase} " in f" {text} ":
                return ending
    return None


def _words(cells: Sequence[str], layout: Layout) -> tuple[_Words, list[Problem]]:
    problems: list[Problem] = []
    mode = layout.cell(cells, F.MODE)
    place = layout.cell(cells, F.PLACE)
    array = layout.cell(cells, F.ARRAY)
    mode_code = code_for("mode", mode)
    place_code = code_for("place", place)
    array_code = code_for("array", array)
    if mode and mode_code is None and not is_unknown(mode):
        text = _("We have no word for “{cell}” as a way to be in touch. It stays open.")
        problems.append(said(ProblemKind.MODE_UNKNOWN, text, F.MODE, cell=mode))
    if place and place_code is None and not is_unknown(place):
        text = _("We have no kind of place for “{cell}”. The words are kept.")
        problems.append(said(ProblemKind.PLACE_UNKNOWN, text, F.PLACE, cell=place))
    if array and array_code is None:
        text = _("The service array “{cell}” is not clear. It stays open.")
        problems.append(said(ProblemKind.ARRAY_UNKNOWN, text, F.ARRAY, cell=array))
    miles, no_miles = _miles(layout.cell(cells, F.MILES))
    if no_miles:
        problems.append(no_miles)
    return (
        _Words(
            (Mode(mode_code) if mode_code else None, mode),
            (Place(place_code) if place_code else None, place),
            (ServiceArray(array_code) if array_code else None, array),
            miles,
        ),
        problems,
    )


def _miles(written: str) -> tuple[Decimal | None, Problem | None]:
    if is_unknown(written):
        return None, None
    miles = read_number(written)
    if miles is None:
        text = _("“{cell}” cannot be read as miles. They stay empty.")
        return None, said(ProblemKind.MILES_UNREADABLE, text, F.MILES, cell=written)
    return miles, None
