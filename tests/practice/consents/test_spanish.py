"""A consent in Spanish: whole, word for word what the pages say, and English stays as it was."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.practice.catalog_errors import read_text
from alongside.practice.consents import (
    Category,
    ConsentKind,
    Document,
    Ending,
    RecipientFacts,
    RecipientKind,
    book,
    document,
    from_data,
    part_2,
    reading,
)
from scripts.wording import catalogs
from tests.consents.made import whole

# What the texts of 2024-1 hashed to before there was a second language.
ENGLISH_BEFORE = "37af2602539266ca0d9bf2fdaac41b581156bc25bc1081d5580efd1ecac9e773"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {m.id: m.string for m in catalogs.read("es") if isinstance(m.id, str) and not m.context}


def texts_of(one: Document) -> list[str]:
    found = [one.title, one.lead]
    for section in one.sections:
        found += [section.name, *section.lines, section.legal]
    return [text for text in found if text]


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize("kind", list(ConsentKind))
def test_every_kind_is_whole_in_spanish_and_says_what_the_english_says(kind, pages):
    own = replace(whole(kind), information="Solo en octubre", language="es")
    spanish, english = document(own), document(replace(own, language="en"))
    assert (spanish.language, spanish.version) == ("es", english.version)
    assert [s.code for s in spanish.sections] == [s.code for s in english.sections]
    assert [len(s.lines) for s in spanish.sections] == [len(s.lines) for s in english.sections]
    assert [s.source for s in spanish.sections] == [s.source for s in english.sections]
    theirs = {"Gia Rivera", "Milkweed Row", "Pat Olsen, Dunn County", own.information}
    theirs |= {own.purpose_words}
    same = (set(texts_of(spanish)) & set(texts_of(english))) - theirs
    assert same == set()


def test_the_dated_words_and_those_of_the_pages_are_the_same(pages):
    """A refusal is translated by the page, a text by the file: they may not drift apart."""
    wrong = []
    tongue = book().tongues["es"]
    english = book().tongues["en"]
    for ours, same in (
        (english.categories, tongue.categories),
        (english.purposes, tongue.purposes),
    ):
        wrong += [name for code, name in ours.items() if pages[name] != same[code]]
    parts = [*book().elements.values()]
    for version in book().versions:
        parts += [*version.statements.values()]
        for kind in version.kinds.values():
            parts += [kind, *kind.answers]
    for part in parts:
        told = part.beside["es"].items()
        wrong += [text for name, text in told if pages[getattr(part, name)] != text]
    assert wrong == []


def test_english_reads_as_it_did_before_and_keeps_its_code():
    assert document(whole()).hash == ENGLISH_BEFORE
    assert "language" not in document(whole()).as_data()


def test_the_text_keeps_its_language_and_another_one_is_another_text():
    spanish = document(whole(language="es"))
    assert from_data(spanish.as_data()) == spanish
    assert spanish.hash != document(whole()).hash
    assert reading(whole(language="es"), language="en") == document(whole())
    assert reading(whole(), language="fr") is None
    assert reading(whole(version="1999"), language="es") is None


def test_days_ends_and_groups_are_said_in_spanish():
    facts = whole(ConsentKind.TPO, language="es", ends_on=date(2027, 2, 1))
    group = book().versions[-1].kinds[ConsentKind.TPO].class_words
    covered = RecipientFacts(RecipientKind.CLASS, group, covered=True)
    found = {s.code: s.lines for s in document(replace(facts, recipients=(covered,))).sections}
    assert found["end"] == ("Hasta el 1 de febrero de 2027.",)
    assert found["recipient"][0].startswith("Quienes me dan tratamiento")
    assert found["recipient"][0].endswith("(plan de salud o proveedor bajo HIPAA)")
    event = replace(facts, ends=Ending.EVENT, ends_event="Termina mi caso.")
    found = {s.code: s.lines for s in document(event).sections}
    assert found["end"] == ("Hasta que pase esto: Termina mi caso.",)
    assert found["information"] == (book().tongues["es"].categories[Category.ATTENDANCE],)


def test_nobody_has_read_it_over_yet_and_the_file_says_so():
    tongue = book().tongues["es"]
    assert (tongue.native_speaker, tongue.lawyer, tongue.looked_over) == ("", "", False)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param(
            "[version.statement.copy.es]", "[version.statement.copy.fr]", "“es”", id="a text lost"
        ),
        pytest.param('"enero", ', "", "twelve names", id="a month lost"),
        pytest.param('reach = "Cómo', 'reaches = "Cómo', "a name for each", id="a category lost"),
        pytest.param("Permito que {discloser} dé", "Permito dar", "{discloser}", id="a gap lost"),
        pytest.param("Hasta el {day}.", "Hasta el día.", "{day}", id="a day lost"),
        pytest.param('lawyer = ""', "", "needs “lawyer”", id="who read it is not said"),
    ],
)
def test_a_mistake_in_the_spanish_is_told(old, new, what):
    shipped = read_text(part_2._source(), part_2.WHERE)
    changed = shipped.replace(old, new)
    assert changed != shipped
    entries, lines = part_2.read_toml(changed, ""), part_2.Lines(changed)
    told = list(part_2.mistakes_of(entries, lines, part_2.WHERE))
    assert any(what in error.what for error in told), [str(e) for e in told]
