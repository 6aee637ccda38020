"""The page for hard talks and the key concepts of the processes: short, calm, with sources."""

import re

import pytest

from alongside.practice import concepts, talks
from alongside.practice.catalog_errors import CatalogError
from alongside.practice.codes import HardTalk, Process
from alongside.practice.concepts import concepts_of, read_concepts
from alongside.practice.talks.reading import FRAME, read_page

OTHER_WORDS = re.compile(r"\b(client|patient|addict|abuser|non-compliant|commit suicide)s?\b", re.I)
PAGE = talks.page()


@pytest.mark.practice("PROC-7")
def test_there_is_a_part_for_each_kind_of_hard_talk():
    kinds = [talk.value for talk in HardTalk if talk is not HardTalk.OTHER]
    assert [part.code for part in PAGE.talks] == kinds
    assert [part.code for part in PAGE.parts if part.code in FRAME] == ["now", "role", "after"]


@pytest.mark.practice("PROC-7")
def test_whom_to_call_comes_first_and_can_be_dialed():
    assert [(line.call, line.text) for line in PAGE.lines][:2] == [("988", "988"), ("911", "")]
    assert [line.name for line in PAGE.lines if not re.fullmatch(r"[\d-]{3,}", line.call)] == []


@pytest.mark.practice("PROC-7")
def test_it_asks_openly_and_takes_nothing_away():
    suicide = PAGE.part("suicide")
    assert "does not plant the idea" in suicide.lead
    assert "Are you thinking of killing yourself?" in suicide.say
    [means] = [step for step in suicide.steps if "distance" in step]
    assert "only together" in means


def test_steps_are_short_and_rows_of_our_own_say_so():
    steps = [(part.code, step) for part in PAGE.parts for step in part.steps]
    assert [step for _code, step in steps if len(step.split()) > 45] == []
    assert [part.code for part in PAGE.parts if "our own" not in part.source] == []


@pytest.mark.practice("PROC-2")
def test_each_process_has_its_key_concepts_with_their_source():
    found = {process.value: concepts_of(process) for process in Process}
    assert {code: len(held) for code, held in found.items()} == {
        "connecting": 5,
        "exploring": 5,
        "supporting": 5,
        "planning": 3,
        "advocating": 5,
    }
    loose = [
        c.name
        for held in found.values()
        for c in held
        if not c.source.startswith("Wisconsin CPS course, ")
    ]
    assert loose == []
    assert concepts_of("gone") == ()


@pytest.mark.practice("PROC-2")
def test_a_concept_is_read_in_a_moment():
    texts = [c.words for process in Process for c in concepts_of(process)]
    assert [text for text in texts if len(text.split()) > 45] == []


@pytest.mark.practice("MPR-6")
def test_no_sentence_labels_anyone():
    said = [*talks.texts(), *concepts.texts()]
    assert [text for text in said if OTHER_WORDS.search(text)] == []


def _page(old="", new=""):
    part = '[[part]]\ncode = "{0}"\ntitle = "T"\nlead = "L"\nsteps = ["S"]\nsource = "our own"\n'
    codes = [*FRAME, *(talk.value for talk in HardTalk if talk is not HardTalk.OTHER)]
    line = '[[line]]\nname = "988"\ncall = "988"\nwords = "W"\nsource = "S"\n'
    return ('title = "T"\nlead = "L"\n' + line + "".join(map(part.format, codes))).replace(
        old, new, 1
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param("lead", "moon", "line 1: The page needs “lead”", id="unknown on top"),
        pytest.param(
            'call = "988"\n', "", "line 3: “988” needs “call”", id="a line without number"
        ),
        pytest.param(
            "call =", 'part = "moon"\ncall =', "line 5: “moon” must be", id="no such part"
        ),
        pytest.param('words = "W"', "words = 4", "line 6: “words” must be text", id="a number"),
        pytest.param('code = "now"', 'code = "moon"', "line 9: “moon” must be one of", id="code"),
        pytest.param('steps = ["S"]', 'steps = "S"', "line 12: “steps” must be a list", id="steps"),
        pytest.param('steps = ["S"]', "steps = []", "line 12: “T” needs “steps”", id="no steps"),
        pytest.param("[[line]]", "[line]", r"line 3: The page needs \[\[line\]\]", id="no list"),
        pytest.param("title", "[title", "line 1: This cannot be read", id="not TOML"),
    ],
)
def test_a_mistake_in_the_page_is_told(old, new, sentence):
    assert read_page(_page()).title == "T"
    with pytest.raises(CatalogError, match=sentence):
        read_page(_page(old, new))


CONCEPT = '[[{0}]]\nname = "N"\nwords = "W"\nsource = "our own"\n'
CONCEPTS = "".join(map(CONCEPT.format, Process))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param('words = "W"\n', "", "line 1: .* number 1 needs a words", id="no words"),
        pytest.param('words = "W"', "words = 4", "line 3: .* unknown or not text", id="a number"),
        pytest.param("words =", "moon =", "needs a words", id="another line"),
        pytest.param("[[connecting]]", "[[moon]]", "There are no .*connecting", id="another"),
        pytest.param("[[connecting]]", "[connecting]", "must be sections", id="no list"),
    ],
)
def test_a_mistake_in_the_concepts_is_told(old, new, sentence):
    assert len(read_concepts(CONCEPTS)) == 5
    with pytest.raises(CatalogError, match=sentence):
        read_concepts(CONCEPTS.replace(old, new, 1))
