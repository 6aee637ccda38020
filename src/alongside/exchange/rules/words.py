"""The words of sheets, read once from ``words.toml``. Case, accents and marks do not matter."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rapidfuzz import fuzz, process

from alongside.exchange.codes import SheetKind
from alongside.people.rules import name_key
from alongside.practice.catalog_errors import read_text, read_toml

NEARLY = 90
SHORTEST_FOR_NEARLY = 6


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Lower-case words without accents or marks: what is compared."""
    return name_key(text)


def source() -> Traversable:
    return files("alongside.exchange").joinpath("words.toml")


@cache
def _catalog() -> Mapping[str, Mapping[str, Mapping[str, list[str]] | list[str]]]:
    return read_toml(read_text(source(), "exchange/words.toml"), "exchange/words.toml")


def _table(section: str, name: str) -> Mapping[str, list[str]]:
    table = _catalog()[section][name]
    assert isinstance(table, Mapping)  # noqa: S101 - the catalog is ours; this narrows its type
    return table


@cache
def headers_of(kind: SheetKind) -> Mapping[str, tuple[str, ...]]:
    """Field code → names of its column, the most likely first."""
    return {field: tuple(names) for field, names in _table("headers", kind.value).items()}


@cache
def all_headers() -> frozenset[str]:
    return frozenset(n for kind in SheetKind for names in headers_of(kind).values() for n in names)


@cache
def phrases(name: str) -> frozenset[str]:
    """A plain list from the catalog, for example the ways to write "unknown"."""
    found = _catalog()["words"][name]
    return frozenset(str(word) for word in found)


@cache
def _values(name: str) -> Mapping[str, str]:
    return {phrase: code for code, words in _table("values", name).items() for phrase in words}


@lru_cache(maxsize=20_000)
def code_for(name: str, written: str) -> str | None:
    """The code that ``written`` means in catalog ``name``, or nothing."""
    whole = code_of_whole(name, written)
    if whole is not None:
        return whole
    table = _values(name)
    held = [phrase for phrase in table if _holds(written, phrase)]
    return table[max(held, key=len)] if held else None


@lru_cache(maxsize=20_000)
def code_of_whole(name: str, written: str) -> str | None:
    """The code where ``written`` is nothing but one of the phrases, give or take a letter."""
    table, text = _values(name), plain(written)
    if text in table or len(text) < SHORTEST_FOR_NEARLY:
        return table.get(text)
    near = process.extractOne(text, table.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return None if near is None else table[near[0]]


def _holds(written: str, phrase: str) -> bool:
    return f" {phrase} " in f" {plain(written)} "


@lru_cache(maxsize=20_000)
def holds_any(name: str, written: str) -> bool:
    """Whether one of the phrases of a plain list stands in ``written``, as whole words."""
    return any(_holds(written, phrase) for phrase in phrases(name))


@lru_cache(maxsize=20_000)
def is_unknown(cell: str) -> bool:
    """Whether a cell says in some way that the answer is not known, or says nothing."""
    return plain(cell) in phrases("unknown")
