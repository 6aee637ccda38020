"""What is open between a supporter and whoever leads them: for the agenda of their next sitting."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.encounters.codes import NoteQuestionStatus
from alongside.encounters.models import HandOff, NoteQuestion
from alongside.encounters.queries.hand_offs import hand_offs_visible_to
from alongside.encounters.queries.readings import questions_visible_to
from alongside.encounters.rules.hand_offs import STANDING


def questions_between(viewer: Actor, *, user_id: UUID) -> QuerySet[NoteQuestion]:
    """Questions to this supporter that are not closed, the oldest first."""
    not_closed = [NoteQuestionStatus.OPEN, NoteQuestionStatus.ANSWERED]
    found = questions_visible_to(viewer).filter(to_id=user_id, status__in=not_closed)
    return found.order_by("asked_at", "id")


def hand_offs_between(viewer: Actor, *, user_id: UUID) -> QuerySet[HandOff]:
    """Hand-offs this supporter wrote that nobody has followed up to their end."""
    found = hand_offs_visible_to(viewer).filter(author_id=user_id, status__in=STANDING)
    return found.order_by("happened_at", "id")
