"""Every write to a time of support: its beginning, rhythm, journey and ending."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.people.actions import end_support, keep_old_words
from alongside.people.queries import participants_visible_to
from alongside.people.rules import Difference
from alongside.practice.cadence import ContactFacts, next_due_on
from alongside.practice.consents import Category
from alongside.practice.rules import rules_on
from alongside.referrals.actions.telling import tell_referrers
from alongside.referrals.codes import EpisodeStatus, MatchStatus, ReferralStatus
from alongside.referrals.models import Episode, JourneyStep, Match, Referral, ReferralMove
from alongside.referrals.queries import episodes as queries
from alongside.referrals.rules import episodes as rules
from alongside.referrals.rules.episodes import ENDING_FIELDS, Ending
from alongside.tenancy.hidden import free_id


@transaction.atomic
def begin_episode(
    participant_id: UUID,
    *,
    referral_id: UUID | None,
    on: date,
    by: Actor,
    at: datetime,
    return_words: str = "",
) -> Episode:
    """Begin a time of support, or give the one that goes on: there is one at a time.

    Someone who was here before comes back to a new one that follows the last.
    """
    person = participants_visible_to(by).get(pk=participant_id)
    ensure(rules.why_not_walk(by))
    ensure(rules.why_not_begin(on=on, today=local_date(at, by.time_zone)))
    earlier = list(queries.episodes_of(by, participant_id=participant_id))
    for episode in earlier:
        if episode.status != EpisodeStatus.CONCLUDED:
            return episode
    facts = ContactFacts(begun_on=on)
    episode = Episode.objects.create(
        agency_id=by.agency_id,
        participant=person,
        referral_id=referral_id,
        begun_on=on,
        contact_due_on=next_due_on(facts, rules_on(on, person.agency.jurisdiction)),
        follows=earlier[0] if earlier else None,
        return_words=return_words.strip(),
    )
    record(by=by, at=at, verb="episode.begun", target=f"Episode/{episode.pk}")
    return episode


@transaction.atomic
def take_back_beginning(episode_id: UUID, *, by: Actor, at: datetime) -> None:
    """Undo a beginning that was a mistake, before anything came of it."""
    episode = queries.episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_walk(by))
    ensure(
        rules.why_not_take_back_beginning(
            has_contact=episode.last_contact_on is not None, has_plan=hasattr(episode, "plan")
        )
    )
    if not Episode.objects.filter(pk=episode_id, voided_at=None).update(voided_at=at):
        raise Refused(STALE)
    record(by=by, at=at, verb="episode.beginning-taken-back", target=f"Episode/{episode_id}")


@transaction.atomic
def agree_rhythm(episode_id: UUID, *, every_days: int, by: Actor, at: datetime) -> Episode:
    """How often the two want to be in touch; at least as often as the rule asks."""
    episode = queries.episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_walk(by) or rules.why_not_in_it(EpisodeStatus(episode.status)))
    in_force = rules_on(local_date(at, by.time_zone), episode.agency.jurisdiction)
    ensure(rules.why_not_agree_rhythm(every_days, at_least_every=in_force.contact_every_days))
    before = episode.agreed_every_days
    facts = ContactFacts(episode.begun_on, episode.last_contact_on, every_days)
    won = Episode.objects.filter(
        pk=episode_id, status=episode.status, agreed_every_days=before
    ).update(agreed_every_days=every_days, contact_due_on=next_due_on(facts, in_force))
    if not won:
        raise Refused(STALE)
    record(
        by=by,
        at=at,
        verb="episode.rhythm-agreed",
        target=f"Episode/{episode_id}",
        detail={"from": before, "to": every_days},
    )
    episode.refresh_from_db()
    return episode


@transaction.atomic
def set_journey_place(
    episode_id: UUID,
    *,
    place: str,
    words: str,
    on: date,
    by: Actor,
    at: datetime,
    step_id: UUID | None = None,
) -> JourneyStep:
    """Where the participant says they are. A new step each time; the old ones stay.

    A ``step_id`` made by the form makes five clicks one step.
    """
    episode = queries.episodes_visible_to(by).get(pk=episode_id)
    there = JourneyStep.objects.filter(pk=step_id or new_id(), episode=episode).first()
    if there is not None:
        return there
    ensure(rules.why_not_walk(by) or rules.why_not_in_it(EpisodeStatus(episode.status)))
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_place(place, on=on, today=today))
    step = JourneyStep.objects.create(
        pk=free_id(JourneyStep, step_id),
        agency_id=by.agency_id,
        episode=episode,
        place=place,
        words=words.strip(),
        set_on=on,
        set_by_id=by.id,
        set_at=at,
    )
    record(by=by, at=at, verb="journey.placed", target=f"JourneyStep/{step.pk}")
    return step


@transaction.atomic
def take_back_journey_step(step_id: UUID, *, by: Actor, at: datetime) -> JourneyStep:
    step = queries.step_visible_to(by, step_id)
    ensure(rules.why_not_walk(by))
    if not JourneyStep.objects.filter(pk=step_id, taken_back_at=None).update(taken_back_at=at):
        raise Refused(STALE)
    record(by=by, at=at, verb="journey.taken-back", target=f"JourneyStep/{step_id}")
    return step


@transaction.atomic
def raise_ending(episode_id: UUID, ending: Ending, *, on: date, by: Actor, at: datetime) -> Episode:
    """Speak of the ending, weeks ahead. Support goes on until it is concluded."""
    episode = queries.episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_walk(by))
    ensure(rules.why_not_move(EpisodeStatus(episode.status), EpisodeStatus.CONCLUDING))
    ensure(rules.why_not_begin(on=on, today=local_date(at, by.time_zone)))
    _keep_words(episode, ending, by=by, at=at)
    _move(episode, EpisodeStatus.CONCLUDING, ending_raised_on=on)
    record(by=by, at=at, verb="episode.ending-raised", target=f"Episode/{episode_id}")
    return episode


@transaction.atomic
def write_ending(episode_id: UUID, ending: Ending, *, by: Actor, at: datetime) -> Episode:
    """Go on writing on the ending together. What it said before is kept."""
    episode = queries.episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_walk(by) or rules.why_not_in_it(EpisodeStatus(episode.status)))
    if _keep_words(episode, ending, by=by, at=at):
        record(by=by, at=at, verb="episode.ending-written", target=f"Episode/{episode_id}")
    return episode


@transaction.atomic
def keep_going(episode_id: UUID, *, by: Actor, at: datetime) -> Episode:
    """The ending that was raised is not one, for now. What was said stays written."""
    episode = queries.episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_walk(by))
    ensure(rules.why_not_move(EpisodeStatus(episode.status), EpisodeStatus.OPEN))
    _move(episode, EpisodeStatus.OPEN, ending_raised_on=None)
    record(by=by, at=at, verb="episode.kept-going", target=f"Episode/{episode_id}")
    return episode


@transaction.atomic
def conclude(episode_id: UUID, ending: Ending, *, on: date, by: Actor, at: datetime) -> Episode:
    """End the relationship well. Supporters' sight of the record ends with it; nothing is lost,
    and the way back is open."""
    episode = queries.episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_walk(by))
    ensure(rules.why_not_move(EpisodeStatus(episode.status), EpisodeStatus.CONCLUDED))
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_conclude(ending, on=on, begun_on=episode.begun_on, today=today))
    _keep_words(episode, ending, by=by, at=at)
    _move(episode, EpisodeStatus.CONCLUDED, ended_on=on)
    _end_matches(episode, ending, on=on, by=by, at=at)
    _end_referral(episode, on=on, by=by, at=at)
    end_support(episode.participant_id, until=on, by=by, at=at)
    tell_referrers(episode.participant_id, [Category.MATCHED, Category.ONGOING], by=by, at=at)
    record(by=by, at=at, verb="episode.concluded", target=f"Episode/{episode_id}")
    return episode


def _move(episode: Episode, to: EpisodeStatus, **fields: object) -> None:
    # Claim by condition: one writer wins on SQLite and PostgreSQL alike.
    won = Episode.objects.filter(pk=episode.pk, status=episode.status).update(
        status=to.value, **fields
    )
    if not won:
        raise Refused(STALE)
    episode.refresh_from_db()


def _keep_words(episode: Episode, ending: Ending, *, by: Actor, at: datetime) -> bool:
    """Write what changed of the ending, and keep what stood there. Whether anything changed."""
    wanted = {ENDING_FIELDS[name]: value for name, value in asdict(ending).items()}
    changed = {name: to for name, to in wanted.items() if getattr(episode, name) != to}
    if not changed:
        return False
    keep_old_words(
        episode.participant_id,
        [
            Difference(f"episode.{name}", str(getattr(episode, name) or ""), str(to or ""))
            for name, to in changed.items()
        ],
        by=by,
        at=at,
    )
    Episode.objects.filter(pk=episode.pk).update(**changed)
    for name, to in changed.items():
        setattr(episode, name, to)
    return True


def _end_matches(episode: Episode, ending: Ending, *, on: date, by: Actor, at: datetime) -> None:
    running = Match.objects.filter(participant_id=episode.participant_id)
    accepted = running.filter(status=MatchStatus.ACCEPTED)
    asked = running.filter(status=MatchStatus.PROPOSED)
    events = [Event("match.ended", f"Match/{m}") for m in accepted.values_list("pk", flat=True)]
    events += [Event("match.taken-back", f"Match/{m}") for m in asked.values_list("pk", flat=True)]
    accepted.update(
        status=MatchStatus.ENDED.value,
        ended_on=on,
        end_reason=ending.reason,
        hand_off=ending.hand_off,
    )
    asked.update(status=MatchStatus.TAKEN_BACK.value)
    record_many(events, by=by, at=at)


def _end_referral(episode: Episode, *, on: date, by: Actor, at: datetime) -> None:
    matched = Referral.objects.filter(
        participant_id=episode.participant_id, status=ReferralStatus.MATCHED, voided_at=None
    )
    for referral in list(matched):
        won = Referral.objects.filter(pk=referral.pk, status=referral.status).update(
            status=ReferralStatus.ENDED.value, status_on=on
        )
        if not won:
            raise Refused(STALE)
        ReferralMove.objects.create(
            agency_id=by.agency_id,
            referral=referral,
            from_status=referral.status,
            to_status=ReferralStatus.ENDED.value,
            by_id=by.id,
            at=at,
        )
        record(by=by, at=at, verb="referral.ended", target=f"Referral/{referral.pk}")
