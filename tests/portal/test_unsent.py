"""What a participant typed and has not sent waits for them alone, on the page it was typed on."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.encounters.models import Appointment
from alongside.people.models import FormDraft
from tests.architecture.source import PACKAGE
from tests.security.test_matrix import in_session_of
from tests.security.test_portal_matrix import BODIES, cells, ids
from tests.security.world import a_side

TEMPLATES = PACKAGE / "portal" / "templates" / "portal" / "mine"
WORDS = "Half a sentence about my mother"
FIELD = re.compile(r"<c-(?:field|theirs)\b|<textarea")
FORM = re.compile(r'<form method="post"[^>]*>(?:(?!</form>).)*', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
KEPT_AT = re.compile(r'data-autosave="([^"]+)"')
ACTION = re.compile(r'<form[^>]*\baction="([^"]+)"')
LEFT_OFF = "Go on where you left off."
# Forms of a page that keep nothing as one types, with the reason.
NOT_KEPT = {
    "me/places.html": "lies sealed: nothing of it is kept open on the way",
    "sign_in/name.html": "one line that says who comes in",
    "signing/sign.html": "a name is a signature: given at once or not at all",
}


# Each page, the field that one writes in, and where it is sent, if that is another page.
PAGES = (
    ("own_goal_new", "words", ""),
    ("own_goal", "words", ""),
    ("own_goal_settle", "said", ""),
    ("own_core_words", "connection", ""),
    ("own_part_new", "words", ""),
    ("own_part_for_goal", "words", ""),
    ("own_part_under", "words", ""),
    ("own_part", "words", ""),
    ("own_part_settle", "said", ""),
    ("own_note", "words", ""),
    ("own_words", "words", ""),
    ("own_time", "words", ""),
    ("own_people", "words", "own_people_wrong"),
    ("own_rights", "words", ""),
    ("own_consent_back", "words", ""),
    ("own_sign", "words", "own_sign_answer"),
    ("own_ready", "what_changed", ""),
    ("mine_required_new", "words", ""),
    ("mine_requirement_change", "words", ""),
    ("mine_requirement_did", "words", ""),
    ("mine_requirement", "words", "mine_requirement_ask"),
    ("mine_milestone_new", "words", ""),
    ("mine_milestone_change", "words", ""),
    ("mine_return_new", "words", ""),
    ("mine_return_change", "words", ""),
    ("mine_return_back", "words", ""),
    ("mine_reach", "words", ""),
    ("mine_facts", "name", ""),
)


def forms_of(path: Any) -> list[str]:
    return [form for form in FORM.findall(path.read_text()) if FIELD.search(form)]


def test_every_form_that_one_writes_in_keeps_what_is_typed():
    bare = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        for form in forms_of(path)
        if "data-autosave" not in form
    }
    assert bare == set(NOT_KEPT)


@pytest.fixture
def here(db):
    side = a_side("Zaunkoenig")
    coming = Appointment.objects.filter(pk=side.ids["appointment_id"])
    coming.update(starts_at=timezone.now() + timedelta(days=1))
    return side


def at(side, route):
    wanted = next(set(ids) for name, _requires, ids in cells() if name == route)
    return reverse(f"portal:{route}", kwargs=ids(side, route, wanted))


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def the_form(page, address):
    """The form on a page that is kept as one types: where to, and what the page itself put in."""
    form = next(form for form in FORM.findall(page) if "data-autosave" in form)
    hidden = {name: value for name, value in HIDDEN.findall(form) if name != "csrfmiddlewaretoken"}
    return KEPT_AT.findall(form)[0], (ACTION.findall(form) or [address])[0], hidden


@pytest.mark.practice("PEER-8")
def test_typed_words_wait_on_the_page_they_were_typed_on_until_they_are_sent(here):
    gia, other = (in_session_of(here.users[who]) for who in ("participant", "other participant"))
    lost, stays = [], []
    for route, name, sent_to in PAGES:
        address = at(here, route)
        keep, to, hidden = the_form(read(gia, address), address)
        body = {**BODIES.get(sent_to or route, {}), **hidden, name: WORDS}
        for client in (gia, other):
            asked = {**body, "draft_actor": here.users["participant"].pk}
            assert client.post(keep, asked).status_code == (200 if client is gia else 403)
        page = read(gia, address)
        lost += [route] * (WORDS not in page or LEFT_OFF not in page)
        again = the_form(page, address)[2]
        answer = gia.post(to, {**body, **again})
        stays += [(route, answer.status_code)] * (answer.status_code != 302)
        waits = FormDraft.objects.filter(author=here.users["participant"])
        stays += [(route, "still waits")] * waits.exists()
    assert (lost, stays) == ([], [])


def test_put_away_and_brought_back_and_nothing_goes_by_one_tap(mine):
    form = "own_note-0193"
    keep, away, back = (
        reverse(f"portal:own_typed{name}", args=[form]) for name in ("", "_away", "_back")
    )
    mine.post(keep, {"words": "One"})
    for _twice in range(2):
        mine.post(away, {"next": "//elsewhere.example/"})
    mine.post(keep, {"words": "Two"})
    for _twice in range(3):
        answer = mine.post(f"{back}?next={reverse('portal:own_plan')}")
    assert answer.url == reverse("portal:own_plan")
    rows = FormDraft.objects.order_by("form").values_list("form", "fields")
    assert list(rows) == [(form, {"words": "One"}), (f"{form}~away", {"words": "Two"})]


def test_a_new_thing_gets_an_id_of_its_own(mine):
    keep = reverse("portal:own_typed", args=["own_goal_new"])
    mine.post(keep, {"words": "Own key", "goal_id": "b3a8e1f0-0000-7000-8000-0000000000a1"})
    page = mine.get(reverse("portal:own_goal_new")).content.decode()
    assert ("Own key" in page, "b3a8e1f0-0000-7000-8000-0000000000a1" in page) == (True, False)


def test_too_much_is_not_taken_in(mine):
    keep = reverse("portal:own_typed", args=["own_goal_new"])
    assert mine.post(keep, {"words": "x" * 100_001}).status_code == 413
    for name in ("", "_away", "_back"):
        far = reverse(f"portal:own_typed{name}", args=["x" * 75])
        assert mine.post(far, {"words": "x"}).status_code == 404
    assert not FormDraft.objects.exists()


def test_a_name_that_signs_does_not_wait(mine):
    keep = reverse("portal:own_typed", args=["own_note-0193"])
    mine.post(keep, {"words": "Yes", "signed_name": "Gia"})
    assert FormDraft.objects.get().fields == {"words": "Yes"}
