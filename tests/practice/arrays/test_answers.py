"""Three short questions: what their answers say together, with a certificate and without."""

from itertools import product

import pytest

from alongside.practice.arrays import ArrayFacts, Sure, advise, questions
from alongside.practice.arrays.questions import decided, known
from alongside.practice.catalog_errors import Lines, read_toml
from alongside.practice.codes import Activity, GoingAlong
from tests.practice.arrays.people import CPS, NEVER, ON

PS, ISDE, WMR = "peer_support", "isde", "wellness_management"
WORK, LEARN, NONE = "employment_skills", "psychoeducation", None


def said(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


@pytest.mark.practice("PEER-2", "PEER-3", "PEER-4")
@pytest.mark.parametrize(
    ("answers", "certified", "other", "sure"),
    [
        ("what=beside why=peers who=both", PS, WMR, "sure"),
        ("what=beside why=peers", PS, WMR, "sure"),
        ("what=beside", PS, WMR, "likely"),
        ("what=beside why=learned who=me", ISDE, ISDE, "ask"),
        ("what=beside why=done", PS, WMR, "ask"),
        ("what=skill why=peers who=both", PS, WMR, "likely"),
        ("what=skill why=peers who=me", ISDE, ISDE, "ask"),
        ("what=skill why=learned", ISDE, ISDE, "likely"),
        ("what=skill who=me", ISDE, ISDE, "sure"),
        ("what=skill why=wellness", WMR, WMR, "likely"),
        ("what=work", WORK, WORK, "sure"),
        ("what=work why=learned who=both", WORK, WORK, "sure"),
        ("what=work why=peers", PS, WMR, "ask"),
        ("what=learning", LEARN, LEARN, "sure"),
        ("what=learning why=peers", PS, WMR, "ask"),
        ("what=gave who=me", WMR, WMR, "sure"),
        ("what=gave why=wellness who=me", WMR, WMR, "sure"),
        ("what=gave why=learned who=me", ISDE, ISDE, "sure"),
        ("what=gave who=else", PS, WMR, "sure"),
        ("what=gave why=peers who=both", PS, WMR, "ask"),
        ("what=errand", NONE, NONE, "sure"),
        ("what=errand why=done who=me", NONE, NONE, "sure"),
        ("what=errand why=peers", PS, WMR, "ask"),
        ("what=errand why=learned", ISDE, ISDE, "likely"),
        ("what=clinical who=me", NONE, NONE, "sure"),
        ("what=clinical who=else", PS, WMR, "likely"),
        ("why=peers", PS, WMR, "likely"),
        ("why=learned who=me", ISDE, ISDE, "likely"),
        ("why=wellness who=me", WMR, WMR, "likely"),
    ],
)
def test_what_answers_say_together(answers, certified, other, sure):
    for standing, array in ((CPS, certified), (NEVER, other)):
        found = advise(ArrayFacts(standing, answers=said(answers)), ON)
        assert (found.array, found.sure) == (array, sure)
        assert found.no_service is (array is None)


@pytest.mark.practice("PEER-4")
def test_answers_come_before_ticks_and_words():
    facts = ArrayFacts(
        CPS,
        activities=frozenset({Activity.MUTUAL_RELATIONSHIP}),
        going_along=GoingAlong.OTHER,
        words="sat on the porch and told her about my own recovery",
        answers=said("what=gave why=wellness who=me"),
    )
    assert advise(facts, ON).array == WMR


def test_answers_that_leave_it_open_or_are_unknown_say_nothing():
    assert decided({"who": "both"}) is None
    assert decided({}) is None
    assert known({"what": "beside", "who": "nobody", "more": "x"}) == {"what": "beside"}


def test_at_most_three_questions_with_words_for_each_answer():
    asked = questions.questions()
    assert [question.code for question in asked] == ["what", "why", "who"]
    assert all(words for question in asked for _code, words in question.answers)
    assert all(texts for texts in questions.texts())


def test_every_way_to_answer_what_is_decided():
    whats, whys, whos = ([code for code, _ in q.answers] for q in questions.questions())
    for what, why, who in product(whats, ["", *whys], ["", *whos]):
        given = {"what": what, "why": why, "who": who}
        assert decided(given) is not None, given


def test_each_row_can_be_reached():
    whats, whys, whos = ([code for code, _ in q.answers] for q in questions.questions())
    reached = {
        id(decided({"what": what, "why": why, "who": who}))
        for what, why, who in product(["", *whats], ["", *whys], ["", *whos])
    }
    _asked, rows = questions._file()
    assert [row.when for row in rows if id(row) not in reached] == []


FINE = """
[question.what]
ask = "What?"
answers = { beside = "Beside" }

[[row]]
when = { what = "beside" }
kind = "relationship"
because = "so"
source = "PEER-2"
sure = "sure"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('ask = "What?"', 'ask = ""', 2, "[question.what] needs ask and answers."),
        ('"beside" }\nkind', '"besides" }\nkind', 7, "has the answer what = “besides”"),
        ('kind = "relationship"', 'kind = "talk"', 8, "“talk” is no kind"),
        ('because = "so"', "", 6, "This row needs because."),
        ('sure = "sure"', 'sure = "yes"', 11, "“yes” is not one of sure, likely, ask."),
        ('source = "PEER-2"', 'source = "PEER-2"\nmore = 1', 11, "“more”, which is unknown"),
    ],
    ids=["no question", "no answer", "kind", "because", "sure", "unknown"],
)
def test_a_mistake_in_the_file_is_told_with_its_line(old, new, line, what):
    assert list(questions._mistakes_of(read_toml(FINE, "x"), Lines(FINE))) == []
    text = FINE.replace(old, new)
    (mistake,) = questions._mistakes_of(read_toml(text, "x"), Lines(text))
    assert (mistake.line, what in mistake.what) == (line, True)


def test_the_file_is_whole():
    assert list(questions.mistakes()) == []
    assert Sure.ASK in {row.sure for row in questions._file()[1]}
