"""What holds for check-ins: whose they are, who writes and sees them, when one is done. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.outcomes.codes import Way
from alongside.practice.instruments import Answers, Instrument, problems

GONE = Refusal("taken-back", _("This check-in was taken back."))
WITHDRAWN = Refusal("withdrawn", _("Your agency no longer uses this check-in."))
UNREAD = Refusal("unread", _("The questions of this check-in cannot be shown any more."))
THEIRS = Refusal(
    "theirs", _("They are changing this check-in themselves right now. Look again later.")
)
NOT_DONE = Refusal("not-done", _("Finish it first. Then you can share it."))

WAY_WORDS: Mapping[Way, str] = {
    Way.OWN: _("filled in alone"),
    Way.HANDED: _("filled in alone, on a phone handed over"),
    Way.TOGETHER: _("filled in together"),
}


@dataclass(frozen=True)
class CheckInFacts:
    """``number`` counts what was finished. ``draft_way``: how the open answers are written."""

    number: int
    way: Way
    draft_way: Way | None
    shared: bool
    taken_back: bool


def way_of(by: Actor, *, handed: bool) -> Way:
    """A participant who signed in answers alone; on a colleague's phone it is one of the others."""
    if not by.is_staff:
        return Way.OWN
    return Way.HANDED if handed else Way.TOGETHER


def why_not_answer(by: Actor) -> Refusal | None:
    if by.may(Permission.OWN_WRITE) or by.may(Permission.PLAN_WRITE):
        return None
    return Refusal(
        "not-walking", _("A check-in is answered by the participant, with who walks alongside.")
    )


def why_not_open(facts: CheckInFacts, by: Actor) -> Refusal | None:
    """What the participant has open on their own is theirs until they are done."""
    if facts.taken_back:
        return GONE
    if by.is_staff and facts.draft_way is Way.OWN:
        return THEIRS
    return None


def why_not_keep(instrument: Instrument, answers: Answers) -> Refusal | None:
    """Each answer must be one that the question knows. None of them must be there."""
    for item, why in problems(instrument, answers).items():
        return Refusal("out-of-range", why.text, why.facts, field=item)
    return None


def why_not_finish(answers: Answers) -> Refusal | None:
    if answers:
        return None
    return Refusal(
        "empty", _("Nothing is answered yet. One answer is enough, or leave it for another day.")
    )


def why_not_share(facts: CheckInFacts, by: Actor) -> Refusal | None:
    if facts.taken_back:
        return GONE
    if by.is_staff:
        return Refusal("theirs-to-share", _("Only the participant shares what they filled in."))
    return NOT_DONE if not facts.number else None


def why_not_take_back(facts: CheckInFacts, by: Actor, reason: str) -> Refusal | None:
    """A participant needs no reason; a colleague gives one, and never for what is not shared."""
    if facts.taken_back:
        return GONE
    if by.is_staff and not reason.strip():
        return Refusal("no-reason", _("Say in a few words why. It stays with it."), field="reason")
    return None


def why_not_manage(by: Actor) -> Refusal | None:
    if by.may(Permission.AGENCY_MANAGE):
        return None
    return Refusal("not-yours", _("Instruments and their rhythm are kept by an administrator."))


def why_not_load(may_use: str) -> Refusal | None:
    if may_use.strip():
        return None
    return Refusal(
        "may-use",
        _("Say why your agency may use it: a license, a letter, or that it is public."),
        field="may_use",
    )
