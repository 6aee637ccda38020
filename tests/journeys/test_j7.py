"""J7: the full note after court; the participant adds words and signs on the same phone."""

import re
import time

import pytest
from playwright.sync_api import expect

from alongside.encounters.models import AddedWords, Encounter, HintAnswer, NoteDraft
from tests.factories import GoalFactory, PlanFactory
from tests.journeys.patience import saved, stand_still
from tests.journeys.taps import Phone

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.practice("PEER-8", "PSP-8", "SVC-4"),
]

ADVICE = "I told her she should"
OURS = (
    "Sat with her before court. We went over the three things she wants to say. "
    f"{ADVICE} ask for a later time."
)
HERS = "I did not shake this time. I said all three."


@pytest.mark.practice("SVC-11")
def test_the_note_after_court_in_both_voices(pair, page, sign_in, axe):
    GoalFactory(plan=PlanFactory(episode=pair.episode), words="Be heard in court")
    sign_in(page, pair.supporter.user)
    page.goto("/")
    phone, begun = Phone(page), time.process_time()
    phone.tap(page.get_by_role("link", name="Log a contact", exact=True))
    phone.tap(page.get_by_role("link", name="Gia Rivera"))
    phone.tap(page.locator("label:text-is('Supporting')"))
    phone.type(page.get_by_label("In everyday words"), OURS)
    hint = page.locator(".hint", has_text=f"“{ADVICE} …”")
    expect(hint).to_contain_text("Was it an idea you two found?")
    axe(page)
    phone.tap(hint.get_by_role("button", name="Not helpful"))
    expect(hint).to_have_count(0)
    expect(page.get_by_label("In everyday words")).to_have_value(OURS)
    phone.type(page.get_by_label("Gia’s words"), "She said all three.")  # noqa: RUF001
    phone.tap(page.get_by_text("“Be heard in court”"))
    phone.tap(page.get_by_text("More about it"))
    phone.tap(page.locator("label:text-is('Court')"))
    phone.type(page.get_by_label("What comes next"), "Thursday, the DMV together.")
    expect(page.locator("#when-line")).to_contain_text("Court and what belongs to it")
    expect(hint).to_have_count(0)
    axe(page)
    phone.tap(page.get_by_role("button", name="Sign note"))
    phone.tap(page.get_by_role("link", name="Read together"))
    expect(page.get_by_text(OURS)).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    axe(page)
    phone.type(page.get_by_label("Your words"), HERS)
    phone.type(page.get_by_label("Your name, if you want to sign"), "Gia Rivera")
    phone.tap(page.get_by_role("button", name="Keep my words"))
    axe(page)
    phone.tap(page.get_by_role("link", name="Give the phone back to Rosa Quaas"))
    expect(page.get_by_text(HERS)).to_be_visible()
    took = time.process_time() - begun  # of our own work: others may be busy on the machine
    note, added = Encounter.objects.get(), AddedWords.objects.get()
    assert (note.what_we_did, note.participant_words, note.what_next, note.going_along) == (
        OURS,
        "She said all three.",
        "Thursday, the DMV together.",
        "court",
    )
    assert [link.goal.words for link in note.goal_links.all()] == ["Be heard in court"]
    assert (added.words, added.signed_name) == (HERS, "Gia Rivera")
    answered = HintAnswer.objects.get()
    assert (answered.encounter_id, answered.phrase, answered.answer) == (
        note.pk,
        ADVICE,
        "not-helpful",
    )
    assert took <= 60


def test_a_killed_tab_loses_at_most_a_second(pair, open_page, sign_in):
    first = open_page()
    sign_in(first, pair.supporter.user)
    stand_still(first)
    first.goto(f"/log/with/{pair.participant.pk}/")
    first.get_by_label("In everyday words").press_sequentially(OURS)
    first.clock.run_for(1000)
    saved(first)
    assert NoteDraft.objects.get().fields["what_we_did"] == [OURS]
    first.context.clear_cookies()  # signed out, and the tab dies without a word
    first.context.close()
    again = open_page()
    sign_in(again, pair.supporter.user)
    again.goto("/")
    again.get_by_role("link", name="Note with Gia R.").click()
    expect(again.get_by_label("In everyday words")).to_have_value(OURS)
    again.reload()
    expect(again.get_by_label("In everyday words")).to_have_value(OURS)
    again.get_by_role("button", name="Sign note").click()
    expect(again.get_by_text(OURS)).to_be_visible()
    assert (Encounter.objects.get().what_we_did, NoteDraft.objects.count()) == (OURS, 0)


def test_two_windows_on_one_draft_offer_both_texts(pair, open_page, sign_in):
    one = open_page()
    sign_in(one, pair.supporter.user)
    one.goto(f"/log/with/{pair.participant.pk}/")
    one.get_by_label("In everyday words").press_sequentially("From the one")
    saved(one)
    expect(one).to_have_url(re.compile(f"/log/draft/{NoteDraft.objects.get().encounter_id}/$"))
    other = one.context.new_page()
    other.goto(one.url)
    other.get_by_label("In everyday words").fill("From the other")
    saved(other)
    one.get_by_label("In everyday words").press_sequentially(" window")
    expect(one.get_by_text("Someone else changed this too. Both are kept.")).to_be_visible()
    saved(one)
    draft = NoteDraft.objects.get()
    assert draft.fields["what_we_did"] == ["From the one window"]
    assert draft.other["what_we_did"] == ["From the other"]
    one.reload()
    expect(one.get_by_text("You also wrote this in another window.")).to_be_visible()
    expect(one.get_by_text("From the other")).to_be_visible()
