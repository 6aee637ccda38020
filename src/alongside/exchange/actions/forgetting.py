"""What sheets still say of someone whose record is disposed of.

A row of a sheet stays in the count, without its cells. The file as it was chosen holds many people,
byte for byte: its bytes go with the first of them, since every other row is kept word for word.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from alongside.core.actor import Actor
from alongside.exchange.codes import RowStatus
from alongside.exchange.models import ImportFile, ImportRow
from alongside.exchange.rules.words import plain
from alongside.people.models import Participant
from alongside.people.rules import name_key

AT_ONCE = 500
UNSETTLED = (RowStatus.WAITING, RowStatus.TO_SORT_OUT)
LET_GO = "let go with a record"


def forget_rows(by: Actor, *, made: Collection[UUID], people: Collection[UUID]) -> dict[str, int]:
    """``made``: ids of all that is disposed of, which the rows share that became it; ``people``:
    those whose record it is. Called inside the transaction, before the people are gone."""
    found = _rows(by, made, people)
    for row in found:
        row.cells = ["" for _cell in row.cells]
        row.fingerprint = f"gone {row.pk}"
        row.who_key, row.problems, row.corrected, row.chosen = "", [], {}, {}
        if row.status in UNSETTLED:
            row.status, row.skip_reason = RowStatus.SKIPPED.value, LET_GO
        row.save(update_fields=FORGOTTEN)
    files = ImportFile.objects.filter(batch__in={row.batch_id for row in found}).exclude(
        content=b""
    )
    emptied = files.update(content=b"")
    return {"exchange.ImportRow": len(found), "exchange.ImportFile": emptied}


FORGOTTEN = [
    "cells",
    "fingerprint",
    "who_key",
    "problems",
    "corrected",
    "chosen",
    "status",
    "skip_reason",
]


def _rows(by: Actor, made: Collection[UUID], people: Collection[UUID]) -> list[ImportRow]:
    """Rows that became something of theirs, that a person said were about them, that say the same
    again, or that name them where nobody else in the agency has that name."""
    mine, ids = ImportRow.objects.filter(agency_id=by.agency_id), list(made)
    said = Q(chosen__participant__in=[str(pk) for pk in people])
    found = {row.pk: row for row in mine.filter(said | Q(who_key__in=_own_names(by, people)))}
    for at in range(0, len(ids), AT_ONCE):
        found |= {row.pk: row for row in mine.filter(pk__in=ids[at : at + AT_ONCE])}
    prints = list({row.fingerprint for row in found.values()})
    for at in range(0, len(prints), AT_ONCE):
        again = mine.filter(fingerprint__in=prints[at : at + AT_ONCE])
        found |= {row.pk: row for row in again}
    return list(found.values())


def _own_names(by: Actor, people: Collection[UUID]) -> set[str]:
    """The names as sheets are searched by, without those that somebody else has, too."""
    everyone = Participant.objects.filter(agency_id=by.agency_id)
    names = list(everyone.filter(pk__in=list(people)).values_list("name", flat=True))
    keys = {name_key(name) for name in names}
    others = everyone.filter(name_key__in=keys).exclude(pk__in=list(people))
    shared = set(others.values_list("name_key", flat=True))
    return {plain(name) for name in names if name_key(name) not in shared} - {""}
