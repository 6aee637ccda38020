"""Files that a practitioner may edit: read, and a mistake in one told with file, line and what.

``read_toml`` reads any of them, ``Lines`` finds the line of an entry, and ``CatalogError`` is the
one sentence. What a file must hold is said where it is used, as a function that yields mistakes;
``config.start`` asks all of them before anything runs.
"""

import re
import tomllib
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from typing import Any


class CatalogError(ValueError):
    """One mistake: ``file`` as a person finds it, ``line`` from 1, ``what`` as a sentence."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(file, line, what)
        self.file, self.line, self.what = file, line, what

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}"


def refuse(mistakes: Iterable[CatalogError]) -> None:
    """Raise the first mistake, if there is any."""
    for mistake in mistakes:
        raise mistake


def read_text(source: Traversable, where: str) -> str:
    """The text of a file; raises ``CatalogError`` where it is missing or is not UTF-8."""
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise CatalogError(where, 1, "The file is missing or cannot be opened.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CatalogError(where, line, "Save the file as UTF-8 text.") from error


def read_toml(text: str, where: str) -> dict[str, Any]:
    """What a TOML text holds; raises ``CatalogError`` at the line where reading stops."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, place = str(error).partition(" (at ")
        at = re.search(r"line (\d+)", place)
        line = int(at.group(1)) if at else max(text.count("\n") + (text[-1:] != "\n"), 1)
        said = re.sub(r"\('(.*?)',?\)", r"“\1”", said)
        what = f"This cannot be read. {said}."
        raise CatalogError(where, line, what) from error
    except ValueError as error:
        raise CatalogError(where, 1, "A number in it is too long to be read.") from error


class Lines:
    """Where each entry of a TOML text stands. A path is names, and numbers (from 0) inside a list
    of sections: ``("period", 1, "from")``. The text must be one that ``read_toml`` could read."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str | int, ...], int] = {}
        self._count: dict[tuple[str | int, ...], int] = {}
        self._section: tuple[str | int, ...] = ()
        rest = _Open()
        for number, line in enumerate(text.splitlines(), start=1):
            if not rest.goes_on:
                self._begin(line, number)
            rest.read(line)

    def of(self, *path: str | int) -> int:
        """The line of ``path``, or of the nearest thing around it, or the first."""
        while path and path not in self._at:
            path = path[:-1]
        return self._at.get(path, 1)

    def _begin(self, line: str, number: int) -> None:
        if header := _HEADER.match(line):
            self._open_section(_names(header["names"]), number, listed=bool(header["listed"]))
        elif key := _KEY.match(line):
            names = _names(key["names"])
            for end in range(1, len(names) + 1):
                self._at.setdefault((*self._section, *names[:end]), number)

    def _open_section(self, names: list[str], number: int, *, listed: bool) -> None:
        path: tuple[str | int, ...] = ()
        for name in names[:-1]:
            path = self._last((*path, name))
            self._at.setdefault(path, number)
        path = (*path, names[-1])
        self._at.setdefault(path, number)
        if listed:
            self._count[path] = self._count.get(path, 0) + 1
            path = self._last(path)
        self._at.setdefault(path, number)
        self._section = path

    def _last(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        return (*path, self._count[path] - 1) if path in self._count else path


_NAME = r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)"""
_NAMES = rf"(?P<names>{_NAME}(?:\s*\.\s*{_NAME})*)"
_HEADER = re.compile(rf"\s*\[(?P<listed>\[)?\s*{_NAMES}\s*\]")
_KEY = re.compile(rf"\s*{_NAMES}\s*=")
_PIECE = re.compile(r'''"""|\'\'\'|"(?:\\.|[^"\\])*"|'[^']*'|[\[\]{}]|#.*''')


def _names(written: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(_NAME, written)]


class _Open:
    """Whether a value that began on an earlier line still goes on."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0

    @property
    def goes_on(self) -> bool:
        return bool(self._quote) or self._depth > 0

    def read(self, line: str) -> None:
        at = 0
        while at < len(line):
            if self._quote:
                end = line.find(self._quote, at)
                if end < 0:
                    return
                at, self._quote = end + 3, ""
                continue
            piece = _PIECE.search(line, at)
            if piece is None:
                return
            at = piece.end()
            if piece[0] in {'"""', "'''"}:
                self._quote = piece[0]
            elif piece[0] in {"[", "{", "]", "}"}:
                self._depth += 1 if piece[0] in {"[", "{"} else -1
