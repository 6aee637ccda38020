"""Reads ``talks.toml`` once, when first asked for; a mistake in it stops the start."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse
from alongside.practice.codes import HardTalk

WHERE = "practice/talks/talks.toml"


@dataclass(frozen=True)
class Line:
    """Someone to call. ``call`` and ``text`` are what a phone dials, as people write it; ``part``
    is the one matter it is for."""

    name: str
    call: str
    words: str
    source: str
    text: str = ""
    hours: str = ""
    part: str = ""


@dataclass(frozen=True)
class Part:
    """One matter: what to do, in order; words one can say; words better left unsaid."""

    code: str
    title: str
    lead: str
    steps: tuple[str, ...]
    source: str
    say: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Page:
    title: str
    lead: str
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        return next(part for part in self.parts if part.code == code)

    @property
    def talks(self) -> tuple[Part, ...]:
        """What it may be about, without what holds for every talk."""
        return tuple(part for part in self.parts if part.code not in FRAME)


FRAME = ("now", "role", "after")
# What each kind of entry must hold, and may hold: texts, and lists of texts.
_TOP = ({"title", "lead"}, {"line", "part"})
_LINE = ({"name", "call", "words", "source"}, {"text", "hours", "part"})
_PART = ({"code", "title", "lead", "source", "steps"}, {"say", "leave"})
_LISTS = {"steps", "say", "leave"}


@cache
def page() -> Page:
    return read_page(read_text(_source(), WHERE))


def read_page(text: str) -> Page:
    """The page of one TOML text; raises ``CatalogError`` that a practitioner can act on."""
    entries = read_toml(text, WHERE)
    refuse(_mistakes(entries, Lines(text)))
    lines = [Line(**entry) for entry in entries["line"]]
    return Page(
        title=entries["title"],
        lead=entries["lead"],
        lines=tuple(line for line in lines if not line.part),
        parts=tuple(_part(entry, lines) for entry in entries["part"]),
    )


def _part(entry: Mapping[str, Any], lines: Sequence[Line]) -> Part:
    fields: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in entry.items()}
    return Part(**fields, lines=tuple(line for line in lines if line.part == entry["code"]))


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the file, for the start of the program."""
    try:
        text = read_text(_source(), WHERE)
        entries = read_toml(text, WHERE)
    except CatalogError as error:
        yield error
    else:
        yield from _mistakes(entries, Lines(text))


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    found = page()
    yield from (found.title, found.lead)
    for line in (*found.lines, *(line for part in found.parts for line in part.lines)):
        yield from filter(None, (line.name, line.hours, line.words))
    for part in found.parts:
        yield from (part.title, part.lead, *part.steps, *part.say, *part.leave)


def _source() -> Traversable:
    return files("alongside.practice.talks").joinpath("talks.toml")


def _mistakes(entries: Mapping[str, Any], lines: Lines) -> Iterator[CatalogError]:
    yield from _wrong(entries, _TOP, (), lines, "The page")
    for kind, wanted in (("line", _LINE), ("part", _PART)):
        found = entries.get(kind)
        if not isinstance(found, list) or not all(isinstance(e, dict) for e in found):
            yield CatalogError(WHERE, lines.of(kind), f"The page needs [[{kind}]] sections.")
            continue
        for number, entry in enumerate(found):
            named = f"“{entry.get('title') or entry.get('name') or kind}”"
            yield from _wrong(entry, wanted, (kind, number), lines, named)
    yield from _codes(entries, lines)


def _codes(entries: Mapping[str, Any], lines: Lines) -> Iterator[CatalogError]:
    """A part for each kind of hard talk but the open one, and those that hold for all."""
    found = entries.get("part")
    codes = [e.get("code") for e in found if isinstance(e, dict)] if isinstance(found, list) else []
    known = [*FRAME, *(talk.value for talk in HardTalk if talk is not HardTalk.OTHER)]
    for number, code in enumerate(codes):
        if code not in known or code in codes[:number]:
            what = f"“{code}” must be one of {', '.join(known)}, and each once."
            yield CatalogError(WHERE, lines.of("part", number, "code"), what)
    for code in known:
        if code not in codes:
            yield CatalogError(WHERE, 1, f"The part “{code}” is missing.")
    called = entries.get("line")
    for number, line in enumerate(called if isinstance(called, list) else []):
        if isinstance(line, dict) and line.get("part", known[0]) not in known:
            what = f"“{line['part']}” must be one of {', '.join(known)}."
            yield CatalogError(WHERE, lines.of("line", number, "part"), what)


def _wrong(
    entry: Mapping[str, Any],
    wanted: tuple[set[str], set[str]],
    path: tuple[str | int, ...],
    lines: Lines,
    named: str,
) -> Iterator[CatalogError]:
    must, may = wanted
    for key in sorted(must):
        if not entry.get(key):
            yield CatalogError(WHERE, lines.of(*path, key), f"{named} needs “{key}”.")
    for key, value in entry.items():
        listed = isinstance(value, list) and all(isinstance(v, str) for v in value)
        if key not in must | may:
            what = f"{named} has “{key}”, which is unknown."
            yield CatalogError(WHERE, lines.of(*path, key), what)
        elif key in _LISTS and not listed:
            what = f"“{key}” must be a list of texts."
            yield CatalogError(WHERE, lines.of(*path, key), what)
        elif key not in _LISTS | {"line", "part"} and not isinstance(value, str):
            yield CatalogError(WHERE, lines.of(*path, key), f"“{key}” must be text.")
