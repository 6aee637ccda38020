"""J1: from an empty installation to a supporter who signs in with a second factor, at a desk."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from alongside.accounts.models import Agency, Contract, RoleGrant, User
from alongside.audit import queries as audit
from alongside.workforce.models import Supporter
from tests.mailing import work

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "willow river morning"
DISCREET = "otter meadow lantern"


def code(secret: str) -> str:
    """What an app for codes would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(page: Page) -> str:
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_text("It cannot scan").click()
    secret = page.get_by_label("Copy this into the app").input_value()
    page.get_by_label(re.compile("code", re.IGNORECASE)).last.fill(code(secret))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_label("Not used yet")).to_be_visible()
    return secret


def begin(desk: Page) -> None:
    desk.goto("/")
    expect(desk).to_have_url(re.compile("/start/$"))
    desk.get_by_label("Name of your agency").fill("Milkweed Row")
    desk.get_by_label("Your name").fill("Ana Brandt")
    desk.get_by_label("Your e-mail address").fill("Ana@row.example")
    desk.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.get_by_label("The same password again").fill(PASSWORD)
    desk.get_by_role("button", name="Begin").click()


def tell_about_the_agency(desk: Page) -> None:
    desk.get_by_role("link", name="Do this: Counties you serve").click()
    desk.get_by_label("Counties you serve").fill("Dunn County\nPolk, Barron")
    desk.get_by_label("Time zone").select_option("America/Chicago")
    desk.get_by_label("Array lead").select_option(label="Ana Brandt")
    desk.get_by_label("What it is").first.fill("Code of ethics")
    desk.get_by_label("Web address").first.fill("https://ethics.example/")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("heading", name="First steps")).to_be_visible()


def add_a_contract(desk: Page) -> None:
    desk.get_by_role("link", name="Do this: Contracts").click()
    desk.get_by_label("Who pays").fill("Dunn County")
    desk.get_by_label("What you call this contract").fill("Family treatment court 2026")
    desk.get_by_label("From", exact=True).fill("2026-01-01")
    desk.get_by_text("Dunn", exact=True).click()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("link", name="Family treatment court 2026")).to_be_visible()


def invite_a_supporter(desk: Page) -> str:
    desk.goto("/start/next/")
    desk.get_by_role("link", name="Do this: Colleagues").click()
    desk.get_by_label("Name").fill("Rosa Quaas")
    desk.get_by_label("E-mail address").fill("rosa@row.example")
    desk.get_by_text("Supporter", exact=True).first.click()
    desk.get_by_role("button", name="Make the invitation").click()
    return desk.get_by_label("The link, shown this once").input_value()


def come_in(page: Page, link: str) -> str:
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(DISCREET)
    page.get_by_label("The same password again").fill(DISCREET)
    page.get_by_role("button", name="Go on").click()
    secret = set_up_app(page)
    page.get_by_role("link", name="I have them").click()
    return secret


def test_from_an_empty_installation_to_a_supporter_with_a_second_factor(
    desk, open_page, axe, mailoutbox, settings
):
    settings.MFA_TOTP_TOLERANCE = 2  # a hand types in seconds what a busy machine types in a minute
    begin(desk)
    axe(desk)
    set_up_app(desk)
    axe(desk)
    desk.get_by_role("link", name="I have them").click()
    expect(desk.get_by_role("heading", name="First steps")).to_be_visible()
    axe(desk)
    tell_about_the_agency(desk)
    add_a_contract(desk)
    link = invite_a_supporter(desk)
    axe(desk)

    phone = open_page()
    secret = come_in(phone, link)
    expect(phone.get_by_label("Not used yet")).to_have_count(0)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()

    later = open_page()
    later.goto("/more/")
    later.get_by_label(re.compile("mail")).fill("rosa@row.example")
    later.get_by_label("Password", exact=True).fill(DISCREET)
    later.get_by_role("button", name="Sign in", exact=True).click()
    expect(later.get_by_role("heading", name="The second step")).to_be_visible()
    axe(later)
    later.get_by_label("Code").fill(code(secret))
    later.get_by_role("button", name="Sign in", exact=True).click()
    expect(later.get_by_role("heading", name="More")).to_be_visible()
    axe(later)

    agency = Agency.objects.get()
    rosa = User.objects.get(email="rosa@row.example")
    assert (agency.counties, agency.array_lead.name, agency.time_zone) == (
        ["Dunn", "Polk", "Barron"],
        "Ana Brandt",
        "America/Chicago",
    )
    assert Contract.objects.get().counties == ["Dunn"]
    assert list(RoleGrant.objects.filter(user=rosa).values_list("role", flat=True)) == ["supporter"]
    assert Supporter.objects.get(user=rosa).name == "Rosa Quaas"
    work()
    assert [(letter.subject, letter.to) for letter in mailoutbox] == [
        ("An invitation", ["rosa@row.example"])
    ]
    assert audit.verify(agency.id) == []
