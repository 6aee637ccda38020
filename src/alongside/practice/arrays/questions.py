"""Three short questions about a note, and what their answers say together: ``questions.toml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from alongside.practice.arrays.facts import Reason, Sure
from alongside.practice.arrays.reading import Kind
from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml, refuse

WHERE = "practice/arrays/questions.toml"


@dataclass(frozen=True)
class Question:
    """``answers`` are (code, words) in the order of the file; codes are what is stored."""

    code: str
    ask: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """What answers say together. ``own``: the supporter gave it as the one who knows."""

    when: Mapping[str, str]
    kind: Kind
    because: Reason
    sure: Sure
    own: bool = False


def questions() -> tuple[Question, ...]:
    """At most three, in the order they are asked."""
    return _file()[0]


def known(said: Mapping[str, str]) -> dict[str, str]:
    """Only answers that the questions offer."""
    offered = {each.code: {code for code, _words in each.answers} for each in questions()}
    return {code: value for code, value in said.items() if value in offered.get(code, ())}


def decided(said: Mapping[str, str]) -> Row | None:
    """What the answers say; ``None`` where they leave it open."""
    given = known(said)
    return next((row for row in _file()[1] if row.when.items() <= given.items()), None)


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    for question in questions():
        yield question.ask
        yield from (words for _code, words in question.answers)
    yield from (row.because.text for row in _file()[1])


@cache
def _file() -> tuple[tuple[Question, ...], tuple[Row, ...]]:
    text = read_text(_source(), WHERE)
    entries = read_toml(text, WHERE)
    refuse(_mistakes_of(entries, Lines(text)))
    asked = tuple(
        Question(code, entry["ask"], tuple(entry["answers"].items()))
        for code, entry in entries["question"].items()
    )
    rows = tuple(
        Row(
            row["when"],
            Kind(row["kind"]),
            Reason(row["because"], source=row["source"]),
            Sure(row["sure"]),
            row.get("own", False),
        )
        for row in entries["row"]
    )
    return asked, rows


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
    asked = entries.get("question", {})
    if len(asked) > MOST:
        what = f"There are {len(asked)} questions; at most {MOST} are asked."
        yield CatalogError(WHERE, lines.of("question"), what)
    for code, entry in asked.items():
        if not entry.get("ask") or not entry.get("answers"):
            at = lines.of("question", code)
            yield CatalogError(WHERE, at, f"[question.{code}] needs ask and answers.")
    offered = {code: entry.get("answers", {}) for code, entry in asked.items()}
    for number, row in enumerate(entries.get("row", [])):
        for path, what in _wrong(row, offered):
            yield CatalogError(WHERE, lines.of("row", number, *path), what)


MOST = 3
_MUST = ("when", "kind", "because", "source", "sure")


def _wrong(
    row: dict[str, Any], offered: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """(key, sentence) for each mistake in one row."""
    for key in _MUST:
        if not row.get(key):
            yield (), f"This row needs {key}."
    for key in row.keys() - {*_MUST, "own"}:
        yield (key,), f"This row has “{key}”, which is unknown."
    for code, answer in row.get("when", {}).items():
        if answer not in offered.get(code, ()):
            yield ("when",), f"No question has the answer {code} = “{answer}”."
    if row.get("kind") not in set(Kind):
        yield ("kind",), f"“{row.get('kind')}” is no kind; known are {', '.join(Kind)}."
    if row.get("sure") not in set(Sure):
        yield ("sure",), f"“{row.get('sure')}” is not one of {', '.join(Sure)}."


def _source() -> Any:
    return files("alongside.practice.arrays").joinpath("questions.toml")
