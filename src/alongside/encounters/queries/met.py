"""Who has in fact been meeting someone."""

from uuid import UUID

from django.db.models import Count

from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.queries.notes import encounters_visible_to


def met_with(viewer: Actor, *, participant_id: UUID) -> dict[UUID, int]:
    """How many contacts of this person stand, by supporter. One query."""
    rows = (
        encounters_visible_to(viewer)
        .filter(participant_id=participant_id, kind=EncounterKind.CONTACT)
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
        .order_by()
        .values_list("supporter_id")
        .annotate(n=Count("id"))
    )
    return dict(rows)
