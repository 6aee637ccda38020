"""Sentences of the program, with their facts kept apart so that they can be translated."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime


def gettext_noop(text: str) -> str:
    """Mark ``text`` for translation where Django may not be imported; the face translates it."""
    return text


@dataclass(frozen=True)
class Say:
    """A sentence with named gaps, and what fills them: ``Say("Room for {n} more.", {"n": 3})``."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.facts) if self.facts else self.text


_GAP = re.compile(r"\\{(\w+)\\}")
_A_DAY = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")


def read_back(kept: str, forms: Iterable[str]) -> tuple[Say, ...]:
    """Sentences that the program once wrote down in English, one after the other, as what they
    were made of, days as days; nothing where any of it is somebody's own words."""
    forms = tuple(forms)
    for form in forms:
        if not kept.startswith(form.split("{", 1)[0]):
            continue
        gaps = re.compile(_GAP.sub(r"(?P<\1>.+)", re.escape(form)), re.DOTALL)
        for first, rest in _cuts(kept):
            found, more = gaps.fullmatch(first), read_back(rest, forms) if rest else ()
            if found and (more or not rest):
                facts = {name: _fact(words) for name, words in found.groupdict().items()}
                return (Say(form, facts), *more)
    return ()


def _cuts(kept: str) -> Iterable[tuple[str, str]]:
    """Where the first sentence may end: before each further one, and at the very end."""
    ends = [one.start() + 1 for one in re.finditer(r"\. (?=[A-Z])", kept)]
    return [*((kept[:end], kept[end + 1 :]) for end in ends), (kept, "")]


def _fact(words: str) -> str | date:
    if not _A_DAY.fullmatch(words):
        return words
    try:
        return datetime.strptime(words, "%B %d, %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return words
