"""Hints about the role in the plain words of a note (SVC-11, MPR-6). They advise, never block.

Careful by design: only what the writer says they did counts. What others said or did, what stands
in someone's quotes, a refusal, a question and what the two had agreed are no finding.
"""

from collections.abc import Callable, Iterator

from alongside.practice.role.advice import advice
from alongside.practice.role.kinds import LONGEST_PHRASE, MOST_READ, Hint, HintKind

__all__ = ["LONGEST_PHRASE", "MOST_READ", "Hint", "HintKind", "review"]

_FINDERS: tuple[Callable[[str], Iterator[Hint]], ...] = (advice,)


def review(words: str) -> tuple[Hint, ...]:
    """What in the writer's own words may lie outside the role, in order, each phrase once."""
    found: dict[tuple[HintKind, str], Hint] = {}
    for finder in _FINDERS:
        for hint in finder(words[:MOST_READ]):
            found.setdefault((hint.kind, hint.phrase), hint)
    return tuple(sorted(found.values(), key=lambda hint: hint.start))
