"""J21: late in the evening someone talks of suicide. Help in two taps, also without a line; a call;
the hand-off; and the supervisor has it (PROC-7)."""

import pytest
from playwright.sync_api import expect

from alongside.accounts.actions import set_help_lines
from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant, User
from alongside.accounts.queries import actor_for
from alongside.accounts.rules import HelpLine
from alongside.encounters.models import HandOff
from scripts.pages import walk
from tests.encounters.hand_offs import a_supervisor
from tests.factories import NOW
from tests.journeys.patience import saved, settled
from tests.journeys.taps import Phone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.practice("PROC-7")]
WITHOUT_LINE = "There is no line right now."
KEPT = """async () => {
  await navigator.serviceWorker.ready.catch(() => {});
  const names = await caches.keys();
  const size = async (name) => (await (await caches.open(name)).keys()).length;
  const held = await Promise.all(names.map(size));
  return names.filter((name) => name.startsWith("help-now-")).length && Math.max(...held) >= 4;
}"""


@pytest.fixture
def own_lines(pair):
    by = actor_for(pair.supporter.user)
    line = HelpLine("Supervisor on duty", "(715) 555-0134", "Day and night")
    set_help_lines([line], ["Call the supervisor on duty."], seen=0, by=by, at=NOW)


def test_from_a_long_worry_to_the_supervisors_page(pair, own_lines, open_page, sign_in, axe):
    page = open_page(service_workers="allow")
    lead = a_supervisor(pair)
    sign_in(page, pair.supporter.user)
    page.goto("/")
    phone = Phone(page)
    phone.tap(page.get_by_role("link", name="More", exact=True))
    phone.tap(page.get_by_role("link", name="Hard talks What to do now"))
    expect(page.get_by_role("heading", name="Hard talks")).to_be_visible()
    assert phone.taps == 2
    axe(page)
    _without_a_line(page, axe)
    _hand_over(page, axe)
    sign_in(page, lead)
    page.goto("/")
    expect(page.get_by_role("heading", name="Hand-offs that need you")).to_be_visible()
    page.get_by_role("link", name="Gia R.").click()
    expect(page.get_by_text("Not to be alone tonight.")).to_be_visible()
    axe(page)
    page.get_by_text("Followed up, nothing is open").click()
    page.get_by_label("Your words").fill("We three meet on Monday.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("followed up, nothing is open")).to_be_visible()
    [found] = HandOff.objects.all()
    assert (found.status, found.handed_to, found.participant) == (
        "followed-up",
        ["lifeline"],
        pair.participant,
    )


def _without_a_line(page, axe):
    page.wait_for_function(KEPT)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text(WITHOUT_LINE)).to_be_visible()
    call = page.get_by_role("link", name="Call 988")
    expect(call).to_have_attribute("href", "tel:988")
    assert call.bounding_box()["height"] >= 44
    expect(page.get_by_role("link", name="Call (715) 555-0134")).to_be_visible()
    expect(page.get_by_text("Call the supervisor on duty.")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert "Rosa" not in page.content()
    axe(page)
    page.context.set_offline(False)
    with_a_line = page.get_by_role("link", name="Write the hand-off")
    for _again in range(9):  # a line too slow for the worker counts as none
        page.get_by_role("link", name="Try again").click()
        settled(page)
        if with_a_line.count():
            break
    expect(page.get_by_text(WITHOUT_LINE)).to_have_count(0)


def _hand_over(page, axe):
    page.get_by_role("link", name="Write the hand-off").click()
    axe(page)
    page.get_by_label("Whom did you talk with?").select_option("Gia Rivera")
    page.locator("label:text-is('Not wanting to live')").click()
    expect(page.locator("#permission")).to_be_hidden()
    page.locator("label:text-is('988 Lifeline')").click()
    page.get_by_label("What the person wanted").fill("Not to be alone tonight.")
    page.get_by_label("What you did").fill("Called 988 together, sat with her.")
    page.get_by_label("Something is still open").check()
    page.get_by_label("What comes next, and who does it?").fill("I call at nine.")
    saved(page)
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Written down. Pat Lindqvist can see it now.")).to_be_visible()
    axe(page)


def test_signed_out_the_kept_page_is_let_go(pair, open_page, sign_in):
    page = open_page(service_workers="allow")
    sign_in(page, pair.supporter.user)
    page.goto("/help-now/")
    page.wait_for_function(KEPT)
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
    )


def test_two_taps_from_every_page(pair):
    """Below each page stands the way to it; in the bar, More has it too. One tap, or two."""
    user = User.objects.get(pk=pair.supporter.user.pk)
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.create(agency=user.agency, user=user, role=role.value)
    pages = [page for page in walk(user).pages if page.html and page.status == 200]
    far = [page.route for page in pages if 'href="/help-now/"' not in page.html]
    assert (far, len(pages) > 30) == ([], True)
