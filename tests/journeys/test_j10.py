"""J10: the quarterly update on one phone, passed to and fro: from what happened to a version that
both signed, with the PDF in hand. The participant had got ready for it on their own phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alongside.plans import actions
from alongside.plans.actions.parts import add_part
from alongside.plans.codes import PartKind, PartStatus
from alongside.plans.models import Plan, PlanPart, PlanVersion
from alongside.plans.rules.parts import NewPart
from tests.factories import EncounterFactory
from tests.papers.reading import opened, roles_of, words_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.practice("PROC-4", "SVC-12", "PEER-8"),
]
HERS = "The lease is in my name. Now I want the weekends."


def a_quarter_ago(pair):
    """Version 1, signed; since then three contacts, one of two steps done."""
    then = timezone.now() - timedelta(days=92)
    pair.episode.begun_on = then.date()
    pair.episode.save()
    episode, by = pair.episode.pk, pair.actor
    goal = actions.add_goal(episode, words="A second bed", area="housing", by=by, at=then)
    for words in ("Call the desk", "Look at two places"):
        step = NewPart(PartKind.STEP, words, goal_id=goal.pk, who="participant")
        add_part(episode, step, by=by, at=then)
    obstacle = NewPart(PartKind.OBSTACLE, "No car on weekends", obstacle="environmental")
    add_part(episode, obstacle, by=by, at=then)
    actions.agree_plan(episode, participant_name="Gia", by=by, at=then)
    for days in (60, 30, 3):
        on = timezone.localdate() - timedelta(days=days)
        EncounterFactory(participant=pair.participant, supporter=pair.supporter, on=on)


def test_an_update_together_ends_in_version_two(pair, page, open_page, sign_in, come_in_as, axe):
    a_quarter_ago(pair)
    at_home = open_page()
    come_in_as(at_home, pair.participant)
    at_home.goto("/portal/mine/plan/ready/")
    axe(at_home)
    at_home.get_by_label("What changed for you, and why?").fill(HERS)
    at_home.get_by_role("button", name="Keep it").click()
    expect(at_home.get_by_text("Your words are there")).to_be_visible()

    sign_in(page, pair.supporter.user)
    page.goto(f"/people/{pair.participant.pk}/plan/")
    page.get_by_role("link", name="Update it together").click()
    expect(page.get_by_text(HERS)).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Begin").click()
    expect(page.get_by_text("You were in touch 3 times.")).to_be_visible()
    expect(page.get_by_text("Page 1 of 6")).to_be_visible()
    go_on(page, axe)
    page.get_by_label("What matters most to you right now?").fill("Weekends with my kids")
    go_on(page, axe)
    page.get_by_role("button", name="Done: Call the desk").click()
    page.get_by_role("button", name="Out of the way: No car on weekends").click()
    page.get_by_text("Add a next step").click()
    page.get_by_label("A next step").fill("Buy a bed")
    go_on(page, axe)
    back_another_day(page)
    go_on(page, axe, "Go on without")
    expect(page.get_by_label("Gia: what changed, and why?")).to_have_value(HERS)
    page.get_by_label("Rosa Quaas: how do you see it?").fill("She made every call herself.")
    go_on(page, axe, "Read it whole")
    expect(page.get_by_text("She made every call herself.")).to_be_visible()
    expect(page.get_by_text("Done: “Call the desk”")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    axe(page)
    page.get_by_label("I agree with this plan. My name:").fill("Gia Rivera")
    page.get_by_role("button", name="We both sign").click()
    expect(page.get_by_text("Version 2 is in force. Both of you signed.")).to_be_visible()
    axe(page)
    two = in_the_record()
    in_hand(page, pair, two)


def go_on(page, axe, button="Go on"):
    axe(page)
    page.get_by_role("button", name=button, exact=True).last.click()


def back_another_day(page):
    """They stop in the middle, and find the place again."""
    page.get_by_role("button", name="Another day").click()
    expect(page.get_by_text("You two can go on here another day.")).to_be_visible()
    page.get_by_role("link", name="Update it together").click()
    page.get_by_role("link", name="Go on at page 4").click()


def in_the_record():
    two = PlanVersion.objects.get(status="in-force")
    said = (two.number, two.what_changed, two.supporter_said, two.participant_name)
    assert said == (2, HERS, "She made every call herself.", "Gia Rivera")
    done = PlanPart.objects.filter(status=PartStatus.DONE).values_list("words", flat=True)
    assert sorted(done) == ["Call the desk", "No car on weekends"]
    open_ones = PlanPart.objects.filter(status=PartStatus.OPEN).values_list("words", flat=True)
    assert sorted(open_ones) == ["Buy a bed", "Look at two places", "Weekends with my kids"]
    assert Plan.objects.get().look_together_on > timezone.localdate() + timedelta(days=85)
    return two


def in_hand(page, pair, two):
    address = f"/people/{pair.participant.pk}/plan/versions/{two.pk}/paper/"
    expect(page.get_by_role("link", name="PDF to keep")).to_have_attribute("href", address)
    answer = page.request.get(address)
    paper = answer.body()
    assert {"H1", "P", "Table", "TH", "L"} <= set(roles_of(paper))
    assert words_of(paper).count("GiaRivera") + words_of(paper).count("Gia Rivera") == 1
    assert "Gia" not in words_of(page.request.get(f"{address}?name=off").body())
    with opened(paper) as document:
        assert document.Root.Lang == "en"
