"""What ``part_2.toml`` must hold. A mistake is told with its line, and stops the start."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from alongside.practice.catalog_errors import CatalogError, Lines
from alongside.practice.consents.codes import (
    Category,
    ConsentKind,
    Element,
    Ending,
    Purpose,
    RecipientKind,
    Statement,
)
from alongside.practice.consents.tongues import mistakes_beside, mistakes_of_languages

Path = tuple[str | int, ...]
Keys = frozenset[str] | set[str]
Languages = Mapping[str, Any]
Found = Iterator[tuple[Path, str]]

_PART = frozenset({"name", "missing", "source"})
_TEXTS = frozenset({"name", "short", "lead", "when"})
_LISTS: Mapping[str, type[StrEnum]] = {
    "elements": Element,
    "recipients": RecipientKind,
    "categories": Category,
    "purposes": Purpose,
    "ends": Ending,
    "statements": Statement,
}
_MORE = frozenset({"class", "alone", "ask"})
_SAID = frozenset({"name", "plain", "legal"})
_WORDS = _TEXTS | _MORE
_ANSWER = frozenset({"words", "why"})


def mistakes_of(entries: Mapping[str, Any], lines: Lines, where: str) -> Iterator[CatalogError]:
    for path, what in _of_file(entries):
        yield CatalogError(where, lines.of(*path), what)


def _of_file(entries: Mapping[str, Any]) -> Found:
    for key in entries.keys() - {"name", "language", "element", "version"}:
        yield (key,), f"“{key}” is unknown here."
    elements, languages = entries.get("element"), entries.get("language", {})
    yield from mistakes_of_languages(languages)
    yield from _of_elements(elements if isinstance(elements, dict) else {}, languages)
    versions = entries.get("version")
    if not isinstance(versions, list) or not all(isinstance(v, dict) for v in versions or [0]):
        yield ("version",), "The file has no [[version]]."
        return
    for number, version in enumerate(versions):
        for path, what in _of_version(version, languages):
            yield ("version", number, *path), what
    yield from _of_order(versions)


def _of_elements(elements: Mapping[str, Any], languages: Languages) -> Found:
    yield from _same_codes(elements, Element, "element")
    for code, entry in elements.items():
        if not isinstance(entry, dict):
            yield ("element", code), f"“{code}” must be a section: [element.{code}]."
            continue
        yield from _texts(_english(entry, languages), _PART, _PART, ("element", code))
        for path, what in mistakes_beside(entry, languages, _PART - {"source"}):
            yield ("element", code, *path), what


def _of_order(versions: list[dict[str, Any]]) -> Found:
    days = [version.get("from") for version in versions]
    for number, (before, after) in enumerate(pairwise(days), start=1):
        if type(before) is date and type(after) is date and after <= before:
            yield ("version", number, "from"), "Put the versions in order of their first day."
    codes = [version.get("code") for version in versions]
    for number, code in enumerate(codes):
        if code in codes[:number]:
            yield ("version", number, "code"), f"There are two versions “{code}”."
    if not any(version.get("made_here") is True for version in versions):
        yield ("version",), "One [[version]] must have “made_here = true”."


def _of_version(version: Mapping[str, Any], languages: Languages) -> Found:
    yield from _of_head(version)
    kinds, statements = version.get("kind"), version.get("statement")
    if not isinstance(kinds, dict) or not isinstance(statements, dict):
        yield (), "A version needs [version.kind...] and [version.statement...] sections."
        return
    if version.get("made_here") is True:
        yield from _same_codes(kinds, ConsentKind, "kind")
    for code, kind in kinds.items():
        for path, what in _of_kind(code, kind, statements, languages):
            yield ("kind", code, *path), what
    for code, said in statements.items():
        if code not in set(Statement):
            yield ("statement", code), f"There is no statement “{code}”."
        elif isinstance(said, dict):
            there = _english(said, languages)
            yield from _texts(there, _SAID, _SAID | {"source"}, ("statement", code))
            for path, what in mistakes_beside(said, languages, _SAID):
                yield ("statement", code, *path), what
        else:
            yield ("statement", code), f"“{code}” must be a section: [version.statement.{code}]."


def _of_head(version: Mapping[str, Any]) -> Found:
    known = {"code", "name", "from", "until", "made_here", "source", "kind", "statement"}
    for key in version.keys() - known:
        yield (key,), f"A version has “{key}”, which is unknown."
    for key in ("code", "name", "source"):
        if not isinstance(version.get(key), str) or not version[key]:
            yield (key,), f"A version needs “{key}”, a text."
    if type(version.get("from")) is not date:
        yield ("from",), "A version needs a “from” date such as 2026-01-01."
    if type(version.get("until", date.max)) is not date:
        yield ("until",), "“until” must be a date such as 2026-01-01."
    if not isinstance(version.get("made_here"), bool):
        yield ("made_here",), "A version needs “made_here”, true or false."


def _of_kind(code: str, kind: object, statements: Mapping[str, Any], languages: Languages) -> Found:
    if code not in set(ConsentKind) or not isinstance(kind, dict):
        yield (), f"There is no kind of consent “{code}”."
        return
    others = {*_LISTS, "with_care", "may_be_firm", "answer", *languages}
    texts = {key: value for key, value in kind.items() if key not in others}
    yield from _texts(texts, _TEXTS, _TEXTS | _MORE, ())
    for key, wanted in _LISTS.items():
        named = kind.get(key)
        if not isinstance(named, list) or not named:
            yield (key,), f"The kind “{code}” needs “{key}”, a list."
            continue
        for one in named:
            if one not in set(wanted):
                yield (key,), f"“{one}” in {key} must be one of {', '.join(wanted)}."
    if not isinstance(kind.get("may_be_firm", False), bool):
        yield ("may_be_firm",), "“may_be_firm” must be true or false."
    said = [*_listed(kind, "statements"), *_listed(kind, "with_care")]
    said += ["firm"] if kind.get("may_be_firm") else []
    for one in said:
        if one not in statements:
            yield ("statements",), f"The kind “{code}” shows “{one}”, which this version lacks."
    yield from mistakes_beside(kind, languages, _WORDS)
    yield from _what_never_may_be(code, kind)
    yield from _of_answers(code, kind, languages)


def _what_never_may_be(code: str, kind: Mapping[str, Any]) -> Found:
    """What the rule itself forbids, whatever a file says."""
    if (code == ConsentKind.PROCEEDINGS) != (Purpose.PROCEEDINGS in _listed(kind, "purposes")) or (
        code == ConsentKind.PROCEEDINGS and len(_listed(kind, "purposes")) != 1
    ):
        yield ("purposes",), "The purpose “proceedings” stands alone, in the kind of that name."
    notes = Category.COUNSELING_NOTES in _listed(kind, "categories")
    if (code == ConsentKind.COUNSELING_NOTES) != notes or (
        notes and len(_listed(kind, "categories")) != 1
    ):
        yield ("categories",), "Counseling notes stand alone, in the kind of that name."
    if code != ConsentKind.TPO and Ending.NONE in _listed(kind, "ends"):
        yield ("ends",), "Only the kind “tpo” may have no end."
    if code != ConsentKind.CRIMINAL_JUSTICE and kind.get("may_be_firm"):
        yield ("may_be_firm",), "Only the kind “criminal_justice” may hold until its end."


def _of_answers(code: str, kind: Mapping[str, Any], languages: Languages) -> Found:
    answers = kind.get("answer", [])
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        yield ("answer",), f"Answers are sections: [[version.kind.{code}.answer]]."
        return
    if bool(kind.get("ask")) != bool(answers) or (
        (Element.FITS in _listed(kind, "elements")) != bool(answers)
    ):
        yield (), f"The kind “{code}” needs “ask”, the element “fits” and answers, or none of them."
    if answers and sum(one.get("fits") is True for one in answers) != 1:
        yield ("answer",), f"One answer of the kind “{code}” must have “fits = true”."
    for number, one in enumerate(answers):
        fits = one.get("fits") is True
        must = {"code", "words"} if fits else {"code", "words", "why", "instead"}
        texts = {k: v for k, v in _english(one, languages).items() if k != "fits"}
        yield from _texts(texts, must, must, ("answer", number))
        for path, what in mistakes_beside(one, languages, _ANSWER):
            yield ("answer", number, *path), what
        if not fits and one.get("instead") not in set(ConsentKind):
            yield ("answer", number, "instead"), "“instead” must be a kind of consent."


def _english(entry: Mapping[str, Any], languages: Languages) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in languages}


def _listed(kind: Mapping[str, Any], key: str) -> list[Any]:
    named = kind.get(key)
    return named if isinstance(named, list) else []


def _same_codes(entries: Mapping[str, Any], wanted: type[StrEnum], key: str) -> Found:
    for lost in wanted:
        if lost.value not in entries:
            yield (key,), f"The section “{key}.{lost}” is missing."
    for code in entries:
        if code not in set(wanted):
            yield (key, code), f"There is no {key} “{code}”."


def _texts(entry: Mapping[str, Any], must: Keys, may: Keys, at: Path) -> Found:
    for key in sorted(must):
        if not entry.get(key):
            yield (*at, key), f"“{'.'.join(map(str, at)) or 'This'}” needs “{key}”."
    for key, value in entry.items():
        if key not in must | may or not isinstance(value, str):
            yield (*at, key), f"“{key}” is unknown here or not text."
