"""One line per practice ID: how many tests show it, and which. Reads ``docs/practice.md``.

The tests are collected the way pytest runs them, so that marks on a module, a class, a function
or a single parameter all count, and a table of ten cases counts ten. Nothing is run.
"""

import contextlib
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| ([A-Z]+-\d+) \|", re.MULTILINE)


class Collected:
    """A pytest plugin that remembers which tests carry which ID."""

    def __init__(self) -> None:
        self.tests: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.broken: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(report.nodeid)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            name = getattr(item, "originalname", None) or item.name
            ids = {str(arg) for mark in item.iter_markers("practice") for arg in mark.args}
            for practice_id in ids:
                self.tests[practice_id][name] += 1


def listed_ids(document: str) -> list[str]:
    """The IDs of the tables in ``docs/practice.md``, in their order."""
    return ROW.findall(document)


def report(ids: list[str], tests: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The lines to print: one per ID, then gaps and IDs that no table lists."""
    lines = [_line(practice_id, tests.get(practice_id, {})) for practice_id in ids]
    gaps = [practice_id for practice_id in ids if not tests.get(practice_id)]
    unlisted = sorted(set(tests) - set(ids))
    lines.append("")
    if gaps:
        lines.append(f"Not shown by a test yet ({len(gaps)} of {len(ids)}): {', '.join(gaps)}")
    else:
        lines.append(f"All {len(ids)} IDs are shown by tests.")
    if unlisted:
        lines.append(f"In tests, not in docs/practice.md: {', '.join(unlisted)}")
    return lines


def _line(practice_id: str, tests: Mapping[str, int]) -> str:
    names = [name if n == 1 else f"{name} x{n}" for name, n in sorted(tests.items())]
    return f"{practice_id:<8}{sum(tests.values()):>4}  {', '.join(names) or '-'}"


def main() -> int:
    ids = listed_ids((ROOT / "docs/practice.md").read_text(encoding="utf-8"))
    found, out = Collected(), io.StringIO()
    arguments = [str(ROOT / "tests"), "--collect-only", "-q", "--continue-on-collection-errors"]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        pytest.main([*arguments, f"--rootdir={ROOT}", "-c", str(ROOT / "pyproject.toml")], [found])
    print("\n".join(report(ids, found.tests)))
    for nodeid in found.broken:
        print(f"Could not be read, so its tests are not counted: {nodeid}")
    if not found.tests:
        print(out.getvalue().strip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
