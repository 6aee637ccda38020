from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.refusal import Refused
from alongside.plans import actions, queries
from alongside.plans.codes import GoalStatus, PlanStatus
from alongside.plans.models import Goal, GoalChange, Plan, PlanVersion
from alongside.practice.codes import CoreComponent, GrowthArea
from alongside.practice.rules import rules_on
from tests.factories import AgencyFactory, ParticipantFactory, SupporterFactory, walk_alongside
from tests.trying import as_a_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency)


@pytest.fixture
def person(agency):
    return ParticipantFactory(agency=agency, name="Gia Rivera")


@pytest.fixture
def episode(supporter, person):
    return walk_alongside(supporter, person)


@pytest.fixture
def by(supporter, episode):
    return actor_for(supporter.user)


def goal(episode, by, now, words="A place where my kids can stay over", area="housing", **more):
    return actions.add_goal(episode.pk, words=words, area=area, by=by, at=now, **more)


@pytest.mark.practice("PROC-1", "PSP-9")
def test_a_plan_begins_with_its_first_word_and_may_stay_empty(episode, by, now, person):
    assert queries.plan_of_episode(by, episode_id=episode.pk) is None
    version = actions.agree_plan(episode.pk, what_changed="", participant_name="Gia", by=by, at=now)
    assert (version.number, version.status, version.content["goals"]) == (1, "in-force", [])
    goal(episode, by, now)
    assert Plan.objects.count() == 1
    assert [g.words for g in queries.open_goals(by, participant_id=person.pk)] == [
        "A place where my kids can stay over"
    ]


@pytest.mark.practice("PSP-9")
@pytest.mark.parametrize("area", [*GrowthArea, ""])
def test_a_goal_stands_under_any_growth_area_or_none(episode, by, now, area):
    assert goal(episode, by, now, area=str(area)).area == str(area)


@pytest.mark.practice("PROC-4")
def test_what_a_goal_said_before_is_kept(episode, by, now):
    first = goal(episode, by, now)
    actions.change_goal_words(
        first.pk, words="Two beds by spring", area="housing", revision=0, by=by, at=now
    )
    kept = GoalChange.objects.order_by("id").values_list("kind", "words_before")
    assert list(kept) == [("begun", ""), ("reworded", "A place where my kids can stay over")]
    with pytest.raises(Refused) as no:
        actions.change_goal_words(
            first.pk, words="Three", area="housing", revision=0, by=by, at=now
        )
    assert no.value.refusal.code == "stale"


def test_a_goal_is_reached_with_words_and_opened_again(episode, by, now):
    first = goal(episode, by, now)
    settled = actions.settle_goal(
        first.pk, GoalStatus.REACHED, said="They slept over.", revision=0, by=by, at=now
    )
    assert (settled.status, settled.settled_words) == ("reached", "They slept over.")
    opened = actions.reopen_goal(first.pk, revision=settled.revision, by=by, at=now)
    assert (opened.status, opened.settled_on) == ("open", None)
    assert list(GoalChange.objects.order_by("id").values_list("kind", "said")) == [
        ("begun", ""),
        ("reached", "They slept over."),
        ("reopened", ""),
    ]


def test_a_goal_by_mistake_is_taken_back_until_it_was_agreed_on(episode, by, now):
    slip, kept = goal(episode, by, now), goal(episode, by, now, words="Work")
    actions.take_back_goal(slip.pk, revision=0, by=by, at=now)
    actions.agree_plan(episode.pk, what_changed="", participant_name="Gia", by=by, at=now)
    with pytest.raises(Refused) as no:
        actions.take_back_goal(kept.pk, revision=0, by=by, at=now)
    assert no.value.refusal.code == "agreed"
    assert Goal.objects.count() == 2


def test_five_clicks_make_one_goal(episode, by, now, person):
    for _click in range(5):
        goal(episode, by, now, goal_id=person.pk)
    assert Goal.objects.count() == 1


def test_an_id_that_is_taken_elsewhere_holds_nobody_up(episode, by, now, agency):
    other = walk_alongside(SupporterFactory(agency=agency), ParticipantFactory(agency=agency))
    theirs = goal(other, actor_for(other.matches.get().supporter.user), now)
    mine = as_a_page(lambda: goal(episode, by, now, goal_id=theirs.pk))
    assert mine.pk != theirs.pk


@pytest.mark.practice("PROC-4", "SVC-12")
def test_versions_follow_each_other_and_both_names_stand_under_them(episode, by, now):
    first = goal(episode, by, now)
    actions.keep_plan_draft(episode.pk, what_changed="Thinking.", by=by, at=now)
    draft = PlanVersion.objects.get()
    assert (draft.number, draft.status, draft.what_changed) == (1, "draft", "Thinking.")
    one = actions.agree_plan(
        episode.pk, what_changed="A start.", participant_name="Gia", by=by, at=now
    )
    actions.settle_goal(first.pk, GoalStatus.REACHED, said="", revision=0, by=by, at=now)
    two = actions.agree_plan(
        episode.pk, what_changed="The lease is mine.", participant_name="Gia", by=by, at=now
    )
    one.refresh_from_db()
    said = [(v.number, v.status, v.content["goals"][0]["status"]) for v in (one, two)]
    assert said == [
        (1, "replaced", "open"),
        (2, "in-force", "reached"),
    ]
    assert (two.participant_name, two.supporter_agreed_by_id) == ("Gia", by.id)


@pytest.mark.practice("SVC-12")
def test_the_next_look_is_within_a_quarter_of_the_agreement(episode, by, now):
    goal(episode, by, now)
    plan = Plan.objects.get()
    assert plan.look_together_on == date(2027, 2, 19)
    Plan.objects.update(look_together_on=date(2026, 11, 20))
    actions.agree_plan(episode.pk, what_changed="", participant_name="Gia", by=by, at=now)
    plan.refresh_from_db()
    assert plan.look_together_on == date(2027, 2, 19)
    assert rules_on(now.date()).plan_every_months == 3


def test_without_their_name_it_stays_a_draft(episode, by, now):
    goal(episode, by, now)
    with pytest.raises(Refused) as no:
        actions.agree_plan(episode.pk, what_changed="x", participant_name="", by=by, at=now)
    assert no.value.refusal.code == "no-name"
    assert PlanVersion.objects.get().status == PlanStatus.DRAFT


def test_a_plan_has_one_version_in_force(episode, by, now):
    actions.agree_plan(episode.pk, what_changed="", participant_name="Gia", by=by, at=now)
    version = PlanVersion.objects.get()
    version.pk, version.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


@pytest.mark.practice("MPR-7")
def test_the_five_components_are_kept_in_their_words_and_none_is_asked_for(episode, by, now):
    plan = actions.say_core_words(
        episode.pk, {CoreComponent.PASSION: "Bread.", CoreComponent.CONNECTION: ""}, by=by, at=now
    )
    actions.say_core_words(episode.pk, {CoreComponent.PASSION: "Bread and bikes."}, by=by, at=now)
    said = queries.core_words(by, plan_id=plan.pk)
    assert {code: row.words for code, row in said.items()} == {"passion": "Bread and bikes."}
    assert plan.core_words.count() == 2


def test_who_reads_does_not_write_and_nobody_looks_into_another_agency(episode, actor, now):
    with pytest.raises(Refused):
        goal(episode, actor(Role.PRIVACY_OFFICER), now)
    with pytest.raises(ObjectDoesNotExist):
        goal(episode, actor_for(SupporterFactory(agency=AgencyFactory()).user), now)
