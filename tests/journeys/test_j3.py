"""J3: a link, a referral for a parent in family treatment court, interrupted once, taken up on
another browser, checked and sent; at the desk with all it needs, and the worker knows what is next.
"""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.referrals.actions import referrers
from alongside.referrals.actions.desk import NewReferrer
from alongside.referrals.models import Referral, ReferralDraft
from tests.factories import AgencyFactory, UserFactory
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.taps import Phone

pytestmark = pytest.mark.django_db(transaction=True)
PAT = NewReferrer("Pat Olsen", "County social worker", "Dunn County", "pat@county.example", "555")
MOST_PAGES, MOST_SECONDS = 8, 3 * 60


@pytest.fixture
def scene():
    agency = AgencyFactory(phone="715-555-0142")
    desk = UserFactory(agency=agency, roles=[Role.COORDINATOR], name="Noor Ali")
    _link, secret = referrers.give_link(PAT, by=actor_for(desk), at=timezone.now())
    return desk, f"/portal/link/{secret}/"


class Pages:
    """Walks on with Continue; what a phone shows fits it, and axe finds nothing."""

    def __init__(self, hand: Phone, axe) -> None:
        self.hand, self.page, self.axe, self.seen = hand, hand.page, axe, 0

    def look(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.axe(self.page)
        assert self.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    def on(self, heading: str, **typed: str) -> None:
        self.look(heading)
        self.seen += 1
        for label, words in typed.items():
            self.hand.fill(self.page.get_by_label(label.replace("_", " ")), words)
        self.hand.tap(self.page.get_by_role("button", name="Continue"))


@pytest.mark.practice("PSP-5", "PSP-7")
def test_a_referral_interrupted_once(scene, open_page, sign_in, axe):
    coordinator, link = scene
    phone = open_page(PHONE)
    thumb = Phone(phone)
    phone.goto(link)
    axe(phone)
    thumb.tap(phone.get_by_role("button", name="Come in"))
    thumb.tap(phone.get_by_role("button", name="Begin"))
    walk = Pages(thumb, axe)
    walk.look("What brings them to us?")
    thumb.tap(phone.get_by_text("Family treatment court"))
    walk.on("What brings them to us?")
    walk.on("Who is it?", Their_name="Gia Rivera", The_county="Dunn")
    expect(phone.get_by_role("heading", level=1)).to_have_text("How can we reach them safely?")
    phone.context.close()  # the browser is closed in the middle of it

    again = open_page(PHONE)
    later = Phone(again)
    come_back_by_code(later)
    axe(again)
    later.tap(again.get_by_role("link", name="Begun"))
    pages = Pages(later, axe)
    pages.on("How can we reach them safely?", Their_phone="715-555-0134")
    pages.on("What do they want?", What_would_help_them="Wants her kids home")
    later.tap(again.get_by_text("Yes, they know"))
    pages.on("Do they know of this referral?")
    pages.on("Is there a date we should know?", Next_court_date="2099-03-04")
    pages.on("How can we reach you?")
    pages.look("Is all of this right?")
    later.tap(again.get_by_role("link", name="Change: Who is it?"))
    later.fill(again.get_by_label("Their name"), "Gia Marie Rivera")
    later.tap(again.get_by_role("button", name="Save"))
    pages.look("Is all of this right?")
    assert walk.seen + pages.seen + 1 <= MOST_PAGES
    later.tap(again.get_by_role("button", name="Send the referral"))
    pages.look("Thank you. It is with us.")
    assert thumb.seconds() + later.seconds() <= MOST_SECONDS
    draft = ReferralDraft.objects.get()
    expect(again.get_by_text(draft.reference).first).to_be_visible()
    expect(again.get_by_text("calls them within 3 days")).to_be_visible()

    referral = Referral.objects.get()
    assert (referral.participant.name, referral.participant.phone, referral.county) == (
        "Gia Marie Rivera",
        "715-555-0134",
        "Dunn",
    )
    assert (referral.pathway, referral.source, referral.status, referral.knows) == (
        "family_treatment_court",
        "referrer",
        "received",
        "agreed",
    )
    assert (str(referral.next_court_on), referral.referrer.name) == ("2099-03-04", "Pat Olsen")
    desk = open_page(DESK)
    sign_in(desk, coordinator)
    desk.goto("/referrals/")
    desk.get_by_role("link", name="Gia Marie Rivera").click()
    expect(desk.get_by_text(draft.reference)).to_be_visible()
    expect(desk.get_by_text("FTC, with its referral.")).to_be_visible()
    axe(desk)


def come_back_by_code(hand: Phone) -> None:
    page = hand.page
    page.goto("/portal/")
    hand.fill(page.get_by_label("Your e-mail address"), PAT.email)
    hand.tap(page.get_by_role("button", name="Mail me a code"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Type the code")
    code = re.search(r"^\S*[A-Z0-9]{3,}\S*$", mail.outbox[-1].body, re.MULTILINE)
    assert code is not None
    hand.fill(page.get_by_label("Code"), code[0])
    hand.tap(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your referrals")
