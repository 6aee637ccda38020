from datetime import date
from uuid import uuid4

import pytest

from alongside.plans import rules
from alongside.plans.codes import GoalChangeKind, GoalStatus, PlanStatus
from alongside.plans.rules import AgreedGoal, GoalFacts

HOME = AgreedGoal(uuid4(), "A second bed", "housing", GoalStatus.OPEN, date(2026, 9, 1))
WORK = AgreedGoal(uuid4(), "Mornings at the bakery", "", GoalStatus.OPEN, date(2026, 9, 2))


def reached(goal: AgreedGoal) -> AgreedGoal:
    return AgreedGoal(
        goal.id, goal.words, goal.area, GoalStatus.REACHED, goal.begun_on, date(2026, 11, 1), "Yes."
    )


def test_every_status_has_its_moves_and_its_name():
    assert set(rules.GOAL_MOVES) == set(GoalStatus) == set(rules.GOAL_NAMES)
    assert set(rules.PLAN_MOVES) == set(PlanStatus) == set(rules.PLAN_NAMES)
    assert set(rules.CHANGE_OF) == set(GoalStatus)
    assert set(rules.CHANGE_OF.values()) <= set(GoalChangeKind)


@pytest.mark.practice("PROC-4")
def test_a_version_is_a_copy_that_reads_back_the_same():
    goals = (HOME, reached(WORK))
    assert rules.from_copy(rules.as_copy(goals)) == goals


def test_a_copy_may_gain_parts_and_old_copies_still_read():
    (copy,) = rules.as_copy([HOME])
    later = {**copy, "steps": "[]"}
    bare = {"id": str(HOME.id), "words": HOME.words, "begun_on": "2026-09-01"}
    assert rules.from_copy([later]) == (HOME,)
    assert rules.from_copy([bare])[0].words == HOME.words


@pytest.mark.practice("PROC-4")
@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        pytest.param([HOME], [HOME], rules.Differences(), id="as it was agreed"),
        pytest.param([HOME], [HOME, WORK], rules.Differences(new=(WORK,)), id="a new goal"),
        pytest.param(
            [HOME], [reached(HOME)], rules.Differences(settled=(reached(HOME),)), id="reached"
        ),
        pytest.param(
            [reached(HOME)], [HOME], rules.Differences(reopened=(HOME,)), id="opened again"
        ),
        pytest.param(
            [], [reached(WORK)], rules.Differences(settled=(reached(WORK),)), id="new and reached"
        ),
    ],
)
def test_differences(before, now, found):
    assert rules.differences(before, now) == found
    assert bool(rules.differences(before, now)) is (found != rules.Differences())


def test_said_anew_stands_beside_what_was_agreed():
    anew = AgreedGoal(HOME.id, "Two beds", "housing", GoalStatus.OPEN, HOME.begun_on)
    assert rules.differences([HOME], [anew]).reworded == ((HOME, anew),)


@pytest.mark.parametrize(
    ("words", "area", "code"),
    [
        pytest.param("A second bed", "", None, id="words are enough"),
        pytest.param("A second bed", "housing", None, id="with an area"),
        pytest.param(" ", "housing", "no-words", id="an area alone says nothing"),
        pytest.param("A second bed", "treatment", "no-area", id="one list for all"),
    ],
)
def test_what_a_goal_needs(words, area, code):
    refusal = rules.why_not_keep_goal(words, area)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("status", "to", "code"),
    [
        pytest.param("open", "reached", None, id="reached"),
        pytest.param("set-aside", "open", None, id="opened again"),
        pytest.param("reached", "set-aside", "no-such-move", id="reached stays reached"),
    ],
)
def test_goal_moves(status, to, code):
    refusal = rules.why_not_move_goal(GoalFacts(GoalStatus(status), "Bed"), GoalStatus(to))
    assert (refusal.code if refusal else None) == code


def test_a_goal_of_an_agreed_plan_is_not_taken_back():
    goal = GoalFacts(GoalStatus.OPEN, "Bed")
    assert rules.why_not_take_back(goal, was_agreed_on=False) is None
    assert rules.why_not_take_back(goal, was_agreed_on=True).code == "agreed"


def test_the_participant_agrees_by_their_name():
    assert rules.why_not_agree("Gia", episode_goes_on=True) is None
    assert rules.why_not_agree(" ", episode_goes_on=True).code == "no-name"
    assert rules.why_not_agree("Gia", episode_goes_on=False).code == "concluded"
