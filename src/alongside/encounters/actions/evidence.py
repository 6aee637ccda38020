"""A meeting shows that something asked was done, or that someone is back with support. The meeting
is looked up here, on the floor of meetings; what it shows stands on the floors below."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.core.actor import Actor
from alongside.encounters.queries.going_along import shown_by
from alongside.files.actions import Checked
from alongside.outcomes.actions.returns import say_back
from alongside.outcomes.models import ReturnToUse
from alongside.outcomes.queries.milestones import returns_visible_to
from alongside.outcomes.rules.milestones import Back
from alongside.plans.actions.evidence import add_evidence
from alongside.plans.models import RequirementEvidence
from alongside.plans.queries.requirements import requirements_visible_to
from alongside.plans.rules.requirements import NewEvidence


@transaction.atomic
def show_by_meeting(
    requirement_id: UUID,
    encounter_id: UUID,
    new: NewEvidence,
    *,
    by: Actor,
    at: datetime,
    evidence_id: UUID | None = None,
    file: Checked | None = None,
) -> RequirementEvidence:
    """It counts on the day of the meeting. Raises ``DoesNotExist`` for one out of sight."""
    row = requirements_visible_to(by).get(pk=requirement_id)
    met = shown_by(by, participant_id=row.participant_id).get(pk=encounter_id)
    return add_evidence(
        requirement_id,
        NewEvidence(on=met.on, words=new.words, times=new.times),
        by=by,
        at=at,
        evidence_id=evidence_id,
        file=file,
        encounter_id=met.pk,
    )


@transaction.atomic
def back_by_meeting(
    return_id: UUID, encounter_id: UUID, *, words: str, revision: int, by: Actor, at: datetime
) -> ReturnToUse:
    """Back with support on the day of the meeting."""
    row = returns_visible_to(by).get(pk=return_id)
    met = shown_by(by, participant_id=row.participant_id).get(pk=encounter_id)
    back = Back(on=met.on, words=words, encounter_id=met.pk)
    return say_back(return_id, back, revision=revision, by=by, at=at)
