"""What the model sees of a text: runs of words and runs of letters, whatever the spelling. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_READ = 20_000  # characters

_WORD = re.compile("\\w+(?:[\u2018\u2019'`\u00b4]+\\w+)*")
_NUMBER = re.compile(r"\d+")
_APOSTROPHE = re.compile("[\u2018\u2019'`\u00b4]+")


@dataclass(frozen=True, slots=True)
class Word:
    """``plain`` is how it is compared; it stands in the text from ``start`` to before ``end``."""

    plain: str
    start: int
    end: int


def read_words(text: str) -> list[Word]:
    """The words in small letters; every number is "0", and "didn't" is "didnt"."""
    return [
        Word(_plain(found.group()), found.start(), found.end())
        for found in _WORD.finditer(text[:MOST_READ])
    ]


def _plain(word: str) -> str:
    return _NUMBER.sub("0", _APOSTROPHE.sub("", word.casefold()))


def word_runs(words: list[str], longest: int = 3) -> Iterator[str]:
    """One word, two words in a row, and so on."""
    for size in range(1, longest + 1):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size])


def letter_runs(words: list[str], shortest: int = 2, longest: int = 5) -> Iterator[str]:
    """Letters in a row inside a word and at its edges, so that a slip of a thumb costs little."""
    for word in words:
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            if size >= len(padded):
                yield padded
                break
            for at in range(len(padded) - size + 1):
                yield padded[at : at + size]
