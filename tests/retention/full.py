"""Someone of whom there is a row in every table that can speak of a person, with a word of its own
in every text: what is left of it afterwards, nobody else could have left."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models

from alongside.accounts.models import User
from alongside.core.ids import new_id
from alongside.exchange.models import ImportBatch, ImportFile, ImportRow
from alongside.files import disk
from alongside.files.models import StoredFile
from alongside.people.models import Participant
from alongside.people.rules import name_key
from alongside.referrals.models import Episode, Match, Referral
from alongside.retention.queries.reach import keys_of, reach, rows_about
from tests.factories import NOW, TODAY
from tests.security.world import Side

WORD = "Querkopf"
# Rows that say that nothing is open any more.
SPECIAL: dict[str, dict[str, Any]] = {
    "retention.RecordRequest": {"status": "withdrawn"},
    "retention.LegalHold": {"lifted_at": NOW},
    "consents.Consent": {"signed_on": None, "status": "draft"},
}


def fill(side: Side, by: Any) -> Participant:
    """The person of ``side``, long gone, with their own word everywhere."""
    person = Participant.objects.get(pk=side.ids["participant_id"])
    other = Participant.objects.get(name=f"Asked {side.person}")
    _rename(side, person, by)
    for model in reach().order:
        if not rows_about(by, ids=[person.pk])[model]:
            _make(model, side, person, other, by)
    person.consents.filter(paper=None).update(paper=_paper(side, by))
    person.refresh_from_db()
    _sheet(side, person)
    _end(person)
    return Participant.objects.get(pk=person.pk)


def _rename(side: Side, person: Participant, by: Any) -> None:
    for model, pks in rows_about(by, ids=[person.pk]).items():
        for row in model._base_manager.filter(pk__in=pks):
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(value, str):
                    setattr(row, field.attname, value.replace(side.person, WORD))
                elif isinstance(value, dict | list):
                    said = json.dumps(value).replace(side.person, WORD)
                    setattr(row, field.attname, json.loads(said))
            row.save()


def _make(model: Any, side: Side, person: Participant, other: Participant, by: Any) -> None:
    row = model(**_fields(model, side, person, other, by))
    with without_checks(model):
        model._base_manager.bulk_create([row])


@contextmanager
def without_checks(model: Any) -> Iterator[None]:
    """What a row may say is tested elsewhere: here it only has to be there, full of words. Inside
    the test's own transaction, so that every other test finds the checks as they were."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for check in model._meta.constraints:
                if isinstance(check, models.CheckConstraint):
                    table = quote(model._meta.db_table)
                    cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {quote(check.name)}")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            yield
        else:
            cursor.execute("PRAGMA ignore_check_constraints=ON")
            try:
                yield
            finally:
                cursor.execute("PRAGMA ignore_check_constraints=OFF")


def _fields(
    model: Any, side: Side, person: Participant, other: Participant, by: Any
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    people = [person, other]
    special = SPECIAL.get(model._meta.label, {})
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in special:
            continue
        if isinstance(field, models.ForeignKey):
            found[field.attname] = _points_to(field, side, people, by)
        else:
            found[field.attname] = _value(field)
    return found | special


def _value(field: Any) -> Any:
    if field.choices:
        return "" if field.blank else field.choices[0][0]
    if isinstance(field, models.CharField | models.TextField):
        return WORD
    if isinstance(field, models.JSONField):
        return [WORD] if field.default is list else {"a": WORD}
    if field.null:
        return None
    return next((make() for kind, make in BY_TYPE.items() if isinstance(field, kind)), b"")


BY_TYPE: dict[Any, Any] = {
    models.DateTimeField: lambda: NOW,
    models.DateField: lambda: TODAY,
    models.UUIDField: new_id,
    models.BooleanField: lambda: False,
    models.IntegerField: lambda: 1,
}


def _points_to(field: Any, side: Side, people: list[Participant], by: Any) -> Any:
    target = field.related_model
    if target is Participant:
        return people.pop(0).pk
    if target._meta.label == "accounts.Agency":
        return side.agency.pk
    if target is StoredFile:
        return _paper(side, by).pk
    if target in reach().keys and target is not field.model:
        return rows_about(by, ids=[side.ids["participant_id"]])[target][0]
    if field.null:
        return None
    if target is User:
        return by.id
    row = target._base_manager.filter(agency=side.agency).first()
    return row.pk if row else _alone(target, side, by).pk


def _alone(target: Any, side: Side, by: Any) -> Any:
    """A row that only rows of a record point to."""
    row = target(**_fields(target, side, [], [], by))
    row.save(force_insert=True)
    return row


def _paper(side: Side, by: Any) -> StoredFile:
    row = StoredFile.objects.create(
        agency=side.agency,
        name=f"{WORD}.pdf",
        kind="pdf",
        size=4,
        sha256="0" * 64,
        kept_at=NOW,
        kept_by_id=by.id,
    )
    disk.write(row.pk, WORD.encode())
    return row


def _sheet(side: Side, person: Participant) -> None:
    """The sheet that the person came with: their row, the same row again, a contact nobody could
    place, and the row of somebody else."""
    admin = side.users["administrator"]
    batch = ImportBatch.objects.create(
        agency=side.agency, kind="referrals", filename="old.csv", header_row=1, day=TODAY,
        status="done", row_count=4, chosen_at=NOW, chosen_by=admin,
    )  # fmt: skip
    ImportFile.objects.create(
        agency=side.agency, batch=batch, content=f"Name\n{WORD}\nBo".encode(), sha256="a" * 64
    )
    rows = (
        (person.pk, [WORD, "Dunn"], "same", "imported", ""),
        (new_id(), [WORD, "Dunn"], "same", "already_there", ""),
        (new_id(), [person.name, "met"], "third", "to_sort_out", name_key(person.name)),
        (new_id(), ["Bo", "Polk"], "bo", "imported", "bo"),
    )
    for number, (pk, cells, print_, status, who) in enumerate(rows):
        ImportRow.objects.create(
            pk=pk, agency=side.agency, batch=batch, number=number, cells=cells,
            fingerprint=print_, status=status, who_key=who,
        )  # fmt: skip


def _end(person: Participant) -> None:
    Episode.objects.filter(participant=person).update(status="concluded", ended_on=TODAY)
    Referral.objects.filter(participant=person).update(status="ended")
    Match.objects.filter(participant=person, status="proposed").update(status="taken-back")
    person.hand_offs.update(status="followed-up")
    person.record_requests.update(status="withdrawn")


def every_cell() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, as the database holds them."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            found[table] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return found


def _plain(cell: Any) -> Any:
    if isinstance(cell, memoryview | bytes):
        return bytes(cell).decode(errors="replace")
    return json.dumps(cell, sort_keys=True) if isinstance(cell, dict | list) else cell


def said_in_sheets(word: str) -> set[Any]:
    """Rows of sheets, and sheets, that say the word once they are opened: ids in every form."""
    rows = {row.pk for row in ImportRow.objects.all() if word in str(row.cells)}
    files = {row.pk for row in ImportFile.objects.all() if word.encode() in row.content}
    return {form for pk in rows | files for form in (pk, pk.hex, str(pk))}


def holding(cells: dict[str, list[tuple[Any, ...]]], word: str) -> dict[str, int]:
    """How many rows of each table hold a word."""
    found = {
        table: sum(any(word.lower() in str(cell).lower() for cell in row) for row in rows)
        for table, rows in cells.items()
    }
    return {table: count for table, count in found.items() if count}


def label_of(table: str) -> str:
    return next((m._meta.label for m in apps.get_models() if m._meta.db_table == table), table)


LONG_AFTER = NOW + timedelta(days=366 * 20)
__all__ = ["LONG_AFTER", "WORD", "every_cell", "fill", "holding", "keys_of", "label_of"]
