"""What a referrer may know of someone they sent, by that person's consent. Viewer first."""

from datetime import date
from uuid import UUID

from alongside.consents.queries import coverage
from alongside.consents.queries.gate import restrictions
from alongside.consents.rules import Coverage
from alongside.core.actor import Actor
from alongside.practice.consents import Category
from alongside.referrals.codes import EpisodeStatus, MatchStatus
from alongside.referrals.models import Episode, Match, Referral
from alongside.referrals.queries.referrers import referrer_of, sent_referrals
from alongside.referrals.rules.standing import TOLD_BY_ITSELF, StandingFacts


def covered(viewer: Actor, *, participant_id: UUID, on: date) -> Coverage | None:
    """What the consent in force names for this viewer, asked anew: a moment ago it may have been
    taken back."""
    found = coverage(
        agency_id=viewer.agency_id,
        participant_ids=[participant_id],
        referrer_id=referrer_of(viewer).pk,
        on=on,
    )
    return found.get(participant_id)


def shared(viewer: Actor, *, referral_id: UUID, on: date) -> list[tuple[UUID, frozenset[Category]]]:
    """By consent, what of how they stand may be told, each thing once. Raises
    ``Referral.DoesNotExist`` where nothing may."""
    draft = sent_referrals(viewer).get(referral_id=referral_id)
    assert draft.referral is not None  # noqa: S101  (sent_referrals are those with one)
    found = covered(viewer, participant_id=draft.referral.participant_id, on=on)
    left = set(TOLD_BY_ITSELF) - _held_back(viewer, draft.referral.participant_id)
    each = []
    for grant in found.grants if found else ():
        if mine := grant.categories & left:
            each.append((grant.recipient_id, frozenset(mine)))
            left -= mine
    if not each:
        raise Referral.DoesNotExist
    return each


def _held_back(viewer: Actor, participant_id: UUID) -> set[Category]:
    """What we agreed with the person not to tell this viewer."""
    who = referrer_of(viewer)
    held = restrictions(viewer, [participant_id]).get(participant_id, ())
    mine = [one for one in held if one.reaches(who.name, who.organization)]
    return {one for one in TOLD_BY_ITSELF if any(r.covers(frozenset({one})) for r in mine)}


def standing(viewer: Actor, *, referral_id: UUID) -> StandingFacts:
    """All of it: only what the gate let through may be shown of these."""
    draft = sent_referrals(viewer).get(referral_id=referral_id)
    referral = draft.referral
    assert referral is not None  # noqa: S101
    match = (
        Match.objects.filter(
            participant_id=referral.participant_id, status=MatchStatus.ACCEPTED.value
        )
        .select_related("supporter")
        .order_by("-decided_on", "-id")
        .first()
    )
    episode = (
        Episode.objects.filter(participant_id=referral.participant_id, voided_at=None)
        .order_by("-begun_on", "-id")
        .first()
    )
    return StandingFacts(
        received_on=referral.received_on,
        first_contact_on=referral.first_contact_on,
        supporter=match.supporter.name if match else "",
        going_on=None if episode is None else episode.status != EpisodeStatus.CONCLUDED,
        ended_on=episode.ended_on if episode else None,
    )
