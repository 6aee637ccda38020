"""An agency's own worksheet: put together from rows on a page, written as a definition. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from alongside.core.words import gettext_noop as _
from alongside.practice.worksheets.definition import (
    Column,
    Definition,
    Field,
    FieldType,
    Owner,
    Section,
    Voice,
)

PART = "part"  # a row that begins a new part of the sheet
PILES = (_("Most"), _("Some"), _("Less"))
RANKED = 5


@dataclass(frozen=True)
class Row:
    """A question in the editor; ``lines`` are its choices, its columns or its words to sort."""

    kind: str
    label: str = ""
    help: str = ""
    lines: tuple[str, ...] = ()
    key: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Sketch:
    """What an administrator puts together."""

    name: str = ""
    intro: str = ""
    owner: Owner = Owner.PARTICIPANT
    processes: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def sketch(definition: Definition) -> Sketch:
    """The rows of a definition, to be changed in the editor."""
    rows: list[Row] = []
    for n, section in enumerate(definition.sections):
        if n or section.title or section.help:
            rows.append(Row(PART, section.title, section.help))
        rows += [
            Row(f.type.value, f.label, f.help, _lines(f), f.key, needed=not f.optional)
            for f in section.fields
        ]
    return Sketch(
        definition.name,
        definition.intro,
        definition.owner,
        definition.processes,
        definition.help,
        tuple(rows),
    )


def build(made: Sketch, *, base: Definition | None = None) -> str:
    """The text of a definition. What the editor does not show stays as ``base`` has it.

    A question keeps its key for ever; a new one gets a key that no question had before.
    """
    known = {field.key: field for field in base.fields()} if base else {}
    keys = _keys(made.rows, known)
    sections: list[Section] = []
    fields: list[Field] = []
    head = Row(PART)
    earlier = {section.title: section for section in base.sections} if base else {}
    for row, key in zip((*made.rows, Row(PART)), (*keys, ""), strict=True):
        if row.kind != PART:
            fields.append(_field(row, key, known.get(key), [*_fields(sections), *fields]))
            continue
        if fields:
            old = earlier.get(head.label, Section("", ()))
            sections.append(replace(old, title=head.label, help=head.help, fields=tuple(fields)))
        head, fields = row, []
    whole = replace(
        base or Definition("", "", 1, "", made.owner, "", ()),
        name=made.name,
        intro=made.intro,
        owner=made.owner,
        processes=made.processes,
        help=made.help,
        sections=tuple(sections),
    )
    return write(whole)


def _fields(sections: Iterable[Section]) -> list[Field]:
    return [field for section in sections for field in section.fields]


def _keys(rows: Iterable[Row], known: dict[str, Field]) -> list[str]:
    used, found, number = set(known), [], 0
    for row in rows:
        key = row.key if row.key in known and row.key not in found else ""
        while row.kind != PART and not key:
            number += 1
            key = f"q{number}" if f"q{number}" not in used else ""
        used.add(key)
        found.append(key)
    return found


def _field(row: Row, key: str, old: Field | None, before: list[Field]) -> Field:
    kind = FieldType(row.kind) if row.kind in set(FieldType) else row.kind
    same = old if old is not None and old.type == kind else None
    found = replace(
        same or Field(key, FieldType.TEXT, ""),
        type=kind,  # type: ignore[arg-type]  # an unknown one is refused by name when it is read
        label=row.label,
        help=row.help,
        optional=not row.needed,
    )
    if kind in (FieldType.CHOICE, FieldType.MANY):
        return replace(found, options=row.lines)
    if kind is FieldType.LIST:
        return replace(found, columns=tuple(_columns(row, same.columns if same else ())))
    if kind is FieldType.PILES:
        return replace(found, options=row.lines, piles=found.piles or PILES)
    if kind is FieldType.RANKING:
        sorting = [field.key for field in before if field.type is FieldType.PILES]
        return replace(found, of=(sorting or ["…"])[-1], most=found.most or RANKED)
    return found


def _columns(row: Row, old: tuple[Column, ...]) -> Iterator[Column]:
    """The n-th column keeps the key of the n-th, so that reworded it still holds what it held."""
    used = {column.key for column in old}
    for n, label in enumerate(row.lines or (row.label,)):
        if n < len(old):
            yield Column(old[n].key, label, old[n].options if old[n].label == label else ())
            continue
        key = next(f"c{k}" for k in range(1, 999) if f"c{k}" not in used)
        used.add(key)
        yield Column(key, label)


def _lines(field: Field) -> tuple[str, ...]:
    return field.options or tuple(column.label for column in field.columns)


def write(definition: Definition) -> str:
    """The definition as the text that ``read`` reads again."""
    return "\n".join(_written(definition)) + "\n"


def _written(definition: Definition) -> Iterator[str]:
    yield f"version = {definition.version}"
    for name in ("name", "owner", "processes", "source", "own", "icon", "one", "then", "intro"):
        yield from _pair(name, getattr(definition, name))
    yield from _pair("help", definition.help)
    for section in definition.sections:
        yield from ("", "[[sections]]")
        for name in ("title", "help", "own", "beside"):
            yield from _pair(name, getattr(section, name))
        for field in section.fields:
            yield from ("", "[[sections.fields]]")
            yield from _of_field(field)


def _of_field(field: Field) -> Iterator[str]:
    for name in ("key", "type", "label", "help"):
        yield from _pair(name, getattr(field, name))
    if not field.optional:
        yield "optional = false"
    if field.voice is not Voice.THEIRS:
        yield from _pair("voice", field.voice)
    for name in ("options", "piles", "of", "most", "low", "high"):
        yield from _pair(name, getattr(field, name))
    if field.columns:
        yield f"columns = [{', '.join(map(_column, field.columns))}]"


def _column(column: Column) -> str:
    pairs = [*_pair("key", column.key), *_pair("label", column.label)]
    return "{ " + ", ".join([*pairs, *_pair("options", column.options)]) + " }"


def _pair(name: str, value: object) -> Iterator[str]:
    if isinstance(value, bool):
        if value:
            yield f"{name} = true"
    elif isinstance(value, int):
        if value:
            yield f"{name} = {value}"
    elif isinstance(value, tuple):
        if value:
            yield f"{name} = [{', '.join(_text(str(one)) for one in value)}]"
    elif value:
        yield f"{name} = {_text(str(value))}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
