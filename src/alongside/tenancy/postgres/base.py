"""Django's own PostgreSQL, whose connections say for which agency they work.

What is new is put in front of the next statement and travels with it: no round trip of its own. A
connection that comes from the pool knows nothing, whatever it did before, and is told anew.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from django.db.backends.postgresql import base, operations

from alongside import tenancy

# What can stand behind others in one message, and what must go even where a transaction is broken.
FOLDS = re.compile(r"\s*\(*\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
BOUNDS = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|COMMIT|BEGIN)\b", re.IGNORECASE)
IN_FRONT = re.compile(r"^(SET [\w.]+ TO '[\w.-]*'; )+")
PLAIN = re.compile(r"[\w.-]*")
SILENT: dict[str, str] = {}
COMES_HOME_WITHIN = 2.0  # seconds
# The types that Django comes with know only part of these two.
_Cursor: Any = base.Cursor
_Wrapper: Any = base.DatabaseWrapper


def news(connection: Any) -> dict[str, str]:
    """What this connection has not been told yet; nothing for one that Django does not use."""
    told = getattr(connection, "told", SILENT)
    if told is SILENT:
        return {}
    wanted = wanted_settings()
    return wanted if told is None else {k: v for k, v in wanted.items() if told.get(k) != v}


def wanted_settings() -> dict[str, str]:
    return tenancy.standing().settings()


def said(new: dict[str, str]) -> str:
    if not all(PLAIN.fullmatch(value) for value in new.values()):
        raise ValueError("a setting is made of letters and digits")
    return "".join(f"SET {name} TO '{value}'; " for name, value in new.items())


class Cursor(_Cursor):  # type: ignore[misc]
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        new = news(self.connection)
        if not new or BOUNDS.match(str(query)):
            return super().execute(query, params, **options)
        if not FOLDS.match(str(query)):
            tell(self.connection)
            return super().execute(query, params, **options)
        with _telling(self.connection, new):
            super().execute(said(new) + query, params, **options)
        for _each in new:
            self.nextset()
        return self

    def executemany(self, query: Any, *arguments: Any, **options: Any) -> None:
        tell(self.connection)
        super().executemany(query, *arguments, **options)

    def copy(self, *arguments: Any, **options: Any) -> Any:
        tell(self.connection)
        return super().copy(*arguments, **options)


def tell(connection: Any) -> None:
    """In a statement of its own, before one that nothing can stand in front of."""
    if new := news(connection):
        with _telling(connection, new), _Cursor(connection) as cursor:
            cursor.execute(said(new))


@contextmanager
def _telling(connection: Any, new: dict[str, str]) -> Iterator[None]:
    told, connection.told = connection.told, None  # an error takes back what was said with it
    yield
    connection.told = {**(told or {}), **new}


def forget(connection: Any) -> None:
    """As it comes back to the pool: it works for nobody."""
    connection.told = SILENT
    connection.autocommit = True
    connection.execute("RESET alongside.agency; RESET alongside.door")


def _abroad(pool: Any) -> bool:
    told = pool.get_stats()
    return bool(told["pool_available"] < told["pool_size"])


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The statement as it was meant, for logs and for counting."""
        whole = super().last_executed_query(cursor, sql, params)
        return IN_FRONT.sub("", whole) if whole else whole


class DatabaseWrapper(_Wrapper):  # type: ignore[misc]
    ops_class = DatabaseOperations

    def __init__(self, settings_dict: dict[str, Any], *arguments: Any, **more: Any) -> None:
        super().__init__(settings_dict, *arguments, **more)
        pool = self.settings_dict["OPTIONS"].get("pool")
        if isinstance(pool, dict):
            pool.setdefault("reset", forget)

    def close_pool(self) -> None:
        """Connections on their way back come home first: a pool that is closed loses them."""
        pool, until = self.pool, monotonic() + COMES_HOME_WITHIN
        while pool and _abroad(pool) and monotonic() < until:
            sleep(0.01)
        super().close_pool()

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection: Any = super().get_new_connection(conn_params)
        connection.told = None
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        if name:  # is declared in a form of its own, and read later
            tell(self.connection)
        return super().create_cursor(name)

    def _rollback(self) -> None:
        super()._rollback()
        self._may_have_unsaid()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._may_have_unsaid()

    def _may_have_unsaid(self) -> None:
        # What was set inside a transaction goes with it.
        if self.connection is not None:
            self.connection.told = None


def _begin_afresh() -> None:
    """A process that was forked has the pools of the one before, and none of the threads that serve
    them. They are kept aside, unclosed: closing would end the other's connections."""
    _left_behind.append(dict(DatabaseWrapper._connection_pools))
    DatabaseWrapper._connection_pools.clear()


_left_behind: list[dict[str, Any]] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_afresh)
