"""The words of a note as they were meant: spelling, short forms, names and pronouns evened out.

Spelling never counts: "shoud", "tld her", "w/ him", "dont" read like their proper forms. Every word
keeps its place in the note, so that a hint can stand at the very letters. The lists are in
``words.toml``.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` as it was meant; ``start`` to ``end`` is where it stands in the note."""

    text: str
    start: int
    end: int


NAME = "name"  # whose it is does not matter
SENTENCE_ENDS = frozenset(".!?;\n")
_TOKEN = re.compile(
    r"\d+(?:[.:]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[.!?;:\n,\"()]|(?<=\s)-(?=\s)|^-|&|\+"
)
_PLAIN_MARKS = str.maketrans(
    {
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2018": "'",
        "\u2019": "'",
        "`": "'",
        "\u2013": "-",
        "\u2014": "-",
    }
)
_JOINED = re.compile(
    r"\b(?:w/o|b/c|u/a|w/|e-mail|co-|non-|follow-up|check-in|drop-in)", re.IGNORECASE
)
_LONG_FOR = {"w/o": "wo ", "b/c": "bc ", "u/a": "ua ", "w/": "w "}
_NOT = re.compile(
    r"(did|do|does|was|is|were|are|has|have|had|would|could|should|must|need)n'?t", re.IGNORECASE
)
_NOTHING = Word(".", 0, 0)


@dataclass(frozen=True)
class _Lists:
    names: frozenset[str]
    names_if_capital: frozenset[str]
    no_names: frozenset[str]
    after_a_person: frozenset[str]
    spelled_right: frozenset[str]
    persons: Mapping[str, str]
    short: Mapping[str, str]


@cache
def _lists() -> _Lists:
    text = files("alongside.practice.role").joinpath("words.toml").read_text(encoding="utf-8")
    whole = tomllib.loads(text)
    flat = {key: frozenset(value.split()) for key, value in whole.items() if isinstance(value, str)}
    return _Lists(**flat, persons=whole["persons"], short=whole["short"])


def spelled_right() -> frozenset[str]:
    return _lists().spelled_right


def read_words(note: str) -> tuple[Word, ...]:
    """The words and the marks between them, in order."""
    words: list[Word] = []
    for token in _TOKEN.finditer(_even(note)):
        start, end, raw = token.start(), token.end(), token.group()
        first = not words or words[-1].text in SENTENCE_ENDS
        words += (Word(text, start, end) for text in _meant(raw, first=first))
    return tuple(_whose(word, after) for word, after in pairwise([*words, _NOTHING]))


def texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


def _even(note: str) -> str:
    """The same length, with plain quotes and the slashed short forms as words."""

    def spell(short: re.Match[str]) -> str:
        found = short.group()
        return _LONG_FOR.get(found.lower(), found.replace("-", " ")).ljust(len(found))[: len(found)]

    return _JOINED.sub(spell, note.translate(_PLAIN_MARKS))


def _meant(raw: str, *, first: bool) -> Iterator[str]:
    low, lists = raw.lower(), _lists()
    if raw[0].isdigit():
        yield "0"
    elif not raw[0].isalpha():
        yield "and" if raw in "&+" else raw
    elif _is_name(raw, low, first=first):
        yield NAME
    elif low.endswith("'s") and low not in lists.short:
        yield from _meant(raw[:-2], first=first)
    elif refused := _NOT.fullmatch(low):
        yield from (refused[1], "not")
    else:
        yield from lists.persons.get(low, lists.short.get(low, low)).split()


def _is_name(raw: str, low: str, *, first: bool) -> bool:
    lists, capital = _lists(), raw[0].isupper()
    if low in lists.names and (capital or low not in lists.names_if_capital):
        return True
    if not capital:
        return False
    if len(raw) == 1:
        return low not in {"i", "a"}
    known = low in lists.no_names or low in lists.short or low in lists.persons
    return not (known or first or raw.isupper())


def _whose(word: Word, after: Word) -> Word:
    """ "Her" before a thing reads like "his": whose, not whom."""
    person = not after.text[0].isalpha() or after.text in _lists().after_a_person
    return word if word.text != "her" or person else Word("his", word.start, word.end)
