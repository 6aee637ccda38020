"""Who is due: one rule for every page, query and report."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice import cadence
from alongside.practice.cadence import ContactFacts, DueState, PlanFacts
from alongside.practice.rules import rules_on

ON = date(2026, 11, 22)
RULES = rules_on(ON)
BLAME = re.compile(r"\b(overdue|missed|fail\w*|late|must|non-?compliant|violat\w*)\b", re.I)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
AGREED = st.none() | st.integers(-3, 120)


def ago(days: int) -> date:
    return ON - timedelta(days=days)


@pytest.mark.practice("SVC-10", "PSP-1")
@pytest.mark.parametrize(
    ("last", "agreed", "state", "left", "words"),
    [
        pytest.param(0, None, "settled", 30, "In touch today.", id="today"),
        pytest.param(1, None, "settled", 29, "In touch yesterday.", id="yesterday"),
        pytest.param(22, None, "settled", 8, "In touch 22 days ago.", id="one day before soon"),
        pytest.param(
            23, None, "soon", 7, "23 days since you were in touch, 7 days left.", id="soon"
        ),
        pytest.param(
            29, None, "soon", 1, "29 days since you were in touch, one day left.", id="last"
        ),
        pytest.param(
            30, None, "due", 0, "30 days since you were in touch. Reach out?", id="a month"
        ),
        pytest.param(34, None, "due", -4, "34 days since you were in touch. Reach out?", id="past"),
        pytest.param(5, 7, "settled", 2, "In touch 5 days ago.", id="weekly, not all week"),
        pytest.param(
            6, 7, "soon", 1, "6 days since you were in touch, one day left.", id="weekly, soon"
        ),
        pytest.param(10, 14, "settled", 4, "In touch 10 days ago.", id="fortnightly"),
        pytest.param(15, 14, "due", -1, "15 days since you were in touch. Reach out?", id="agreed"),
        pytest.param(34, 90, "due", -4, "34 days since you were in touch. Reach out?", id="capped"),
        pytest.param(1, 1, "due", 0, "One day since you were in touch. Reach out?", id="daily"),
        pytest.param(
            34, 0, "due", -4, "34 days since you were in touch. Reach out?", id="no sense"
        ),
        pytest.param(-3, None, "settled", 33, "In touch today.", id="dated ahead by mistake"),
    ],
)
def test_contact(last, agreed, state, left, words):
    due = cadence.contact_due(ContactFacts(ago(200), ago(last), agreed), ON, RULES)
    assert (due.state, due.days_left, str(due.say)) == (state, left, words)
    assert due.due_on == ON + timedelta(days=left)
    assert due.days_since == max(last, 0)


@pytest.mark.practice("SVC-10")
@pytest.mark.parametrize(
    ("begun", "agreed", "state", "words"),
    [
        pytest.param(0, None, "soon", "New together. 7 days left for a first hello.", id="new"),
        pytest.param(6, None, "soon", "New together. One day left for a first hello.", id="day 6"),
        pytest.param(
            7, None, "due", "New together. Today is a good day for a first hello.", id="7"
        ),
        pytest.param(
            9, None, "due", "9 days since you were matched. Time for a first hello?", id="9"
        ),
        pytest.param(1, 0, "soon", "New together. 6 days left for a first hello.", id="day 1"),
        pytest.param(
            2, 1, "due", "2 days since you were matched. Time for a first hello?", id="1d"
        ),
    ],
)
def test_first_contact(begun, agreed, state, words):
    facts = ContactFacts(ago(begun), None, agreed)
    due = cadence.first_contact_due(facts, ON, RULES)
    assert due == cadence.contact_due(facts, ON, RULES)
    assert (due.state, due.days_since, str(due.say)) == (state, None, words)


def test_once_in_touch_there_is_no_first_contact_to_make():
    assert cadence.first_contact_due(ContactFacts(ago(9), ago(2)), ON, RULES) is None


@pytest.mark.practice("SVC-12", "PROC-1")
@pytest.mark.parametrize(
    ("begun", "agreed", "has_plan", "state", "due_on", "words"),
    [
        pytest.param(
            date(2026, 1, 1),
            None,
            False,
            "soon",
            date(2026, 4, 1),
            "No plan yet, and that is fine. You could look together at what matters now.",
            id="no plan for long is proposed, never due",
        ),
        pytest.param(
            date(2026, 11, 1),
            None,
            False,
            "settled",
            date(2027, 2, 1),
            "No plan yet, and that is fine.",
            id="no plan and new",
        ),
        pytest.param(
            date(2026, 1, 1),
            date(2026, 8, 31),
            True,
            "soon",
            date(2026, 11, 30),
            "Time to look at the plan together by 2026-11-30.",
            id="end of month is kept",
        ),
        pytest.param(
            date(2026, 1, 1),
            date(2026, 8, 22),
            True,
            "due",
            date(2026, 11, 22),
            "A quarter has passed for this plan (2026-11-22). Look at it together?",
            id="today",
        ),
        pytest.param(
            date(2026, 1, 1),
            date(2026, 11, 20),
            True,
            "settled",
            date(2027, 2, 20),
            "The plan is fresh. Next look together by 2027-02-20.",
            id="fresh",
        ),
        pytest.param(
            date(2026, 1, 1),
            None,
            True,
            "due",
            date(2026, 4, 1),
            "A quarter has passed for this plan (2026-04-01). Look at it together?",
            id="draft",
        ),
    ],
)
def test_plan(begun, agreed, has_plan, state, due_on, words):
    due = cadence.plan_due(PlanFacts(begun, agreed, has_plan), ON, RULES)
    assert (due.state, due.due_on, str(due.say)) == (state, due_on, words)
    assert cadence.plan_state_of(due_on, ON, RULES, has_plan=has_plan) == due.state


@pytest.mark.practice("SVC-10")
@given(begun=DAYS, last=st.none() | DAYS, agreed=AGREED, on=DAYS)
def test_the_stored_day_gives_every_page_the_same_answer(begun, last, agreed, on):
    facts = ContactFacts(begun, last, agreed)
    due = cadence.contact_due(facts, on, RULES)
    stored = cadence.next_due_on(facts, RULES)
    bounds = cadence.due_bounds(on, RULES)
    ahead = cadence.soon_days(facts, RULES)
    assert (stored, cadence.state_of(stored, on, ahead)) == (due.due_on, due.state)
    assert (stored <= bounds.due_if_on_or_before) == (due.state is DueState.DUE)
    in_sight = stored <= bounds.soon_if_on_or_before
    assert in_sight or due.state is DueState.SETTLED
    if agreed is None:
        assert in_sight == (due.state is not DueState.SETTLED)


@given(last=DAYS, on=DAYS)
def test_thresholds_on_the_last_day_give_the_same_answer(last, on):
    due = cadence.contact_due(ContactFacts(last, last), on, RULES)
    soon_last, due_last = cadence.contact_thresholds(on, RULES)
    assert (last <= due_last) == (due.state is DueState.DUE)
    assert (last <= soon_last) == (due.state is not DueState.SETTLED)


@given(begun=DAYS, last=DAYS, agreed=AGREED)
def test_at_least_monthly_and_never_before_a_day_has_passed(begun, last, agreed):
    days = (cadence.next_due_on(ContactFacts(begun, last, agreed), RULES) - last).days
    assert 1 <= days <= RULES.contact_every_days


@given(begun=DAYS, agreed=st.none() | DAYS, has_plan=st.booleans(), on=DAYS)
def test_a_plan_that_does_not_exist_is_never_due(begun, agreed, has_plan, on):
    due = cadence.plan_due(PlanFacts(begun, agreed, has_plan), on, RULES)
    assert has_plan or due.state is not DueState.DUE


@pytest.mark.practice("MPR-6")
@given(begun=DAYS, last=st.none() | DAYS, agreed=AGREED, on=DAYS, has_plan=st.booleans())
def test_no_sentence_blames(begun, last, agreed, on, has_plan):
    said = [
        str(cadence.contact_due(ContactFacts(begun, last, agreed), on, RULES).say),
        str(cadence.plan_due(PlanFacts(begun, last, has_plan), on, RULES).say),
    ]
    assert [words for words in said if BLAME.search(words) or re.search(r"\b1 days", words)] == []


@given(DAYS, st.integers(0, 40))
def test_months_keep_the_day_or_end_with_the_month(day, months):
    later = cadence.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
