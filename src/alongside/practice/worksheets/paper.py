"""A worksheet as a form, for staff and participants alike: which controls stand on the page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alongside.core.words import Say
from alongside.practice.worksheets.answers import (
    MOST_OWN,
    MOST_ROWS,
    SCALE,
    Answers,
    flat,
    name_of,
    read_typed,
)
from alongside.practice.worksheets.definition import Definition, Field, FieldType, Section

# Buttons that go on writing: they save, and the page comes back at the same place.
STAY = ("more", "stay")
FEWEST_LINES = 2
MORE_LINES = 3


@dataclass(frozen=True)
class Cell:
    """One control in a line: typed, or one of ``options``."""

    name: str
    label: str
    value: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """Something to sort: a given word, or a line for an own one (``own`` names its control)."""

    name: str
    label: str
    pile: str = ""
    own: str = ""


@dataclass(frozen=True)
class Control:
    """One question on the page."""

    field: Field
    name: str
    value: str = ""
    values: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    items: tuple[Item, ...] = ()
    error: Say | None = None

    @property
    def template(self) -> str:
        """Which shows it, on the pages of either side."""
        kind = _KIND[self.field.type]
        return f"web/worksheets/fields/_{kind}.html"

    @property
    def input_type(self) -> str:
        return "date" if self.field.type is FieldType.DAY else "text"

    @property
    def scale(self) -> list[str]:
        return [str(n) for n in SCALE]


_KIND: Mapping[FieldType, str] = {
    FieldType.TEXT: "text",
    FieldType.DAY: "text",
    FieldType.LONG_TEXT: "long_text",
    FieldType.YES_NO: "yes_no",
    FieldType.CHOICE: "choice",
    FieldType.MANY: "many",
    FieldType.SCALE: "scale",
    FieldType.LIST: "list",
    FieldType.PILES: "piles",
    FieldType.RANKING: "ranking",
}


@dataclass(frozen=True)
class Paper:
    """The whole form: each section with its controls, and what to look at again."""

    definition: Definition
    sections: tuple[tuple[Section, tuple[Control, ...]], ...]
    answers: Answers
    errors: Mapping[str, Say] = field(default_factory=dict)

    @property
    def wrong(self) -> list[tuple[Control, Say]]:
        return [(c, c.error) for _section, controls in self.sections for c in controls if c.error]


def paper(
    definition: Definition,
    answers: Answers,
    *,
    errors: Mapping[str, Say] | None = None,
    more: Collection[str] = (),
) -> Paper:
    """``more``: keys of lists that get further empty lines."""
    wrong = errors or {}
    sections = tuple(
        (
            section,
            tuple(
                _control(one, definition, answers, wrong.get(one.key), more)
                for one in section.fields
            ),
        )
        for section in definition.sections
    )
    return Paper(definition, sections, answers, wrong)


def _control(
    asked: Field,
    definition: Definition,
    answers: Answers,
    error: Say | None,
    more: Collection[str],
) -> Control:
    answer: Any = answers.get(asked.key)
    name = name_of(asked.key)
    if asked.type is FieldType.LIST:
        rows = _rows(asked, answer or [], MORE_LINES if asked.key in more else 0)
        return Control(asked, name, rows=rows, error=error)
    if asked.type is FieldType.PILES:
        return Control(asked, name, items=_items(asked, answer or {}), error=error)
    if asked.type is FieldType.RANKING:
        return _ranking(asked, definition, answers, error)
    if isinstance(answer, list):
        return Control(asked, name, values=tuple(answer), error=error)
    return Control(asked, name, value="" if answer is None else str(answer), error=error)


def _rows(asked: Field, rows: list[dict[str, str]], more: int) -> tuple[tuple[Cell, ...], ...]:
    empty = max(FEWEST_LINES - len(rows), 1) + more
    shown = [*rows, *({} for _n in range(empty))][:MOST_ROWS]
    return tuple(
        tuple(
            Cell(name_of(asked.key, n, c.key), c.label, row.get(c.key, ""), c.options)
            for c in asked.columns
        )
        for n, row in enumerate(shown)
    )


def _items(asked: Field, piles: dict[str, list[str]]) -> tuple[Item, ...]:
    pile_of = {item: pile for pile, items in piles.items() for item in items}
    given = [
        Item(name_of(asked.key, n), option, pile_of.get(option, ""))
        for n, option in enumerate(asked.options)
    ]
    own = [item for item in pile_of if item not in asked.options]
    own += [""] * min(2, MOST_OWN - len(own))
    theirs = [
        Item(
            name_of(asked.key, "own", n, "pile"),
            item,
            pile_of.get(item, ""),
            own=name_of(asked.key, "own", n),
        )
        for n, item in enumerate(own[:MOST_OWN])
    ]
    return (*given, *theirs)


def _ranking(asked: Field, definition: Definition, answers: Answers, error: Say | None) -> Control:
    """As many places as can be ranked; to choose from is the first pile, or what is in any."""
    ranked = flat(answers.get(asked.key))
    piles: Any = answers.get(asked.of) or {}
    sorting = definition.field(asked.of)
    first = sorting.piles[0] if sorting else ""
    options = piles.get(first) or [item for items in piles.values() for item in items]
    options = tuple(dict.fromkeys([*options, *ranked]))
    rows = tuple(
        (Cell(name_of(asked.key, n), str(n + 1), ranked[n] if n < len(ranked) else "", options),)
        for n in range(min(asked.most, len(options)))
    )
    return Control(asked, name_of(asked.key), rows=rows, error=error)


def typed(definition: Definition, post: Mapping[str, list[str]]) -> Answers:
    """What a form sent, each name with all its values."""
    return read_typed(definition, post)


def seen(text: str) -> datetime | None:
    """When this window last knew the sheet to be saved; nothing for what is no moment."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def blank(definition: Definition) -> Paper:
    """To print, and to fill in by hand."""
    return paper(definition, {}, more=[one.key for one in definition.fields()])
