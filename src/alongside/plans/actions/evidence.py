"""What shows that something asked was done, and what the participant wants to know about it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refusal, Refused, ensure
from alongside.core.words import gettext_noop as _
from alongside.files.actions import Checked, keep_file, keeps_files
from alongside.plans.actions.requirements import claim, tell
from alongside.plans.codes import RequirementChangeKind as Kind
from alongside.plans.codes import RequirementState
from alongside.plans.models import Requirement, RequirementEvidence, RequirementQuestion
from alongside.plans.queries import requirements as queries
from alongside.plans.rules import requirements as rules
from alongside.plans.rules.requirements import NewEvidence
from alongside.tenancy.hidden import free_id

TAKEN_ALREADY = Refusal("taken-already", _("This meeting stands there already."))


@keeps_files
@transaction.atomic
def add_evidence(
    requirement_id: UUID,
    new: NewEvidence,
    *,
    by: Actor,
    at: datetime,
    evidence_id: UUID | None = None,
    file: Checked | None = None,
    encounter_id: UUID | None = None,
) -> RequirementEvidence:
    """Words, a file or a meeting; with it the state goes on by itself where a rule can tell.

    An ``encounter_id`` is one that the caller's own query has found (a floor above).
    """
    row = queries.requirements_visible_to(by).get(pk=requirement_id)
    ensure(rules.why_not_write(by))
    there = row.evidence.filter(pk=evidence_id or new_id()).first()
    if there is not None:
        return there
    today = local_date(at, by.time_zone)
    since = queries.to_hold_against(by, participant_id=row.participant_id, today=today)
    ensure(rules.why_not_show(new, since, has_more=file is not None or encounter_id is not None))
    if encounter_id is not None and row.evidence.filter(encounter_id=encounter_id, voided_at=None):
        raise Refused(TAKEN_ALREADY)
    evidence = RequirementEvidence.objects.create(
        pk=free_id(RequirementEvidence, evidence_id),
        agency_id=by.agency_id,
        requirement=row,
        words=new.words.strip(),
        on=new.on,
        times=new.times,
        file=keep_file(file, by=by, at=at) if file else None,
        encounter_id=encounter_id,
        theirs=not by.may(Permission.PLAN_WRITE),
        at=at,
        by_id=by.id,
    )
    _counted(row, new.times, by=by, at=at)
    return evidence


@transaction.atomic
def take_back_evidence(evidence_id: UUID, *, by: Actor, at: datetime) -> Requirement:
    """It shows nothing any more. What was done by it is under way again."""
    evidence = queries.evidence_visible_to(by).get(pk=evidence_id)
    _ensure_own(evidence, by)
    if not RequirementEvidence.objects.filter(pk=evidence_id, voided_at=None).update(voided_at=at):
        raise Refused(STALE)
    row = queries.requirements_visible_to(by).get(pk=evidence.requirement_id)
    facts = queries.facts_of(row)
    to = rules.state_without(facts)
    _go_on(row, to)
    tell(row, Kind.EVIDENCE_BACK, text={"evidence": str(evidence_id)}, now=to, by=by, at=at)
    record(by=by, at=at, verb="requirement.shown-taken-back", target=f"Requirement/{row.pk}")
    return row


@transaction.atomic
def put_back_evidence(evidence_id: UUID, *, by: Actor, at: datetime) -> Requirement:
    evidence = queries.evidence_visible_to(by).exclude(voided_at=None).get(pk=evidence_id)
    _ensure_own(evidence, by)
    found = RequirementEvidence.objects.filter(pk=evidence_id, voided_at=evidence.voided_at)
    try:
        with transaction.atomic():
            won = found.update(voided_at=None)
    except IntegrityError:
        raise Refused(TAKEN_ALREADY) from None
    if not won:
        raise Refused(STALE)
    row = queries.requirements_visible_to(by).get(pk=evidence.requirement_id)
    _counted(row, 0, by=by, at=at)
    return row


@transaction.atomic
def ask_about(
    requirement_id: UUID,
    words: str,
    *,
    by: Actor,
    at: datetime,
    question_id: UUID | None = None,
) -> RequirementQuestion:
    """What the participant wants to know. It stands on the list until someone answers."""
    row = queries.requirements_visible_to(by).get(pk=requirement_id)
    ensure(rules.why_not_write(by) or rules.why_not_ask(words))
    there = row.questions.filter(pk=question_id or new_id()).first()
    if there is not None:
        return there
    question = RequirementQuestion.objects.create(
        pk=free_id(RequirementQuestion, question_id),
        agency_id=by.agency_id,
        requirement=row,
        words=words.strip(),
        asked_at=at,
        asked_by_id=by.id,
    )
    record(by=by, at=at, verb="requirement.asked-about", target=f"Requirement/{row.pk}")
    return question


@transaction.atomic
def answer_about(question_id: UUID, words: str, *, by: Actor, at: datetime) -> Requirement:
    """What the two found out. The participant may write it, too: they may have asked the court."""
    question = queries.questions_visible_to(by).get(pk=question_id)
    ensure(rules.why_not_write(by))
    ensure(rules.why_not_answer(words, answered=question.answered_at is not None))
    found = RequirementQuestion.objects.filter(pk=question_id, answered_at=None, voided_at=None)
    if not found.update(answer=words.strip(), answered_at=at, answered_by_id=by.id):
        raise Refused(STALE)
    row = question.requirement
    record(by=by, at=at, verb="requirement.answered", target=f"Requirement/{row.pk}")
    return row


@transaction.atomic
def take_back_question(question_id: UUID, *, by: Actor, at: datetime) -> Requirement:
    """As long as nobody answered it, and by whoever asked."""
    question = queries.questions_visible_to(by).get(pk=question_id, asked_by_id=by.id)
    found = RequirementQuestion.objects.filter(pk=question_id, answered_at=None, voided_at=None)
    if not found.update(voided_at=at):
        raise Refused(STALE)
    row = question.requirement
    record(by=by, at=at, verb="requirement.question-taken-back", target=f"Requirement/{row.pk}")
    return row


@transaction.atomic
def put_back_question(question_id: UUID, *, by: Actor, at: datetime) -> Requirement:
    """By whoever asked and took it back. A second click leaves it as it is."""
    question = queries.questions_ever(by).get(pk=question_id, asked_by_id=by.id)
    ensure(rules.why_not_write(by))
    row = question.requirement
    gone = RequirementQuestion.objects.filter(pk=question_id, voided_at__isnull=False)
    if gone.update(voided_at=None):
        record(by=by, at=at, verb="requirement.question-put-back", target=f"Requirement/{row.pk}")
    return row


def _counted(row: Requirement, times: int, *, by: Actor, at: datetime) -> None:
    """``times`` come to what ``row`` counted when it was loaded. Nothing counted moves nothing."""
    facts = queries.facts_of(row)
    done = facts.done + times
    to = rules.state_after(facts, done) if done else facts.state
    _go_on(row, to)
    tell(row, Kind.EVIDENCE, now=to, by=by, at=at)
    record(by=by, at=at, verb="requirement.shown", target=f"Requirement/{row.pk}")


def _go_on(row: Requirement, to: RequirementState) -> None:
    if to.value != row.state:
        claim(row, row.revision, state=to.value)


def _ensure_own(evidence: RequirementEvidence, by: Actor) -> None:
    """Participants take back what they showed; who walks alongside, whatever the two wrote."""
    facts = queries.facts_of(evidence.requirement)
    ensure(rules.why_not_write(by))
    if not by.may(Permission.PLAN_WRITE) and not evidence.theirs:
        ensure(rules.why_not_change(facts, by))
