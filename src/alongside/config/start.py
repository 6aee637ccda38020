"""Before anything runs: the lists that practitioners edit are whole, or the start stops.

Needs no Django and no database, so that the answer is one sentence for each mistake.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from alongside.exchange.rules import word_mistakes
from alongside.practice import (
    arrays,
    catalog,
    concepts,
    consents,
    disclosure,
    instruments,
    retention,
    role,
    rules,
    talks,
    worksheets,
)
from alongside.practice.catalog_errors import CatalogError, read_text, read_toml

PACKAGE = Path(__file__).parent.parent


def every_file() -> Iterator[CatalogError]:
    """Files that cannot be read at all, whoever reads them; the demo's own words aside."""
    for path in sorted(PACKAGE.rglob("*.toml")):
        where = path.relative_to(PACKAGE).as_posix()
        if not where.startswith("demo/"):
            try:
                read_toml(read_text(path, where), where)
            except CatalogError as mistake:
                yield mistake


# Whoever reads a file of the package that a practitioner edits says here what can be wrong in it.
CHECKS: tuple[Callable[[], Iterable[CatalogError]], ...] = (
    catalog.mistakes,
    rules.mistakes,
    concepts.mistakes,
    talks.mistakes,
    word_mistakes.mistakes,
    worksheets.mistakes,
    instruments.mistakes,
    arrays.mistakes,
    role.mistakes,
    retention.mistakes,
    consents.mistakes,
    disclosure.mistakes,
    every_file,
)


def mistakes() -> list[CatalogError]:
    """Every mistake in every such file, in the order of the checks, each once."""
    found = {str(mistake): mistake for check in CHECKS for mistake in check()}
    return list(found.values())


def keep_to_this_account() -> None:
    """What is written from here on is for the account that runs it, and nobody else's to read."""
    os.umask(0o077)


@cache
def refuse_mistakes() -> None:
    """End the program, with file, line and what is wrong, when a list has a mistake. Once: the
    process that answers is forked from the one that looked."""
    if found := mistakes():
        many = "a list has a mistake" if len(found) == 1 else f"{len(found)} mistakes in its lists"
        said = "\n".join(f"  {mistake}" for mistake in found)
        raise SystemExit(f"Alongside did not start: {many}.\n{said}")


def missing_words() -> list[str]:
    """Languages whose words are written and not built: their pages would be English."""
    written = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/django.po"))
    return [po.parent.parent.name for po in written if not po.with_suffix(".mo").exists()]


def say_missing_words() -> None:
    if lost := missing_words():
        said = ", ".join(lost)
        print(f"Not built: the words of {said}. Pages speak English instead. Run: make setup")


def refuse_open_walls() -> None:
    """End the program, with what to do, when nothing in the database keeps agencies apart."""
    from alongside.config import database  # noqa: PLC0415  (needs Django)

    try:
        database.refuse_open_walls()
    except database.NotReady as not_ready:
        raise SystemExit(f"Alongside did not start. {not_ready}") from not_ready
