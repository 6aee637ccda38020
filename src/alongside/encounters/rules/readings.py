"""Reading a note of one's team, an affirmation on it, and the life of a question about it. Pure."""

from dataclasses import dataclass
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import NoteQuestionStatus, NoteStatus

S = NoteQuestionStatus
NOTE_QUESTION_MOVES: dict[NoteQuestionStatus, frozenset[NoteQuestionStatus]] = {
    # Talked over face to face, a question is closed without a written answer.
    S.OPEN: frozenset({S.ANSWERED, S.CLOSED, S.WITHDRAWN}),
    # Whoever answered may add to it, whoever asked may ask again.
    S.ANSWERED: frozenset({S.OPEN, S.ANSWERED, S.CLOSED}),
    S.CLOSED: frozenset({S.OPEN, S.ANSWERED}),
    S.WITHDRAWN: frozenset({S.OPEN}),
}
LONGEST_WORDS = 1_000  # characters


@dataclass(frozen=True)
class LedNote:
    """A note as those meet it who lead its writer; ``led_by`` is the writer's supervisor."""

    writer_id: UUID | None
    led_by: UUID | None
    status: NoteStatus
    versions: int = 0


@dataclass(frozen=True)
class NoteQuestionFacts:
    """``answered``: whether the writer has said anything; ``turns`` counts all that was said."""

    to_id: UUID
    led_by: UUID | None
    status: NoteQuestionStatus
    answered: bool = False
    turns: int = 1


def leads(actor: Actor, *, led_by: UUID | None) -> bool:
    return actor.may(Permission.TEAM_READ) and led_by in actor.teams


def why_not_read(note: LedNote, actor: Actor, *, seen: int) -> Refusal | None:
    """``seen`` is how many corrections the note had when its page was opened."""
    refusal = _why_not_speak(note, actor)
    if refusal is None and seen != note.versions:
        return Refusal(
            "changed-meanwhile",
            _("This note was corrected a moment ago. Here is what it says now."),
        )
    return refusal


def why_not_affirm(note: LedNote, actor: Actor, *, words: str) -> Refusal | None:
    return _why_not_speak(note, actor) or _why_not_words(
        words, _("Say what you saw, in a sentence or two.")
    )


def why_not_correct_affirmation(given_by: UUID, actor: Actor, *, words: str) -> Refusal | None:
    if actor.id != given_by:
        return Refusal("not-yours", _("Only the person who said this can change it."))
    return _why_not_words(words, _("Say what you saw, or take the affirmation back."))


def why_not_take_back_affirmation(given_by: UUID, actor: Actor) -> Refusal | None:
    if actor.id != given_by:
        return Refusal("not-yours", _("Only the person who said this can change it."))
    return None


def why_not_ask_on_note(note: LedNote, actor: Actor, *, words: str) -> Refusal | None:
    return _why_not_speak(note, actor) or _why_not_words(words, _("Write your question."))


def why_not_answer_on_note(
    question: NoteQuestionFacts, actor: Actor, *, words: str
) -> Refusal | None:
    if actor.id != question.to_id:
        return Refusal("not-asked", _("Only the person who was asked can answer."))
    return _why_not_move_to(question, S.ANSWERED) or _why_not_words(words, _("Write your answer."))


def why_not_ask_on(question: NoteQuestionFacts, actor: Actor, *, words: str) -> Refusal | None:
    """Asking again, after an answer that left something open."""
    if question.status is S.OPEN:
        return Refusal("waits", _("Your question still waits for an answer."))
    return why_not_move_question(question, actor, S.OPEN) or _why_not_words(
        words, _("Write your question.")
    )


def why_not_move_question(
    question: NoteQuestionFacts, actor: Actor, to: NoteQuestionStatus
) -> Refusal | None:
    """Closing, withdrawing and their undo: for those who lead the writer."""
    if not leads(actor, led_by=question.led_by):
        return _NOT_YOUR_TEAM
    return _why_not_move_to(question, to)


def opened_again(question: NoteQuestionFacts) -> NoteQuestionStatus:
    """Where a closed question goes when the closing is taken back."""
    answered = question.status is S.CLOSED and question.answered
    return S.ANSWERED if answered else S.OPEN


def _why_not_move_to(question: NoteQuestionFacts, to: NoteQuestionStatus) -> Refusal | None:
    if to in NOTE_QUESTION_MOVES[question.status]:
        return None
    if question.status is S.CLOSED:
        return Refusal("closed", _("This question is closed."))
    if question.status is S.WITHDRAWN:
        return Refusal("withdrawn", _("This question was taken back."))
    return Refusal("answered", _("This question has an answer. Close it when you have read it."))


def _why_not_speak(note: LedNote, actor: Actor) -> Refusal | None:
    if note.writer_id == actor.id or not leads(actor, led_by=note.led_by):
        return _NOT_YOUR_TEAM
    if note.status is NoteStatus.ENTERED_IN_ERROR:
        return Refusal("in-error", _("This note was marked as a mistake. It stays as it is."))
    if note.writer_id is None or note.status is NoteStatus.BROUGHT_OVER:
        return Refusal("not-signed", _("Nobody has signed this note from the old sheet yet."))
    return None


def _why_not_words(words: str, sentence: str) -> Refusal | None:
    if not words.strip():
        return Refusal("no-words", sentence, field="words")
    if len(words) > LONGEST_WORDS:
        return Refusal(
            "too-long",
            _("That is a lot to read. Say it in at most {most} letters."),
            {"most": LONGEST_WORDS},
            field="words",
        )
    return None


_NOT_YOUR_TEAM = Refusal("not-your-team", _("You speak to the notes of your own team."))
