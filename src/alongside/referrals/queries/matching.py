"""Suggestions, matches and who has room, viewer first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.words import Say
from alongside.people.queries import participants_visible_to
from alongside.practice.codes import Pathway
from alongside.practice.matching import (
    PersonSide,
    Suggestion,
    SupporterSide,
    Wish,
    read_wishes,
    suggest,
)
from alongside.referrals.codes import EpisodeStatus, MatchStatus
from alongside.referrals.models import Match, Referral
from alongside.workforce.queries import Profile, profiles

CURRENT = (MatchStatus.PROPOSED, MatchStatus.ACCEPTED)


@dataclass(frozen=True)
class Proposal:
    """One supporter beside the participant's wishes. ``asked_before`` keeps what they said then."""

    profile: Profile
    suggestion: Suggestion
    room: int
    asked_before: Match | None = None


@dataclass(frozen=True)
class Proposals:
    """``open`` best first; ``refused`` are those the participant ruled out or said no to."""

    wishes: tuple[Wish, ...]
    open: tuple[Proposal, ...]
    refused: tuple[Proposal, ...]


def matches_visible_to(viewer: Actor) -> QuerySet[Match]:
    """Who sees the participant, or works at the desk, sees the matches there were."""
    rows = Match.objects.filter(agency_id=viewer.agency_id)
    if not viewer.may(Permission.REFERRAL_READ):
        rows = rows.filter(participant__in=participants_visible_to(viewer))
    return rows.select_related("supporter", "participant", "by")


def matches_of(viewer: Actor, *, participant_id: UUID) -> list[Match]:
    """Every match of one participant, newest first. What was taken back stays readable."""
    rows = matches_visible_to(viewer).filter(participant_id=participant_id)
    return list(rows.order_by("-proposed_on", "-id"))


def caseloads(viewer: Actor) -> dict[UUID, int]:
    """How many people each supporter walks with now, counted, never kept. One query."""
    rows = (
        Match.objects.filter(agency_id=viewer.agency_id, status=MatchStatus.ACCEPTED)
        .exclude(Q(episode__status=EpisodeStatus.CONCLUDED) | Q(episode__voided_at__isnull=False))
        .values_list("supporter_id")
        .annotate(n=Count("participant", distinct=True))
    )
    return dict(rows)


def proposals(viewer: Actor, referral: Referral, *, on: date) -> Proposals:
    """Everyone who could walk along, best first, with reasons. Five queries, however many.
    Nobody whose access is closed."""
    wishes = read_wishes(referral.asked_for)
    everyone = {profile.id: profile for profile in profiles(viewer, on=on, here=True)}
    loads = caseloads(viewer)
    before = _said_before(viewer, referral.participant_id)
    sides = [_side(profile, loads.get(profile.id, 0)) for profile in everyone.values()]
    person = PersonSide(
        county=referral.county or referral.participant.county,
        wishes=wishes,
        language=referral.participant.language,
        pathway=Pathway(referral.pathway),
    )
    found = [
        Proposal(
            everyone[s.supporter_id],
            s,
            _room(everyone[s.supporter_id], loads),
            before.get(s.supporter_id),
        )
        for s in suggest(person, sides)
    ]
    return Proposals(
        wishes,
        tuple(p for p in found if not _refused(p)),
        tuple(p for p in found if _refused(p)),
    )


def _refused(proposal: Proposal) -> bool:
    said_no = (
        proposal.asked_before is not None and proposal.asked_before.status == MatchStatus.DECLINED
    )
    return said_no or proposal.suggestion.ruled_out is not None


def _said_before(viewer: Actor, participant_id: UUID) -> dict[UUID, Match]:
    """The latest match with each supporter, but for those taken back."""
    rows = matches_of(viewer, participant_id=participant_id)
    known: dict[UUID, Match] = {}
    for match in rows:
        if match.status != MatchStatus.TAKEN_BACK:
            known.setdefault(match.supporter_id, match)
    return known


def _room(profile: Profile, loads: dict[UUID, int]) -> int:
    return profile.caseload_size - loads.get(profile.id, 0)


def _side(profile: Profile, load: int) -> SupporterSide:
    return SupporterSide(
        id=profile.id,
        name=profile.name,
        languages=frozenset(profile.languages),
        counties=frozenset(profile.counties),
        experiences=profile.kinds,
        gender_words=profile.gender_words or None,
        times=frozenset(profile.times_listed),
        room=profile.caseload_size - load,
        caseload=load,
    )


def reasons_of(viewer: Actor, referral: Referral, *, supporter_id: UUID, on: date) -> list[Say]:
    """The reasons that stood beside one supporter, to be kept with the match."""
    found = proposals(viewer, referral, on=on)
    for proposal in (*found.open, *found.refused):
        if proposal.profile.id == supporter_id:
            return [reason.say for reason in proposal.suggestion.reasons]
    return []


def pick(rows: Sequence[Match], status: MatchStatus) -> Match | None:
    return next((match for match in rows if match.status == status), None)
