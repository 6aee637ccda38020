"""Tests make their rows as the owner of the database; what the app is asked runs as it serves.

On PostgreSQL every request, of a test's client and of a live server, takes on the serving role from
its first statement to its last: the walls of ``alongside.tenancy`` stand around it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import quote

from django.core.signals import request_finished, request_started

from alongside.tenancy import roles
from alongside.tenancy.postgres import base

PASSWORD = "walks-beside-7"
_serving: ContextVar[bool] = ContextVar("serving", default=False)


def role_of(connection: Any) -> str:
    """One role for each test database: workers beside each other share nothing."""
    return f"serves_{connection.settings_dict['NAME']}"


def serve_behind_walls(connection: Any) -> None:
    role = role_of(connection)
    roles.make(connection, role, PASSWORD)
    roles.grant(connection, role)
    told = base.wanted_settings
    base.wanted_settings = lambda: {"role": role if _serving.get() else "none", **told()}
    request_started.connect(_begin, weak=False)
    request_finished.connect(_end, weak=False)


def end_other_sessions(connection: Any) -> None:
    """What a live server's last thread still holds; a database in use cannot be dropped or copied.
    From a new connection: one of the pool may be of those that were ended before."""
    connection.close()
    connection.close_pool()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@contextmanager
def serving() -> Iterator[None]:
    """Inside, the test's own statements run as a request's do."""
    _begin()
    try:
        yield
    finally:
        _end()


def address(connection: Any, user: str = "", password: str = "", name: str = "") -> str:
    """The address of a test database for another process."""
    known = connection.settings_dict
    who = quote(user or known["USER"], safe="")
    secret = quote(password or known["PASSWORD"], safe="")
    host = known["HOST"] or known["OPTIONS"].get("host", "")
    port = f":{known['PORT']}" if known["PORT"] else ""
    base_name = f"{name or known['NAME']}"
    if host.startswith("/"):
        return f"postgresql://{who}:{secret}@/{base_name}?host={quote(host)}"
    return f"postgresql://{who}:{secret}@{host}{port}/{base_name}"


def _begin(**_signal: object) -> None:
    _serving.set(True)


def _end(**_signal: object) -> None:
    _serving.set(False)
