"""When a record may go. Facts in, every rule that keeps it out, with the day it runs out.

A record goes whole or not at all: it is due once the last rule on any part of it has run out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.cadence import add_months
from alongside.practice.retention.facts import SINCE_WORDS, Kept, Rule, Since, TimeToAnswer


@dataclass(frozen=True)
class RecordFacts:
    """What the rules ask of one record. ``days``: the last day each thing happened, where it ever
    did. ``begun_on``: the first day known. ``adult``: an adult by their own word when it began."""

    days: Mapping[Since, date] = field(default_factory=dict)
    begun_on: date | None = None
    born_on: date | None = None
    adult: bool = False
    goes_on: bool = False
    held: bool = False


@dataclass(frozen=True)
class Reason:
    """A rule that keeps this record: the day it counts from, and the first day it keeps no more."""

    rule: Rule
    since: Since
    counted_on: date
    years: int
    free_on: date
    by_age: bool = False

    @property
    def say(self) -> Say:
        facts = {"years": self.years, "since": Say(SINCE_WORDS[self.since])}
        facts |= {"day": self.counted_on, "age": self.rule.minor_until}
        if self.by_age:
            return Say(_("Until they are {age}, and {years} years from {since}: {day}."), facts)
        return Say(_("{years} years from {since}: {day}."), facts)


@dataclass(frozen=True)
class Standing:
    """Whether a record may go. ``free_on`` is unknown while no day is known to count from."""

    reasons: tuple[Reason, ...]
    due: bool
    free_on: date | None
    why_not: Say | None = None


def standing(
    facts: RecordFacts, rules: Iterable[Rule], on: date, longer: Mapping[Kept, int] | None = None
) -> Standing:
    """Where a record stands on ``on``; ``longer`` are the years that the agency keeps by itself."""
    reasons = tuple(
        reason for rule in rules if (reason := _reason(facts, rule, longer or {})) is not None
    )
    reasons = tuple(sorted(reasons, key=lambda one: (-one.free_on.toordinal(), one.rule.key)))
    # Papers around a record say nothing of the record itself: without a day of its own it stays.
    counted = any(reason.rule.covers is Kept.RECORD for reason in reasons)
    free_on = reasons[0].free_on if counted else None
    why_not = _why_not(facts, free_on, on)
    return Standing(reasons, why_not is None, free_on, why_not)


def _why_not(facts: RecordFacts, free_on: date | None, on: date) -> Say | None:
    if facts.held:
        return Say(_("It is on hold."))
    if facts.goes_on:
        return Say(_("Something is still open: support, a referral, a request or a hand-off."))
    if free_on is None:
        return Say(_("No day is known to count from."))
    if free_on > on:
        return Say(_("A rule keeps it until {day}."), {"day": free_on})
    return None


def _reason(facts: RecordFacts, rule: Rule, longer: Mapping[Kept, int]) -> Reason | None:
    known = [(facts.days[since], since) for since in rule.since if since in facts.days]
    if rule.covers is Kept.AUDIT or not known:
        return None
    counted_on, since = max(known)
    years = max(rule.years, longer.get(rule.covers, 0))
    free_on = after_years(counted_on, years)
    grown_on = _grown_on(facts, rule, counted_on)
    by_age = grown_on is not None and grown_on > free_on
    return Reason(
        rule, since, counted_on, years, grown_on if by_age and grown_on else free_on, by_age
    )


def _grown_on(facts: RecordFacts, rule: Rule, counted_on: date) -> date | None:
    """The first day on which the rule for minors keeps the record no more, if it speaks of them."""
    if not rule.minor_until:
        return None
    if facts.born_on is not None:
        return after_years(facts.born_on, rule.minor_until)
    if facts.adult:
        return None
    begun_on = min(facts.begun_on or counted_on, counted_on)
    return after_years(begun_on, rule.minor_until - rule.youngest)


def after_years(day: date, years: int) -> date:
    """The first day after so many whole years; of February 29 that is March 1."""
    return add_months(day, 12 * years) + timedelta(days=1)


def least_years(rules: Iterable[Rule], longer: Mapping[Kept, int]) -> int:
    """No record of support is free before so many years: for finding candidates."""
    found = [max(r.years, longer.get(r.covers, 0)) for r in rules if r.covers is Kept.RECORD]
    return max(found, default=0)


def least_for(rules: Iterable[Rule], kept: Kept) -> int:
    """What the law asks for one kind of row, in years."""
    return max((rule.years for rule in rules if rule.covers is kept), default=0)


def answer_by(asked_on: date, time: TimeToAnswer, *, longer: bool = False) -> date:
    return asked_on + timedelta(days=time.days + (time.longer if longer else 0))
