"""Start, end and minutes of a contact, held against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import ContactField as F
from alongside.exchange.codes import ProblemKind
from alongside.exchange.rules.layout import Layout
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.times import (
    MOST_MINUTES,
    Clock,
    minutes_between,
    read_clock,
    read_minutes,
    read_span,
)
from alongside.exchange.rules.words import is_unknown

LONGEST_OVER_MIDNIGHT = 4 * 60
DAY = 24 * 60


@dataclass(frozen=True)
class Span:
    """Both times or neither; an end before its start lies on the next day."""

    started: time | None = None
    ended: time | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Hours:
    span: Span
    problems: tuple[Problem, ...] = ()
    sort_out: Problem | None = None


def read_hours(cells: Sequence[str], layout: Layout, *, needed: bool) -> Hours:
    """What the row says of its hours. ``needed`` is false for a try that reached nobody."""
    problems: list[Problem] = []
    start, end = _clocks(cells, layout, problems)
    minutes = _minutes(cells, layout, problems)
    if start and end:
        found = _both(start, end, minutes)
    else:
        found = _without_both(minutes, needed=needed, noted=bool(problems))
    return Hours(found.span, (*problems, *found.problems), found.sort_out)


def _clocks(
    cells: Sequence[str], layout: Layout, problems: list[Problem]
) -> tuple[Clock | None, Clock | None]:
    began, ended = layout.cell(cells, F.STARTED), layout.cell(cells, F.ENDED)
    span = read_span(began, layout.clock)
    if span is not None:
        return span
    found: list[Clock | None] = []
    for field, written in ((F.STARTED, began), (F.ENDED, ended)):
        clock = None if is_unknown(written) else read_clock(written, layout.clock)
        if clock is None and not is_unknown(written):
            text = _("“{cell}” cannot be read as a time.")
            problems.append(said(ProblemKind.TIME_UNREADABLE, text, field, cell=written))
        found.append(clock)
    return found[0], found[1]


def _minutes(cells: Sequence[str], layout: Layout, problems: list[Problem]) -> int | None:
    for field in (F.MINUTES, F.HOURS):
        written = layout.cell(cells, field)
        if is_unknown(written):
            continue
        minutes = read_minutes(written, hours=field is F.HOURS)
        if minutes is not None:
            return minutes or None
        text = _("“{cell}” cannot be read as how long it took.")
        problems.append(said(ProblemKind.MINUTES_UNREADABLE, text, field, cell=written))
    return None


def _without_both(minutes: int | None, *, needed: bool, noted: bool) -> Hours:
    if minutes is None and not needed:
        return Hours(Span())
    if minutes is None:
        text = _("This row does not say how long it took: no start and end, no minutes.")
        return Hours(Span(), (), said(ProblemKind.NO_DURATION, text, F.MINUTES))
    if minutes > MOST_MINUTES:
        return Hours(Span(), (), _too_long(minutes))
    text = _("Start and end are not given. The {minutes} minutes are kept.")
    problem = said(ProblemKind.TIMES_UNKNOWN, text, F.STARTED, minutes=minutes)
    return Hours(Span(None, None, minutes), () if noted else (problem,))


def _both(start: Clock, end: Clock, minutes: int | None) -> Hours:
    length = minutes_between(start.at, end.at)
    if start.unsure or end.unsure:
        return _unsure(start, end, length, minutes)
    if length == 0:
        return _same(start, minutes)
    if length < 0:
        over_midnight = length + DAY
        agreed = minutes == over_midnight
        if not agreed and (minutes is not None or over_midnight > LONGEST_OVER_MIDNIGHT):
            return Hours(Span(), (), _end_first(start.at, end.at, length, minutes))
        length = over_midnight
    if length > MOST_MINUTES:
        return Hours(Span(), (), _too_long(length))
    problems: tuple[Problem, ...] = ()
    if minutes is not None and minutes != length:
        # The clock is the nearer witness: people look at it, while a length is worked out later.
        text = _("Start and end make {length} minutes, the row says {minutes}. Start and end hold.")
        problems = (
            said(
                ProblemKind.TIMES_AND_MINUTES_DISAGREE, text, F.MINUTES,
                length=length, minutes=minutes,
            ),
        )  # fmt: skip
    return Hours(Span(start.at, end.at, length), problems)


def _unsure(start: Clock, end: Clock, length: int, minutes: int | None) -> Hours:
    """Morning or afternoon is open: the length can still be sure, the hours are not."""
    known = minutes if minutes is not None else (length + DAY) % (DAY // 2)
    if not known or known > MOST_MINUTES:
        text = _(
            "“{start}” to “{end}” does not say morning or afternoon, and no minutes are given."
        )
        start_words, end_words = _shown(start.at), _shown(end.at)
        problem = said(ProblemKind.TIME_UNSURE, text, F.STARTED, start=start_words, end=end_words)
        return Hours(Span(), (), problem)
    text = _("“{start}” does not say morning or afternoon. Only the {minutes} minutes are kept.")
    problem = said(ProblemKind.TIME_UNSURE, text, F.STARTED, start=_shown(start.at), minutes=known)
    return Hours(Span(None, None, known), (problem,))


def _same(start: Clock, minutes: int | None) -> Hours:
    if minutes is None:
        text = _("Start and end are both {start}, and no minutes are given.")
        problem = said(ProblemKind.NO_DURATION, text, F.ENDED, start=_shown(start.at))
        return Hours(Span(), (), problem)
    if minutes > MOST_MINUTES:
        return Hours(Span(), (), _too_long(minutes))
    text = _("Start and end are both {start}. The {minutes} minutes are kept, not the times.")
    problem = said(
        ProblemKind.TIMES_AND_MINUTES_DISAGREE, text, F.ENDED,
        start=_shown(start.at), minutes=minutes,
    )  # fmt: skip
    return Hours(Span(None, None, minutes), (problem,))


def _end_first(start: time, end: time, length: int, minutes: int | None) -> Problem:
    """Offers to swap them, or to count the minutes from the start; a person decides."""
    say = Say(
        _("The end, {end}, is before the start, {start}."),
        {"end": _shown(end), "start": _shown(start)},
    )
    mend: Mapping[StrEnum, str] = {F.STARTED: _shown(end), F.ENDED: _shown(start)}
    if minutes is None or minutes == -length:
        offer = Say(
            _("Were they swapped: {start} to {end}?"), {"start": _shown(end), "end": _shown(start)}
        )
        return Problem(ProblemKind.END_BEFORE_START, say, F.ENDED, mend, offer)
    ends = (start.hour * 60 + start.minute + minutes) % DAY
    meant = time(ends // 60, ends % 60)
    offer = Say(
        _("Was it {start} to {end}, {minutes} minutes?"),
        {"start": _shown(start), "end": _shown(meant), "minutes": minutes},
    )
    mend = {F.STARTED: _shown(start), F.ENDED: _shown(meant)}
    return Problem(ProblemKind.END_BEFORE_START, say, F.ENDED, mend, offer)


def _too_long(minutes: int) -> Problem:
    text = _("{minutes} minutes is longer than 16 hours. Are the times right?")
    return said(ProblemKind.TOO_LONG, text, F.MINUTES, minutes=minutes)


def _shown(at: time) -> str:
    return at.strftime("%H:%M")
