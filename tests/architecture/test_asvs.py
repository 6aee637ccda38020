"""The register of OWASP ASVS 5.0: each requirement of level 1 and 2 is shown by a test, or its row
says why not. ``make test`` fails on an id without an answer, and on a claim without a test."""

import ast
import csv
from collections import Counter
from pathlib import Path

from tests.architecture.source import ROOT

REGISTER = ROOT / "docs" / "security" / "asvs.csv"
ANSWERS = {"test", "reason", "not applicable"}
# How many the standard has: chapters 1 to 17 of version 5.0.0.
HOW_MANY = {"1": 70, "2": 183}
SHORTEST_REASON = 4


def rows() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def marked() -> dict[str, set[str]]:
    """For each id, the tests that carry it."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.asvs":
                for argument in node.args:
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    found.setdefault(ast.literal_eval(argument), set()).add(where)
    return found


def test_each_requirement_has_one_row():
    ids = [row["id"] for row in rows()]
    levels = Counter(row["level"] for row in rows())
    assert [one for one, count in Counter(ids).items() if count > 1] == []
    assert {level: levels[level] for level in HOW_MANY} == HOW_MANY


def test_each_row_is_answered():
    short = [
        row["id"]
        for row in rows()
        if row["answer"] not in ANSWERS
        or (row["answer"] != "test" and len(row["why"].split()) < SHORTEST_REASON)
    ]
    assert short == []


def test_what_is_claimed_is_shown_and_what_is_shown_is_claimed():
    claimed = {row["id"] for row in rows() if row["answer"] == "test"}
    assert sorted(claimed ^ set(marked())) == []


def test_a_page_that_a_reason_names_is_there():
    named = {
        word.strip(".,;:()")
        for row in rows()
        for word in row["why"].split()
        if word.startswith(("docs/", "tests/", "src/", "accounts/", "core/", "config/", "files/"))
    }
    gone = [
        name
        for name in sorted(named)
        if not any((Path(root) / name).exists() for root in (ROOT, ROOT / "src" / "alongside"))
    ]
    assert gone == []
