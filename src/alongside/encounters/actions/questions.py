"""A question to the array lead: asked, answered, taken into the note, kept as a precedent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.core.words import Say
from alongside.encounters import queries, rules
from alongside.encounters.actions.notes import the_writer
from alongside.encounters.codes import QuestionStatus
from alongside.encounters.models import ArrayAnswerVersion, ArrayQuestion, Encounter
from alongside.encounters.rules import NewAnswer, QuestionFacts
from alongside.encounters.rules.asking import without_names
from alongside.people.queries import participants_visible_to
from alongside.practice.arrays.questions import known

S = QuestionStatus


@dataclass(frozen=True)
class NewQuestion:
    """What a note says so far, and the words that go along."""

    on: date
    words: str
    processes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    going_along: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    note_words: str = ""


def ask_array_lead(
    encounter_id: UUID, participant_id: UUID, asked: NewQuestion, *, by: Actor, at: datetime
) -> ArrayQuestion:
    """Ask once: while a question about this note is open, every repeat gives the same one.

    The note need not exist yet; where it does, it is the asker's own, else ``DoesNotExist``.
    """
    try:
        return _ask(encounter_id, participant_id, asked, by=by, at=at)
    except IntegrityError:
        # Two taps at one moment; the second look finds the first one's question.
        return _open_one(encounter_id, by).get()


@transaction.atomic
def _ask(
    encounter_id: UUID, participant_id: UUID, asked: NewQuestion, *, by: Actor, at: datetime
) -> ArrayQuestion:
    person = participants_visible_to(by).only("pk", "name").get(pk=participant_id)
    writer = the_writer(by)
    named = queries.array_lead(by) is not None
    ensure(rules.why_not_ask(by, words=asked.words, lead_named=named))
    if Encounter.objects.filter(pk=encounter_id).exists():
        Encounter.objects.only("pk").get(pk=encounter_id, participant_id=person.pk, author_id=by.id)
    found = _open_one(encounter_id, by).first()
    if found is not None:
        return found
    advice = writer.advice(
        asked.on,
        processes=asked.processes,
        activities=asked.activities,
        going_along=asked.going_along,
        words=asked.note_words,
        answers=asked.answers,
        allowed=queries.arrays_paid_for(by, participant_id=person.pk, on=asked.on),
    )
    around = queries.names_around(by, participant_id=person.pk)
    question = ArrayQuestion.objects.create(
        agency_id=by.agency_id,
        asker_id=by.id,
        participant_id=person.pk,
        encounter_id=encounter_id,
        on=asked.on,
        processes=list(asked.processes),
        activities=list(asked.activities),
        going_along=asked.going_along,
        answers=known(asked.answers),
        certified=writer.certified(asked.on),
        advised=advice.array.value if advice.array else "",
        advised_reasons=[_nameless(why, person.name, around) for why in advice.reasons],
        words=asked.words.strip(),
        asked_at=at,
    )
    _tell(question, "array-question.asked", by=by, at=at)
    return question


def _nameless(reason: Say, name: str, around: Iterable[str]) -> str:
    """A reason as the array lead reads it. What it quotes of the note tells of nobody."""
    quoted = {
        gap: without_names(said, name, around) if isinstance(said, str) else said
        for gap, said in reason.facts.items()
    }
    return str(Say(reason.text, quoted))


def _open_one(encounter_id: UUID, by: Actor) -> QuerySet[ArrayQuestion]:
    return ArrayQuestion.objects.filter(
        agency_id=by.agency_id, asker_id=by.id, encounter_id=encounter_id, status=S.OPEN
    )


@transaction.atomic
def take_back_question(question_id: UUID, *, by: Actor, at: datetime) -> ArrayQuestion:
    question = queries.own_questions(by).get(pk=question_id)
    ensure(rules.why_not_take_back(facts_of(question), by))
    _claim(question, status=S.TAKEN_BACK.value)
    return _tell(question, "array-question.taken-back", by=by, at=at)


@transaction.atomic
def ask_again(question_id: UUID, *, by: Actor, at: datetime) -> ArrayQuestion:
    """Undo the taking back. Where the note has another open question, that one stands."""
    question = queries.own_questions(by).get(pk=question_id)
    other = _open_one(question.encounter_id, by).first()
    if other is not None:
        return other
    ensure(rules.why_not_ask_again(facts_of(question), by))
    _claim(question, status=S.OPEN.value)
    return _tell(question, "array-question.asked", by=by, at=at)


@transaction.atomic
def answer_question(
    question_id: UUID, answer: NewAnswer, *, by: Actor, at: datetime
) -> ArrayQuestion:
    """Answer, or correct the answer: what it said before is kept, and the asker is told anew."""
    question = queries.question_to_answer(by, question_id=question_id)
    ensure(rules.why_not_answer(facts_of(question), by, answer))
    corrects = _keep_what_it_said(question)
    array, no_service = rules.array_of(answer.choice)
    new: dict[str, object] = {
        "status": S.ANSWERED.value,
        "array": array,
        "no_service": no_service,
        "reason": answer.reason.strip(),
        "shared_words": answer.shared_words.strip(),
        "answered_at": at,
        "answered_by_id": by.id,
    }
    if (question.array, question.no_service) != (array, no_service):
        new |= {"taken_over_at": None, "put_away_at": None}
    _claim(question, **new)
    verb = "array-question.answer-corrected" if corrects else "array-question.answered"
    return _tell(question, verb, by=by, at=at)


def _keep_what_it_said(question: ArrayQuestion) -> bool:
    """Whether there was an answer before."""
    if question.answered_at is None or question.answered_by is None:
        return False
    ArrayAnswerVersion.objects.create(
        agency_id=question.agency_id,
        question=question,
        number=len(question.versions.all()) + 1,
        array=question.array,
        no_service=question.no_service,
        reason=question.reason,
        shared_words=question.shared_words,
        answered_at=question.answered_at,
        answered_by=question.answered_by,
    )
    return True


@transaction.atomic
def withdraw_precedent(question_id: UUID, *, reason: str, by: Actor, at: datetime) -> ArrayQuestion:
    """Colleagues see it as an example no more. The answer to the asker stays."""
    question = queries.question_to_answer(by, question_id=question_id)
    ensure(rules.why_not_withdraw(facts_of(question), by, reason=reason))
    _claim(
        question,
        status=S.WITHDRAWN.value,
        withdrawn_reason=reason.strip(),
        withdrawn_at=at,
        withdrawn_by_id=by.id,
    )
    return _tell(question, "precedent.withdrawn", by=by, at=at)


@transaction.atomic
def restore_precedent(question_id: UUID, *, by: Actor, at: datetime) -> ArrayQuestion:
    question = queries.question_to_answer(by, question_id=question_id)
    ensure(rules.why_not_restore(facts_of(question), by))
    _claim(
        question,
        status=S.ANSWERED.value,
        withdrawn_reason="",
        withdrawn_at=None,
        withdrawn_by_id=None,
    )
    return _tell(question, "precedent.restored", by=by, at=at)


@transaction.atomic
def put_answer_away(question_id: UUID, *, by: Actor, at: datetime) -> ArrayQuestion:
    """Read, and not wanted in the note."""
    question = queries.own_questions(by).get(pk=question_id)
    ensure(rules.why_not_take_over(facts_of(question), by))
    _claim(question, put_away_at=at)
    return _tell(question, "array-question.answer-put-away", by=by, at=at)


@transaction.atomic
def bring_answer_back(question_id: UUID, *, by: Actor, at: datetime) -> ArrayQuestion:
    question = queries.own_questions(by).get(pk=question_id, put_away_at__isnull=False)
    ensure(rules.why_not_take_over(facts_of(question), by))
    _claim(question, put_away_at=None)
    return _tell(question, "array-question.answer-brought-back", by=by, at=at)


def settle(question: ArrayQuestion, *, by: Actor, at: datetime) -> None:
    """The answer went into the note. Only inside a transaction that put it there."""
    _claim(question, taken_over_at=at)
    _tell(question, "array-question.taken-over", by=by, at=at)


def facts_of(question: ArrayQuestion) -> QuestionFacts:
    """What the rules ask of a question. One query."""
    given = question.answered_at is not None
    return QuestionFacts(
        asker_id=question.asker_id,
        status=S(question.status),
        certified=question.certified,
        answers=question.versions.count() + 1 if given else 0,
    )


def _claim(question: ArrayQuestion, **changes: object) -> None:
    # Claim by condition: one writer wins on SQLite and PostgreSQL alike.
    won = ArrayQuestion.objects.filter(
        pk=question.pk, status=question.status, answered_at=question.answered_at
    ).update(**changes)
    if not won:
        raise Refused(STALE)


def _tell(question: ArrayQuestion, verb: str, *, by: Actor, at: datetime) -> ArrayQuestion:
    record(by=by, at=at, verb=verb, target=f"ArrayQuestion/{question.pk}")
    question.refresh_from_db()
    return question
