"""Every write of a match. What the participant said is what decides."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.actions import join_care_team, leave_care_team
from alongside.people.queries import care_team_visible_to
from alongside.practice.codes import CareTeamRole
from alongside.practice.consents import Category
from alongside.practice.rules import rules_on
from alongside.referrals.actions import desk
from alongside.referrals.actions.episodes import begin_episode, take_back_beginning
from alongside.referrals.actions.telling import tell_referrers
from alongside.referrals.codes import MatchStatus, ReferralStatus
from alongside.referrals.models import Episode, Match, Referral
from alongside.referrals.queries import desk as desk_queries
from alongside.referrals.queries import matching as queries
from alongside.referrals.rules import matching as rules
from alongside.workforce.queries import supporters_visible_to


@transaction.atomic
def propose_match(referral_id: UUID, *, supporter_id: UUID, by: Actor, at: datetime) -> Match:
    """Ask the participant about one supporter. The reasons shown are kept with the match."""
    ensure(rules.why_not_match(by))
    referral = desk_queries.referrals_visible_to(by).get(pk=referral_id)
    supporter = supporters_visible_to(by).get(pk=supporter_id)
    rows = queries.matches_of(by, participant_id=referral.participant_id)
    ensure(
        rules.why_not_propose(
            by,
            ReferralStatus(referral.status),
            asked_now=queries.pick(rows, MatchStatus.PROPOSED) is not None,
            walks_with_someone=queries.pick(rows, MatchStatus.ACCEPTED) is not None,
        )
    )
    today = local_date(at, by.time_zone)
    reasons = queries.reasons_of(by, referral, supporter_id=supporter_id, on=today)
    try:
        with transaction.atomic():
            match = Match.objects.create(
                agency_id=by.agency_id,
                participant_id=referral.participant_id,
                referral=referral,
                supporter=supporter,
                reasons=[str(reason) for reason in reasons],
                proposed_on=today,
                by_id=by.id,
            )
    except IntegrityError as asked_meanwhile:
        raise Refused(STALE) from asked_meanwhile
    record(by=by, at=at, verb="match.proposed", target=f"Match/{match.pk}")
    return match


@transaction.atomic
def keep_thinking(match_id: UUID, *, said: str, by: Actor, at: datetime) -> Match:
    """They want to think about it. Their words are kept; nothing else changes."""
    match = queries.matches_visible_to(by).get(pk=match_id)
    ensure(rules.why_not_answer(_facts(match), MatchStatus.DECLINED, by, said=said))
    _claim(match, participant_said=_with_earlier(match, said))
    record(by=by, at=at, verb="match.thinking", target=f"Match/{match_id}")
    return match


@transaction.atomic
def decline_match(match_id: UUID, *, said: str, by: Actor, at: datetime) -> Match:
    """Not this person. Their words stay, and the next suggestion is a step away."""
    match = queries.matches_visible_to(by).get(pk=match_id)
    ensure(rules.why_not_answer(_facts(match), MatchStatus.DECLINED, by, said=said))
    _claim(
        match,
        status=MatchStatus.DECLINED.value,
        participant_said=_with_earlier(match, said),
        decided_on=local_date(at, by.time_zone),
    )
    record(by=by, at=at, verb="match.declined", target=f"Match/{match_id}")
    return match


@transaction.atomic
def accept_match(match_id: UUID, *, said: str, by: Actor, at: datetime) -> Match:
    """The participant said yes: the relationship begins, and the supporter sees the record."""
    match = queries.matches_visible_to(by).get(pk=match_id)
    ensure(rules.why_not_answer(_facts(match), MatchStatus.ACCEPTED, by, said=said))
    today = local_date(at, by.time_zone)
    referral = desk_queries.referrals_visible_to(by).get(matches=match)
    episode = begin_episode(
        match.participant_id, referral_id=match.referral_id, on=today, by=by, at=at
    )
    _claim(
        match,
        status=MatchStatus.ACCEPTED.value,
        participant_said=_with_earlier(match, said),
        decided_on=today,
        episode_id=episode.pk,
        first_contact_due_on=_first_contact_due(episode, today),
    )
    if match.supporter.user_id is not None:
        join_care_team(
            match.participant_id,
            user_id=match.supporter.user_id,
            name=match.supporter.name,
            role=CareTeamRole.SUPPORTER,
            since=today,
            by=by,
            at=at,
        )
    desk.step(referral, ReferralStatus.MATCHED, by=by, at=at)
    tell_referrers(match.participant_id, [Category.MATCHED, Category.ONGOING], by=by, at=at)
    record(by=by, at=at, verb="match.accepted", target=f"Match/{match_id}")
    return match


def _first_contact_due(episode: Episode, today: date) -> date:
    """A new supporter says a first hello as soon as a first supporter would."""
    within = rules_on(today, episode.agency.jurisdiction).first_contact_within_days
    return min(today + timedelta(days=within), max(episode.contact_due_on, today))


@transaction.atomic
def end_match(match_id: UUID, *, reason: str, hand_off: str = "", by: Actor, at: datetime) -> Match:
    """End a match and look again. Sight ends at once; the record stays with the participant."""
    match = queries.matches_visible_to(by).get(pk=match_id)
    ensure(rules.why_not_end(_facts(match), by, reason=reason))
    today = local_date(at, by.time_zone)
    _claim(
        match,
        status=MatchStatus.ENDED.value,
        ended_on=today,
        end_reason=reason.strip(),
        hand_off=hand_off.strip(),
    )
    _end_sight(match, until=today, by=by, at=at)
    _look_again(match, by=by, at=at)
    tell_referrers(match.participant_id, [Category.MATCHED], by=by, at=at)
    record(by=by, at=at, verb="match.ended", target=f"Match/{match_id}")
    return match


@transaction.atomic
def take_back_match(match_id: UUID, *, by: Actor, at: datetime) -> Match:
    """Undo a match made in error, before anything came of it. It stays readable as taken back."""
    match = queries.matches_visible_to(by).select_related("episode").get(pk=match_id)
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_take_back(_facts(match), by, on=today))
    was_accepted = match.status == MatchStatus.ACCEPTED
    _claim(match, status=MatchStatus.TAKEN_BACK.value)
    if was_accepted:
        _end_sight(match, until=today, by=by, at=at)
        _look_again(match, by=by, at=at)
        if match.episode is not None and match.episode.matches.count() == 1:
            take_back_beginning(match.episode.pk, by=by, at=at)
    record(by=by, at=at, verb="match.taken-back", target=f"Match/{match_id}")
    return match


@transaction.atomic
def tell_participant(match_id: UUID, *, words: str, by: Actor, at: datetime) -> Match:
    """Mark that the participant was told, and in which words."""
    ensure(rules.why_not_match(by))
    match = queries.matches_visible_to(by).get(pk=match_id)
    Match.objects.filter(pk=match_id).update(participant_told_at=at, participant_told=words.strip())
    record(by=by, at=at, verb="match.participant-told", target=f"Match/{match_id}")
    match.refresh_from_db()
    return match


@transaction.atomic
def tell_supporter(match_id: UUID, *, by: Actor, at: datetime) -> Match:
    """Mark that the supporter was told."""
    ensure(rules.why_not_match(by))
    match = queries.matches_visible_to(by).get(pk=match_id)
    Match.objects.filter(pk=match_id).update(supporter_told_at=at)
    record(by=by, at=at, verb="match.supporter-told", target=f"Match/{match_id}")
    match.refresh_from_db()
    return match


@transaction.atomic
def open_sight(supporter_id: UUID, *, by: Actor, at: datetime) -> int:
    """Someone matched before they signed in gets sight of the records now. How many those are."""
    supporter = supporters_visible_to(by).get(pk=supporter_id)
    rows = queries.matches_visible_to(by).filter(
        supporter=supporter, status=MatchStatus.ACCEPTED, supporter__user__isnull=False
    )
    members = care_team_visible_to(by).filter(user__supporter=supporter, until=None)
    seen = set(members.values_list("participant_id", flat=True))
    blind = [match for match in rows if match.participant_id not in seen]
    for match in blind:
        join_care_team(
            match.participant_id,
            user_id=supporter.user_id,
            name=supporter.name,
            role=CareTeamRole.SUPPORTER,
            since=match.decided_on,
            by=by,
            at=at,
        )
    return len(blind)


def _facts(match: Match) -> rules.MatchFacts:
    last = match.episode.last_contact_on if match.episode else None
    met = last is not None and (match.decided_on is None or last >= match.decided_on)
    return rules.MatchFacts(MatchStatus(match.status), match.decided_on, met)


def _with_earlier(match: Match, said: str) -> str:
    """What they said first is not lost when they come to a decision."""
    earlier, now = match.participant_said, said.strip()
    return f"{earlier}\n{now}" if earlier and earlier != now else now


def _claim(match: Match, **fields: object) -> None:
    # Claim by condition: one writer wins on SQLite and PostgreSQL alike.
    won = Match.objects.filter(
        pk=match.pk, status=match.status, participant_said=match.participant_said
    ).update(**fields)
    if not won:
        raise Refused(STALE)
    match.refresh_from_db()


def _end_sight(match: Match, *, until: date, by: Actor, at: datetime) -> None:
    if match.supporter.user_id is None:
        return
    members = care_team_visible_to(by).filter(
        participant_id=match.participant_id,
        user_id=match.supporter.user_id,
        role=CareTeamRole.SUPPORTER,
        until=None,
    )
    for member in members.order_by(F("since").asc(nulls_first=True), "id"):
        leave_care_team(member.pk, until=until, by=by, at=at)


def _look_again(match: Match, *, by: Actor, at: datetime) -> None:
    """The referral looks for a match once more; a relationship older than the desk has none."""
    matched = Referral.objects.filter(agency_id=by.agency_id, status=ReferralStatus.MATCHED)
    referral = matched.filter(matches=match).first()
    if referral is not None:
        desk.step(referral, ReferralStatus.ACCEPTED, by=by, at=at)
