"""Meetings that show something: that one went along, or that someone is back with support."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter
from alongside.encounters.queries.notes import encounters_visible_to

MOST = 20


def shown_by(viewer: Actor, *, participant_id: UUID) -> QuerySet[Encounter]:
    """Contacts that took place; what was entered in error shows nothing."""
    return (
        encounters_visible_to(viewer)
        .filter(participant_id=participant_id, kind=EncounterKind.CONTACT)
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
    )


def to_choose(viewer: Actor, *, participant_id: UUID, along: bool) -> QuerySet[Encounter]:
    """The newest few, without a word of their notes. ``along``: only where one went along."""
    found = shown_by(viewer, participant_id=participant_id)
    if along:
        found = found.exclude(going_along="")
    return found.only("pk", "on", "going_along", "participant_id").order_by("-on", "-id")[:MOST]
