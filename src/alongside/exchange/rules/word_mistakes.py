"""What can be wrong in ``words.toml``, for the start of the program."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from alongside.exchange.codes import SheetKind
from alongside.exchange.rules import words
from alongside.practice import codes
from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml

WHERE = "exchange/words.toml"
VALUES: Mapping[str, type[StrEnum]] = {
    "pathway": codes.Pathway,
    "referrer_role": codes.ReferrerRole,
    "mode": codes.Mode,
    "place": codes.Place,
    "array": codes.ServiceArray,
    "lived_experience": codes.LivedExperience,
    "credential": codes.CredentialKind,
}
PHRASES = frozenset(
    {
        "unknown",
        "in_training",
        "total",
        "attempt_not_there",
        "attempt_no_answer",
        "attempt_left_message",
        "attempt_called_off",
    }
)
PARTS: Mapping[str, frozenset[str]] = {
    "headers": frozenset(kind.value for kind in SheetKind),
    "values": frozenset(VALUES),
    "words": PHRASES,
}


def mistakes() -> Iterator[CatalogError]:
    try:
        text = read_text(words.source(), WHERE)
        entries = read_toml(text, WHERE)
    except CatalogError as error:
        yield error
        return
    lines = Lines(text)
    for path, what in _mistakes(entries):
        yield CatalogError(WHERE, lines.of(*path), what)


def _mistakes(entries: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, sentence) for each mistake."""
    for key in sorted(entries.keys() - set(PARTS)):
        yield (key,), f"[{key}] is unknown; known are {', '.join(PARTS)}."
    for part, wanted in PARTS.items():
        yield from _same((part,), _section(entries, part), wanted)
    values = _section(entries, "values")
    for name, enum in VALUES.items():
        for code in _section(values, name):
            if code not in set(enum):
                what = f"“{code}” is not known; {enum.__name__} in practice/codes.py lacks it."
                yield ("values", name, code), what
    for path, found in _lists(entries):
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            yield path, f"“{path[-1]}” must be a list of texts."


def _section(entries: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = entries.get(name)
    return found if isinstance(found, dict) else {}


def _same(
    path: tuple[str, ...], found: Mapping[str, object], wanted: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in sorted(wanted - found.keys()):
        yield path, f"{'.'.join(path)} needs “{name}”."
    for name in sorted(found.keys() - wanted):
        yield (*path, name), f"{'.'.join(path)} has “{name}”, which nothing uses."


def _lists(entries: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], object]]:
    for part in ("headers", "values"):
        for name in _section(entries, part):
            for key, found in _section(_section(entries, part), name).items():
                yield (part, name, key), found
    for key, found in _section(entries, "words").items():
        yield ("words", key), found
