"""The list of what the practice asks, and the report on it."""

import ast
import re
from collections import Counter
from pathlib import Path

from alongside.practice import catalog
from scripts.practice_ids import listed_ids, report

ROOT = Path(__file__).parents[2]
IDS = listed_ids((ROOT / "docs/practice.md").read_text(encoding="utf-8"))
FAMILIES = {"PSP": 11, "MPR": 7, "PEER": 10, "SVC": 13, "PROC": 7}


def test_every_id_stands_once():
    assert [f"{family}-{n}" for family, last in FAMILIES.items() for n in range(1, last + 1)] == IDS


def test_no_test_claims_an_id_that_is_not_listed():
    claimed = {
        arg.value
        for path in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.practice"
        for arg in node.args
        if isinstance(arg, ast.Constant)
    }
    assert claimed - set(IDS) == set()


def test_every_entry_of_a_list_names_its_source():
    sources = {term.source for kind in catalog.CATALOGS for term in catalog.terms(kind)}
    assert sources - set(IDS) == {"ForwardHealth Update 2014-42", "DHS 36.11", "our own"}


def test_report_counts_names_and_lists_gaps():
    tests = {"PSP-1": Counter({"test_b": 1, "test_a": 3}), "XYZ-9": Counter({"test_c": 1})}
    assert report(["PSP-1", "PSP-2"], tests) == [
        "PSP-1      4  test_a x3, test_b",
        "PSP-2      0  -",
        "",
        "Not shown by a test yet (1 of 2): PSP-2",
        "In tests, not in docs/practice.md: XYZ-9",
    ]


def test_report_says_when_nothing_is_missing():
    assert report(["PSP-1"], {"PSP-1": {"test_a": 1}})[-1] == ("All 1 IDs are shown by tests.")


def test_the_glossary_has_each_word_once():
    rows = re.findall(
        r"^\| ([^|]+?) \|", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    words = [row for row in rows if row != "word"]
    assert [word for word, n in Counter(words).items() if n > 1] == []
