"""The array from a sentence alone, and what the sentence may take away."""

import csv
from pathlib import Path

import pytest

from alongside.practice.arrays import ArrayFacts, Reason, Sure, advise
from tests.practice.arrays.people import CPS, NEVER, ON

TALK = "Sat on the porch with him. I told him about losing my brother, he said nobody else gets it."
# Notes as people type them, with what is right. None of them is in the corpus.
SENTENCES = Path(__file__).with_name("sentences.tsv")


def sentences():
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        return [
            pytest.param(
                row["certified"] == "yes",
                None if row["array"] == "no service" else row["array"],
                row["words"],
                id=row["name"],
            )
            for row in csv.DictReader(lines, delimiter="\t")
        ]


@pytest.mark.practice("PEER-1", "PEER-2", "PEER-3", "PEER-4", "SVC-11")
@pytest.mark.parametrize(("certified", "array", "words"), sentences())
def test_the_array_of_a_sentence(certified, array, words):
    found = advise(ArrayFacts(CPS if certified else NEVER, words=words), ON)
    assert (found.array, found.no_service) == (array, array is None)
    assert all(isinstance(reason, Reason) and reason.source for reason in found.reasons)
    assert found.would_change


def test_a_sentence_that_is_new_reads_like_this():
    found = advise(ArrayFacts(CPS, words=TALK), ON)
    assert [(str(reason), reason.source) for reason in found.reasons] == [
        ("because the help came from the relationship", "PEER-2, seed 002"),
        ("the note tells of “my brother”", "PEER-2, seed 002"),
        ("and you are certified on this day (until Jul 2027)", "PEER-2, seed 002"),
    ]
    assert (found.label, found.sure) == ("peer support", Sure.SURE)


@pytest.mark.practice("PEER-1")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param("My certificate ran out Friday.", "My certificate ran out", id="ran out"),
        pytest.param("my cert lapsed", "my cert lapsed", id="lapsed"),
        pytest.param("I\u2019m in training.", "I\u2019m in training", id="in training"),
        pytest.param("I have no exam yet.", "no exam yet", id="no exam"),
        pytest.param("Exam next month!", "Exam next month", id="exam next month"),
        pytest.param("I'm not a CPS.", "I'm not a CPS", id="not a CPS"),
        pytest.param("I let my certification lapse.", "let my certification lapse", id="let"),
    ],
)
def test_words_that_say_no_certificate_holds_are_believed(more, said):
    found = advise(ArrayFacts(CPS, words=f"{TALK} {more}"), ON)
    assert found.label == "peer mentoring"
    assert [reason for reason in map(str, found.reasons) if "“" + said in reason] != []


@pytest.mark.practice("PEER-1")
@pytest.mark.parametrize(
    "more",
    [
        pytest.param("His forklift certificate ran out.", id="the person's"),
        pytest.param("Her cert expired.", id="hers"),
        pytest.param("He is in training at the plant.", id="training at work"),
        pytest.param("I am certified.", id="certified"),
    ],
)
def test_words_about_another_certificate_change_nothing(more):
    assert advise(ArrayFacts(CPS, words=f"{TALK} {more}"), ON).array == "peer_support"


@pytest.mark.practice("PEER-2")
def test_words_never_make_a_certificate():
    words = f"{TALK} I am a certified peer specialist."
    assert advise(ArrayFacts(NEVER, words=words), ON).label == "peer mentoring"


@pytest.mark.practice("PEER-4")
@pytest.mark.parametrize(
    ("words", "because", "source"),
    [
        ("did EMDR with her, six sets", "therapy belongs to clinical staff", "SVC-3, SVC-11"),
        ("gave him a massage and billed it as peer support", "must not be recorded", "PEER-4"),
        ("ran the urine cup for probation", "tests, diagnoses and giving medicine", "SVC-11"),
        ("no show, left a voicemail", "the two of you did not meet", "SVC-7"),
        ("typed my progress notes and mileage", "work about the person", "SVC-7"),
        ("dropped her off at the clinic, only a ride", "a ride alone", "PEER-2"),
        ("mowed his lawn, he was at his mom's", "done for the person", "SVC-6"),
    ],
    ids=["therapy", "billed", "test", "no-show", "office", "ride", "chore"],
)
def test_why_it_is_no_service(words, because, source):
    found = advise(ArrayFacts(CPS, words=words), ON)
    assert found.no_service
    assert because in str(found.reasons[0])
    assert found.reasons[0].source.startswith(source)


@pytest.mark.practice("PEER-6")
def test_words_that_say_little_go_to_the_array_lead_with_a_best_guess():
    found = advise(ArrayFacts(CPS, words="met with her today"), ON)
    assert (found.sure, found.ask_the_lead) == (Sure.ASK, True)
    assert found.array is not None or found.no_service
