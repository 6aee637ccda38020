"""Advice in a note: the writer's own act, and nothing that only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.role import HintKind, review

ADVICE = [
    pytest.param("I told her she should ask for a later time.", "I told her she should"),
    pytest.param("i told her she shoud call", "i told her she shoud"),
    pytest.param("Told him to stop seeing her.", "Told him to stop"),
    pytest.param("I told Gia to leave him.", "I told Gia to leave"),
    pytest.param("Told her not to go back there.", "Told her not to go"),
    pytest.param("I advised her to get a lawyer.", "I advised her to"),
    pytest.param("Advised against moving in with him.", "Advised against"),
    pytest.param("I said he ought to move out.", "I said he ought to"),
    pytest.param("Afterwards I suggested she leave early.", "I suggested she leave"),
    pytest.param("I recommended that he quit.", "I recommended that he quit"),
    pytest.param("Gave her advice about her ex.", "Gave her advice"),
    pytest.param("I gave him some advice on money.", "I gave him some advice"),
    pytest.param("My advice was to wait.", "My advice was"),
    pytest.param("My advice to her was: wait.", "My advice to her was"),
    pytest.param("Sat with her and told her she should rest.", "told her she should"),
    pytest.param("We had tea, then I told them they must pay.", "I told them they must"),
    pytest.param("I told her I think she should move.", "I told her I think she should"),
    pytest.param("I told her, “You should leave him.”", "I told her, “You should"),
    pytest.param('I said: "you need to quit your job"', 'I said: "you need to'),
    pytest.param("Told him if I were him I would sell the car.", "Told him if I were him"),
    pytest.param("I also told him he shouldn't drive.", "I also told him he shouldn't"),
    pytest.param("I told her she needs to stop drinking.", "I told her she needs to"),
    pytest.param("She cried when I told her she should go.", "I told her she should"),
    pytest.param("I urged him to sell it.", "I urged him to"),
]

NONE = [
    pytest.param("Her lawyer told her she should ask for a later time.", id="her lawyer"),
    pytest.param("She said her doctor told her she has PTSD.", id="her doctor, a fact"),
    pytest.param("She said her doctor told her to stop smoking.", id="her doctor, as she tells"),
    pytest.param("His boss called and told him he should rest.", id="his boss, with and"),
    pytest.param("Mom came by and told her to leave him.", id="a mother"),
    pytest.param("Talked about how her boss yelled and told her to quit.", id="in what we heard"),
    pytest.param("Drove her home, mom called and told her to sleep.", id="a subject in between"),
    pytest.param("Jared came over and told her she should quit.", id="a name like a verb"),
    pytest.param("She told me I should eat more.", id="advice to the writer"),
    pytest.param("I was told she should come at nine.", id="told by others"),
    pytest.param("She was told to stop.", id="told, by whoever"),
    pytest.param("My sponsor told me to stop, and I shared that.", id="the writer's own story"),
    pytest.param("I told her I should have left sooner myself.", id="the writer's own past"),
    pytest.param("I told her my sponsor said I should slow down.", id="a sponsor, long ago"),
    pytest.param("She told him he should move out.", id="she gave it"),
    pytest.param("She said I told her she should leave.", id="her account"),
    pytest.param("She asked if I told her mom she should come.", id="a question about it"),
    pytest.param("He said, “I told her she should stop.”", id="in his quotes"),
    pytest.param('Her mom said "you should leave him".', id="in a mother's quotes"),
    pytest.param("“You should have seen me,” she said.", id="she laughs"),
    pytest.param("I did not give advice, asked what she had tried.", id="refused"),
    pytest.param("I didn't tell her she should leave.", id="did not tell"),
    pytest.param("I never told him to quit.", id="never told"),
    pytest.param("I gave no advice.", id="none given"),
    pytest.param("Listened instead of telling her to leave.", id="listened instead"),
    pytest.param("She asked what she should do. I asked what she had tried.", id="she asks"),
    pytest.param("She asked if I should come.", id="if I should come"),
    pytest.param("She asked for my advice; we looked at what worked before.", id="asked for it"),
    pytest.param("I wanted to tell her she should leave, and held it.", id="held back"),
    pytest.param("I told her she should decide for herself.", id="the choice stays hers"),
    pytest.param("I told him he should be proud of himself.", id="pride"),
    pytest.param("I told her she should not feel bad about it.", id="no shame"),
    pytest.param("I told her not to worry.", id="comfort"),
    pytest.param("I told him to take his time.", id="no hurry"),
    pytest.param("Told her to call me anytime.", id="an open door"),
    pytest.param("Told her I'd pick her up at 9.", id="a ride"),
    pytest.param("Told him the bus leaves at 8.", id="a bus"),
    pytest.param("I told her about the food shelf.", id="a resource"),
    pytest.param("I told her she should get a letter next week.", id="a letter to come"),
    pytest.param("Told her she needs to bring her ID to the DMV.", id="what the office asks"),
    pytest.param("I told her she should call, as we agreed.", id="agreed before"),
    pytest.param("Reminded her of the plan she wrote.", id="a reminder"),
    pytest.param("She asked me to remind her, so I told her to call her aunt.", id="on request"),
    pytest.param("I told the judge she should get a later time.", id="spoke up in court"),
    pytest.param("I told her lawyer she should be heard.", id="spoke up with a lawyer"),
    pytest.param("I will tell her what I heard.", id="a plan of mine"),
    pytest.param("Gave her the number of the advice line.", id="a line to call"),
    pytest.param("I suggested we walk to the river.", id="a walk together"),
    pytest.param("She suggested she leave early.", id="her suggestion"),
    pytest.param("I think court went well. We should do this again.", id="we should"),
    pytest.param("I told her she could ask for a break if she wants.", id="she could"),
    pytest.param("Wen to teh libary, she spel it rong, told me al abot it", id="spelling"),
]


@pytest.mark.practice("SVC-11", "MPR-6")
@pytest.mark.parametrize(("words", "phrase"), ADVICE)
def test_the_writers_own_advice_is_seen_where_it_stands(words, phrase):
    assert [(h.kind, h.phrase, h.start) for h in review(words)] == [
        (HintKind.ADVICE, phrase, words.index(phrase))
    ]


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize("words", NONE)
def test_what_is_not_the_writers_advice_is_left_alone(words):
    assert review(words) == ()


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize(
    ("words", "instead"),
    [
        pytest.param("I told her she should go.", "she chose …", id="she"),
        pytest.param("Told him to go.", "he chose …", id="he"),
        pytest.param("I told them they should go.", "the choice was …", id="they"),
    ],
)
def test_a_hint_gives_its_reason_and_another_way_to_say_it(words, instead):
    (hint,) = review(words)
    assert (str(hint.say), str(hint.instead)) == (
        "sounds like advice. In this role we look for ways together. Was it an idea you two found?",
        f"we talked about ways to go; {instead}",
    )


def test_the_same_words_twice_are_one_hint_and_order_is_kept():
    words = "My advice was to go. Told him to go. I sat. Told him to go."
    assert [hint.phrase for hint in review(words)] == ["My advice was", "Told him to go"]


ACTS = "clinical drug_testing advice doing_for"
WORDS = "diagnosis stigmatizing"


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize("kind", list(HintKind))
def test_what_was_done_is_not_written_away(kind):
    """Other words mend a label. They do not undo a test or an advice that was given."""
    assert kind.is_an_act == (kind.value in ACTS.split())
    assert kind.is_an_act != (kind.value in WORDS.split())


@pytest.mark.practice("SVC-11", "PROC-7")
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Told her to call 988.", id="the lifeline"),
        pytest.param("I told her she should go to the ER right now.", id="the emergency room, now"),
        pytest.param("I called 911 for her.", id="dialed for her"),
        pytest.param("I asked her if she is thinking of killing herself.", id="asked openly"),
    ],
)
def test_calling_for_help_is_never_outside_the_role(words):
    assert review(words) == ()


@pytest.mark.practice("PROC-7")
def test_in_place_of_judging_the_danger_it_points_to_asking_and_calling_together():
    [hint] = review("Assessed her for suicide risk.")
    assert "I asked her openly; we called 988 together" in str(hint.instead)


def test_no_other_way_to_say_it_invents_what_was_seen():
    for words in ("She seems bipolar.", "He seems bipolar."):
        [hint] = review(words)
        assert "…" in str(hint.instead)


PIECES = [
    "I ",
    "told ",
    "her ",
    "she ",
    "should ",
    "said ",
    "“",
    "”",
    '"',
    "and ",
    ", ",
    ". ",
    "to ",
]


@given(st.lists(st.sampled_from([*PIECES, "you ", "advice ", "é", "\n"]), max_size=60))
def test_a_phrase_is_always_verbatim(pieces):
    words = "".join(pieces)
    assert [words[h.start :][: len(h.phrase)] for h in review(words)] == [
        hint.phrase for hint in review(words)
    ]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Sat with her before court and talked. She said it helps. " * 40, id="a note"),
        pytest.param("I told her that maybe " * 110, id="half a phrase, over and over"),
        pytest.param("said, and then " * 160, id="parts, over and over"),
    ],
)
def test_no_sentence_makes_it_search_for_ever(words):
    assert len(review(words * 20)) <= len(words) * 20
