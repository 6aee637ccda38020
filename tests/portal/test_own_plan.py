"""A participant reads and writes their own plan. Nothing in it is a must."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.plans.actions import parts
from alongside.plans.actions.plans import add_goal, reopen_goal
from alongside.plans.codes import PartKind
from alongside.plans.models import Goal, Plan, PlanPart, Worksheet
from alongside.plans.rules.parts import NewPart
from alongside.practice import catalog
from tests.factories import NOW, GoalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday():
    with time_machine.travel(NOW):
        yield


def page(name, *more):
    return reverse(f"portal:{name}", args=more)


def text(response):
    return response.content.decode()


def write(mine, name, *where, **said):
    answer = mine.post(page(name, *where), said)
    assert answer.status_code == 302, text(answer)
    return PlanPart.objects.latest("id")


@pytest.mark.practice("PROC-1", "PROC-4")
def test_an_empty_plan_is_fine_and_reading_writes_nothing(mine):
    body = text(mine.get(page("own_plan")))
    assert "Your plan is empty, and that is fine" in body
    assert Plan.objects.count() == 0


@pytest.mark.practice("PSP-9", "MPR-7", "PEER-5")
def test_goals_parts_of_the_way_steps_and_own_words(mine, participant):
    mine.post(page("own_goal_new"), {"words": "See my girl", "area": ""})
    goal = Goal.objects.get()
    ideas = text(mine.get(page("own_part_for_goal", goal.pk, "objective")))
    offered = re.findall(r'name="sample" value="([a-z_]*)"', ideas)
    assert offered == [*(t.code for t in catalog.terms("objective")), ""]
    assert "array" not in ideas.split("<main")[1].split("</main")[0].lower()
    way = write(mine, "own_part_for_goal", goal.pk, "objective", sample="self_advocacy")
    step = write(
        mine,
        "own_part_under",
        way.pk,
        "step",
        words="Call the court",
        who="participant",
        day="2026-12-01",
    )
    assert (step.voice, step.written_by_id, step.goal_id) == (
        "participant",
        participant.id,
        goal.pk,
    )
    mine.post(page("own_core_words"), {"connection": "My sister"})
    for name in ("own_plan", "mine"):
        assert "Call the court" in text(mine.get(page(name)))
    body = text(mine.get(page("own_plan")))
    assert [words in body for words in ("See my girl", "My sister", "You wrote this")] == [True] * 3
    assert "Well done." in text(mine.post(page("own_part_done", step.pk), follow=True))
    assert "Call the court" not in text(mine.get(page("mine")))
    mine.post(page("own_part_reopen", step.pk))
    end = {"to": "reached", "said": "She came.", "revision": "0"}
    assert mine.post(page("own_goal_settle", goal.pk), end).status_code == 302
    assert "“She came.”" in text(mine.get(page("own_plan")))
    mine.post(page("own_goal_reopen", goal.pk))
    goal.refresh_from_db()
    assert goal.status == "open"


def test_a_goal_by_mistake_is_taken_back_whenever_it_is_seen_and_brought_back(mine):
    goal = _goal(mine)
    take_back, bring_back = (page(f"own_goal_{name}_back", goal.pk) for name in ("take", "bring"))
    assert take_back in text(mine.get(page("own_goal", goal.pk)))
    assert bring_back in text(mine.post(take_back, follow=True))
    gone = text(mine.get(page("own_taken_back")))
    assert (f"“{goal.words}”" in gone, bring_back in gone) == (True, True)
    assert goal.words not in text(mine.get(page("own_plan")))
    mine.post(bring_back)
    assert goal.words in text(mine.get(page("own_plan")))
    assert "It is there. Nothing was taken back." in text(mine.post(bring_back, follow=True))


@pytest.mark.practice("PROC-4")
def test_a_goal_tells_what_it_said_before_and_whose_hand_it_was(mine, pair):
    goal = _goal(mine)
    before = goal.words
    anew = {"words": "A home with a yard", "area": "", "revision": "0"}
    mine.post(page("own_goal", goal.pk), anew)
    told = {"to": "set-aside", "said": "Not this year.", "revision": "1"}
    mine.post(page("own_goal_settle", goal.pk), told)
    reopen_goal(goal.pk, revision=2, by=pair.actor, at=NOW)
    body = text(mine.get(page("own_goal", goal.pk)))
    fold = body.split("What it said before")[1].split("</details>")[0]
    shown = (f"“{before}”", "“Not this year.”", "opened again", "first said", "Rosa Quaas")
    assert [words in fold for words in shown] == [True] * 5


@pytest.mark.practice("SVC-6")
def test_asking_for_it_is_ones_own_yes_to_that_one_task(mine):
    goal = _goal(mine)
    asks = {"words": "Call the DMV", "who": "supporter", "on_behalf": "on"}
    step = write(mine, "own_part_for_goal", goal.pk, "step", **asks)
    assert step.permission_words == "I ask my supporter to do this for me."
    assert "Done for you, because you said yes:" in text(mine.get(page("own_plan")))
    change = {"words": "Call the DMV", "who": "supporter", "revision": "0"}
    assert mine.post(page("own_part", step.pk), change).status_code == 302
    step.refresh_from_db()
    assert (step.on_behalf, step.permission_words) == (False, "")


@pytest.mark.practice("PSP-2", "PEER-7")
def test_obstacles_questions_and_the_rest(mine):
    stone = write(mine, "own_part_new", "obstacle", words="No bus", obstacle="environmental")
    write(
        mine,
        "own_part_under",
        stone.pk,
        "try",
        words="Asked my aunt",
        who="someone",
        who_name="My aunt",
    )
    ask = write(mine, "own_part_new", "question", words="What else is there?", asked_of="Dr. Ito")
    write(mine, "own_part_new", "strength", words="I show up")
    write(mine, "own_part_new", "value", words="My kids")
    write(mine, "own_part_new", "support", words="My sister", how_close="daily")
    body = text(mine.get(page("own_plan")))
    shown = ("No bus", "Asked my aunt", "Dr. Ito", "I show up", "My kids", "My sister")
    assert [words in body for words in shown] == [True] * 6
    mine.post(page("own_part_settle", ask.pk), {"to": "done", "said": "Groups", "revision": "0"})
    mine.post(page("own_part_settle", stone.pk), {"to": "done", "said": "", "revision": "0"})
    body = text(mine.get(page("own_plan")))
    assert "Nothing stands here right now." in body
    assert "“Groups”" in body
    mine.post(page("own_part_reopen", stone.pk))
    mine.post(page("own_part_take_back", stone.pk))
    assert "“No bus”" in text(mine.get(page("own_taken_back")))
    mine.post(page("own_part_bring_back", stone.pk))
    assert "No bus" in text(mine.get(page("own_plan")))


@pytest.mark.practice("PEER-8")
def test_both_voices_and_of_two_on_one_field_a_person_decides(mine, pair):
    goal = add_goal(pair.episode.pk, words="Drive again", area="", by=pair.actor, at=NOW)
    assert "Rosa Quaas wrote this" in text(mine.get(page("own_plan")))
    write(mine, "own_part_for_goal", goal.pk, "step", words="Get the book", who="participant")
    step = PlanPart.objects.get()
    theirs = NewPart(PartKind.STEP, "Borrow the book", goal_id=goal.pk, who="participant")
    parts.change_part(step.pk, theirs, revision=0, by=pair.actor, at=NOW)
    said = {"words": "Read it online", "who": "participant", "revision": "0"}
    answer = mine.post(page("own_part", step.pk), said)
    assert answer.status_code == 422
    assert "“Borrow the book”" in text(answer)
    assert "Read it online</textarea>" in text(answer)
    mine.post(page("own_part", step.pk), {**said, "revision": "1"})
    step.refresh_from_db()
    assert step.words == "Read it online"
    before = text(mine.get(page("own_part", step.pk)))
    assert "“Get the book”" in before
    assert "“Borrow the book”" in before


def test_a_choice_of_a_supporter_stays_when_other_words_are_said(mine, pair):
    goal = add_goal(pair.episode.pk, words="Drive again", area="", by=pair.actor, at=NOW)
    aim = NewPart(PartKind.OBJECTIVE, "At ease", goal_id=goal.pk, service_array="peer_support")
    way = parts.add_part(pair.episode.pk, aim, by=pair.actor, at=NOW)
    anew = {"words": "At ease at the DMV", "revision": "0"}
    assert mine.post(page("own_part", way.pk), anew).status_code == 302
    way.refresh_from_db()
    assert (way.words, way.service_array) == ("At ease at the DMV", "peer_support")


def test_the_crisis_plan_is_one_tap_away_from_plan_and_first_page(mine, pair):
    begin = page("own_sheet_new", "crisis-plan")
    assert begin in text(mine.get(page("own_plan"))).split("If you want")[1]
    sheet = Worksheet.objects.create(
        agency=pair.participant.agency,
        participant=pair.participant,
        tool="crisis-plan",
        tool_version=1,
        answers={"a": "b"},
        filled_in="together",
        begun_on=NOW.date(),
        kept_on=NOW.date(),
        kept_at=NOW,
        kept_by=pair.supporter.user,
    )
    for name in ("own_plan", "mine"):
        assert page("own_sheet", sheet.pk) in text(mine.get(page(name)))


def test_refused_words_stay_and_nothing_is_anyone_elses(mine, agency):
    goal = _goal(mine)
    answer = mine.post(
        page("own_part_for_goal", goal.pk, "step"), {"words": "Ask", "who": "someone"}
    )
    assert answer.status_code == 422
    assert "Write who that is." in text(answer)
    assert ">\nAsk</textarea>" in text(answer)
    assert mine.post(page("own_goal_new"), {}).status_code == 422
    far = GoalFactory()
    for wrong in (
        page("own_goal", far.pk),
        page("own_part_for_goal", far.pk, "step"),
        page("own_part_for_goal", goal.pk, "value"),
        page("own_part_new", "step"),
    ):
        assert mine.get(wrong).status_code == 404


def test_the_plan_takes_the_same_queries_for_1_and_3_of_everything(mine):
    goal = _goal(mine)

    def fill(n):
        way = write(mine, "own_part_for_goal", goal.pk, "objective", words=f"Aim {n}")
        write(mine, "own_part_under", way.pk, "step", words=f"Step {n}", who="participant")
        write(mine, "own_part_new", "obstacle", words=f"Stone {n}", obstacle="personal")
        write(mine, "own_part_new", "value", words=f"Value {n}")

    def count(name):
        with CaptureQueriesContext(connection) as asked:
            mine.get(page(name))
        return len(asked)

    fill(1)
    for name in ("own_plan", "mine"):
        count(name)
    one = [count("own_plan"), count("mine")]
    fill(2)
    fill(3)
    assert [count("own_plan"), count("mine")] == one


def _goal(mine):
    mine.post(page("own_goal_new"), {"words": "See my girl", "area": ""})
    return Goal.objects.get(words="See my girl")
