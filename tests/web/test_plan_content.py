import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.plans.models import Goal, PlanPart
from alongside.practice import catalog
from tests.factories import (
    CredentialFactory,
    GoalFactory,
    ParticipantFactory,
    SupporterFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency)


@pytest.fixture
def gia(agency, supporter):
    person = ParticipantFactory(agency=agency, name="Gia Rivera")
    walk_alongside(supporter, person)
    return person


@pytest.fixture
def rosa(signed_in, supporter):
    return signed_in(supporter.user)


@pytest.fixture
def goal(rosa, gia):
    rosa.post(page("goal_new", gia), {"words": "Drive again", "area": "drivers_license"})
    return Goal.objects.get()


def page(name, person, *more):
    return reverse(f"web:{name}", args=[person.pk, *more])


def text(response):
    return response.content.decode()


def write(rosa, gia, name, *where, **said):
    """Send one form, and get the part that it made."""
    answer = rosa.post(page(name, gia, *where), said)
    assert answer.status_code == 302, text(answer)
    return PlanPart.objects.latest("id")


@pytest.mark.practice("PEER-5")
def test_ten_samples_are_starting_points_then_own_words(rosa, gia, goal, supporter):
    form = text(rosa.get(page("part_new_for_goal", gia, goal.pk, "objective")))
    offered = re.findall(r'name="sample" value="([a-z_]*)"', form)
    assert offered == [*(t.code for t in catalog.terms("objective")), ""]
    assert len(offered) == 11
    assert 'value="peer_support"' not in form  # she holds no certificate
    aim = write(rosa, gia, "part_new_for_goal", goal.pk, "objective", sample="confidence")
    assert (aim.words, aim.sample) == ("At ease in the community", "confidence")
    anew = {"words": "Sit the test without shaking", "sample": "confidence", "revision": "0"}
    assert rosa.post(page("part_change", gia, aim.pk), anew).status_code == 302
    body = text(rosa.get(page("plan", gia)))
    assert "Sit the test without shaking" in body
    before = text(rosa.get(page("part_change", gia, aim.pk)))
    assert "“At ease in the community”" in before
    CredentialFactory(supporter=supporter)
    certified = text(rosa.get(page("part_new_for_goal", gia, goal.pk, "objective")))
    assert 'value="peer_support"' in certified
    assert "For you it fits: Peer Support" in re.sub(r"\s+", " ", certified)


def test_a_step_is_found_again_until_it_is_done(rosa, gia, goal):
    aim = write(rosa, gia, "part_new_for_goal", goal.pk, "objective", words="Learn the signs")
    step = write(
        rosa,
        gia,
        "part_new_under",
        aim.pk,
        "step",
        words="Get the book",
        who="someone",
        who_name="My aunt",
        day="2026-12-01",
    )
    for name in ("plan", "participant"):
        body = text(rosa.get(page(name, gia)))
        assert "Get the book" in body
        assert "My aunt" in body
        assert "Dec 1" in body
    answer = rosa.post(page("part_done", gia, step.pk), follow=True)
    assert page("part_reopen", gia, step.pk) in text(answer)
    assert "Get the book" not in text(rosa.get(page("participant", gia)))
    rosa.post(page("part_reopen", gia, step.pk))
    assert "Get the book" in text(rosa.get(page("participant", gia)))
    told = {"to": "set-aside", "said": "Found it online", "revision": "2"}
    assert rosa.post(page("part_settle", gia, step.pk), told).status_code == 302
    assert "“Found it online”" in text(rosa.get(page("plan", gia)))


@pytest.mark.practice("SVC-6")
def test_doing_it_for_them_asks_how_they_said_yes(rosa, gia, goal):
    said = {"words": "Call the DMV", "who": "supporter", "on_behalf": "on"}
    address = page("part_new_for_goal", gia, goal.pk, "step")
    answer = rosa.post(address, said)
    assert answer.status_code == 422
    assert "Ask first. Then write how they said yes to this one task." in text(answer)
    assert "Call the DMV" in text(answer)
    assert rosa.post(address, {**said, "permission_words": "Please do"}).status_code == 302
    assert "done for them, with their yes" in text(rosa.get(page("plan", gia)))
    # Ticked for a supporter, then another was chosen: it is no longer in their place.
    other = {**said, "words": "Call my lawyer", "who": "participant"}
    assert rosa.post(address, other).status_code == 302
    assert PlanPart.objects.get(words="Call my lawyer").on_behalf is False


@pytest.mark.practice("PSP-2")
def test_what_is_in_the_way_is_followed_and_can_come_back(rosa, gia, goal):
    stone = write(
        rosa,
        gia,
        "part_new_for_goal",
        goal.pk,
        "obstacle",
        words="Old fines",
        obstacle="environmental",
    )
    write(
        rosa,
        gia,
        "part_new_under",
        stone.pk,
        "try",
        words="Asked for a plan to pay",
        who="participant",
        day="2026-11-10",
    )
    late = {"words": "Too early", "who": "participant", "day": "2026-12-24"}
    answer = rosa.post(page("part_new_under", gia, stone.pk, "try"), late)
    assert "That day has not come yet" in text(answer)
    body = text(rosa.get(page("plan", gia)))
    assert "“Old fines”" in body
    assert "Asked for a plan to pay" in body
    assert "“Old fines”" in text(rosa.get(page("participant", gia)))
    over = {"to": "done", "said": "Paid.", "revision": "0"}
    answer = rosa.post(page("part_settle", gia, stone.pk), over, follow=True)
    assert "It came back" in text(answer)
    assert "“Old fines”" not in text(rosa.get(page("participant", gia)))
    rosa.post(page("part_reopen", gia, stone.pk))
    assert "“Old fines”" in text(rosa.get(page("participant", gia)))


@pytest.mark.practice("PEER-7")
def test_strengths_values_supports_and_questions(rosa, gia):
    write(rosa, gia, "part_new", "strength", words="I show up")
    write(rosa, gia, "part_new", "value", words="My kids")
    write(rosa, gia, "part_new", "support", words="My aunt", how_close="daily", next_step="Call")
    ask = write(rosa, gia, "part_new", "question", words="What else is there?", asked_of="Dr. Ito")
    body = text(rosa.get(page("plan", gia)))
    assert [words in body for words in ("I show up", "My kids", "My aunt", "Dr. Ito")] == [True] * 4
    told = {"to": "done", "said": "Groups, too", "revision": "0"}
    rosa.post(page("part_settle", gia, ask.pk), told)
    assert "“Groups, too”" in text(rosa.get(page("plan", gia)))


def test_the_second_of_two_sees_both_texts_and_decides(rosa, gia):
    stone = write(rosa, gia, "part_new", "obstacle", words="Fees", obstacle="personal")
    here = {"obstacle": "personal", "revision": "0"}
    change = page("part_change", gia, stone.pk)
    rosa.post(change, {**here, "words": "What I owe"})
    answer = rosa.post(change, {**here, "words": "Old fines"})
    assert answer.status_code == 422
    assert "“What I owe”" in text(answer)
    assert ">\nOld fines</textarea>" in text(answer)
    again = {**here, "words": "Old fines", "revision": "1"}
    assert 'name="revision" value="1"' in text(answer)
    assert rosa.post(change, again).status_code == 302
    assert PlanPart.objects.get().words == "Old fines"


def test_of_two_on_the_core_words_the_second_sees_both(rosa, gia):
    rosa.post(page("core_words", gia), {"passion": "Bread."})
    form = text(rosa.get(page("core_words", gia)))
    seen = re.search(r'name="seen" value="([0-9a-f-]+)"', form)[1]
    rosa.post(page("core_words", gia), {"passion": "Bread at five.", "seen": seen})
    answer = rosa.post(page("core_words", gia), {"passion": "Engines.", "seen": seen})
    assert answer.status_code == 422
    assert "“Bread at five.”" in text(answer)
    assert ">\nEngines.</textarea>" in text(answer)
    again = re.search(r'name="seen" value="([0-9a-f-]+)"', text(answer))[1]
    assert again != seen
    said = {"passion": "Engines.", "seen": again}
    assert rosa.post(page("core_words", gia), said).status_code == 302
    assert "Engines." in text(rosa.get(page("plan", gia)))
    # Words on another component are in nobody's way.
    other = {"passion": "Engines.", "connection": "My aunt", "seen": again}
    assert rosa.post(page("core_words", gia), other).status_code == 302


def test_paper_holds_the_whole_plan(rosa, gia, goal):
    aim = write(rosa, gia, "part_new_for_goal", goal.pk, "objective", words="Learn the signs")
    write(rosa, gia, "part_new_under", aim.pk, "step", words="Get the book", who="participant")
    write(rosa, gia, "part_new", "obstacle", words="Old fines", obstacle="personal")
    write(rosa, gia, "part_new", "support", words="My aunt", how_close="daily")
    body = text(rosa.get(page("plan_print", gia)))
    shown = ("Drive again", "Learn the signs", "Get the book", "Old fines", "My aunt", "daily")
    assert [words in body for words in shown] == [True] * 6
    assert '/done/"' not in body  # nothing to press on paper


def test_taken_back_and_brought_back(rosa, gia):
    part = write(rosa, gia, "part_new", "strength", words="I show up")
    answer = rosa.post(page("part_take_back", gia, part.pk), follow=True)
    assert page("part_bring_back", gia, part.pk) in text(answer)
    assert "I show up" not in text(rosa.get(page("plan", gia)))
    assert "“I show up”" in text(rosa.get(page("parts_taken_back", gia)))
    rosa.post(page("part_bring_back", gia, part.pk))
    assert "I show up" in text(rosa.get(page("plan", gia)))


def test_refused_words_stay_and_nothing_is_written_by_looking(rosa, gia, goal):
    for where in (
        page("part_new", gia, "strength"),
        page("part_new_for_goal", gia, goal.pk, "step"),
        page("part_new_for_goal", gia, goal.pk, "objective"),
    ):
        assert rosa.get(where).status_code == 200
        answer = rosa.post(where, {"words": "  ", "who": "someone", "who_name": "My aunt"})
        assert answer.status_code == 422
    assert 'value="My aunt"' not in text(answer)  # an objective asks for nobody
    assert PlanPart.objects.count() == 0
    for wrong in (
        page("part_new", gia, "step"),
        page("part_new", gia, "nothing"),
        page("part_new_for_goal", gia, goal.pk, "strength"),
    ):
        assert rosa.get(wrong).status_code == 404


def test_the_plan_takes_the_same_queries_for_1_and_3_of_everything(rosa, gia, goal, agency):
    def count(name):
        with CaptureQueriesContext(connection) as asked:
            rosa.get(page(name, gia))
        return len(asked)

    def fill(n):
        more = GoalFactory(plan=goal.plan, words=f"Goal {n}")
        aim = write(rosa, gia, "part_new_for_goal", more.pk, "objective", words=f"Aim {n}")
        write(rosa, gia, "part_new_under", aim.pk, "step", words=f"Step {n}", who="participant")
        stone = write(rosa, gia, "part_new", "obstacle", words=f"Stone {n}", obstacle="personal")
        write(rosa, gia, "part_new_under", stone.pk, "try", words=f"Try {n}", who="supporter")
        for kind in ("strength", "value", "support", "question"):
            write(rosa, gia, "part_new", kind, words=f"{kind} {n}")

    fill(1)
    for name in ("plan", "participant"):
        count(name)  # fills caches
    one = [count("plan"), count("participant")]
    fill(2)
    fill(3)
    assert [count("plan"), count("participant")] == one
