"""The page for hard talks: help behind no door, the agency's own lines, kept without any name."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import HelpLines
from alongside.accounts.queries import actor_for, help_lines_for_all
from alongside.accounts.rules import number_to_dial
from alongside.audit.models import AuditEvent
from tests.factories import AgencyFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.practice("PROC-7")]


@pytest.fixture
def ann(agency):
    return UserFactory(agency=agency, roles=(Role.ADMINISTRATOR,), name="Ann Bell")


@pytest.fixture
def office(ann, signed_in):
    return signed_in(ann)


def lines(*rows, steps="", seen=0, prefix="line"):
    form = {
        f"{prefix}-TOTAL_FORMS": str(len(rows)),
        f"{prefix}-INITIAL_FORMS": str(min(seen, 1)),
        "steps": steps,
        "seen": str(seen),
    }
    for n, row in enumerate(rows):
        keys = ("name", "number", "hours", "words", "for_all")
        form |= {f"{prefix}-{n}-{key}": value for key, value in zip(keys, row, strict=False)}
    return form


WARM = ("Warm line", "(715) 555-0134 ext. 2", "4 pm to midnight", "Peers answer")


def shown(client=None, route="help_now"):
    return (client or Client()).get(reverse(f"web:{route}")).content.decode()


def set_lines(office, *rows, **more):
    return office.post(reverse("web:help_lines"), lines(*rows, **more))


def test_help_stands_behind_no_door(agency):
    answer = Client().get(reverse("web:help_now"))
    body = answer.content.decode()
    assert (answer.status_code, 'href="tel:988"' in body, 'href="sms:988"' in body) == (
        200,
        True,
        True,
    )
    assert ('href="tel:911"' in body, "Are you thinking of killing yourself?" in body) == (
        True,
        True,
    )


def test_the_agencys_lines_stand_there_for_those_signed_in(agency, office, signed_in):
    set_lines(office, WARM, steps="Call Pat first.\n\nThen write it down.")
    walker = signed_in(UserFactory(agency=agency, roles=(Role.SUPPORTER,)))
    body = shown(walker)
    assert ('href="tel:7155550134,2"' in body, "4 pm to midnight" in body) == (True, True)
    assert body.index("tel:988") < body.index("tel:7155550134") < body.index("Call Pat first.")
    elsewhere = UserFactory(agency=AgencyFactory(), roles=(Role.SUPPORTER,))
    for other in (None, signed_in(elsewhere)):
        assert "Warm line" not in shown(other)


def test_every_word_of_before_is_kept(agency, office, ann):
    set_lines(office, WARM)
    set_lines(office, ("County crisis", "715-555-0199"), seen=1)
    body = shown(office, "help_lines")
    assert ("County crisis" in body, "Warm line · (715) 555-0134 ext. 2" in body) == (True, True)
    said = HelpLines.objects.order_by("number").values_list("number", "lines")
    assert [(n, [line["name"] for line in found]) for n, found in said] == [
        (1, ["Warm line"]),
        (2, ["County crisis"]),
    ]
    verbs = AuditEvent.objects.filter(verb="help-lines.set").count()
    set_lines(office, ("County crisis", "715-555-0199"), seen=2)
    assert (HelpLines.objects.count(), verbs) == (2, 2)


def test_a_line_is_for_colleagues_until_it_is_opened_to_participants(office, ann):
    set_lines(office, WARM)
    assert help_lines_for_all(actor_for(ann)) == []
    set_lines(office, (*WARM, "on"), ("", "", "", "", "on"), seen=1)
    assert [line.name for line in help_lines_for_all(actor_for(ann))] == ["Warm line"]
    set_lines(office, seen=2)
    assert "for participants, too" in shown(office, "help_lines")


def test_two_at_once_one_is_asked_to_look_again(office):
    set_lines(office, WARM)
    answer = set_lines(office, ("Other", "715-555-0000"), seen=0)
    body = answer.content.decode()
    assert (answer.status_code, "Someone else changed this" in body, "Other" in body) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        pytest.param(("Warm line", "call us"), "needs a number that a phone can dial", id="words"),
        pytest.param(("Warm line", ""), "Add the number, or empty the row.", id="no number"),
        pytest.param(("", "988"), "Say whom one reaches", id="no name"),
        pytest.param(("Warm line", "9" * 20), "needs a number", id="too many digits"),
        pytest.param(("W" * 81, "988"), "At most 80 letters fit.", id="long name"),
    ],
)
def test_a_row_that_helps_nobody_is_told(office, row, sentence):
    answer = set_lines(office, row)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert HelpLines.objects.count() == 0


@pytest.mark.parametrize(
    ("written", "dialed"),
    [
        ("988", "988"),
        ("(715) 555-0134", "7155550134"),
        ("715.555.0134 ext. 12", "7155550134,12"),
        ("715-555-0134 x4", "7155550134,4"),
        ("+1 715 555 0134", "+17155550134"),
        ("javascript:alert(1)", "1"),
        ("call us", ""),
        ("", ""),
    ],
)
def test_what_a_phone_dials(written, dialed):
    assert number_to_dial(written) == dialed


def test_only_an_administrator_changes_them(agency, signed_in):
    walker = signed_in(UserFactory(agency=agency, roles=(Role.SUPPORTER,)))
    assert set_lines(walker, WARM).status_code == 404


def test_what_the_browser_keeps_holds_nobodys_name_and_no_token(agency, office, ann):
    set_lines(office, WARM)
    body = shown(office, "help_now_kept")
    assert ("Warm line" in body, "tel:988" in body) == (True, True)
    held = [ann.name, ann.email, str(ann.pk), "csrf", "<script", "data-actor", "nonce"]
    assert [text for text in held if text.lower() in body.lower()] == []


def test_the_worker_keeps_one_page_and_a_new_word_makes_a_new_copy(agency, office):
    def facts(client):
        answer = client.get(reverse("web:help_now_worker"))
        first = answer.content.decode().splitlines()[0]
        return answer, json.loads(re.fullmatch(r"const FACTS = (.*);", first)[1])

    answer, before = facts(office)
    assert (answer["content-type"], answer["cache-control"]) == (
        "text/javascript",
        "no-store, private",
    )
    assert (before["page"], before["kept"]) == ("/help-now/", "/help-now/kept/")
    assert facts(office)[1] == before
    set_lines(office, WARM)
    assert facts(office)[1]["version"] != before["version"]


PAGES = ["today", "more", "help_lines", "checklist", "second_factor", "processes", "hand_offs"]


def test_it_is_on_the_page_more_and_below_every_page(agency, signed_in):
    user = UserFactory(agency=agency, roles=STAFF_ROLES)
    client = signed_in(user)
    link = f'href="{reverse("web:help_now")}"'
    assert [
        p
        for p in PAGES
        if link not in client.get(reverse(f"web:{p}"), follow=True).content.decode()
    ] == []
    assert shown(client, "more").index(link) < shown(client, "more").index("Sign out")
    assert actor_for(user) is not None


def test_it_is_on_the_page_for_what_is_not_there_too(signed_in, ann):
    answer = signed_in(ann).get("/nowhere/")
    assert (answer.status_code, 'href="/help-now/"' in answer.content.decode()) == (404, True)


@pytest.mark.practice("PROC-2")
def test_the_five_processes_on_a_page_of_their_own(agency, signed_in):
    walker = signed_in(UserFactory(agency=agency, roles=(Role.SUPPORTER,)))
    body = shown(walker, "processes")
    assert [body.count(f">{name}</h2>") for name in ("Connecting", "Advocating")] == [1, 1]
    assert "table of processes: ambivalence" in body
