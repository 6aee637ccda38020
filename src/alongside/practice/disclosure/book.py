"""Reads ``jurisdictions/part_2_disclosure.toml`` once, when first asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse
from alongside.practice.consents.codes import Category, Purpose
from alongside.practice.disclosure.codes import Basis

WHERE = "practice/jurisdictions/part_2_disclosure.toml"
EVERYTHING = frozenset(Category) - {Category.COUNSELING_NOTES}


@dataclass(frozen=True)
class Notice:
    """What travels with what is told. ``words`` are the rule's, ``plain`` says it in ours."""

    code: str
    begins: date
    title: str
    words: str
    plain: str
    source: str


@dataclass(frozen=True)
class Fact:
    code: str
    label: str
    missing: str
    kind: str
    help: str = ""


@dataclass(frozen=True)
class Ground:
    """One basis: which facts it needs, the most that may be told, and who may use it.

    ``most`` is empty where nothing of the record may be told, only what ``what`` says.
    """

    code: Basis
    name: str
    help: str
    source: str
    facts: tuple[str, ...]
    most: frozenset[Category]
    notice: bool
    named: bool = False
    organization: bool = False
    privacy: bool = False
    without_part_2: bool = False
    despite_restriction: bool = False


@dataclass(frozen=True)
class Book:
    notices: tuple[Notice, ...]
    grounds: Mapping[Basis, Ground]
    facts: Mapping[str, Fact]
    needs: Mapping[Purpose, frozenset[Category]]


@cache
def book() -> Book:
    return read_book(read_text(_source(), WHERE))


def notice_on(day: date) -> Notice:
    """The notice in force on ``day``; the first one before all of them."""
    notices = book().notices
    return next((one for one in reversed(notices) if one.begins <= day), notices[0])


def notice(code: str) -> Notice | None:
    return next((one for one in book().notices if one.code == code), None)


def ground(basis: Basis) -> Ground:
    return book().grounds[basis]


def needed(purpose: Purpose) -> frozenset[Category]:
    """The most that a purpose needs; this is what is proposed."""
    return book().needs[purpose]


def read_book(text: str) -> Book:
    """One TOML text; raises ``CatalogError`` that a practitioner can act on."""
    entries = read_toml(text, WHERE)
    refuse(_mistakes(entries, Lines(text)))
    return Book(
        notices=tuple(_notice(entry) for entry in entries["notice"]),
        grounds={Basis(code): _ground(code, entry) for code, entry in entries["basis"].items()},
        facts={code: Fact(code=code, **entry) for code, entry in entries["fact"].items()},
        needs={Purpose(code): _listed(value) for code, value in entries["needs"].items()},
    )


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
    for one in book().notices:
        yield from (one.title, one.words, one.plain)
    for found in book().grounds.values():
        yield from (found.name, found.help)
    for fact in book().facts.values():
        yield from filter(None, (fact.label, fact.missing, fact.help))


def _notice(entry: Mapping[str, Any]) -> Notice:
    said = {key: value for key, value in entry.items() if key != "from"}
    return Notice(begins=entry["from"], **said)


def _ground(code: str, entry: Mapping[str, Any]) -> Ground:
    said = {**entry, "facts": tuple(entry["facts"]), "most": _listed(entry["most"])}
    return Ground(code=Basis(code), **said)


def _listed(value: object) -> frozenset[Category]:
    if value == "all":
        return EVERYTHING
    assert isinstance(value, list)  # noqa: S101
    return frozenset(Category(one) for one in value)


_NOTICE = {"code", "from", "title", "words", "plain", "source"}
_GROUND = {"name", "help", "facts", "most", "notice", "source"}
_MORE = {"named", "organization", "privacy", "without_part_2", "despite_restriction"}
_FACT = {"label", "missing", "kind"}
KINDS = ("line", "text", "day", "yes")


def _mistakes(entries: Mapping[str, Any], lines: Lines) -> Iterator[CatalogError]:
    for path, what in (*_of_notices(entries), *_of_grounds(entries), *_of_facts(entries)):
        yield CatalogError(WHERE, lines.of(*path), what)


Found = Iterator[tuple[tuple[str | int, ...], str]]


def _of_notices(entries: Mapping[str, Any]) -> Found:
    notices = entries.get("notice")
    if not isinstance(notices, list) or not notices:
        yield ("notice",), "The file has no [[notice]]."
        return
    for number, entry in enumerate(notices):
        for key in sorted(_NOTICE ^ entry.keys()):
            yield ("notice", number, key), f"A notice has exactly {', '.join(sorted(_NOTICE))}."
        if type(entry.get("from")) is not date:
            yield ("notice", number, "from"), "A notice needs a “from” date such as 2026-01-01."
    days = [entry["from"] for entry in notices if type(entry.get("from")) is date]
    if days != sorted(set(days)):
        yield ("notice",), "Put the notices in order of their first day."


def _of_grounds(entries: Mapping[str, Any]) -> Found:
    grounds, facts = entries.get("basis", {}), entries.get("fact", {})
    yield from _same(grounds, frozenset(Basis), "basis")
    yield from _same(entries.get("needs", {}), frozenset(Purpose), "needs")
    for code, entry in grounds.items():
        for key in sorted((_GROUND - entry.keys()) | (entry.keys() - _GROUND - _MORE)):
            yield ("basis", code, key), f"“{key}” is missing or unknown in the ground “{code}”."
        for fact in entry.get("facts", []):
            if fact not in facts:
                yield ("basis", code, "facts"), f"There is no fact “{fact}”."
        yield from _of_list(entry.get("most"), ("basis", code, "most"))
    for code, value in entries.get("needs", {}).items():
        yield from _of_list(value, ("needs", code))


def _of_facts(entries: Mapping[str, Any]) -> Found:
    for code, entry in entries.get("fact", {}).items():
        for key in sorted((_FACT - entry.keys()) | (entry.keys() - _FACT - {"help"})):
            yield ("fact", code, key), f"“{key}” is missing or unknown in the fact “{code}”."
        if entry.get("kind") not in KINDS:
            yield ("fact", code, "kind"), f"“kind” must be one of {', '.join(KINDS)}."
    if "why_more" not in entries.get("fact", {}):
        yield ("fact",), "The fact “why_more” is missing."


def _of_list(value: object, path: tuple[str | int, ...]) -> Found:
    if value == "all":
        return
    if not isinstance(value, list):
        yield path, "This must be “all” or a list of what may be told."
        return
    for one in value:
        if one not in set(EVERYTHING):
            yield path, f"“{one}” must be one of {', '.join(sorted(EVERYTHING))}."


def _same(entries: Mapping[str, Any], wanted: frozenset[str], key: str) -> Found:
    for lost in sorted(wanted - entries.keys()):
        yield (key,), f"“{key}.{lost}” is missing."
    for code in sorted(entries.keys() - wanted):
        yield (key, code), f"There is no {key} “{code}”."


def _source() -> Any:
    return files("alongside.practice").joinpath("jurisdictions", "part_2_disclosure.toml")
