"""What a participant asks of the record: taken down, answered, disagreed with, taken back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.accounts.queries import agency_of
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.queries import participants_visible_to
from alongside.practice.retention import Asked, answer_by, time_for
from alongside.retention import queries
from alongside.retention.codes import RequestStatus, StepKind
from alongside.retention.models import RecordRequest, RequestStep
from alongside.retention.rules import requests as rules
from alongside.retention.rules import why_not_manage
from alongside.retention.rules.requests import NewAnswer, NewRequest
from alongside.tenancy.hidden import free_id


@transaction.atomic
def ask_for_record(
    participant_id: UUID, new: NewRequest, *, request_id: UUID, by: Actor, at: datetime
) -> RecordRequest:
    """Take down what someone asks. The form's id makes five clicks one request."""
    person = participants_visible_to(by).get(pk=participant_id)
    there = queries.requests_of(by, participant_id=participant_id).filter(pk=request_id).first()
    if there is not None:
        return there
    ensure(rules.why_not_ask(new, by, on=local_date(at, by.time_zone)))
    time = time_for(new.asked, new.asked_on, agency_of(by).jurisdiction)
    request = RecordRequest.objects.create(
        pk=free_id(RecordRequest, request_id),
        agency_id=by.agency_id,
        participant=person,
        asked=new.asked.value,
        words=new.words.strip(),
        why=new.why.strip(),
        how=new.how.value,
        asked_by_name=new.asked_by_name.strip(),
        asked_on=new.asked_on,
        due_on=answer_by(new.asked_on, time),
        entered_at=at,
        entered_by_id=by.id,
    )
    record(by=by, at=at, verb="record-request.made", target=_target(request.pk))
    return request


@transaction.atomic
def answer_request(
    request_id: UUID, answer: NewAnswer, *, by: Actor, at: datetime
) -> RecordRequest:
    request = queries.requests_visible_to(by).get(pk=request_id)
    facts = queries.facts_of_request(by, request)
    ensure(rules.why_not_answer(facts, answer, by))
    _move(request, RequestStatus.ANSWERED, held=answer.held)
    _say(
        request,
        StepKind.ANSWERED,
        answer.words,
        by=by,
        at=at,
        outcome=answer.outcome.value,
        about=answer.about,
    )
    record(
        by=by,
        at=at,
        verb="record-request.answered",
        target=_target(request_id),
        detail={"outcome": answer.outcome.value},
    )
    return _fresh(by, request_id)


@transaction.atomic
def take_longer(request_id: UUID, reason: str, *, by: Actor, at: datetime) -> RecordRequest:
    """Once, where the rule allows it, with the reason in writing."""
    request = queries.requests_visible_to(by).get(pk=request_id)
    facts = queries.facts_of_request(by, request)
    ensure(rules.why_not_longer(facts, reason, by))
    time = time_for(Asked(request.asked), request.asked_on, agency_of(by).jurisdiction)
    open_now = RecordRequest.objects.filter(pk=request_id, status=RequestStatus.OPEN, longer=False)
    if not open_now.update(longer=True, due_on=request.due_on + timedelta(days=time.longer)):
        raise Refused(STALE)
    _say(request, StepKind.LONGER, reason, by=by, at=at)
    record(by=by, at=at, verb="record-request.longer", target=_target(request_id))
    return _fresh(by, request_id)


@transaction.atomic
def disagree(request_id: UUID, words: str, *, by: Actor, at: datetime) -> RecordRequest:
    """The participant's own statement; a newer one takes the place of the one before."""
    request = queries.requests_visible_to(by).get(pk=request_id)
    facts = queries.facts_of_request(by, request)
    ensure(rules.why_not_disagree(facts, words, by))
    if _last_words(request, StepKind.DISAGREED) == words.strip() and facts.disagreed:
        return request
    _say(request, StepKind.DISAGREED, words, by=by, at=at)
    record(by=by, at=at, verb="record-request.disagreed", target=_target(request_id))
    return _fresh(by, request_id)


@transaction.atomic
def take_disagreement_back(request_id: UUID, *, by: Actor, at: datetime) -> RecordRequest:
    request = queries.requests_visible_to(by).get(pk=request_id)
    ensure(rules.why_not_agree_again(queries.facts_of_request(by, request), by))
    _say(request, StepKind.DISAGREEMENT_TAKEN_BACK, "", by=by, at=at)
    record(by=by, at=at, verb="record-request.disagreement-taken-back", target=_target(request_id))
    return _fresh(by, request_id)


@transaction.atomic
def withdraw_request(request_id: UUID, *, by: Actor, at: datetime) -> RecordRequest:
    """They want it no more, or it was taken down by mistake. Where something is held back, only
    the participant takes it back, and that ends it."""
    request = queries.requests_visible_to(by).get(pk=request_id)
    ensure(rules.why_not_withdraw(queries.facts_of_request(by, request), by))
    _move(request, RequestStatus.WITHDRAWN, held=None)
    _say(request, StepKind.WITHDRAWN, "", by=by, at=at)
    record(by=by, at=at, verb="record-request.withdrawn", target=_target(request_id))
    return _fresh(by, request_id)


@transaction.atomic
def end_restriction(request_id: UUID, reason: str, *, by: Actor, at: datetime) -> RecordRequest:
    """What we agreed to hold back may be told again, with the participant's yes."""
    request = queries.requests_visible_to(by).get(pk=request_id)
    ensure(rules.why_not_end(queries.facts_of_request(by, request), reason, by))
    if not RecordRequest.objects.filter(pk=request_id, held__isnull=False).update(held=None):
        raise Refused(STALE)
    _say(request, StepKind.RESTRICTION_ENDED, reason, by=by, at=at)
    record(by=by, at=at, verb="record-request.restriction-ended", target=_target(request_id))
    return _fresh(by, request_id)


@transaction.atomic
def open_request_again(request_id: UUID, *, by: Actor, at: datetime) -> RecordRequest:
    """Withdrawn after all not, or answered too soon. The day by which to answer stays, and what is
    held back is held back until there is another answer."""
    request = queries.requests_visible_to(by).get(pk=request_id)
    ensure(rules.why_not_open_again(queries.facts_of_request(by, request), by))
    _move(request, RequestStatus.OPEN)
    _say(request, StepKind.OPENED_AGAIN, "", by=by, at=at)
    record(by=by, at=at, verb="record-request.opened-again", target=_target(request_id))
    return _fresh(by, request_id)


@transaction.atomic
def export_requests(*, by: Actor, at: datetime) -> None:
    """That the list of requests was taken out as a sheet."""
    ensure(why_not_manage(by))
    record(by=by, at=at, verb="record-requests.exported", target="RecordRequest")


def _move(request: RecordRequest, to: RequestStatus, **more: object) -> None:
    found = RecordRequest.objects.filter(pk=request.pk, status=request.status)
    if not found.update(status=to.value, **more):
        raise Refused(STALE)


def _say(
    request: RecordRequest, kind: StepKind, words: str, *, by: Actor, at: datetime, **more: str
) -> None:
    RequestStep.objects.create(
        agency_id=by.agency_id,
        request=request,
        kind=kind.value,
        words=words.strip(),
        at=at,
        by_id=by.id,
        **more,
    )


def _last_words(request: RecordRequest, kind: StepKind) -> str:
    return next((s.words for s in reversed(list(request.steps.all())) if s.kind == kind), "")


def _fresh(by: Actor, request_id: UUID) -> RecordRequest:
    return queries.requests_visible_to(by).get(pk=request_id)


def _target(request_id: UUID) -> str:
    return f"RecordRequest/{request_id}"
