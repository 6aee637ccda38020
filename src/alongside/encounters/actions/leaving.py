"""Someone whose supporter left goes on with another, or back to the desk: in one step."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import Refusal, ensure
from alongside.core.words import gettext_noop as _
from alongside.encounters.actions.appointments import end_match_and_call_off
from alongside.encounters.codes import AppointmentStatus
from alongside.encounters.models import Appointment
from alongside.encounters.queries import leaving as queries
from alongside.encounters.queries.appointments import planned_with
from alongside.referrals.actions import desk, matching
from alongside.referrals.actions.desk import ReferralWords
from alongside.referrals.codes import MatchStatus, ReferralStatus
from alongside.referrals.models import Match, Referral
from alongside.referrals.queries.matching import matches_visible_to
from alongside.referrals.rules.matching import why_not_match, why_not_think
from alongside.workforce.queries import supporters_visible_to

STILL_HERE = Refusal(
    "still-here", _("Their supporter is still here. End the match on its own page.")
)
REASON = "The supporter left the agency."


@transaction.atomic
def back_to_the_desk(match_id: UUID, *, words: str = "", by: Actor, at: datetime) -> Referral:
    """The match ends with its planned meetings, and the desk looks for someone anew. Whoever never
    had a request at the desk gets one: nobody falls between."""
    match = _left_behind(match_id, by)
    participant_id, referral_id = match.participant_id, match.referral_id
    if match.status == MatchStatus.PROPOSED:
        matching.take_back_match(match_id, by=by, at=at)
    else:
        end_match_and_call_off(match_id, reason=REASON, hand_off=words, by=by, at=at)
    if referral_id is None:
        today = local_date(at, by.time_zone)
        asked = ReferralWords(received_on=today, reason=REASON)
        made = desk.receive_referral(participant_id, asked, referrer=None, by=by, at=at)
        referral_id = made.pk
    referral = Referral.objects.get(pk=referral_id, agency_id=by.agency_id)
    if referral.status == ReferralStatus.RECEIVED:
        referral = desk.move_referral(referral_id, to=ReferralStatus.ACCEPTED, by=by, at=at)
    return referral


@transaction.atomic
def hand_on(
    match_id: UUID, *, supporter_id: UUID, said: str, words: str = "", by: Actor, at: datetime
) -> Match:
    """On with another supporter, in the participant's own words. Meetings to come go along; sight
    of the record goes with them."""
    ensure(why_not_match(by) or why_not_think(said=said))
    match = _left_behind(match_id, by)
    supporters_visible_to(by).exclude(user__is_active=False).get(pk=supporter_id)
    moved = _take_along(match, supporter_id, by=by, at=at)
    referral = back_to_the_desk(match_id, words=words, by=by, at=at)
    asked = matching.propose_match(referral.pk, supporter_id=supporter_id, by=by, at=at)
    made = matching.accept_match(asked.pk, said=said, by=by, at=at)
    record_many([Event("appointment.handed-on", f"Appointment/{pk}") for pk in moved], by=by, at=at)
    record(by=by, at=at, verb="match.handed-on", target=f"Match/{made.pk}")
    return made


def _left_behind(match_id: UUID, by: Actor) -> Match:
    ensure(why_not_match(by))
    match = matches_visible_to(by).get(pk=match_id)
    if not queries.with_someone_gone(by).filter(pk=match_id).exists():
        ensure(STILL_HERE)
    return match


def _take_along(match: Match, supporter_id: UUID, *, by: Actor, at: datetime) -> list[UUID]:
    planned = planned_with(
        by, participant_id=match.participant_id, supporter_id=match.supporter_id
    ).filter(starts_at__gt=at)
    ids = list(planned.values_list("pk", flat=True))
    Appointment.objects.filter(pk__in=ids, status=AppointmentStatus.PLANNED.value).update(
        supporter_id=supporter_id
    )
    return ids
