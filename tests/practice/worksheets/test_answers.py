"""From a form to answers and back: nothing typed is lost, nothing unanswered is guessed."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.practice import worksheets
from alongside.practice.worksheets import name_of, parts, problems, read_typed, words_lost

IDS = [tool.key for tool in worksheets.tools()]


def typed(**fields):
    return {name.replace("__", "-"): value for name, value in fields.items()}


def tool(key):
    return worksheets.tool(key)


@pytest.mark.parametrize("one", worksheets.tools(), ids=IDS)
def test_an_empty_form_is_no_answer(one):
    blank = {name_of(f.key): [""] for f in one.fields()}
    assert (read_typed(one, {}), read_typed(one, blank), parts(one, {})) == ({}, {}, ())


def test_ticks_are_kept_in_the_order_of_the_list_and_strangers_are_left_out():
    checklist = tool("initial-meeting")
    first, second = checklist.field("talked_about").options[:2]
    answers = read_typed(checklist, {"f-talked_about": [second, "A stranger", first]})
    assert answers == {"talked_about": [first, second]}


@pytest.mark.practice("PROC-3")
def test_who_offered_each_idea_is_kept_with_it():
    sent = {
        "f-challenge": ["A ride on Mondays"],
        "f-ideas-0-idea": ["Ask my aunt"],
        "f-ideas-0-who": ["The participant"],
        "f-ideas-1-idea": [""],
        "f-ideas-4-idea": ["The dial-a-ride bus"],
        "f-ideas-4-who": ["Someone who is not on the list"],
    }
    answers = read_typed(tool("brainstorming"), sent)
    assert answers["ideas"] == [
        {"idea": "Ask my aunt", "who": "The participant"},
        {"idea": "The dial-a-ride bus"},
    ]


@pytest.mark.practice("PROC-3")
def test_values_are_sorted_with_own_ones_and_the_top_ones_ranked():
    values = tool("values")
    family, friendship = values.field("values").options[:2]
    sent = {
        "f-values-0": ["Most"],
        "f-values-1": ["No such pile"],
        "f-values-own-0": ["My sister's laugh"],
        "f-values-own-0-pile": ["Most"],
        "f-values-own-1": ["Fishing"],
        "f-top-0": ["My sister's laugh"],
        "f-top-1": [family],
        "f-top-2": [family],
    }
    answers = read_typed(values, sent)
    assert answers == {
        "values": {
            "Most": [family, "My sister's laugh"],
            "Less": ["Fishing"],
        },
        "top": ["My sister's laugh", family],
    }
    assert friendship not in json.dumps(answers)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("0", {"ease": 0}), ("10", {"ease": 10}), ("11", {}), ("-1", {}), ("²", {}), ("9" * 99, {})],
)
def test_a_number_is_from_0_to_10_and_0_is_an_answer(said, kept):
    assert read_typed(tool("oars-self-review"), {"f-ease": [said]}) == kept


@pytest.mark.parametrize(
    ("day", "wrong"),
    [("2026-12-01", set()), ("soon", {"next_on"}), ("0001-01-01", {"next_on"}), ("", set())],
)
def test_a_day_is_one_that_people_mean(day, wrong):
    checklist = tool("initial-meeting")
    answers = read_typed(checklist, {"f-next_on": [day]})
    assert set(problems(checklist, answers)) == wrong


def test_only_what_the_rest_hangs_on_is_needed():
    needed = {one.key: set(problems(one, {})) for one in worksheets.tools()}
    assert {key: wrong for key, wrong in needed.items() if wrong} == {
        "advantages": {"decision"},
        "ask-share-ask": {"topic"},
        "brainstorming": {"challenge"},
        "advocacy-plan": {"want"},
    }


def test_a_copy_to_hand_over_leaves_our_remarks_out():
    one = tool("ask-share-ask")
    answers = {"topic": "Housing list", "permission": "yes"}
    labels = [
        [line.text for part in parts(one, answers, theirs_only=t) for line in part.lines]
        for t in (False, True)
    ]
    assert labels == [["Housing list", "yes"], ["Housing list"]]


def test_an_answer_whose_question_is_gone_stays_readable():
    shown = parts(tool("strengths"), {"long_gone": "She never gave up", "odd": {"a": 1}})
    assert [line.text for part in shown for line in part.lines] == ["She never gave up", "1"]


@pytest.mark.parametrize(
    ("kept", "now", "lost"),
    [
        ({"a": "Tea"}, {"a": "Tea and cake"}, False),
        ({"a": "Tea"}, {"a": "Cake"}, True),
        ({"a": [{"x": "Tea"}]}, {"a": [{"x": "Tea"}, {"x": "Cake"}]}, False),
        ({"a": [{"x": "Tea"}]}, {"a": []}, True),
        ({"a": {"P": ["x"]}}, {"a": {"P": ["x", "y"]}}, False),
        ({}, {"a": "Tea"}, False),
    ],
)
def test_words_of_another_window_are_noticed_and_typing_on_is_not(kept, now, lost):
    assert words_lost(kept, now) is lost


def as_sent(definition, answers):
    """The form that shows these answers, as a browser sends it."""
    sent = {}
    for field in definition.fields():
        answer, name = answers.get(field.key), name_of(field.key)
        if isinstance(answer, dict):
            own = [i for items in answer.values() for i in items if i not in field.options]
            for pile, items in answer.items():
                for item in items:
                    if item in field.options:
                        sent[name_of(field.key, field.options.index(item))] = [pile]
                    else:
                        sent[name_of(field.key, "own", own.index(item))] = [item]
                        sent[name_of(field.key, "own", own.index(item), "pile")] = [pile]
        elif isinstance(answer, list) and field.columns:
            for n, row in enumerate(answer):
                sent |= {name_of(field.key, n, key): [text] for key, text in row.items()}
        elif isinstance(answer, list) and field.type == "ranking":
            sent |= {name_of(field.key, n): [text] for n, text in enumerate(answer)}
        elif answer is not None:
            sent[name] = answer if isinstance(answer, list) else [str(answer)]
    return sent


names = st.sampled_from(
    [
        name
        for one in worksheets.tools()
        for f in one.fields()
        for name in (name_of(f.key), name_of(f.key, 0))
    ]
    + ["f-ideas-0-idea", "f-ideas-1-who", "f-values-own-0", "f-tools-3-what", "nonsense", "f-"]
)
values = st.lists(
    st.text(max_size=20)
    | st.sampled_from(
        [o for one in worksheets.tools() for f in one.fields() for o in (*f.options, *f.piles)]
    )
    | st.sampled_from(["5", "yes", "2026-11-01", "The participant"]),
    max_size=3,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(worksheets.tools()), st.dictionaries(names, values, max_size=12))
def test_whatever_is_sent_is_read_kept_and_sent_again_the_same(one, sent):
    answers = read_typed(one, sent)
    again = json.loads(json.dumps(answers))
    assert read_typed(one, as_sent(one, again)) == answers
    assert bool(parts(one, answers)) == bool(answers)
    assert words_lost(answers, answers) is False
