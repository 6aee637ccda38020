"""Every event the program can write is said in words on the page of the audit log."""

import ast
import re

from alongside.people.codes import Printed
from alongside.web.verbs import VERBS
from alongside.web.views.breach import SEEN
from tests.architecture.source import python_files, tree

VERB = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
FAMILY = re.compile(r"([a-z]+(?:-[a-z]+)*)\.")


def texts() -> set[str]:
    """Every text in the files that write events."""
    found = set()
    for path in python_files():
        if "actions" in path.parts or path.name in ("actions.py", "sign_ins.py"):
            nodes = ast.walk(tree(path))
            found |= {
                n.value for n in nodes if isinstance(n, ast.Constant) and type(n.value) is str
            }
    return found


def test_every_verb_has_words():
    assert {text for text in texts() if VERB.fullmatch(text)} - set(VERBS) == set()


def test_every_family_of_verbs_has_words():
    """``f"referral.{status}"``: the rest of the verb comes from a table of moves."""
    families = {found[1] for text in texts() if (found := FAMILY.fullmatch(text))}
    assert families - {verb.partition(".")[0] for verb in VERBS} == set()


def test_a_paper_that_someone_made_has_words_and_counts_as_seen():
    assert set(Printed) - (set(VERBS) & SEEN) == set()
