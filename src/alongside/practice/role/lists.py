"""What can be wrong in the lists of the role review, told before anything runs."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

from alongside.practice.catalog_errors import CatalogError, Lines, read_text, read_toml
from alongside.practice.role.lexicon import CONCEPTS

WORDS = ("names", "names_if_capital", "no_names", "after_a_person", "spelled_right")
FORMS = ("persons", "short")


def mistakes() -> Iterator[CatalogError]:
    for name, check in (("lexicon.toml", _lexicon), ("words.toml", _words)):
        where = f"practice/role/{name}"
        source = files("alongside.practice.role").joinpath(name)
        try:
            yield from mistakes_in(read_text(source, where), where, check)
        except CatalogError as error:
            yield error


def mistakes_in(
    text: str, where: str, check: Callable[[dict[str, Any]], Iterator[tuple[str, str]]]
) -> Iterator[CatalogError]:
    """``check`` yields the entry that is wrong, and what is wrong with it."""
    whole, lines = read_toml(text, where), Lines(text)
    for entry, what in check(whole):
        yield CatalogError(where, lines.of(entry), what)


def _lexicon(whole: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for concept in sorted(CONCEPTS - whole.keys()):
        yield "", f"The group [{concept}] is missing; the review asks for it."
    for concept, entry in whole.items():
        if concept not in CONCEPTS:
            yield concept, f"[{concept}] is unknown here."
        elif not isinstance(entry, dict) or not isinstance(entry.get("words"), str):
            yield concept, f"[{concept}] needs words, with | between them."
        elif not all(one.strip().strip("*") for one in entry["words"].split("|")):
            yield concept, f"[{concept}] has an empty entry between two |."


def _words(whole: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in WORDS:
        if not isinstance(whole.get(name), str):
            yield name, f"“{name}” must be words in one text."
    for name in FORMS:
        forms = whole.get(name)
        if not isinstance(forms, dict) or not all(isinstance(f, str) for f in forms.values()):
            yield name, f"[{name}] must be pairs of words."
    for name in sorted(whole.keys() - {*WORDS, *FORMS}):
        yield name, f"“{name}” is unknown here."
