"""The lexicon of ``lexicon.toml``: which acts, persons and turns of speech stand where."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from alongside.practice.role.spelling import near_words
from alongside.practice.role.words import NAME, Word, read_words, spelled_right, texts

# What the reading and the weights know; a new one needs sentences and new weights.
CONCEPTS = frozenset(
    {
        "SAY",
        "TELL",
        "ASK",
        "THINK",
        "SEEM",
        "ADVISE",
        "SHOULD",
        "CHOICE",
        "DX",
        "SIGN",
        "DIAGNOSE",
        "THERAPY",
        "TOOL",
        "MED",
        "MEDCHANGE",
        "TEST",
        "RESULT",
        "DRUG",
        "LABEL",
        "BLAME",
        "FAMILY",
        "PRO",
        "YES",
        "UNABLE",
        "UNASKED",
        "TASK",
        "DID",
        "GAVE",
        "BESIDE",
        "NOT",
        "LIMIT",
        "OWN",
        "PLAIN",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """One entry found at a place: the words ``first`` to before ``after`` mean these concepts."""

    concepts: tuple[str, ...]
    first: int
    after: int


@dataclass(slots=True)
class _Branch:
    then: dict[str, "_Branch"] = field(default_factory=dict)
    begins: dict[str, "_Branch"] = field(default_factory=dict)  # words that a star ends early
    concepts: tuple[str, ...] = ()


@cache
def _tree() -> _Branch:
    text = files("alongside.practice.role").joinpath("lexicon.toml").read_text(encoding="utf-8")
    root = _Branch()
    for concept, body in tomllib.loads(text).items():
        for entry in body["words"].split("|"):
            _plant(root, entry.strip(), concept)
    return root


def _plant(root: _Branch, entry: str, concept: str) -> None:
    branch = root
    for piece in entry.split():
        if piece.endswith("*"):
            branch = branch.begins.setdefault(piece[:-1], _Branch())
        else:
            for word in texts(read_words(piece)):
                branch = branch.then.setdefault(word, _Branch())
    if concept not in branch.concepts:
        branch.concepts = (*branch.concepts, concept)


@cache
def spelled() -> tuple[frozenset[str], Mapping[str, tuple[str, ...]]]:
    """Every whole word of the lexicon, and what is a slip away from one."""
    known: set[str] = set()
    branches = [_tree()]
    while branches:
        branch = branches.pop()
        known |= branch.then.keys()
        branches += [*branch.then.values(), *branch.begins.values()]
    return frozenset(known | spelled_right()), near_words(known)


def find_concepts(words: tuple[Word, ...]) -> tuple[Found, ...]:
    """The entries at each place, the longest one first and none inside another."""
    plain = texts(words)
    found, place = [], 0
    while place < len(plain):
        concepts, after = _longest(plain, place)
        if concepts:
            found.append(Found(concepts, place, after))
        place = after if concepts else place + 1
    return tuple(found)


def _longest(plain: list[str], place: int) -> tuple[tuple[str, ...], int]:
    best: tuple[tuple[str, ...], int] = ((), place + 1)
    open_branches, after = [_tree()], place
    while open_branches and after < len(plain):
        open_branches = [then for branch in open_branches for then in _steps(branch, plain[after])]
        after += 1
        concepts = tuple(dict.fromkeys(c for branch in open_branches for c in branch.concepts))
        if concepts:
            best = concepts, after
    return best


_AS_SPOKEN = {NAME: ("her", "she"), "his": ("his", "her"), "her": ("her", "his")}


def _steps(branch: _Branch, word: str) -> list[_Branch]:
    spoken = _AS_SPOKEN.get(word, (word,))
    steps = [branch.then[form] for form in spoken if form in branch.then]
    if branch.begins:
        begun = (branch.begins.get(word[:length]) for length in range(len(word), 1, -1))
        steps += [step for step in begun if step is not None][:1]
    return steps
