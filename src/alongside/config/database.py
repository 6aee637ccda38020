"""The database before anything runs: made or brought up to date, and its walls looked over.

On PostgreSQL two roles share the work. The owner (``ALONGSIDE_OWNER_URL``) makes tables and
policies; the role of ``DATABASE_URL`` serves, and can neither make a table nor pass a wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend

from alongside.tenancy import policies, roles

MEND = (
    "Put the owner's address in ALONGSIDE_OWNER_URL, an address with a role of its own in "
    "DATABASE_URL, and run: alongside prepare-database"
)


class NotReady(Exception):
    """Why the database is not fit to serve, and what to do, in one sentence."""


def prepare() -> None:
    """Make the database, or bring it up to date; raises ``NotReady``. On PostgreSQL with the
    owner's address only: without it, what should be there is looked for."""
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        _bring_up_to_date()
        return
    if settings.OWNER_DATABASE:
        with _speaking(settings.OWNER_DATABASE) as owner:
            _bring_up_to_date()
            _open_for(owner)
        with _speaking({}) as serving:
            roles.set_time_outs(serving)
    refuse_open_walls()


def refuse_open_walls() -> None:
    """Raise ``NotReady`` where another agency's rows could be reached, or tables are missing."""
    if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        return
    with _speaking({}) as connection:
        if reason := roles.why_not_serve(connection):
            raise NotReady(
                f"DATABASE_URL must not serve: {reason}, so nothing in the database would keep "
                f"agencies apart. {MEND}"
            )
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReady(f"The tables are not those of this version. {MEND}")
        if tables := policies.findings(connection):
            raise NotReady(f"No wall between agencies stands around {_some(tables)}. {MEND}")
        if tables := roles.missing_rights(connection):
            raise NotReady(f"The rights are not as they should be on {_some(tables)}. {MEND}")


@contextmanager
def _speaking(known: dict[str, Any]) -> Iterator[Any]:
    """Inside, this thread speaks to the database as whom ``known`` names, on one connection: a pool
    would try again for half a minute. What PostgreSQL refuses is one sentence."""
    usual = connections[DEFAULT_DB_ALIAS]
    usual.close()
    ours = {**usual.settings_dict, **known}
    ours["OPTIONS"] = {k: v for k, v in ours["OPTIONS"].items() if k != "pool"}
    connection = load_backend(ours["ENGINE"]).DatabaseWrapper(ours, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield connection
    except roles.Missing as missing:
        raise NotReady(str(missing)) from missing
    except DatabaseError as error:
        said = str(error).strip().splitlines()[0]
        mend = "" if settings.OWNER_DATABASE else f" {MEND}"
        raise NotReady(f"PostgreSQL says: {said}.{mend}") from error
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = usual


def _bring_up_to_date() -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    else:  # nothing to change: what stands beside the tables is looked over all the same
        emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS, plan=[])
    call_command("createcachetable", verbosity=0)


def _open_for(owner: Any) -> None:
    """Let the role of DATABASE_URL serve from these tables."""
    serving = settings.DATABASES[DEFAULT_DB_ALIAS]
    role = serving.get("USER") or ""
    if not role or role == (settings.OWNER_DATABASE.get("USER") or ""):
        raise NotReady(
            "DATABASE_URL and ALONGSIDE_OWNER_URL must sign in as two roles. Name one in "
            "DATABASE_URL that is to serve; it is made if it is not there."
        )
    roles.make(owner, role, serving.get("PASSWORD") or "")
    roles.grant(owner, role)


def _some(tables: list[str]) -> str:
    more = f" and {len(tables) - 3} more" if len(tables) > 3 else ""
    return ", ".join(tables[:3]) + more
