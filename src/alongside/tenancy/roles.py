"""The role that serves: what it may do, and whether the one at hand is fit to."""

from collections.abc import Iterator
from typing import Any

from django.db import ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.tenancy.tables import served

# A page that takes longer has lost its reader; long reports and exports read in pieces.
TIME_OUTS = {
    "statement_timeout": "60s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "120s",
}
PLAIN = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


class Missing(Exception):
    """What somebody with more rights has to do first, in one sentence."""


def make(connection: BaseDatabaseWrapper, role: str, password: str) -> bool:
    """Make the role, where there is none. Whether it was made. A role that is there keeps its
    password, and all else but what ``grant`` gives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            return False
        words = f"CREATE ROLE {_name(connection, role)} LOGIN {PLAIN}"
        if password:
            words += f" PASSWORD '{_scrambled(connection, role, password)}'"
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute(words)
        except ProgrammingError as refused:
            raise Missing(
                f"The owner may not make roles: have somebody who may run "
                f"CREATE ROLE {_name(connection, role)} LOGIN {PLAIN} PASSWORD '...', "
                "then run this again."
            ) from refused
    return True


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Rows of the tables that the app uses, and nothing else. Nobody else may make tables here."""
    name = _name(connection, role)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database()), quote_ident(current_schema())")
        database, schema = cursor.fetchone()
        cursor.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC")
        cursor.execute(f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC")
        cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}")
        there = set(connection.introspection.table_names(cursor))
        for table, rights in served().items():
            if table in there:
                cursor.execute(f'GRANT {", ".join(rights)} ON "{table}" TO {name}')


def set_time_outs(connection: BaseDatabaseWrapper) -> None:
    """For every later connection of the role that runs this. A role may say so of itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database())")
        (database,) = cursor.fetchone()
        for setting, time in TIME_OUTS.items():
            cursor.execute(
                f"ALTER ROLE CURRENT_USER IN DATABASE {database} SET {setting} = '{time}'"
            )


def why_not_serve(connection: BaseDatabaseWrapper) -> str:
    """Why walls between agencies would not hold for this connection; empty where they would."""
    return next(_reasons(connection), "")


def _reasons(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_user = current_user, current_user, r.rolsuper, r.rolbypassrls, "
            "r.rolcreaterole, r.rolreplication, pg_has_role(d.datdba, 'MEMBER'), "
            "has_schema_privilege(current_schema(), 'CREATE') "
            "FROM pg_roles r, pg_database d "
            "WHERE r.rolname = current_user AND d.datname = current_database()"
        )
        same, name, superuser, bypass, makes_roles, replicates, database, creates = (
            cursor.fetchone()
        )
        if superuser:
            yield f"“{name}” is a superuser"
        if bypass:
            yield f"“{name}” has BYPASSRLS"
        cursor.execute(
            "SELECT count(*) FROM pg_class c WHERE c.relkind IN ('r', 'p') "
            "AND c.relnamespace = current_schema()::regnamespace "
            "AND pg_has_role(c.relowner, 'MEMBER')"
        )
        if cursor.fetchone()[0]:
            yield f"“{name}” owns the tables"
        if database:
            yield f"“{name}” owns the database"
        if creates:
            yield f"“{name}” may make tables"
        if makes_roles or replicates:
            yield f"“{name}” may make roles or copy the whole database"
        if not same:
            yield f"“{name}” is taken on by another role that signs in"


def missing_rights(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables on which the role at hand has more or fewer rights than it needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(p.right ORDER BY p.right) FILTER (WHERE "
            "has_table_privilege(c.oid, p.right)) FROM pg_class c, unnest(ARRAY["
            "'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) "
            "AS p(\"right\") WHERE c.relkind IN ('r', 'p') "
            "AND c.relnamespace = current_schema()::regnamespace GROUP BY c.relname"
        )
        has = {name: set(rights or ()) for name, rights in cursor.fetchall()}
    return sorted(table for table, rights in served().items() if has.get(table) != set(rights))


def _name(connection: BaseDatabaseWrapper, role: str) -> str:
    return connection.ops.quote_name(role)


def _scrambled(connection: Any, role: str, password: str) -> str:
    """What PostgreSQL keeps of a password, so that the password itself is in no statement."""
    connection.ensure_connection()
    scrambled = connection.connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    return str(scrambled.decode())
