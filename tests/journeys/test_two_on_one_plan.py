"""Two people write one plan at once, each on their own device: what both wrote is kept, and on the
same words a person decides."""

import pytest
from playwright.sync_api import expect

from alongside.plans import actions
from alongside.plans.models import Goal, GoalChange, PlanVersion

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.practice("PEER-8", "PROC-4"),
]
BEFORE = "A place of my own"
HERS = "Two rooms, near the school"
OURS = "A place with two rooms"


@pytest.fixture
def goal(pair, now):
    return actions.add_goal(pair.episode.pk, words=BEFORE, area="", by=pair.actor, at=now)


def test_both_are_kept_and_a_person_decides(pair, goal, page, desk, sign_in, come_in_as, axe):
    come_in_as(page, pair.participant)
    sign_in(desk, pair.supporter.user)
    # Different things at once: both are in the plan, and nobody is asked anything.
    page.goto("/portal/mine/plan/goals/new/")
    desk.goto(f"/people/{pair.participant.pk}/plan/goals/new/")
    page.get_by_role("textbox").first.fill("Bake again")
    desk.get_by_label("In their own words").fill("Finish the class")
    page.locator("main form .btn-primary").first.click()
    expect(page.get_by_text("Bake again").first).to_be_visible()
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_text("Finish the class")).to_be_visible()
    expect(desk.get_by_text("Bake again")).to_be_visible()

    # The same goal at once: the second sees both texts, and decides.
    page.goto(f"/portal/mine/plan/goals/{goal.pk}/")
    desk.goto(f"/people/{pair.participant.pk}/plan/goals/{goal.pk}/")
    page.get_by_role("textbox").first.fill(HERS)
    page.locator("main form .btn-primary").first.click()
    expect(page.get_by_text(HERS).first).to_be_visible()
    desk.get_by_label("In their own words").fill(OURS)
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_text(f"“{HERS}”")).to_be_visible()
    expect(desk.get_by_label("In their own words")).to_have_value(OURS)
    axe(desk)
    goal.refresh_from_db()
    assert goal.words == HERS
    desk.get_by_label("In their own words").fill(f"{HERS}, and my name on the lease")
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_text("my name on the lease").first).to_be_visible()
    said = GoalChange.objects.filter(goal=goal, kind="reworded").order_by("id")
    assert [one.words_before for one in said] == [BEFORE, HERS]
    assert Goal.objects.count() == 3
    words_of_both(pair, page, desk)
    signed_on_two_devices(pair, page, desk, axe)


def words_of_both(pair, page, desk):
    """What changed: her words and ours are two things, and her own are nobody else's to lose."""
    page.goto("/portal/mine/plan/ready/")
    desk.goto(f"/people/{pair.participant.pk}/plan/update/words/")
    page.get_by_label("What changed for you, and why?").fill("I can breathe.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Your words are there")).to_be_visible()
    desk.get_by_label("Gia: what changed, and why?").fill("She is calmer.")
    desk.get_by_label("Rosa Quaas: how do you see it?").fill("I see it, too.")
    desk.get_by_role("button", name="Read it whole").click()
    expect(desk.get_by_text("Someone else wrote here meanwhile")).to_be_visible()
    expect(desk.get_by_text("I can breathe.")).to_be_visible()
    desk.get_by_label("Gia: what changed, and why?").fill("I can breathe.")
    desk.get_by_role("button", name="Read it whole").click()
    expect(desk.get_by_role("heading", name="this is your plan now")).to_be_visible()
    version = PlanVersion.objects.get()
    assert (version.what_changed, version.supporter_said) == ("I can breathe.", "I see it, too.")


def signed_on_two_devices(pair, page, desk, axe):
    """Rosa signs and lays it out; it moves on meanwhile, so Gia's name waits until she read it."""
    desk.goto(f"/people/{pair.participant.pk}/plan/offer/")
    axe(desk)
    desk.get_by_role("button", name="Sign and lay it before them").click()
    expect(desk.get_by_text("You signed. They can read and sign it")).to_be_visible()
    page.goto("/portal/mine/plan/sign/")
    axe(page)
    goal = Goal.objects.get(words="Bake again")
    desk.goto(f"/people/{pair.participant.pk}/plan/goals/{goal.pk}/")
    desk.get_by_label("In their own words").fill("Bake again, on Sundays")
    desk.get_by_role("button", name="Keep it").click()
    expect(desk.get_by_text("Bake again, on Sundays").first).to_be_visible()
    page.get_by_label("My name").fill("Gia R.")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("The plan changed after you opened this page.")).to_have_count(2)
    expect(page.get_by_label("My name")).to_have_value("Gia R.")
    expect(page.get_by_text("Bake again, on Sundays").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("You signed. It waits.")).to_be_visible()
    desk.goto(f"/people/{pair.participant.pk}/plan/")
    desk.get_by_role("link", name="Read and sign").click()
    axe(desk)
    desk.get_by_role("button", name="Sign it").click()
    expect(desk.get_by_text("Version 1 is in force. Both of you signed.")).to_be_visible()
    version = PlanVersion.objects.get()
    assert (version.status, version.participant_name) == ("in-force", "Gia R.")
