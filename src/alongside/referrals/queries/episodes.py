"""Reading times of support: episodes, journey, and who walked alongside."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Min, OuterRef, QuerySet, Subquery

from alongside.core.actor import Actor
from alongside.people.queries import participants_visible_to
from alongside.referrals.codes import EpisodeStatus, MatchStatus
from alongside.referrals.models import Episode, JourneyStep, Match, Referral


def episodes_visible_to(viewer: Actor) -> QuerySet[Episode]:
    """Whoever sees the person sees every time of support there was: the record stays with them."""
    return Episode.objects.filter(
        agency_id=viewer.agency_id,
        voided_at=None,
        participant__in=participants_visible_to(viewer),
    ).select_related("participant")


def episodes_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[Episode]:
    """Newest first."""
    found = episodes_visible_to(viewer).filter(participant_id=participant_id)
    return found.order_by("-begun_on", "-id")


def open_episode(viewer: Actor, *, participant_id: UUID) -> Episode | None:
    """The one time of support that goes on, or ``None``."""
    found = episodes_of(viewer, participant_id=participant_id)
    return found.exclude(status=EpisodeStatus.CONCLUDED).first()


def standing_of(viewer: Actor, participant_ids: Iterable[UUID]) -> dict[UUID, Episode]:
    """The latest time of support of each of these people, with ``place`` on it. One query."""
    latest_step = JourneyStep.objects.filter(episode=OuterRef("pk"), taken_back_at=None).order_by(
        "-set_on", "-id"
    )
    rows = (
        episodes_visible_to(viewer)
        .filter(participant_id__in=list(participant_ids))
        .annotate(place=Subquery(latest_step.values("place")[:1]))
        .order_by("begun_on", "id")
    )
    return {row.participant_id: row for row in rows}


def journey(viewer: Actor, *, participant_id: UUID) -> QuerySet[JourneyStep]:
    """Where the person said they were, newest first; what was taken back is left out."""
    episodes = episodes_of(viewer, participant_id=participant_id)
    return (
        JourneyStep.objects.filter(episode__in=episodes.order_by(), taken_back_at=None)
        .select_related("set_by")
        .order_by("-set_on", "-id")
    )


def step_visible_to(viewer: Actor, step_id: UUID) -> JourneyStep:
    return JourneyStep.objects.select_related("episode").get(
        pk=step_id, episode__in=episodes_visible_to(viewer)
    )


def walked_alongside(viewer: Actor, *, participant_id: UUID) -> QuerySet[Match]:
    """Matches the participant said yes to, newest first: who walks alongside now, and who did."""
    return (
        Match.objects.filter(
            agency_id=viewer.agency_id,
            participant_id=participant_id,
            participant__in=participants_visible_to(viewer),
            status__in=[MatchStatus.ACCEPTED, MatchStatus.ENDED],
        )
        .select_related("supporter", "episode")
        .order_by("-decided_on", "-id")
    )


def began_with_us(viewer: Actor, *, participant_id: UUID) -> date | None:
    """The first day we know of: asked for or begun, whichever came first. ``None``: not known."""
    person = participants_visible_to(viewer).filter(pk=participant_id)
    asked = Referral.objects.filter(participant__in=person, voided_at=None)
    begun = Episode.objects.filter(participant__in=person, voided_at=None)
    first = [
        asked.aggregate(day=Min("received_on"))["day"],
        begun.aggregate(day=Min("begun_on"))["day"],
    ]
    return min((day for day in first if day is not None), default=None)
