"""From the text of a definition to a ``Definition``, or to a sentence that says where it is wrong.

An unknown field type, a key nobody knows, a list without columns: each is refused by its name, with
file and line, so that a practitioner can mend it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NoReturn, TypeVar, cast

from alongside.core.signs import is_sound
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.catalog_errors import CatalogError, Lines, read_toml
from alongside.practice.codes import Process
from alongside.practice.worksheets.definition import (
    Column,
    Definition,
    Field,
    FieldType,
    Owner,
    Section,
    Voice,
)

LONGEST_TEXT = 60_000
LONGEST_SENTENCE = 600
MOST = 80
MOST_CONTROLS = 2_000  # on one page; a phone under stress draws no more
DEEPEST = 40
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
THEN = ("appointment", "goal", "care_team", "ending", "copy")
T = TypeVar("T", FieldType, Owner, Voice)
Spot = tuple[str | int, ...]  # the way to a place in the text
TOP: Spot = ()

# Names within names within names: reading thousands of them would take minutes.
_NAME = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.){0,60}+"|'[^'\n]{0,60}+')"""
_NESTED = re.compile(rf"(?<![\w-])(?:{_NAME}[ \t]*+\.[ \t]*+){{{DEEPEST}}}")

OF_TOOL = {"version", "name", "owner", "processes", "intro", "source", "own", "icon", "one"}
OF_TOOL |= {"then", "help", "sections"}
OF_SECTION = {"title", "help", "own", "beside", "fields"}
OF_FIELD = {"key", "type", "label", "help", "optional", "voice"}
OF_TYPE: Mapping[FieldType, frozenset[str]] = {
    FieldType.CHOICE: frozenset({"options"}),
    FieldType.MANY: frozenset({"options"}),
    FieldType.SCALE: frozenset({"low", "high"}),
    FieldType.LIST: frozenset({"columns"}),
    FieldType.PILES: frozenset({"options", "piles"}),
    FieldType.RANKING: frozenset({"of", "most"}),
}
MUST: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.CHOICE: ("options",),
    FieldType.MANY: ("options",),
    FieldType.LIST: ("columns",),
    FieldType.PILES: ("options", "piles"),
    FieldType.RANKING: ("of",),
}


TOO_DEEP = Say(_("This is nested too deep."))


class BrokenDefinition(CatalogError):
    """A worksheet that cannot be used. ``say`` is what is wrong, for people who read it."""

    def __init__(self, where: str, line: int, say: Say) -> None:
        super().__init__(where, line, str(say))
        self.say = say


def read(text: str, *, where: str, key: str, address: str = "") -> Definition:
    """The definition in ``text``; raises ``BrokenDefinition``. ``key`` names the tool."""
    return _Reader(text, where).definition(key, address or key)


class _Reader:
    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.lines = Lines("")

    def refuse(self, spot: Spot, sentence: str, **facts: object) -> NoReturn:
        raise BrokenDefinition(self.where, self.lines.of(*spot), Say(sentence, facts))

    def read(self) -> dict[str, object]:
        if len(self.text) > LONGEST_TEXT:
            self.refuse(TOP, _("This is too long for a worksheet."))
        if deep := _NESTED.search(self.text):
            line = self.text.count("\n", 0, deep.start()) + 1
            raise BrokenDefinition(self.where, line, TOO_DEEP)
        try:
            top: dict[str, object] = read_toml(self.text, self.where)
        except CatalogError as error:
            say = Say(_("This is no definition of a worksheet. {why}"), {"why": error.what})
            raise BrokenDefinition(self.where, error.line, say) from error
        except RecursionError as error:
            raise BrokenDefinition(self.where, 1, TOO_DEEP) from error
        self.lines = Lines(self.text)
        return top

    def definition(self, key: str, address: str) -> Definition:
        top = self.read()
        spot = TOP
        self.only(top, OF_TOOL, spot)
        for must in ("name", "intro"):
            if not self.words(top, must, spot):
                self.refuse(spot, _("A worksheet needs a “{key}”."), key=must)
        found = Definition(
            key=key,
            address=address,
            version=self.number(top, "version", spot, default=1),
            name=self.words(top, "name", spot),
            owner=self.code(top, "owner", Owner, spot),
            intro=self.words(top, "intro", spot),
            sections=self.sections(top),
            processes=self.among(top, "processes", [p.value for p in Process], spot),
            source=self.words(top, "source", spot),
            own=self.words(top, "own", spot),
            icon=self.words(top, "icon", spot) or "journal-text",
            one=self.yes(top, "one", spot),
            then=self.among(top, "then", THEN, spot),
            help=self.texts(top, "help", spot),
        )
        self.whole(found)
        return found

    def sections(self, top: Mapping[str, object]) -> tuple[Section, ...]:
        tables = self.tables(top, "sections", TOP)
        if not tables:
            self.refuse(TOP, _("A worksheet needs at least one question."))
        found = []
        for n, table in enumerate(tables):
            spot: Spot = ("sections", n)
            self.only(table, OF_SECTION, spot)
            fields = self.tables(table, "fields", spot)
            found.append(
                Section(
                    title=self.words(table, "title", spot),
                    help=self.words(table, "help", spot),
                    own=self.yes(table, "own", spot),
                    beside=self.yes(table, "beside", spot),
                    fields=tuple(
                        self.field(one, (*spot, "fields", k)) for k, one in enumerate(fields)
                    ),
                )
            )
        return tuple(found)

    def field(self, table: Mapping[str, object], spot: Spot) -> Field:
        key = self.words(table, "key", spot)
        if not KEY.fullmatch(key):
            sentence = _("A question needs a “key” of small letters, digits and _, not “{key}”.")
            self.refuse((*spot, "key"), sentence, key=key)
        kind = self.code(table, "type", FieldType, spot)
        self.only(table, OF_FIELD | OF_TYPE.get(kind, frozenset()), spot)
        for must in ("label", *MUST.get(kind, ())):
            if not table.get(must):
                sentence = _("The question “{key}” of type “{type}” needs “{must}”.")
                self.refuse(spot, sentence, key=key, type=kind.value, must=must)
        voice = self.code(table, "voice", Voice, spot) if "voice" in table else Voice.THEIRS
        return Field(
            key=key,
            type=kind,
            label=self.words(table, "label", spot),
            help=self.words(table, "help", spot),
            optional=self.yes(table, "optional", spot, default=True),
            voice=voice,
            options=self.choices(table, "options", spot),
            columns=self.columns(table, spot),
            piles=self.choices(table, "piles", spot),
            of=self.words(table, "of", spot),
            most=self.number(table, "most", spot, default=5 if kind is FieldType.RANKING else 0),
            low=self.words(table, "low", spot),
            high=self.words(table, "high", spot),
        )

    def columns(self, table: Mapping[str, object], spot: Spot) -> tuple[Column, ...]:
        found = []
        for one in self.tables(table, "columns", spot):
            self.only(one, {"key", "label", "options"}, (*spot, "columns"))
            key, label = (self.words(one, name, (*spot, "columns")) for name in ("key", "label"))
            if not KEY.fullmatch(key) or not label:
                self.refuse((*spot, "columns"), _("Each column needs a “key” and a “label”."))
            found.append(Column(key, label, self.choices(one, "options", (*spot, "columns"))))
        if len({column.key for column in found}) < len(found):
            self.refuse((*spot, "columns"), _("Two columns have the same key."))
        return tuple(found)

    def whole(self, found: Definition) -> None:
        """What holds between questions: no key twice, and a ranking ranks a sorting."""
        kinds: dict[str, FieldType] = {}
        for spot, field in _spots(found):
            if field.key in kinds:
                sentence = _("Two questions have the key “{key}”.")
                self.refuse((*spot, "key"), sentence, key=field.key)
            if field.type is FieldType.RANKING and kinds.get(field.of) is not FieldType.PILES:
                sentence = _("“{of}” is no sorting into piles that comes before this ranking.")
                self.refuse((*spot, "of"), sentence, of=field.of)
            kinds[field.key] = field.type
        if not kinds:
            self.refuse(TOP, _("A worksheet needs at least one question."))
        if len(kinds) > MOST:
            sentence = _("A worksheet has at most {most} questions.")
            self.refuse(TOP, sentence, most=MOST)
        if sum(map(_controls, found.fields())) > MOST_CONTROLS:
            self.refuse(TOP, _("There is more to tick and sort here than one page can hold."))

    # One value of a table at a time.

    def only(self, table: Mapping[str, object], known: Collection[str], spot: Spot) -> None:
        for name in table:
            if name not in known:
                self.refuse((*spot, name), _("Nobody knows “{name}” here."), name=name)

    def words(self, table: Mapping[str, object], name: str, spot: Spot) -> str:
        value = table.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST_SENTENCE:
            sentence = _("“{name}” must be text of at most {most} letters.")
            self.refuse((*spot, name), sentence, name=name, most=LONGEST_SENTENCE)
        if not is_sound(value):
            sentence = _("“{name}” holds a sign that nobody can type, like NUL. Take it out.")
            self.refuse((*spot, name), sentence, name=name)
        return value.strip()

    def choices(self, table: Mapping[str, object], name: str, spot: Spot) -> tuple[str, ...]:
        """What a browser sends back as it got it."""
        found = self.texts(table, name, spot)
        if not all(is_sound(one, one_line=True) for one in found):
            sentence = _("A text in “{name}” holds a tab or a line break. Write it on one line.")
            self.refuse((*spot, name), sentence, name=name)
        return found

    def texts(self, table: Mapping[str, object], name: str, spot: Spot) -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or len(value) > MOST:
            self.refuse((*spot, name), _("“{name}” must be a list of texts."), name=name)
        found = tuple(self.words({name: one}, name, spot) for one in value)
        if not all(found) or len(set(found)) < len(found):
            sentence = _("“{name}” holds an empty text, or the same text twice.")
            self.refuse((*spot, name), sentence, name=name)
        return found

    def among(
        self, table: Mapping[str, object], name: str, known: Collection[str], spot: Spot
    ) -> tuple[str, ...]:
        found = self.texts(table, name, spot)
        for one in found:
            if one not in known:
                sentence = _("“{one}” is unknown for “{name}”. Known are: {known}.")
                self.refuse((*spot, name), sentence, one=one, name=name, known=", ".join(known))
        return found

    def yes(
        self, table: Mapping[str, object], name: str, spot: Spot, *, default: bool = False
    ) -> bool:
        value = table.get(name, default)
        if not isinstance(value, bool):
            self.refuse((*spot, name), _("“{name}” must be true or false."), name=name)
        return value

    def number(self, table: Mapping[str, object], name: str, spot: Spot, *, default: int) -> int:
        value = table.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 9999:
            self.refuse((*spot, name), _("“{name}” must be a number."), name=name)
        return value

    def code(self, table: Mapping[str, object], name: str, kind: type[T], spot: Spot) -> T:
        value = self.words(table, name, spot)
        known = [one.value for one in kind]
        if value not in known:
            sentence = _("“{value}” is no known {name}. Known are: {known}.")
            spot = (*spot, name)
            self.refuse(spot, sentence, value=value, name=name, known=", ".join(known))
        return kind(value)

    def tables(
        self, table: Mapping[str, object], name: str, spot: Spot
    ) -> list[Mapping[str, object]]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse((*spot, name), _("“{name}” must be a list of tables."), name=name)
        if len(value) > MOST:
            self.refuse((*spot, name), _("“{name}” is too long."), name=name)
        return cast(list[Mapping[str, object]], value)


def _controls(field: Field) -> int:
    """How many things to tick, type or sort one question puts on a page."""
    return 1 + field.most + len(field.columns) + len(field.options) * max(1, len(field.piles))


def _spots(found: Definition) -> Iterator[tuple[Spot, Field]]:
    for n, section in enumerate(found.sections):
        for k, field in enumerate(section.fields):
            yield ("sections", n, "fields", k), field
