"""What saving a note cannot do without: its rows, by bare SQL, in one durable transaction."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from alongside import tenancy
from alongside.audit.rules import EventFacts

ENCOUNTER = (
    "id, agency_id, participant_id, supporter_id, author_id, signed_by_id, kind, status, ending, "
    '"on", started_at, ended_at, minutes, mode, place, place_words, going_along, service, '
    "processes, activities, what_we_did, participant_words, what_next, done_for, "
    "permission_words, array, array_advised, array_reasons, array_own_reason, array_as_written, "
    "support_label, signed_at, error_reason"
).replace(" array,", ' "array",')
SQL = {
    "note": f"INSERT INTO encounters_encounter ({ENCOUNTER}) VALUES ("  # noqa: S608
    + ", ".join(["%s"] * 33)
    + ")",
    "goal": "INSERT INTO encounters_encountergoal (agency_id, encounter_id, goal_id) "
    "VALUES (%s, %s, %s)",
    "draft": "DELETE FROM encounters_notedraft WHERE author_id = %s AND encounter_id = %s",
    "person": "UPDATE people_participant SET last_contact_on = %s WHERE id = %s "
    "AND (last_contact_on IS NULL OR last_contact_on < %s)",
    "episode": "UPDATE referrals_episode SET last_contact_on = %s, contact_due_on = %s "
    "WHERE participant_id = %s AND status <> 'concluded'",
    "head": "SELECT seq, hash FROM audit_chainhead WHERE agency_id = %s",
    "event": "INSERT INTO audit_auditevent (agency_id, seq, at, actor_id, verb, target, detail, "
    "previous, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
    "chain": "UPDATE audit_chainhead SET seq = %s, hash = %s WHERE agency_id = %s",
}


def save_note(said: dict[str, str]) -> None:
    """``said`` is the same form that the real view gets, with the ids it would look up."""
    now = datetime.now(UTC)
    on = date.fromisoformat(said["on"])
    key = {name: UUID(said[name]) for name in ("encounter_id", "agency", "user", "supporter")}
    person, goal = UUID(said["person"]), UUID(said["goals"])
    tenancy.work_for(key["agency"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL["note"], [_plain(value) for value in _note(said, key, person, now)])
        ids = key["agency"], key["encounter_id"], goal
        cursor.execute(SQL["goal"], [_plain(each) for each in ids])
        cursor.execute(SQL["draft"], [_plain(key["user"]), _plain(key["encounter_id"])])
        cursor.execute(SQL["person"], [on, _plain(person), on])
        cursor.execute(SQL["episode"], [on, on + timedelta(days=30), _plain(person)])
        _log(cursor, key, now)


def _note(said: dict[str, str], key: dict[str, UUID], person: UUID, now: datetime) -> list[Any]:
    on = date.fromisoformat(said["on"])
    start = datetime.fromisoformat(f"{said['on']}T{said['start']}:00+00:00")
    return [
        key["encounter_id"],
        key["agency"],
        person,
        key["supporter"],
        key["user"],
        key["user"],
        "contact",
        "signed",
        "",
        on,
        start,
        start + timedelta(minutes=45),
        45,
        said["mode"],
        said["place"],
        "",
        "",
        said["service"],
        ["connecting"],
        [],
        said["what_we_did"],
        said["participant_words"],
        said["what_next"],
        "",
        "",
        "peer_support",
        "peer_support",
        ["because the help came from the relationship"],
        "",
        "",
        "peer support",
        now,
        "",
    ]


def _log(cursor: Any, key: dict[str, UUID], now: datetime) -> None:
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    cursor.execute(SQL["head"] + lock, [_plain(key["agency"])])
    seq, previous = cursor.fetchone()
    target = f"Encounter/{key['encounter_id']}"
    facts = EventFacts(key["agency"], seq + 1, now, key["user"], "note.signed", target, {})
    said = facts.hash_after(previous)
    row = [key["agency"], seq + 1, now, key["user"], facts.verb, target, {}, previous, said]
    cursor.execute(SQL["event"], [_plain(value) for value in row])
    cursor.execute(SQL["chain"], [seq + 1, said, _plain(key["agency"])])


def _plain(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value)
    if connection.vendor == "sqlite":
        if isinstance(value, UUID):
            return value.hex
        if isinstance(value, datetime):
            return str(value.astimezone(UTC).replace(tzinfo=None))
    return value
