"""Reading what is kept apart from the participant's pages. Whoever reads the note reads it; nobody
from outside does."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.encounters.codes import KeptStatus
from alongside.encounters.models import KeptApart, KeptStep
from alongside.encounters.queries.notes import encounters_visible_to

# What a privacy officer still has to say something to, and what the writer has to.
FOR_THE_OFFICER = (KeptStatus.WAITING,)


def kept_visible_to(viewer: Actor) -> QuerySet[KeptApart]:
    seen = (
        encounters_visible_to(viewer) if viewer.is_staff else encounters_visible_to(viewer).none()
    )
    steps = KeptStep.objects.select_related("by").order_by("id")
    return (
        KeptApart.objects.filter(agency_id=viewer.agency_id, encounter__in=seen.values("pk"))
        .select_related("encounter__participant", "written_by")
        .prefetch_related(Prefetch("steps", steps))
    )


def kept_of(viewer: Actor, *, encounter_id: UUID) -> QuerySet[KeptApart]:
    return kept_visible_to(viewer).filter(encounter_id=encounter_id).order_by("id")


def kept_to_look_at(
    viewer: Actor, *, statuses: Iterable[KeptStatus], before: UUID | None = None
) -> QuerySet[KeptApart]:
    """For the privacy officer the agency's, for whoever writes notes their own; newest first."""
    found = kept_visible_to(viewer).filter(status__in=list(statuses))
    if not viewer.may(Permission.PRIVACY_MANAGE):
        found = found.filter(written_by_id=viewer.id)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.order_by("-id")


def kept_counts(viewer: Actor) -> int:
    """How many wait for the viewer: to be looked at, or with a question to them. One query."""
    mine = Q(status=KeptStatus.ASKED, written_by_id=viewer.id)
    if viewer.may(Permission.PRIVACY_MANAGE):
        mine |= Q(status__in=FOR_THE_OFFICER) & ~Q(written_by_id=viewer.id)
    return kept_visible_to(viewer).filter(mine).count()
