"""J11: the court asks for an update. Composed together on one phone, read, agreed to, sent through
the gate; the social worker sees that and nothing else, until the consent is taken back (J12)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alongside.consents.actions import revoke_consent
from alongside.consents.codes import RevokedHow
from alongside.consents.models import Disclosure
from alongside.consents.rules import Revoking
from alongside.encounters.models import Update
from tests.encounters.updates import SECRET, outside
from tests.factories import EncounterFactory
from tests.journeys.taps import Phone
from tests.mailing import post_office, work

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.practice("PSP-6", "PSP-7"),
]
HERS = "I have not missed a class."


def test_an_update_for_court_in_twelve_taps(pair, page, open_page, sign_in, axe, settings):
    today = timezone.localdate()
    there = outside(pair, signed_on=today - timedelta(days=9), ends_on=today + timedelta(days=90))
    for days_ago, along in ((30, "court"), (14, "parenting_class"), (2, "")):
        EncounterFactory(
            participant=pair.participant,
            supporter=pair.supporter,
            on=today - timedelta(days=days_ago),
            going_along=along,
            what_we_did=SECRET,
        )
    sign_in(page, pair.supporter.user)
    page.goto("/")
    phone = Phone(page)
    phone.tap(page.get_by_role("link", name="People", exact=True))
    phone.tap(page.get_by_role("link", name="Gia R."))
    phone.tap(page.get_by_role("link", name="Updates for court or county"))
    axe(page)
    phone.tap(page.get_by_role("link", name="Write one together").first)
    axe(page)
    phone.tap(page.get_by_role("button", name="Go on"))
    axe(page)
    phone.type(page.get_by_label("What do you want said?"), HERS)
    phone.tap(page.get_by_role("button", name="Show it whole"))
    expect(page.get_by_text("Parenting class")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    axe(page)
    phone.type(page.get_by_label("Your name, if this may go out"), "Gia Rivera")
    with post_office(settings) as office:
        phone.tap(page.get_by_role("button", name="Yes, send it"))
        expect(page.get_by_text("Read and agreed to by Gia Rivera")).to_be_visible()
        work()
    axe(page)
    assert phone.taps <= 12
    (letter,) = office.letters
    assert (letter["subject"], letter["to"]) == ("There is an update", there.worker.email)
    update, told = Update.objects.get(), Disclosure.objects.get()
    assert (update.disclosure_id, told.notice != "", told.consent_id) == (
        told.pk,
        True,
        there.recipient.consent_id,
    )
    read_by_the_worker(there, open_page, sign_in, axe)


def read_by_the_worker(there, open_page, sign_in, axe):
    worker = open_page()
    sign_in(worker, there.worker)
    worker.goto(f"/portal/sent/{there.referral.pk}/updates/")
    axe(worker)
    worker.locator(".people a.name").first.click()
    expect(worker.get_by_text(HERS)).to_be_visible()
    expect(worker.get_by_text("42 CFR part 2 prohibits").first).to_be_visible()
    assert SECRET not in worker.content()
    axe(worker)
    revoking = Revoking(how=RevokedHow.ALOUD, on=timezone.localdate())
    revoke_consent(there.recipient.consent_id, revoking, by=there.by, at=timezone.now())
    worker.reload()
    expect(worker.get_by_text(HERS)).to_have_count(0)
