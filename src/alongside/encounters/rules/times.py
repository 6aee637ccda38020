"""When a contact was, on the agency's wall clock. No Django, no database, no clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from alongside.core.clock import at_wall, local, span
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _

LONGEST = timedelta(hours=16)
AHEAD = timedelta(hours=1)
USUAL = timedelta(minutes=45)
STEP = 5


@dataclass(frozen=True)
class Times:
    """``on`` is the wall-clock day it began. ``minutes`` is real time passed, also when the clocks
    were changed in between. Old sheets give minutes without start and end."""

    on: date
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None


class WallTimes(NamedTuple):
    """What a form shows: a day and two times on the wall clock."""

    on: date
    start: time
    end: time


def times_on_wall(on: date, start: time, end: time, time_zone: str) -> Times:
    """The moments meant by two wall-clock times; an end before the start is on the next day."""
    started_at, ended_at = (at.astimezone(UTC) for at in span(on, start, end, time_zone))
    if ended_at - started_at > LONGEST:
        # The night the clocks go back has one hour twice: 1:50 to 1:10 may be twenty minutes.
        again = at_wall(on, end.replace(fold=1), time_zone).astimezone(UTC)
        ended_at = again if timedelta(0) < again - started_at < AHEAD else ended_at
    passed = int((ended_at - started_at).total_seconds() // 60)
    return Times(on, started_at, ended_at, passed)


def default_times(
    now: datetime,
    time_zone: str,
    *,
    planned_start: datetime | None = None,
    planned_end: datetime | None = None,
) -> WallTimes:
    """What a new note proposes: the appointment it came from, or the 45 minutes until now."""
    if planned_start is None:
        end = _floor(local(now, time_zone))
        return _wall(end - USUAL, end)
    start = local(planned_start, time_zone)
    if planned_end is not None and planned_end <= now:
        return _wall(start, local(planned_end, time_zone))
    until_now = _floor(local(now, time_zone))
    if timedelta(minutes=STEP) <= until_now - start <= timedelta(hours=4):
        return _wall(start, until_now)
    return _wall(start, local(planned_end, time_zone) if planned_end else start + USUAL)


def why_not_times(times: Times, now: datetime) -> Refusal | None:
    if times.minutes is None:
        return Refusal("no-duration", _("Say how long it was: a start and an end."), field="end")
    if times.minutes <= 0:
        return Refusal(
            "ends-before-start",
            _("The end must come after the start. Did the clocks change that night?"),
            field="end",
        )
    if timedelta(minutes=times.minutes) > LONGEST:
        return Refusal(
            "too-long",
            _("That would be {hours} hours. Is the end right?"),
            {"hours": round(times.minutes / 60)},
            field="end",
        )
    latest = times.ended_at or times.started_at
    if latest is not None and latest > now + AHEAD:
        return Refusal(
            "in-the-future",
            _("This lies ahead. Plan it in the calendar, and write the note afterwards."),
            field="on",
        )
    return None


def _floor(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % STEP, second=0, microsecond=0)


def _wall(start: datetime, end: datetime) -> WallTimes:
    start, end = (at.replace(second=0, microsecond=0) for at in (start, end))
    return WallTimes(start.date(), start.time(), end.time())
