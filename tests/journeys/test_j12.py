"""J12: the social worker has the page open while the participant takes the consent back on the
supporter's phone; the next click finds nothing there any more."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alongside.consents.models import Disclosure
from tests.encounters.updates import outside
from tests.journeys.conftest import DESK

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.practice("PSP-6")]
LEAST = ["received", "first_contact", "matched"]


def test_the_next_click_finds_nothing(pair, page, open_page, sign_in, axe):
    today = timezone.localdate()
    there = outside(
        pair,
        categories=LEAST,
        signed_on=today - timedelta(days=9),
        ends_on=today + timedelta(days=90),
    )
    worker = open_page(DESK)
    sign_in(worker, there.worker)
    worker.goto("/portal/")
    axe(worker)
    worker.get_by_role("link", name=there.draft.reference).click()
    axe(worker)
    worker.get_by_role("link", name="See what they share").click()
    expect(worker.get_by_text("Rosa Quaas is their supporter.")).to_be_visible()
    axe(worker)
    assert Disclosure.objects.get().times == 1

    sign_in(page, pair.supporter.user)
    page.goto(f"/people/{pair.participant.pk}/consents/{there.recipient.consent_id}/back/")
    page.get_by_label("Out loud, and I write it down").check()
    page.get_by_label("On which day?").fill(today.isoformat())
    page.get_by_label("Their words on it").fill("I want to tell her myself.")
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_url(f"**/consents/{there.recipient.consent_id}/")

    assert worker.reload().status == 404
    expect(worker.get_by_text("Rosa Quaas")).to_have_count(0)
    worker.get_by_role("link", name="Back to the start").click()
    expect(worker.get_by_role("heading", level=1)).to_have_text("Your referrals")
    worker.get_by_role("link", name=there.draft.reference).click()
    expect(worker.get_by_role("heading", level=1)).not_to_have_text("Your referrals")
    expect(worker.get_by_role("link", name="See what they share")).to_have_count(0)
    assert (Disclosure.objects.count(), Disclosure.objects.get().times) == (1, 1)
