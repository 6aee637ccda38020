"""Signs in the words of a note, from the groups of ``wording.toml``: teaching, a ride ..."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from alongside.practice.arrays.features import Word
from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse

WHERE = "practice/arrays/wording.toml"


@dataclass(frozen=True)
class Group:
    """``weighs`` says that the model counts it; other groups are for rules alone."""

    code: str
    help: str
    weighs: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Signs:
    """How often each group was found, and the longest words of it, as the note has them."""

    times: dict[str, int]
    phrases: dict[str, str]

    def features(self) -> Iterator[str]:
        """What the model counts: each group, seen more than once, not seen, and seen together."""
        weighing = [group.code for group in groups() if group.weighs]
        seen = [code for code in weighing if code in self.times]
        for code in weighing:
            times = self.times.get(code, 0)
            yield from (f"{code} {least}" for least in (1, 2, 3) if times >= least)
            if not times:
                yield f"no {code}"
        for at, code in enumerate(seen):
            yield from (f"{code} & {other}" for other in seen[at + 1 :])


def find_signs(words: Sequence[Word], text: str) -> Signs:
    line = " ".join(word.plain for word in words)
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word.plain) + 1
    times: dict[str, int] = {}
    phrases: dict[str, str] = {}
    for group in groups():
        found = list(group.pattern.finditer(line))
        if found:
            longest = max(found, key=lambda each: each.end() - each.start())
            times[group.code] = len(found)
            first = bisect_right(starts, longest.start()) - 1
            last = bisect_right(starts, longest.end() - 1) - 1
            phrases[group.code] = text[words[first].start : words[last].end]
    return Signs(times, phrases)


@cache
def groups() -> tuple[Group, ...]:
    text = read_text(_source(), WHERE)
    entries = read_toml(text, WHERE)
    refuse(_mistakes_of(entries, Lines(text)))
    return tuple(
        Group(code, entry["help"], entry.get("weighs", True), _pattern(entry))
        for code, entry in entries.items()
    )


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the file, for the start of the program."""
    try:
        text = read_text(_source(), WHERE)
        entries = read_toml(text, WHERE)
    except CatalogError as error:
        yield error
    else:
        yield from _mistakes_of(entries, Lines(text))


def _mistakes_of(entries: dict[str, Any], lines: Lines) -> Iterator[CatalogError]:
    for code in KNOWN - entries.keys():
        yield CatalogError(WHERE, 1, f"The group [{code}] is missing; the rules ask for it.")
    for code, entry in entries.items():
        if not isinstance(entry, dict) or not entry.get("help") or not entry.get("words"):
            yield CatalogError(WHERE, lines.of(code), f"[{code}] needs help and words.")
            continue
        for key in entry.keys() - {"help", "words", "weighs", "not_after"}:
            yield CatalogError(WHERE, lines.of(code, key), f"[{code}] has “{key}”, unknown here.")
        if not isinstance(entry.get("weighs", True), bool):
            what = f"[{code}] has “weighs”, which must be true or false."
            yield CatalogError(WHERE, lines.of(code, "weighs"), what)
        for words in _wrong_words(entry["words"]) + _wrong_words(entry.get("not_after", [])):
            what = f"[{code}] has “{words}”: small letters, 0 for numbers, no apostrophe or comma."
            yield CatalogError(WHERE, lines.of(code, "words"), what)


# What the rules ask for by name.
KNOWN = frozenset(
    {"teaching", "own_story", "side_by_side", "recovery", "wellness_practice", "daily_life"}
    | {"work", "conditions", "treating", "clinical_task", "billed_as", "ride_only", "without_them"}
    | {"chores", "office", "no_contact", "own_license", "lapsed_in_words"}
)
_WORDS = re.compile(r"(?:[^\W\dA-Z_]|0)+\*?(?: (?:(?:[^\W\dA-Z_]|0)+\*?|\.\.\.))*")


def _wrong_words(words: object) -> list[object]:
    if not isinstance(words, list):
        return [words]
    return [w for w in words if not isinstance(w, str) or not _WORDS.fullmatch(w)]


def _pattern(entry: dict[str, Any]) -> re.Pattern[str]:
    """A star is the rest of a word, three dots are up to four words between."""
    each = []
    for words in entry["words"]:
        pieces = [re.escape(piece).replace(r"\*", r"\w*") for piece in words.split()]
        each.append(" ".join(pieces).replace(f" {re.escape('...')} ", r"(?: \w+){0,4} "))
    barred = "".join(rf"(?<!\b{re.escape(word)} )" for word in entry.get("not_after", ()))
    return re.compile(rf"\b{barred}(?:{'|'.join(each)})\b")


def _source() -> Any:
    return files("alongside.practice.arrays").joinpath("wording.toml")
