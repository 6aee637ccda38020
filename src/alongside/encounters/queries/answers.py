"""What participants answered to notes from their own pages, for those who walk with them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.encounters.models import AddedWords
from alongside.encounters.queries.notes import encounters_visible_to


def answers_visible_to(viewer: Actor) -> QuerySet[AddedWords]:
    """What stands, of notes in sight: for supporters of their own notes, for supervisors of their
    team's, else of the agency's."""
    seen = encounters_visible_to(viewer)
    if not viewer.may(Permission.SIGHT_AGENCY):
        mine = Q(supporter__user_id=viewer.id)
        if viewer.may(Permission.SIGHT_TEAM):
            mine |= Q(supporter__user__supervisor_id__in=viewer.teams)
        seen = seen.filter(mine)
    return AddedWords.objects.filter(
        agency_id=viewer.agency_id,
        from_outside=True,
        taken_back_at=None,
        encounter__in=seen.values("pk"),
    ).select_related("encounter__participant", "encounter__supporter")


def answers(
    viewer: Actor, *, read: bool = False, before: UUID | None = None
) -> QuerySet[AddedWords]:
    """Those not read yet, or those that were; newest first, before a key."""
    found = answers_visible_to(viewer).filter(seen_at__isnull=not read)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found.order_by("-id")
