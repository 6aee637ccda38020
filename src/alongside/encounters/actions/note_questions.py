"""A supervisor asks about a note, its writer answers, and the question comes to an end."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.encounters import queries
from alongside.encounters.codes import NoteQuestionStatus
from alongside.encounters.models import NoteQuestion, QuestionTurn
from alongside.encounters.rules import readings as rules
from alongside.encounters.rules.readings import NoteQuestionFacts
from alongside.tenancy.hidden import once

S = NoteQuestionStatus


def ask_on_note(
    question_id: UUID, encounter_id: UUID, *, words: str, by: Actor, at: datetime
) -> NoteQuestion:
    """Ask the writer of a note, once however often it is sent."""
    seen = queries.questions_visible_to(by)
    return once(
        lambda pk: _ask(pk, encounter_id, words, by=by, at=at),
        question_id,
        mine=seen.filter(pk=question_id, encounter_id=encounter_id).first,
    )


@transaction.atomic
def _ask(
    question_id: UUID, encounter_id: UUID, words: str, *, by: Actor, at: datetime
) -> NoteQuestion:
    note, facts = queries.led_note(by, encounter_id=encounter_id)
    ensure(rules.why_not_ask_on_note(facts, by, words=words))
    question = NoteQuestion.objects.create(
        pk=question_id,
        agency_id=by.agency_id,
        encounter=note,
        to_id=cast(UUID, note.author_id),  # the rule refuses a note that nobody wrote
        asked_by_id=by.id,
        asked_at=at,
        moved_at=at,
    )
    _say(question, 1, words, by=by, at=at)
    _record("note-question.asked", question, by=by, at=at)
    return question


@transaction.atomic
def answer_note_question(
    question_id: UUID, *, words: str, seen: int, by: Actor, at: datetime
) -> NoteQuestion:
    """The writer answers, or adds to the answer. ``seen`` is how many turns the form knew of: the
    same words sent twice are one answer."""
    question, facts = queries.the_question(by, question_id=question_id)
    if _said_already(question, words, seen, by):
        return question
    ensure(rules.why_not_answer_on_note(facts, by, words=words))
    return _turn(question, facts, S.ANSWERED, words, "note-question.answered", by=by, at=at)


@transaction.atomic
def ask_on(question_id: UUID, *, words: str, seen: int, by: Actor, at: datetime) -> NoteQuestion:
    """Ask again, where the answer left something open."""
    question, facts = queries.the_question(by, question_id=question_id)
    if _said_already(question, words, seen, by):
        return question
    ensure(rules.why_not_ask_on(facts, by, words=words))
    return _turn(question, facts, S.OPEN, words, "note-question.asked-again", by=by, at=at)


@transaction.atomic
def close_note_question(question_id: UUID, *, by: Actor, at: datetime) -> None:
    """It is talked over. Both read it on the note as before."""
    _move(question_id, S.CLOSED, "note-question.closed", by=by, at=at)


@transaction.atomic
def withdraw_note_question(question_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take back a question that nobody has answered."""
    _move(question_id, S.WITHDRAWN, "note-question.withdrawn", by=by, at=at)


@transaction.atomic
def reopen_note_question(question_id: UUID, *, by: Actor, at: datetime) -> None:
    """Undo closing or withdrawing."""
    _question, facts = queries.the_question(by, question_id=question_id)
    _move(question_id, rules.opened_again(facts), "note-question.reopened", by=by, at=at)


def _move(question_id: UUID, to: S, verb: str, *, by: Actor, at: datetime) -> None:
    question, facts = queries.the_question(by, question_id=question_id)
    ensure(rules.why_not_move_question(facts, by, to))
    _claim(question, to, at)
    _record(verb, question, by=by, at=at)


def _turn(
    question: NoteQuestion,
    facts: NoteQuestionFacts,
    to: S,
    words: str,
    verb: str,
    *,
    by: Actor,
    at: datetime,
) -> NoteQuestion:
    _claim(question, to, at)
    _say(question, facts.turns + 1, words, by=by, at=at)
    _record(verb, question, by=by, at=at)
    return queries.the_question(by, question_id=question.pk)[0]


def _said_already(question: NoteQuestion, words: str, seen: int, by: Actor) -> bool:
    turns = list(question.turns.all())
    last = turns[-1] if len(turns) > seen else None
    return last is not None and last.by_id == by.id and last.words == words.strip()


def _say(question: NoteQuestion, number: int, words: str, *, by: Actor, at: datetime) -> None:
    QuestionTurn.objects.create(
        agency_id=by.agency_id,
        question=question,
        number=number,
        by_id=by.id,
        words=words.strip(),
        said_at=at,
    )


def _claim(question: NoteQuestion, to: S, at: datetime) -> None:
    won = NoteQuestion.objects.filter(
        pk=question.pk, status=question.status, moved_at=question.moved_at
    ).update(status=to.value, moved_at=at)
    if not won:
        raise Refused(STALE)


def _record(verb: str, question: NoteQuestion, *, by: Actor, at: datetime) -> None:
    target, detail = f"Encounter/{question.encounter_id}", {"question": str(question.pk)}
    record(by=by, at=at, verb=verb, target=target, detail=detail)
