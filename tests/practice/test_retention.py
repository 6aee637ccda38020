"""How long a record is kept: every rule that fits counts, the last to run out decides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.catalog_errors import CatalogError
from alongside.practice.retention import (
    Asked,
    Kept,
    RecordFacts,
    Since,
    after_years,
    answer_by,
    least_years,
    mistakes,
    rules_on,
    standing,
    time_for,
)
from alongside.practice.retention.reading import read

TODAY = date(2026, 11, 19)
RULES = rules_on(TODAY)
ENDED = RecordFacts({Since.LAST_CONTACT: date(2019, 5, 1)}, begun_on=date(2018, 1, 1), adult=True)


def test_the_data_are_whole():
    assert list(mistakes()) == []


def test_every_kind_of_row_has_a_rule_with_a_source():
    assert {rule.covers for rule in RULES} == set(Kept)
    assert [rule.key for rule in RULES if not rule.source] == []


@pytest.mark.parametrize(
    ("facts", "due", "free_on"),
    [
        pytest.param(ENDED, True, date(2026, 5, 2), id="seven years after the last contact"),
        pytest.param(
            replace(ENDED, days={**ENDED.days, Since.SUPPORT_ENDED: date(2019, 12, 1)}),
            False,
            date(2026, 12, 2),
            id="the later of contact and ending counts",
        ),
        pytest.param(
            replace(ENDED, days={**ENDED.days, Since.CONSENT_ENDED: date(2021, 1, 1)}),
            False,
            date(2027, 1, 2),
            id="a consent keeps the whole record six years more",
        ),
        pytest.param(
            replace(ENDED, days={**ENDED.days, Since.DISCLOSED: date(2020, 11, 18)}),
            True,
            date(2026, 11, 19),
            id="six years after the last disclosure, to the day",
        ),
        pytest.param(
            replace(ENDED, days={**ENDED.days, Since.ANSWERED: date(2020, 11, 19)}),
            False,
            date(2026, 11, 20),
            id="not on the very day on which the years end",
        ),
        pytest.param(
            replace(ENDED, born_on=date(2008, 1, 1)),
            False,
            date(2027, 1, 2),
            id="until they are 19",
        ),
        pytest.param(
            replace(ENDED, born_on=date(2000, 1, 1)), True, date(2026, 5, 2), id="19 long ago"
        ),
        pytest.param(
            replace(ENDED, adult=False),
            False,
            date(2027, 1, 2),
            id="age unknown: as if they had been ten when it began",
        ),
        pytest.param(replace(ENDED, goes_on=True), False, date(2026, 5, 2), id="still open"),
        pytest.param(replace(ENDED, held=True), False, date(2026, 5, 2), id="on hold"),
        pytest.param(RecordFacts(), False, None, id="no day known to count from"),
        pytest.param(
            RecordFacts({Since.CONSENT_ENDED: date(2001, 1, 1)}),
            False,
            None,
            id="papers around it say nothing of the record itself",
        ),
        pytest.param(
            replace(ENDED, days={Since.LAST_CONTACT: date(2016, 2, 29)}),
            True,
            date(2023, 3, 1),
            id="from February 29 no day is lost",
        ),
    ],
)
def test_when_a_record_may_go(facts, due, free_on):
    found = standing(facts, RULES, TODAY)
    assert (found.due, found.free_on, found.why_not is None) == (due, free_on, due)


def test_an_agency_may_keep_longer_and_never_shorter():
    longer, shorter = {Kept.RECORD: 10}, {Kept.RECORD: 1}
    assert standing(ENDED, RULES, TODAY, longer).free_on == date(2029, 5, 2)
    assert standing(ENDED, RULES, TODAY, shorter).free_on == date(2026, 5, 2)
    assert (least_years(RULES, longer), least_years(RULES, shorter)) == (10, 7)


def test_a_state_without_rules_of_its_own_lets_no_record_go():
    federal = rules_on(TODAY, "elsewhere")
    assert (
        standing(replace(ENDED, days={s: date(1990, 1, 1) for s in Since}), federal, TODAY).due
        is False
    )


days = st.dates(date(1950, 1, 1), TODAY)
facts = st.builds(
    RecordFacts,
    days=st.dictionaries(st.sampled_from(list(Since)), days),
    begun_on=st.none() | days,
    born_on=st.none() | days,
    adult=st.booleans(),
    goes_on=st.booleans(),
    held=st.booleans(),
)


@given(
    facts,
    st.dates(date(1950, 1, 1), date(2060, 1, 1)),
    st.dictionaries(st.sampled_from(list(Kept)), st.integers(0, 30)),
)
def test_due_never_before_every_rule_has_run_out_and_never_under_hold(facts, on, longer):
    found = standing(facts, RULES, on, longer)
    assert not (found.due and (facts.held or facts.goes_on))
    if not found.due:
        return
    for rule in RULES:
        known = [facts.days[since] for since in rule.since if since in facts.days]
        if known and rule.covers is not Kept.AUDIT:
            years = max(rule.years, longer.get(rule.covers, 0))
            assert all(_whole_years(day, on) >= years for day in known)
    if facts.born_on is not None:
        assert _whole_years(facts.born_on, on) >= 19
    assert Since.LAST_CONTACT in facts.days or Since.SUPPORT_ENDED in facts.days


def _whole_years(day: date, on: date) -> int:
    """Counted in another way: by the calendar, the anniversary itself included."""
    return on.year - day.year - ((on.month, on.day) < (day.month, day.day))


@given(days, st.integers(0, 100))
def test_whole_years_are_over_on_the_day_after(day, years):
    free = after_years(day, years)
    assert _whole_years(day, free) >= years
    assert _whole_years(day, free - timedelta(days=2)) < max(years, 1)


@pytest.mark.parametrize(
    ("asked", "days", "more"),
    [
        pytest.param(Asked.SEE, 30, 30, id="see"),
        pytest.param(Asked.COPY, 30, 30, id="copy"),
        pytest.param(Asked.CORRECT, 60, 30, id="correct"),
        pytest.param(Asked.RESTRICT, 30, 0, id="restrict"),
    ],
)
def test_how_soon_a_request_is_answered(asked, days, more):
    time = time_for(asked, TODAY)
    assert answer_by(TODAY, time) == TODAY + timedelta(days=days)
    assert answer_by(TODAY, time, longer=True) == TODAY + timedelta(days=days + more)


def test_versions_follow_each_other():
    one = 'name = "A"\n[[rule]]\nkey = "a"\nfrom = 2000-01-01\ncovers = "record"\nyears = 7\n'
    one += 'since = ["last_contact"]\nname = "A"\nsays = "A."\nsource = "A"\nmark = "K"\n'
    rules, _times = read(one, "a.toml")
    assert (rules[0].years, rules[0].begins) == (7, date(2000, 1, 1))


RULE = (
    '[[rule]]\nkey = "a"\nfrom = 2000-01-01\ncovers = "record"\nyears = 7\n'
    'since = ["disclosed"]\nname = "A"\nsays = "A."\nsource = "A"\nmark = "K"\n'
)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        pytest.param("years = 7", "years = 0", 5, "“years” must be 1 or more.", id="no years"),
        pytest.param(
            "years = 7",
            'years = "7"',
            5,
            "“years” must be a whole number from 0 to 100.",
            id="words for years",
        ),
        pytest.param("years = 7\n", "", 1, "“years” is missing.", id="years left out"),
        pytest.param(
            '"record"',
            '"notes"',
            4,
            "“covers” must be one of these: record, consent, disclosure, request, audit.",
            id="a kind nobody knows",
        ),
        pytest.param(
            '["disclosed"]',
            "[]",
            6,
            f"“since” must be a list of these: {', '.join(Since)}.",
            id="counted from nothing",
        ),
        pytest.param(
            "2000-01-01", '"soon"', 3, "“from” must be a date such as 2026-01-01.", id="no day"
        ),
        pytest.param(
            'mark = "K"',
            'mark = "X"',
            10,
            "“mark” must be one of these: S, S2, K, own.",
            id="no such mark",
        ),
        pytest.param(
            'mark = "K"',
            'mark = "K"\nyoungest = 4',
            11,
            "“youngest” must not be more than “minor_until”.",
            id="youngest without an age",
        ),
        pytest.param(
            'mark = "K"',
            'mark = "K"\ncolour = 4',
            11,
            "“colour” is unknown here.",
            id="unknown line",
        ),
        pytest.param(
            RULE, RULE + RULE, 11, "“a” begins twice on 2000-01-01.", id="twice the same version"
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, line, what):
    with pytest.raises(CatalogError) as told:
        read(RULE.replace(old, new), "x.toml")
    assert (told.value.line, told.value.what) == (line, what)
