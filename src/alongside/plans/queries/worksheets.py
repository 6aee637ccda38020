"""Reading worksheets that are kept with a participant, and what their author left unfinished."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.people.queries import participants_visible_to
from alongside.plans.models import Worksheet, WorksheetDraft, WorksheetVersion


def worksheets_visible_to(viewer: Actor) -> QuerySet[Worksheet]:
    """Whoever sees the participant sees their worksheets, taken back ones too."""
    return Worksheet.objects.filter(
        agency_id=viewer.agency_id,
        participant__in=participants_visible_to(viewer),
    ).select_related("participant", "kept_by", "voided_by")


def worksheets_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[Worksheet]:
    """Newest first, without those taken back."""
    return (
        worksheets_visible_to(viewer)
        .filter(participant_id=participant_id, voided_at=None)
        .order_by("-kept_at", "-id")
    )


def taken_back(viewer: Actor, *, participant_id: UUID) -> QuerySet[Worksheet]:
    return (
        worksheets_visible_to(viewer)
        .filter(participant_id=participant_id, voided_at__isnull=False)
        .order_by("-voided_at", "-id")
    )


def worksheet_of(viewer: Actor, *, participant_id: UUID, worksheet_id: UUID) -> Worksheet:
    found = worksheets_visible_to(viewer).filter(participant_id=participant_id)
    return found.get(pk=worksheet_id)


def versions_of(viewer: Actor, *, worksheet_id: UUID) -> QuerySet[WorksheetVersion]:
    """What it said before, newest first."""
    seen = worksheets_visible_to(viewer).filter(pk=worksheet_id)
    return (
        WorksheetVersion.objects.filter(worksheet__in=seen)
        .select_related("kept_by")
        .order_by("-number")
    )


def worksheet_drafts(viewer: Actor) -> QuerySet[WorksheetDraft]:
    """What the viewer left unfinished with people in sight; nobody else's, none put away."""
    return WorksheetDraft.objects.filter(
        author_id=viewer.id,
        dropped_at=None,
        participant__in=participants_visible_to(viewer),
    ).order_by("-saved_at", "-id")
