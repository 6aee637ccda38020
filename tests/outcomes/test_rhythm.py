"""How often a check-in is offered: by contract, from a day on, and never as a duty."""

from datetime import date
from uuid import UUID

import pytest

from alongside.outcomes.rules.rhythm import RhythmFacts, in_force, offered, why_not_rhythm
from alongside.practice.cadence import DueState
from alongside.practice.instruments import CHECK_IN
from alongside.practice.rules import rules_on

ON = date(2026, 11, 19)
RULES = rules_on(ON)
A, B = UUID(int=1), UUID(int=2)


def row(every, *, contract=None, on=date(2026, 1, 1), key=CHECK_IN, order=""):
    return RhythmFacts(key, contract, every, on, order)


@pytest.mark.practice("SVC-2")
@pytest.mark.parametrize(
    ("rows", "contracts", "found"),
    [
        pytest.param([], set(), {CHECK_IN: 90}, id="without a rule: the practice's own"),
        pytest.param([row(60)], set(), {CHECK_IN: 60}, id="for everybody"),
        pytest.param([row(None)], set(), {}, id="not offered"),
        pytest.param([row(60), row(30, contract=A)], {A}, {CHECK_IN: 30}, id="a contract first"),
        pytest.param([row(30, contract=A)], {B}, {CHECK_IN: 90}, id="another contract's"),
        pytest.param(
            [row(45, contract=A), row(30, contract=B)], {A, B}, {CHECK_IN: 30}, id="the shortest"
        ),
        pytest.param([row(60), row(None, contract=A)], {A}, {}, id="a contract wants none"),
        pytest.param([row(60, on=date(2027, 1, 1))], set(), {CHECK_IN: 90}, id="not begun yet"),
        pytest.param([row(60), row(30, on=ON)], set(), {CHECK_IN: 30}, id="the newest that began"),
        pytest.param(
            [row(30, order="b"), row(60, order="a")], set(), {CHECK_IN: 30}, id="the later of a day"
        ),
        pytest.param(
            [row(180, key="x")], set(), {CHECK_IN: 90, "x": 180}, id="another one beside it"
        ),
    ],
)
def test_which_are_offered(rows, contracts, found):
    assert in_force(rows, contracts=frozenset(contracts), on=ON, rules=RULES) == found


@pytest.mark.parametrize(
    ("last", "due_on", "state"),
    [
        pytest.param(None, date(2026, 11, 1), DueState.DUE, id="from the beginning"),
        pytest.param(date(2026, 11, 1), date(2027, 1, 30), DueState.SETTLED, id="not for long"),
        pytest.param(date(2026, 9, 1), date(2026, 11, 30), DueState.SOON, id="two weeks ahead"),
        pytest.param(date(2026, 8, 21), date(2026, 11, 19), DueState.DUE, id="today"),
    ],
)
def test_when(last, due_on, state):
    before = {CHECK_IN: last} if last else {}
    begun = date(2026, 11, 1)
    (one,) = offered({CHECK_IN: 90}, last=before, begun_on=begun, on=ON, rules=RULES)
    assert (one.due_on, one.state) == (due_on, state)


@pytest.mark.parametrize(("days", "fine"), [(None, True), (7, True), (6, False), (731, False)])
def test_an_offer_is_not_a_burden(days, fine):
    assert (why_not_rhythm(days) is None) == fine
