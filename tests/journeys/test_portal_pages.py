"""axe finds nothing on any page of the portal, and none scrolls sideways on the smallest phone."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.portal.forms.referral import PAGES
from alongside.referrals.actions import sending
from tests.encounters.updates import outside
from tests.journeys.test_every_page import SMALLEST

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_of_the_portal(pair, open_page, sign_in):
    today = timezone.localdate()
    there = outside(
        pair,
        categories=["received", "ongoing"],
        signed_on=today - timedelta(days=9),
        ends_on=today + timedelta(days=90),
    )
    kim, now = actor_for(there.worker), timezone.now()
    draft = sending.begin_draft(new_id(), by=kim, at=now)
    sent, begun = f"/portal/sent/{there.referral.pk}/", f"/portal/begun/{draft.pk}/"
    sending.add_to_referral(there.referral.pk, "More", addition_id=new_id(), by=kim, at=now)
    paths = ["/portal/", f"{begun}check/", "/account/2fa/"]
    paths += [f"{begun}page/{key}/" for key in PAGES]
    paths += [f"{sent}{rest}" for rest in ("", "?new=1", "shared/", "add/", "take-back/")]
    phone = open_page(SMALLEST)
    sign_in(phone, there.worker)
    assert troubles(phone, [*paths, "/portal/link/over/", "/nowhere/"]) == []
    assert troubles(open_page(SMALLEST), ["/account/login/code/"]) == []


def troubles(page, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(path)
        found += [f"{path}: {one['id']}" for one in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > SMALLEST["width"]:
            found.append(f"{path}: scrolls sideways")
    return found
