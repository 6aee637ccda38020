"""Row level security: made after every migration, looked over at every start."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.tenancy.tables import WITHOUT_AGENCY, Walled, walled

# Nothing but what PostgreSQL brings along: no function whose search path could be turned.
AGENCY = "NULLIF(pg_catalog.current_setting('alongside.agency', true), '')::pg_catalog.uuid"
DOOR = "pg_catalog.current_setting('alongside.door', true) = 'open'"
SAFE_PATH = "pg_catalog, {schema}, pg_temp"


@dataclass(frozen=True)
class Policy:
    table: str
    name: str
    sql: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Found:
    """A policy as the database has it; ``shape`` is a digest of its parsed form."""

    table: str
    name: str
    shape: str
    comment: str


def policies() -> list[Policy]:
    return [policy for table in walled() for policy in _policies(table)]


def _policies(table: Walled) -> Iterator[Policy]:
    own = f'"{table.column}" = {AGENCY}'
    yield Policy(table.table, "of_the_agency", f"FOR ALL USING ({own}) WITH CHECK ({own})")
    if table.door:
        yield Policy(table.table, "at_the_door", f"FOR SELECT USING ({DOOR})")


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing and mend what is different; what stands is left alone."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        schema = _one(cursor, "SELECT quote_ident(current_schema())")
        there = set(connection.introspection.table_names(cursor))
        for table in _open(cursor):
            if table in there:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        wanted = {(p.table, p.name): p for p in policies() if p.table in there}
        found = {(f.table, f.name): f for f in _found(cursor)}
        for key in found.keys() - wanted.keys():
            cursor.execute(f'DROP POLICY "{key[1]}" ON "{key[0]}"')
        for key, policy in wanted.items():
            if key not in found or _differs(policy, found[key]):
                _make(cursor, policy, replace=key in found)
        _fix_search_paths(cursor, schema)


def findings(connection: BaseDatabaseWrapper) -> list[str]:
    """Each table whose wall is not as it should be, and each that nobody thought of."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        wanted = {(p.table, p.name): p for p in policies()}
        found = {(f.table, f.name): f for f in _found(cursor)}
        bad = set(_open(cursor)) | {table for table, _name in found.keys() - wanted.keys()}
    bad |= {p.table for key, p in wanted.items() if key not in found or _differs(p, found[key])}
    unknown = there - {table for table, _name in wanted} - WITHOUT_AGENCY.keys()
    return sorted(bad | unknown)


def _open(cursor: Any) -> list[str]:
    """Tables with an agency where row level security is off, or that do not exist."""
    names = [table.table for table in walled()]
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p') "
        "AND relnamespace = current_schema()::regnamespace AND relname = ANY(%s)",
        [names],
    )
    closed = {row[0] for row in cursor.fetchall()}
    return [name for name in names if name not in closed]


def _found(cursor: Any) -> Sequence[Found]:
    cursor.execute(
        "SELECT c.relname, p.polname, md5(concat_ws('|', p.polcmd, p.polpermissive, p.polroles, "
        "pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))), "
        "coalesce(obj_description(p.oid, 'pg_policy'), '') "
        "FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace"
    )
    return [Found(*row) for row in cursor.fetchall()]


def _differs(policy: Policy, found: Found) -> bool:
    """Whether it was made from other words, or was altered since it was made."""
    return found.comment != f"{policy.digest} {found.shape}"


def _make(cursor: Any, policy: Policy, *, replace: bool) -> None:
    """The comment keeps from what the policy was made, and what PostgreSQL made of it."""
    on = f'"{policy.name}" ON "{policy.table}"'
    if replace:
        cursor.execute(f"DROP POLICY {on}")
    cursor.execute(f"CREATE POLICY {on} {policy.sql}")
    made = next(f for f in _found(cursor) if (f.table, f.name) == (policy.table, policy.name))
    cursor.execute(f"COMMENT ON POLICY {on} IS '{policy.digest} {made.shape}'")


def _fix_search_paths(cursor: Any, schema: str) -> None:
    """Our functions find what they name where we put it, whoever calls them."""
    path = SAFE_PATH.format(schema=schema)
    cursor.execute(
        "SELECT p.oid::regprocedure FROM pg_proc p "
        "WHERE p.pronamespace = current_schema()::regnamespace AND p.proconfig IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') "
        "AND pg_has_role(p.proowner, 'USAGE')"
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {function} SET search_path TO {path}")


def _one(cursor: Any, sql: str) -> str:
    cursor.execute(sql)
    return str(cursor.fetchone()[0])
