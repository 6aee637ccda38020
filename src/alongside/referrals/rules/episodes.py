"""The life of a relationship: begun, its rhythm, its ending, and the way back. Pure.

There is no fixed length (PSP-1). Where someone stands in their journey opens and closes nothing
(MPR-1). An ending is raised weeks ahead where that can be (PROC-6); nothing here forces it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import ConclusionReason, JourneyPlace
from alongside.referrals.codes import EpisodeStatus

E = EpisodeStatus

EPISODE_MOVES: Mapping[EpisodeStatus, frozenset[EpisodeStatus]] = {
    E.OPEN: frozenset({E.CONCLUDING, E.CONCLUDED}),
    E.CONCLUDING: frozenset({E.OPEN, E.CONCLUDED}),
    E.CONCLUDED: frozenset(),  # the way back is a new episode that follows this one
}

STATUS_NAMES: Mapping[EpisodeStatus, str] = {
    E.OPEN: _("Together"),
    E.CONCLUDING: _("Coming to a close"),
    E.CONCLUDED: _("Concluded"),
}

WEEKS_AHEAD = 14  # days between raising the ending and the last meeting, below which we advise


@dataclass(frozen=True)
class Ending:
    """What is said when a relationship ends. Only ``reason`` is asked for, and only at the end."""

    words: str = ""
    continuing_supports: str = ""
    hand_off: str = ""
    last_meeting_on: date | None = None
    reason: str = ""


ENDING_FIELDS: Mapping[str, str] = {
    "words": "ending_words",
    "continuing_supports": "continuing_supports",
    "hand_off": "hand_off",
    "last_meeting_on": "last_meeting_on",
    "reason": "end_reason",
}


def why_not_walk(by: Actor) -> Refusal | None:
    if by.may(Permission.PLAN_WRITE) or by.may(Permission.MATCH_WRITE):
        return None
    return Refusal("not-yours", _("Your role reads this record and does not write in it."))


def why_not_return(by: Actor) -> Refusal | None:
    if by.may(Permission.MATCH_WRITE):
        return None
    return Refusal("not-matching", _("Tell your coordinator: they open the door again."))


def why_not_begin(*, on: date, today: date) -> Refusal | None:
    if on > today:
        return Refusal("later", _("This day is still to come."), field="on")
    return None


def why_not_move(status: EpisodeStatus, to: EpisodeStatus) -> Refusal | None:
    if to in EPISODE_MOVES[status]:
        return None
    return Refusal(
        "no-such-move", _("This time together is already: {now}."), {"now": STATUS_NAMES[status]}
    )


def why_not_in_it(status: EpisodeStatus) -> Refusal | None:
    """Rhythm and journey belong to a relationship that goes on."""
    if status is E.CONCLUDED:
        return Refusal("concluded", _("This time together has ended. The way back is open."))
    return None


def why_not_agree_rhythm(every_days: int, *, at_least_every: int) -> Refusal | None:
    """``at_least_every`` is the rule's interval in days (SVC-10); shorter is always fine."""
    if every_days < 1:
        return Refusal(
            "no-days", _("Say every how many days you want to be in touch."), field="days"
        )
    if every_days > at_least_every:
        return Refusal(
            "too-seldom",
            _("Be in touch at least every {days} days. More often is fine."),
            {"days": at_least_every},
            field="days",
        )
    return None


def why_not_place(place: str, *, on: date, today: date) -> Refusal | None:
    if place not in set(JourneyPlace):
        return Refusal(
            "no-place", _("Choose what fits best, or leave it for another day."), field="place"
        )
    if on > today:
        return Refusal("later", _("This day is still to come."), field="on")
    return None


def why_not_conclude(ending: Ending, *, on: date, begun_on: date, today: date) -> Refusal | None:
    if ending.reason not in set(ConclusionReason):
        return Refusal("no-reason", _("Choose what comes closest."), field="reason")
    if on > today:
        return Refusal("later", _("This day is still to come."), field="on")
    if on < begun_on:
        return Refusal("before", _("This day is before you began."), field="on")
    return None


def why_not_take_back_beginning(*, has_contact: bool, has_plan: bool) -> Refusal | None:
    if has_contact or has_plan:
        return Refusal("begun", _("You have begun already. Conclude it instead."))
    return None


def ending_advice(*, raised_on: date, last_meeting_on: date | None) -> Say | None:
    """Endings go better with weeks to say goodbye. Advice only."""
    if last_meeting_on is None:
        return Say(_("Find a day for a last meeting together, a few weeks ahead if you can."))
    left = (last_meeting_on - raised_on).days
    if left >= WEEKS_AHEAD:
        return None
    return Say(_("That is soon. If you can, take a few more weeks to say goodbye."))


def rhythm_words(every_days: int | None, *, at_least_every: int) -> Say:
    """How often the two are in touch, as one would say it."""
    days = at_least_every if every_days is None else min(every_days, at_least_every)
    if days in _RHYTHMS:
        return Say(_RHYTHMS[days])
    return Say(_("every {days} days"), {"days": days})


_RHYTHMS = {
    1: _("every day"),
    7: _("every week"),
    14: _("every two weeks"),
    30: _("every month"),
}


def why_not_say(words: str) -> Refusal | None:
    if words.strip():
        return None
    return Refusal("no-words", _("Write what they said, in their words."), field="words")


def why_not_come_back(status: EpisodeStatus | None) -> Refusal | None:
    """``status`` of the latest time of support, ``None`` when there was none."""
    if status is None:
        return Refusal("new-here", _("They were not with us before. Begin with a referral."))
    if status is not E.CONCLUDED:
        return Refusal("here", _("They are with us. There is no need to come back."))
    return None
