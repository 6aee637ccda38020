"""How many hours there are, how many it takes, and by when. Minutes inside, hours in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.cadence import add_months
from alongside.practice.rules import Rules

QUARTER = 15
ORIENTATION_SOURCE = IN_SERVICE_SOURCE = "DHS 36.12"


@dataclass(frozen=True)
class Learned:
    """One training attended: the day, and whole minutes."""

    on: date
    minutes: int


@dataclass(frozen=True)
class Hours:
    """``done`` and ``needed`` in minutes; ``by`` is the last day, where there is one."""

    done: int
    needed: int
    by: date | None
    say: Say
    source: str

    @property
    def left(self) -> int:
        return max(self.needed - self.done, 0)

    @property
    def enough(self) -> bool:
        return self.left == 0


@dataclass(frozen=True)
class BeginningFacts:
    """How someone began here. ``experienced``: six months or more in such work; ``None`` where
    nobody said. ``volunteer``: works without pay."""

    began_on: date | None = None
    experienced: bool | None = None
    volunteer: bool = False


def in_words(minutes: int) -> str:
    """``735`` → ``"12.25"``: hours as people write them."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def between(learned: Iterable[Learned], first: date | None, last: date | None) -> int:
    """Minutes on days from ``first`` through ``last``; an open end lets everything in."""
    return sum(
        one.minutes
        for one in learned
        if (first is None or first <= one.on) and (last is None or one.on <= last)
    )


def hours_to_go(done: int, needed: int, by: date | None, on: date, source: str) -> Hours:
    """What is there and what is missing, in one plain sentence."""
    facts: dict[str, object] = {
        "done": in_words(done),
        "needed": in_words(needed),
        "left": in_words(max(needed - done, 0)),
    }
    if done >= needed:
        return Hours(done, needed, by, Say(_("{done} of {needed} hours: all there"), facts), source)
    if by is None:
        text = _("{done} of {needed} hours; {left} to go")
    elif by < on:
        facts["by"] = by
        text = _("{done} of {needed} hours; {left} were missing on {by}")
    else:
        facts["by"] = by
        text = _("{done} of {needed} hours; {left} to go by {by}")
    return Hours(done, needed, by, Say(text, facts), source)


def orientation(
    facts: BeginningFacts, learned: Iterable[Learned], on: date, rules: Rules
) -> Hours | None:
    """Orientation hours since the first day. ``None`` where the first day is not known: nothing
    can be due then. Volunteers need theirs before they work alone, so there is no day for them."""
    if facts.began_on is None:
        return None
    done = between(learned, None, on)
    if facts.volunteer:
        needed, by = rules.orientation_volunteer_hours, None
    else:
        needed = (
            rules.orientation_experienced_hours if facts.experienced else rules.orientation_hours
        )
        by = add_months(facts.began_on, rules.orientation_within_months)
    return hours_to_go(done, needed * 60, by, on, ORIENTATION_SOURCE)


def orientation_asked(rules: Rules) -> Say:
    """What the state asks of those who begin, in a sentence."""
    facts = {
        "new": rules.orientation_hours,
        "known": rules.orientation_experienced_hours,
        "months": rules.orientation_within_months,
        "free": rules.orientation_volunteer_hours,
    }
    text = _(
        "{new} hours in {months} months, or {known} with six months of experience. "
        "Volunteers: {free} before they work alone."
    )
    return Say(text, facts)


def in_service(learned: Iterable[Learned], on: date, rules: Rules) -> Hours:
    """Training hours in the calendar year of ``on``."""
    first, last = date(on.year, 1, 1), date(on.year, 12, 31)
    done = between(learned, first, min(last, on))
    return hours_to_go(done, rules.in_service_hours * 60, last, on, IN_SERVICE_SOURCE)
