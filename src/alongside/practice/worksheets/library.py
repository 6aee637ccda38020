"""The tools of the field, read once from ``tools/*.toml``."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from alongside.practice.catalog_errors import CatalogError, read_text
from alongside.practice.worksheets.definition import Definition
from alongside.practice.worksheets.reader import read


def tools() -> tuple[Definition, ...]:
    """All of them, in the order in which the practice names them."""
    return tuple(_tools().values())


def tool(key: str) -> Definition | None:
    return _tools().get(key)


def tool_at(address: str) -> Definition | None:
    return next((tool for tool in tools() if tool.address == address), None)


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    for definition in tools():
        yield from dict.fromkeys(definition.texts())


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the tools, for the start of the program. Every file is read."""
    for source in _sources():
        try:
            _read(source)
        except CatalogError as mistake:
            yield mistake


@cache
def _tools() -> dict[str, Definition]:
    """Raises ``CatalogError`` with file, line and what is wrong."""
    found = map(_read, _sources())
    return {definition.key: definition for definition in found}


def _read(source: Traversable) -> Definition:
    where = f"practice/worksheets/tools/{source.name}"
    address, _dash, key = source.name.removesuffix(".toml").partition("-")
    return read(read_text(source, where), where=where, key=key, address=address)


def _sources() -> list[Traversable]:
    folder = files("alongside.practice").joinpath("worksheets", "tools")
    found = [source for source in folder.iterdir() if source.name.endswith(".toml")]
    return sorted(found, key=lambda source: source.name)
