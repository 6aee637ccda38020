"""Sealing rows anew with the current key of the installation, while others read and write them.

In batches, by key and agency by agency. Rows are read and sealed before the transaction that writes
them, so nobody waits for more than the writing. A row is written only if it still says what was
read: what somebody changed meanwhile is theirs. Nothing is ever lost by stopping: each row opens
with the key whose name it bears.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from alongside import tenancy
from alongside.accounts.models import Agency
from alongside.accounts.sealed import SealedTextField, ring, sealed_context, sealed_fields
from alongside.core.sealing import CannotOpen, Ring, key_of, sealed_with


@dataclass(frozen=True)
class Step:
    """One batch: how many rows were sealed anew, how many did not open, and the last row looked at
    (``None`` at the end)."""

    done: int
    closed: int
    last: UUID | None


# A row, what was read of it, and what it becomes.
Anew = tuple[UUID, list[bytes | None], list[bytes | None]]


class Place(Protocol):
    """Where sealed things lie."""

    def keys(self, agency_id: UUID) -> Mapping[str, int]:
        """How many rows bear the name of each key."""

    def step(self, agency_id: UUID, *, after: UUID | None, limit: int) -> Step:
        """Seal up to ``limit`` rows behind ``after`` anew that an older key sealed."""


def agencies() -> list[UUID]:
    """For those who run the machine."""
    with tenancy.at_the_door():
        return list(Agency.objects.order_by("id").values_list("pk", flat=True))


class SealedTable:
    """The sealed fields of one model."""

    def __init__(self, model: type[models.Model], fields: Sequence[SealedTextField]) -> None:
        self.model, self.fields = model, fields
        quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
        self.table = quote(model._meta.db_table)
        self.columns = [quote(str(field.column)) for field in fields]

    def keys(self, agency_id: UUID) -> Mapping[str, int]:
        """A row that two keys sealed counts for both."""
        names = ", ".join(f"substr({column}, 1, 9)" for column in self.columns)
        sql = (
            f"SELECT {names}, count(*) FROM {self.table} WHERE agency_id = %s "  # noqa: S608
            f"GROUP BY {', '.join(str(n + 1) for n in range(len(self.columns)))}"
        )
        found: Counter[str] = Counter()
        for *fronts, count in _rows(sql, [_id(agency_id)]):
            for name in {key_of(bytes(front) + b"-") for front in fronts if front}:
                found[name] += count
        return found

    def step(self, agency_id: UUID, *, after: UUID | None, limit: int) -> Step:
        keys = ring()
        limit = min(limit, *(field.rows_at_once for field in self.fields))
        rows = self._older(agency_id, keys, after=after, limit=limit)
        anew, closed = [], 0
        for pk, *sealed in rows:
            try:
                anew.append((pk, sealed, self._sealed_anew(keys, agency_id, pk, sealed)))
            except CannotOpen:
                closed += 1
        done = self._write(anew)
        return Step(done, closed, rows[-1][0] if len(rows) == limit else None)

    def _older(
        self, agency_id: UUID, keys: Ring, *, after: UUID | None, limit: int
    ) -> list[tuple[Any, ...]]:
        older = " OR ".join(
            f"(length({column}) > 0 AND substr({column}, 1, 9) <> %s)" for column in self.columns
        )
        sql = (
            f"SELECT id, {', '.join(self.columns)} FROM {self.table} "  # noqa: S608
            f"WHERE {_by_id('agency_id')} = %s AND id > %s AND ({older}) "
            f"ORDER BY id LIMIT {int(limit)}"
        )
        fronts = [sealed_with(keys.current)] * len(self.columns)
        asked = [_id(agency_id), _id(after or UUID(int=0)), *fronts]
        return [
            (UUID(str(pk)), *(None if one is None else bytes(one) for one in sealed))
            for pk, *sealed in _rows(sql, asked)
        ]

    def _sealed_anew(
        self, keys: Ring, agency_id: UUID, pk: UUID, sealed: Iterable[bytes | None]
    ) -> list[bytes | None]:
        return [
            one
            and keys.reseal_field(one, context=sealed_context(field, agency_id=agency_id, pk=pk))
            for field, one in zip(self.fields, sealed, strict=True)
        ]

    def _write(self, rows: Sequence[Anew]) -> int:
        """Where each row still says what was read."""
        if not rows:
            return 0
        with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            if _vendor() == "postgresql":
                cursor.execute(self._at_once(), [[pk for pk, _old, _new in rows], *_columns(rows)])
            else:
                cursor.executemany(self._each(), [[*new, _id(pk), *old] for pk, old, new in rows])
            return int(cursor.rowcount)

    def _each(self) -> str:
        change = ", ".join(f"{column} = %s" for column in self.columns)
        still = " AND ".join(f"{column} IS %s" for column in self.columns)
        return f"UPDATE {self.table} SET {change} WHERE id = %s AND {still}"  # noqa: S608

    def _at_once(self) -> str:
        """All rows at once, a value for each column: else each row is a way there and back."""
        numbered = list(enumerate(self.columns))
        change = ", ".join(f"{column} = said.new_{n}" for n, column in numbered)
        still = " AND ".join(
            f"{self.table}.{column} IS NOT DISTINCT FROM said.old_{n}" for n, column in numbered
        )
        names = ", ".join(["id", *(f"{when}_{n}" for when in ("old", "new") for n, _c in numbered)])
        values = ", ".join(["%s::uuid[]", *["%s::bytea[]"] * (2 * len(numbered))])
        return (
            f"UPDATE {self.table} SET {change} FROM unnest({values}) AS said({names}) "  # noqa: S608
            f"WHERE {self.table}.id = said.id AND {still}"
        )


def _columns(rows: Sequence[Anew]) -> list[list[bytes | None]]:
    """Column by column what was read, then what it becomes."""
    return [list(one) for part in (1, 2) for one in zip(*(row[part] for row in rows), strict=True)]


def sealed_tables() -> list[SealedTable]:
    """Every model with sealed fields."""
    found: dict[type[models.Model], list[SealedTextField]] = {}
    for field in sealed_fields():
        found.setdefault(field.model, []).append(field)
    return [SealedTable(model, fields) for model, fields in found.items()]


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _vendor() -> str:
    return connections[DEFAULT_DB_ALIAS].vendor


def _by_id(column: str) -> str:
    """``column``, whose index SQLite leaves alone: it would sort a whole agency for each batch."""
    return f"+{column}" if _vendor() == "sqlite" else column


def _id(key: UUID) -> UUID | str:
    return key if _vendor() == "postgresql" else key.hex
