"""The instruments that come with the program, read once from ``library/*.toml``, every version."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from alongside.practice.catalog_errors import CatalogError, read_text
from alongside.practice.instruments.definition import Instrument
from alongside.practice.instruments.reader import read

CHECK_IN = "check-in"


def shipped() -> tuple[Instrument, ...]:
    """The newest wording of each."""
    newest: dict[str, Instrument] = {}
    for (key, _version), found in sorted(_all().items()):
        newest[key] = found
    return tuple(newest.values())


def instrument(key: str, version: int | None = None) -> Instrument | None:
    """One of them, in one wording or the newest."""
    if version is not None:
        return _all().get((key, version))
    return next((found for found in shipped() if found.key == key), None)


def texts() -> Iterator[str]:
    """Every sentence a person can see, for the collection of texts to translate."""
    for found in _all().values():
        yield from dict.fromkeys(found.texts())


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in them, for the start of the program. Every file is read."""
    for source in _sources():
        try:
            _read(source)
        except CatalogError as mistake:
            yield mistake


@cache
def _all() -> dict[tuple[str, int], Instrument]:
    found = [_read(source) for source in _sources()]
    return {(one.key, one.version): one for one in found}


def _read(source: Traversable) -> Instrument:
    where = f"practice/instruments/library/{source.name}"
    key = source.name.split(".")[0].partition("-")[2]
    return read(read_text(source, where), where=where, key=key)


def _sources() -> list[Traversable]:
    folder = files("alongside.practice").joinpath("instruments", "library")
    found = [source for source in folder.iterdir() if source.name.endswith(".toml")]
    return sorted(found, key=lambda source: source.name)
