"""People whose supporter cannot sign in any more: each stands here until someone else walks along,
or the desk looks for someone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from alongside.accounts.codes import Permission
from alongside.accounts.models import User
from alongside.accounts.queries import users_visible_to
from alongside.core.actor import Actor
from alongside.encounters.models import Appointment, NoteDraft
from alongside.encounters.queries.appointments import appointments_visible_to
from alongside.people.queries import participants_visible_to
from alongside.referrals.codes import EpisodeStatus, MatchStatus, ReferralStatus
from alongside.referrals.models import Episode, Match, Referral
from alongside.referrals.queries.matching import CURRENT, caseloads, matches_visible_to
from alongside.workforce.models import Supporter
from alongside.workforce.queries import supporters_visible_to

_WAITING = (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED, ReferralStatus.WAITLISTED)


@dataclass(frozen=True)
class Left:
    """One colleague who left, and how many people stand with them still."""

    user_id: UUID
    name: str
    people: int


@dataclass(frozen=True)
class Begun:
    """Notes that a colleague began and did not sign. What they say stays theirs."""

    count: int
    last_at: datetime | None


def with_someone_gone(viewer: Actor, *, user_id: UUID | None = None) -> QuerySet[Match]:
    """Matches whose supporter's access is closed, for whoever hands people on."""
    if not viewer.may(Permission.MATCH_WRITE):
        return Match.objects.none()
    rows = matches_visible_to(viewer).filter(status__in=CURRENT, supporter__user__is_active=False)
    rows = rows.exclude(episode__status=EpisodeStatus.CONCLUDED)
    if user_id is not None:
        rows = rows.filter(supporter__user_id=user_id)
    return rows.order_by("supporter__name", "participant__name_key", "id")


def left_with(viewer: Actor) -> list[Left]:
    """Which colleagues left people behind, by name. One query."""
    rows = (
        with_someone_gone(viewer)
        .order_by("supporter__name", "supporter__user_id")
        .values_list("supporter__user_id", "supporter__name")
        .annotate(n=Count("participant", distinct=True))
    )
    return [Left(*row) for row in rows]


def people_of(viewer: Actor, *, user_id: UUID) -> int:
    """How many people walk with a colleague: a number, for whoever closes the access."""
    if not viewer.may(Permission.USER_MANAGE) and not viewer.may(Permission.MATCH_WRITE):
        return 0
    rows = Match.objects.filter(
        agency_id=viewer.agency_id, supporter__user_id=user_id, status__in=CURRENT
    ).exclude(episode__status=EpisodeStatus.CONCLUDED)
    return rows.values("participant").distinct().count()


def the_one_who_left(viewer: Actor, *, user_id: UUID) -> User:
    """A colleague whose access is closed. Raises ``DoesNotExist`` for everyone else."""
    return users_visible_to(viewer).get(pk=user_id, is_active=False)


def with_nobody(viewer: Actor) -> QuerySet[Episode]:
    """Support goes on, and nobody walks along nor is looked for: forgotten, unless someone sees."""
    if not viewer.may(Permission.MATCH_WRITE):
        return Episode.objects.none()
    current = Match.objects.filter(participant=OuterRef("participant"), status__in=CURRENT)
    waiting = Referral.objects.filter(participant=OuterRef("participant"), status__in=_WAITING)
    ended = Match.objects.filter(
        participant=OuterRef("participant"), status=MatchStatus.ENDED.value
    )
    return (
        Episode.objects.filter(
            ~Exists(current),
            ~Exists(waiting),
            Exists(ended),
            agency_id=viewer.agency_id,
            voided_at=None,
            participant__in=participants_visible_to(viewer).values("pk"),
        )
        .exclude(status=EpisodeStatus.CONCLUDED)
        .select_related("participant")
        .order_by("participant__name_key", "id")
    )


def still_planned(
    viewer: Actor, *, matches: Iterable[Match], since: datetime
) -> Mapping[UUID, list[Appointment]]:
    """Meetings to come, by participant, that these supporters had planned. One query."""
    pairs = {(row.participant_id, row.supporter_id) for row in matches}
    planned: dict[UUID, list[Appointment]] = {}
    rows = appointments_visible_to(viewer).filter(
        participant_id__in={who for who, _with in pairs},
        supporter_id__in={supporter for _who, supporter in pairs},
        status="planned",
        starts_at__gte=since,
    )
    for row in rows.order_by("starts_at", "id"):
        if (row.participant_id, row.supporter_id) in pairs:
            planned.setdefault(row.participant_id, []).append(row)
    return planned


def begun_by(viewer: Actor, *, user_id: UUID) -> Mapping[UUID, Begun]:
    """Per person how many notes this colleague left unsigned, and since when. No word of them."""
    rows = (
        NoteDraft.objects.filter(
            agency_id=viewer.agency_id,
            author_id=user_id,
            dropped_at=None,
            participant__in=participants_visible_to(viewer).values("pk"),
        )
        .order_by()
        .values_list("participant_id")
        .annotate(n=Count("pk"), last=Max("saved_at"))
    )
    return {who: Begun(count, last) for who, count, last in rows}


def who_could(viewer: Actor) -> list[tuple[Supporter, int]]:
    """Supporters who are here, with the room they have, those with most room first."""
    loads = caseloads(viewer)
    here = supporters_visible_to(viewer).exclude(user__is_active=False)
    rows = [(row, row.caseload_size - loads.get(row.pk, 0)) for row in here]
    return sorted(rows, key=lambda pair: (-pair[1], pair[0].name))
