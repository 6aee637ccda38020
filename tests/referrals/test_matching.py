from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.accounts.codes import Permission, Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused
from alongside.people.models import Participant
from alongside.people.queries import participants_visible_to
from alongside.practice.codes import Audience, LivedExperience
from alongside.referrals.actions import desk, matching, rhythm
from alongside.referrals.codes import MatchStatus, ReferralStatus
from alongside.referrals.models import Match
from alongside.referrals.queries import matching as queries
from alongside.referrals.queries.desk import referrals_visible_to
from alongside.referrals.rules import matching as rules
from alongside.referrals.rules.matching import MATCH_MOVES, MatchFacts
from tests.factories import (
    NOW,
    TODAY,
    ExperienceFactory,
    ParticipantFactory,
    ReferralFactory,
    SupporterFactory,
    walk_alongside,
)

M = MatchStatus
COORDINATOR = Actor(new_id(), new_id(), frozenset({Permission.MATCH_WRITE}))
OTHER = Actor(new_id(), new_id())


def test_every_status_has_moves_and_a_name():
    assert set(MATCH_MOVES) == set(MatchStatus) == set(rules.STATUS_NAMES)


@pytest.mark.parametrize(
    ("match", "actor", "said", "code"),
    [
        pytest.param(MatchFacts(M.PROPOSED), COORDINATOR, "Yes", None, id="they said yes"),
        pytest.param(MatchFacts(M.PROPOSED), COORDINATOR, " ", "no-words", id="nobody asked them"),
        pytest.param(MatchFacts(M.PROPOSED), OTHER, "Yes", "not-matching", id="not at the desk"),
        pytest.param(MatchFacts(M.ENDED), COORDINATOR, "Yes", "no-such-move", id="it had ended"),
    ],
)
@pytest.mark.practice("PSP-4")
def test_only_the_participants_own_words_make_a_match(match, actor, said, code):
    refusal = rules.why_not_answer(match, M.ACCEPTED, actor, said=said)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("referral", "asked", "walks", "code"),
    [
        pytest.param("accepted", False, False, None, id="free to ask"),
        pytest.param("received", False, False, "not-accepted", id="not accepted yet"),
        pytest.param("accepted", True, False, "asked-now", id="one question at a time"),
        pytest.param("accepted", False, True, "has-a-match", id="walks with someone"),
    ],
)
def test_why_not_propose(referral, asked, walks, code):
    refusal = rules.why_not_propose(
        COORDINATOR, ReferralStatus(referral), asked_now=asked, walks_with_someone=walks
    )
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("match", "code"),
    [
        pytest.param(MatchFacts(M.ACCEPTED, TODAY), None, id="a moment ago"),
        pytest.param(MatchFacts(M.ACCEPTED, TODAY, True), "had-contact", id="they have met"),
        pytest.param(MatchFacts(M.ACCEPTED, TODAY - timedelta(3)), "too-late", id="days ago"),
        pytest.param(MatchFacts(M.DECLINED, TODAY), "no-such-move", id="what was said stays said"),
    ],
)
def test_why_not_take_back(match, code):
    refusal = rules.why_not_take_back(match, COORDINATOR, on=TODAY)
    assert (refusal and refusal.code) == code


@pytest.fixture
def by(actor):
    return actor(Role.COORDINATOR)


@pytest.fixture
def referral(agency):
    return ReferralFactory(
        participant__agency=agency,
        status="accepted",
        asked_for="Spanish speaking por favor; anyone but my cousin Ray",
    )


@pytest.fixture
def proposed(agency, referral, by):
    kai = SupporterFactory(agency=agency, name="Kai Berg")
    return matching.propose_match(referral.pk, supporter_id=kai.pk, by=by, at=NOW)


def yes(match, by):
    return matching.accept_match(match.pk, said="Sounds good to me", by=by, at=NOW)


@pytest.mark.django_db
@pytest.mark.practice("PSP-4")
def test_wishes_outrank_everything_and_a_refusal_is_last(agency, referral, by):
    SupporterFactory(agency=agency, name="Near Nell", counties=["Dunn"])
    wished = SupporterFactory(
        agency=agency, name="Sol Ortiz", counties=["Rusk"], languages=["Spanish"]
    )
    ray = SupporterFactory(agency=agency, name="Ray Dahl", languages=["Spanish"])
    found = queries.proposals(by, referral, on=TODAY)
    assert [p.profile.name for p in found.open] == ["Sol Ortiz", "Near Nell"]
    assert [p.profile.id for p in found.refused] == [ray.pk]
    assert found.open[0].profile.id == wished.pk
    for proposal in found.open:
        cautions = " ".join(map(str, proposal.suggestion.cautions))
        assert "anyone but my cousin Ray" in cautions


@pytest.mark.django_db
@pytest.mark.practice("PSP-3", "PSP-4")
def test_only_what_a_supporter_opened_is_a_reason(agency, by):
    referral = ReferralFactory(
        participant__agency=agency,
        status="accepted",
        asked_for="someone who's been thru child protection",
    )
    kept = SupporterFactory(agency=agency, name="Ann Kept")
    told = SupporterFactory(agency=agency, name="Zoe Told")
    for supporter, audience in ((kept, Audience.NOBODY), (told, Audience.STAFF)):
        ExperienceFactory(
            supporter=supporter,
            kind=LivedExperience.CHILD_PROTECTION.value,
            audience=audience.value,
        )
    found = queries.proposals(by, referral, on=TODAY)
    assert [p.profile.name for p in found.open] == ["Zoe Told", "Ann Kept"]
    reasons = [[str(r.say) for r in p.suggestion.reasons] for p in found.open]
    assert [any("shared" in r for r in each) for each in reasons] == [True, False]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_proposals_take_a_constant_number_of_queries(
    agency, referral, by, count, django_assert_num_queries
):
    for supporter in SupporterFactory.create_batch(count, agency=agency):
        ExperienceFactory(supporter=supporter)
        walk_alongside(supporter, ParticipantFactory(agency=agency))
    with django_assert_num_queries(5):
        found = queries.proposals(by, referral, on=TODAY)
    assert [(p.room, len(p.suggestion.reasons) > 0) for p in found.open] == [(14, True)] * count


@pytest.mark.django_db
@pytest.mark.practice("PSP-1", "PSP-4")
def test_a_yes_begins_the_relationship(proposed, referral, by):
    match = yes(proposed, by)
    referral.refresh_from_db()
    assert (match.status, match.participant_said, referral.status) == (
        "accepted",
        "Sounds good to me",
        "matched",
    )
    assert match.first_contact_due_on == TODAY + timedelta(7)
    assert match.episode.begun_on == TODAY
    assert match.reasons != []
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True)) == [
        "match.proposed",
        "episode.begun",
        "care-team.joined",
        "referral.matched",
        "match.accepted",
    ]


@pytest.mark.django_db
@pytest.mark.practice("PSP-4")
def test_a_no_keeps_the_words_and_is_not_suggested_again(proposed, referral, by):
    matching.keep_thinking(proposed.pk, said="Let me sleep on it", by=by, at=NOW)
    match = matching.decline_match(proposed.pk, said="We went to school", by=by, at=NOW)
    assert match.participant_said == "Let me sleep on it\nWe went to school"
    found = queries.proposals(by, referral, on=TODAY)
    assert [(p.profile.name, p.asked_before) for p in found.refused] == [("Kai Berg", match)]
    assert found.open == ()


@pytest.mark.django_db
@pytest.mark.practice("PSP-4")
def test_rematch_keeps_history_and_ends_sight_at_once(agency, proposed, referral, by):
    first = yes(proposed, by)
    kai = actor_for(first.supporter.user)
    assert participants_visible_to(kai).exists()
    matching.end_match(
        first.pk, reason="Kai moves to nights", hand_off="Likes mornings", by=by, at=NOW
    )
    assert not participants_visible_to(kai).exists()
    assert referrals_visible_to(by).get(pk=referral.pk).status == "accepted"
    rosa = SupporterFactory(agency=agency, name="Rosa Quaas")
    second = yes(matching.propose_match(referral.pk, supporter_id=rosa.pk, by=by, at=NOW), by)
    assert second.episode == first.episode
    rows = queries.matches_of(by, participant_id=referral.participant_id)
    assert {(m.supporter.name, m.status) for m in rows} == {
        ("Kai Berg", "ended"),
        ("Rosa Quaas", "accepted"),
    }
    assert participants_visible_to(actor_for(rosa.user)).exists()


@pytest.mark.django_db
def test_a_match_made_in_error_is_taken_back(proposed, referral, by):
    match = yes(proposed, by)
    matching.take_back_match(match.pk, by=by, at=NOW)
    match.refresh_from_db()
    match.episode.refresh_from_db()
    assert (match.status, match.episode.voided_at) == ("taken-back", NOW)
    assert not participants_visible_to(actor_for(match.supporter.user)).exists()
    assert referrals_visible_to(by).get(pk=referral.pk).status == "accepted"


@pytest.mark.django_db
def test_no_taking_back_once_they_have_met(proposed, by):
    match = yes(proposed, by)
    rhythm.contact_happened(match.participant_id, on=TODAY, by=by, at=NOW)
    with pytest.raises(Refused, match="have been in touch"):
        matching.take_back_match(match.pk, by=by, at=NOW)


@pytest.mark.django_db
def test_both_are_told(proposed, by):
    match = yes(proposed, by)
    matching.tell_participant(match.pk, words="Kai will call on Monday", by=by, at=NOW)
    match = matching.tell_supporter(match.pk, by=by, at=NOW)
    assert (match.participant_told, match.participant_told_at, match.supporter_told_at) == (
        "Kai will call on Monday",
        NOW,
        NOW,
    )


@pytest.mark.django_db
def test_a_supporter_who_signs_in_later_gains_sight_then(agency, referral, by):
    supporter = SupporterFactory(agency=agency, user=None, name="Lee Vang")
    match = yes(matching.propose_match(referral.pk, supporter_id=supporter.pk, by=by, at=NOW), by)
    user = SupporterFactory.build(agency=agency).user
    user.save()
    type(supporter).objects.filter(pk=supporter.pk).update(user=user)
    assert matching.open_sight(supporter.pk, by=by, at=NOW) == 1
    assert matching.open_sight(supporter.pk, by=by, at=NOW) == 0
    assert match.participant.care_team.get().user == user


@pytest.mark.django_db
def test_second_writer_is_told_to_look_again(proposed, by, monkeypatch):
    real = matching._facts

    def someone_was_faster(match):
        Match.objects.filter(pk=match.pk).update(status="declined")
        return real(match)

    monkeypatch.setattr(matching, "_facts", someone_was_faster)
    with pytest.raises(Refused) as refused:
        yes(proposed, by)
    assert refused.value.refusal == STALE
    assert list(Participant.objects.filter(care_team__isnull=False)) == []


@pytest.mark.django_db
def test_one_question_at_a_time_in_the_database_too(agency, proposed, by):
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.create(
            agency=agency,
            participant=proposed.participant,
            supporter=SupporterFactory(agency=agency),
            proposed_on=TODAY,
            by_id=by.id,
        )


@pytest.mark.django_db
def test_accepted_keeps_words_in_the_database_too(proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=proposed.pk).update(status="accepted")


@pytest.mark.django_db
def test_a_supporter_may_not_match(agency, referral, actor):
    supporter = SupporterFactory(agency=agency)
    with pytest.raises(Refused, match="Only a coordinator"):
        matching.propose_match(
            referral.pk, supporter_id=supporter.pk, by=actor_for(supporter.user), at=NOW
        )


@pytest.mark.django_db
def test_another_agency_does_not_see_the_referral(referral, by):
    elsewhere = ReferralFactory(status="accepted")
    with pytest.raises(type(referral).DoesNotExist):
        desk.move_referral(elsewhere.pk, to=ReferralStatus.WITHDRAWN, by=by, at=NOW)
    with pytest.raises(type(referral).DoesNotExist):
        matching.propose_match(elsewhere.pk, supporter_id=new_id(), by=by, at=NOW)


@pytest.mark.django_db
def test_two_questions_at_once_become_one(agency, referral, by, monkeypatch):
    one, two = SupporterFactory.create_batch(2, agency=agency)
    matching.propose_match(referral.pk, supporter_id=one.pk, by=by, at=NOW)
    monkeypatch.setattr(rules, "why_not_propose", lambda *a, **kw: None)
    with pytest.raises(Refused) as refused:
        matching.propose_match(referral.pk, supporter_id=two.pk, by=by, at=NOW)
    assert refused.value.refusal == STALE
