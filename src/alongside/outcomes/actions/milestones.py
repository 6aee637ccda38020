"""Milestones: written by the participant or who walks with them, opened by the former alone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.outcomes.codes import Seen
from alongside.outcomes.models import Milestone, MilestoneChange
from alongside.outcomes.queries import milestones as queries
from alongside.outcomes.rules import milestones as rules
from alongside.outcomes.rules.milestones import NewMilestone
from alongside.people.queries import participants_visible_to
from alongside.tenancy.hidden import free_id


@transaction.atomic
def add_milestone(
    participant_id: UUID,
    new: NewMilestone,
    *,
    by: Actor,
    at: datetime,
    milestone_id: UUID | None = None,
) -> Milestone:
    """A ``milestone_id`` made by the form makes five clicks one."""
    person = participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_write(by))
    _ensure_sound(participant_id, new, by=by, at=at)
    mine = queries.milestones_visible_to(by).filter(participant_id=participant_id)
    there = mine.filter(pk=milestone_id or new_id()).first()
    if there is not None:
        return there
    row = Milestone.objects.create(
        pk=free_id(Milestone, milestone_id),
        agency_id=by.agency_id,
        participant=person,
        words=new.words.strip(),
        kind=new.kind,
        on=new.on,
        about=new.about,
        written_by_them=not by.may(Permission.PLAN_WRITE),
        at=at,
        by_id=by.id,
    )
    record(by=by, at=at, verb="milestone.kept", target=f"Milestone/{row.pk}")
    return row


@transaction.atomic
def correct_milestone(
    milestone_id: UUID,
    new: NewMilestone,
    *,
    revision: int,
    why: str = "",
    by: Actor,
    at: datetime,
) -> Milestone:
    """Say it otherwise; what it said before stays readable."""
    row = queries.milestones_visible_to(by).get(pk=milestone_id)
    ensure(rules.why_not_write(by))
    _ensure_sound(row.participant_id, new, by=by, at=at)
    said = {"words": new.words.strip(), "kind": new.kind, "on": new.on, "about": new.about}
    if all(getattr(row, key) == value for key, value in said.items()):
        return row
    _claim(row, revision, **said)
    before = {
        "words": row.words,
        "kind": row.kind,
        "on": row.on.isoformat(),
        "about": row.about,
    }
    _tell(row, before, why, by=by, at=at)
    record(by=by, at=at, verb="milestone.corrected", target=f"Milestone/{row.pk}")
    return queries.milestones_visible_to(by).get(pk=milestone_id)


@transaction.atomic
def open_milestone(
    milestone_id: UUID, seen: Seen, *, revision: int, by: Actor, at: datetime
) -> Milestone:
    """The participant lets the rest of the agency read it, or keeps it between the two again."""
    row = queries.milestones_visible_to(by).get(pk=milestone_id)
    ensure(rules.why_not_open(by))
    if row.seen == seen:
        return row
    _claim(row, revision, seen=seen.value)
    _tell(row, {"seen": row.seen}, "", by=by, at=at)
    verb = "milestone.opened" if seen is Seen.TEAM else "milestone.kept-between-us"
    record(by=by, at=at, verb=verb, target=f"Milestone/{row.pk}")
    return queries.milestones_visible_to(by).get(pk=milestone_id)


@transaction.atomic
def take_back_milestone(milestone_id: UUID, *, revision: int, by: Actor, at: datetime) -> None:
    row = queries.milestones_visible_to(by).get(pk=milestone_id)
    ensure(rules.why_not_write(by))
    _claim(row, revision, voided_at=at)
    _tell(row, {"voided_at": ""}, "", by=by, at=at)
    record(by=by, at=at, verb="milestone.taken-back", target=f"Milestone/{row.pk}")


@transaction.atomic
def put_back_milestone(milestone_id: UUID, *, by: Actor, at: datetime) -> None:
    found = queries.milestones_visible_to(by, taken_back=True).exclude(voided_at=None)
    row = found.get(pk=milestone_id)
    ensure(rules.why_not_write(by))
    won = Milestone.objects.filter(pk=row.pk, voided_at=row.voided_at)
    if not won.update(voided_at=None, revision=F("revision") + 1):
        raise Refused(STALE)
    _tell(row, {"voided_at": "taken back"}, "", by=by, at=at)
    record(by=by, at=at, verb="milestone.put-back", target=f"Milestone/{row.pk}")


def _ensure_sound(participant_id: UUID, new: NewMilestone, *, by: Actor, at: datetime) -> None:
    today = local_date(at, by.time_zone)
    since = queries.to_hold_against(by, participant_id=participant_id, today=today)
    ensure(rules.why_not_keep_milestone(new, since))


def _claim(row: Milestone, revision: int, **fields: object) -> None:
    # Claim by condition: of two people who change the same words, one is asked to look again.
    won = Milestone.objects.filter(pk=row.pk, revision=revision, voided_at=None)
    if not won.update(**fields, revision=F("revision") + 1):
        raise Refused(STALE)


def _tell(row: Milestone, before: dict[str, object], why: str, *, by: Actor, at: datetime) -> None:
    MilestoneChange.objects.create(
        agency_id=by.agency_id, milestone=row, text=before, why=why.strip(), at=at, by_id=by.id
    )
