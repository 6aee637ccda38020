from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.plans import actions
from alongside.plans.actions import parts
from alongside.plans.codes import PartKind, PartStatus
from alongside.plans.models import PlanPart, PlanPartChange, PlanVersion
from alongside.plans.queries import content as queries
from alongside.plans.queries.arrays import array_advice
from alongside.plans.rules.parts import NewPart
from tests.factories import (
    AgencyFactory,
    CredentialFactory,
    ParticipantFactory,
    SupporterFactory,
    own_account,
    walk_alongside,
)

pytestmark = pytest.mark.django_db
K = PartKind


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency, user__name="Rosa Quaas")


@pytest.fixture
def person(agency):
    return ParticipantFactory(agency=agency, name="Gia Rivera")


@pytest.fixture
def episode(supporter, person):
    return walk_alongside(supporter, person)


@pytest.fixture
def by(supporter, episode):
    return actor_for(supporter.user)


@pytest.fixture
def gia(person, episode):
    return actor_for(own_account(person))


@pytest.fixture
def goal(episode, by, now):
    return actions.add_goal(episode.pk, words="Drive again", area="drivers_license", by=by, at=now)


@pytest.fixture
def add(episode, by, now):
    """``part = add(K.STEP, "Ask", goal_id=..)``, by the supporter, or ``who_writes``."""

    def make(kind, words, *, who_writes=None, part_id=None, **more):
        if kind in (K.STEP, K.TRY):
            more.setdefault("who", "participant")
        if kind is K.OBSTACLE:
            more.setdefault("obstacle", "environmental")
        new = NewPart(kind, words, **more)
        return parts.add_part(episode.pk, new, by=who_writes or by, at=now, part_id=part_id)

    return make


@pytest.mark.practice("PSP-2")
def test_an_obstacle_is_followed_until_it_is_out_of_the_way_and_can_come_back(add, by, gia, now):
    bus = add(K.OBSTACLE, "No bus on Sundays", who_writes=gia)
    add(
        K.TRY,
        "Asked the church van",
        parent_id=bus.pk,
        who="someone",
        who_name="My aunt",
        day=date(2026, 11, 12),
    )
    add(K.OBSTACLE, "I freeze at the counter", obstacle="personal")
    plan = queries.content(by, plan_id=bus.plan_id)
    assert [(o.words, o.obstacle, o.voice) for o in plan.in_the_way] == [
        ("No bus on Sundays", "environmental", "participant"),
        ("I freeze at the counter", "personal", "supporter"),
    ]
    (tried,) = plan.obstacles[0].tries
    assert (tried.words, tried.who_name, tried.tried_on) == (
        "Asked the church van",
        "My aunt",
        date(2026, 11, 12),
    )
    person_id = bus.plan.episode.participant_id
    parts.settle_part(bus.pk, PartStatus.DONE, said="The van comes.", revision=0, by=gia, at=now)
    open_now = queries.still_open(by, participant_id=person_id)
    assert [o.words for o in open_now] == ["I freeze at the counter"]
    parts.settle_part(bus.pk, PartStatus.OPEN, said="It stopped", revision=1, by=by, at=now)
    assert len(queries.still_open(by, participant_id=person_id)) == 2
    told = PlanPartChange.objects.filter(part=bus).order_by("id").values_list("kind", "voice")
    assert list(told) == [
        ("added", "participant"),
        ("done", "participant"),
        ("reopened", "supporter"),
    ]


@pytest.mark.practice("PEER-5", "PEER-7")
def test_the_whole_plan_is_read_in_the_same_queries_however_much_it_holds(add, by, goal):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            plan = queries.content(by, plan_id=goal.plan_id)
        return len(asked), plan

    def fill(n):
        aim = add(K.OBJECTIVE, f"At ease {n}", goal_id=goal.pk, sample="confidence")
        add(K.STEP, f"Go to the library {n}", goal_id=goal.pk, parent_id=aim.pk)
        add(K.STEP, f"Ask about the test {n}", goal_id=goal.pk, who="supporter")
        add(K.STRENGTH, f"I show up {n}")
        add(K.VALUE, f"My kids {n}")
        add(K.SUPPORT, f"My aunt {n}", how_close="very", next_step="Call")
        add(K.QUESTION, f"What else is there? {n}", asked_of="the clinic")
        stone = add(K.OBSTACLE, f"Fees {n}", goal_id=goal.pk)
        add(K.TRY, f"Asked for a plan {n}", parent_id=stone.pk)

    fill(1)
    first, plan = count()
    fill(2)
    fill(3)
    third, whole = count()
    assert (first, third) == (3, 3)
    assert (len(plan.open_steps), len(whole.open_steps)) == (2, 6)
    (only,) = whole.goals
    assert [o.words for o in only.objectives] == ["At ease 1", "At ease 2", "At ease 3"]
    assert [s.words for s in only.objectives[0].steps] == ["Go to the library 1"]
    held = (whole.strengths, whole.values, whole.supports, whole.questions, whole.obstacles)
    assert [len(rows) for rows in held] == [3] * 5
    with CaptureQueriesContext(connection) as asked:
        rows = queries.still_open(by, participant_id=goal.plan.episode.participant_id)
    assert (len(asked), len(rows)) == (1, 9)


@pytest.mark.practice("PEER-8")
def test_both_write_and_it_shows_whose_hand_it_was(add, by, gia, goal, episode, now):
    own = actions.add_goal(episode.pk, words="See my girl", area="", by=gia, at=now)
    add(K.STEP, "Call the court", goal_id=own.pk, who_writes=gia)
    plan = queries.content(gia, plan_id=goal.plan_id)
    assert [(g.words, g.voice, g.by_name) for g in plan.goals] == [
        ("Drive again", "supporter", "Rosa Quaas"),
        ("See my girl", "participant", "Gia Rivera"),
    ]
    assert [(s.words, s.voice) for _g, s in plan.open_steps] == [("Call the court", "participant")]


@pytest.mark.practice("SVC-6")
def test_a_step_in_their_place_asks_for_their_yes_to_this_one_task(add, by, goal, now):
    with pytest.raises(Refused) as no:
        add(K.STEP, "Call the DMV", goal_id=goal.pk, who="supporter", on_behalf=True)
    assert no.value.refusal.field == "permission_words"
    with pytest.raises(Refused):
        add(K.STEP, "Call the DMV", goal_id=goal.pk, on_behalf=True, permission_words="Yes")
    step = add(
        K.STEP,
        "Call the DMV",
        goal_id=goal.pk,
        who="supporter",
        on_behalf=True,
        permission_words="Please do, I freeze on the phone",
    )
    assert step.permission_at == now
    new = NewPart(
        K.STEP,
        "Call the landlord",
        goal_id=goal.pk,
        who="supporter",
        on_behalf=True,
        permission_words=step.permission_words,
    )
    with pytest.raises(Refused) as other_task:
        parts.change_part(step.pk, new, revision=0, by=by, at=now)
    assert other_task.value.refusal.code == "ask-again"
    alone = replace(new, on_behalf=False)
    step = parts.change_part(step.pk, alone, revision=0, by=by, at=now)
    assert (step.on_behalf, step.permission_words, step.permission_at) == (False, "", None)
    kept = PlanPartChange.objects.filter(kind="reworded").get().before
    assert kept["permission_words"] == "Please do, I freeze on the phone"
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanPart.objects.filter(pk=step.pk).update(on_behalf=True)


@pytest.mark.practice("PEER-2", "PEER-3")
def test_peer_support_is_for_whoever_is_certified_that_day(add, by, goal, supporter, now):
    objective = {"goal_id": goal.pk, "service_array": "peer_support"}
    with pytest.raises(Refused) as no:
        add(K.OBJECTIVE, "At ease at the DMV", **objective)
    assert no.value.refusal.code == "not-certified"
    assert array_advice(by, words="", on=now.date()).array != "peer_support"
    CredentialFactory(supporter=supporter)
    assert add(K.OBJECTIVE, "At ease at the DMV", **objective).service_array == "peer_support"
    assert array_advice(by, words="", on=now.date()).array == "peer_support"


def test_of_two_on_one_field_the_second_decides(add, by, gia, now):
    stone = add(K.OBSTACLE, "Fees")
    theirs = NewPart(K.OBSTACLE, "What I owe", obstacle="environmental")
    parts.change_part(stone.pk, theirs, revision=0, by=gia, at=now)
    ours = replace(theirs, words="Old fines")
    with pytest.raises(Refused) as stale:
        parts.change_part(stone.pk, ours, revision=0, by=by, at=now)
    assert stale.value.refusal.code == "stale"
    assert parts.change_part(stone.pk, ours, revision=1, by=by, at=now).words == "Old fines"
    before = PlanPartChange.objects.filter(part=stone, kind="reworded").order_by("id")
    assert [row.before["words"] for row in before] == ["Fees", "What I owe"]
    parts.change_part(stone.pk, ours, revision=2, by=by, at=now)
    assert before.count() == 2  # the same words change nothing


def test_taken_back_it_is_gone_with_what_hangs_on_it_and_comes_back(add, by, goal, now):
    aim = add(K.OBJECTIVE, "Learn the signs", goal_id=goal.pk)
    add(K.STEP, "Get the book", goal_id=goal.pk, parent_id=aim.pk)
    parts.take_back_part(aim.pk, revision=0, by=by, at=now)
    assert queries.content(by, plan_id=goal.plan_id).open_steps == ()
    person_id = goal.plan.episode.participant_id
    assert queries.still_open(by, participant_id=person_id) == []
    assert [p.words for p in queries.parts_taken_back(by, plan_id=goal.plan_id)] == [
        "Learn the signs"
    ]
    for again in (
        lambda: parts.take_back_part(aim.pk, revision=1, by=by, at=now),
        lambda: parts.settle_part(aim.pk, PartStatus.DONE, said="", revision=1, by=by, at=now),
    ):
        with pytest.raises(Refused):
            again()
    parts.bring_back_part(aim.pk, by=by, at=now)
    assert len(queries.content(by, plan_id=goal.plan_id).open_steps) == 1


def test_five_clicks_make_one_part_and_a_draft_version(add, goal):
    chosen = new_id()
    made = {add(K.STEP, "Get the book", goal_id=goal.pk, part_id=chosen).pk for _ in range(5)}
    assert made == {chosen}
    assert PlanVersion.objects.filter(plan=goal.plan, status="draft").count() == 1


def test_what_one_may_not_see_does_not_exist(add, by, goal, gia, actor, now, agency):
    other = walk_alongside(SupporterFactory(agency=agency), ParticipantFactory(agency=agency))
    stranger = actor_for(own_account(other.participant))
    step = add(K.STEP, "Get the book", goal_id=goal.pk)
    far = SupporterFactory(agency=AgencyFactory()).user
    for who in (stranger, actor_for(far), actor(Role.BILLING)):
        with pytest.raises(ObjectDoesNotExist):
            parts.take_back_part(step.pk, revision=0, by=who, at=now)
    with pytest.raises(ObjectDoesNotExist):  # a goal of someone else
        parts.add_part(
            other.pk,
            NewPart(K.STEP, "Mine", goal_id=goal.pk, who="participant"),
            by=stranger,
            at=now,
        )
    with pytest.raises(Refused):  # sees it, does not write it
        parts.take_back_part(step.pk, revision=0, by=actor(Role.COORDINATOR), at=now)


@pytest.mark.parametrize("kind", [K.STEP, K.TRY])
def test_a_day_before_birth_is_a_slip_of_the_pen(add, episode, goal, kind):
    episode.participant.born_on = date(1990, 1, 1)
    episode.participant.save()
    more = {"goal_id": goal.pk} if kind is K.STEP else {"parent_id": add(K.OBSTACLE, "No bus").pk}
    with pytest.raises(Refused) as refused:
        add(kind, "Ask", day=date(1900, 1, 1), **more)
    assert refused.value.refusal.code == "before-birth"
