"""The life of a hand-off, by table (PROC-7)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.rules import permissions_of
from alongside.core.actor import Actor
from alongside.encounters.codes import HandOffStatus as S
from alongside.encounters.rules import hand_offs as rules
from alongside.encounters.rules.hand_offs import HAND_OFF_MOVES, HandOffFacts, NewAnswer
from tests.encounters.hand_offs import HEARD
from tests.factories import NOW

pytestmark = pytest.mark.practice("PROC-7")
ROSA, PAT, HERE = UUID(int=1), UUID(int=2), UUID(int=3)
LONG = "a" * (rules.LONGEST + 1)


def who(key: UUID, *roles: Role) -> Actor:
    return Actor(key, HERE, permissions_of(roles))


WRITER = who(ROSA, Role.SUPPORTER)
SUPERVISOR = who(PAT, Role.SUPERVISOR)


def code(refusal):
    return refusal and refusal.code


def test_every_status_is_in_the_table():
    assert set(HAND_OFF_MOVES) == set(S)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="all said"),
        pytest.param({"wanted": "", "who": ""}, [], id="what they wanted may be unknown"),
        pytest.param({"still_open": False, "next_step": ""}, [], id="nothing is open"),
        pytest.param({"next_step": " "}, ["no-next"], id="open, and nothing comes next"),
        pytest.param({"about": ()}, ["no-about"], id="about nothing"),
        pytest.param({"about": ("rain",)}, ["no-about"], id="about something unknown"),
        pytest.param({"done": " "}, ["no-done"], id="nothing done"),
        pytest.param({"handed_to": ()}, ["no-whom"], id="to nobody said"),
        pytest.param({"handed_to": ("moon",)}, ["no-whom"], id="to someone unknown"),
        pytest.param({"handed_to": ("nobody",)}, [], id="to nobody for now"),
        pytest.param(
            {"handed_to": ("nobody", "lifeline")}, ["nobody-and-someone"], id="nobody and someone"
        ),
        pytest.param({"handed_to": ("lifeline", "supervisor")}, [], id="to two"),
        pytest.param({"handed_to": ("other",), "who": ""}, ["no-who"], id="someone else, unsaid"),
        pytest.param({"handed_to": ("family",)}, ["no-permission"], id="family without a yes"),
        pytest.param(
            {"handed_to": ("family",), "permission_words": "“Call my aunt.”"}, [], id="family"
        ),
        pytest.param(
            {"handed_to": ("treatment",), "permission_words": " "}, ["no-permission"], id="clinic"
        ),
        pytest.param({"happened_at": NOW + timedelta(hours=1)}, ["ahead"], id="still to come"),
        pytest.param({"happened_at": NOW - timedelta(days=400)}, ["long-ago"], id="long ago"),
        pytest.param({"done": LONG}, ["too-long"], id="too long"),
    ],
)
def test_what_keeps_a_hand_off_from_being_recorded(changes, expected):
    found = [refusal.code for refusal in rules.faults(replace(HEARD, **changes), NOW)]
    assert found == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.SUPPORTER, None),
        (Role.SUPERVISOR, None),
        (Role.COORDINATOR, None),
        (Role.BILLING, "not-yours"),
        (Role.ADMINISTRATOR, "not-yours"),
        (Role.PRIVACY_OFFICER, "not-yours"),
    ],
)
def test_who_records(role, expected):
    assert code(rules.why_not_record(HEARD, who(ROSA, role), NOW)) == expected


SEEN, OVER = NewAnswer(S.SEEN), NewAnswer(S.FOLLOWED_UP, "Called her on Friday.")


@pytest.mark.parametrize(
    ("status", "actor", "answer", "expected"),
    [
        pytest.param(S.WAITING, SUPERVISOR, SEEN, None, id="seen"),
        pytest.param(S.WAITING, SUPERVISOR, OVER, None, id="followed up at once"),
        pytest.param(S.SEEN, SUPERVISOR, SEEN, None, id="another word while it is open"),
        pytest.param(S.SEEN, SUPERVISOR, OVER, None, id="followed up"),
        pytest.param(S.WAITING, SUPERVISOR, NewAnswer(S.FOLLOWED_UP), "no-words", id="no words"),
        pytest.param(S.WAITING, SUPERVISOR, NewAnswer(S.WAITING), "no-answer", id="no answer"),
        pytest.param(S.WAITING, SUPERVISOR, NewAnswer(S.SEEN, LONG), "too-long", id="too long"),
        pytest.param(S.FOLLOWED_UP, SUPERVISOR, SEEN, "not-waiting", id="over already"),
        pytest.param(S.TAKEN_BACK, SUPERVISOR, SEEN, "not-waiting", id="taken back"),
        pytest.param(S.WAITING, WRITER, SEEN, "not-yours", id="a supporter"),
        pytest.param(
            S.WAITING, who(ROSA, Role.SUPERVISOR), SEEN, "own", id="nobody answers themselves"
        ),
    ],
)
def test_answering(status, actor, answer, expected):
    assert code(rules.why_not_answer(HandOffFacts(ROSA, status), actor, answer)) == expected


@pytest.mark.parametrize(
    ("status", "actor", "reason", "seen", "expected"),
    [
        pytest.param(S.WAITING, WRITER, "The hour", 0, None, id="corrected"),
        pytest.param(S.FOLLOWED_UP, WRITER, "The hour", 0, None, id="after it was followed up"),
        pytest.param(S.TAKEN_BACK, WRITER, "The hour", 0, "taken-back", id="taken back"),
        pytest.param(S.WAITING, SUPERVISOR, "The hour", 0, "not-author", id="someone else"),
        pytest.param(S.WAITING, WRITER, "The hour", 1, "changed-meanwhile", id="meanwhile"),
        pytest.param(S.WAITING, WRITER, " ", 0, "no-reason", id="no reason"),
    ],
)
def test_correcting(status, actor, reason, seen, expected):
    facts = HandOffFacts(ROSA, status)
    assert code(rules.why_not_correct(facts, actor, reason=reason, seen=seen)) == expected


@pytest.mark.parametrize(
    ("status", "actor", "words", "take_back", "add", "again"),
    [
        pytest.param(S.WAITING, WRITER, "So", None, None, "not-over", id="waiting"),
        pytest.param(S.SEEN, WRITER, "So", None, None, "not-over", id="seen"),
        pytest.param(S.FOLLOWED_UP, WRITER, "So", None, None, None, id="followed up"),
        pytest.param(
            S.TAKEN_BACK, WRITER, "So", "taken-back", "taken-back", "not-over", id="taken back"
        ),
        pytest.param(
            S.FOLLOWED_UP, SUPERVISOR, "So", "not-author", "not-author", None, id="supervisor"
        ),
        pytest.param(
            S.FOLLOWED_UP,
            who(PAT, Role.SUPPORTER),
            "So",
            "not-author",
            "not-author",
            "not-yours",
            id="another supporter",
        ),
        pytest.param(
            S.FOLLOWED_UP, WRITER, "", "no-reason", "no-words", "no-reason", id="no words"
        ),
    ],
)
def test_taking_back_adding_and_opening_again(status, actor, words, take_back, add, again):
    facts = HandOffFacts(ROSA, status)
    assert code(rules.why_not_take_back(facts, actor, reason=words)) == take_back
    assert code(rules.why_not_add(facts, actor, words=words)) == add
    assert code(rules.why_not_open_again(facts, actor, words=words)) == again
