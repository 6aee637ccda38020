"""The walls where they are used: pooled connections, threads, requests, and real processes."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import path
from psycopg import errors

from alongside import tenancy
from alongside.accounts.codes import Role
from alongside.accounts.models import Agency
from alongside.config import database
from alongside.config.command import free_port
from alongside.people.models import Participant
from alongside.tenancy import roles
from alongside.tenancy.postgres.base import DatabaseWrapper
from tests.factories import AgencyFactory, ParticipantFactory, UserFactory
from tests.serving import PASSWORD, address, end_other_sessions, role_of
from tests.waiting import first_answer

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
    pytest.mark.django_db(transaction=True),
]
COMMAND = [sys.executable, "-m", "alongside.config.command"]


@pytest.fixture
def two():
    """Two agencies with three participants each."""
    agencies = AgencyFactory(), AgencyFactory()
    for agency in agencies:
        ParticipantFactory.create_batch(3, agency=agency)
    return tuple(agency.pk for agency in agencies)


@contextmanager
def signed_in_as_serving(connections_at_most: int) -> Iterator[type[DatabaseWrapper]]:
    """A pool of connections that sign in as the serving role, as ``alongside serve`` has one."""
    pool = {"min_size": 1, "max_size": connections_at_most}
    options = {**connection.settings_dict["OPTIONS"], "pool": pool}
    known = {"USER": role_of(connection), "PASSWORD": PASSWORD, "OPTIONS": options}

    class Pooled(DatabaseWrapper):
        _connection_pools: dict = {}

        def __init__(self) -> None:
            super().__init__({**connection.settings_dict, **known}, "default")

    pooled = Pooled()
    try:
        yield Pooled
    finally:
        pooled.close_pool()


def names(wrapper) -> list:
    """The agencies whose participants this connection gives, asked without any condition."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT DISTINCT agency_id FROM people_participant")
        return [row[0] for row in cursor.fetchall()]


def test_a_connection_goes_from_one_agency_to_the_other_and_keeps_nothing(two):
    with signed_in_as_serving(1) as kind:
        for agency in (*two, None, *two):
            wrapper = kind()
            with tenancy.working_for(agency):
                assert names(wrapper) == ([agency] if agency else [])
            wrapper.close()


def test_what_a_request_left_behind_when_it_broke_does_not_outlive_it(two):
    with signed_in_as_serving(1) as kind:
        wrapper = kind()
        wrapper.ensure_connection()
        wrapper.connection.execute(f"SET alongside.agency TO '{two[0]}'")
        wrapper.connection.execute("SET alongside.door TO 'open'")
        wrapper.set_autocommit(False)
        with pytest.raises(errors.DivisionByZero):
            wrapper.connection.execute("SELECT 1 / 0")
        wrapper.close()  # in the middle of a broken transaction
        with kind().pool.connection() as raw:  # as the pool keeps it, before anyone is told
            kept = raw.execute(
                "SELECT coalesce(current_setting('alongside.agency', true), ''), "
                "coalesce(current_setting('alongside.door', true), ''), "
                "(SELECT count(*) FROM people_participant), (SELECT count(*) FROM accounts_user)"
            ).fetchone()
        after = kind()
        assert (kept, names(after)) == (("", "", 0, 0), [])
        after.close()


def test_threads_share_two_connections_and_see_their_own_agency_alone(two):
    with signed_in_as_serving(2) as kind:

        def turn(number: int) -> bool:
            agency, wrapper = two[number % 2], kind()
            try:
                with tenancy.working_for(agency):
                    if number % 5 == 0:
                        with wrapper.cursor() as cursor, pytest.raises(DatabaseError):
                            cursor.execute("SELECT 1 / 0")
                    return names(wrapper) == [agency]
            finally:
                wrapper.close()

        def nobody(_number: int) -> bool:
            wrapper = kind()
            try:
                return names(wrapper) == []
            finally:
                wrapper.close()

        with ThreadPoolExecutor(8) as threads:
            told = list(threads.map(turn, range(200)))
            silent = list(threads.map(nobody, range(40)))
    assert (set(told), set(silent)) == ({True}, {True})


def test_time_outs_hold_for_the_role_itself():
    with signed_in_as_serving(1) as kind:
        wrapper = kind()
        roles.set_time_outs(wrapper)
        wrapper.close()
    with signed_in_as_serving(1) as kind:
        wrapper = kind()
        with wrapper.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(f'current_setting({n!r})' for n in roles.TIME_OUTS)}"
            )
            said = cursor.fetchone()
        wrapper.close()
    assert said == ("1min", "10s", "2min")


# A request whose view forgets its viewer: what it gets is the agency's alone.


def everyone(_request):
    return HttpResponse(" ".join(sorted(Participant.objects.values_list("name", flat=True))))


def stream(_request):
    def lines():
        for person in Participant.objects.order_by("name").iterator(chunk_size=1):
            yield person.name.encode() + b" "

    return StreamingHttpResponse(lines())


def broken(_request):
    list(Participant.objects.all())
    raise RuntimeError("on purpose")


urlpatterns = [path("everyone/", everyone), path("stream/", stream), path("broken/", broken)]


@pytest.fixture
def neighbors():
    """A client of each of two agencies, whose participants bear its name."""
    made = {}
    for name in ("Ash", "Birch"):
        agency = AgencyFactory(name=name)
        ParticipantFactory(agency=agency, name=f"{name}-one")
        ParticipantFactory(agency=agency, name=f"{name}-two")
        client = Client(raise_request_exception=False)
        client.force_login(
            UserFactory(agency=agency, roles=[Role.SUPPORTER]),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        made[name] = client
    return made


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.asvs("8.4.1")
def test_a_view_that_forgets_its_viewer_gives_rows_of_one_agency(neighbors):
    for name in ("Ash", "Birch", "Ash"):
        answer = neighbors[name].get("/everyone/")
        assert answer.content.decode() == f"{name}-one {name}-two"
        assert tenancy.standing() == tenancy.NOWHERE
    assert Client().get("/everyone/").content == b""


@override_settings(ROOT_URLCONF=__name__)
def test_a_stream_keeps_its_agency_to_the_last_piece_and_no_longer(neighbors):
    answer = neighbors["Ash"].get("/stream/")
    pieces = iter(answer.streaming_content)
    assert next(pieces) == b"Ash-one "
    assert list(pieces) == [b"Ash-two "]
    assert tenancy.standing() == tenancy.NOWHERE
    assert neighbors["Birch"].get("/everyone/").content == b"Birch-one Birch-two"


@override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"])
def test_a_request_that_breaks_leaves_nothing_to_the_next(neighbors):
    with pytest.raises(RuntimeError, match="on purpose"):
        Client(cookies=neighbors["Ash"].cookies).get("/broken/", headers={})
    assert neighbors["Birch"].get("/everyone/").content == b"Birch-one Birch-two"
    assert Client().get("/everyone/").content == b""


# Real processes, each with an address of its own.


def environment(folder: Path, url: str, **more: str) -> dict[str, str]:
    dropped = ("DATABASE_URL", "ALONGSIDE_OWNER_URL", "ALONGSIDE_DEMO")
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    ours = {"ALONGSIDE_DATA": str(folder), "DATABASE_URL": url, "PYTHONPATH": "src"}
    return {**kept, **ours, "ALONGSIDE_SECRET_KEY": settings.SECRET_KEY, **more}


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], env=env, capture_output=True, text=True, check=False, timeout=120
    )


def serving_url(name: str = "") -> str:
    return address(connection, role_of(connection), PASSWORD, name)


@pytest.mark.asvs("13.2.2")
def test_a_process_that_signs_in_as_owner_or_superuser_ends_with_one_sentence(tmp_path):
    ended = run("serve", env=environment(tmp_path, address(connection)))
    assert (ended.returncode, ended.stdout, len(ended.stderr.strip().splitlines())) == (1, "", 1)
    assert "is a superuser, so nothing in the database would keep agencies apart" in ended.stderr
    assert "run: alongside prepare-database" in ended.stderr
    under = subprocess.run(
        [sys.executable, "-c", "import alongside.config.wsgi"],
        env=environment(tmp_path, address(connection)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (under.returncode, "is a superuser" in under.stderr) == (1, True)


@pytest.fixture
def other_role():
    """A role with other rights than serving, and its address; gone afterwards."""
    role = f"other_of_{connection.settings_dict['NAME']}"

    def make(rights: str, *statements: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}' {rights}")
            for statement in statements:
                cursor.execute(statement.format(role=role))
        return role

    yield make
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        cursor.execute(f"REASSIGN OWNED BY {role} TO {owner}")
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


@pytest.mark.parametrize(
    ("rights", "statements", "reason"),
    [
        ("BYPASSRLS", (), "has BYPASSRLS"),
        ("CREATEROLE", (), "may make roles"),
        ("", ("ALTER TABLE people_participant OWNER TO {role}",), "owns the tables"),
        ("", ("GRANT CREATE ON SCHEMA public TO {role}",), "may make tables"),
    ],
    ids=["bypass", "makes roles", "owner of one table", "makes tables"],
)
def test_a_role_that_could_pass_a_wall_does_not_serve(other_role, rights, statements, reason):
    role = other_role(rights, *statements)
    known = {"USER": role, "PASSWORD": PASSWORD}
    options = {k: v for k, v in connection.settings_dict["OPTIONS"].items() if k != "pool"}
    wrapper = DatabaseWrapper({**connection.settings_dict, **known, "OPTIONS": options}, "default")
    try:
        assert reason in roles.why_not_serve(wrapper)
    finally:
        wrapper.close()


def test_a_process_that_signs_in_as_the_serving_role_serves_both_agencies(tmp_path, neighbors):
    port, log = free_port(18600 + os.getpid() % 300), tmp_path / "log"
    env = environment(tmp_path, serving_url())
    with log.open("w") as out:
        served = [*COMMAND, "serve", "--port", str(port)]
        server = subprocess.Popen(served, env=env, stdout=out, stderr=out)
    try:
        first_answer(f"http://127.0.0.1:{port}/account/login/")
        other = {"Ash": "Birch", "Birch": "Ash"}

        def look(number: int) -> tuple[bool, bool]:
            name = ("Ash", "Birch")[number % 2]
            page = _get(f"http://127.0.0.1:{port}/more/", neighbors[name].cookies)
            return name in page, other[name] in page

        with ThreadPoolExecutor(4) as threads:
            assert set(threads.map(look, range(16))) == {(True, False)}
    finally:
        server.terminate()
        server.wait(timeout=120)
    assert "Traceback" not in log.read_text()


def _get(url: str, cookies: SimpleCookie) -> str:
    sent = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
    request = urllib.request.Request(url, headers={"Cookie": sent})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return str(answer.read().decode())


@pytest.fixture
def copy_of_the_tables():
    """A database with the tables of the tests and nobody's role on them; its name."""
    name = f"{connection.settings_dict['NAME']}_copy"
    end_other_sessions(connection)
    for each in connections.all():
        each.close()
        each.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        cursor.execute(f'DROP ROLE IF EXISTS "{name}_desk"')


def test_a_larger_agency_prepares_its_database_and_works_behind_walls(tmp_path, copy_of_the_tables):
    name = copy_of_the_tables
    owner = address(connection, name=name)
    desk = address(connection, f"{name}_desk", "seven-Words/9%", name)
    alone = run("prepare-database", env=environment(tmp_path, desk))
    assert (alone.returncode, len(alone.stderr.strip().splitlines())) == (1, 1)
    same = run("prepare-database", env=environment(tmp_path, owner, ALONGSIDE_OWNER_URL=owner))
    assert "must sign in as two roles" in same.stderr
    for _again in range(2):
        made = run("prepare-database", env=environment(tmp_path, desk, ALONGSIDE_OWNER_URL=owner))
        assert (made.returncode, made.stdout) == (0, "The database is ready to serve.\n")

    working = environment(tmp_path, desk)
    begin = ("start-agency", "--time-zone", "America/Chicago", "--password", "walk-by-the-river-9")
    for agency, email in (("Two Rivers", "ann@two.example"), ("Oak Bend", "bo@oak.example")):
        who = ("--name", agency, "--administrator", "Ann Bell", "--email", email)
        begun = run(*begin, *who, env=working)
        assert (begun.returncode, begun.stderr) == (0, "")
    again = run(*begin, "--name", "X", "--administrator", "X", "--email", email, env=working)
    assert "already signs in with this e-mail address" in again.stderr
    sheet = Path(__file__).parent.parent / "data" / "staff.csv"
    come = run("import", "staff", str(sheet), "--json", "--agency", "Oak Bend", env=working)
    assert (come.returncode, '"imported": 0' in come.stdout) == (0, False)
    whole = run("verify-audit", env=working)
    assert (whole.returncode, whole.stdout.count("all whole")) == (0, 2)


def test_the_app_does_not_start_where_a_wall_is_missing(tmp_path, copy_of_the_tables):
    name = copy_of_the_tables
    owner = address(connection, name=name)
    env = environment(tmp_path, serving_url(name))
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1")
    opened = run(
        "manage",
        "shell",
        "--no-imports",
        "-c",
        "from django.db import connection as c; "
        "c.cursor().execute('ALTER TABLE plans_goal DISABLE ROW LEVEL SECURITY')",
        env=environment(tmp_path, owner),
    )
    assert opened.returncode == 0, opened.stderr
    ended = run("serve", env=env)
    assert (ended.returncode, len(ended.stderr.strip().splitlines())) == (1, 1)
    assert "No wall between agencies stands around plans_goal." in ended.stderr


def test_on_this_connection_the_app_would_not_serve():
    """The tests' own role is the owner: what refuses it is no leftover of the environment."""
    with pytest.raises(database.NotReady, match="must not serve"):
        database.refuse_open_walls()
    assert Agency.objects.count() == 0
