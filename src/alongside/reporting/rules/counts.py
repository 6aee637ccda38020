"""The plain counts that the measures are made of, as queries find them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.practice.cadence import DueState, PlanFacts, plan_due
from alongside.practice.codes import Mode, Process
from alongside.practice.rules import Rules

HORIZONS = (30, 90, 180, 365)


@dataclass(frozen=True)
class Times:
    """``count`` of something, from ``people`` people."""

    count: int = 0
    people: int = 0


@dataclass(frozen=True)
class People:
    """People who were with us in the time. Three ways to part them; each adds up to all."""

    touched: int = 0
    quiet: int = 0
    standing: int = 0
    ended: int = 0
    none: int = 0
    began: int = 0
    before: int = 0


@dataclass(frozen=True)
class Contacts:
    """``without``: contacts in which a process was not used, though it may have been in others."""

    all: Times = Times()
    attempts: Times = Times()
    modes: Mapping[Mode, Times] = field(default_factory=dict)
    no_mode: Times = Times()
    processes: Mapping[Process, Times] = field(default_factory=dict)
    without: Mapping[Process, Times] = field(default_factory=dict)
    no_process: Times = Times()
    together: Times = Times()
    alone: Times = Times()
    sheet: Times = Times()


@dataclass(frozen=True)
class Spell:
    """A time of support: from when to when. ``shares``: another one of the same person reaches
    into the month in which this one begins."""

    begun_on: date
    ended_on: date | None = None
    shares: bool = False


@dataclass(frozen=True)
class Staying:
    """Of those who began: how many are still there after so many days."""

    still: int = 0
    ended: int = 0
    early: int = 0


def staying(spells: Mapping[Spell, int], days: int, *, today: date) -> Staying:
    """``early``: too few days have gone by since they began, whatever happened meanwhile."""
    still = ended = early = 0
    for spell, n in spells.items():
        day = spell.begun_on + timedelta(days=days)
        if day > today:
            early += n
        elif spell.ended_on is not None and spell.ended_on < day:
            ended += n
        else:
            still += n
    return Staying(still, ended, early)


def months_in_support(spells: Mapping[Spell, int], first: date, last: date) -> int:
    """Months of the calendar in which support was going on, on any day, by person: from the month
    of ``first`` to that of ``last``."""
    months = 0
    for spell, n in spells.items():
        begun = max(_number(spell.begun_on), _number(first))
        ended = _number(last if spell.ended_on is None else min(spell.ended_on, last))
        reach = max(ended - begun + 1, 0)
        twice = spell.shares and _number(first) <= _number(spell.begun_on) <= _number(last)
        months += n * (reach - (1 if twice and reach else 0))
    return months


def _number(on: date) -> int:
    return on.year * 12 + on.month


@dataclass(frozen=True)
class Waits:
    """How often each number of days came up, and how many have no such number, by why."""

    days: Mapping[int, int] = field(default_factory=dict)
    waiting: int = 0
    closed: int = 0
    unknown: int = 0

    @property
    def done(self) -> int:
        return sum(self.days.values())


@dataclass(frozen=True)
class Plans:
    """Of those in support on the last day: whose plan was agreed within the quarter."""

    fresh: int = 0
    due: int = 0
    none: int = 0


def plans(agreed: Mapping[date | None, int], *, on: date, rules: Rules) -> Plans:
    """``agreed``: how many people last agreed on their plan on a day, or on none yet."""
    fresh = due = none = 0
    for last, n in agreed.items():
        if last is None:
            none += n
        elif plan_due(PlanFacts(last, last, has_plan=True), on, rules).state is DueState.DUE:
            due += n
        else:
            fresh += n
    return Plans(fresh, due, none)


@dataclass(frozen=True)
class Moved:
    """People by how their last answer stands to their first. More is not called better."""

    up: int = 0
    same: int = 0
    down: int = 0

    @property
    def all(self) -> int:
        return self.up + self.same + self.down


@dataclass(frozen=True)
class Counts:
    """All of it, for one time and some people."""

    people: People = People()
    contacts: Contacts = Contacts()
    in_support: Times = Times()
    months_touched: Times = Times()
    months: int = 0
    began: Mapping[Spell, int] = field(default_factory=dict)
    asked: Waits = Waits()
    plans: Plans = Plans()
    returns: Waits = Waits()
    changes: Mapping[str, Moved] = field(default_factory=dict)
    today: date = date.min
