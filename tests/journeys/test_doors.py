"""Doors in a real browser: a passkey opens them, and shows once more who it is."""

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import Page, expect

from alongside.accounts.codes import Role
from tests.factories import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "otter meadow lantern"


@pytest.fixture
def boss() -> Any:
    agency = AgencyFactory(counties=["Dunn"])
    user = UserFactory(agency=agency, name="Ana Brandt", roles=[Role.ADMINISTRATOR])
    user.set_password(PASSWORD)
    user.save()
    return user


def with_a_key(page: Page) -> None:
    """A device that answers for its owner, as with a finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def a_while_later(page: Page) -> None:
    """The last proof of this browser's session is twenty minutes old."""
    [key] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    session = SessionStore(key)
    for shown in session["account_authentication_methods"]:
        shown["at"] -= 1200
    session["account_authentication_methods"] = session["account_authentication_methods"]
    session.save()


@pytest.mark.asvs("6.3.3", "7.5.3")
def test_a_passkey_opens_the_door_and_shows_once_more_who_it_is(page, sign_in, boss, axe):
    sign_in(page, boss)
    with_a_key(page)
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Password").fill(PASSWORD)
    axe(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Sign in with this alone").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Spare codes").first).to_be_visible()
    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")
    a_while_later(page)
    page.goto(reverse("web:agency"))
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Agency")).to_be_visible()


def test_typed_words_come_back_without_any_script(open_page, sign_in, boss):
    page = open_page(java_script_enabled=False)
    sign_in(page, boss)
    page.goto(reverse("web:invite"))
    page.get_by_label("Name").fill("Bo Field")
    page.get_by_label("E-mail").fill("bo@row.example")
    a_while_later(page)
    page.locator("main form button.btn-primary").click()
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Name")).to_have_value("Bo Field")
    expect(page.get_by_label("E-mail")).to_have_value("bo@row.example")
    expect(page.get_by_text("What you typed is here as you left it")).to_be_visible()
