"""The role review as a whole: notes, phrases, spelling, quotes, and where its weights come from."""

import socket
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.practice.role import LONGEST_PHRASE, MOST_READ, HintKind, judge, review
from alongside.practice.role.lists import _lexicon, _words, mistakes, mistakes_in
from alongside.practice.role.model import shipped
from alongside.practice.role.words import read_words
from scripts.evaluating.learning import LABELS, corpus, corpus_hash

NOTE = (
    "Met her at the library, she was tired. {} Then we walked to the bus and she told me about her"
    " grandson. Next time Thursday."
)
OUTSIDE = [
    pytest.param("Did a UA with her, clean.", "drug_testing", "Did a UA", id="a test"),
    pytest.param(
        "I told her she should leave him.", "advice", "I told her she should", id="advice"
    ),
    pytest.param("She seems bipolar.", "diagnosis", "seems bipolar", id="a diagnosis"),
    pytest.param(
        "Filled out her whole FoodShare form for her while she watched TV.",
        "doing_for",
        "her whole FoodShare form for her",
        id="doing for",
    ),
]


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize(("sentence", "kind", "within"), OUTSIDE)
def test_in_a_whole_note_the_hint_stands_at_the_phrase(sentence, kind, within):
    words = NOTE.format(sentence)
    (hint,) = review(words)
    assert hint.kind.value == kind
    assert within in words[hint.start : hint.start + len(hint.phrase)]


@pytest.mark.practice("SVC-11")
def test_a_note_inside_the_role_is_quiet():
    assert review(NOTE.format("She set two goals and wrote them down herself.")) == ()


def test_many_findings_are_few_hints():
    several = " ".join(f"I told {name} she should leave him." for name in ("Ann", "Gia", "Mai") * 3)
    assert len(review(several + " I advised her to go. Advised against it. Urged him to go.")) == 4


SLIPS = [
    pytest.param("tld her she shoud leave him", "advice", id="tld, shoud"),
    pytest.param("did theraphy with her on her truama", "clinical", id="theraphy, truama"),
    pytest.param("did a u/a w/ her, clean", "drug_testing", id="u/a w/"),
    pytest.param("SEEMS BIPOLAR", "diagnosis", id="all capitals"),
    pytest.param("shes noncomplient agian", "stigmatizing", id="noncomplient"),
    pytest.param("she said her docter tld her she has ptsd", "in", id="docter, tld"),
    pytest.param("i didnt give advise, askd what shed tried", "in", id="didnt, advise"),
]


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize(("words", "label"), SLIPS)
def test_spelling_never_counts(words, label):
    assert judge(words)[0] == label


@pytest.mark.practice("SVC-11")
@pytest.mark.parametrize(
    ("words", "curly"),
    [
        pytest.param('He said "I am a junkie".', "He said “I am a junkie”.", id="his own word"),
        pytest.param("I didn't test him.", "I didn\u2019t test him.", id="a refusal"),
    ],
)
def test_straight_and_curly_quotes_are_alike(words, curly):
    assert (judge(words)[0], judge(curly)[0]) == ("in", "in")


WAYS = [
    pytest.param("Processed her trauma with her.", "she talked about …", id="counseling, she"),
    pytest.param("Told him to cut his Zoloft in half.", "for his doctor", id="medicine, he"),
    pytest.param("Gave her the PHQ-9, she scored 18.", "who can assess it", id="a scale"),
    pytest.param("Did a UA with him, clean.", "I kept him company on the way", id="a test"),
    pytest.param("He seems bipolar.", "I asked him how it is for him", id="a diagnosis"),
    pytest.param("Wrote his letter to the judge, he just signed it.", "side by side", id="doing"),
    pytest.param("Typical addict, always an excuse.", "what happened was …", id="a label"),
]


@pytest.mark.practice("SVC-3", "SVC-6", "SVC-11", "MPR-6")
@pytest.mark.parametrize(("words", "way"), WAYS)
def test_each_kind_gives_a_reason_and_a_way_inside_the_role(words, way):
    hint = review(words)[0]
    assert str(hint.say)
    assert way in str(hint.instead)


STARTS = ["i", "she", "he", "told her", "said", "should", "did a ua with", "clean", "for"]
ENDS = ["seems bipolar", "not my role", "filled in", "junkie", "therapy", "asked me to", "didn't"]
MARKS = ['"', "“", "”", ".", ",", "?", ";", "\n", "-", "w/", "é", "7", "phq-9", "it's"]
PIECES = st.sampled_from([*STARTS, *ENDS, *MARKS])


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_it_never_fails_and_a_phrase_is_verbatim(words):
    label, hints = judge(words)
    assert (label == "in") is (hints == ())
    for hint in hints:
        assert words[hint.start :].startswith(hint.phrase)
        assert 0 < len(hint.phrase) <= LONGEST_PHRASE
    assert judge(words) == (label, hints)


@given(st.text(alphabet=string.ascii_letters + " .,'\"w/-", max_size=60))
@settings(max_examples=60, deadline=None)
def test_each_word_knows_where_it_stands(note):
    places = [(word.start, word.end) for word in read_words(note)]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(note) for start, end in places)


def test_what_is_longer_than_most_read_is_left():
    assert review("x" * MOST_READ + " I told her she should leave him.") == ()
    assert len(review("a" * 500 + "junkie" * 100)) <= 1


def test_it_needs_no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("The review asked for a network.")

    monkeypatch.setattr(socket, "socket", refuse)
    shipped.cache_clear()
    assert judge("seems bipolar")[0] == "diagnosis"


def test_the_weights_were_learned_from_this_corpus():
    assert shipped().corpus == corpus_hash(), "The corpus or a list changed: make role-model"


def test_the_corpus_is_large_and_each_sentence_stands_once():
    sentences = corpus()
    assert len(sentences) >= 1_500
    assert {one.label for one in sentences} == set(LABELS) == {"in", *HintKind}
    assert len({(one.text, one.group) for one in sentences}) == len(sentences)
    assert all(one.group and one.text.strip() for one in sentences)


def test_the_lists_are_whole():
    assert list(mistakes()) == []


@pytest.mark.parametrize(
    ("check", "text", "said"),
    [
        pytest.param(_lexicon, "[TELL]\n[SOMETHING]\n", "[SOMETHING] is unknown here.", id="new"),
        pytest.param(_lexicon, "[TELL]\n", "[TELL] needs words, with | between them.", id="none"),
        pytest.param(
            _lexicon,
            '[TELL]\nwords = "told | | tell"\n',
            "[TELL] has an empty entry between two |.",
            id="an empty entry",
        ),
        pytest.param(_words, "names = 3\n", "“names” must be words in one text.", id="a number"),
        pytest.param(_words, "more = ''\n", "“more” is unknown here.", id="an unknown list"),
    ],
)
def test_a_mistake_in_a_list_is_told_with_its_line(check, text, said):
    found = [(one.line, one.what) for one in mistakes_in(text, "a file", check)]
    assert (2 if "SOMETHING" in said else 1, said) in found
