"""Milestones and returns: what may be written, without a database."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.rules import permissions_of
from alongside.core.actor import Actor
from alongside.outcomes.rules import milestones as rules
from alongside.outcomes.rules.milestones import Back, NewMilestone, NewReturn, Since
from alongside.practice.returning import Return

TODAY = date(2026, 11, 19)
SINCE = Since(TODAY, born_on=date(1990, 5, 1), began_on=date(2026, 1, 5))
KEY = NewMilestone("My own key", TODAY)
TOLD = NewReturn(TODAY)


def code(refusal):
    return refusal.code if refusal else None


@pytest.mark.practice("SVC-2")
@pytest.mark.parametrize(
    ("new", "why"),
    [
        pytest.param(KEY, None, id="words and a day are enough"),
        pytest.param(replace(KEY, kind="home"), None, id="a kind, if they want"),
        pytest.param(replace(KEY, on=date(2012, 3, 1)), None, id="their life before us"),
        pytest.param(replace(KEY, words=" "), "no-words", id="no words"),
        pytest.param(replace(KEY, kind="sober"), "no-kind", id="no such kind"),
        pytest.param(replace(KEY, on=date(1989, 1, 1)), "before-birth", id="before birth"),
        pytest.param(replace(KEY, on=date(2027, 1, 1)), "still-to-come", id="to come"),
    ],
)
def test_a_milestone(new, why):
    assert code(rules.why_not_keep_milestone(new, SINCE)) == why


@pytest.mark.practice("MPR-5")
@pytest.mark.parametrize(
    ("new", "why"),
    [
        pytest.param(TOLD, None, id="a day is enough"),
        pytest.param(replace(TOLD, happened_on=date(2026, 11, 14)), None, id="and when it was"),
        pytest.param(replace(TOLD, happened_on=date(2025, 11, 14)), None, id="before we met"),
        pytest.param(NewReturn(date(2025, 1, 1)), "before-program", id="known before the program"),
        pytest.param(NewReturn(date(1980, 1, 1)), "before-birth", id="known before birth"),
        pytest.param(replace(TOLD, happened_on=date(1980, 1, 1)), "before-birth", id="birth"),
        pytest.param(NewReturn(date(2026, 11, 20)), "still-to-come", id="to come"),
        pytest.param(
            NewReturn(date(2026, 11, 1), date(2026, 11, 2)), "known-before", id="known too early"
        ),
    ],
)
def test_a_return_to_use(new, why):
    assert code(rules.why_not_keep_return(new, SINCE)) == why


@pytest.mark.practice("MPR-5")
@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2026, 11, 10), None),
        (date(2026, 11, 12), None),
        (date(2026, 11, 9), "back-before"),
        (date(2026, 11, 20), "still-to-come"),
    ],
)
def test_back_with_support(on, why):
    now = Return(date(2026, 11, 12), date(2026, 11, 10))
    assert code(rules.why_not_back(now, Back(on), SINCE)) == why


@pytest.mark.practice("MPR-5", "MPR-6")
@pytest.mark.parametrize(
    ("back_on", "words"),
    [
        (None, "None"),
        (TODAY, "Back with support the same day."),
        (date(2026, 11, 20), "Back with support the next day."),
        (date(2026, 11, 22), "Back with support after 3 days."),
    ],
)
def test_the_time_between_is_told_kindly(back_on, words):
    assert str(rules.between_words(Return(TODAY, back_on=back_on))) == words


def test_the_participant_alone_opens_a_milestone():
    gia = Actor(uuid4(), uuid4(), permissions_of([Role.PARTICIPANT]))
    rosa = Actor(uuid4(), uuid4(), permissions_of([Role.SUPPORTER]))
    billing = Actor(uuid4(), uuid4(), permissions_of([Role.BILLING]))
    assert (rules.why_not_open(gia), code(rules.why_not_open(rosa))) == (None, "theirs")
    assert (rules.why_not_write(gia), rules.why_not_write(rosa)) == (None, None)
    assert code(rules.why_not_write(billing)) == "not-yours"
