"""Check-ins: answered bit by bit, finished, changed forward, and shown when their owner says so."""

from datetime import date, timedelta

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.outcomes.actions import checkins as actions
from alongside.outcomes.codes import Way
from alongside.outcomes.models import CheckIn, CheckInVersion
from alongside.outcomes.queries import checkins as queries
from alongside.outcomes.queries.change import lines_of
from alongside.people.models import Participant
from alongside.practice.instruments import CHECK_IN, instrument
from tests.factories import own_account

pytestmark = pytest.mark.django_db
PURPOSE = {"purpose": "4", "optimism": "3"}


@pytest.fixture
def gia(pair):
    return actor_for(own_account(pair.participant))


@pytest.fixture
def rosa(pair):
    return actor_for(pair.supporter.user)


def begun(by, pair, now, **more):
    new = actions.New(new_id(), pair.participant.pk, CHECK_IN)
    return actions.begin_check_in(new, by=by, at=now, **more)


def done(by, pair, now, answers, *, share=False, **more):
    row = begun(by, pair, now, **more)
    actions.save_answers(row.pk, answers, by=by, at=now, **more)
    return actions.finish_check_in(row.pk, share=share, by=by, at=now)


@pytest.mark.practice("SVC-2", "SVC-13")
def test_answered_bit_by_bit_and_finished(pair, gia, rosa, now):
    row = begun(gia, pair, now)
    assert begun is not None
    actions.save_answers(row.pk, {"purpose": "4", "coping": None}, by=gia, at=now)
    saved = actions.save_answers(row.pk, {"optimism": "3"}, by=gia, at=now)
    assert saved.row.draft == PURPOSE
    assert queries.latest(gia, participant_id=pair.participant.pk) is None
    actions.finish_check_in(row.pk, by=gia, at=now)
    read = queries.latest(gia, participant_id=pair.participant.pk)
    assert read is not None
    assert (read.way, read.on, read.shared) == (Way.OWN, date(2026, 11, 19), False)
    assert read.lines() == [
        ("There is something I get up for.", "Mostly"),
        ("I believe that recovery can work for me.", "Half and half"),
    ]
    assert [score.value for score in read.scores] == [None] * 4
    events = AuditEvent.objects.filter(target=f"CheckIn/{row.pk}").order_by("id")
    assert [event.verb for event in events] == ["check-in.begun", "check-in.finished"]


@pytest.mark.practice("SVC-2")
def test_what_one_filled_in_alone_is_seen_by_others_once_it_is_shared(pair, gia, rosa, now):
    who = {"participant_id": pair.participant.pk}
    row = begun(gia, pair, now)
    actions.save_answers(row.pk, PURPOSE, by=gia, at=now)
    assert [list(queries.unfinished(one, **who)) for one in (gia, rosa)] == [[row], []]
    actions.finish_check_in(row.pk, by=gia, at=now)
    assert queries.latest(rosa, **who) is None
    assert queries.unshared(rosa, **who)
    with pytest.raises(CheckIn.DoesNotExist):
        actions.take_check_in_back(row.pk, reason="x", by=rosa, at=now)
    actions.share_check_in(row.pk, by=gia, at=now)
    assert queries.latest(rosa, **who).answers == PURPOSE
    with pytest.raises(Refused, match="Only the participant"):
        actions.unshare_check_in(row.pk, by=rosa, at=now)
    actions.unshare_check_in(row.pk, by=gia, at=now)
    assert queries.since(rosa, since=date(2026, 1, 1), **who) == []


@pytest.mark.practice("SVC-2", "PEER-8")
@pytest.mark.parametrize("handed", [False, True], ids=["filled in together", "on their phone"])
def test_what_was_shared_from_the_start_is_theirs_to_stop_and_to_share_again(
    pair, gia, rosa, now, handed
):
    who = {"participant_id": pair.participant.pk}
    row = done(rosa, pair, now, PURPOSE, handed=handed)
    assert queries.latest(rosa, **who).answers == PURPOSE
    actions.save_answers(row.pk, {"coping": "1"}, handed=handed, by=rosa, at=now)
    actions.unshare_check_in(row.pk, by=gia, at=now)
    assert [queries.latest(one, **who) is None for one in (gia, rosa)] == [False, True]
    assert (queries.since(rosa, since=date(2026, 1, 1), **who), queries.unshared(rosa, **who)) == (
        [],
        True,
    )
    assert [list(found(rosa, **who)) for found in (queries.unfinished, queries.taken_back)] == [
        [],
        [],
    ]
    for act in (actions.share_check_in, actions.put_answers_away):
        with pytest.raises(CheckIn.DoesNotExist):
            act(row.pk, by=rosa, at=now)
    actions.share_check_in(row.pk, by=gia, at=now)
    assert queries.latest(rosa, **who).answers == PURPOSE
    verbs = AuditEvent.objects.filter(target=f"CheckIn/{row.pk}").order_by("id")
    assert [event.verb for event in verbs][-2:] == ["check-in.unshared", "check-in.shared"]


def test_begun_on_the_supporters_phone_and_gone_on_alone_is_theirs(pair, gia, rosa, now):
    row = begun(rosa, pair, now, handed=True)
    assert row.way == Way.HANDED
    actions.save_answers(row.pk, {"purpose": "4"}, handed=True, by=rosa, at=now)
    actions.save_answers(row.pk, {"optimism": "3"}, by=gia, at=now)
    with pytest.raises(CheckIn.DoesNotExist):
        queries.check_in_of(rosa, participant_id=pair.participant.pk, check_in_id=row.pk)


def test_changed_forward(pair, gia, rosa, now):
    later = now + timedelta(days=2)
    row = done(rosa, pair, now, PURPOSE)
    actions.save_answers(row.pk, {"purpose": "5"}, by=rosa, at=later)
    assert queries.latest(gia, participant_id=pair.participant.pk).answers == PURPOSE
    actions.finish_check_in(row.pk, by=rosa, at=later)
    read = queries.latest(gia, participant_id=pair.participant.pk)
    assert (read.number, read.on, read.answers["purpose"]) == (2, date(2026, 11, 19), "5")
    version = CheckInVersion.objects.get(check_in=row)
    assert (version.number, version.answers) == (1, PURPOSE)


def test_while_they_change_it_alone_a_colleague_waits(pair, gia, rosa, now):
    row = done(rosa, pair, now, PURPOSE)
    actions.save_answers(row.pk, {"purpose": "1"}, by=gia, at=now)
    with pytest.raises(Refused, match="themselves right now"):
        actions.save_answers(row.pk, {"purpose": "2"}, by=rosa, at=now)
    actions.put_answers_away(row.pk, by=gia, at=now)
    assert queries.latest(rosa, participant_id=pair.participant.pk).answers == PURPOSE


def test_two_pages_at_once_keep_both_and_a_person_decides(pair, rosa, gia, now):
    row = begun(rosa, pair, now)
    first = actions.save_answers(row.pk, {"purpose": "4"}, was={}, by=rosa, at=now)
    second = actions.save_answers(row.pk, {"purpose": "2", "coping": "3"}, was={}, by=rosa, at=now)
    assert (first.others, second.others) == ({}, {"purpose": "4"})
    assert second.row.draft == {"purpose": "4", "coping": "3"}
    decided = actions.save_answers(row.pk, {"purpose": "2"}, was={"purpose": "4"}, by=rosa, at=now)
    assert decided.row.draft == {"purpose": "2", "coping": "3"}
    stale = actions.save_answers(row.pk, {"purpose": None}, was={"purpose": None}, by=rosa, at=now)
    assert stale.row.draft == {"purpose": "2", "coping": "3"}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        pytest.param({"purpose": "9"}, "out-of-range", id="a value out of range"),
        pytest.param({"nobody": "1"}, "out-of-range", id="a question that is not asked"),
    ],
)
def test_a_wrong_answer_is_refused_by_its_question(pair, gia, now, answers, code):
    row = begun(gia, pair, now)
    with pytest.raises(Refused) as refused:
        actions.save_answers(row.pk, answers, by=gia, at=now)
    assert (refused.value.refusal.code, refused.value.refusal.field) == (code, next(iter(answers)))


def test_nothing_answered_is_not_finished_and_taken_back_can_be_put_back(pair, gia, rosa, now):
    row = begun(gia, pair, now)
    with pytest.raises(Refused, match="Nothing is answered"):
        actions.finish_check_in(row.pk, by=gia, at=now)
    row = done(rosa, pair, now, PURPOSE)
    with pytest.raises(Refused, match="why"):
        actions.take_check_in_back(row.pk, by=rosa, at=now)
    actions.take_check_in_back(row.pk, by=gia, at=now)
    assert queries.latest(rosa, participant_id=pair.participant.pk) is None
    actions.put_check_in_back(row.pk, by=gia, at=now)
    assert queries.latest(rosa, participant_id=pair.participant.pk).id == row.pk


def test_five_clicks_begin_one_and_others_see_none(pair, actor, gia, now):
    new = actions.New(new_id(), pair.participant.pk, CHECK_IN)
    rows = {actions.begin_check_in(new, by=gia, at=now).pk for _click in range(5)}
    assert rows == {new.check_in_id}
    stranger = actor(Role.SUPPORTER)
    assert list(queries.check_ins_visible_to(stranger)) == []
    supervisor = actor(Role.ADMINISTRATOR)
    with pytest.raises(Participant.DoesNotExist):
        actions.begin_check_in(
            actions.New(new_id(), pair.participant.pk, CHECK_IN), by=supervisor, at=now
        )


def test_reading_costs_the_same_for_one_and_three(pair, gia, now, django_assert_num_queries):
    who = {"participant_id": pair.participant.pk}
    full = {item.link_id: "4" for item in instrument(CHECK_IN).questions() if item.options}
    for n in (1, 3):
        while CheckIn.objects.count() < n:
            done(gia, pair, now + timedelta(days=CheckIn.objects.count() * 90), full)
        with django_assert_num_queries(1):
            queries.since(gia, since=date(2026, 1, 1), **who)
        with django_assert_num_queries(1):
            lines = lines_of(gia, instrument=CHECK_IN, **who)
    assert [len(line.points) for line in lines] == [3] * 21
