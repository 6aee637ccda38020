"""Hand-offs in the record: written once, seen by those who look after it, never lost (PROC-7)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.accounts.codes import Role
from alongside.accounts.models import TimeAway, User
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters.actions import hand_offs as actions
from alongside.encounters.codes import HandOffStatus as S
from alongside.encounters.models import HandOff, HandOffAnswer, HandOffDraft
from alongside.encounters.queries import hand_offs as queries
from alongside.encounters.rules.hand_offs import NewAnswer
from alongside.people.models import CareTeamMember, Participant
from alongside.tenancy import hidden
from tests.encounters.hand_offs import HEARD, a_supervisor, about, recorded
from tests.factories import (
    NOW,
    EncounterFactory,
    ParticipantFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.practice("PROC-7")]
OVER = NewAnswer(S.FOLLOWED_UP, "Called her, she is home.")


@pytest.fixture
def rosa(pair):
    return actor_for(pair.supporter.user)


@pytest.fixture
def pat(pair):
    return actor_for(a_supervisor(pair))


def verbs():
    found = AuditEvent.objects.order_by("seq").values_list("verb", flat=True)
    return [verb for verb in found if verb.startswith("hand-off")]


def hears(viewer):
    return queries.who_hears(viewer, on=NOW.date())


def waits_for(viewer, **more):
    return [found.pk for found in queries.hand_offs_open(viewer, **more)]


def test_five_clicks_make_one_and_the_supervisor_has_it(pair, rosa, pat):
    key = new_id()
    made = {recorded(pair, hand_off_id=key).pk for _click in range(5)}
    assert (made, HandOff.objects.count(), verbs()) == ({key}, 1, ["hand-off.recorded"])
    assert waits_for(pat) == [key]
    assert waits_for(rosa) == []


def test_an_id_of_someone_else_tells_nothing(pair, rosa, pat):
    mine = recorded(pair)
    mate = UserFactory(agency=pair.supporter.agency, roles=(Role.SUPPORTER,))
    with pytest.raises(Refused, match="used for another hand-off"):
        actions.record_hand_off(mine.pk, HEARD, by=actor_for(mate), at=NOW)


def test_an_answer_under_the_id_of_another_is_one_more(pair, rosa, pat):
    one, two = recorded(pair), recorded(pair)
    key, seen = new_id(), NewAnswer(S.SEEN, "Called her")
    for each in (one, one):
        actions.answer_hand_off(key, each.pk, seen, by=pat, at=NOW)
    with pytest.raises(IntegrityError) as taken:
        actions.answer_hand_off(key, two.pk, seen, by=pat, at=NOW)
    with hidden.known(taken.value):  # as a page tries once more
        actions.answer_hand_off(key, two.pk, seen, by=pat, at=NOW)
    said = HandOffAnswer.objects.order_by("pk").values_list("hand_off", flat=True)
    assert sorted(said) == sorted([one.pk, two.pk])


def test_seen_kept_open_told_further_followed_up_and_open_again(pair, rosa, pat):
    key = recorded(pair).pk
    seen = NewAnswer(S.SEEN, "I call you at noon.")
    click = new_id()
    for _twice in range(2):
        found = actions.answer_hand_off(click, key, seen, by=pat, at=NOW)
    assert (found.status, len(found.answers.all()), waits_for(pat)) == ("seen", 1, [key])
    found = actions.add_to_hand_off(
        new_id(), key, words="She slept.", still_open=False, by=rosa, at=NOW
    )
    assert (found.status, found.still_open) == ("seen", False)
    found = actions.answer_hand_off(new_id(), key, OVER, by=pat, at=NOW)
    assert (found.status, waits_for(pat)) == ("followed-up", [])
    found = actions.open_hand_off_again(new_id(), key, words="She called.", by=rosa, at=NOW)
    assert (found.status, found.still_open, waits_for(pat)) == ("waiting", True, [key])
    assert [(a.status, a.words) for a in found.answers.all()] == [
        ("seen", "I call you at noon."),
        ("seen", "She slept."),
        ("followed-up", "Called her, she is home."),
        ("waiting", "She called."),
    ]
    assert verbs() == [
        "hand-off.recorded",
        "hand-off.seen",
        "hand-off.added-to",
        "hand-off.followed-up",
        "hand-off.opened-again",
    ]


def test_news_after_it_was_followed_up_waits_again_when_it_is_open(pair, rosa, pat):
    key = recorded(pair).pk
    actions.answer_hand_off(new_id(), key, OVER, by=pat, at=NOW)
    later = NOW + timedelta(days=1)
    found = actions.add_to_hand_off(
        new_id(), key, words="It is back.", still_open=True, by=rosa, at=later
    )
    assert (found.status, found.waits_since, waits_for(pat)) == ("waiting", later, [key])


def test_a_correction_keeps_what_it_said_and_waits_again(pair, rosa, pat):
    key = recorded(pair).pk
    actions.answer_hand_off(new_id(), key, OVER, by=pat, at=NOW)
    new = about(pair, who="The county line")
    found = actions.correct_hand_off(key, new, reason="Wrong line", seen=0, by=rosa, at=NOW)
    [before] = found.versions.all()
    assert (found.who, found.status) == ("The county line", "waiting")
    assert (before.text["who"], before.reason, waits_for(pat)) == (
        "988, spoke with Kay",
        "Wrong line",
        [key],
    )
    with pytest.raises(Refused, match="another window"):
        actions.correct_hand_off(key, new, reason="Again", seen=0, by=rosa, at=NOW)


def test_taken_back_it_stays_readable_and_waits_for_nobody(pair, rosa, pat):
    key = recorded(pair).pk
    actions.take_back_hand_off(key, reason="Wrong person", by=rosa, at=NOW)
    found = queries.the_hand_off(pat, hand_off_id=key)
    assert (found.status, found.taken_back_reason, waits_for(pat)) == (
        "taken-back",
        "Wrong person",
        [],
    )
    with pytest.raises(Refused):
        actions.answer_hand_off(new_id(), key, OVER, by=pat, at=NOW)


# Nobody is left unwatched.


def test_without_a_supervisor_the_coordinator_has_it(pair, rosa, actor):
    cora = actor(Role.COORDINATOR, name="Cora")
    key = recorded(pair).pk
    assert (waits_for(cora), hears(rosa)) == ([key], ["Cora"])


@pytest.mark.parametrize(
    ("changes", "roles"),
    [
        pytest.param({"is_active": False}, (Role.SUPERVISOR,), id="left"),
        pytest.param({}, (Role.BILLING,), id="is no supervisor any more"),
    ],
)
def test_a_supervisor_who_cannot_answer_counts_as_none(pair, rosa, actor, changes, roles):
    cora = actor(Role.COORDINATOR, name="Cora")
    a_supervisor(pair, *roles, **changes)
    key = recorded(pair).pk
    assert (waits_for(cora), hears(rosa)) == ([key], ["Cora"])


def test_unanswered_for_a_day_the_coordinator_sees_it_too(pair, pat, rosa, actor):
    cora = actor(Role.COORDINATOR)
    key = recorded(pair).pk
    assert hears(rosa) == ["Pat Lindqvist"]
    assert waits_for(cora, at=NOW + timedelta(hours=23)) == []
    assert waits_for(cora, at=NOW + timedelta(hours=24)) == [key]
    actions.answer_hand_off(new_id(), key, NewAnswer(S.SEEN), by=pat, at=NOW)
    assert waits_for(cora, at=NOW + timedelta(hours=48)) == []


def test_a_supervisors_own_hand_off_waits_for_the_coordinator(pair, pat, actor):
    cora = actor(Role.COORDINATOR)
    key = new_id()
    actions.record_hand_off(key, HEARD, by=pat, at=NOW)
    assert (waits_for(pat), waits_for(cora)) == ([], [key])


def _away(lead, stand_in):
    TimeAway.objects.create(
        agency_id=lead.agency_id,
        supervisor_id=lead.id,
        stand_in_id=stand_in and stand_in.id,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        set_at=NOW,
        set_by_id=lead.id,
    )


def test_a_stand_in_has_what_waits_for_the_one_who_is_away(pair, rosa, pat, actor):
    key, cora = recorded(pair).pk, actor(Role.COORDINATOR)
    stand_in = replace(actor(Role.SUPERVISOR, name="Dale"), stands_in_for=frozenset({pat.id}))
    _away(pat, stand_in)
    assert hears(rosa) == ["Dale", "Pat Lindqvist"]
    assert (waits_for(stand_in), waits_for(cora, at=NOW)) == ([key], [])
    found = actions.answer_hand_off(new_id(), key, OVER, by=stand_in, at=NOW)
    assert (found.status, waits_for(pat)) == ("followed-up", [])


@pytest.mark.parametrize("gone", [False, True], ids=["nobody named", "left meanwhile"])
def test_away_with_nobody_who_stands_in_the_coordinator_has_it(pair, rosa, pat, actor, gone):
    cora = actor(Role.COORDINATOR, name="Cora")
    _away(pat, actor(Role.SUPERVISOR, is_active=True, name="Dale") if gone else None)
    User.objects.filter(name="Dale").update(is_active=False)
    key = recorded(pair).pk
    assert hears(rosa) == ["Cora", "Pat Lindqvist"]
    assert (waits_for(cora, at=NOW), waits_for(cora, at=NOW + timedelta(days=-1))) == ([key], [])


# Sight.


def test_sight_follows_the_participant_and_the_team(pair, rosa, pat, actor):
    other = actor(Role.SUPERVISOR)
    stranger = actor(Role.SUPPORTER)
    billing, officer = actor(Role.BILLING), actor(Role.PRIVACY_OFFICER)
    key = recorded(pair).pk
    seen = {
        name: queries.hand_offs_visible_to(viewer).filter(pk=key).exists()
        for name, viewer in {
            "rosa": rosa,
            "pat": pat,
            "other": other,
            "stranger": stranger,
            "billing": billing,
            "officer": officer,
        }.items()
    }
    assert seen == {
        "rosa": True,
        "pat": True,
        "other": False,
        "stranger": False,
        "billing": False,
        "officer": True,
    }
    # The time together ends: the writer's sight ends, the supervisor still follows it up.
    CareTeamMember.objects.update(until=NOW.date())
    assert not queries.hand_offs_visible_to(rosa).exists()
    assert waits_for(pat) == [key]


def test_a_talk_with_someone_not_in_the_record_is_seen_by_writer_and_supervisor(
    pair, rosa, pat, actor
):
    mate = actor(Role.SUPPORTER)
    key = recorded(pair, participant_id=None).pk
    seen = [queries.hand_offs_visible_to(v).filter(pk=key).exists() for v in (rosa, pat, mate)]
    assert seen == [True, True, False]


def test_nobody_out_of_sight_is_written_about(pair, rosa):
    someone = ParticipantFactory(agency=pair.supporter.agency)
    with pytest.raises(Participant.DoesNotExist):
        recorded(pair, participant_id=someone.pk)
    elsewhere = EncounterFactory(participant=someone, supporter=pair.supporter)
    with pytest.raises(type(elsewhere).DoesNotExist):
        recorded(pair, encounter_id=elsewhere.pk)
    assert HandOff.objects.count() == 0


def test_a_draft_is_its_authors_alone_and_goes_when_recorded(pair, rosa, pat):
    key, said = new_id(), {"done": "Sat with"}
    more = {"participant_id": pair.participant.pk, "by": rosa, "at": NOW}
    for words in ("Sat", "Sat with"):
        actions.keep_hand_off_draft(key, {"done": words}, **more)
    [draft] = queries.hand_off_drafts(rosa)
    assert (draft.fields, list(queries.hand_off_drafts(pat))) == (said, [])
    recorded(pair, hand_off_id=key)
    assert HandOffDraft.objects.count() == 0


def test_the_lists_cost_the_same_for_one_and_three(pair, rosa, pat):
    counts = []
    for more in (1, 2):
        for _one in range(more):
            recorded(pair)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            for viewer in (rosa, pat):
                [h.author.name for h in queries.hand_offs_by_time(viewer, limit=20)]
                [h.author.name for h in queries.hand_offs_open(viewer)]
        counts.append(len(asked))
    assert counts == [3, 3]


def test_by_time_pages_by_key(pair, rosa):
    keys = [recorded(pair, happened_at=NOW - timedelta(days=n)).pk for n in range(3)]
    first = queries.hand_offs_by_time(rosa, limit=2)
    rest = queries.hand_offs_by_time(rosa, before=(first[-1].happened_at, first[-1].pk), limit=2)
    assert [h.pk for h in first + rest] == keys


@pytest.mark.parametrize(
    "wrong",
    [{"done": ""}, {"still_open": True, "next_step": ""}, {"status": "taken-back"}],
    ids=["says nothing", "open without a next step", "taken back without a reason"],
)
def test_what_must_never_be_false(pair, wrong):
    key = recorded(pair).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOff.objects.filter(pk=key).update(**wrong)


def test_answers_and_log_hold_no_name(pair, rosa, pat):
    key = recorded(pair).pk
    actions.answer_hand_off(new_id(), key, OVER, by=pat, at=NOW)
    told = str(list(AuditEvent.objects.values_list("verb", "target", "detail")))
    assert ("Gia" in told, HandOffAnswer.objects.count()) == (False, 1)
