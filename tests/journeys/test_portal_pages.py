"""axe finds nothing on any page of the portal, none scrolls sideways on the smallest phone, in each
language, and each is walked by Tab. One of everything stands in the record; the addresses come from
the resolver."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.journeys.keyboard import Keyboard
from tests.journeys.looked_over import SMALLEST, ZOOMED, LookedOver
from tests.security.test_portal_matrix import (
    FOR_PARTICIPANTS,
    FOR_REFERRERS,
    cells,
    ids,
)
from tests.security.world import Side, a_side
from tests.sessions import come_in

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = ("/portal/link/over/", "/portal/own/over/", "/account/login/code/")


@pytest.fixture
def here() -> Side:
    return a_side("Zaunkoenig")


def pages_of(side: Side, who: str, routes: set[str]) -> list[str]:
    """Every page this person can open, found by opening it."""
    client, found = come_in(Client(), side.users[who]), []
    for route, _requires, wanted in cells():
        if route not in routes:
            continue
        address = reverse(f"portal:{route}", kwargs=ids(side, route, wanted))
        answer = client.get(address)
        if answer.status_code == 200 and is_page(answer):
            found.append(address)
    return found


def is_page(answer: HttpResponse) -> bool:
    kept = "attachment" in answer.headers.get("Content-Disposition", "")
    return answer.headers.get("Content-Type", "").startswith("text/html") and not kept


def test_every_page_of_the_portal(here, open_page, sign_in, live_server):
    """By every rule of axe; in Spanish, whose words are longer, zoomed in and by Tab, too."""
    about = f"/about/{here.ids['slug']}/"
    groups = (
        ("participant", [*pages_of(here, "participant", FOR_PARTICIPANTS), "/account/2fa/"]),
        ("referrer", [*pages_of(here, "referrer", FOR_REFERRERS), "/account/2fa/"]),
        ("", [about, f"{about}ask/", *OPEN]),
    )
    found = []
    looked_over = LookedOver()
    for who, paths in groups:
        for language, size in (("en", SMALLEST), ("es", ZOOMED)):
            phone = open_page(size)
            keyboard = Keyboard.of(phone)
            looked_over.begin(phone)
            phone.context.add_cookies([speaks(language, live_server.url)])
            if who:
                sign_in(phone, here.users[who])
            for path in paths:
                phone.goto(path, wait_until="domcontentloaded")
                said = looked_over.troubles(phone)
                if phone.evaluate("document.documentElement.lang") != language:
                    said.append("speaks another language")
                said += [] if language == "en" else keyboard.troubles(phone)
                found += [f"{path} in {language}: {one}" for one in said]
    assert found == []


def speaks(language: str, address: str) -> dict[str, str]:
    return {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address}
