"""Why not: holds, what is kept longer, and disposal by two persons. No Django, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.retention import KEPT_WORDS, Kept, Rule, Standing, least_for
from alongside.retention.codes import DisposalStatus

MOST_YEARS = 100
LONGEST_WORDS = 4000
D = DisposalStatus

DISPOSAL_MOVES: Mapping[D, frozenset[D]] = {
    D.PROPOSED: frozenset({D.TAKEN_BACK, D.DONE}),
    D.TAKEN_BACK: frozenset(),
    D.DONE: frozenset(),
}


@dataclass(frozen=True)
class DisposalFacts:
    """A proposal as the rules see it."""

    status: DisposalStatus
    proposed_by: UUID


NOT_YOURS = Refusal("not-yours", _("The privacy officer keeps this. Ask them."))


def why_not_manage(by: Actor) -> Refusal | None:
    return None if by.may(Permission.PRIVACY_MANAGE) else NOT_YOURS


def why_not_hold(reason: str, *, held: bool) -> Refusal | None:
    if not reason.strip():
        return Refusal("no-reason", _("Say why this record must stay."), field="reason")
    if len(reason) > LONGEST_WORDS:
        return _too_long("reason")
    if held:
        return Refusal("held", _("This record is on hold already."))
    return None


def why_not_lift(reason: str, *, lifted: bool) -> Refusal | None:
    if lifted:
        return Refusal("lifted", _("This hold was lifted already."))
    if not reason.strip():
        return Refusal("no-reason", _("Say why the hold ends."), field="reason")
    return _too_long("reason") if len(reason) > LONGEST_WORDS else None


def why_not_keep_for(
    years: Mapping[Kept, int], rules: Iterable[Rule], reason: str
) -> Refusal | None:
    """An agency keeps longer than the law, never shorter."""
    known = tuple(rules)
    for kept, wanted in years.items():
        least = least_for(known, kept)
        facts = {"kept": Say(KEPT_WORDS[kept]), "least": least, "most": MOST_YEARS}
        if wanted < least:
            sentence = _(
                "{kept}: the law asks for {least} years. You can keep longer, not shorter."
            )
            return Refusal("shorter", sentence, facts, field=kept.value)
        if wanted > MOST_YEARS:
            sentence = _("{kept}: at most {most} years.")
            return Refusal("too-long", sentence, facts, field=kept.value)
    if not reason.strip():
        return Refusal("no-reason", _("Say why you keep it that long."), field="reason")
    return _too_long("reason") if len(reason) > LONGEST_WORDS else None


def why_not_propose(found: Standing, by: Actor, *, proposed: bool) -> Refusal | None:
    if not by.may(Permission.PRIVACY_MANAGE):
        return NOT_YOURS
    if proposed:
        return Refusal("proposed", _("This is proposed already. Another person confirms it."))
    return why_not_go(found)


def why_not_go(found: Standing) -> Refusal | None:
    """A record that a rule, a hold or something open keeps."""
    if found.due or found.why_not is None:
        return None
    return Refusal("not-due", _("This record stays. {why}"), {"why": found.why_not})


def why_not_confirm(disposal: DisposalFacts, found: Standing, by: Actor) -> Refusal | None:
    """Looked at anew on the day of confirming: who proposed it may not have known what came."""
    if not by.may(Permission.DISPOSAL_CONFIRM):
        return NOT_YOURS
    if disposal.proposed_by == by.id:
        sentence = _("You proposed this yourself. Another person has to confirm it.")
        return Refusal("oneself", sentence)
    return why_not_move(disposal, D.DONE) or why_not_go(found)


def why_not_take_back(disposal: DisposalFacts, by: Actor) -> Refusal | None:
    """Whoever may propose or confirm may also say: not this one."""
    if not (by.may(Permission.PRIVACY_MANAGE) or by.may(Permission.DISPOSAL_CONFIRM)):
        return NOT_YOURS
    return why_not_move(disposal, D.TAKEN_BACK)


def why_not_move(disposal: DisposalFacts, to: DisposalStatus) -> Refusal | None:
    if to in DISPOSAL_MOVES[disposal.status]:
        return None
    if disposal.status is D.DONE:
        return Refusal("done", _("This record is gone already."))
    return Refusal("taken-back", _("This was taken back. Propose it again first."))


def _too_long(field: str) -> Refusal:
    sentence = _("This is very long. Use at most {most} letters.")
    return Refusal("too-long", sentence, {"most": LONGEST_WORDS}, field=field)
