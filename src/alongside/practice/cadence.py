"""Who is due for what. The one rule for every page, query and report (SVC-10, SVC-12).

A query filters on a stored date: keep ``next_due_on`` beside the episode (``next_plan_due_on``
beside the plan) and renew it when a contact or an agreement changes. ``due_bounds`` on that date
finds all who may be soon or due; ``contact_due`` says which they are.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.rules import Rules


class DueState(StrEnum):
    SETTLED = "settled"
    SOON = "soon"
    DUE = "due"


@dataclass(frozen=True)
class Due:
    """``days_since`` counts from the last time, ``None`` when there was none; ``days_left`` is
    negative once ``due_on`` has passed. Due is the program's task, never a person's failing."""

    state: DueState
    due_on: date
    days_since: int | None
    days_left: int
    say: Say


@dataclass(frozen=True)
class ContactFacts:
    """``agreed_every_days`` is what the two agreed on: honored when shorter than the rule."""

    begun_on: date
    last_contact_on: date | None = None
    agreed_every_days: int | None = None


@dataclass(frozen=True)
class PlanFacts:
    """``last_agreed_on`` is the last day the two looked at the plan together and agreed on it."""

    begun_on: date
    last_agreed_on: date | None = None
    has_plan: bool = False


class DueBounds(NamedTuple):
    """For a stored day: perhaps soon, and due, where it is on or before these days."""

    soon_if_on_or_before: date
    due_if_on_or_before: date


class Thresholds(NamedTuple):
    """For relationships without an agreed interval: last contact on or before these days."""

    soon_if_last_on_or_before: date
    due_if_last_on_or_before: date


def contact_due(facts: ContactFacts, on: date, rules: Rules) -> Due:
    """When the two should be in touch again, seen from ``on``."""
    due_on = next_due_on(facts, rules)
    state = state_of(due_on, on, soon_days(facts, rules))
    left = (due_on - on).days
    if facts.last_contact_on is None:
        since_match = max((on - facts.begun_on).days, 0)
        return Due(state, due_on, None, left, _say_first(left, since_match))
    since = max((on - facts.last_contact_on).days, 0)
    return Due(state, due_on, since, left, _say_contact(state, since, left))


def first_contact_due(facts: ContactFacts, on: date, rules: Rules) -> Due | None:
    """When to meet for the first time; ``None`` once the two have been in touch."""
    return None if facts.last_contact_on else contact_due(facts, on, rules)


def next_due_on(facts: ContactFacts, rules: Rules) -> date:
    """The day by which the two should be in touch; store it to filter and sort by."""
    if facts.last_contact_on is None:
        return facts.begun_on + timedelta(days=_first_interval(facts, rules))
    return facts.last_contact_on + timedelta(days=interval_days(facts.agreed_every_days, rules))


def soon_days(facts: ContactFacts, rules: Rules) -> int:
    """How many days ahead someone comes into sight: a quarter of the time between two contacts,
    so that two who meet each week are not on the list all week. A first hello is there at once."""
    if facts.last_contact_on is None:
        return rules.contact_soon_days
    quarter = interval_days(facts.agreed_every_days, rules) // 4
    return min(rules.contact_soon_days, max(quarter, 1))


def state_of(due_on: date, on: date, soon_within: int) -> DueState:
    """The state for a stored day, with the days from ``soon_days``."""
    if due_on <= on:
        return DueState.DUE
    return DueState.SOON if due_on <= on + timedelta(days=soon_within) else DueState.SETTLED


def due_bounds(on: date, rules: Rules) -> DueBounds:
    """Bounds on the stored day of ``next_due_on``, for queries."""
    return DueBounds(on + timedelta(days=rules.contact_soon_days), on)


def contact_thresholds(on: date, rules: Rules) -> Thresholds:
    """The same answer as ``contact_due`` for those in touch before, without an agreed interval."""
    due = on - timedelta(days=rules.contact_every_days)
    return Thresholds(due + timedelta(days=rules.contact_soon_days), due)


def interval_days(agreed_every_days: int | None, rules: Rules) -> int:
    """Days between contacts: as agreed, and at least as often as the rule asks."""
    if agreed_every_days is None or agreed_every_days < 1:
        return rules.contact_every_days
    return min(agreed_every_days, rules.contact_every_days)


def _first_interval(facts: ContactFacts, rules: Rules) -> int:
    return min(rules.first_contact_within_days, interval_days(facts.agreed_every_days, rules))


def plan_due(facts: PlanFacts, on: date, rules: Rules) -> Due:
    """When to look at the plan together. No plan yet is fine: that is proposed, never due."""
    due_on = next_plan_due_on(facts, rules)
    state = plan_state_of(due_on, on, rules, has_plan=facts.has_plan)
    since = None
    if facts.last_agreed_on is not None:
        since = max((on - facts.last_agreed_on).days, 0)
    left = (due_on - on).days
    return Due(state, due_on, since, left, _say_plan(state, facts, due_on))


def next_plan_due_on(facts: PlanFacts, rules: Rules) -> date:
    """The day of the next quarterly look; store it to filter and sort by."""
    return add_months(facts.last_agreed_on or facts.begun_on, rules.plan_every_months)


def plan_state_of(due_on: date, on: date, rules: Rules, *, has_plan: bool) -> DueState:
    """The state for a stored date. Without a plan it never goes past soon."""
    if on >= due_on:
        return DueState.DUE if has_plan else DueState.SOON
    soon = due_on <= on + timedelta(days=rules.plan_soon_days)
    return DueState.SOON if soon else DueState.SETTLED


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _say_first(left: int, since: int) -> Say:
    if left > 1:
        return Say(_("New together. {left} days left for a first hello."), {"left": left})
    if left == 1:
        return Say(_("New together. One day left for a first hello."))
    if left == 0:
        return Say(_("New together. Today is a good day for a first hello."))
    if since == 1:
        return Say(_("A day since you were matched. Time for a first hello?"))
    return Say(_("{since} days since you were matched. Time for a first hello?"), {"since": since})


def _say_contact(state: DueState, since: int, left: int) -> Say:
    facts = {"since": since, "left": left}
    if state is DueState.DUE:
        if since <= 1:
            return Say(_("One day since you were in touch. Reach out?"))
        return Say(_("{since} days since you were in touch. Reach out?"), facts)
    if since == 0:
        return Say(_("In touch today."))
    if since == 1:
        return Say(_("In touch yesterday."))
    if state is DueState.SETTLED:
        return Say(_("In touch {since} days ago."), facts)
    if left == 1:
        return Say(_("{since} days since you were in touch, one day left."), facts)
    return Say(_("{since} days since you were in touch, {left} days left."), facts)


def _say_plan(state: DueState, facts: PlanFacts, due_on: date) -> Say:
    by = {"due": due_on}
    if not facts.has_plan:
        if state is DueState.SETTLED:
            return Say(_("No plan yet, and that is fine."))
        return Say(_("No plan yet, and that is fine. You could look together at what matters now."))
    if state is DueState.DUE:
        return Say(_("A quarter has passed for this plan ({due}). Look at it together?"), by)
    if state is DueState.SOON:
        return Say(_("Time to look at the plan together by {due}."), by)
    return Say(_("The plan is fresh. Next look together by {due}."), by)
