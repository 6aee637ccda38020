"""The database counts contacts by person and month itself, on SQLite and PostgreSQL.

Whoever signs, corrects, voids, imports, undoes, moves or disposes of an encounter, one row or many:
its month is right when the transaction ends, and no page ever reads a million notes. One table
(``COUNTED``) says what counts; triggers and ``recount`` are both written from it.
"""

# ruff: noqa: S608 (names of our own tables and columns, and nothing that anyone types)

import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.practice.codes import Mode, Process

TABLE, NOTES, WORDS = "reporting_personmonth", "encounters_encounter", "encounters_addedwords"
# What of an encounter is looked at; a change of anything else costs nothing.
LOOKED_AT = (
    'participant_id, "on", kind, status, voided_at, mode, processes, participant_words, agency_id'
)
STANDS = "{row}.voided_at IS NULL AND {row}.status <> 'entered-in-error'"
MET = "{row}.kind = 'contact'"
HERE = f"{MET} AND {{row}}.status IN ('signed', 'amended')"
# Said on the spot, on the supporter's phone. What a participant writes later is an answer.
SAID = "{said}.taken_back_at IS NULL AND NOT {said}.from_outside"
OWN = (
    "({row}.participant_words <> '' OR EXISTS "
    f"(SELECT 1 FROM {WORDS} said WHERE said.encounter_id = {{row}}.id AND "
    f"{SAID.format(said='said')}))"
)
HAS = {
    "sqlite": "instr({row}.processes, '\"%s\"') > 0",
    "postgresql": "{row}.processes @> '\"%s\"'::jsonb",
}
NONE = {"sqlite": "{row}.processes = '[]'", "postgresql": "{row}.processes = '[]'::jsonb"}
MONTH = {
    "sqlite": "strftime('%Y-%m-01', {row}.\"on\")",
    "postgresql": "date_trunc('month', {row}.\"on\")::date",
}
NEW_ID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}


def counted(vendor: str) -> dict[str, str]:
    """Each column, and when an encounter ``row`` that stands counts in it."""
    return {
        "contacts": MET,
        "attempts": "{row}.kind = 'attempt'",
        **{mode.value: f"{MET} AND {{row}}.mode = '{mode.value}'" for mode in Mode},
        **{one.value: f"{MET} AND {HAS[vendor] % one.value}" for one in Process},
        "no_process": f"{MET} AND {NONE[vendor]}",
        "here": HERE,
        "together": f"{HERE} AND {OWN}",
    }


def _one(condition: str, row: str) -> str:
    return f"CASE WHEN {condition.format(row=row)} THEN 1 ELSE 0 END"


def _changed(vendor: str, row: str, sign: str) -> str:
    """The statement that adds or takes away what ``row`` counts for, in a month there is."""
    sets = ", ".join(f"{name} = {name} {sign} {_one(when, row)}" for name, when in _of(vendor))
    where = _place(vendor, row)
    return f"UPDATE {TABLE} SET {sets} WHERE {where} AND {STANDS.format(row=row)}"


def _of(vendor: str) -> Iterator[tuple[str, str]]:
    yield from counted(vendor).items()


def _place(vendor: str, row: str) -> str:
    month = MONTH[vendor].format(row=row)
    return (
        f"agency_id = {row}.agency_id AND participant_id = {row}.participant_id AND month = {month}"
    )


def _begun(vendor: str, row: str) -> str:
    """The statement that begins a month, with nothing in it."""
    columns = ["id", "agency_id", "participant_id", "month", *counted(vendor)]
    values = [
        NEW_ID[vendor],
        f"{row}.agency_id",
        f"{row}.participant_id",
        MONTH[vendor].format(row=row),
        *("0" for _column in counted(vendor)),
    ]
    into = f"INSERT INTO {TABLE} ({', '.join(columns)}) SELECT {', '.join(values)}"
    if vendor == "postgresql":
        more = " ON CONFLICT (agency_id, participant_id, month) DO NOTHING"
        return f"{into} WHERE {STANDS.format(row=row)}{more}"
    missing = f"NOT EXISTS (SELECT 1 FROM {TABLE} WHERE {_place(vendor, row)})"
    return f"{into} WHERE {STANDS.format(row=row)} AND {missing}"


def _said(vendor: str, row: str, delta: str) -> str:
    """Added words make a note one written together, unless it was one without them."""
    note = f"{STANDS} AND {HERE} AND {{row}}.participant_words = ''".format(row="note")
    month = MONTH[vendor].format(row="note")
    others = (
        f"NOT EXISTS (SELECT 1 FROM {WORDS} other WHERE other.encounter_id = {row}.encounter_id "
        f"AND other.id <> {row}.id AND {SAID.format(said='other')})"
    )
    return (
        f"UPDATE {TABLE} SET together = together + ({delta}) WHERE {others} AND EXISTS "
        f"(SELECT 1 FROM {NOTES} note WHERE note.id = {row}.encounter_id AND {note} "
        f"AND {TABLE}.agency_id = note.agency_id "
        f"AND {TABLE}.participant_id = note.participant_id AND {TABLE}.month = {month})"
    )


def _sqlite() -> dict[str, str]:
    """Each trigger by its name."""
    more = [_begun("sqlite", "NEW"), _changed("sqlite", "NEW", "+")]
    less = [_changed("sqlite", "OLD", "-")]
    change = f"UPDATE OF {LOOKED_AT} ON {NOTES}"
    was, now = (f"({SAID.format(said=row)})" for row in ("OLD", "NEW"))
    return {
        "months_count_a_contact": f"INSERT ON {NOTES} BEGIN {_body(more)} END",
        "months_count_a_change": f"{change} BEGIN {_body(less + more)} END",
        "months_forget_a_contact": f"DELETE ON {NOTES} BEGIN {_body(less)} END",
        "months_count_words": f"INSERT ON {WORDS} WHEN {now} "
        f"BEGIN {_body([_said('sqlite', 'NEW', '1')])} END",
        "months_count_words_anew": f"UPDATE OF taken_back_at, from_outside ON {WORDS} "
        f"WHEN {was} <> {now} BEGIN {_body([_said('sqlite', 'NEW', f'{now} - {was}')])} END",
        "months_forget_words": f"DELETE ON {WORDS} WHEN {was} "
        f"BEGIN {_body([_said('sqlite', 'OLD', '-1')])} END",
    }


def _body(statements: list[str]) -> str:
    return " ".join(f"{statement};" for statement in statements)


def _postgresql(schema: str) -> Iterator[str]:
    """Functions that find what they name where we put it, whoever calls them."""
    less, begun, more = (
        _changed("postgresql", "OLD", "-"),
        _begun("postgresql", "NEW"),
        _changed("postgresql", "NEW", "+"),
    )
    yield _function(
        schema,
        "months_count",
        f"IF TG_OP <> 'INSERT' THEN {less}; END IF; "
        f"IF TG_OP <> 'DELETE' THEN {begun}; {more}; END IF; RETURN NULL;",
    )
    was, now = (f"({SAID.format(said=row)})::int" for row in ("OLD", "NEW"))
    new, anew, old = (
        _said("postgresql", row, delta)
        for row, delta in (("NEW", now), ("NEW", f"{now} - {was}"), ("OLD", f"-{was}"))
    )
    yield _function(
        schema,
        "months_count_words",
        f"IF TG_OP = 'INSERT' THEN {new}; ELSIF TG_OP = 'DELETE' THEN {old}; "
        f"ELSE {anew}; END IF; RETURN NULL;",
    )
    for name, on, run in (
        (
            "months_count_contacts",
            f"INSERT OR DELETE OR UPDATE OF {LOOKED_AT} ON {NOTES}",
            "months_count",
        ),
        (
            "months_count_words",
            f"INSERT OR DELETE OR UPDATE OF taken_back_at, from_outside ON {WORDS}",
            "months_count_words",
        ),
    ):
        yield f"CREATE OR REPLACE TRIGGER {name} AFTER {on} FOR EACH ROW EXECUTE FUNCTION {run}()"


def _function(schema: str, name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path TO pg_catalog, {schema}, pg_temp AS $$ BEGIN {body} END $$"
    )


def create(connection: BaseDatabaseWrapper) -> None:
    """Let the database count from here on. Nothing happens where it does already."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT quote_ident(current_schema())")
            statements = list(_postgresql(str(cursor.fetchone()[0])))
            # Written anew only where it is different: this waits for whoever writes a note.
            wanted = hashlib.sha256("".join(statements).encode()).hexdigest()[:16]
            cursor.execute(
                "SELECT obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgrelid = "
                f"'{NOTES}'::regclass AND tgname = 'months_count_contacts'"
            )
            if (wanted,) not in cursor.fetchall():
                for statement in statements:
                    cursor.execute(statement)
                said = f"COMMENT ON TRIGGER months_count_contacts ON {NOTES} IS '{wanted}'"
                cursor.execute(said)
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        there = dict(cursor.fetchall())
        for name, body in _sqlite().items():
            wanted = f"CREATE TRIGGER {name} AFTER {body}"
            if there.get(name) != wanted:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(wanted)


def drop(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in _sqlite():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def recount(connection: BaseDatabaseWrapper) -> None:
    """Count every month of every agency anew from the notes: the same figures, only slower."""
    vendor = connection.vendor
    columns = ["id", "agency_id", "participant_id", "month", *counted(vendor)]
    month = MONTH[vendor].format(row="note")
    sums = ", ".join(f"sum({_one(when, 'note')})" for _name, when in _of(vendor))
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if vendor == "postgresql":
            # Whoever writes a note meanwhile waits, or is waited for.
            cursor.execute(f"LOCK TABLE {NOTES}, {WORDS} IN SHARE MODE")
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(
            f"INSERT INTO {TABLE} ({', '.join(columns)}) "
            f"SELECT {NEW_ID[vendor]}, note.agency_id, note.participant_id, {month}, {sums} "
            f"FROM {NOTES} note WHERE {STANDS.format(row='note')} "
            f"GROUP BY note.agency_id, note.participant_id, {month}"
        )
