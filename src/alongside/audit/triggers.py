"""The database itself refuses to change or delete an audit event, and to set the end of a chain
back, on SQLite and PostgreSQL."""

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

_BACK = (
    "NEW.agency_id <> OLD.agency_id OR NEW.seq < OLD.seq "
    "OR (NEW.seq = OLD.seq AND NEW.hash <> OLD.hash)"
)
# It names no table, so it looks nowhere that a stranger could put one.
_FUNCTION = "RETURNS trigger LANGUAGE plpgsql SET search_path TO pg_catalog, pg_temp"
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
        f"CREATE TRIGGER audit_chain_never_goes_back BEFORE UPDATE ON audit_chainhead WHEN {_BACK} "
        "BEGIN SELECT RAISE(ABORT, 'the end of an audit chain never goes back'); END",
        "CREATE TRIGGER audit_chain_is_never_deleted BEFORE DELETE ON audit_chainhead "
        "BEGIN SELECT RAISE(ABORT, 'the end of an audit chain is never deleted'); END",
    ),
    "postgresql": (
        f"CREATE FUNCTION audit_event_stays() {_FUNCTION} AS $$ "
        "BEGIN RAISE EXCEPTION 'audit events are never changed or deleted'; END $$",
        "CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE OR DELETE ON audit_auditevent "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_stays()",
        "CREATE TRIGGER audit_event_is_never_truncated BEFORE TRUNCATE ON audit_auditevent "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_stays()",
        f"CREATE FUNCTION audit_chain_stays() {_FUNCTION} AS $$ "
        "BEGIN RAISE EXCEPTION 'the end of an audit chain never goes back'; END $$",
        "CREATE TRIGGER audit_chain_never_goes_back BEFORE UPDATE ON audit_chainhead "
        f"FOR EACH ROW WHEN ({_BACK}) EXECUTE FUNCTION audit_chain_stays()",
        "CREATE TRIGGER audit_chain_is_never_deleted BEFORE DELETE ON audit_chainhead "
        "FOR EACH ROW EXECUTE FUNCTION audit_chain_stays()",
        "CREATE TRIGGER audit_chain_is_never_truncated BEFORE TRUNCATE ON audit_chainhead "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_stays()",
    ),
}
DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS audit_event_is_never_changed",
        "DROP TRIGGER IF EXISTS audit_event_is_never_deleted",
        "DROP TRIGGER IF EXISTS audit_event_is_never_replaced",
        "DROP TRIGGER IF EXISTS audit_chain_never_goes_back",
        "DROP TRIGGER IF EXISTS audit_chain_is_never_deleted",
    ),
    "postgresql": (
        "DROP FUNCTION IF EXISTS audit_event_stays() CASCADE",
        "DROP FUNCTION IF EXISTS audit_chain_stays() CASCADE",
    ),
}


def create(connection: BaseDatabaseWrapper) -> None:
    _run(connection, CREATE)


def drop(connection: BaseDatabaseWrapper) -> None:
    _run(connection, DROP)


def _run(connection: BaseDatabaseWrapper, statements: Mapping[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
