"""J9: a link, her own pages, the last note read and answered, a step, how to reach her, out."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.core.ids import new_id
from alongside.encounters.actions import keep_apart
from alongside.encounters.models import AddedWords
from alongside.encounters.rules.kept import NewKept
from alongside.people.actions import doors
from alongside.people.codes import AskedHow, LinkWay
from alongside.people.models import ContactWish
from alongside.plans import actions
from alongside.plans.models import PlanPart
from tests.factories import EncounterFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.practice("PEER-8", "PEER-9"),
]
WEATHER = "https://www.weather.gov/"
NOTE = "Sat on the bench before the hearing, and again after it."
HERS = "I was not calm. I stayed, though."
KEPT = "Her sister is using again."


@pytest.fixture
def link(pair):
    """A supporter gave it; a note is there, with a part that is not hers to read; a goal, too."""
    now = timezone.now()
    note = EncounterFactory(
        participant=pair.participant,
        supporter=pair.supporter,
        author=pair.supporter.user,
        on=timezone.localdate(),
        what_we_did=NOTE,
    )
    part = NewKept(KEPT, "about_another", "It is her sister's to tell.")
    keep_apart(new_id(), note.pk, part, by=pair.actor, at=now)
    actions.add_goal(pair.episode.pk, words="My own key", area="housing", by=pair.actor, at=now)
    new = doors.NewOwnLink(LinkWay.SHOWN, AskedHow.ALOUD)
    who = pair.participant.pk
    _link, secret = doors.give_own_link(who, new, link_id=new_id(), by=pair.actor, at=now)
    return f"/portal/come-in/{secret}/"


def test_from_the_link_to_an_answer_a_step_and_out(page: Page, pair, link, axe):
    page.context.route(f"{WEATHER}**", lambda route: route.fulfill(body="Sunny."))
    comes_in(page, link, axe)
    answers_the_last_note(page, axe)
    adds_a_step(page, axe)
    says_how_to_be_reached(page, axe)
    leaves_and_nothing_is_left(page)
    in_the_record(pair)


def comes_in(page: Page, link: str, axe) -> None:
    page.goto(link)
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("button", name="English").click()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("You can leave in a second")).to_be_visible()
    page.get_by_role("link", name="Go on").click()
    page.get_by_text("Others use it too").click()
    page.get_by_label("A name to sign in with").fill("Sunny-7")
    page.locator("#id_password").fill("stones under the old bridge")
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_text("Hello, Gia")).to_be_visible()
    axe(page)


def answers_the_last_note(page: Page, axe) -> None:
    page.get_by_role("link", name="Read it and answer").click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text("One part is about another person.")).to_be_visible()
    expect(page.get_by_text(KEPT)).to_have_count(0)
    page.get_by_label("Your words").fill(HERS)
    page.get_by_label("Your name, if you want to sign").fill("Gia Rivera")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Your supporter can read it now.")).to_be_visible()
    expect(page.get_by_text(HERS)).to_be_visible()
    axe(page)


def adds_a_step(page: Page, axe) -> None:
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_text("My way there").click()
    page.get_by_role("link", name="Add a step").click()
    page.get_by_label("Your words").fill("Call the landlord")
    page.get_by_text("Me", exact=True).click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Call the landlord").first).to_be_visible()
    axe(page)


def says_how_to_be_reached(page: Page, axe) -> None:
    """From here on in Spanish."""
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator("nav.bar").get_by_role("link", name="Más", exact=True).click()
    axe(page)
    page.get_by_role("link", name="Sobre mí").click()
    page.locator("#reach").get_by_role("link", name="Cambiar").click()
    page.get_by_label("Cuándo, y qué hay que saber").fill("Text first. After 4.")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Text first. After 4.")).to_be_visible()


def leaves_and_nothing_is_left(page: Page) -> None:
    page.get_by_role("button", name="Salir de aquí").click()
    expect(page).to_have_url(WEATHER)
    for _press in range(2):
        page.go_back()
        expect(page.get_by_text("Text first.")).to_have_count(0)
        expect(page.locator("nav.bar")).to_have_count(0)
        if page.url == "about:blank":
            break
    page.goto("/portal/mine/notes/")
    expect(page).to_have_url("/account/login/?next=%2Fportal%2Fmine%2Fnotes%2F")
    assert Session.objects.count() == 0


def in_the_record(pair) -> None:
    pair.participant.refresh_from_db()
    added = AddedWords.objects.get()
    assert (added.words, added.signed_name) == (HERS, "Gia Rivera")
    assert (added.phone_of, added.from_outside) == (pair.participant.user, True)
    step = PlanPart.objects.get(kind="step")
    assert (step.words, step.voice, step.who) == ("Call the landlord", "participant", "participant")
    assert ContactWish.objects.get().words == "Text first. After 4."
