"""A paper holds what was meant, as text, and reads aloud; nothing in it runs."""

from collections.abc import Mapping

import pytest

from alongside.papers import TEMPLATES, Paper, pdf
from tests.papers.reading import opened, roles_of, words_of

NOTICE = {"title": "Notice", "words": "42 CFR part 2 prohibits unauthorized use or disclosure."}


def record(*parts: Mapping[str, object], **more: object) -> dict[str, object]:
    sections = [{"title": "What is there", "parts": list(parts)}]
    return {"title": "Record", "agency": "Milkweed Row", "sections": sections, **more}


def said(text: str) -> dict[str, object]:
    return {"kind": "text", "text": text}


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_each_paper_has_its_template_and_no_template_is_without_a_paper():
    found = {path.stem for path in TEMPLATES.glob("*.typ")}
    assert found == {paper.value for paper in Paper} | {"_look"}


@pytest.mark.parametrize("name", ["../record", "_look", "record.typ", "", "invoice"])
def test_a_paper_that_does_not_exist_is_refused(name):
    with pytest.raises(ValueError, match="is not a valid Paper"):
        pdf(name, record())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("She said \"no\" and 'yes'.", id="quotes"),
        pytest.param('#panic("x") #sys.inputs #import "a.typ"', id="code of the template language"),
        pytest.param("$x^2$ costs $ 5", id="dollars"),
        pytest.param("C:\\new\\table \\u{41} \\n", id="backslashes"),
        pytest.param("<script>alert(1)</script> <label> @ref", id="script and labels"),
        pytest.param("*bold* _slanted_ `raw` = head - item + item / term: x ~ -- ...", id="marks"),
        pytest.param("// no comment /* nor this */ [content] {code}", id="comments and brackets"),
        pytest.param("Peñúñuri Müller Nguyễn Xiong Pajtshiab Łukasz", id="letters with marks"),
        pytest.param("{n} of {m}", id="gaps of the page number"),
    ],
)
def test_text_survives_as_text(text):
    made = pdf("record", record(said(text)))
    assert squeezed(text) in squeezed(words_of(made))


def test_right_to_left_words_are_there_letter_by_letter():
    made = pdf("record", record(said("שלום לך")))
    assert set("שלוםלך") <= set(words_of(made))


def test_signs_that_no_font_shows_are_written_as_their_names():
    everywhere = record({"kind": "list", "items": ["\U0001fae0 \U00013000"]}, subject="\U0001fae0")
    made = words_of(pdf("record", everywhere))
    assert squeezed("[melting face]") in squeezed(made)
    assert squeezed("[egyptian hieroglyph a001]") in squeezed(made)


def test_controls_and_turned_letters_are_left_out():
    made = words_of(pdf("record", record(said("be\x07fore \u202eafter\ud800"))))
    assert squeezed("before after") in squeezed(made)


def test_twenty_thousand_letters_are_all_there_on_as_many_pages_as_they_need():
    text = " ".join(f"word{n}" for n in range(2300))[:20_000]
    made = pdf("record", record(said(text)))
    there = words_of(made).split()
    assert [word for word in there if word.startswith("word")] == text.split()
    with opened(made) as document:
        assert len(document.pages) > 3


def test_a_word_without_an_end_goes_on_in_the_next_line():
    made = pdf("record", record(said("x" * 20_000)))
    assert words_of(made).count("x") == 20_000
    with opened(made) as document:
        assert len(document.pages) > 3


PARTS = (
    {"kind": "rows", "rows": [["Name", "Gia Rivera"], ["County", "Dunn"]]},
    said("We met twice."),
    {"kind": "quote", "text": "A place of my own", "who": "Gia"},
    {"kind": "list", "items": ["one", "two"]},
    {"kind": "table", "head": ["When", "What"], "rows": [["Nov 2", "A"], ["Nov 3", "B"]]},
    {"kind": "sign", "text": "Name, day"},
)


@pytest.mark.parametrize("paper", list(Paper))
def test_every_paper_is_tagged_and_says_its_language_and_title(paper):
    data = record(
        *PARTS,
        notice=NOTICE,
        head=["When", "What"],
        groups=[{"title": "2026", "rows": [["Nov 2", "A", "B", "C"]]}],
        to=["Pat Olsen"],
    )
    made = pdf(paper, data, language="es")
    with opened(made) as document:
        assert document.Root.Lang == "es"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Record"
            assert "xmp:CreateDate" not in metadata
    roles = roles_of(made)
    assert {"H1", "P", "Table", "TH", "TD", "L", "LI"} <= set(roles)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_paper_with_nothing_in_it_is_still_a_paper(paper):
    with opened(pdf(paper, {"title": "Nothing yet"})) as document:
        assert len(document.pages) == 1


def test_a_part_nobody_knows_is_a_mistake_of_ours():
    with pytest.raises(RuntimeError, match="a part is rows"):
        pdf("record", record({"kind": "picture"}))


def test_the_same_words_make_the_same_words_again():
    data = record(*PARTS, notice=NOTICE)
    assert words_of(pdf("record", data)) == words_of(pdf("record", data))


def test_the_notice_and_the_foot_are_on_the_paper():
    data = record(said("A"), notice=NOTICE, foot="Kept by law", page="Page {n} of {m}")
    made = squeezed(words_of(pdf("update", data)))
    assert [squeezed(x) in made for x in (NOTICE["words"], "Kept by law", "Page 1 of 1")] == [
        True,
        True,
        True,
    ]
