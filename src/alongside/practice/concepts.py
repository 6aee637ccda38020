"""The key concepts of each process as short help in place (PROC-2), read from ``concepts.toml``
once, when first asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse
from alongside.practice.codes import Process

WHERE = "practice/concepts.toml"
_MUST = ("name", "words", "source")
_MAY = ("ask",)


@dataclass(frozen=True)
class Concept:
    """One key concept: ``words`` say it in short, ``ask`` is a question to carry along."""

    name: str
    words: str
    source: str
    ask: str = ""


def concepts_of(process: str) -> tuple[Concept, ...]:
    """The key concepts of one process, in the order of the file; none for an unknown one."""
    return _by_process().get(str(process), ())


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    for found in _by_process().values():
        for concept in found:
            yield from filter(None, (concept.name, concept.words, concept.ask))


def read_concepts(text: str) -> dict[str, tuple[Concept, ...]]:
    """By process; raises ``CatalogError`` that a practitioner can act on."""
    entries = read_toml(text, WHERE)
    refuse(_mistakes(entries, Lines(text)))
    return {code: tuple(Concept(**entry) for entry in found) for code, found in entries.items()}


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the file, for the start of the program."""
    try:
        text = read_text(_source(), WHERE)
        entries = read_toml(text, WHERE)
    except CatalogError as error:
        yield error
    else:
        yield from _mistakes(entries, Lines(text))


def _mistakes(entries: Mapping[str, Any], lines: Lines) -> Iterator[CatalogError]:
    for process in Process:
        if process.value not in entries:
            what = (
                f"There are no [[{process.value}]] concepts; Process in practice/codes.py has it."
            )
            yield CatalogError(WHERE, 1, what)
    for code, found in entries.items():
        if code not in set(Process):
            what = f"[[{code}]] is not known; Process in practice/codes.py does not have it."
            yield CatalogError(WHERE, lines.of(code), what)
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            yield CatalogError(WHERE, lines.of(code), f"“{code}” must be sections: [[{code}]].")
            continue
        for number, entry in enumerate(found):
            yield from _wrong(entry, code, number, lines)


def _wrong(
    entry: Mapping[str, Any], code: str, number: int, lines: Lines
) -> Iterator[CatalogError]:
    for key in _MUST:
        if not entry.get(key):
            what = f"[[{code}]] number {number + 1} needs a {key}."
            yield CatalogError(WHERE, lines.of(code, number, key), what)
    for key, value in entry.items():
        if key not in (*_MUST, *_MAY) or not isinstance(value, str):
            what = f"[[{code}]] number {number + 1} has “{key}”, which is unknown or not text."
            yield CatalogError(WHERE, lines.of(code, number, key), what)


@cache
def _by_process() -> Mapping[str, tuple[Concept, ...]]:
    return read_concepts(read_text(_source(), WHERE))


def _source() -> Traversable:
    return files("alongside.practice").joinpath("concepts.toml")
