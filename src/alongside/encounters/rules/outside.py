"""Questions of a referrer and their answers: what can be done with each, by whom. Pure."""

from dataclasses import dataclass
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import AnswerKind, ReferrerQuestionStatus

S = ReferrerQuestionStatus
REFERRER_QUESTION_MOVES: dict[ReferrerQuestionStatus, frozenset[ReferrerQuestionStatus]] = {
    S.OPEN: frozenset({S.SEEN, S.ANSWERED, S.WITHDRAWN}),
    S.SEEN: frozenset({S.ANSWERED, S.CLOSED}),
    S.ANSWERED: frozenset({S.ANSWERED, S.CLOSED}),
    S.WITHDRAWN: frozenset(),
    S.CLOSED: frozenset({S.ANSWERED}),
}
LONGEST_QUESTION, LONGEST_ANSWER, MOST_OPEN = 1000, 2000, 5

QUESTION_WORDS: dict[ReferrerQuestionStatus, str] = {
    S.OPEN: _("Sent"),
    S.SEEN: _("Seen"),
    S.ANSWERED: _("Answered"),
    S.WITHDRAWN: _("Taken back"),
    S.CLOSED: _("Closed"),
}
# The same for everyone, whether there is something to say or not: it confirms nothing.
CANNOT_SAY = _(
    "We cannot say anything about this. We give this answer whenever we have no written consent "
    "for a question. It does not mean yes or no."
)

# As the list of what was told keeps it; a page reads it back (``core.words.read_back``).
ANSWER_KEPT = _("Answer {number} to a question of {on}: {words}")

NOT_TOLD_YOU = Refusal("not-yours", _("This was told to somebody else."))


@dataclass(frozen=True)
class QuestionFacts:
    status: ReferrerQuestionStatus
    asked_by_id: UUID


def why_not_ask(words: str, *, open_now: int) -> Refusal | None:
    if not words.strip():
        return Refusal("empty", _("Write your question first."), field="words")
    if len(words) > LONGEST_QUESTION:
        return _too_long(len(words) - LONGEST_QUESTION)
    if open_now >= MOST_OPEN:
        return Refusal(
            "too-many", _("Some of your questions are still open. Wait for an answer first.")
        )
    return None


def why_not_withdraw_question(question: QuestionFacts, by: Actor) -> Refusal | None:
    if question.asked_by_id != by.id:
        return Refusal("not-yours", _("Only the person who asked can take it back."))
    if question.status == S.OPEN:
        return None
    if question.status == S.WITHDRAWN:
        return Refusal("withdrawn", _("You took this back already."))
    return Refusal("seen", _("Someone has read it already. You can ask once more."))


def why_not_see(question: QuestionFacts) -> Refusal | None:
    return _why_not(question, S.SEEN)


def why_not_close(question: QuestionFacts) -> Refusal | None:
    return _why_not(question, S.CLOSED)


def why_not_answer(
    question: QuestionFacts, kind: AnswerKind, words: str, by: Actor
) -> Refusal | None:
    if not by.may(Permission.DISCLOSURE_WRITE):
        return Refusal("not-yours", _("Only who walks alongside or the desk can answer this."))
    if S.ANSWERED not in REFERRER_QUESTION_MOVES[question.status]:
        return Refusal("withdrawn", _("The question was taken back. There is nothing to answer."))
    if kind == AnswerKind.CANNOT_SAY:
        return None
    if not words.strip():
        return Refusal("empty", _("Write an answer, or choose that you cannot say."), field="words")
    if len(words) > LONGEST_ANSWER:
        return _too_long(len(words) - LONGEST_ANSWER)
    return None


def _why_not(question: QuestionFacts, to: ReferrerQuestionStatus) -> Refusal | None:
    if to in REFERRER_QUESTION_MOVES[question.status]:
        return None
    if question.status == S.WITHDRAWN:
        return Refusal("withdrawn", _("The question was taken back."))
    return Refusal("moved", _("This was done already."))


def _too_long(much: int) -> Refusal:
    return Refusal(
        "too-long",
        _("This is {much} letters too long. Say it a little shorter."),
        {"much": much},
        field="words",
    )
