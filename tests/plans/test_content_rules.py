import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from alongside.plans.codes import GoalStatus, PartKind, PartStatus
from alongside.plans.rules import content, parts
from alongside.plans.rules.content import (
    Change,
    CoreSaid,
    GoalContent,
    NaturalSupport,
    Objective,
    Obstacle,
    PlanContent,
    Step,
    Strength,
    TreatmentQuestion,
    Try,
    Value,
    as_copy,
    differences,
    from_copy,
)

DAY = date(2026, 11, 19)


def one(n: int) -> UUID:
    return UUID(int=n)


STEP = Step(one(3), "Ask about bus times", DAY, who="participant", by_on=date(2026, 12, 1))
FOR_THEM = Step(
    one(4), "Call the clinic", DAY, who="supporter", on_behalf=True, permission_words="Yes, please"
)
OBJECTIVE = Objective(one(2), "Get there alone", DAY, sample="confidence", steps=(STEP,))
GOAL = GoalContent(
    one(1),
    "Drive again",
    "drivers_license",
    GoalStatus.OPEN,
    DAY,
    objectives=(OBJECTIVE,),
    steps=(FOR_THEM,),
    voice="participant",
    by_name="Juniper",
)
OBSTACLE = Obstacle(
    one(5),
    "No ride on Tuesdays",
    DAY,
    obstacle="environmental",
    goal_id=one(1),
    tries=(Try(one(6), "Asked my neighbor", DAY, who="participant", tried_on=DAY),),
)
WHOLE = PlanContent(
    goals=(GOAL,),
    strengths=(Strength(one(7), "I do not give up", DAY),),
    values=(Value(one(8), "Being there for my girl", DAY),),
    core=(CoreSaid("connection", "My sister"),),
    supports=(NaturalSupport(one(9), "My sister", DAY, how_close="very", next_step="Call her"),),
    obstacles=(OBSTACLE,),
    questions=(TreatmentQuestion(one(10), "What else is there?", DAY, asked_of="the clinic"),),
)


@pytest.mark.practice("PSP-2", "PEER-5", "PEER-7")
def test_a_copy_of_the_whole_plan_reads_back_word_for_word():
    assert from_copy(json.loads(json.dumps(as_copy(WHOLE)))) == WHOLE
    assert from_copy(as_copy(PlanContent())) == PlanContent()
    assert not PlanContent()
    assert content.goal_ids(as_copy(WHOLE)) == {one(1)}


def test_a_copy_of_before_is_a_bare_list_of_goals():
    old = [
        {
            "id": str(one(1)),
            "words": "Drive again",
            "area": "",
            "status": "reached",
            "begun_on": "2026-08-01",
            "settled_on": "2026-09-01",
            "settled_words": "I did it",
        }
    ]
    (goal,) = from_copy(old).goals
    assert (goal.words, goal.status, goal.settled_on) == (
        "Drive again",
        GoalStatus.REACHED,
        date(2026, 9, 1),
    )
    assert content.goal_ids(old) == {one(1)}
    assert from_copy([{**old[0], "from_the_future": "x"}]).goals == (goal,)


def test_open_steps_and_what_is_in_the_way():
    assert WHOLE.open_steps == ((GOAL, FOR_THEM), (GOAL, STEP))
    assert WHOLE.in_the_way == (OBSTACLE,)
    done = replace(OBJECTIVE, status=PartStatus.DONE)
    resting = replace(WHOLE, goals=(replace(GOAL, objectives=(done,)),))
    assert [step for _goal, step in resting.open_steps] == [FOR_THEM]
    settled = replace(WHOLE, goals=(replace(GOAL, status=GoalStatus.SET_ASIDE),))
    assert settled.open_steps == ()


def _with_step(**changed: object) -> PlanContent:
    step = replace(STEP, **changed)
    return replace(WHOLE, goals=(replace(GOAL, objectives=(replace(OBJECTIVE, steps=(step,)),)),))


OUT = replace(OBSTACLE, status=PartStatus.DONE, settled_on=DAY, settled_words="A new bus line")


@pytest.mark.practice("PROC-4")
@pytest.mark.parametrize(
    ("now", "found"),
    [
        pytest.param(WHOLE, [], id="the same plan"),
        pytest.param(
            _with_step(words="Ask the driver"),
            [(Change.REWORDED, "step", "Ask the driver", "Ask about bus times", "")],
            id="a step in other words",
        ),
        pytest.param(
            _with_step(by_on=None),
            [(Change.CHANGED, "step", "Ask about bus times", "", "")],
            id="another day for a step",
        ),
        pytest.param(
            _with_step(status=PartStatus.DONE, settled_on=DAY, settled_words="Easy"),
            [(Change.DONE, "step", "Ask about bus times", "", "Easy")],
            id="a step done",
        ),
        pytest.param(
            replace(WHOLE, obstacles=(OUT,)),
            [(Change.OUT_OF_THE_WAY, "obstacle", "No ride on Tuesdays", "", "A new bus line")],
            id="an obstacle out of the way",
        ),
        pytest.param(
            replace(WHOLE, values=()),
            [(Change.TAKEN_BACK, "value", "Being there for my girl", "", "")],
            id="taken back",
        ),
        pytest.param(
            replace(WHOLE, core=(CoreSaid("connection", "Two sisters"),)),
            [(Change.REWORDED, "core", "Two sisters", "My sister", "")],
            id="a core component said anew",
        ),
        pytest.param(
            replace(WHOLE, goals=(replace(GOAL, status=GoalStatus.REACHED, settled_on=DAY),)),
            [(Change.DONE, "goal", "Drive again", "", "")],
            id="a goal reached",
        ),
    ],
)
def test_differences_are_readable_facts(now, found):
    facts = [(d.change, d.part, d.words, d.before, d.said) for d in differences(WHOLE, now)]
    assert facts == found
    assert all(str(d.say) and d.name for d in differences(WHOLE, now))


def test_everything_is_new_beside_an_empty_plan_and_can_come_back():
    new = differences(PlanContent(), WHOLE)
    assert len(new) == 11
    assert {d.change for d in new} == {Change.ADDED}
    back = differences(replace(WHOLE, obstacles=(OUT,)), WHOLE)
    assert [d.change for d in back] == [Change.REOPENED]


def test_every_kind_says_what_can_be_said_of_it_and_where_it_rests():
    assert set(parts.SAID_OF) == set(parts.RESTS) == set(PartKind)
    assert set(parts.PART_MOVES) == set(parts.PART_STATUS_NAMES) == set(PartStatus)
    assert set(content.CHANGE_SENTENCES) == set(Change)
    assert {kind.value for kind in PartKind} | {"goal", "core"} == set(content.PART_NAMES)


@pytest.mark.parametrize("kind", [PartKind.STEP, PartKind.TRY])
@pytest.mark.parametrize(
    ("born_on", "code"), [(None, None), (DAY, None), (date(2026, 11, 20), "before-birth")]
)
def test_no_day_of_a_plan_is_before_the_day_of_birth(kind, born_on, code):
    new = parts.NewPart(kind, "Ask", goal_id=one(1), who="participant", day=DAY)
    refusal = parts.why_not_keep_part(new, on=DAY, born_on=born_on)
    assert refusal is None or refusal.field == "day"
    assert (refusal and refusal.code) == code
