"""What the model counts in a sentence: words, letters, turns of speech, and whose they are.

Each feature keeps the places it was seen at, so that a hint can point at the words that weighed.
"""

from collections.abc import Iterator

from alongside.practice.role.reading import Reading
from alongside.practice.role.words import NAME

Seen = dict[str, list[int]]  # a feature and the places of its words
_KEPT = frozenset(
    {"i", "we", "she", "her", "his", NAME, "you", "me", "my", "a", "was", "is"}
    | {",", ".", "?", '"', "and", "but", "to", "for", "with"}
)
_LONGEST_RUN = 4  # turns
_PATH = 6  # voices


def features(reading: Reading) -> tuple[Seen, ...]:
    """One view after the other: words, letters, turns, voices, pairs."""
    return tuple(
        _gathered(view)
        for view in (
            _word_runs(reading.plain),
            _letter_runs(reading.plain),
            _turns(reading),
            _voiced(reading),
            _pairs(reading),
        )
    )


def _gathered(view: Iterator[tuple[str, list[int]]]) -> Seen:
    seen: Seen = {}
    for name, places in view:
        seen.setdefault(name, []).extend(places)
    return seen


def _word_runs(plain: list[str]) -> Iterator[tuple[str, list[int]]]:
    kept = [".", *plain]
    for length in (1, 2, 3):
        for first in range(len(kept) - length + 1):
            places = [p for p in range(first - 1, first - 1 + length) if p >= 0]
            yield "w " + " ".join(kept[first : first + length]), places


def _letter_runs(plain: list[str]) -> Iterator[tuple[str, list[int]]]:
    for place, word in enumerate(plain):
        if len(word) < 3:
            continue
        padded = f"_{word}_"
        for length in (3, 4, 5):
            for first in range(len(padded) - length + 1):
                yield "c " + padded[first : first + length], [place]


def _turns(reading: Reading) -> Iterator[tuple[str, list[int]]]:
    elements = [("^", []), *_elements(reading)]
    for length in range(1, _LONGEST_RUN + 1):
        for first in range(len(elements) - length + 1):
            run = elements[first : first + length]
            yield "t " + " ".join(name for name, _at in run), [p for _name, at in run for p in at]


def _elements(reading: Reading) -> Iterator[tuple[str, list[int]]]:
    begins = {one.first: one for one in reading.found}
    inside = {place for one in reading.found for place in range(one.first, one.after)}
    for place, word in enumerate(reading.plain):
        if place in begins:
            one = begins[place]
            yield "/".join(one.concepts), list(range(one.first, one.after))
        elif place not in inside and (shape := _shape(word)):
            yield shape, [place]


def _shape(word: str) -> str:
    """What is left of a word that no list knows: its ending tells an act from a thing."""
    if word in _KEPT:
        return word
    if len(word) > 4 and word.endswith(("ed", "ing")):
        return "-" + word[-2:]
    return ""


def _voiced(reading: Reading) -> Iterator[tuple[str, list[int]]]:
    for place, word in enumerate(reading.plain):
        yield f"v {_mark(reading, place)}:{word}", [place]
    for one in reading.found:
        places = list(range(one.first, one.after))
        for concept in one.concepts:
            yield f"v {_mark(reading, one.first)}={concept}", places
            yield f"v {reading.voices[one.first]}={concept}", places
    path = [v for p, v in enumerate(reading.voices) if not p or v != reading.voices[p - 1]]
    yield "v path " + " ".join(path[:_PATH]), []


def _mark(reading: Reading, place: int) -> str:
    denied = "-" if reading.denied[place] else ""
    quoted = '"' if reading.quoted[place] else ""
    return reading.voices[place] + denied + quoted


def _pairs(reading: Reading) -> Iterator[tuple[str, list[int]]]:
    plain: dict[str, list[int]] = {}
    voiced: dict[str, list[int]] = {}
    for one in reading.found:
        for concept in one.concepts:
            places = list(range(one.first, one.after))
            plain.setdefault(concept, places)
            voiced.setdefault(f"{_mark(reading, one.first)}={concept}", places)
    if not plain:
        yield "p none", []
    for concept, places in plain.items():
        yield f"p {'only' if len(plain) == 1 else 'has'} {concept}", places
    for seen in (plain, voiced):
        names = sorted(seen)
        for number, one_name in enumerate(names):
            for other in names[number + 1 :]:
                yield f"p {one_name}+{other}", [*seen[one_name], *seen[other]]
