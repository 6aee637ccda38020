"""The text that a person signs: plain words, the rule beside them, nothing left out."""

import re
from dataclasses import replace
from datetime import date

import pytest

from alongside.practice.consents import (
    Category,
    ConsentKind,
    Ending,
    RecipientFacts,
    RecipientKind,
    Section,
    book,
    code_of,
    document,
    from_data,
    is_code_of,
)
from tests.consents.made import whole


def said(facts) -> dict[str, tuple[str, ...]]:
    return {section.code: section.lines for section in document(facts).sections}


def test_the_text_says_every_element():
    facts = whole(
        categories=frozenset({Category.ATTENDANCE, Category.RECEIVED}),
        information="October and November",
        ends_on=date(2027, 2, 1),
    )
    found = said(facts)
    assert found["participant"] == ("Gia Rivera",)
    assert found["discloser"] == ("Milkweed Row",)
    assert found["recipient"] == ("Pat Olsen, Dunn County",)
    assert found["information"] == (
        "That I was referred, and that it arrived",
        "The days we met",
        "October and November",
    )
    assert found["purpose"][0] == "To keep the county or family court up to date"
    assert found["end"] == ("Until February 1, 2027.",)
    assert list(found)[-3:] == ["revocation", "proceedings", "copy"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param(
            {"ends": Ending.EVENT, "ends_event": "My case is closed."},
            ("Until this happens: My case is closed.",),
            id="an event",
        ),
        pytest.param(
            {"ends": Ending.NONE},
            ("It has no end of its own. I can take it back at any time.",),
            id="no end",
        ),
    ],
)
def test_how_an_end_reads(changed, words):
    assert said(whole(ConsentKind.TPO, **changed))["end"] == words


def test_who_receives_through_whom_is_said():
    hub = RecipientFacts(
        RecipientKind.INTERMEDIARY, "Dunn health hub", participants="Those who treat me"
    )
    clinic = RecipientFacts(RecipientKind.PERSON, "Red Cedar clinic", covered=True)
    assert said(whole(recipients=(hub, clinic)))["recipient"] == (
        "Dunn health hub: Those who treat me",
        "Red Cedar clinic (health plan or provider under HIPAA)",
    )


def test_a_statement_stands_in_plain_words_with_the_rule_beside_it():
    revocation = next(s for s in document(whole()).sections if s.code == "revocation")
    assert revocation.lines[0].startswith("I can take this back at any time")
    assert "reliance" in revocation.legal
    assert revocation.source == "2.31(a)(6)"
    marked = Section("money", "No asking for money", (), "Law", "2.31(a)(10) (check)")
    assert (marked.cited, marked.source) == ("2.31(a)(10)", "2.31(a)(10) (check)")


def test_the_text_is_kept_whole_and_its_hash_tells_every_change():
    one = document(whole())
    assert from_data(one.as_data()) == replace(
        one, sections=tuple(replace(s, lines=tuple(s.lines)) for s in one.sections)
    )
    assert document(whole()).hash == one.hash
    assert document(whole(information="And more")).hash != one.hash
    assert document(whole(signer_name="Another", signed_on=None)).hash == one.hash


def test_the_code_at_the_foot_of_a_paper():
    text_hash = document(whole()).hash
    code = code_of(text_hash)
    assert is_code_of(code.upper(), text_hash)
    assert is_code_of(code.replace("-", " "), text_hash)
    assert not is_code_of(code[:4], text_hash)
    assert not is_code_of("", text_hash)
    assert not is_code_of("00000000", text_hash)


def test_a_kind_its_version_does_not_know_has_no_text():
    with pytest.raises(LookupError):
        document(whole(version="1999"))


def grade(text: str) -> float:
    """Flesch-Kincaid, with syllables counted by their vowels."""
    words = re.findall(r"\w+", text)
    sentences = [part for part in re.split(r"[.!?;:]+(?:\s|$)", text) if part.strip()]
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", w.lower())))) for w in words
    )
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


NEWEST = book().versions[-1]


@pytest.mark.parametrize("code", sorted(NEWEST.statements))
def test_what_the_participant_reads_is_plain(code):
    assert grade(NEWEST.statements[code].plain) <= 6


@pytest.mark.parametrize("kind", list(ConsentKind))
def test_how_a_form_begins_is_plain(kind):
    assert grade(NEWEST.kinds[kind].lead.format(discloser="Milkweed Row")) <= 6


def test_the_test_for_plain_words_tells_plain_from_not():
    legal = " ".join(said.legal for said in NEWEST.statements.values())
    assert grade(legal) > 8
