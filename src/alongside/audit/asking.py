"""Questions that every note asks: their SQL is put together once, and then only filled in.

Django puts the SQL of a query together anew each time, which takes longer than the answer of a
small database. What is kept here is that very SQL, made from the same queryset, so that who may see
what is still said in one place. Values and answers still pass through Django's own conversions.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

from alongside.core.actor import Actor

Argument = UUID | date | int | str


@dataclass(frozen=True)
class Statement:
    """SQL and the values for its places."""

    sql: str
    values: Sequence[Any]


@dataclass(frozen=True)
class _Text:
    """SQL whose ``gaps`` are numbers of arguments, or values that never change."""

    sql: str
    gaps: tuple[tuple[int | None, Any], ...]
    converters: Any

    def filled(self, arguments: list[Any]) -> list[Any]:
        return [fixed if number is None else arguments[number] for number, fixed in self.gaps]


class Asked:
    """A queryset of ``values_list`` rows, built once for each ``shape`` from stand-in arguments.

    ``question`` gets the arguments and, last, the shape: whatever decides how the SQL looks. How
    many arguments there are is part of it.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        self.question = question
        self.texts: dict[Hashable, _Text] = {}

    def rows(self, *arguments: Argument, shape: Hashable = None) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        key = (connection.vendor, len(arguments), shape)
        text = self.texts.get(key)
        if text is None:
            compiler = self._compiler(arguments, shape)
            text = _text(compiler.as_sql(), arguments, _converters(compiler))
            self.texts[key] = text
        with connection.cursor() as cursor:
            cursor.execute(text.sql, text.filled(_adapted(arguments)))
            rows = cursor.fetchall()
        compiler, converters = text.converters
        return [tuple(row) for row in compiler.apply_converters(rows, converters)]

    def _compiler(self, arguments: tuple[Argument, ...], shape: Hashable) -> Any:
        asked = self.question(*_stand_ins(arguments), shape)
        return asked.query.get_compiler(DEFAULT_DB_ALIAS)


class Told:
    """An update by condition, built once: ``change`` gives the rows and what is set on them."""

    def __init__(self, change: Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]]) -> None:
        self.change = change
        self.texts: dict[str, _Text] = {}

    def statement(self, *arguments: Argument) -> Statement:
        """What changes them, to be sent with another."""
        connection = connections[DEFAULT_DB_ALIAS]
        text = self.texts.get(connection.vendor)
        if text is None:
            found, values = self.change(*_stand_ins(arguments))
            query: Any = found.query.chain(UpdateQuery)
            query.add_update_values(values)
            made = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
            text = self.texts[connection.vendor] = _text(made, arguments, None)
        return Statement(text.sql, text.filled(_adapted(arguments)))

    def rows(self, *arguments: Argument) -> int:
        """How many rows were changed."""
        change = self.statement(*arguments)
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(change.sql, change.values)
            return int(cursor.rowcount)


def asking(viewer: Actor) -> tuple[UUID, ...]:
    """The viewer as arguments of a question, its permissions being the shape."""
    return (viewer.id, viewer.agency_id, *viewer.stands_in_for)


def as_asked(user: UUID, agency: UUID, *rest: Any) -> Actor:
    """The viewer again, in the question itself: ``rest`` are the supervisors the viewer stands in
    for, each an argument of its own, and last the permissions."""
    *away, permissions = rest
    return Actor(user, agency, permissions=permissions, stands_in_for=frozenset(away))


def _stand_ins(arguments: tuple[Argument, ...]) -> list[Argument]:
    """For each argument one of its kind that stands nowhere else, to find its place again."""
    return [_stand_in(number, argument) for number, argument in enumerate(arguments)]


def _stand_in(number: int, argument: Argument) -> Argument:
    if isinstance(argument, UUID):
        return UUID(int=(0xA51DE << 100) + number)
    if isinstance(argument, date):
        return date(1000, 1, 1) + timedelta(days=number)
    if isinstance(argument, int):
        return 7_000_000_000_000 + number
    return f"\x7fstand-in {number}\x7f"


def _adapted(arguments: Any) -> list[Any]:
    """As the database takes them, the way the fields of the model would say it."""
    connection = connections[DEFAULT_DB_ALIAS]
    native = connection.features.has_native_uuid_field
    return [
        (argument if native else argument.hex)
        if isinstance(argument, UUID)
        else connection.ops.adapt_datefield_value(argument)
        if isinstance(argument, date)
        else argument
        for argument in arguments
    ]


def _text(made: tuple[str, Any], arguments: tuple[Argument, ...], converters: Any) -> _Text:
    sql, values = made
    numbers = {place: number for number, place in enumerate(_adapted(_stand_ins(arguments)))}
    gaps = [(numbers.get(value) if value.__hash__ else None, value) for value in values]
    return _Text(sql, tuple(gaps), converters)


def _converters(compiler: Any) -> tuple[Any, Any]:
    compiler.as_sql()
    return compiler, compiler.get_converters([each[0] for each in compiler.select])
