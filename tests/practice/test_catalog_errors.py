"""Where a mistake stands in a file that a practitioner edits."""

import pytest

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml

TEXT = '''# A list.
name = "Wisconsin"      # [not.a.section]

[one]
help = """
[two]
help = "inside a text"
"""
ideas = [
    "first ] = [",
    "key = 1",
]
"odd key" = 1

[[period]]
from = 2014-07-01

[[period]]
from = 2015-07-01
[period.more]
a.b = 1
[two.three]
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param((), 1, id="the file"),
        pytest.param(("name",), 2, id="a key on top"),
        pytest.param(("one",), 4, id="a section"),
        pytest.param(("one", "help"), 5, id="a text of several lines"),
        pytest.param(("one", "ideas"), 9, id="a list of several lines"),
        pytest.param(("one", "odd key"), 13, id="a key in quotes"),
        pytest.param(("one", "gone"), 4, id="not there: the section"),
        pytest.param(("gone", "gone"), 1, id="not there: the file"),
        pytest.param(("period",), 15, id="the first of several"),
        pytest.param(("period", 0, "from"), 16, id="a key in the first"),
        pytest.param(("period", 1), 18, id="the second"),
        pytest.param(("period", 1, "from"), 19, id="a key in the second"),
        pytest.param(("period", 1, "more", "a", "b"), 21, id="deep inside"),
        pytest.param(("two",), 22, id="named by what is in it, not by a text above"),
    ],
)
def test_the_line_of_an_entry(path, line):
    assert read_toml(TEXT, "x.toml")["period"][1]["more"] == {"a": {"b": 1}}
    assert Lines(TEXT).of(*path) == line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[a\n", "line 1: This cannot be read. Expected ']'", id="in its line"),
        pytest.param(
            "[a]\n[b]\n[a]\n", "line 3: This cannot be read. Cannot declare “a” twice.", id="twice"
        ),
        pytest.param("a = [\n1,\n", "line 2: This cannot be read. Invalid value.", id="at the end"),
        pytest.param("a", "line 1: This cannot be read. Expected '='", id="one line only"),
    ],
)
def test_the_line_where_reading_stops(text, said):
    with pytest.raises(CatalogError) as caught:
        read_toml(text, "x.toml")
    assert str(caught.value).startswith(f"x.toml, {said}")
    assert (caught.value.file, caught.value.line) == ("x.toml", int(said[5]))


def test_a_file_saved_with_a_mark_in_front_is_read(tmp_path):
    (tmp_path / "x.toml").write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(read_text(tmp_path / "x.toml", "x.toml"), "x.toml") == {"a": 1}


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path):
    (tmp_path / "x.toml").write_bytes(b'a = 1\nb = "\xe9"\n')
    with pytest.raises(CatalogError, match=r"x\.toml, line 2: Save the file as UTF-8"):
        read_text(tmp_path / "x.toml", "x.toml")
