"""A referrer asks about someone they referred; it is answered through the gate, or not at all."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.accounts.actions import queue_letter
from alongside.accounts.codes import LetterKind
from alongside.audit.actions import record
from alongside.consents.actions import disclose
from alongside.consents.models import Disclosure
from alongside.consents.rules.disclosures import Recipient, Wanted
from alongside.core.actor import Actor
from alongside.core.clock import local_date, spoken
from alongside.core.refusal import STALE, Refused, ensure
from alongside.encounters.actions.updates import look_again
from alongside.encounters.codes import AnswerKind, ReferrerQuestionStatus
from alongside.encounters.models import ReferrerAnswer, ReferrerQuestion
from alongside.encounters.queries import updates as queries
from alongside.encounters.rules import outside as rules
from alongside.practice.consents import Category
from alongside.practice.disclosure import Basis, Way
from alongside.referrals.models import Referral, Referrer
from alongside.referrals.queries.referrers import referrer_of, sent_referrals
from alongside.tenancy.hidden import once

S = ReferrerQuestionStatus


@dataclass(frozen=True)
class NewAnswer:
    """``id`` comes from the form: five clicks make one answer. ``categories`` is what it tells."""

    id: UUID
    kind: AnswerKind
    words: str = ""
    categories: Collection[Category] = ()


def ask_about_referral(
    question_id: UUID, referral_id: UUID, *, words: str, by: Actor, at: datetime
) -> ReferrerQuestion:
    """Ask about someone one referred, once however often it is sent."""
    mine = queries.own_questions_on(by, referral_id=referral_id)
    return once(
        lambda pk: _ask(pk, referral_id, words, by=by, at=at),
        question_id,
        mine=mine.filter(pk=question_id).first,
    )


@transaction.atomic
def _ask(
    question_id: UUID, referral_id: UUID, words: str, *, by: Actor, at: datetime
) -> ReferrerQuestion:
    referral = cast(Referral, sent_referrals(by).get(referral_id=referral_id).referral)
    mine = queries.own_questions_on(by, referral_id=referral_id)
    there = mine.filter(pk=question_id).first()
    if there is not None:
        return there
    # What was asked and taken back within a day counts too: each told the whole team by letter.
    lately = Q(status=S.WITHDRAWN.value, asked_at__gt=at - timedelta(days=1))
    waiting = mine.filter(Q(status__in=[S.OPEN.value, S.SEEN.value]) | lately).count()
    ensure(rules.why_not_ask(words, open_now=waiting))
    question = ReferrerQuestion.objects.create(
        pk=question_id,
        agency_id=by.agency_id,
        referral=referral,
        asked_by_id=by.id,
        asked_at=at,
        words=words.strip(),
        moved_at=at,
    )
    for address in queries.who_answers(by, participant_id=referral.participant_id):
        queue_letter(LetterKind.UPDATE, to=address, by=by, at=at, about=question_id)
    _record("referrer-question.asked", question, by=by, at=at)
    return question


@transaction.atomic
def withdraw_question(question_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take back a question that nobody has read."""
    question = queries.own_question(by, question_id=question_id)
    ensure(rules.why_not_withdraw_question(question.facts(), by))
    _move(question, S.WITHDRAWN, at=at)
    _record("referrer-question.withdrawn", question, by=by, at=at)


@transaction.atomic
def see_question(question_id: UUID, *, by: Actor, at: datetime) -> None:
    """Say that someone has read it and looks after it."""
    question = queries.questions_of_referrers(by).get(pk=question_id)
    ensure(rules.why_not_see(question.facts()))
    _move(question, S.SEEN, at=at, seen_at=at, seen_by_id=by.id)
    _record("referrer-question.seen", question, by=by, at=at)


@transaction.atomic
def close_question(question_id: UUID, *, by: Actor, at: datetime) -> None:
    question = queries.questions_of_referrers(by).get(pk=question_id)
    ensure(rules.why_not_close(question.facts()))
    _move(question, S.CLOSED, at=at)
    _record("referrer-question.closed", question, by=by, at=at)


def answer_referrer(
    question_id: UUID, new: NewAnswer, *, by: Actor, at: datetime
) -> ReferrerQuestion:
    """Tell it through the gate, or give the one answer that confirms nothing."""
    seen = queries.questions_of_referrers(by)
    return once(
        lambda pk: _answer(question_id, replace(new, id=pk), by=by, at=at),
        new.id,
        mine=seen.filter(pk=question_id, answers__pk=new.id).first,
    )


@transaction.atomic
def _answer(question_id: UUID, new: NewAnswer, *, by: Actor, at: datetime) -> ReferrerQuestion:
    question = queries.questions_of_referrers(by).get(pk=question_id)
    before = list(question.answers.all())
    if new.id in {answer.pk for answer in before}:
        return question
    ensure(rules.why_not_answer(question.facts(), new.kind, new.words, by))
    _move(question, S.ANSWERED, at=at)
    answer = ReferrerAnswer(
        pk=new.id,
        agency_id=by.agency_id,
        question=question,
        number=len(before) + 1,
        kind=new.kind.value,
        answered_at=at,
        answered_by_id=by.id,
    )
    if question.asked_by.is_active and (to := question.asked_by.email):
        queue_letter(LetterKind.UPDATE, to=to, by=by, at=at, about=question_id)
    if new.kind == AnswerKind.TOLD:
        answer.words = new.words.strip()
        who = queries.who_asked(by, question=question)
        answer.disclosure = disclose(
            _wanted(question, answer, new, who, zone=by.time_zone), by=by, at=at
        )
    answer.save(force_insert=True)
    _record("referrer-question.answered", question, by=by, at=at)
    return queries.questions_of_referrers(by).get(pk=question_id)


def look_at_answer(answer: ReferrerAnswer, *, by: Actor, at: datetime) -> str:
    """The words of an answer, for who asked, as long as the gate lets them through. Raises
    ``Refused`` where it does not; what confirms nothing may always be read."""
    if answer.kind == AnswerKind.CANNOT_SAY:
        return rules.CANNOT_SAY
    told = cast(Disclosure, answer.disclosure)
    if told.referrer_id != referrer_of(by).pk:
        # The referral is somebody else's by now: what was told to them is theirs to read.
        raise Refused(rules.NOT_TOLD_YOU)
    look_again(told, by=by, at=at)
    return answer.words


def _wanted(
    question: ReferrerQuestion, answer: ReferrerAnswer, new: NewAnswer, who: Referrer, *, zone: str
) -> Wanted:
    """Told to ``who`` asked, whoever the referral is written down for by now."""
    asked_on = spoken(local_date(question.asked_at, zone))
    return Wanted(
        id=answer.pk,
        participant_id=question.referral.participant_id,
        basis=Basis.CONSENT,
        recipient=Recipient(name=who.name, organization=who.organization, referrer_id=who.pk),
        way=Way.PORTAL,
        categories=frozenset(new.categories),
        what=rules.ANSWER_KEPT.format(number=answer.number, on=asked_on, words=answer.words),
    )


def _move(question: ReferrerQuestion, to: S, *, at: datetime, **more: object) -> None:
    won = ReferrerQuestion.objects.filter(
        pk=question.pk, status=question.status, moved_at=question.moved_at
    ).update(status=to.value, moved_at=at, **more)
    if not won:
        raise Refused(STALE)


def _record(verb: str, question: ReferrerQuestion, *, by: Actor, at: datetime) -> None:
    detail = {"question": str(question.pk)}
    record(by=by, at=at, verb=verb, target=f"Referral/{question.referral_id}", detail=detail)
