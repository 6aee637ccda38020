"""What may become of a request for support, and in what words why not. Pure.

Nothing here closes a door for good: what was declined or withdrawn can be opened again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import ReferrerRole
from alongside.referrals.codes import ReferralStatus

S = ReferralStatus

REFERRAL_MOVES: Mapping[ReferralStatus, frozenset[ReferralStatus]] = {
    S.RECEIVED: frozenset({S.ACCEPTED, S.WAITLISTED, S.DECLINED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.MATCHED, S.WAITLISTED, S.DECLINED, S.WITHDRAWN}),
    S.WAITLISTED: frozenset({S.ACCEPTED, S.DECLINED, S.WITHDRAWN}),
    S.MATCHED: frozenset({S.ACCEPTED, S.ENDED}),
    S.DECLINED: frozenset({S.RECEIVED}),
    S.WITHDRAWN: frozenset({S.RECEIVED}),
    S.ENDED: frozenset({S.RECEIVED}),
}

OPEN = (S.RECEIVED, S.ACCEPTED, S.WAITLISTED)
WITH_REASON = frozenset({S.DECLINED, S.WAITLISTED})
# These two follow from what participant and supporter do, not from a button at the desk.
BY_MATCHING = frozenset({S.MATCHED, S.ENDED})

STATUS_NAMES: Mapping[ReferralStatus, str] = {
    S.RECEIVED: _("New"),
    S.ACCEPTED: _("Looking for a match"),
    S.WAITLISTED: _("Waiting list"),
    S.MATCHED: _("Matched"),
    S.DECLINED: _("Declined"),
    S.WITHDRAWN: _("Withdrawn"),
    S.ENDED: _("Ended"),
}

_ROLES = (
    (("themsel", "self"), ReferrerRole.THEMSELVES),
    (("facilitator", "ccs sf", "ccs", "sf"), ReferrerRole.SERVICE_FACILITATOR),
    (("court",), ReferrerRole.COURT_COORDINATOR),
    (("social", "dhs", "cps worker", "county worker"), ReferrerRole.SOCIAL_WORKER),
)


@dataclass(frozen=True)
class ReferralFacts:
    status: ReferralStatus
    received_on: date | None = None
    first_contact_on: date | None = None


def why_not_work(actor: Actor) -> Refusal | None:
    if not actor.may(Permission.REFERRAL_WRITE):
        return Refusal("not-desk", _("Only a coordinator can change a referral."))
    return None


def why_not_move(
    referral: ReferralFacts, to: ReferralStatus, actor: Actor, *, reason: str, told: str
) -> Refusal | None:
    """Why the desk may not move a referral. Declined and waitlisted say why, and what was told."""
    if refusal := why_not_work(actor):
        return refusal
    if refusal := why_not_step(referral.status, to):
        return refusal
    if to in BY_MATCHING:
        return Refusal("by-matching", _("This changes by itself once the participant has decided."))
    if to in WITH_REASON and not reason.strip():
        return Refusal("no-reason", _("Say why, so that others understand."), field="reason")
    if to in WITH_REASON and not told.strip():
        return Refusal(
            "not-told", _("Write what the person was told, in their words."), field="told"
        )
    return None


def why_not_step(status: ReferralStatus, to: ReferralStatus) -> Refusal | None:
    if to not in REFERRAL_MOVES[status]:
        facts = {"now": Say(STATUS_NAMES[status]), "to": Say(STATUS_NAMES[to])}
        return Refusal(
            "no-such-move", _("A referral cannot go from “{now}” to “{to}” in one step."), facts
        )
    return None


def why_not_correct(actor: Actor, *, changed: bool) -> Refusal | None:
    if refusal := why_not_work(actor):
        return refusal
    return None if changed else Refusal("nothing-changed", _("Nothing was changed."))


def why_not_receive(actor: Actor, *, received_on: date | None, today: date) -> Refusal | None:
    if refusal := why_not_work(actor):
        return refusal
    if received_on is not None and received_on > today:
        return Refusal(
            "in-the-future", _("This day has not come yet. When did they ask?"), field="received_on"
        )
    return None


def waiting(received_on: date | None, *, on: date) -> Say:
    """How long someone has waited, in words."""
    if received_on is None:
        return Say(_("day not known"))
    days = (on - received_on).days
    if days < 0:
        return Say(_("dated ahead: please check"))
    if days == 0:
        return Say(_("came today"))
    return Say(_("one day")) if days == 1 else Say(_("{days} days"), {"days": days})


def first_contact_took(referral: ReferralFacts) -> Say | None:
    """Time from referral to first contact; ``None`` where there was none yet."""
    if referral.first_contact_on is None:
        return None
    if referral.received_on is None:
        return Say(_("First contact made; the day of the referral is not known."))
    days = (referral.first_contact_on - referral.received_on).days
    if days == 0:
        return Say(_("First contact on the day of the referral."))
    if days == 1:
        return Say(_("First contact one day after the referral."))
    return Say(_("First contact {days} days after the referral."), {"days": days})


def referrer_role(words: str) -> ReferrerRole:
    """Which kind of professional the words mean; unknown words are another professional."""
    plain = words.casefold().replace(".", "").strip()
    if not plain:
        return ReferrerRole.NOT_SAID
    for marks, role in _ROLES:
        if any(mark in plain for mark in marks):
            return role
    return ReferrerRole.OTHER_PROFESSIONAL
