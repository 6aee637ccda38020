"""Reading hand-offs: who sees one, and for whom it waits, so that nobody is left unwatched.

Sight is sight of the participant; besides, whoever looks after the one who wrote it sees it, and
where nobody does, those who look after the whole agency.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import TimeAway, User
from alongside.accounts.queries import away_in_agency, users_visible_to
from alongside.accounts.rules import ROLE_PERMISSIONS
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.encounters.codes import HandOffStatus
from alongside.encounters.models import (
    Encounter,
    HandOff,
    HandOffAnswer,
    HandOffDraft,
    HandOffVersion,
)
from alongside.encounters.queries.notes import encounters_visible_to
from alongside.encounters.rules.hand_offs import ALONE_AT_MOST, STANDING
from alongside.people.queries import participants_visible_to

_ANSWERING = [r.value for r, may in ROLE_PERMISSIONS.items() if Permission.HAND_OFF_ANSWER in may]
_STANDS_IN = {"stand_in__is_active": True, "stand_in__role_grants__role__in": _ANSWERING}
_STANDING = [status.value for status in STANDING]


def hand_offs_visible_to(viewer: Actor) -> QuerySet[HandOff]:
    """What one wrote about someone one sees or about nobody in the record; what is about someone
    one sees; what one's team wrote; and all of the agency, for those who see all of it."""
    found = HandOff.objects.filter(agency_id=viewer.agency_id)
    seen = Q(participant=None, author_id=viewer.id)
    if viewer.may(Permission.NOTE_READ):
        if viewer.may(Permission.SIGHT_AGENCY):
            return found
        seen |= Q(participant__in=participants_visible_to(viewer).values("pk"))
    if viewer.may(Permission.HAND_OFF_ANSWER) and viewer.may(Permission.SIGHT_TEAM):
        seen |= Q(author__supervisor_id__in=_watches_over(viewer))
    return found.filter(seen)


def hand_offs_open(viewer: Actor, *, at: datetime | None = None) -> QuerySet[HandOff]:
    """What waits for the viewer's answer or is kept open with it, the longest waiting first.

    A hand-off waits for the supervisor of the one who wrote it, and for a stand-in. For those who
    look after the whole agency it waits where no supervisor is set or signs in any more; and, when
    ``at`` is given, where one is away and nobody stands in, or nobody has answered for a day.
    """
    if not viewer.may(Permission.HAND_OFF_ANSWER):
        return HandOff.objects.none()
    waits = Q(author__supervisor_id__in=_watches_over(viewer))
    if viewer.may(Permission.SIGHT_AGENCY):
        waits |= ~Q(author_id__in=_looked_after(viewer, at))
        if at is not None:
            alone = Q(status=HandOffStatus.WAITING.value, waits_since__lte=at - ALONE_AT_MOST)
            waits |= alone
    return (
        hand_offs_visible_to(viewer)
        .filter(waits, status__in=_STANDING)
        .exclude(author_id=viewer.id)
        .select_related("author", "participant")
        .order_by("-status", "waits_since", "id")
    )


def _watches_over(viewer: Actor) -> list[UUID]:
    """Whose teams the viewer looks after: one's own, and of those one stands in for."""
    return [viewer.id, *viewer.stands_in_for]


def _looked_after(viewer: Actor, at: datetime | None) -> QuerySet[User, Any]:
    """Colleagues whose supervisor signs in and may answer, or has someone who stands in."""
    supervisors = User.objects.filter(
        pk=OuterRef("supervisor_id"), is_active=True, role_grants__role__in=_ANSWERING
    )
    found = users_visible_to(viewer).filter(Exists(supervisors)).order_by()
    if at is not None:
        away = _away(viewer, local_date(at, viewer.time_zone))
        away = away.filter(supervisor_id=OuterRef("supervisor_id"))
        found = found.filter(~Exists(away) | Exists(away.filter(**_STANDS_IN)))
    return found.values("pk")


def _away(viewer: Actor, on: date) -> QuerySet[TimeAway]:
    return away_in_agency(viewer, on=on).filter(starts_on__lte=on)


def who_hears(viewer: Actor, *, on: date) -> list[str]:
    """Names of those for whom the viewer's own hand-offs wait on that day: who stands in for the
    supervisor, and the supervisor; else the coordinators. Empty: nobody is named yet."""
    answering = users_visible_to(viewer).filter(is_active=True, role_grants__role__in=_ANSWERING)
    own = list(answering.filter(team=viewer.id).values_list("name", flat=True).distinct())
    away = list(_away(viewer, on).filter(supervisor__team=viewer.id).values_list("pk", flat=True))
    if own and not away:
        return own
    instead = answering.filter(stands_in__in=away) if away else User.objects.none()
    names = list(instead.values_list("name", flat=True).distinct())
    if not names:
        others = answering.filter(role_grants__role=Role.COORDINATOR.value).exclude(pk=viewer.id)
        names = list(others.values_list("name", flat=True).distinct())
    return list(dict.fromkeys([*names, *own]))


def the_hand_off(viewer: Actor, *, hand_off_id: UUID) -> HandOff:
    """One hand-off with all it said and says. Raises ``DoesNotExist`` out of sight."""
    answers = HandOffAnswer.objects.select_related("answered_by").order_by("answered_at", "id")
    versions = HandOffVersion.objects.select_related("replaced_by").order_by("-number")
    return (
        hand_offs_visible_to(viewer)
        .select_related("author__supervisor", "participant", "encounter")
        .prefetch_related(Prefetch("answers", answers), Prefetch("versions", versions))
        .get(pk=hand_off_id)
    )


def hand_offs_by_time(
    viewer: Actor, *, before: tuple[datetime, UUID] | None = None, limit: int
) -> list[HandOff]:
    """All in sight, the newest first, before a key. One query."""
    found = hand_offs_visible_to(viewer).select_related("author", "participant")
    if before is not None:
        at, key = before
        found = found.filter(happened_at__lte=at).filter(Q(happened_at__lt=at) | Q(id__lt=key))
    return list(found.order_by("-happened_at", "-id")[:limit])


def hand_offs_with(viewer: Actor, *, participant_id: UUID) -> QuerySet[HandOff]:
    """Those about one person, the newest first, for those who see the person."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    return (
        hand_offs_visible_to(viewer)
        .filter(participant__in=people.values("pk"))
        .select_related("author")
        .order_by("-happened_at", "-id")
    )


def notes_to_link(viewer: Actor, *, participant_id: UUID) -> QuerySet[Encounter]:
    """The viewer's own latest notes with someone, to name the one a hand-off belongs to."""
    notes = encounters_visible_to(viewer).filter(participant_id=participant_id, author_id=viewer.id)
    return notes.exclude(status="entered-in-error").order_by("-on", "-id")


def hand_off_drafts(viewer: Actor) -> QuerySet[HandOffDraft]:
    """What the viewer began and has not recorded; nobody else reads it."""
    people = participants_visible_to(viewer).values("pk")
    return (
        HandOffDraft.objects.filter(author_id=viewer.id, agency_id=viewer.agency_id)
        .filter(Q(participant=None) | Q(participant__in=people))
        .select_related("participant")
        .order_by("-saved_at", "-id")
    )
