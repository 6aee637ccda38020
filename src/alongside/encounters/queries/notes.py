"""Reading notes and drafts. Sight of a note is sight of its participant, now."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import (
    AddedWords,
    Encounter,
    EncounterGoal,
    NoteDraft,
    NoteVersion,
)
from alongside.people.queries import participants_visible_to
from alongside.practice.codes import Mode
from alongside.practice.shares import Share
from alongside.practice.shares import mode_shares as shares_of


def encounters_visible_to(viewer: Actor) -> QuerySet[Encounter]:
    if not viewer.may(Permission.NOTE_READ):
        return Encounter.objects.none()
    return Encounter.objects.filter(
        agency_id=viewer.agency_id,
        voided_at=None,
        participant__in=participants_visible_to(viewer).values("pk"),
    )


def _with_words(notes: QuerySet[Encounter]) -> QuerySet[Encounter]:
    return notes.select_related("supporter", "participant").prefetch_related(
        Prefetch(
            "goal_links", EncounterGoal.objects.select_related("goal").order_by("goal__begun_on")
        ),
        Prefetch(
            "added_words",
            AddedWords.objects.filter(taken_back_at=None).order_by("added_at", "id"),
        ),
    )


def the_note(viewer: Actor, *, encounter_id: UUID) -> Encounter:
    """One note with everything it said and says. Raises ``DoesNotExist`` out of sight."""
    return (
        _with_words(encounters_visible_to(viewer))
        .select_related("signed_by")
        .prefetch_related(
            Prefetch(
                "versions", NoteVersion.objects.select_related("replaced_by").order_by("-number")
            )
        )
        .get(pk=encounter_id)
    )


def timeline(
    viewer: Actor,
    *,
    participant_id: UUID,
    before: tuple[date, UUID] | None = None,
    limit: int = 20,
) -> list[Encounter]:
    """The newest encounters before a key, with all that a page shows of each: three queries."""
    notes = encounters_visible_to(viewer).filter(participant_id=participant_id)
    if before is not None:
        on, key = before
        # The first condition lets the index begin where the last page ended.
        notes = notes.filter(on__lte=on).filter(Q(on__lt=on) | Q(id__lt=key))
    return list(_with_words(notes).order_by("-on", "-id")[:limit])


def contact_days(participant_id: UUID) -> list[date]:
    """Every day of contact that stands, for counting again after a correction."""
    return list(
        Encounter.objects.filter(
            participant_id=participant_id, kind=EncounterKind.CONTACT, voided_at=None
        )
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
        .order_by()
        .values_list("on", flat=True)
        .distinct()
    )


def last_place(viewer: Actor, *, participant_id: UUID) -> str:
    """Where the viewer last met this person face to face, to propose it again."""
    place = (
        encounters_visible_to(viewer)
        .filter(participant_id=participant_id, author_id=viewer.id, mode=Mode.FACE_TO_FACE)
        .exclude(place="")
        .order_by("-on", "-id")
        .values_list("place", flat=True)
        .first()
    )
    return place or ""


def drafts_of(viewer: Actor) -> QuerySet[NoteDraft]:
    """The viewer's own unfinished notes; nobody else reads them."""
    return (
        NoteDraft.objects.filter(
            author_id=viewer.id,
            dropped_at=None,
            agency_id=viewer.agency_id,
            participant__in=participants_visible_to(viewer).values("pk"),
        )
        .select_related("participant")
        .order_by("-saved_at", "-id")
    )


def mode_shares(
    viewer: Actor,
    *,
    participant_id: UUID | None = None,
    supporter_id: UUID | None = None,
    since: date | None = None,
) -> tuple[Share, ...]:
    """How contact took place, face to face first (SVC-5). Attempts and unknown modes stay out."""
    notes = (
        encounters_visible_to(viewer)
        .filter(kind=EncounterKind.CONTACT)
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
        .exclude(mode="")
    )
    if participant_id is not None:
        notes = notes.filter(participant_id=participant_id)
    if supporter_id is not None:
        notes = notes.filter(supporter_id=supporter_id)
    if since is not None:
        notes = notes.filter(on__gte=since)
    counts = notes.order_by().values_list("mode").annotate(n=Count("pk"))
    return shares_of({Mode(mode): n for mode, n in counts})
