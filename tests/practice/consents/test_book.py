"""The dated file: whole as shipped, and each mistake in it told with its line."""

import textwrap

import pytest

from alongside.practice.catalog_errors import read_text
from alongside.practice.consents import (
    ConsentKind,
    Element,
    book,
    mistakes,
    part_2,
    texts,
    version_on,
)
from tests.factories import TODAY


@pytest.fixture(scope="module")
def shipped() -> str:
    return read_text(part_2._source(), part_2.WHERE)


def test_the_shipped_file_is_whole():
    assert list(mistakes()) == []
    assert set(book().elements) == set(Element)
    assert set(version_on(TODAY).kinds) == set(ConsentKind)
    assert all(texts())


def test_before_every_version_the_first_one_made_here_is_used():
    first = min((v for v in book().versions if v.made_here), key=lambda v: v.begins)
    assert version_on(first.begins.replace(year=2000)) == first


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param(
            'purposes = ["tpo"]',
            'purposes = ["tpo", "proceedings"]',
            "stands alone",
            id="a legal case mixed in",
        ),
        pytest.param(
            'categories = ["counseling_notes"]',
            'categories = ["counseling_notes", "notes"]',
            "Counseling notes stand alone",
            id="counseling notes mixed",
        ),
        pytest.param("may_be_firm = true", "may_be_firm = 1", "true or false", id="not yes or no"),
        pytest.param(
            'ends = ["none", "date", "event"]',
            'ends = ["never"]',
            "must be one of date, event, none",
            id="an ending nobody knows",
        ),
        pytest.param("fits = true", "fits = false", "fits = true", id="no answer fits"),
        pytest.param('code = "2024-1"', 'code = "before-2024"', "two versions", id="a code twice"),
        pytest.param("from = 2024-04-16", "from = 1980-01-01", "in order", id="out of order"),
        pytest.param("from = 2024-04-16", 'from = "soon"', "“from” date", id="no day"),
        pytest.param("[element.refusal]", "[element.refusals]", "missing", id="a lost element"),
        pytest.param(
            "[version.statement.money]", "[version.statement.gold]", "“gold”", id="no statement"
        ),
        pytest.param('lead = "An older', 'leads = "An older', "needs “lead”", id="a lost text"),
        pytest.param('instead = "general"', 'instead = "x"', "must be a kind", id="instead of it"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(shipped, old, new, what):
    changed = shipped.replace(old, new)
    assert changed != shipped
    with pytest.raises(part_2.CatalogError) as found:
        part_2.read_book(changed)
    entries, lines = part_2.read_toml(changed, ""), part_2.Lines(changed)
    told = list(part_2.mistakes_of(entries, lines, part_2.WHERE))
    assert any(what in error.what for error in told), [str(e) for e in told]
    assert str(found.value).startswith("practice/jurisdictions/part_2.toml, line ")
    assert all(error.line > 0 for error in told)


def test_only_the_kind_for_care_may_have_no_end_whatever_the_file_says(shipped):
    changed = shipped.replace('ends = ["date", "event"]', 'ends = ["date", "none"]')
    with pytest.raises(part_2.CatalogError, match="may have no end"):
        part_2.read_book(changed)


def test_a_file_without_anything_is_told():
    with pytest.raises(part_2.CatalogError, match="section"):
        part_2.read_book(textwrap.dedent('name = "Nothing"'))
