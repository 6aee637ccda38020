"""axe finds nothing on any page, and none scrolls sideways on the smallest phone: every route of
every role, filled with the invented agency.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from alongside.accounts.models import User
from alongside.demo import build
from scripts.pages import walk
from tests.demo.whole import OPENED_IN_A_BROWSER, ensure_whole

pytestmark = pytest.mark.django_db(transaction=True)

ONLY_FINDINGS = {"resultTypes": ["violations"]}
SMALLEST = {"width": 320, "height": 640}


def test_axe_finds_nothing_on_any_page(open_page, sign_in, settings):
    settings.DEMO = True
    people = {one.role: one.email for one in reversed(build.build_demo(say=lambda _said: None))}
    seen: set[str] = set()
    troubles: list[str] = []
    for role in OPENED_IN_A_BROWSER:
        user = User.objects.get(email=people[role])
        page = open_page(SMALLEST)
        sign_in(page, user)
        walked = walk(user)
        ensure_whole(walked)
        pages = [each for each in walked.pages if each.html and each.status == 200]
        for each in pages:
            if each.route in seen:
                continue
            seen.add(each.route)
            page.goto(each.path)
            for found in Axe().run(page, options=ONLY_FINDINGS).response["violations"]:
                troubles.append(f"{role} {each.route}: {found['id']}")
            if page.evaluate("document.documentElement.scrollWidth") > SMALLEST["width"]:
                troubles.append(f"{role} {each.route}: scrolls sideways")
    assert troubles == []
    assert len(seen) > 60
