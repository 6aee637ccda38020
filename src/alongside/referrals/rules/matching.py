"""What may become of a match. The participant decides; the desk keeps their words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.referrals.codes import MatchStatus, ReferralStatus

M = MatchStatus

MATCH_MOVES: Mapping[MatchStatus, frozenset[MatchStatus]] = {
    M.PROPOSED: frozenset({M.ACCEPTED, M.DECLINED, M.TAKEN_BACK}),
    M.ACCEPTED: frozenset({M.ENDED, M.TAKEN_BACK}),
    M.DECLINED: frozenset(),
    M.ENDED: frozenset(),
    M.TAKEN_BACK: frozenset(),
}

STATUS_NAMES: Mapping[MatchStatus, str] = {
    M.PROPOSED: _("Asked"),
    M.ACCEPTED: _("Said yes"),
    M.DECLINED: _("Not this person"),
    M.ENDED: _("Ended"),
    M.TAKEN_BACK: _("Taken back"),
}

TAKE_BACK_DAYS = 2


@dataclass(frozen=True)
class MatchFacts:
    status: MatchStatus
    decided_on: date | None = None
    has_had_contact: bool = False


def why_not_match(actor: Actor) -> Refusal | None:
    if not actor.may(Permission.MATCH_WRITE):
        return Refusal("not-matching", _("Only a coordinator can keep a match."))
    return None


def why_not_propose(
    actor: Actor, referral: ReferralStatus, *, asked_now: bool, walks_with_someone: bool
) -> Refusal | None:
    if refusal := why_not_match(actor):
        return refusal
    if referral is not ReferralStatus.ACCEPTED:
        return Refusal("not-accepted", _("Accept the referral first, then look for a match."))
    if asked_now:
        return Refusal(
            "asked-now", _("They were asked about someone already. Keep first what they said.")
        )
    if walks_with_someone:
        return Refusal("has-a-match", _("They have a match. End it first, with a hand-off."))
    return None


def why_not_answer(
    match: MatchFacts, to: MatchStatus, actor: Actor, *, said: str
) -> Refusal | None:
    if refusal := why_not_match(actor) or why_not_step(match.status, to):
        return refusal
    return why_not_think(said=said)


def why_not_think(*, said: str) -> Refusal | None:
    if not said.strip():
        return Refusal("no-words", _("Write what they said, in their words."), field="said")
    return None


def why_not_end(match: MatchFacts, actor: Actor, *, reason: str) -> Refusal | None:
    if refusal := why_not_match(actor) or why_not_step(match.status, M.ENDED):
        return refusal
    if not reason.strip():
        return Refusal("no-reason", _("Say in a few words why it ends."), field="reason")
    return None


def why_not_take_back(match: MatchFacts, actor: Actor, *, on: date) -> Refusal | None:
    """A mistake is undone before it has become a relationship; after that, a match is ended."""
    if refusal := why_not_match(actor) or why_not_step(match.status, M.TAKEN_BACK):
        return refusal
    if match.has_had_contact:
        return Refusal("had-contact", _("They have been in touch. End the match instead."))
    if match.decided_on is not None and (on - match.decided_on).days > TAKE_BACK_DAYS:
        return Refusal(
            "too-late",
            _("This was more than {days} days ago. End the match instead."),
            {"days": TAKE_BACK_DAYS},
        )
    return None


def why_not_step(status: MatchStatus, to: MatchStatus) -> Refusal | None:
    if to not in MATCH_MOVES[status]:
        return Refusal(
            "no-such-move",
            _("This match already stands at “{now}”."),
            {"now": Say(STATUS_NAMES[status])},
        )
    return None
