"""Reads ``jurisdictions/part_2.toml`` once, when first asked for: the dated texts and rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse
from alongside.practice.consents.codes import (
    Category,
    ConsentKind,
    Element,
    Ending,
    Purpose,
    RecipientKind,
    Statement,
)
from alongside.practice.consents.shape import mistakes_of
from alongside.practice.consents.tongues import (
    ENGLISH,
    Beside,
    InTongues,
    Tongue,
    english,
    tongue_of,
)

WHERE = "practice/jurisdictions/part_2.toml"


@dataclass(frozen=True)
class Answer(InTongues):
    """To the question whether a kind fits: ``why`` it does not, and which kind to take instead."""

    code: str
    words: str
    fits: bool = False
    why: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Kind(InTongues):
    """One kind of consent under one version: its words, and what it may and must hold."""

    code: ConsentKind
    name: str
    short: str
    lead: str
    when: str
    elements: frozenset[Element]
    recipients: tuple[RecipientKind, ...]
    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]
    ends: tuple[Ending, ...]
    statements: tuple[Statement, ...]
    with_care: tuple[Statement, ...] = ()
    may_be_firm: bool = False
    class_words: str = ""
    alone: str = ""
    ask: str = ""
    answers: tuple[Answer, ...] = ()

    def answer(self, code: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.code == code), None)


@dataclass(frozen=True)
class Said(InTongues):
    """A statement of a form: plain words, and beside them the point of the rule."""

    code: Statement
    name: str
    plain: str
    legal: str
    source: str


@dataclass(frozen=True)
class Part(InTongues):
    """An element of a consent, and the sentence for one that is missing."""

    code: Element
    name: str
    missing: str
    source: str


@dataclass(frozen=True)
class Version:
    """The rules and texts for consents signed from ``begins`` until ``until``, both included."""

    code: str
    name: str
    begins: date
    until: date | None
    made_here: bool
    source: str
    kinds: Mapping[ConsentKind, Kind]
    statements: Mapping[Statement, Said]

    def holds_on(self, day: date) -> bool:
        return self.begins <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Book:
    elements: Mapping[Element, Part]
    versions: tuple[Version, ...]
    tongues: Mapping[str, Tongue]


@cache
def book() -> Book:
    return read_book(read_text(_source(), WHERE))


def tongue(code: str) -> Tongue:
    """English, where there is no such language: a text is read by somebody in any case."""
    return book().tongues.get(code) or book().tongues[ENGLISH]


def version(code: str) -> Version | None:
    """The version with this code, if there is one."""
    return next((found for found in book().versions if found.code == code), None)


def version_on(day: date) -> Version:
    """What a consent begun here on ``day`` is written under; the first one before all of them."""
    here = [found for found in book().versions if found.made_here]
    in_force = [found for found in here if found.begins <= day]
    return in_force[-1] if in_force else here[0]


def versions_for(day: date) -> tuple[Version, ...]:
    """What a form that was signed on ``day`` may be judged by, newest first."""
    return tuple(found for found in reversed(book().versions) if found.holds_on(day))


def kind_of(code: str, kind: ConsentKind) -> Kind | None:
    found = version(code)
    return found.kinds.get(kind) if found is not None else None


@cache
def classes() -> frozenset[str]:
    """Every class of people that some kind of consent names as those who may hear it."""
    kinds = (kind for found in book().versions for kind in found.kinds.values())
    return frozenset(kind.class_words for kind in kinds if kind.class_words)


def read_book(text: str) -> Book:
    """One TOML text; raises ``CatalogError`` that a practitioner can act on."""
    entries = read_toml(text, WHERE)
    refuse(mistakes_of(entries, Lines(text), WHERE))
    others = {code: tongue_of(code, entry) for code, entry in entries.get("language", {}).items()}
    elements = {
        Element(code): Part(code=Element(code), **_in_all(entry, others))
        for code, entry in entries["element"].items()
    }
    versions = tuple(_version(entry, others) for entry in entries["version"])
    return Book(elements, versions, {ENGLISH: english(), **others})


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the file, for the start of the program."""
    try:
        text = read_text(_source(), WHERE)
        entries = read_toml(text, WHERE)
    except CatalogError as error:
        yield error
    else:
        yield from mistakes_of(entries, Lines(text), WHERE)


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    for part in book().elements.values():
        yield from (part.name, part.missing)
    for found in book().versions:
        yield found.name
        for kind in found.kinds.values():
            yield from (kind.name, kind.short, kind.lead, kind.when)
            yield from filter(None, (kind.class_words, kind.alone, kind.ask))
            for answer in kind.answers:
                yield from filter(None, (answer.words, answer.why))
        for said in found.statements.values():
            yield from (said.name, said.plain, said.legal)


def _version(entry: Mapping[str, Any], others: Iterable[str]) -> Version:
    return Version(
        code=entry["code"],
        name=entry["name"],
        begins=entry["from"],
        until=entry.get("until"),
        made_here=entry["made_here"],
        source=entry["source"],
        kinds={
            ConsentKind(code): _kind(code, found, others) for code, found in entry["kind"].items()
        },
        statements={
            Statement(code): Said(
                code=Statement(code), **{"source": entry["source"], **_in_all(found, others)}
            )
            for code, found in entry["statement"].items()
        },
    )


def _in_all(entry: Mapping[str, Any], others: Iterable[str]) -> dict[str, Any]:
    """Its own texts, and the same in the other languages beside them."""
    beside: Beside = {code: entry[code] for code in others if code in entry}
    return {key: value for key, value in entry.items() if key not in beside} | {"beside": beside}


def _kind(code: str, entry: Mapping[str, Any], others: Iterable[str]) -> Kind:
    return Kind(
        code=ConsentKind(code),
        name=entry["name"],
        short=entry["short"],
        lead=entry["lead"],
        when=entry["when"],
        elements=frozenset(Element(one) for one in entry["elements"]),
        recipients=tuple(RecipientKind(one) for one in entry["recipients"]),
        categories=tuple(Category(one) for one in entry["categories"]),
        purposes=tuple(Purpose(one) for one in entry["purposes"]),
        ends=tuple(Ending(one) for one in entry["ends"]),
        statements=tuple(Statement(one) for one in entry["statements"]),
        with_care=tuple(Statement(one) for one in entry.get("with_care", ())),
        may_be_firm=entry.get("may_be_firm", False),
        class_words=entry.get("class", ""),
        alone=entry.get("alone", ""),
        ask=entry.get("ask", ""),
        answers=tuple(Answer(**_in_all(answer, others)) for answer in entry.get("answer", ())),
        beside={
            language: {"class_words" if key == "class" else key: text for key, text in told.items()}
            for language, told in _in_all(entry, others)["beside"].items()
        },
    )


def _source() -> Traversable:
    return files("alongside.practice").joinpath("jurisdictions", "part_2.toml")
