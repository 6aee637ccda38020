"""Finding what is marked for translation in one file: Python by babel, templates by Django."""

import ast
import re
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

Key = tuple[str | None, str | tuple[str, str]]
PLURAL, CONTEXT = "plural", "context"
KEYWORDS = {
    name: spec
    for names, spec in (
        (("_", "gettext", "gettext_lazy", "gettext_noop"), None),
        (("ngettext", "ngettext_lazy"), PLURAL),
        (("pgettext", "pgettext_lazy"), CONTEXT),
    )
    for name in names
}
# Forms of days and times stand in an order of their own in each language.
FORM = re.compile(r"""(?:\|(?:date|time):|{%-?\s*wall\s+[\w.]+\s+)["']([^"']+)["']""")
CALL = re.compile(r"\b(_|gettext|pgettext|ngettext|npgettext)\(")


ALIAS = re.compile(r"\b(\w*gettext\w*) as (\w+)")


def in_python(path: Path, only: Collection[str] = ()) -> Iterator[Key]:
    """``only``: what stands in these classes, where the rest of the file is for others."""
    source = path.read_text(encoding="utf-8")
    called = {alias: KEYWORDS.get(name) for name, alias in ALIAS.findall(source)}
    names = {**KEYWORDS, **called}
    shown = _classes(source, only) if only else source
    found = extract_python(BytesIO(shown.encode()), list(names), [], {"encoding": "utf-8"})
    for _line, name, said, _comments in found:
        texts = [said] if isinstance(said, str) else [text for text in said or () if text]
        if names[name] is None and texts:
            yield None, texts[0]
        elif names[name] == PLURAL and len(texts) > 1:
            yield None, (texts[0], texts[1])
        elif names[name] == CONTEXT and len(texts) > 1:
            yield texts[0], texts[1]


def _classes(source: str, names: Collection[str]) -> str:
    body = [node for node in ast.parse(source).body if getattr(node, "name", "") in names]
    return "\n".join(ast.get_source_segment(source, node) or "" for node in body)


def in_template(path: Path) -> Iterator[Key]:
    text = path.read_text(encoding="utf-8")
    for form in FORM.findall(text):
        if form not in ("day", "c"):
            yield "date format", form
    said = templatize(text, origin=str(path))
    for call in CALL.finditer(said):
        texts = _arguments(said[call.end() :])
        name = call.group(1)
        if name == "npgettext":
            yield texts[0], (texts[1], texts[2])
        elif name == "ngettext":
            yield None, (texts[0], texts[1])
        elif name == "pgettext":
            yield texts[0], texts[1]
        elif texts:
            yield None, texts[0]


STRING = re.compile(r"""\s*,?\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)


def _arguments(rest: str) -> list[str]:
    """The texts that a call begins with; what follows them is a name or the end."""
    found, at = [], 0
    while said := STRING.match(rest, at):
        found.append(ast.literal_eval(said.group(1)))
        at = said.end()
    return found
