"""The way back: a new time of support that follows the last one (PROC-6)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import ensure
from alongside.practice.codes import Pathway
from alongside.referrals.actions.desk import ReferralWords, move_referral, receive_referral
from alongside.referrals.actions.episodes import begin_episode
from alongside.referrals.actions.matching import accept_match, propose_match
from alongside.referrals.codes import EpisodeStatus, ReferralStatus
from alongside.referrals.models import Episode
from alongside.referrals.queries.episodes import episodes_of
from alongside.referrals.rules import episodes as rules


@transaction.atomic
def come_back(
    participant_id: UUID,
    *,
    words: str,
    on: date,
    with_supporter: UUID | None,
    by: Actor,
    at: datetime,
) -> Episode:
    """Open the door again, at once: support need not wait for a new match.

    With someone who walked alongside before, their words are the yes that matches them again;
    otherwise their request stands at the desk, accepted, and looks for a match.
    """
    ensure(rules.why_not_return(by))
    last = episodes_of(by, participant_id=participant_id).first()
    ensure(rules.why_not_come_back(EpisodeStatus(last.status) if last else None))
    ensure(rules.why_not_say(words) if with_supporter else None)
    ensure(rules.why_not_begin(on=on, today=local_date(at, by.time_zone)))
    request = ReferralWords(pathway=Pathway.SELF_REFERRAL, received_on=on, reason=words.strip())
    referral = receive_referral(participant_id, request, referrer=None, by=by, at=at)
    move_referral(referral.pk, to=ReferralStatus.ACCEPTED, by=by, at=at)
    episode = begin_episode(
        participant_id, referral_id=referral.pk, on=on, by=by, at=at, return_words=words
    )
    if with_supporter is not None:
        match = propose_match(referral.pk, supporter_id=with_supporter, by=by, at=at)
        accept_match(match.pk, said=words, by=by, at=at)
    record(by=by, at=at, verb="episode.came-back", target=f"Episode/{episode.pk}")
    return episode
