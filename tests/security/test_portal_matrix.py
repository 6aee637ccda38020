"""Every route of the portal, for everyone: what is one's own is there, all else looks absent.

The rows come from the URL resolver. A new route fails here until ``RELATION`` says whose it is.
"""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import User
from tests.architecture.test_routes import ours
from tests.security import test_matrix as matrix
from tests.security import the_check_ins, the_own_record, the_participant, the_required
from tests.security.the_plan import OWN_BODIES
from tests.security.world import Side, a_side, absent, kwargs_of

# Whose a route's rows are.
ANYONE = "whoever refers people"
SENDER = "the referrer who typed or sent it"
PARTICIPANT = "the participant whose record it is"
BOTH = "whoever comes in from outside"
EACH = "each participant, of what their agency offers"
RELATION: dict[str, set[str]] = {
    BOTH: {"still_here"},
    EACH: {"own_sheet_new"},
    PARTICIPANT: {"own_sign", "own_sign_answer", "own_sign_back", "own_ready", "own_versions"}
    | {"own_version", "own_plan_paper", "own_version_paper", "own_sheet_paper"}
    | {"own_plan", "own_core_words", "own_goal", "own_goal_new", "own_goal_settle"}
    | {"own_goal_reopen", "own_goal_take_back", "own_part", "own_part_new", "own_part_for_goal"}
    | {"own_part_under", "own_part_settle", "own_part_done", "own_part_reopen", "own_taken_back"}
    | {"own_part_take_back", "own_part_bring_back", "own_goal_bring_back"}
    | the_own_record.OWN_ROUTES
    | the_required.OWN_ROUTES
    | the_check_ins.OWN_ROUTES
    | the_participant.OWN_ROUTES,
    ANYONE: {"home", "begin", "second_step", "referrer_devices", "referrer_devices_out"},
    SENDER: {"told_all", "told", "asked", "asked_back"}
    | {"refer", "check", "send", "put_away", "take_up", "sent", "add", "take_back"}
    | {"shared"},
}
PUBLIC = {"link", "exit", "own_link", "language"}
# What is told is written down at each look, as the log is: nothing else may be.
TOLD = {"told", "asked", "shared"}
BODIES: dict[str, dict[str, Any]] = {
    "begin": {"draft_id": "b3a8e1f0-0000-7000-8000-0000000000a1"},
    "refer": {"pathway": "chips", "go": "next"},
    "add": {"words": "More", "addition_id": "b3a8e1f0-0000-7000-8000-0000000000a2"},
    "told_all": {"words": "How is it?", "question_id": "b3a8e1f0-0000-7000-8000-0000000000b2"},
    "take_back": {"words": "Moved", "addition_id": "b3a8e1f0-0000-7000-8000-0000000000a3"},
}
BODIES |= (
    OWN_BODIES | the_participant.OWN_BODIES | the_own_record.OWN_BODIES | the_required.OWN_BODIES
)
BODIES |= the_check_ins.OWN_BODIES
# Typed words on their way to the record: kept for their author, and no event each page.
matrix.NO_EVENT.add("referrals_referraldraft")
STAFF = [who for who in matrix.ROLES if who not in ("referrer", "participant")]
FOR_REFERRERS = RELATION[ANYONE] | RELATION[SENDER] | RELATION[BOTH]
FOR_PARTICIPANTS = RELATION[PARTICIPANT] | RELATION[EACH] | RELATION[BOTH]


@pytest.fixture(autouse=True)
def _bodies_of_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "BODIES", BODIES)
    monkeypatch.setattr(matrix, "reverse", _reverse)


def _reverse(name: str, **more: Any) -> str:
    # The matrix comes in by a page of colleagues' own.
    return reverse(name if name == "web:more" else name.replace("web:", "portal:"), **more)


@pytest.fixture
def here(db: None) -> Side:
    return a_side(matrix.CANARY)


def cells() -> list[tuple[str, tuple[str, ...], set[str]]]:
    return [
        (str(pattern.name), pattern.callback.requires, set(pattern.pattern.converters))
        for where, pattern in ours()
        if where.startswith(matrix.PORTAL) and pattern.name not in PUBLIC
    ]


def ids(side: Side, route: str, wanted: set[str]) -> dict[str, Any]:
    side.ids["page"] = "way"
    return kwargs_of(side, route, wanted)


def asked(client: Client, side: Side, route: str, wanted: set[str]) -> Any:
    for method in ("get", "post"):
        yield method, matrix.ask(client, method, route, ids(side, route, wanted))


def _lasting(text: str) -> str:
    """Without what is drawn by lot for each page: its way out is a form, and comes by a script."""
    return re.sub(r'nonce-[^\']+|nonce="[^"]+"|value="\w{64}"', "", text)


def test_every_route_of_the_portal_has_a_row():
    rows = [name for names in RELATION.values() for name in names]
    assert sorted(rows) == sorted(route for route, _requires, _ids in cells())


@pytest.mark.asvs("8.2.1", "8.2.2")
@pytest.mark.parametrize(
    ("who", "theirs"), [("referrer", FOR_REFERRERS), ("participant", FOR_PARTICIPANTS)]
)
def test_everyone_reaches_their_own_and_nothing_else(here: Side, who: str, theirs: set[str]):
    client, wrong = matrix.in_session_of(here.users[who]), []
    for route, _requires, wanted in cells():
        found = dict(asked(client, here, route, wanted))
        wrong += [(route, "no method at all")] * all(a.status == 405 for a in found.values())
        for method, answer in found.items():
            if route in TOLD:
                answer = replace(answer, written=answer.written - {"consents_disclosure"})
            if answer.status == 405:
                continue
            judge = matrix._not_well if route in theirs else matrix._not_hidden
            wrong += judge(route, method, answer)
            stuck = "<html" in answer.text and 'data-exit="' not in answer.text
            wrong += [(route, method, "no way out")] * (who == "participant" and stuck)
    assert matrix.said(wrong) == ""


@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize(
    ("who", "relation"), [("other referrer", SENDER), ("other participant", PARTICIPANT)]
)
def test_another_of_the_same_agency_finds_nothing_of_it(here: Side, who: str, relation: str):
    """A page without an id is one's own for each; one with an id is there for its owner alone."""
    client, wrong = matrix.in_session_of(here.users[who]), []
    for route, _requires, wanted in cells():
        kwargs = ids(here, route, wanted)
        away = absent({k: v for k, v in kwargs.items() if isinstance(v, UUID)})
        for method, answer in asked(client, here, route, wanted):
            if route in RELATION[relation] and away and answer.status != 405:
                wrong += matrix._not_hidden(route, method, answer)
                absent_one = matrix.ask(client, method, route, {**kwargs, **away})
                if _lasting(answer.text) != _lasting(absent_one.text):
                    wrong += [(route, method, "hidden looks otherwise than absent")]
            wrong += [(route, method, "tells of the person")] * (here.person in answer.text)
    assert matrix.said(wrong) == ""


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("who", STAFF)
def test_to_a_colleague_the_portal_is_absent(here: Side, who: str):
    client, wrong = matrix.in_session_of(here.users[who]), []
    for route, _requires, wanted in cells():
        for method, answer in asked(client, here, route, wanted):
            if answer.status != 405:
                wrong += matrix._not_hidden(route, method, answer)
    assert matrix.said(wrong) == ""


@pytest.mark.parametrize(("who", "relation"), [("referrer", SENDER), ("participant", PARTICIPANT)])
def test_someone_of_another_agency_finds_nothing(here: Side, who: str, relation: str):
    elsewhere: User = a_side(matrix.ELSEWHERE).users[who]
    client, wrong = matrix.in_session_of(elsewhere), []
    for route, _requires, wanted in cells():
        theirs = any(isinstance(one, UUID) for one in ids(here, route, wanted).values())
        for method, answer in asked(client, here, route, wanted):
            wrong += [(route, method, "tells")] * (matrix.CANARY.lower() in answer.text.lower())
            if route in RELATION[relation] and theirs and answer.status != 405:
                wrong += matrix._not_hidden(route, method, answer)
    assert matrix.said(wrong) == ""


@pytest.mark.parametrize(
    "who", [pytest.param("", id="signed out"), "closed referrer", "closed participant"]
)
def test_without_a_sign_in_one_is_led_to_a_door(here: Side, who: str):
    client, wrong = matrix.in_session_of(here.users[who] if who else None), []
    for route, _requires, wanted in cells():
        for method, answer in asked(client, here, route, wanted):
            wrong += [(route, method, answer.status)] * (answer.status not in (302, 405))
            wrong += [(route, method, "wrote")] * bool(answer.written - matrix.TRACES)
            wrong += [(route, method, "tells")] * (here.person in answer.text)
    assert matrix.said(wrong) == ""


def test_the_canaries_sing(here: Side):
    client = matrix.in_session_of(here.users["referrer"])
    told = "".join(
        matrix.ask(client, "get", route, ids(here, route, wanted)).text
        for route, _requires, wanted in cells()
        if route in ("sent", "check", "told_all", "told", "asked")
    )
    for words in ("Sent", "Typed", "Added", "Asked", "Told", "Answered"):
        assert f"{words} {here.person}" in told
