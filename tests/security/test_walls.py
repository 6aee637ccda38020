"""PostgreSQL itself refuses rows of another agency, whatever a query forgets."""

# ruff: noqa: S608 (only names of our own tables and columns)

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from alongside import tenancy
from alongside.accounts.models import Agency, User
from alongside.tenancy import policies, roles
from alongside.tenancy.tables import AT_THE_DOOR, NARROWER, WITHOUT_AGENCY, served, walled
from tests.factories import AgencyFactory, ParticipantFactory, UserFactory
from tests.security.walled_rows import fill, insert
from tests.serving import role_of, serving

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no roles and no walls"
)
pytestmark = pytest.mark.django_db


def test_every_table_stands_behind_a_wall_or_says_why_not():
    there = set(connection.introspection.table_names())
    behind = {each.table for each in walled()}
    assert behind | WITHOUT_AGENCY.keys() == there
    assert behind & WITHOUT_AGENCY.keys() == set()
    assert served().keys() == there
    assert NARROWER.keys() <= there


def test_what_can_be_read_at_the_door_is_this_and_no_more():
    assert AT_THE_DOOR.keys() == {
        "accounts.Agency",
        "accounts.User",
        "accounts.Invitation",
        "accounts.PublicAddress",
        "audit.ChainHead",
        "people.OwnLink",
        "referrals.ReferrerLink",
    }


@pytest.fixture
def two(db):
    """A row of each of two agencies in every walled table."""
    agencies = AgencyFactory(), AgencyFactory()
    ids = tuple(agency.pk for agency in agencies)
    Agency.objects.all().delete()
    with connection.cursor() as cursor, without_triggers(cursor):
        fill(cursor, ids)
    return ids


@contextmanager
def without_triggers(cursor):
    """Where months are counted by the database itself, a row would bring another one."""
    for_now = "SET LOCAL session_replication_role = {}"
    on_it = connection.vendor == "postgresql"
    cursor.execute(for_now.format("replica")) if on_it else None
    yield
    cursor.execute(for_now.format("origin")) if on_it else None


def answer(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def refusal(sql, *values):
    """How PostgreSQL refuses: the code of its error, or how many rows it changed after all."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount
    except DatabaseError as error:
        return error.__cause__.sqlstate


NO_RIGHT = "42501"  # insufficient privilege, or a row that breaks the policy


@on_postgres
@pytest.mark.asvs("8.4.1")
def test_of_every_table_an_agency_reads_its_own_rows_alone(two):
    mine, _other = two
    seen = {}
    with serving(), tenancy.working_for(mine):
        for each in walled():
            own = answer(f'SELECT count(*) FROM "{each.table}" WHERE "{each.column}" = %s', mine)
            seen[each.table] = (own, answer(f'SELECT count(*) FROM "{each.table}"'))
    assert seen == {each.table: (1, 1) for each in walled()}


@on_postgres
def test_a_query_that_says_for_nobody_gets_nothing(two):
    with serving():
        seen = {each.table: answer(f'SELECT count(*) FROM "{each.table}"') for each in walled()}
    assert seen == {each.table: 0 for each in walled()}


@on_postgres
def test_at_the_door_what_signs_in_is_read_and_nothing_written(two):
    mine, _other = two
    with serving(), tenancy.at_the_door():
        seen = {each.table: answer(f'SELECT count(*) FROM "{each.table}"') for each in walled()}
        told = {
            each.table: refusal(f'UPDATE "{each.table}" SET "{each.column}" = %s', mine)
            for each in walled()
            if each.door
        }
        taken = refusal('DELETE FROM "accounts_user"')
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            UserFactory(agency=Agency.objects.get(pk=mine))
    assert seen == {each.table: 2 if each.door else 0 for each in walled()}
    assert (set(told.values()), taken) == ({0}, 0)


@on_postgres
@pytest.mark.asvs("8.4.1")
def test_of_every_table_rows_of_another_agency_are_neither_made_nor_changed_nor_taken(two):
    mine, other = two
    made, moved, taken = {}, {}, {}
    with serving(), tenancy.working_for(mine), connection.cursor() as cursor:
        for each in walled():
            table, column = f'"{each.table}"', f'"{each.column}"'
            try:
                with transaction.atomic():
                    insert(cursor, each, other)
            except DatabaseError as error:
                made[each.table] = error.__cause__.sqlstate
            moved[each.table] = refusal(f"UPDATE {table} SET {column} = %s", other)
            taken[each.table] = refusal(f"DELETE FROM {table} WHERE {column} = %s", other)
    rights = served()
    assert made == {each.table: NO_RIGHT for each in walled()}
    # The end of a chain has a trigger of its own, which speaks before the wall does.
    trigger = {"audit_chainhead": "P0001"}
    assert moved == {each.table: NO_RIGHT for each in walled()} | trigger
    assert taken == {
        each.table: 0 if "DELETE" in rights[each.table] else NO_RIGHT for each in walled()
    }
    for each in walled():
        found = answer(f'SELECT count(*) FROM "{each.table}" WHERE "{each.column}" = %s', other)
        assert (each.table, found) == (each.table, 1)


@on_postgres
def test_the_serving_role_changes_no_table_and_switches_nothing_off(agency):
    statements = (
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE mine",
        "ALTER TABLE people_participant DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
        "ALTER TABLE people_participant ADD COLUMN mine int",
        "DROP POLICY of_the_agency ON people_participant",
        "CREATE POLICY mine ON people_participant USING (true)",
        "DROP TABLE people_participant",
        "TRUNCATE people_participant",
        "UPDATE audit_auditevent SET verb = 'x'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "DELETE FROM audit_chainhead",
        "DELETE FROM accounts_agency",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
        "SET session_replication_role = replica",
        "SELECT rolpassword FROM pg_authid",
        "SELECT passwd FROM pg_shadow",
        "COPY people_participant TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/hostname')",
        "SELECT lo_import('/etc/hostname')",
    )
    with serving(), tenancy.working_for(agency.pk):
        assert {said: refusal(said) for said in statements} == dict.fromkeys(statements, NO_RIGHT)


@on_postgres
def test_row_security_cannot_be_switched_off_by_a_setting(agency):
    ParticipantFactory(agency=agency)
    with serving():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL row_security = off")
        assert refusal("SELECT * FROM people_participant") == NO_RIGHT


@on_postgres
def test_our_functions_look_where_they_were_put():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig[1], prosecdef FROM pg_proc "
            "WHERE pronamespace = current_schema()::regnamespace ORDER BY proname"
        )
        found = cursor.fetchall()
    # What names a table looks where our tables are; the others look nowhere of ours.
    ours, nowhere = (f"search_path=pg_catalog, {more}pg_temp" for more in ("public, ", ""))
    assert found == [
        ("audit_chain_stays", nowhere, False),
        ("audit_event_stays", nowhere, False),
        ("months_count", ours, False),
        ("months_count_words", ours, False),
    ]


@on_postgres
def test_what_is_said_inside_a_transaction_that_fails_is_said_again(agency):
    other = ParticipantFactory(agency=AgencyFactory())
    mine = ParticipantFactory(agency=agency)
    with serving(), tenancy.working_for(agency.pk):
        with pytest.raises(LookupError):
            fail_for(other)
        assert ids(type(mine)) == {mine.pk}
        assert refusal("SELECT 1 / 0") == "22012"
        assert ids(type(mine)) == {mine.pk}
    with serving():
        assert ids(type(mine)) == set()


@on_postgres
def test_rows_read_in_pieces_and_written_in_heaps_stay_of_the_agency(agency):
    other = AgencyFactory()
    ParticipantFactory.create_batch(3, agency=other)
    mine = ParticipantFactory.create_batch(3, agency=agency)
    kind = type(mine[0])
    with serving(), tenancy.working_for(agency.pk):
        assert {row.pk for row in kind.objects.iterator(chunk_size=2)} == {row.pk for row in mine}
        with pytest.raises(DatabaseError), transaction.atomic():
            kind.objects.bulk_create(ParticipantFactory.build_batch(2, agency=other))
    assert kind.objects.count() == 6


@transaction.atomic
def fail_for(other):
    with tenancy.working_for(other.agency_id):
        assert ids(type(other)) == {other.pk}
        refusal("SELECT 1 / 0")
        raise LookupError


def ids(model: type[Model]) -> set[object]:
    return set(model.objects.values_list("pk", flat=True))


@on_postgres
@pytest.mark.parametrize(
    ("words", "table"),
    [
        ("ALTER TABLE people_participant DISABLE ROW LEVEL SECURITY", "people_participant"),
        ("DROP POLICY of_the_agency ON plans_goal", "plans_goal"),
        ("CREATE POLICY wide ON plans_goal USING (true)", "plans_goal"),
        ("ALTER POLICY of_the_agency ON plans_goal USING (true)", "plans_goal"),
        ("ALTER POLICY at_the_door ON accounts_user USING (true)", "accounts_user"),
        ("CREATE TABLE plans_wish (id int)", "plans_wish"),
    ],
    ids=["switched off", "dropped", "one too many", "widened", "door left open", "a new table"],
)
def test_a_wall_that_is_not_as_it_was_built_is_found_and_mended(words, table):
    assert policies.findings(connection) == []
    with connection.cursor() as cursor:
        cursor.execute(words)
    assert policies.findings(connection) == [table]
    if table != "plans_wish":
        policies.raise_walls(connection)
        assert policies.findings(connection) == []


@on_postgres
def test_a_right_too_many_or_too_few_is_found():
    role = role_of(connection)
    with serving():
        assert roles.missing_rights(connection) == []
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT TRUNCATE ON people_participant TO "{role}"')
        cursor.execute(f'REVOKE SELECT ON plans_goal FROM "{role}"')
    with serving():
        assert roles.missing_rights(connection) == ["people_participant", "plans_goal"]


def test_users_of_all_agencies_have_one_address_each(agency):
    """The walls must not let one address in twice: the question whether it is taken looks over."""
    from alongside.accounts import queries  # noqa: PLC0415

    user = UserFactory(agency=AgencyFactory(), email="one@street.example")
    with serving(), tenancy.working_for(agency.pk):
        assert queries.address_is_taken("one@street.example")
        assert (User.objects.filter(pk=user.pk).exists()) == (connection.vendor != "postgresql")
