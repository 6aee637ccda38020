"""The database itself refuses to change or delete an audit event, on SQLite and PostgreSQL."""

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

CREATE = {
    "sqlite": (
        "CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE ON audit_auditevent "
        "BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END",
        "CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_auditevent "
        "BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END",
        # INSERT OR REPLACE deletes the row in its way without asking the trigger above.
        "CREATE TRIGGER audit_event_is_never_replaced BEFORE INSERT ON audit_auditevent "
        "WHEN EXISTS (SELECT 1 FROM audit_auditevent WHERE id = NEW.id) OR EXISTS "
        "(SELECT 1 FROM audit_auditevent WHERE agency_id = NEW.agency_id AND seq = NEW.seq) "
        "BEGIN SELECT RAISE(ABORT, 'audit events are never replaced'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'audit events are never changed or deleted'; END $$",
        "CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE OR DELETE ON audit_auditevent "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_stays()",
        "CREATE TRIGGER audit_event_is_never_truncated BEFORE TRUNCATE ON audit_auditevent "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_stays()",
    ),
}
DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS audit_event_is_never_changed",
        "DROP TRIGGER IF EXISTS audit_event_is_never_deleted",
        "DROP TRIGGER IF EXISTS audit_event_is_never_replaced",
    ),
    "postgresql": ("DROP FUNCTION IF EXISTS audit_event_stays() CASCADE",),
}


def create(connection: BaseDatabaseWrapper) -> None:
    _run(connection, CREATE)


def drop(connection: BaseDatabaseWrapper) -> None:
    _run(connection, DROP)


def _run(connection: BaseDatabaseWrapper, statements: Mapping[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
