"""J17: a supervisor's week at the desk. What needs them is on one page, and each has its end."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alongside.accounts.codes import Role
from alongside.accounts.models import TimeAway
from alongside.encounters.models import Affirmation, NoteQuestion, NoteReading
from tests.factories import EncounterFactory, ParticipantFactory, UserFactory, walk_alongside
from tests.journeys.conftest import DESK

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def boss(agency, pair):
    user = UserFactory(agency=agency, name="Kim Moss", roles=[Role.SUPERVISOR])
    pair.supporter.user.supervisor = user
    pair.supporter.user.save()
    return user


@pytest.fixture
def notes(pair):
    second = ParticipantFactory(agency=pair.participant.agency, name="Nkauj Vang")
    walk_alongside(pair.supporter, second)
    at = timezone.now() - timedelta(days=1)
    return [
        EncounterFactory(
            participant=person,
            supporter=pair.supporter,
            what_we_did=words,
            signed_at=at + timedelta(hours=hours),
        )
        for hours, (person, words) in enumerate(
            [(pair.participant, "Asked what had worked before."), (second, "Rode the bus.")]
        )
    ]


def test_a_week_of_a_supervisor(pair, boss, notes, desk, page, sign_in, axe):
    ends = timezone.localdate() + timedelta(days=40)
    pair.supporter.credentials.update(expires_on=ends)
    sign_in(desk, boss)
    desk.goto("/")
    desk.get_by_role("link", name="Team", exact=True).click()
    expect(desk.get_by_role("heading", name="2 notes to read")).to_be_visible()
    axe(desk)
    _reads_and_speaks(desk, axe)
    _answers_on_the_phone(page, sign_in, pair.supporter.user, axe)
    _closes_the_question(desk, axe)
    _sees_the_certificate(desk)
    assert (Affirmation.objects.count(), NoteReading.objects.count()) == (1, 2)
    assert NoteQuestion.objects.get().status == "closed"


def _reads_and_speaks(desk, axe) -> None:
    desk.get_by_role("link", name="Read one by one").click()
    expect(desk.get_by_text("Asked what had worked before.")).to_be_visible()
    axe(desk)
    desk.get_by_label("What did they do well?").fill("You asked before you told.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Said. They find it on their day.")).to_be_visible()
    desk.get_by_label("Your question").fill("What did they say?")
    desk.get_by_role("button", name="Ask", exact=True).click()
    expect(desk.get_by_text("Asked. They find it on their day.")).to_be_visible()
    axe(desk)
    # Both notes by keyboard alone: each read, and the next one opens.
    desk.locator("main").focus()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Rode the bus.")).to_be_visible()
    desk.locator("main").focus()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Read. That was the last one.")).to_be_visible()
    axe(desk)


def _answers_on_the_phone(page, sign_in, user, axe) -> None:
    sign_in(page, user)
    page.goto("/")
    expect(page.get_by_text("You asked before you told.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Thanks, got it").click()
    expect(page.get_by_text("It stays on your note.")).to_be_visible()
    page.locator("#asked").get_by_role("link").click()
    page.get_by_label("Your answer").fill("That the walk helped.")
    axe(page)
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Sent.", exact=True)).to_be_visible()
    expect(page.locator("#asked")).to_have_count(0)


def _closes_the_question(desk, axe) -> None:
    desk.goto("/team/")
    desk.locator("#questions").get_by_role("link", name="Rosa Quaas").click()
    expect(desk.get_by_text("That the walk helped.")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Thanks, close it").click()
    expect(desk.get_by_text("No open questions")).to_be_visible()


def _sees_the_certificate(desk) -> None:
    desk.goto("/team/")
    expect(desk.locator("#questions")).to_have_count(0)
    row = desk.locator("#certificates").get_by_role("link", name="Rosa Quaas")
    expect(row).to_be_visible()
    row.click()
    expect(desk.get_by_role("heading", name="Rosa Quaas")).to_be_visible()


def test_someone_stands_in_and_the_team_is_theirs_until_it_ends(
    agency, pair, boss, notes, desk, open_page, sign_in, axe
):
    other = UserFactory(agency=agency, name="Lee Ott", roles=[Role.SUPERVISOR])
    sign_in(desk, boss)
    desk.goto("/team/")
    desk.get_by_role("link", name="When I am away").click()
    today = timezone.localdate()
    desk.get_by_label("First day away").fill(str(today - timedelta(days=1)))
    desk.get_by_label("Last day away").fill(str(today + timedelta(days=5)))
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Nobody is looking out for Rosa Quaas").first).to_be_visible()
    axe(desk)
    desk.get_by_role("link", name="Change the time from").click()
    desk.get_by_label("Who looks out for the team meanwhile?").select_option("Lee Ott")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Lee Ott looks out for the team on these days.")).to_be_visible()
    expect(desk.get_by_text("Nobody is looking out for")).to_have_count(0)
    stands_in = open_page(DESK)
    sign_in(stands_in, other)
    stands_in.goto("/team/")
    expect(stands_in.get_by_text("You stand in for Kim Moss.")).to_be_visible()
    axe(stands_in)
    stands_in.get_by_role("link", name="Read one by one").click()
    expect(stands_in.get_by_text("Asked what had worked before.")).to_be_visible()
    desk.get_by_role("button", name="Take back").click()
    expect(desk.get_by_text("Whoever stood in sees the team no more.")).to_be_visible()
    assert stands_in.goto(f"/team/notes/{notes[0].pk}/").status == 404
    assert TimeAway.objects.filter(taken_back_at=None).count() == 0
