"""When the next hour with the supervisor is due (DHS 36.11).

The state asks for an hour a week, or an hour for each 30 hours face to face: either is enough. So
it is due once the week has passed and the hours face to face are used up as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.cadence import DueState
from alongside.practice.growth.hours import Learned, in_words
from alongside.practice.rules import Rules

SOURCE = "DHS 36.11"
HOUR, WEEK = 60, 7


@dataclass(frozen=True)
class SupervisionFacts:
    """``sat``: time with the supervisor. ``face``: minutes face to face by day, ``None`` where they
    are not known to whoever asks."""

    sat: Sequence[Learned] = ()
    face: Sequence[tuple[date, int]] | None = None


@dataclass(frozen=True)
class SupervisionDue:
    """``hour_on`` is the day on which the last full hour was complete; ``lately`` are minutes
    within the last week, ``face_minutes`` those face to face since ``hour_on``."""

    state: DueState
    hour_on: date | None
    due_on: date | None
    days_since: int | None
    lately: int
    face_minutes: int | None
    say: Say


def supervision_due(facts: SupervisionFacts, on: date, rules: Rules) -> SupervisionDue:
    sat = [one for one in facts.sat if one.on <= on]
    hour_on = _last_full_hour(sat, rules)
    due_on = None if hour_on is None else hour_on + timedelta(days=rules.supervision_every_days)
    face = None
    if facts.face is not None:
        face = sum(m for day, m in facts.face if day <= on and (hour_on is None or day > hour_on))
    used_up = face is None or face >= rules.supervision_every_hours * 60
    return SupervisionDue(
        state=_state(due_on, used_up, on, rules),
        hour_on=hour_on,
        due_on=due_on,
        days_since=None if hour_on is None else (on - hour_on).days,
        lately=_minutes_up_to(sat, on, rules),
        face_minutes=face,
        say=_say(hour_on, due_on, face, on, rules),
    )


def asked(rules: Rules) -> Say:
    """What the state asks for, in a sentence."""
    facts = {
        "minutes": rules.supervision_minutes,
        "days": rules.supervision_every_days,
        "hours": rules.supervision_every_hours,
    }
    if (rules.supervision_minutes, rules.supervision_every_days) == (HOUR, WEEK):
        return Say(_("An hour each week, or an hour for each {hours} hours face to face."), facts)
    text = _("{minutes} minutes every {days} days, or for each {hours} hours face to face.")
    return Say(text, facts)


def _last_full_hour(sat: Sequence[Learned], rules: Rules) -> date | None:
    """The last day on which a week's sittings, that day's among them, came to a full hour."""
    full = [s.on for s in sat if _minutes_up_to(sat, s.on, rules) >= rules.supervision_minutes]
    return max(full, default=None)


def _minutes_up_to(sat: Sequence[Learned], on: date, rules: Rules) -> int:
    first = on - timedelta(days=rules.supervision_every_days - 1)
    return sum(s.minutes for s in sat if first <= s.on <= on)


def _state(due_on: date | None, used_up: bool, on: date, rules: Rules) -> DueState:
    if due_on is None or on > due_on:
        return DueState.DUE if used_up else DueState.SOON
    near = (due_on - on).days <= rules.supervision_soon_days
    return DueState.SOON if near and used_up else DueState.SETTLED


def _say(
    hour_on: date | None, due_on: date | None, face: int | None, on: date, rules: Rules
) -> Say:
    facts = {
        "on": hour_on,
        "by": due_on,
        "days": None if hour_on is None else (on - hour_on).days,
        "face": "" if face is None else in_words(face),
        "all": rules.supervision_every_hours,
    }
    if hour_on is None or due_on is None:
        if face is None:
            return Say(_("No full hour written down yet."))
        return Say(_("No full hour yet; {face} of {all} hours face to face so far."), facts)
    if on <= due_on:
        return Say(_("A full hour on {on}. The next one by {by}."), facts)
    if face is None:
        return Say(_("{days} days since the last full hour."), facts)
    return Say(
        _("{days} days since the last full hour; {face} of {all} hours face to face since."), facts
    )
