"""What a participant reads of the notes and times that are theirs. Nothing else is asked of the
database here: no draft, no part that is kept apart, nothing that colleagues say to each other."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import User
from alongside.core.actor import Actor
from alongside.encounters.codes import AppointmentStatus, NoteStatus, ReferrerQuestionStatus
from alongside.encounters.models import (
    AddedWords,
    AddedWordsVersion,
    Appointment,
    Encounter,
    EncounterGoal,
    KeptApart,
    NoteVersion,
    ReferrerAnswer,
    ReferrerQuestion,
)
from alongside.encounters.rules.kept import KEEPS, OPEN_TO_READ, told_in_place_of
from alongside.people.models import Participant
from alongside.people.queries import participants_visible_to

SIGNED = (NoteStatus.SIGNED, NoteStatus.AMENDED)
# What of an earlier text is words of people; the rest is how it was filed.
VOICES = ("what_we_did", "participant_words", "what_next", "done_for", "permission_words")


def _own_person(viewer: Actor) -> QuerySet[Participant]:
    """The record whose account the viewer has, whatever else their roles would let them see."""
    if not viewer.may(Permission.OWN_READ):
        return Participant.objects.none()
    return participants_visible_to(viewer).filter(user_id=viewer.id)


def own_notes(viewer: Actor) -> QuerySet[Encounter]:
    """Signed notes and tries to reach them, newest first, without what staff alone need."""
    return (
        Encounter.objects.filter(
            agency_id=viewer.agency_id,
            participant__in=_own_person(viewer).values("pk"),
            voided_at=None,
            status__in=SIGNED,
        )
        .select_related("supporter")
        .defer("array_reasons", "array_answers", "array_own_reason", "error_reason")
        .order_by("-on", "-id")
    )


def own_notes_page(
    viewer: Actor, *, before: tuple[date, UUID] | None = None, limit: int = 10
) -> list[Encounter]:
    """The newest before a key, with whether they were answered. Two queries, however many."""
    notes = own_notes(viewer)
    if before is not None:
        on, key = before
        notes = notes.filter(on__lte=on).filter(Q(on__lt=on) | Q(id__lt=key))
    added = AddedWords.objects.filter(taken_back_at=None).order_by("added_at", "id")
    return list(notes.prefetch_related(Prefetch("added_words", added))[:limit])


def own_note(viewer: Actor, *, encounter_id: UUID) -> Encounter:
    """One note to read: ``opened_parts`` and ``kept_away`` instead of all that is kept apart, of
    the latter the reason alone. Raises ``DoesNotExist`` for what is not theirs to read."""
    goals = EncounterGoal.objects.select_related("goal").order_by("goal__begun_on")
    parts = KeptApart.objects.order_by("id")
    opened = parts.filter(status__in=OPEN_TO_READ)
    away = parts.filter(status__in=KEEPS).only("id", "encounter_id", "reason")
    versions = NoteVersion.objects.order_by("-number")
    added = AddedWords.objects.order_by("added_at", "id")
    return (
        own_notes(viewer)
        .prefetch_related(
            Prefetch("goal_links", goals),
            Prefetch("kept_parts", opened, to_attr="opened_parts"),
            Prefetch("kept_parts", away, to_attr="kept_away"),
            Prefetch("versions", versions),
            Prefetch("added_words", added),
        )
        .get(pk=encounter_id)
    )


@dataclass(frozen=True)
class Before:
    """What a note said until it was corrected, as its participant may read it."""

    until: datetime
    texts: tuple[tuple[str, str], ...]


def said_before(note: Encounter) -> list[Before]:
    """Earlier texts of a note that ``own_note`` gave, but for those that are kept apart."""
    withheld = older_withheld([note.pk]).get(note.pk, 0) if note.versions.all() else 0
    return [
        Before(
            version.replaced_at,
            tuple((name, text) for name in VOICES if (text := str(version.text.get(name) or ""))),
        )
        for version in note.versions.all()
        if version.number > withheld
    ]


def older_withheld(encounter_ids: list[UUID]) -> dict[UUID, int]:
    """Up to which version the earlier texts of these notes are kept apart. One that its writer took
    back still withholds them: the same words stand there."""
    found: dict[UUID, int] = {}
    rows = KeptApart.objects.filter(encounter_id__in=encounter_ids, older__gt=0)
    for key, older in rows.exclude(status__in=OPEN_TO_READ).values_list("encounter_id", "older"):
        found[key] = max(older, found.get(key, 0))
    return found


def told_apart(note: Encounter) -> list[str]:
    """What stands where a part is kept apart: once each, nothing where it could harm."""
    away: list[KeptApart] = note.kept_away  # type: ignore[attr-defined]
    said = (told_in_place_of(part.reason) for part in away)
    return list(dict.fromkeys(words for words in said if words))


def whom_to_ask(viewer: Actor) -> list[str]:
    """The names of those who look after privacy here: anyone may ask them."""
    return list(
        User.objects.filter(
            agency_id=viewer.agency_id,
            is_active=True,
            role_grants__role=Role.PRIVACY_OFFICER,
        )
        .order_by("name", "id")
        .values_list("name", flat=True)
        .distinct()
    )


def asked_about_me(viewer: Actor, *, limit: int = 50) -> list[tuple[ReferrerQuestion, str]]:
    """What referrers asked about them, newest first, each with the words that were answered last;
    none where nothing was told. Two queries."""
    questions = (
        ReferrerQuestion.objects.filter(
            agency_id=viewer.agency_id,
            referral__participant__in=_own_person(viewer).values("pk"),
            referral__voided_at=None,
        )
        .exclude(status=ReferrerQuestionStatus.WITHDRAWN)
        .select_related("asked_by")
        .prefetch_related(Prefetch("answers", ReferrerAnswer.objects.order_by("-number")))
        .order_by("-id")[:limit]
    )
    return [(one, next((a.words for a in one.answers.all()), "")) for one in questions]


def own_words(viewer: Actor) -> QuerySet[AddedWords]:
    """What they said to their notes, on whatever phone, taken back ones too."""
    return AddedWords.objects.filter(
        agency_id=viewer.agency_id, encounter__in=own_notes(viewer).order_by().values("pk")
    ).select_related("encounter")


def own_words_before(viewer: Actor, *, words_id: UUID) -> QuerySet[AddedWordsVersion]:
    mine = own_words(viewer).filter(pk=words_id)
    return AddedWordsVersion.objects.filter(added__in=mine.values("pk")).order_by("-number")


def own_appointments(viewer: Actor) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        agency_id=viewer.agency_id, participant__in=_own_person(viewer).values("pk")
    ).select_related("supporter")


def own_coming(viewer: Actor, *, since: datetime, limit: int = 20) -> list[Appointment]:
    """What is planned from ``since`` on, the next first; called off ones say so."""
    shown = (AppointmentStatus.PLANNED, AppointmentStatus.CANCELLED)
    found = own_appointments(viewer).filter(starts_at__gte=since, status__in=shown)
    return list(found.order_by("starts_at", "id")[:limit])


def own_past(
    viewer: Actor, *, before: datetime, key: tuple[datetime, UUID] | None = None, limit: int = 10
) -> list[Appointment]:
    """What was, newest first, before a key."""
    found = own_appointments(viewer).filter(starts_at__lt=before)
    if key is not None:
        at, last = key
        found = found.filter(starts_at__lte=at).filter(Q(starts_at__lt=at) | Q(id__lt=last))
    return list(found.order_by("-starts_at", "-id")[:limit])
