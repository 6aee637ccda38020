from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.refusal import Refused
from alongside.people.models import ParticipantChange
from alongside.people.queries import participants_visible_to
from alongside.practice.codes import JourneyPlace
from alongside.referrals.actions import episodes as actions
from alongside.referrals.actions.returns import come_back
from alongside.referrals.codes import EpisodeStatus, MatchStatus, ReferralStatus
from alongside.referrals.models import Episode, JourneyStep, Match, Referral
from alongside.referrals.queries import episodes as queries
from alongside.referrals.rules import episodes as rules
from alongside.referrals.rules.episodes import Ending
from tests.factories import (
    AgencyFactory,
    EpisodeFactory,
    ParticipantFactory,
    ReferralFactory,
    SupporterFactory,
    walk_alongside,
)

TODAY = date(2026, 11, 19)
ENDING = Ending(
    words="I can do court alone now.",
    continuing_supports="Tuesday group, Bea",
    hand_off="Introduced to Sam at the center.",
    last_meeting_on=TODAY,
    reason="what_they_wanted",
)


def test_every_status_has_its_moves_and_its_name():
    assert set(rules.EPISODE_MOVES) == set(EpisodeStatus) == set(rules.STATUS_NAMES)
    assert set(rules.ENDING_FIELDS) == set(Ending.__dataclass_fields__)


@pytest.mark.parametrize(
    ("before", "to", "code"),
    [
        pytest.param("open", "concluding", None, id="an ending is raised"),
        pytest.param("concluding", "open", None, id="the two keep going"),
        pytest.param("open", "concluded", None, id="some endings come at once"),
        pytest.param("concluded", "open", "no-such-move", id="the way back is a new episode"),
    ],
)
def test_moves(before, to, code):
    refusal = rules.why_not_move(EpisodeStatus(before), EpisodeStatus(to))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("days", "code"),
    [
        pytest.param(7, None, id="every week"),
        pytest.param(30, None, id="at least every month"),
        pytest.param(31, "too-seldom", id="less than monthly"),
        pytest.param(0, "no-days", id="not said"),
    ],
)
def test_the_rhythm_is_at_least_monthly(days, code):
    refusal = rules.why_not_agree_rhythm(days, at_least_every=30)
    assert (refusal.code if refusal else None) == code


def test_rhythm_in_words():
    said = [str(rules.rhythm_words(days, at_least_every=30)) for days in (None, 7, 10, 90)]
    assert said == ["every month", "every week", "every 10 days", "every month"]


@pytest.mark.practice("PROC-6")
def test_an_ending_is_raised_weeks_ahead_and_advice_never_blocks():
    soon = rules.ending_advice(raised_on=TODAY, last_meeting_on=TODAY + timedelta(days=3))
    assert soon is not None
    assert rules.ending_advice(raised_on=TODAY, last_meeting_on=TODAY + timedelta(days=28)) is None
    assert rules.ending_advice(raised_on=TODAY, last_meeting_on=None) is not None


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency)


@pytest.fixture
def person(agency):
    return ParticipantFactory(agency=agency, name="Gia Rivera")


@pytest.fixture
def by(supporter):
    return actor_for(supporter.user)


@pytest.mark.practice("PSP-1")
def test_a_relationship_begins_once_at_a_time(actor, person, now):
    coordinator = actor(Role.COORDINATOR)
    first = actions.begin_episode(person.pk, referral_id=None, on=TODAY, by=coordinator, at=now)
    again = actions.begin_episode(person.pk, referral_id=None, on=TODAY, by=coordinator, at=now)
    assert first == again
    assert first.contact_due_on == TODAY + timedelta(days=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        EpisodeFactory(participant=person)


@pytest.mark.practice("PSP-1")
def test_a_rhythm_is_agreed_and_moves_the_next_contact(supporter, person, by, now):
    episode = walk_alongside(supporter, person, last_contact_on=date(2026, 11, 10))
    agreed = actions.agree_rhythm(episode.pk, every_days=7, by=by, at=now)
    assert (agreed.agreed_every_days, agreed.contact_due_on) == (7, date(2026, 11, 17))
    event = AuditEvent.objects.get(verb="episode.rhythm-agreed")
    assert event.detail == {"from": None, "to": 7}


@pytest.mark.practice("MPR-1")
@pytest.mark.parametrize("place", list(JourneyPlace))
def test_every_place_in_the_journey_opens_and_closes_nothing(supporter, person, by, now, place):
    episode = walk_alongside(supporter, person)
    actions.set_journey_place(
        episode.pk, place=place, words="Mine to say.", on=TODAY, by=by, at=now
    )
    episode.refresh_from_db()
    assert episode.status == EpisodeStatus.OPEN
    agreed = actions.agree_rhythm(episode.pk, every_days=30, by=by, at=now)
    assert agreed.agreed_every_days == 30


@pytest.mark.practice("MPR-1")
def test_the_journey_is_kept_and_a_slip_is_taken_back(supporter, person, by, now):
    episode = walk_alongside(supporter, person)
    for place, day in (("contemplation", date(2026, 9, 1)), ("before_treatment", TODAY)):
        actions.set_journey_place(episode.pk, place=place, words="", on=day, by=by, at=now)
    steps = queries.journey(by, participant_id=person.pk)
    assert [step.place for step in steps] == ["before_treatment", "contemplation"]
    assert queries.standing_of(by, [person.pk])[person.pk].place == "before_treatment"
    actions.take_back_journey_step(steps[0].pk, by=by, at=now)
    assert [s.place for s in queries.journey(by, participant_id=person.pk)] == ["contemplation"]
    assert JourneyStep.objects.count() == 2


def test_five_clicks_make_one_step(supporter, person, by, now):
    episode = walk_alongside(supporter, person)
    key = person.pk
    for _click in range(5):
        actions.set_journey_place(
            episode.pk, place="contemplation", words="", on=TODAY, by=by, at=now, step_id=key
        )
    assert JourneyStep.objects.count() == 1


@pytest.mark.practice("PROC-6")
def test_an_ending_is_raised_written_on_and_may_turn_out_to_be_none(supporter, person, by, now):
    episode = walk_alongside(supporter, person)
    actions.raise_ending(episode.pk, Ending(words="Strange."), on=TODAY, by=by, at=now)
    actions.write_ending(episode.pk, Ending(words="Strange, and good."), by=by, at=now)
    episode.refresh_from_db()
    assert (episode.status, episode.ending_words) == ("concluding", "Strange, and good.")
    old = ParticipantChange.objects.filter(field="episode.ending_words").order_by("-id")
    assert old[0].old == "Strange."
    actions.keep_going(episode.pk, by=by, at=now)
    episode.refresh_from_db()
    assert (episode.status, episode.ending_raised_on) == ("open", None)
    assert participants_visible_to(by).filter(pk=person.pk).exists()


@pytest.mark.practice("PROC-6", "PSP-1")
def test_a_conclusion_keeps_their_words_and_ends_sight(supporter, person, by, actor, now):
    referral = ReferralFactory(participant=person, status=ReferralStatus.MATCHED.value)
    episode = walk_alongside(supporter, person, referral=referral)
    actions.conclude(episode.pk, ENDING, on=TODAY, by=by, at=now)
    episode.refresh_from_db()
    assert (episode.status, episode.ended_on, episode.ending_words, episode.hand_off) == (
        "concluded",
        TODAY,
        ENDING.words,
        ENDING.hand_off,
    )
    assert Match.objects.get().status == MatchStatus.ENDED
    assert Referral.objects.get().status == ReferralStatus.ENDED
    assert not participants_visible_to(by).exists()
    assert queries.open_episode(by, participant_id=person.pk) is None
    coordinator = actor(Role.COORDINATOR)
    assert queries.episodes_of(coordinator, participant_id=person.pk).get() == episode


def test_a_conclusion_asks_for_a_reason_and_a_day_that_has_been(supporter, person, by, now):
    episode = walk_alongside(supporter, person)
    for ending, on, code in (
        (Ending(), TODAY, "no-reason"),
        (ENDING, TODAY + timedelta(days=1), "later"),
        (ENDING, episode.begun_on - timedelta(days=1), "before"),
    ):
        with pytest.raises(Refused) as no:
            actions.conclude(episode.pk, ending, on=on, by=by, at=now)
        assert no.value.refusal.code == code
    assert Episode.objects.get().status == EpisodeStatus.OPEN


@pytest.mark.practice("PROC-6")
def test_the_way_back_is_a_new_episode_with_whom_they_choose(supporter, person, by, actor, now):
    episode = walk_alongside(supporter, person)
    actions.conclude(episode.pk, ENDING, on=TODAY, by=by, at=now)
    coordinator = actor(Role.COORDINATOR)
    back = come_back(
        person.pk,
        words="I want Rosa again.",
        on=TODAY,
        with_supporter=supporter.pk,
        by=coordinator,
        at=now,
    )
    assert (back.follows_id, back.return_words) == (episode.pk, "I want Rosa again.")
    assert participants_visible_to(by).filter(pk=person.pk).exists()
    newest = Match.objects.order_by("-id").first()
    assert (newest.status, newest.participant_said, newest.episode_id) == (
        "accepted",
        "I want Rosa again.",
        back.pk,
    )
    assert Episode.objects.get(pk=episode.pk).ending_words == ENDING.words


@pytest.mark.practice("PROC-6")
def test_who_comes_back_without_a_match_has_a_request_at_the_desk(supporter, person, actor, now):
    coordinator = actor(Role.COORDINATOR)
    episode = walk_alongside(supporter, person)
    actions.conclude(episode.pk, ENDING, on=TODAY, by=coordinator, at=now)
    back = come_back(person.pk, words="", on=TODAY, with_supporter=None, by=coordinator, at=now)
    assert back.referral.status == ReferralStatus.ACCEPTED
    with pytest.raises(Refused) as no:
        come_back(person.pk, words="", on=TODAY, with_supporter=None, by=coordinator, at=now)
    assert no.value.refusal.code == "here"


def test_a_beginning_by_mistake_is_taken_back(actor, person, now):
    coordinator = actor(Role.COORDINATOR)
    episode = actions.begin_episode(person.pk, referral_id=None, on=TODAY, by=coordinator, at=now)
    actions.take_back_beginning(episode.pk, by=coordinator, at=now)
    assert queries.open_episode(coordinator, participant_id=person.pk) is None
    assert Episode.objects.count() == 1


def test_who_reads_does_not_write_and_nobody_looks_into_another_agency(
    supporter, person, actor, now
):
    episode = walk_alongside(supporter, person)
    with pytest.raises(Refused):
        actions.agree_rhythm(episode.pk, every_days=7, by=actor(Role.PRIVACY_OFFICER), at=now)
    other = SupporterFactory(agency=AgencyFactory())
    with pytest.raises(ObjectDoesNotExist):
        actions.agree_rhythm(episode.pk, every_days=7, by=actor_for(other.user), at=now)
