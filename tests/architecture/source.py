"""Walking the source, for the tests that hold its shape."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "alongside"
TEMPLATES = tuple(PACKAGE / face / "templates" for face in ("web", "portal"))


def python_files() -> Iterator[Path]:
    """Every file a person wrote; migrations are generated."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def template_files() -> list[Path]:
    found = (path for folder in TEMPLATES for path in folder.rglob("*"))
    return sorted(path for path in found if path.suffix in (".html", ".txt"))
