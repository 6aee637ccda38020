"""How words are read: signs with their phrases, the model in its file and what it comes from."""

import json
from importlib.resources import files

import pytest

from alongside.practice.arrays import model, reading, wording
from alongside.practice.arrays.features import letter_runs, read_words, word_runs
from alongside.practice.arrays.reading import Kind, read, views, weights
from alongside.practice.catalog_errors import CatalogError, Lines, read_toml
from scripts.evaluating.array_corpus import corpus, corpus_hash


def signs_of(words):
    return wording.find_signs(read_words(words), words)


def test_words_with_their_places():
    text = "Didn\u2019t go to D\u2019Angelo's 12 times."
    words = read_words(text)
    assert [word.plain for word in words] == ["didnt", "go", "to", "dangelos", "0", "times"]
    assert text[words[0].start : words[0].end] == "Didn\u2019t"


def test_runs_of_words_and_letters():
    assert list(word_runs(["a", "b", "c"], 2)) == ["a", "b", "c", "a b", "b c"]
    assert list(letter_runs(["ab"], 2, 4)) == [" a", "ab", "b ", " ab", "ab ", " ab "]


@pytest.mark.parametrize(
    ("words", "group", "phrase"),
    [
        pytest.param("Showed him at last how", "teaching", "Showed him at last how", id="gap"),
        pytest.param("an EMDR set", "treating", "EMDR", id="capitals"),
        pytest.param("I've been there, too", "own_story", "I've been", id="apostrophe"),
        pytest.param("drove 40 miles, no-show", "no_contact", "no-show", id="as written"),
        pytest.param("My certification, sadly, lapsed", "lapsed_in_words", None, id="lapsed"),
    ],
)
def test_signs_are_shown_as_they_were_written(words, group, phrase):
    assert signs_of(words).phrases[group] == (phrase or words)


@pytest.mark.parametrize("words", ["her cert expired", "the birth certificate expired"])
def test_words_after_which_a_sign_does_not_count(words):
    assert "lapsed_in_words" not in signs_of(words).times


def test_the_same_words_are_read_the_same_way_and_nothing_is_too_odd():
    for words in ("", " ", "\x00", "😀" * 50, "a" * 30_000, "ÄÖÜ ñ 日本語", "'" * 99):
        found = read(words)
        assert found.certified == read(words).certified
        assert abs(sum(found.certified.values()) - 1) < 1e-9
        assert Kind.RELATIONSHIP not in found.others


def test_the_weights_were_made_from_the_corpus_that_is_here():
    assert weights().made_from == corpus_hash(), "make array-model"


def test_the_weights_are_small_and_come_back_from_their_file_as_they_were():
    source = files("alongside.practice.arrays").joinpath("weights.json")
    text = source.read_text(encoding="utf-8")
    assert len(text) < 2_000_000
    assert model.dump(weights()) == text
    assert set(json.loads(text)["classes"]) == set(Kind)


def test_the_corpus_has_every_array_from_both_kinds_of_supporter():
    held = corpus()
    assert len(held) >= 870
    assert len({(one.kind, one.certified) for one in held}) == 11
    assert not any(one.kind is Kind.RELATIONSHIP and not one.certified for one in held)
    assert len({one.text for one in held}) == len(held)


def test_views_are_counted_by_runs_and_signs():
    blocks, _signs = views("taught her")
    words, letters, signs = (list(block) for block in blocks)
    assert words == ["w taught", "w her", "w taught her"]
    assert "l taugh" in letters
    assert {"s teaching 1", "s no work"} <= set(signs)


FINE = '[a]\nhelp = "A."\nwords = ["one ... two*", "three"]\n'


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('help = "A."\n', "", 1, "[a] needs help and words."),
        ('"three"', '"Three"', 3, "[a] has “Three”: small letters"),
        ('"three"', '"it\'s"', 3, "[a] has “it's”"),
        ('"three"', '"1"', 3, "[a] has “1”"),
        ('"three"]', '"three"]\nmore = 1', 4, "[a] has “more”, unknown here."),
        ('"three"]', '"three"]\nweighs = "no"', 4, "[a] has “weighs”, which must be"),
    ],
    ids=["no help", "capitals", "apostrophe", "number", "unknown", "weighs"],
)
def test_a_mistake_in_the_signs_is_told_with_its_line(monkeypatch, old, new, line, what):
    monkeypatch.setattr(wording, "KNOWN", frozenset({"a"}))
    assert list(wording._mistakes_of(read_toml(FINE, "x"), Lines(FINE))) == []
    text = FINE.replace(old, new)
    (mistake,) = wording._mistakes_of(read_toml(text, "x"), Lines(text))
    assert (mistake.line, what in mistake.what) == (line, True)


def test_a_group_that_the_rules_ask_for_must_be_there():
    found = list(wording._mistakes_of(read_toml(FINE, "x"), Lines(FINE)))
    assert isinstance(found[0], CatalogError)
    assert {"[teaching]" in mistake.what for mistake in found} == {True, False}
    assert list(wording.mistakes()) == []
    assert reading.weights.cache_info().currsize <= 1
