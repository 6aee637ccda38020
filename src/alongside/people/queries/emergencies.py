"""Records opened in an emergency: whom one looks for, what one opened, who is told, who reviews."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import User
from alongside.accounts.queries import users_visible_to
from alongside.core.actor import Actor, Opened
from alongside.people.models import (
    CareTeamMember,
    EmergencyNotice,
    EmergencyOpening,
    EmergencyWord,
    Participant,
)
from alongside.people.queries import participants_visible_to
from alongside.people.rules import name_key
from alongside.people.rules.emergencies import OPEN, keys_of

# What someone may do with a record opened in an emergency, whatever else their roles allow.
HELPS = frozenset({Permission.NOTE_READ, Permission.HAND_OFF_WRITE})


def by_exact_name(viewer: Actor, *, name: str) -> QuerySet[Participant]:
    """People of the agency with exactly this name, for whoever may open one in an emergency."""
    keys = keys_of(name_key(name))
    if not viewer.may(Permission.GLASS_BREAK) or not keys:
        return Participant.objects.none()
    return Participant.objects.filter(
        agency_id=viewer.agency_id, name_key__in=keys, voided_at=None, same_as=None
    ).order_by("born_on", "id")


def openings_running(viewer: Actor, *, among: Iterable[UUID], at: datetime) -> tuple[Opened, ...]:
    """Of the openings that this session knows, those that give the viewer sight now. One query."""
    rows = EmergencyOpening.objects.filter(
        pk__in=list(among),
        opened_by_id=viewer.id,
        agency_id=viewer.agency_id,
        ended_at=None,
        opened_at__lte=at,
        ends_at__gt=at,
    )
    if not viewer.may(Permission.GLASS_BREAK):
        return ()
    found = rows.order_by("ends_at", "id").values_list("id", "participant_id", "ends_at")
    return tuple(Opened(*row) for row in found)


def in_emergency(viewer: Actor) -> Actor:
    """The viewer as someone who sees whom they opened, and nobody else, and writes nothing but a
    hand-off about them."""
    may = frozenset(str(permission) for permission in HELPS)
    return replace(
        viewer, in_emergency=True, permissions=viewer.permissions & may, stands_in_for=frozenset()
    )


def own_openings(viewer: Actor) -> QuerySet[EmergencyOpening]:
    """What the viewer opened, newest first. The name stands there: they typed it themselves."""
    return (
        EmergencyOpening.objects.filter(opened_by_id=viewer.id, agency_id=viewer.agency_id)
        .select_related("participant")
        .order_by("-opened_at", "-id")
    )


def openings_visible_to(viewer: Actor) -> QuerySet[EmergencyOpening]:
    """One's own; those one was told of, while one sees the person; all, for who reviews them."""
    rows = EmergencyOpening.objects.filter(agency_id=viewer.agency_id)
    if viewer.may(Permission.PRIVACY_MANAGE):
        return rows
    told = EmergencyNotice.objects.filter(user_id=viewer.id)
    seen = Q(
        pk__in=told.values("opening_id"),
        participant__in=participants_visible_to(viewer).values("pk"),
    )
    return rows.filter(Q(opened_by_id=viewer.id) | seen)


def the_opening(viewer: Actor, *, opening_id: UUID) -> EmergencyOpening:
    """One opening with all that was said about it. Raises ``DoesNotExist`` out of sight."""
    words = EmergencyWord.objects.select_related("said_by").order_by("said_at", "id")
    told = EmergencyNotice.objects.select_related("user").order_by("user__name", "id")
    return (
        openings_visible_to(viewer)
        .select_related("participant", "opened_by", "ended_by", "reviewed_by")
        .prefetch_related(Prefetch("words", words), Prefetch("notices", told))
        .get(pk=opening_id)
    )


def openings_to_review(viewer: Actor) -> QuerySet[EmergencyOpening]:
    """What waits for the viewer's decision, oldest first; nobody's own."""
    if not viewer.may(Permission.PRIVACY_MANAGE):
        return EmergencyOpening.objects.none()
    return (
        openings_visible_to(viewer)
        .filter(review__in=[state.value for state in OPEN])
        .exclude(opened_by_id=viewer.id)
        .select_related("participant", "opened_by")
        .order_by("opened_at", "id")
    )


def openings_decided(
    viewer: Actor, *, before: tuple[datetime, UUID] | None = None
) -> QuerySet[EmergencyOpening]:
    """Those no longer waiting, and one's own, newest first, before a key."""
    if not viewer.may(Permission.PRIVACY_MANAGE):
        return EmergencyOpening.objects.none()
    waiting = Q(review__in=[state.value for state in OPEN]) & ~Q(opened_by_id=viewer.id)
    rows = openings_visible_to(viewer).exclude(waiting)
    if before is not None:
        at, key = before
        rows = rows.filter(opened_at__lte=at).filter(Q(opened_at__lt=at) | Q(id__lt=key))
    return rows.select_related("participant", "opened_by", "reviewed_by").order_by(
        "-opened_at", "-id"
    )


def openings_unread(viewer: Actor) -> QuerySet[EmergencyNotice]:
    """What the viewer was told and has not said to have read, newest first: of people in sight,
    and of one's own openings what the privacy officer asks or decided."""
    seen = Q(opening__participant__in=participants_visible_to(viewer).values("pk"))
    return (
        EmergencyNotice.objects.filter(
            seen | Q(opening__opened_by_id=viewer.id), user_id=viewer.id, seen_at=None
        )
        .select_related("opening__participant", "opening__opened_by")
        .order_by("-id")
    )


def who_is_told(viewer: Actor, *, participant_id: UUID) -> QuerySet[User]:
    """Whoever walks with the person, their supervisors and those who stand in for them, and the
    privacy officers; where nobody walks with the person, the coordinators. Never the viewer."""
    walking = CareTeamMember.objects.filter(
        participant_id=participant_id, until=None, user__is_active=True
    ).values("user_id")
    told = Q(pk__in=walking) | Q(team__in=walking)
    told |= Q(role_grants__role=Role.PRIVACY_OFFICER.value)
    if not walking.exists():
        told |= Q(role_grants__role=Role.COORDINATOR.value)
    found = users_visible_to(viewer).filter(told, is_active=True)
    return found.exclude(pk=viewer.id).distinct()
