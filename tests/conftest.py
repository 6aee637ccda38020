import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_django
from django.conf import settings as django_settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency
from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from tests.emptying import empty
from tests.factories import AgencyFactory, Pair, UserFactory, a_pair
from tests.serving import end_other_sessions, serve_behind_walls
from tests.sessions import come_in

# Playwright's own loop runs in the test's thread; the tests' database work there is synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A slow machine is no finding, and the same tree gives the same answer twice.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


QUICK_HASH = {"time_cost": 1, "memory_cost": 64}
SERVED_HASH = {name: getattr(Argon2PasswordHasher, name) for name in QUICK_HASH}


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """The database of the tests; on PostgreSQL with the role that serves requests."""
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        serve_behind_walls(connection)
    yield
    with django_db_blocker.unblock():
        end_other_sessions(connection)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_quickly() -> Iterator[None]:
    """Browser tests empty the tables afterwards; Django's way draws all of them anew each time."""
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: empty(connection)  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def empty_installation(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder with a new SQLite database for commands that are run as processes: copy it."""
    folder = tmp_path_factory.mktemp("new")
    if connection.vendor == "sqlite" and "test" in Path(connection.settings_dict["NAME"]).name:
        with django_db_blocker.unblock(), sqlite3.connect(folder / "alongside.sqlite3") as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        copy.close()
    else:
        command = [sys.executable, "-m", "alongside.config.command", "manage", "migrate", "-v", "0"]
        places = {"ALONGSIDE_DATA": str(folder), "DATABASE_URL": "", "PYTHONPATH": "src"}
        subprocess.run(command, env={**os.environ, **places}, check=True)
    return folder


@pytest.fixture(autouse=True, scope="session")
def _uploads_of_tests_lie_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests upload is in no folder that a person keeps."""
    django_settings.FILES = tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True, scope="session")
def _passwords_are_hashed_quickly() -> Iterator[None]:
    """The same hash with the least work: no one guesses at the passwords of tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name, least in QUICK_HASH.items():
            patch.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture(autouse=True)
def _no_language_and_no_clock_of_a_test_before() -> None:
    """A request leaves in its thread what it was answered in; the next one says its own."""
    translation.deactivate()
    timezone.deactivate()


@pytest.fixture
def as_strong_as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed with the whole of the work here."""
    for name, whole in SERVED_HASH.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, whole)


@pytest.fixture
def now() -> datetime:
    """A Thursday at half past ten in the morning in Wisconsin."""
    return datetime(2026, 11, 19, 16, 30, tzinfo=UTC)


@pytest.fixture
def agency(db: None) -> Agency:
    return AgencyFactory()


@pytest.fixture
def actor(agency: Agency):
    """``actor(Role.SUPPORTER)`` makes a user of the agency with these roles and gives the actor."""

    def make(*roles: Role, **fields: object) -> Actor:
        user = UserFactory(agency=agency, roles=roles, **fields)
        found = actor_for(user)
        assert found is not None
        return found

    return make


@pytest.fixture
def signed_in(agency: Agency):
    """``client = signed_in(user)``: a test client in that user's session."""

    def make(user: object) -> Client:
        return come_in(Client(), user)

    return make


@pytest.fixture
def pair(agency: Agency) -> Pair:
    """Rosa, a certified supporter, and Gia, who walks with her."""
    return a_pair(agency)
