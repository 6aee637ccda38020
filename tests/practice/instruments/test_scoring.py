"""Scores: sums, means, reversed questions, cut points, and what is not answered."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.instruments import (
    Item,
    Kind,
    ScoreRule,
    WrongAnswer,
    problems,
    read_answer,
    scores,
)
from alongside.practice.instruments.scoring import turned
from tests.practice.instruments.made import CUT, MEAN, item, made

ANSWERED = {"q0": "1", "q1": "2", "q2": "3", "q3": "5"}
answers = st.dictionaries(
    st.sampled_from([f"q{n}" for n in range(8)]),
    st.sampled_from([str(n) for n in range(1, 6)]),
)
halves = st.decimals(-50, 50, places=1)


@pytest.mark.practice("SVC-2")
@pytest.mark.parametrize(
    ("instrument", "given", "value", "words"),
    [
        pytest.param(made(), ANSWERED, "11", "", id="a sum"),
        pytest.param(made(method=MEAN), ANSWERED, "2.75", "", id="a mean"),
        pytest.param(made(reversed=("q0",)), ANSWERED, "15", "", id="one is counted backwards"),
        pytest.param(made(bands=CUT), ANSWERED, "11", "Below the cut", id="below the cut point"),
        pytest.param(
            made(bands=CUT), ANSWERED | {"q0": "2"}, "12", "At the cut or above", id="on it"
        ),
        pytest.param(made(), {"q0": "1"}, None, "", id="too few answers are no score"),
        pytest.param(made(), {}, None, "", id="none at all is not zero"),
        pytest.param(made(minimum=2), {"q0": "1", "q1": "2"}, "3", "", id="enough: their own sum"),
        pytest.param(
            made(minimum=3, prorate=True),
            {"q0": "1", "q1": "2", "q2": "2"},
            "6.67",
            "",
            id="spread over all, where the rule says so",
        ),
        pytest.param(
            made(minimum=2, method=MEAN), {"q0": "1", "q3": "2"}, "1.5", "", id="mean of two"
        ),
        pytest.param(made(low=0, high=0), dict.fromkeys(ANSWERED, "0"), "0", "", id="a true zero"),
    ],
)
def test_scores(instrument, given, value, words):
    (score,) = scores(instrument, given)
    assert (score.value, score.words) == (None if value is None else Decimal(value), words)


def test_a_score_tells_how_it_came_to_be():
    (score,) = scores(made(reversed=("q0",)), ANSWERED)
    assert [(step.item.link_id, step.raw, step.counted) for step in score.steps] == [
        ("q0", 1, 5),
        ("q1", 2, 2),
        ("q2", 3, 3),
        ("q3", 5, 5),
    ]
    assert (str(score.say), score.low, score.high) == ("15, the sum of 4 answers out of 4.", 4, 20)
    (few,) = scores(made(), {"q0": "1"})
    assert str(few.say) == "Not enough answers: 1 of 4. It takes 4."


def test_an_answer_that_counts_for_nothing_is_no_answer():
    base = made(2, minimum=2)
    options = base.entries[0].options
    open_one = replace(
        base.entries[0], options=(*options, replace(options[0], code="x", value=None))
    )
    instrument = replace(base, entries=(open_one, base.entries[1]))
    (score,) = scores(instrument, {"q0": "x", "q1": "3"})
    assert (score.value, score.answered) == (None, 1)


@given(halves, halves, halves)
def test_turned_round_twice_is_the_value_again(value, low, high):
    assert turned(turned(value, low, high), low, high) == value


@given(answers, st.randoms())
def test_the_order_of_questions_does_not_matter(found, dice):
    instrument = made(8, minimum=1)
    (rule,) = instrument.scores
    mixed = list(rule.items)
    dice.shuffle(mixed)
    other = replace(instrument, scores=(replace(rule, items=tuple(mixed)),))
    assert scores(instrument, found)[0].value == scores(other, found)[0].value


@given(answers)
def test_what_is_not_answered_changes_nothing_for_the_others(found):
    (score,) = scores(made(8, minimum=1), found)
    kept = sum(int(value) for value in found.values())
    assert score.value == (kept if found else None)
    assert {step.item.link_id for step in score.steps} == set(found)


@given(answers, st.sampled_from(["sum", "mean"]), st.booleans(), st.sets(st.integers(0, 7)))
def test_a_score_lies_between_its_bounds(found, method, prorate, turned_round):
    rule = {"method": MEAN} if method == "mean" else {"prorate": prorate}
    keys = tuple(f"q{n}" for n in sorted(turned_round))
    (score,) = scores(made(8, minimum=1, reversed=keys, **rule), found)
    if score.value is None:
        assert found == {}
    elif method == "mean" or prorate:
        assert score.low <= score.value <= score.high
    else:
        assert len(found) <= score.value <= 5 * len(found)


@given(answers, st.integers(1, 7))
def test_subscales_add_up_to_the_whole(found, cut):
    whole = made(8, minimum=1)
    keys = whole.scores[0].items
    parts = (
        ScoreRule("first", "First", keys[:cut], minimum=1),
        ScoreRule("second", "Second", keys[cut:], minimum=1),
    )
    (total,) = scores(whole, found)
    split = scores(replace(whole, scores=parts), found)
    assert sum(score.value or 0 for score in split) == (total.value or 0)


@given(answers, st.sampled_from([f"q{n}" for n in range(8)]))
def test_one_wrong_answer_names_exactly_its_question(found, key):
    instrument = made(8)
    wrong = found | {key: "9"}
    assert list(problems(instrument, wrong)) == [key]
    with pytest.raises(WrongAnswer) as error:
        scores(instrument, wrong)
    assert (error.value.item, str(error.value.say)) == (
        key,
        f"“How is {key}?”: choose one of the answers.",
    )


WHOLE = Item("n", "How many days?", Kind.INTEGER, low=Decimal(0), high=Decimal(7))
PART = Item("d", "How far?", Kind.DECIMAL, low=Decimal(0), high=Decimal("2.5"))


@pytest.mark.parametrize(
    ("asked", "typed", "kept"),
    [
        pytest.param(WHOLE, "", None, id="nothing typed is no answer"),
        pytest.param(WHOLE, " 3 ", 3, id="a whole number"),
        pytest.param(WHOLE, "0", 0, id="zero is an answer"),
        pytest.param(PART, "1,5", "1.5", id="a comma is a point"),
        pytest.param(item("b", kind=Kind.BOOLEAN), "false", False, id="no"),
        pytest.param(item("t", kind=Kind.TEXT), "Two\nlines", "Two\nlines", id="own words"),
    ],
)
def test_what_is_typed(asked, typed, kept):
    assert read_answer(asked, typed) == kept


@pytest.mark.parametrize(
    ("asked", "typed", "said"),
    [
        pytest.param(WHOLE, "8", "“How many days?”: a number from 0 to 7.", id="too many"),
        pytest.param(WHOLE, "3.5", "“How many days?”: write a whole number.", id="not whole"),
        pytest.param(WHOLE, "٣", "“How many days?”: write a whole number.", id="other digits"),
        pytest.param(PART, "NaN", "“How far?”: write a number.", id="no number at all"),
        pytest.param(PART, "1e99999999", "“How far?”: write a number.", id="far away"),
        pytest.param(PART, "1e-999999", "“How far?”: write a number.", id="a million digits"),
        pytest.param(
            item("b", kind=Kind.BOOLEAN), "maybe", "“How is b?”: choose yes or no.", id="maybe"
        ),
        pytest.param(
            item("t", kind=Kind.STRING, longest=3),
            "four",
            "“How is t?”: use at most 3 letters.",
            id="too long",
        ),
    ],
)
def test_what_cannot_be(asked, typed, said):
    with pytest.raises(WrongAnswer) as wrong:
        read_answer(asked, typed)
    assert str(wrong.value.say) == said
