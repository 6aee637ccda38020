"""Milestones, return to use and return to support: what may be written, and who reads it. Pure.

No blame and no count: a return to use is told, and help is two taps away.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.clock import in_reach
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import MilestoneKind
from alongside.practice.returning import Return, days_until_back

THEIRS_TO_OPEN = Refusal(
    "theirs", _("Only the participant opens this to others. Do it with them, on their page.")
)
TAKEN_BACK = Refusal("taken-back", _("This was taken back. Put it back first."))


@dataclass(frozen=True)
class NewMilestone:
    """``about``: the day is only roughly so."""

    words: str
    on: date
    about: bool = False
    kind: str = ""


@dataclass(frozen=True)
class NewReturn:
    """``words`` are the participant's, if they have any."""

    known_on: date
    happened_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Back:
    """With support again: on a day, in a meeting if there was one."""

    on: date
    words: str = ""
    encounter_id: UUID | None = None


@dataclass(frozen=True)
class Since:
    """What a day is held against. What is not known is ``None`` and refuses nothing."""

    today: date
    born_on: date | None = None
    began_on: date | None = None


def why_not_write(by: Actor) -> Refusal | None:
    if by.may(Permission.PLAN_WRITE) or by.may(Permission.OWN_WRITE):
        return None
    return Refusal("not-yours", _("This is written by the participant and who walks alongside."))


def why_not_keep_milestone(new: NewMilestone, since: Since) -> Refusal | None:
    """Words and a day are all it needs. It may lie long before the two met: it is their life."""
    if not new.words.strip():
        return Refusal(
            "no-words", _("Say it in your words. One sentence is enough."), field="words"
        )
    if new.kind and new.kind not in set(MilestoneKind):
        return Refusal("no-kind", _("Choose one from the list, or none."), field="kind")
    return why_not_day(new.on, Since(since.today, since.born_on), field="on")


def why_not_keep_return(new: NewReturn, since: Since) -> Refusal | None:
    wrong = why_not_day(new.known_on, since, field="known_on")
    if wrong is None and new.happened_on is not None:
        wrong = why_not_day(new.happened_on, Since(since.today, since.born_on), field="happened_on")
        if wrong is None and new.happened_on > new.known_on:
            wrong = Refusal(
                "known-before",
                _("The day we knew is before the day it was. Change one of them."),
                field="known_on",
            )
    return wrong


def why_not_back(now: Return, back: Back, since: Since) -> Refusal | None:
    wrong = why_not_day(back.on, since, field="back_on")
    if wrong is None and back.on < now.began_on:
        return Refusal(
            "back-before",
            _("This day is before the day it was. Change one of them."),
            field="back_on",
        )
    return wrong


def why_not_day(on: date, since: Since, *, field: str) -> Refusal | None:
    """A day before birth or before the two began is a slip of the pen: one sentence says so."""
    if since.born_on is not None and on < since.born_on:
        return Refusal(
            "before-birth", _("This day is before the day of birth. Look at the year."), field=field
        )
    if on > since.today:
        return Refusal(
            "still-to-come", _("This day is still to come. Choose today or before."), field=field
        )
    if since.began_on is not None and on < since.began_on:
        return Refusal(
            "before-program", _("This day is before you two began. Look at the year."), field=field
        )
    if not in_reach(on):
        return Refusal("no-day", _("Look at the year of this day."), field=field)
    return None


def why_not_open(by: Actor) -> Refusal | None:
    """Who reads a milestone is for the participant to say, by themselves."""
    return None if by.may(Permission.OWN_WRITE) else THEIRS_TO_OPEN


def between_words(one: Return) -> Say | None:
    """The time between as it stands on a page; nothing as long as it goes on."""
    days = days_until_back(one)
    if days is None:
        return None
    if days == 0:
        return Say(_("Back with support the same day."))
    if days == 1:
        return Say(_("Back with support the next day."))
    return Say(_("Back with support after {days} days."), {"days": days})
