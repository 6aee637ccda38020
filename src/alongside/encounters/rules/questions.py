"""The life of a question to the array lead, and of the precedent it becomes (PEER-6). Pure."""

from dataclasses import dataclass
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import QuestionStatus
from alongside.encounters.rules.notes import NO_SERVICE
from alongside.practice.codes import ServiceArray

S = QuestionStatus
QUESTION_MOVES: dict[QuestionStatus, frozenset[QuestionStatus]] = {
    S.OPEN: frozenset({S.ANSWERED, S.TAKEN_BACK}),
    # An answer may be corrected, and may stop being an example for others.
    S.ANSWERED: frozenset({S.ANSWERED, S.WITHDRAWN}),
    S.TAKEN_BACK: frozenset({S.OPEN}),
    S.WITHDRAWN: frozenset({S.ANSWERED}),
}
LONGEST_QUESTION = 2_000  # characters


@dataclass(frozen=True)
class QuestionFacts:
    """``certified`` is what the asker was on the day asked about; ``answers`` counts the answers
    given so far, corrected ones among them."""

    asker_id: UUID
    status: QuestionStatus
    certified: bool = False
    answers: int = 0


@dataclass(frozen=True)
class NewAnswer:
    """``choice`` is the code of an array, or ``NO_SERVICE``. ``seen`` is how many answers the form
    knew of when it was opened."""

    choice: str
    reason: str
    shared_words: str
    seen: int = 0


def why_not_ask(actor: Actor, *, words: str, lead_named: bool) -> Refusal | None:
    if not actor.may(Permission.NOTE_WRITE):
        return Refusal("not-a-supporter", _("Those who write notes ask about them."))
    if not lead_named:
        return NOBODY_TO_ASK
    if not words.strip():
        return Refusal("no-words", _("Say in a few words what you did."), field="ask_words")
    if len(words) > LONGEST_QUESTION:
        return Refusal(
            "too-long",
            _("That is a lot to read. Tell it in at most {most} letters."),
            {"most": LONGEST_QUESTION},
            field="ask_words",
        )
    return None


def why_not_answer(question: QuestionFacts, actor: Actor, answer: NewAnswer) -> Refusal | None:
    if not actor.may(Permission.ARRAY_ANSWER):
        return Refusal("not-the-lead", _("Questions about arrays are answered by the array lead."))
    if S.ANSWERED not in QUESTION_MOVES[question.status] or question.status is S.WITHDRAWN:
        return _not_there(question.status)
    if answer.seen != question.answers:
        return Refusal(
            "changed-meanwhile",
            _("Someone answered this meanwhile. Your text is kept below."),
        )
    if not answer.choice:
        return Refusal("no-array", _("Choose an array, or say that none fits."), field="choice")
    if answer.choice == ServiceArray.PEER_SUPPORT and not question.certified:
        return Refusal(
            "not-certified",
            _("Peer Support needs a certificate that held on that day. The asker had none."),
            field="choice",
        )
    if not answer.reason.strip():
        return Refusal("no-reason", _("Say why. It helps the next one, too."), field="reason")
    if not answer.shared_words.strip():
        return Refusal("no-words", _("Say in a few words what it was about."), field="shared_words")
    return None


def why_not_take_back(question: QuestionFacts, actor: Actor) -> Refusal | None:
    if actor.id != question.asker_id:
        return _NOT_YOURS
    if S.TAKEN_BACK not in QUESTION_MOVES[question.status]:
        return Refusal("answered", _("The answer came meanwhile. Look at it first."))
    return None


def why_not_ask_again(question: QuestionFacts, actor: Actor) -> Refusal | None:
    if actor.id != question.asker_id:
        return _NOT_YOURS
    if S.OPEN not in QUESTION_MOVES[question.status]:
        return Refusal("not-taken-back", _("This question was not taken back."))
    return None


def why_not_withdraw(question: QuestionFacts, actor: Actor, *, reason: str) -> Refusal | None:
    """Stop showing an answer as an example. The one who asked keeps it."""
    if not actor.may(Permission.ARRAY_ANSWER):
        return Refusal("not-the-lead", _("The array lead decides which answers stay examples."))
    if S.WITHDRAWN not in QUESTION_MOVES[question.status]:
        return _not_there(question.status)
    if not reason.strip():
        return Refusal("no-reason", _("Say why it is no example any more."), field="reason")
    return None


def why_not_restore(question: QuestionFacts, actor: Actor) -> Refusal | None:
    if not actor.may(Permission.ARRAY_ANSWER):
        return Refusal("not-the-lead", _("The array lead decides which answers stay examples."))
    if question.status is not S.WITHDRAWN:
        return Refusal("not-withdrawn", _("This answer is an example already. Look again."))
    return None


def why_not_take_over(question: QuestionFacts, actor: Actor) -> Refusal | None:
    """Into the note, or put away: both settle it for the asker."""
    if actor.id != question.asker_id:
        return _NOT_YOURS
    if question.status not in (S.ANSWERED, S.WITHDRAWN):
        return Refusal("no-answer", _("There is no answer yet."))
    return None


def array_of(choice: str) -> tuple[str, bool]:
    """The array and whether there is none, from what a form chose."""
    return ("", True) if choice == NO_SERVICE else (choice, False)


def _not_there(status: QuestionStatus) -> Refusal:
    if status is S.TAKEN_BACK:
        return Refusal("taken-back", _("The question was taken back. There is nothing to answer."))
    if status is S.WITHDRAWN:
        return Refusal("withdrawn", _("This answer was withdrawn. Restore it first."))
    return Refusal("open", _("This question has no answer yet."))


NOBODY_TO_ASK = Refusal(
    "no-array-lead",
    _("No array lead is named yet. An administrator can name one on the agency page."),
)
_NOT_YOURS = Refusal("not-asker", _("Only the person who asked can do this."))
