"""What others ask of a participant: order, days and moves, without a database."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.rules import permissions_of
from alongside.core.actor import Actor
from alongside.plans.codes import RequirementState as S
from alongside.plans.codes import Rhythm
from alongside.plans.rules import requirements as rules
from alongside.plans.rules.required_paper import HEAD, PaperLine, rows, sections
from alongside.plans.rules.requirements import (
    NewEvidence,
    NewRequirement,
    RequirementFacts,
    Since,
)

pytestmark = pytest.mark.practice("PSP-7")
THURSDAY = date(2026, 11, 19)
ONCE = RequirementFacts(S.AHEAD)
WEEKLY = replace(ONCE, rhythm=Rhythm.WEEK)
MONTHLY = replace(ONCE, rhythm=Rhythm.MONTH)
ROSA = Actor(uuid4(), uuid4(), permissions_of([Role.SUPPORTER]))
GIA = Actor(uuid4(), uuid4(), permissions_of([Role.PARTICIPANT]))
PAT = Actor(uuid4(), uuid4(), permissions_of([Role.REFERRER]))


@pytest.mark.parametrize(
    ("facts", "on"),
    [
        pytest.param(ONCE, None, id="no day is fine"),
        pytest.param(replace(ONCE, due_on=date(2026, 5, 3)), date(2026, 5, 3), id="its day"),
        pytest.param(WEEKLY, date(2026, 11, 22), id="each week: by Sunday"),
        pytest.param(
            replace(WEEKLY, last_on=date(2026, 11, 16)), date(2026, 11, 29), id="done this week"
        ),
        pytest.param(
            replace(WEEKLY, last_on=date(2026, 11, 15)), date(2026, 11, 22), id="done last week"
        ),
        pytest.param(
            replace(WEEKLY, due_on=date(2026, 11, 20)), date(2026, 11, 20), id="until Friday"
        ),
        pytest.param(MONTHLY, date(2026, 11, 30), id="each month: by its last day"),
        pytest.param(replace(MONTHLY, last_on=THURSDAY), date(2026, 12, 31), id="done this month"),
    ],
)
def test_the_day_it_is_next_looked_for(facts, on):
    assert rules.next_on(facts, THURSDAY) == on


def test_the_next_thing_stands_first():
    things = {
        "no longer asked": replace(ONCE, state=S.NOT_ASKED),
        "no day": ONCE,
        "in spring": replace(ONCE, due_on=date(2027, 4, 1)),
        "accepted": replace(ONCE, state=S.ACCEPTED),
        "each week": WEEKLY,
        "past its day": replace(ONCE, due_on=date(2026, 5, 3)),
    }
    order = ["past its day", "each week", "in spring", "no day", "accepted", "no longer asked"]
    assert rules.in_order(things, things.__getitem__, THURSDAY) == order


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (ONCE, "No day was set."),
        (replace(ONCE, due_on=THURSDAY), "By 2026-11-19."),
        (WEEKLY, "Each week."),
        (replace(WEEKLY, due_on=THURSDAY), "Each week until 2026-11-19."),
        (MONTHLY, "Each month."),
        (replace(MONTHLY, due_on=THURSDAY), "Each month until 2026-11-19."),
    ],
)
def test_by_when_in_one_sentence(facts, words):
    assert str(rules.when_words(facts)) == words


def test_past_its_day_asks_what_is_possible_and_blames_nobody():
    past = replace(ONCE, due_on=date(2026, 5, 3))
    assert rules.is_past(past, THURSDAY)
    assert not rules.is_past(replace(past, state=S.HANDED_IN), THURSDAY)
    assert str(rules.past_words(past)) == (
        "This was for 2026-05-03. Ask together what is possible now."
    )


@pytest.mark.parametrize(
    ("facts", "done", "to"),
    [
        pytest.param(ONCE, 1, S.HANDED_IN, id="once, and done"),
        pytest.param(replace(ONCE, how_many=12), 4, S.UNDER_WAY, id="4 of 12"),
        pytest.param(replace(ONCE, how_many=12), 12, S.HANDED_IN, id="12 of 12"),
        pytest.param(WEEKLY, 3, S.UNDER_WAY, id="each week goes on"),
        pytest.param(replace(ONCE, state=S.ACCEPTED), 1, S.ACCEPTED, id="accepted stays"),
    ],
)
def test_what_is_shown_moves_it_on(facts, done, to):
    assert rules.state_after(facts, done) is to


@pytest.mark.parametrize(
    ("facts", "to"),
    [
        (replace(ONCE, state=S.HANDED_IN), S.AHEAD),
        (replace(ONCE, state=S.HANDED_IN, done=1), S.HANDED_IN),
        (replace(ONCE, state=S.HANDED_IN, done=1, how_many=2), S.UNDER_WAY),
        (replace(ONCE, state=S.ACCEPTED), S.ACCEPTED),
    ],
)
def test_what_is_taken_back_moves_it_back(facts, to):
    assert rules.state_without(facts) is to


def test_every_state_has_its_moves_and_its_name():
    assert set(rules.REQUIREMENT_MOVES) == set(rules.STATE_NAMES) == set(S)
    assert set(rules.RHYTHM_NAMES) == set(Rhythm)


@pytest.mark.parametrize(
    ("facts", "to", "by", "code"),
    [
        pytest.param(ONCE, S.ACCEPTED, ROSA, None, id="who walks along may write it down"),
        pytest.param(ONCE, S.HANDED_IN, GIA, None, id="a participant says it is done"),
        pytest.param(ONCE, S.ACCEPTED, GIA, "ask", id="whether it was accepted, others decide"),
        pytest.param(ONCE, S.HANDED_IN, PAT, "not-yours", id="a referrer says nothing here"),
        pytest.param(ONCE, S.AHEAD, ROSA, "no-such-move", id="it stands there already"),
        pytest.param(replace(ONCE, taken_back=True), S.HANDED_IN, ROSA, "taken-back", id="gone"),
    ],
)
def test_who_moves_it_where(facts, to, by, code):
    refusal = rules.why_not_move_requirement(facts, to, by)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("theirs", "by", "code"),
    [
        (False, ROSA, None),
        (True, ROSA, None),
        (True, GIA, None),
        (False, GIA, "not-your-words"),
        (True, PAT, "not-yours"),
    ],
)
def test_who_corrects_it(theirs, by, code):
    refusal = rules.why_not_change(replace(ONCE, theirs=theirs), by)
    assert (refusal.code if refusal else None) == code


NEW = NewRequirement("Go to class", set_by="court")
BORN = Since(THURSDAY, born_on=date(1990, 5, 1), began_on=date(2026, 1, 5))


@pytest.mark.parametrize(
    ("new", "code"),
    [
        pytest.param(NEW, None, id="words and who asks are enough"),
        pytest.param(replace(NEW, words=" "), "no-words", id="no words"),
        pytest.param(replace(NEW, set_by="king"), "no-setter", id="nobody we know"),
        pytest.param(replace(NEW, rhythm="hourly"), "no-rhythm", id="no such rhythm"),
        pytest.param(replace(NEW, how_many=0), "no-number", id="not zero times"),
        pytest.param(replace(NEW, due_on=date(1980, 1, 1)), "before-birth", id="before birth"),
        pytest.param(replace(NEW, due_on=date(2025, 12, 31)), "before-program", id="too early"),
        pytest.param(replace(NEW, due_on=date(9998, 1, 1)), "no-day", id="out of reach"),
        pytest.param(replace(NEW, due_on=THURSDAY), None, id="today"),
    ],
)
def test_what_may_be_written_down(new, code):
    refusal = rules.why_not_keep(new, BORN)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("new", "more", "code"),
    [
        (NewEvidence(THURSDAY, "Went"), False, None),
        (NewEvidence(THURSDAY), True, None),
        (NewEvidence(THURSDAY), False, "nothing-shown"),
        (NewEvidence(date(2026, 11, 20), "Will go"), False, "still-to-come"),
        (NewEvidence(date(1980, 1, 1), "Went"), False, "before-birth"),
        (NewEvidence(date(2025, 1, 1), "A class before we met"), False, None),
        (NewEvidence(THURSDAY, "Went", times=-1), False, "no-number"),
    ],
)
def test_what_shows_it(new, more, code):
    refusal = rules.why_not_show(new, BORN, has_more=more)
    assert (refusal.code if refusal else None) == code


def test_questions_and_reasons_need_words():
    assert [
        rules.why_not_ask(" ").code,
        rules.why_not_answer(" ", answered=False).code,
        rules.why_not_answer("Yes", answered=True).code,
        rules.why_not_say_why("").code,
    ] == ["no-words", "no-words", "answered", "no-why"]
    assert rules.why_not_ask("Does it count?") is None
    assert rules.why_not_say_why("It moved") is None


def test_as_a_paper_and_as_a_sheet():
    line = PaperLine(
        "Go to class",
        rules.when_words(ONCE),
        "Under way",
        "Court",
        "Judge Lind",
        official="Respondent shall attend",
        what_counts="The sheet",
        how_far=rules.how_far(replace(ONCE, how_many=12, done=4)),
        ask=("Pat", "555"),
        shown=("2026-11-01 Went",),
    )
    (row,) = rows([line], str)
    assert dict(zip(HEAD, row, strict=True)) == {
        "What is asked": "Go to class",
        "Who asks it": "Court, Judge Lind",
        "By when": "No day was set.",
        "How far": "Under way. 4 of 12 done.",
        "What counts as done": "The sheet",
        "As the paper says it": "Respondent shall attend",
        "Whom to ask": "Pat; 555",
        "What shows it": "2026-11-01 Went",
    }
    (section,) = sections([line], str)
    assert [part["kind"] for part in section["parts"]] == ["rows", "quote", "rows", "list"]
