"""J5: the first meeting. What may be told to whom, signed on the phone; where I am in my journey,
my first goal in my own words, how often we want to be in touch. The phone locks in the middle, and
nothing is lost. The checklist of a first meeting, ticked together."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from alongside.consents.models import Consent
from alongside.consents.queries import coverage
from alongside.plans.models import Goal, Plan, PlanVersion, Worksheet
from alongside.referrals.models import Episode, JourneyStep
from tests.consents.written import written
from tests.factories import (
    ParticipantFactory,
    ReferralFactory,
    SupporterFactory,
    walk_alongside,
)
from tests.journeys.patience import saved

pytestmark = pytest.mark.django_db(transaction=True)
GOAL = "A place where my kids can stay over, with a door that closes."


@pytest.fixture
def rosa():
    return SupporterFactory(name="Rosa Quaas")


@pytest.fixture
def gia(rosa):
    person = ParticipantFactory(agency=rosa.agency, name="Gia Rivera")
    walk_alongside(rosa, person)
    return person


def agree_on_every_ten_days(page: Page) -> None:
    page.get_by_role("link", name="Gia").first.click()
    page.get_by_role("link", name="How often to be in touch").click()
    page.get_by_text("Another way", exact=True).click()
    page.get_by_label("Every how many days?").fill("10")
    saved(page)
    lock(page)
    expect(page.get_by_label("Every how many days?")).to_have_value("10")
    page.get_by_role("button", name="We agree").click()
    expect(page.get_by_text("every 10 days").first).to_be_visible()


def lock(page: Page) -> None:
    """The phone locks and the browser drops the page; later it is opened again."""
    address = page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(address)


@pytest.mark.practice("MPR-1", "PSP-1", "PSP-9", "PROC-4")
def test_first_meeting_on_a_phone_that_locks(page, sign_in, axe, rosa, gia):
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/")
    axe(page)

    page.get_by_role("link", name="Where are you in your journey?").click()
    axe(page)
    page.get_by_text("Before treatment", exact=True).first.click()
    page.get_by_label("In their own words").fill("On the list for January. Scared, and ready.")
    saved(page)
    lock(page)
    expect(page.get_by_label("In their own words")).to_have_value(re.compile("Scared, and ready"))
    expect(page.get_by_role("radio", name="Before treatment")).to_be_checked()
    axe(page)
    page.get_by_role("button", name="Keep it").click()

    page.get_by_role("link", name="A first goal").click()
    page.get_by_label("In their own words").fill(GOAL)
    saved(page)
    lock(page)
    expect(page.get_by_label("In their own words")).to_have_value(GOAL)
    page.get_by_text("Housing", exact=True).click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text(f"“{GOAL}”").first).to_be_visible()
    axe(page)

    agree_on_every_ten_days(page)
    expect(page.get_by_text("Finding your way together")).to_have_count(0)
    axe(page)

    episode = Episode.objects.get()
    assert (episode.status, episode.agreed_every_days) == ("open", 10)
    step = JourneyStep.objects.get()
    assert (step.place, step.words) == (
        "before_treatment",
        "On the list for January. Scared, and ready.",
    )
    goal = Goal.objects.get()
    assert (goal.words, goal.area, goal.plan.episode_id) == (GOAL, "housing", episode.pk)
    assert PlanVersion.objects.get().status == "draft"


@pytest.mark.practice("PROC-4")
def test_a_phone_that_was_locked_for_longer_than_a_sign_in(page, sign_in, rosa, gia):
    """The screen was off for an hour: signed out, and what was typed waits for who typed it."""
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/plan/goals/new/")
    page.get_by_label("In their own words").fill(GOAL)
    saved(page)
    address = page.evaluate("location.href")
    page.goto("about:blank")
    Session.objects.all().delete()
    page.goto(address)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text(GOAL)).to_have_count(0)
    sign_in(page, rosa.user)
    page.goto(address)
    expect(page.get_by_label("In their own words")).to_have_value(GOAL)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text(f"“{GOAL}”").first).to_be_visible()
    assert Goal.objects.get().words == GOAL


@pytest.mark.practice("PSP-6")
def test_consent_is_signed_on_the_phone_that_locks(page, sign_in, axe, rosa, gia):
    """Sixteen taps: a question a page, read together, signed by Gia's own hand."""
    referrer = ReferralFactory(participant=gia).referrer
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/")
    page.get_by_role("link", name="They decide; you write it down together").click()
    axe(page)
    page.get_by_role("link", name="A consent").click()
    axe(page)
    page.get_by_label("Tell someone I name").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Pat Olsen").check()
    axe(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("The days we met").check()
    page.get_by_label("How far I am with what was asked of me").check()
    page.get_by_label("More exactly").fill("From October on.")
    saved(page)
    lock(page)
    expect(page.get_by_label("The days we met")).to_be_checked()
    expect(page.get_by_label("How far I am with what was asked of me")).to_be_checked()
    expect(page.get_by_label("More exactly")).to_have_value("From October on.")
    axe(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("To keep the county or family court up to date").check()
    page.get_by_role("button", name="Go on").click()
    axe(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Read it together")).to_be_visible()
    expect(page.get_by_role("link", name="People", exact=True)).to_have_count(0)
    lock(page)
    axe(page)
    page.get_by_label("I read this, or it was read to me.").check()
    page.get_by_label("My name").fill("Gia Rivera")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("It holds from now on.")).to_be_visible()
    axe(page)
    consent = Consent.objects.get()
    assert (consent.status, consent.signer_name, consent.information) == (
        "signed",
        "Gia Rivera",
        "From October on.",
    )
    found = coverage(
        agency_id=gia.agency_id,
        participant_ids=[gia.pk],
        referrer_id=referrer.pk,
        on=consent.signed_on,
    )
    assert found[gia.pk].categories == {"attendance", "required"}


@pytest.mark.practice("PSP-6")
def test_whoever_reads_spanish_reads_and_signs_a_consent_in_spanish(page, sign_in, axe, pair):
    """The same draft, one tap later in Spanish: page, text and signature."""
    there = written(pair, at=timezone.now())
    sign_in(page, pair.supporter.user)
    page.goto(f"/people/{pair.participant.pk}/consents/{there.pk}/")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", name="Para leer con su persona de apoyo")).to_be_visible()
    expect(page.get_by_text("Permito que Milkweed Row cuente")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Firmar", exact=True).click()
    expect(page.get_by_text("Escriba aquí su nombre. Así firma.").first).to_be_visible()
    page.get_by_label("Leí esto, o me lo leyeron.").check()
    page.get_by_label("Mi nombre").fill("Gia Rivera")
    page.get_by_role("button", name="Firmar", exact=True).click()
    expect(page.get_by_text("Vale desde ahora.")).to_be_visible()
    expect(page.get_by_text("Permito que Milkweed Row cuente")).to_be_visible()
    axe(page)
    signed = Consent.objects.get()
    assert (signed.status, signed.language, signed.text["language"]) == ("signed", "es", "es")


@pytest.mark.practice("PROC-4", "SVC-12")
def test_look_together_and_agree_on_the_same_phone(page, sign_in, axe, rosa, gia):
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/plan/")
    axe(page)
    page.get_by_role("link", name="A goal", exact=True).click()
    page.get_by_label("In their own words").fill(GOAL)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Look together").click()
    page.get_by_label("What changed, and why?").fill("A start. We keep it short.")
    saved(page)
    lock(page)
    page.get_by_label("I agree with this plan. My name:").fill("Gia")
    axe(page)
    page.get_by_role("button", name="We both agree").click()
    expect(page.get_by_text("Version 1 is in force").first).to_be_visible()
    axe(page)
    version = PlanVersion.objects.get()
    assert (version.status, version.participant_name, version.what_changed) == (
        "in-force",
        "Gia",
        "A start. We keep it short.",
    )
    assert Plan.objects.get().look_together_on > version.agreed_on


def test_earlier_moments_come_one_page_at_a_time(page, sign_in, axe, rosa, gia):
    episode = Episode.objects.get()
    for n in range(30):
        JourneyStep.objects.create(
            agency=gia.agency,
            episode=episode,
            place="contemplation",
            words=f"Step {n}.",
            set_on=episode.begun_on,
            set_by=rosa.user,
            set_at="2026-11-01T12:00:00Z",
        )
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/")
    rows = page.locator("#timeline > li")
    expect(rows).to_have_count(20)
    page.get_by_role("link", name="Show earlier").click()
    expect(rows).to_have_count(32)
    expect(page.get_by_role("link", name="Show earlier")).to_have_count(0)
    axe(page)


@pytest.mark.practice("PROC-3", "MPR-6")
def test_the_checklist_of_the_first_meeting(page, sign_in, axe, rosa, gia):
    sign_in(page, rosa.user)
    page.goto(f"/people/{gia.pk}/")
    page.get_by_role("link", name="The first meeting").click()
    page.get_by_label("How to reach me, and when").check()
    page.get_by_label("What does support mean to you?").fill("Someone who shows up.")
    saved(page)
    lock(page)
    expect(page.get_by_label("How to reach me, and when")).to_be_checked()
    page.get_by_label("When do we meet again?").fill("2026-12-01")
    axe(page)
    page.get_by_role("button", name="Keep it: we wrote it together").click()
    expect(page.get_by_text("Someone who shows up.")).to_be_visible()
    expect(page.get_by_role("link", name="Plan a meeting")).to_be_visible()
    axe(page)
    page.goto(f"/people/{gia.pk}/")
    expect(page.get_by_role("link", name="The first meeting")).to_have_count(0)
    answers = Worksheet.objects.get().answers
    assert (answers["talked_about"], answers["next_on"]) == (
        ["How to reach me, and when"],
        "2026-12-01",
    )
