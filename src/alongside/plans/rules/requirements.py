"""What others ask of the participant: what comes next, how far it is, what is past its day. Pure.

The supporter helps and does not enforce: nothing here counts against anybody, and a day that has
gone by asks what is possible now.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.clock import in_reach
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.plans.codes import RequirementState, Rhythm
from alongside.practice.codes import SetBy

S, R = RequirementState, Rhythm
T = TypeVar("T")

REQUIREMENT_MOVES: Mapping[RequirementState, frozenset[RequirementState]] = {
    S.AHEAD: frozenset({S.UNDER_WAY, S.HANDED_IN, S.ACCEPTED, S.NOT_ASKED}),
    S.UNDER_WAY: frozenset({S.AHEAD, S.HANDED_IN, S.ACCEPTED, S.NOT_ASKED}),
    S.HANDED_IN: frozenset({S.AHEAD, S.UNDER_WAY, S.ACCEPTED, S.NOT_ASKED}),
    S.ACCEPTED: frozenset({S.UNDER_WAY, S.HANDED_IN}),
    S.NOT_ASKED: frozenset({S.AHEAD, S.UNDER_WAY}),
}
STATE_NAMES: Mapping[RequirementState, str] = {
    S.AHEAD: _("Ahead"),
    S.UNDER_WAY: _("Under way"),
    S.HANDED_IN: _("Done"),
    S.ACCEPTED: _("Done and accepted"),
    S.NOT_ASKED: _("No longer asked"),
}
RHYTHM_NAMES: Mapping[Rhythm, str] = {
    R.ONCE: _("Once, or some times in all"),
    R.WEEK: _("Each week"),
    R.MONTH: _("Each month"),
}
OPEN = (S.AHEAD, S.UNDER_WAY)
# What a participant can say of it by themselves. Whether it was accepted, others decide.
OWN_MOVES = frozenset({S.AHEAD, S.UNDER_WAY, S.HANDED_IN})
MOST_TIMES = 999
SOON = 14  # days


@dataclass(frozen=True)
class NewRequirement:
    """What is written down. ``people`` are ids of those around the participant."""

    words: str
    set_by: str
    set_by_name: str = ""
    official: str = ""
    rhythm: str = Rhythm.ONCE.value
    due_on: date | None = None
    how_many: int | None = None
    what_counts: str = ""
    ask_words: str = ""
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class NewEvidence:
    """What shows that it was done. ``times``: how many times it counts for."""

    on: date
    words: str = ""
    times: int = 1


@dataclass(frozen=True)
class Since:
    """What a day is held against. What is not known is ``None`` and refuses nothing."""

    today: date
    born_on: date | None = None
    began_on: date | None = None


@dataclass(frozen=True)
class RequirementFacts:
    """``done``: times so far; ``last_on``: the day it was last done."""

    state: RequirementState
    rhythm: Rhythm = R.ONCE
    due_on: date | None = None
    how_many: int | None = None
    done: int = 0
    last_on: date | None = None
    theirs: bool = False
    taken_back: bool = False


def next_on(facts: RequirementFacts, today: date) -> date | None:
    """The day it is next looked for; ``None`` without a day. What is asked each week or month is
    looked for by the end of this one, or of the next where it was done in this one already."""
    if facts.rhythm is R.ONCE:
        return facts.due_on
    end = _end(facts.rhythm, today)
    if facts.last_on is not None and _end(facts.rhythm, facts.last_on) >= end:
        end = _end(facts.rhythm, end + timedelta(days=1))
    return min(end, facts.due_on) if facts.due_on is not None else end


def _end(rhythm: Rhythm, on: date) -> date:
    """Sunday, or the last day of the month."""
    if rhythm is R.WEEK:
        return on + timedelta(days=6 - on.weekday())
    first = on.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def is_past(facts: RequirementFacts, today: date) -> bool:
    """Its day has gone by, and it is not done. That says nothing about anybody."""
    return facts.state in OPEN and facts.due_on is not None and facts.due_on < today


def in_order(rows: Iterable[T], facts_of: Callable[[T], RequirementFacts], today: date) -> list[T]:
    """The next thing first; then what has no day; then what is done; last what is not asked."""

    def place(row: T) -> tuple[int, date]:
        facts = facts_of(row)
        if facts.state in OPEN:
            on = next_on(facts, today)
            return (0, on) if on is not None else (1, date.max)
        return (2 if facts.state is not S.NOT_ASKED else 3, facts.due_on or date.max)

    return sorted(rows, key=place)


def when_words(facts: RequirementFacts) -> Say:
    """By when, as one sentence."""
    day = {"day": facts.due_on} if facts.due_on is not None else {}
    if facts.rhythm is R.WEEK:
        return Say(_("Each week until {day}."), day) if day else Say(_("Each week."))
    if facts.rhythm is R.MONTH:
        return Say(_("Each month until {day}."), day) if day else Say(_("Each month."))
    return Say(_("By {day}."), day) if day else Say(_("No day was set."))


def past_words(facts: RequirementFacts) -> Say:
    """What stands in place of the day once it has gone by (``is_past``)."""
    return Say(_("This was for {day}. Ask together what is possible now."), {"day": facts.due_on})


def how_far(facts: RequirementFacts) -> Say | None:
    """``4 of 12 done.`` Nothing where there is nothing to count."""
    if facts.how_many is None:
        return None
    return Say(_("{done} of {all} done."), {"done": facts.done, "all": facts.how_many})


def state_after(facts: RequirementFacts, done: int) -> RequirementState:
    """Where it stands once ``done`` times are shown: what recurs or has more to come goes on."""
    if facts.state not in (S.AHEAD, S.UNDER_WAY):
        return facts.state
    if facts.how_many is not None:
        return S.HANDED_IN if done >= facts.how_many else S.UNDER_WAY
    return S.HANDED_IN if facts.rhythm is R.ONCE else S.UNDER_WAY


def state_without(facts: RequirementFacts) -> RequirementState:
    """Where it stands once something was taken back that ``facts`` no longer count."""
    if facts.state is not S.HANDED_IN or facts.done >= (facts.how_many or 1):
        return facts.state
    return S.UNDER_WAY if facts.done else S.AHEAD


def why_not_write(by: Actor) -> Refusal | None:
    if by.may(Permission.PLAN_WRITE) or by.may(Permission.OWN_WRITE):
        return None
    return Refusal("not-yours", _("This list is kept by the participant and who walks alongside."))


def why_not_keep(new: NewRequirement, since: Since) -> Refusal | None:
    if not new.words.strip():
        return Refusal(
            "no-words",
            _("Say in plain words what is asked. One sentence is enough."),
            field="words",
        )
    if new.set_by not in set(SetBy):
        return Refusal("no-setter", _("Choose who asks this."), field="set_by")
    if new.rhythm not in set(Rhythm):
        return Refusal("no-rhythm", _("Choose how often."), field="rhythm")
    if new.how_many is not None and not 1 <= new.how_many <= MOST_TIMES:
        return Refusal(
            "no-number",
            _("Write how many times, from 1 to {most}, or leave it empty."),
            {"most": MOST_TIMES},
            field="how_many",
        )
    return why_not_day(new.due_on, since) if new.due_on is not None else None


def why_not_day(on: date, since: Since, field: str = "due_on") -> Refusal | None:
    """A day before birth or before the two began is a slip of the pen: one sentence says so."""
    if since.born_on is not None and on < since.born_on:
        return Refusal(
            "before-birth", _("This day is before the day of birth. Look at the year."), field=field
        )
    if since.began_on is not None and on < since.began_on:
        return Refusal(
            "before-program",
            _("This day is before you two began. Look at the year, or leave it empty."),
            field=field,
        )
    if not in_reach(on):
        return Refusal("no-day", _("Look at the year of this day."), field=field)
    return None


def why_not_show(new: NewEvidence, since: Since, *, has_more: bool) -> Refusal | None:
    """``has_more``: a file or a meeting comes with it."""
    if not new.words.strip() and not has_more:
        return Refusal(
            "nothing-shown", _("Write a few words, or add a photo or file."), field="words"
        )
    if not 0 <= new.times <= MOST_TIMES:
        return Refusal(
            "no-number",
            _("Write how many times, from 0 to {most}."),
            {"most": MOST_TIMES},
            field="times",
        )
    if new.on > since.today:
        return Refusal(
            "still-to-come", _("This day is still to come. Choose today or before."), field="on"
        )
    return why_not_day(new.on, Since(since.today, since.born_on), field="on")


def why_not_change(facts: RequirementFacts, by: Actor) -> Refusal | None:
    """Whoever walks alongside may correct it; participants what they wrote by themselves."""
    if facts.taken_back:
        return Refusal("taken-back", _("This was taken back. Put it back first."))
    if by.may(Permission.PLAN_WRITE) or facts.theirs:
        return why_not_write(by)
    return Refusal(
        "not-your-words", _("Your supporter wrote this down. Ask them to change it with you.")
    )


def why_not_move_requirement(
    facts: RequirementFacts, to: RequirementState, by: Actor
) -> Refusal | None:
    if facts.taken_back:
        return Refusal("taken-back", _("This was taken back. Put it back first."))
    if to not in REQUIREMENT_MOVES[facts.state]:
        return Refusal(
            "no-such-move", _("This is already: {now}."), {"now": STATE_NAMES[facts.state]}
        )
    if not by.may(Permission.PLAN_WRITE) and not {facts.state, to} <= OWN_MOVES:
        return Refusal("ask", _("Ask your supporter to write this down with you."))
    return why_not_write(by)


def why_not_say_why(why: str) -> Refusal | None:
    if why.strip():
        return None
    return Refusal("no-why", _("Say in a few words why."), field="why")


def why_not_ask(words: str) -> Refusal | None:
    if words.strip():
        return None
    return Refusal("no-words", _("Write what you want to know."), field="words")


def why_not_answer(words: str, *, answered: bool) -> Refusal | None:
    if answered:
        return Refusal("answered", _("There is an answer already. Look again."))
    if not words.strip():
        return Refusal("no-words", _("Write what you found out together."), field="answer")
    return None
