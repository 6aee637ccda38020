import re

import pytest
import time_machine
from django.urls import reverse

from alongside.accounts.queries import actor_for
from alongside.plans import actions
from alongside.plans.models import Goal, Plan, PlanVersion
from alongside.practice import catalog
from tests.factories import (
    AgencyFactory,
    EncounterFactory,
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


def page(name, person, *more):
    return reverse(f"web:{name}", args=[person.pk, *more])


def text(response):
    return response.content.decode()


def first_goal(rosa, gia, words="A place where my kids can stay over"):
    rosa.post(page("goal_new", gia), {"words": words, "area": "housing"})
    return Goal.objects.get(words=words)


@pytest.mark.practice("PROC-1", "PROC-4")
def test_an_empty_plan_is_fine_and_can_be_agreed_on(rosa, gia):
    body = text(rosa.get(page("plan", gia)))
    assert "No goals right now, and that is fine" in body
    assert "error" not in body.split("<main")[1].split("</main")[0].lower()
    assert Plan.objects.count() == 0  # looking at it writes nothing
    response = rosa.post(page("plan_look", gia), {"participant_name": "Gia"}, follow=True)
    assert response.status_code == 200
    assert PlanVersion.objects.get().goals == []
    assert "plan without goals" in text(
        rosa.get(page("plan_version", gia, PlanVersion.objects.get().pk))
    )


@pytest.mark.practice("PSP-9")
def test_a_goal_in_their_words_under_the_one_list_of_areas(rosa, gia):
    body = text(rosa.get(page("goal_new", gia)))
    offered = re.findall(r'name="area" value="([a-z_]*)"', body)
    assert offered == [*(area.code for area in catalog.growth_areas()), ""]
    goal = first_goal(rosa, gia)
    assert (goal.words, goal.area) == ("A place where my kids can stay over", "housing")
    assert "“A place where my kids can stay over”" in text(rosa.get(page("plan", gia)))


@pytest.mark.practice("MPR-7")
def test_the_five_components_help_to_find_words_and_are_optional(rosa, gia):
    body = text(rosa.get(page("goal_new", gia)))
    prompts = [t.help.replace("'", "&#x27;") for t in catalog.terms("core_component")]
    assert [p in body for p in prompts] == [True] * 5
    assert rosa.post(page("core_words", gia), {}).status_code == 302
    assert rosa.post(page("core_words", gia), {"passion": "Bread at five."}).status_code == 302
    assert "Bread at five." in text(rosa.get(page("plan", gia)))
    assert "Bread at five." in text(rosa.get(page("goal_new", gia)))


def test_a_goal_without_words_comes_back_with_what_was_typed(rosa, gia):
    response = rosa.post(page("goal_new", gia), {"words": " ", "area": "housing"})
    assert response.status_code == 422
    assert re.search(r'value="housing"[^>]*checked', text(response))


@pytest.mark.practice("PROC-4")
def test_said_anew_keeps_what_it_said_before(rosa, gia):
    goal = first_goal(rosa, gia)
    anew = {"words": "A second bed", "area": "housing", "revision": "0"}
    assert rosa.post(page("goal_change", gia, goal.pk), anew).status_code == 302
    body = text(rosa.get(page("plan", gia)))
    assert "“A second bed”" in body
    assert "“A place where my kids can stay over”" in body
    stale = rosa.post(page("goal_change", gia, goal.pk), {**anew, "words": "A third"})
    assert stale.status_code == 422
    assert "A third" in text(stale)


def test_reached_then_undone(rosa, gia):
    goal = first_goal(rosa, gia)
    settled = {"to": "reached", "said": "They slept over.", "revision": "0"}
    answer = rosa.post(page("goal_settle", gia, goal.pk), settled, follow=True)
    assert page("goal_reopen", gia, goal.pk) in text(answer)
    assert "They slept over." in text(answer)
    rosa.post(page("goal_reopen", gia, goal.pk))
    goal.refresh_from_db()
    assert goal.status == "open"


def test_a_goal_by_mistake_is_undone(rosa, gia):
    goal = first_goal(rosa, gia)
    take_back, bring_back = (page(f"goal_{name}_back", gia, goal.pk) for name in ("take", "bring"))
    assert take_back in text(rosa.get(page("goal_change", gia, goal.pk)))
    assert bring_back in text(rosa.post(take_back, follow=True))
    assert "“A place" not in text(rosa.get(page("plan", gia)))
    gone = text(rosa.get(page("parts_taken_back", gia)))
    assert ("“A place" in gone, bring_back in gone) == (True, True)
    rosa.post(bring_back)
    body = text(rosa.get(page("plan", gia)))
    assert ("“A place" in body, "brought back" in body, "taken back" in body) == (True, True, True)
    assert "Nothing was taken back." in text(rosa.get(page("parts_taken_back", gia)))
    assert "It is there. Nothing was taken back." in text(rosa.post(bring_back, follow=True))
    rosa.post(page("plan_look", gia), {"participant_name": "Gia R."})
    agreed = text(rosa.get(page("goal_change", gia, goal.pk)))
    assert (take_back in agreed, page("goal_settle", gia, goal.pk) in agreed) == (False, True)


@pytest.mark.practice("SVC-12", "PROC-4")
def test_the_look_together_says_what_has_been_and_both_agree(rosa, gia, supporter):
    goal = first_goal(rosa, gia)
    for _time in range(3):
        note = EncounterFactory(participant=gia, supporter=supporter, minutes=40)
        note.goal_links.create(agency_id=note.agency_id, goal=goal)
    body = text(rosa.get(page("plan_look", gia)))
    assert "You were in touch 3 times." in body
    assert "2.0 hours" in body
    assert "3 contacts were about it" in body
    agreed = {"what_changed": "The lease is in my name.", "participant_name": "Gia R."}
    answer = rosa.post(page("plan_look", gia), agreed, follow=True)
    assert "Version 1 is in force" in text(answer)
    version = PlanVersion.objects.get()
    assert (version.participant_name, version.what_changed) == (
        "Gia R.",
        "The lease is in my name.",
    )
    timeline = text(rosa.get(page("participant", gia)))
    assert "Plan, version 1" in timeline
    assert "The lease is in my name." in timeline


def test_another_day_keeps_a_draft(rosa, gia):
    first_goal(rosa, gia)
    answer = rosa.post(page("plan_look", gia), {"what_changed": "Thinking.", "later": "1"})
    assert answer.status_code == 302
    assert (PlanVersion.objects.get().status, PlanVersion.objects.get().number) == ("draft", 1)
    assert "Thinking." in text(rosa.get(page("plan_look", gia)))
    unnamed = rosa.post(page("plan_look", gia), {"what_changed": "Thinking."})
    assert unnamed.status_code == 422


def test_goals_of_others_are_absent_under_any_address(rosa, gia, agency, now):
    for home in (agency, AgencyFactory()):
        other = ParticipantFactory(agency=home)
        theirs = SupporterFactory(agency=home)
        episode = walk_alongside(theirs, other)
        by = actor_for(theirs.user)
        goal = actions.add_goal(episode.pk, words="Zinnia", area="", by=by, at=now)
        version = actions.agree_plan(
            episode.pk, what_changed="Zinnia", participant_name="Z", by=by, at=now
        )
        for whom in (gia, other):
            for name, key in (
                ("goal_change", goal.pk),
                ("goal_settle", goal.pk),
                ("plan_version", version.pk),
            ):
                response = rosa.get(page(name, whom, key))
                assert response.status_code == 404
                assert "Zinnia" not in text(response)
            for name in ("goal_reopen", "goal_take_back"):
                assert rosa.post(page(name, whom, goal.pk)).status_code == 404
