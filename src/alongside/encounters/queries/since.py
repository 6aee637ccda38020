"""What happened between two people since a day; for the look together at the plan (SVC-12)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter, EncounterGoal
from alongside.encounters.queries.notes import encounters_visible_to


@dataclass(frozen=True)
class Since:
    """``minutes`` adds up what is known; ``touched`` counts contacts by goal."""

    contacts: int
    minutes: int
    went_along: int
    touched: dict[UUID, int]

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


def contacts_since(viewer: Actor, *, participant_id: UUID, day: date) -> QuerySet[Encounter]:
    """Contacts on ``day`` or later that stand, the latest first."""
    return (
        encounters_visible_to(viewer)
        .filter(participant_id=participant_id, kind=EncounterKind.CONTACT, on__gte=day)
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
        .order_by("-on", "-id")
    )


def since(viewer: Actor, *, participant_id: UUID, day: date) -> Since:
    """Contacts on ``day`` or later that stand. Two queries."""
    contacts = contacts_since(viewer, participant_id=participant_id, day=day)
    counted = contacts.aggregate(
        n=Count("pk"), minutes=Sum("minutes"), along=Count("pk", filter=~Q(going_along=""))
    )
    touched = (
        EncounterGoal.objects.filter(encounter__in=contacts.values("pk"))
        .values_list("goal_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return Since(counted["n"], counted["minutes"] or 0, counted["along"], dict(touched))
