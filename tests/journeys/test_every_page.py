"""axe finds nothing on any page, none scrolls sideways on the smallest phone, and each is walked by
Tab from its top to its end: every route of every role, filled with the invented agency.
"""

import pytest

from alongside.accounts.models import User
from alongside.demo import build
from scripts.pages import walk
from tests.demo.whole import OPENED_IN_A_BROWSER, ensure_whole
from tests.journeys.keyboard import Keyboard
from tests.journeys.looked_over import SMALLEST, LookedOver

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_by_eye_by_axe_and_by_keyboard(open_page, sign_in, settings):
    settings.DEMO = True
    people = {one.role: one.email for one in reversed(build.build_demo(say=lambda _said: None))}
    seen: set[str] = set()
    found: list[str] = []
    looked_over = LookedOver()
    for role in OPENED_IN_A_BROWSER:
        user = User.objects.get(email=people[role])
        page = open_page(SMALLEST)
        keyboard = Keyboard.of(page)
        looked_over.begin(page)
        sign_in(page, user)
        walked = walk(user)
        ensure_whole(walked)
        pages = [each for each in walked.pages if each.html and each.status == 200]
        for each in pages:
            if each.route in seen:
                continue
            seen.add(each.route)
            page.goto(each.path, wait_until="domcontentloaded")
            said = looked_over.troubles(page) + keyboard.troubles(page)
            found += [f"{role} {each.route}: {one}" for one in said]
    assert found == []
    assert len(seen) > 60
