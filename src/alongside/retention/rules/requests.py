"""What a participant asks of their record, and how it is answered. No Django, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.consents import Category
from alongside.practice.disclosure import Restriction
from alongside.practice.retention import Asked
from alongside.retention.codes import AskedBy, Outcome, RequestStatus
from alongside.retention.rules import LONGEST_WORDS, NOT_YOURS

S = RequestStatus

REQUEST_MOVES: Mapping[S, frozenset[S]] = {
    S.OPEN: frozenset({S.ANSWERED, S.WITHDRAWN}),
    S.ANSWERED: frozenset({S.OPEN}),
    S.WITHDRAWN: frozenset({S.OPEN}),
}
OUTCOMES: Mapping[Asked, tuple[Outcome, ...]] = {
    Asked.SEE: (Outcome.SHOWN,),
    Asked.COPY: (Outcome.GIVEN,),
    Asked.CORRECT: (Outcome.CORRECTED, Outcome.KEPT_AS_IT_IS),
    Asked.RESTRICT: (Outcome.AGREED, Outcome.NOT_AGREED),
}
# These are a no: the reason is told in writing.
NO = frozenset({Outcome.KEPT_AS_IT_IS, Outcome.NOT_AGREED})


@dataclass(frozen=True)
class NewRequest:
    """As it was said. ``asked_by_name`` only where someone asks in the participant's place."""

    asked: Asked
    words: str
    asked_on: date
    how: AskedBy
    why: str = ""
    asked_by_name: str = ""


@dataclass(frozen=True)
class NewAnswer:
    """``about`` names the correction that was made: ``"NoteVersion/<id>"``. ``categories`` and
    ``whom`` say what is held back from whom, where a restriction is agreed to."""

    outcome: Outcome
    words: str
    about: str = ""
    categories: tuple[Category, ...] = ()
    whom: str = ""

    @property
    def held(self) -> dict[str, object] | None:
        """What is held back from now on, of a restriction that is agreed to."""
        if self.outcome is not Outcome.AGREED:
            return None
        return {"categories": [one.value for one in self.categories], "whom": self.whom.strip()}

    @property
    def restriction(self) -> Restriction | None:
        if self.outcome is not Outcome.AGREED:
            return None
        return Restriction(frozenset(self.categories), self.whom.strip())


@dataclass(frozen=True)
class RequestFacts:
    """``outcome`` is that of the last answer; ``disagreed``: a statement stands."""

    asked: Asked
    status: RequestStatus
    longer: bool = False
    may_be_longer: bool = True
    outcome: Outcome | None = None
    disagreed: bool = False
    held: Restriction | None = None


def why_not_ask(new: NewRequest, by: Actor, *, on: date) -> Refusal | None:
    if by.may(Permission.OWN_WRITE) and new.how is AskedBy.OWN_PAGES:
        if not new.words.strip():
            return Refusal("no-words", _("Write a few words first."), field="words")
    elif not (by.may(Permission.CONSENT_WRITE) or by.may(Permission.PRIVACY_MANAGE)):
        return NOT_YOURS
    if new.asked in (Asked.CORRECT, Asked.RESTRICT) and not new.words.strip():
        return Refusal(
            "no-words", _("Write down what they ask for, in their words."), field="words"
        )
    if new.asked_on > on:
        return Refusal("later", _("This day is still to come."), field="asked_on")
    for field in ("words", "why", "asked_by_name"):
        if len(getattr(new, field)) > LONGEST_WORDS:
            return _too_long(field)
    return None


def why_not_answer(request: RequestFacts, answer: NewAnswer, by: Actor) -> Refusal | None:
    if not by.may(Permission.PRIVACY_MANAGE):
        return NOT_YOURS
    if answer.outcome not in OUTCOMES[request.asked]:
        return Refusal("outcome", _("Choose one of the answers."), field="outcome")
    if answer.outcome in NO and not answer.words.strip():
        sentence = _("Say why, in words they can follow. They get this in writing.")
        return Refusal("no-reason", sentence, field="words")
    if answer.outcome is Outcome.CORRECTED and not (answer.about or answer.words.strip()):
        sentence = _("Choose the correction that was made, or say what was done.")
        return Refusal("no-correction", sentence, field="about")
    if len(answer.words) > LONGEST_WORDS:
        return _too_long("words")
    if request.held and not request.held.kept_by(answer.restriction):
        return STILL_HELD
    return why_not_move(request, S.ANSWERED)


def why_not_longer(request: RequestFacts, reason: str, by: Actor) -> Refusal | None:
    if not by.may(Permission.PRIVACY_MANAGE):
        return NOT_YOURS
    if request.status is not S.OPEN:
        return Refusal("not-open", _("This request is not open any more."))
    if request.longer or not request.may_be_longer:
        return Refusal("longer", _("The rule gives no more time for this one."))
    if not reason.strip():
        sentence = _("Say why it takes longer. They get this in writing.")
        return Refusal("no-reason", sentence, field="reason")
    return _too_long("reason") if len(reason) > LONGEST_WORDS else None


def why_not_disagree(request: RequestFacts, words: str, by: Actor) -> Refusal | None:
    """After a no, the participant's own words stand beside the record and travel with it."""
    if not (by.may(Permission.CONSENT_WRITE) or by.may(Permission.PRIVACY_MANAGE)):
        return NOT_YOURS
    if request.status is not S.ANSWERED or request.outcome not in NO:
        return Refusal("no-answer", _("There is no answer here to disagree with."))
    if not words.strip():
        return Refusal("no-words", _("Write what they want to say, in their words."), field="words")
    return _too_long("words") if len(words) > LONGEST_WORDS else None


def why_not_agree_again(request: RequestFacts, by: Actor) -> Refusal | None:
    """Taking back the statement."""
    if not (by.may(Permission.CONSENT_WRITE) or by.may(Permission.PRIVACY_MANAGE)):
        return NOT_YOURS
    if not request.disagreed:
        return Refusal("no-statement", _("No statement stands here."))
    return None


def why_not_withdraw(request: RequestFacts, by: Actor) -> Refusal | None:
    may = (Permission.CONSENT_WRITE, Permission.PRIVACY_MANAGE, Permission.OWN_WRITE)
    if not any(by.may(one) for one in may):
        return NOT_YOURS
    if request.held and not by.may(Permission.OWN_WRITE):
        return why_not_move(request, S.WITHDRAWN) or STILL_HELD
    return why_not_move(request, S.WITHDRAWN)


def why_not_end(request: RequestFacts, reason: str, by: Actor) -> Refusal | None:
    """A restriction ends with the participant's yes, and what they said is kept."""
    if not by.may(Permission.PRIVACY_MANAGE):
        return NOT_YOURS
    if not request.held:
        return Refusal("not-held", _("Nothing is held back by this request."))
    if not reason.strip():
        sentence = _("Say how they agreed to end it, and when.")
        return Refusal("no-reason", sentence, field="reason")
    return _too_long("reason") if len(reason) > LONGEST_WORDS else None


def why_not_open_again(request: RequestFacts, by: Actor) -> Refusal | None:
    """Withdrawn by mistake: whoever took it down. Answered: the privacy officer looks once more."""
    may = by.may(Permission.PRIVACY_MANAGE)
    if request.status is S.WITHDRAWN:
        may = may or by.may(Permission.CONSENT_WRITE)
    return why_not_move(request, S.OPEN) if may else NOT_YOURS


def why_not_move(request: RequestFacts, to: RequestStatus) -> Refusal | None:
    if to in REQUEST_MOVES[request.status]:
        return None
    said = {
        S.OPEN: _("This request is open already."),
        S.ANSWERED: _("This request is answered already."),
        S.WITHDRAWN: _("This request was withdrawn."),
    }
    return Refusal("moved", said[request.status])


STILL_HELD = Refusal(
    "still-held",
    _(
        "Something is held back. It ends only with the participant's yes: end it first, and write "
        "down how they agreed."
    ),
)


def _too_long(field: str) -> Refusal:
    sentence = _("This is very long. Use at most {most} letters.")
    return Refusal("too-long", sentence, {"most": LONGEST_WORDS}, field=field)
