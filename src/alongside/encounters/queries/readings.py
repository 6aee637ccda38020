"""What a supervisor has to read of the team, and what passes between the two on a note.

Sight: the writer of the note, and whoever leads the writer today. Both need sight of the note as
well. Coordinators and privacy officers read notes, and nothing of this.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.accounts.models import User
from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteQuestionStatus, NoteStatus
from alongside.encounters.models import (
    Affirmation,
    AffirmationVersion,
    Encounter,
    NoteQuestion,
    NoteReading,
    QuestionTurn,
)
from alongside.encounters.queries.notes import encounters_visible_to
from alongside.encounters.rules.readings import LedNote, NoteQuestionFacts
from alongside.people.queries import participants_visible_to
from alongside.workforce.models import Supporter

STANDS = (NoteStatus.SIGNED.value, NoteStatus.AMENDED.value)
Key = tuple[datetime, UUID]


def notes_led(viewer: Actor) -> QuerySet[Encounter]:
    """Notes of those whom the viewer leads today; nobody leads themselves."""
    notes = encounters_visible_to(viewer).filter(kind=EncounterKind.CONTACT)
    if not viewer.may(Permission.TEAM_READ):
        return notes.none()
    return notes.filter(supporter__user__supervisor_id__in=viewer.teams).exclude(
        author_id=viewer.id
    )


def notes_to_read(viewer: Actor, *, after: Key | None = None) -> QuerySet[Encounter]:
    """Signed by the team and read by nobody who leads it as they stand, the oldest first."""
    if not (viewer.may(Permission.NOTE_READ) and viewer.may(Permission.TEAM_READ)):
        return Encounter.objects.none()
    # Begins with the unread notes of a few supporters (encounter_to_read), not with the agency's.
    notes = _in_sight(Encounter.objects.all(), viewer).filter(
        supporter__in=Supporter.objects.filter(user__supervisor_id__in=viewer.teams).values("pk"),
        kind=EncounterKind.CONTACT,
        status__in=STANDS,
        read_at=None,
        signed_at__isnull=False,
    )
    notes = notes.exclude(author_id=viewer.id)
    if after is not None:
        at, key = after
        notes = notes.filter(signed_at__gte=at).filter(Q(signed_at__gt=at) | Q(id__gt=key))
    return notes.select_related("supporter", "participant").order_by("signed_at", "id")


def next_to_read(viewer: Actor, *, after: Encounter) -> UUID | None:
    """The note to read after this one; from the last it goes on with the first."""
    waiting = notes_to_read(viewer).exclude(pk=after.pk).values_list("pk", flat=True)
    if after.signed_at is None:
        return waiting.first()
    later = notes_to_read(viewer, after=(after.signed_at, after.pk)).values_list("pk", flat=True)
    return later.first() or waiting.first()


def readings(viewer: Actor, *, encounter_id: UUID) -> QuerySet[NoteReading]:
    """Who read this note when, the newest first; for its writer and for whoever leads them."""
    return (
        NoteReading.objects.filter(
            _between(viewer, "encounter__author"),
            encounter__in=encounters_visible_to(viewer).filter(pk=encounter_id),
            taken_back_at=None,
        )
        .select_related("reader")
        .order_by("-read_at", "-id")
    )


def affirmations_visible_to(viewer: Actor) -> QuerySet[Affirmation]:
    found = _in_sight(Affirmation.objects.filter(_between(viewer)), viewer, "encounter__")
    return found.select_related("given_by", "encounter")


def affirmations_on(viewer: Actor, *, encounter_id: UUID) -> QuerySet[Affirmation]:
    """What stands on this note, in order, with what it said before."""
    before = AffirmationVersion.objects.select_related("replaced_by").order_by("-number")
    return (
        affirmations_visible_to(viewer)
        .filter(encounter_id=encounter_id, taken_back_at=None)
        .prefetch_related(Prefetch("versions", before))
        .order_by("id")
    )


def new_affirmations(viewer: Actor) -> QuerySet[Affirmation]:
    """For the viewer's own day: said to them, and not yet put away."""
    return (
        affirmations_visible_to(viewer)
        .filter(to_id=viewer.id, seen_at=None, taken_back_at=None)
        .select_related("encounter__participant")
        .order_by("-id")
    )


def questions_visible_to(viewer: Actor) -> QuerySet[NoteQuestion]:
    turns = QuestionTurn.objects.select_related("by").order_by("number")
    return (
        _in_sight(NoteQuestion.objects.filter(_between(viewer)), viewer, "encounter__")
        .select_related("encounter__participant", "encounter__supporter", "to", "asked_by")
        .prefetch_related(Prefetch("turns", turns))
    )


def questions_on(viewer: Actor, *, encounter_id: UUID) -> QuerySet[NoteQuestion]:
    found = questions_visible_to(viewer).filter(encounter_id=encounter_id)
    return found.exclude(status=NoteQuestionStatus.WITHDRAWN).order_by("id")


def questions_to_me(viewer: Actor) -> QuerySet[NoteQuestion]:
    """For the viewer's own day: asked of them, and waiting for an answer."""
    return (
        questions_visible_to(viewer)
        .filter(to_id=viewer.id, status=NoteQuestionStatus.OPEN)
        .order_by("moved_at", "id")
    )


def team_questions(
    viewer: Actor, *, to: UUID | None = None, after: UUID | None = None
) -> QuerySet[NoteQuestion]:
    """Questions to the viewer's team that are not closed, those with an answer first."""
    found = questions_visible_to(viewer).exclude(to_id=viewer.id)
    found = found.filter(status__in=[NoteQuestionStatus.ANSWERED, NoteQuestionStatus.OPEN])
    if to is not None:
        found = found.filter(to_id=to)
    if after is not None:
        last = questions_visible_to(viewer).values("status", "moved_at").get(pk=after)
        found = found.filter(
            Q(status__gt=last["status"])
            | Q(status=last["status"], moved_at__gt=last["moved_at"])
            | Q(status=last["status"], moved_at=last["moved_at"], id__gt=after)
        )
    # "answered" comes before "open" in the alphabet, too.
    return found.order_by("status", "moved_at", "id")


def led_note(viewer: Actor, *, encounter_id: UUID) -> tuple[Encounter, LedNote]:
    """A note of the viewer's team and what the rules ask of it; else ``DoesNotExist``."""
    note = (
        notes_led(viewer)
        .annotate(corrections=Count("versions"), led_by=F("supporter__user__supervisor_id"))
        .get(pk=encounter_id)
    )
    return note, LedNote(note.author_id, note.led_by, NoteStatus(note.status), note.corrections)


def the_question(viewer: Actor, *, question_id: UUID) -> tuple[NoteQuestion, NoteQuestionFacts]:
    question = questions_visible_to(viewer).get(pk=question_id)
    turns = list(question.turns.all())
    return question, NoteQuestionFacts(
        to_id=question.to_id,
        led_by=question.to.supervisor_id,
        status=NoteQuestionStatus(question.status),
        answered=any(turn.by_id == question.to_id for turn in turns),
        turns=len(turns),
    )


def _between(viewer: Actor, writer: str = "to") -> Q:
    """The writer's own, and those of whoever leads the writer."""
    two = Q(**{f"{writer}_id": viewer.id})
    if viewer.may(Permission.TEAM_READ):
        team = User.objects.filter(supervisor_id__in=viewer.teams)
        two |= Q(**{f"{writer}__in": team.order_by().values("pk")})
    return two


def _in_sight(rows: QuerySet[Any], viewer: Actor, note: str = "") -> QuerySet[Any]:
    """Of ``rows``, those whose note is in sight: as ``encounters_visible_to`` says it, but asked of
    the few rows at hand and not of every note of the agency."""
    if not viewer.may(Permission.NOTE_READ):
        return rows.none()
    people = participants_visible_to(viewer).values("pk")
    return rows.filter(**{f"{note}voided_at": None, f"{note}participant__in": people})
