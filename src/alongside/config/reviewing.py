"""``alongside review``: the role review from outside, JSON lines in and out."""

from alongside.config.json_lines import Facts, answer_lines, id_and_text
from alongside.practice.role import MOST_READ, Hint, judge


def review_lines() -> None:
    """Answer ``{"id", "text"}`` with ``{"id", "label", "hints"}``, line by line."""
    answer_lines(_answer)


def _answer(facts: Facts) -> Facts:
    given, text = id_and_text(facts, longest=MOST_READ)
    label, hints = judge(text)
    return {"id": given, "label": label, "hints": [_as_facts(hint) for hint in hints]}


def _as_facts(hint: Hint) -> Facts:
    return {
        "kind": hint.kind.value,
        "phrase": hint.phrase,
        "start": hint.start,
        "why": str(hint.say),
        "instead": str(hint.instead),
    }
