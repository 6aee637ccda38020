"""Signing a version of the plan: the text that was read, by both, and never forced. Pure."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from alongside.core.refusal import STALE, Refusal
from alongside.core.words import gettext_noop as _
from alongside.plans.codes import PlanStatus, Side

MOVED_ON = Refusal(
    "moved-on",
    _("The plan changed after you opened this page. Read it once more, then sign."),
    field="name",
)
NOT_OFFERED = Refusal(
    "not-offered",
    _("This is not up for signing any more. Here is how the plan stands now."),
    field="name",
)


@dataclass(frozen=True)
class Said:
    """What changed and why, in both voices, side by side."""

    participant: str = ""
    supporter: str = ""


@dataclass(frozen=True)
class SigningFacts:
    """Where signing stands: which sides signed, and the digest of the text they signed."""

    status: PlanStatus
    digest: str = ""
    signed: frozenset[Side] = frozenset()


def digest_of(copy: Mapping[str, Any], said: Said | None = None) -> str:
    """The same text gives the same digest, and any other text another."""
    said = said or Said()
    text = {"plan": copy, "participant": said.participant, "supporter": said.supporter}
    return sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def mark(words: str) -> str:
    """A short sign for words, to know later whether they are still the same."""
    return sha256(words.strip().encode()).hexdigest()[:16]


def why_not_offer(facts: SigningFacts, name: str, *, read: str, now: str) -> Refusal | None:
    """``now`` is the digest of the plan as it stands."""
    if facts.status is PlanStatus.OFFERED and facts.digest == now:
        return Refusal("offered", _("This version is up for signing already."))
    return _why_not_read(name, read=read, now=now)


def why_not_sign(
    facts: SigningFacts, side: Side, name: str, *, read: str, now: str
) -> Refusal | None:
    """A signature counts for what was read: offered, and still what the plan says."""
    if facts.status is not PlanStatus.OFFERED or read != facts.digest:
        return NOT_OFFERED
    if side in facts.signed:
        return Refusal("signed", _("You signed this already. Now it waits for the other."))
    return _why_not_read(name, read=read, now=now)


def why_not_answer(facts: SigningFacts, side: Side) -> Refusal | None:
    """Whoever did not sign may say what should be different, or just not now."""
    if facts.status is not PlanStatus.OFFERED:
        return NOT_OFFERED
    if side in facts.signed:
        return Refusal("signed", _("You signed this. Take it back first, then change the plan."))
    return None


def why_not_take_back_offer(facts: SigningFacts, side: Side) -> Refusal | None:
    """Before both signed, whoever did may take it back."""
    if facts.status is not PlanStatus.OFFERED or side not in facts.signed:
        return Refusal("not-yours", _("There is no signature of yours to take back."))
    return None


def why_not_say_for(side: Side, said: Collection[Side]) -> Refusal | None:
    """Side by side either writes for both; on their own, the participant says theirs."""
    if side is Side.PARTICIPANT and Side.SUPPORTER in said:
        return Refusal("not-your-voice", _("These are the words of your supporter."))
    return None


def why_not_for_both(side: Side) -> Refusal | None:
    """On one phone the supporter writes down that both signed."""
    if side is Side.PARTICIPANT:
        return Refusal("not-for-both", _("Your supporter signs for themselves."))
    return None


def stale_words(column: str) -> Refusal:
    return Refusal("stale", STALE.sentence, field=column)


def why_not_say(facts: SigningFacts, side: Side) -> Refusal | None:
    """The words belong to the text that one of the two signed: they hold still, too."""
    if facts.status is PlanStatus.OFFERED and side is Side.PARTICIPANT:
        return Refusal(
            "offered",
            _("Your plan is up for signing. Say there what should be different."),
            field="what_changed",
        )
    if facts.status is PlanStatus.OFFERED:
        return Refusal(
            "offered",
            _("This version is up for signing. Take it back first, then change the words."),
        )
    return None


def _why_not_read(name: str, *, read: str, now: str) -> Refusal | None:
    if not name.strip():
        return Refusal("no-name", _("Write your name to sign. You do not have to."), field="name")
    return None if read == now else MOVED_ON
