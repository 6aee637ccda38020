"""Working off the rows that wait for a person: correct, choose, leave out, try again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal, Refused, ensure
from alongside.exchange import queries
from alongside.exchange.actions.batches import bring_in, take_batch, user_id_of
from alongside.exchange.actions.memory import Memory
from alongside.exchange.actions.undo import MADE_OF
from alongside.exchange.codes import FIELDS_OF, ContactField, RowStatus, SheetKind
from alongside.exchange.models import ImportBatch, ImportRow
from alongside.exchange.rules import batches as rules
from alongside.exchange.rules.names import read_name
from alongside.exchange.rules.words import is_unknown
from alongside.people.models import Participant
from alongside.tenancy.hidden import free_id
from alongside.workforce.models import Supporter

LONGEST_CELL = 5_000
LONGEST_REASON = 200


@dataclass(frozen=True)
class Answer:
    """What a person says about a row. ``again``: bring it in though it looks as if it were there.
    ``for_name`` and ``for_supporter``: the choice holds for every waiting row so written."""

    corrected: Mapping[str, str]
    participant_id: UUID | None = None
    supporter_id: UUID | None = None
    again: bool = False
    for_name: bool = False
    for_supporter: bool = False


@transaction.atomic
def settle_row(row_id: UUID, answer: Answer, *, by: Actor, at: datetime) -> int:
    """Bring a waiting row in as a person mended it. How many other rows came in with the answer.
    Raises ``Refused`` with what is still open."""
    row, batch = _take(row_id, by)
    ensure(rules.why_not_move_row(RowStatus(row.status), RowStatus.IMPORTED))
    ensure(rules.why_not_under_its_id(taken=bool(_taken(batch, [row]))))
    memory = Memory(by.agency_id)
    _answer(row, answer, by=by, at=at)
    bring_in(batch, [row], memory, by=by, at=at)
    if row.status != RowStatus.IMPORTED:
        left = row.problems[-1]
        for problem in row.problems:
            left = problem if problem["kind"] == row.why else left
        raise Refused(Refusal("still-open", left["text"], left.get("facts", {})))
    record(by=by, at=at, verb="import-row.settled", target=f"ImportRow/{row.pk}")
    return _answer_others(row, answer, memory, by=by, at=at)


def _answer(row: ImportRow, answer: Answer, *, by: Actor, at: datetime) -> None:
    known = {field.value for field in FIELDS_OF[SheetKind(row.batch.kind)]}
    corrected = {
        field: cell.strip()[:LONGEST_CELL]
        for field, cell in answer.corrected.items()
        if field in known
    }
    row.corrected = {**row.corrected, **corrected}
    row.settled_at, row.settled_by_id = at, user_id_of(by)
    if answer.again:
        row.chosen = {**row.chosen, "again": True}
    if answer.participant_id is not None:
        _choose_participant(row, answer.participant_id, by=by)
    if answer.supporter_id is not None:
        _choose_supporter(row, answer.supporter_id, by=by)


def _choose_participant(row: ImportRow, participant_id: UUID, *, by: Actor) -> None:
    person = Participant.objects.get(
        pk=participant_id, agency_id=by.agency_id, voided_at=None, same_as=None
    )
    row.chosen = {**row.chosen, "participant": str(person.pk)}
    if read_name(_cell(row, ContactField.NAME)) is None:
        row.corrected = {**row.corrected, ContactField.NAME.value: person.name}


def _choose_supporter(row: ImportRow, supporter_id: UUID, *, by: Actor) -> None:
    supporter = Supporter.objects.get(pk=supporter_id, agency_id=by.agency_id, voided_at=None)
    row.chosen = {**row.chosen, "supporter": str(supporter.pk)}
    if is_unknown(_cell(row, ContactField.SUPPORTER)):
        row.corrected = {**row.corrected, ContactField.SUPPORTER.value: supporter.name}


def _cell(row: ImportRow, field: ContactField) -> str:
    if field.value in row.corrected:
        return str(row.corrected[field.value])
    return queries.layout_of_batch(row.batch).cell(row.cells, field)


def _answer_others(
    row: ImportRow, answer: Answer, memory: Memory, *, by: Actor, at: datetime
) -> int:
    others: dict[UUID, ImportRow] = {}
    if answer.for_name and answer.participant_id is not None:
        for other in queries.same_name(by, row):
            _choose_participant(other, answer.participant_id, by=by)
            others[other.pk] = other
    if answer.for_supporter and answer.supporter_id is not None:
        for found in queries.same_supporter(by, row):
            other = others.setdefault(found.pk, found)
            _choose_supporter(other, answer.supporter_id, by=by)
    return _try(list(others.values()), memory, by=by, at=at)


def _try(rows: Sequence[ImportRow], memory: Memory, *, by: Actor, at: datetime) -> int:
    """Bring in what can come in now; the rest goes on waiting. How many came in."""
    by_batch: dict[UUID, list[ImportRow]] = {}
    for row in rows:
        row.settled_at, row.settled_by_id = at, user_id_of(by)
        by_batch.setdefault(row.batch_id, []).append(row)
    for some in by_batch.values():
        taken = _taken(some[0].batch, some)
        free = [row for row in some if row.pk not in taken]
        bring_in(some[0].batch, free, memory, by=by, at=at)
    settled = [row for row in rows if row.status == RowStatus.IMPORTED]
    events = [Event("import-row.settled", f"ImportRow/{row.pk}") for row in settled]
    if events:
        record_many(events, by=by, at=at)
    return len(settled)


def _taken(batch: ImportBatch, rows: Sequence[ImportRow]) -> set[UUID]:
    """Rows whose id has something else by now: a waiting row shows its own, and a form may send it
    as that of what it makes. Unseen ones too, once the database has told of them."""
    taken: set[UUID] = set()
    for model in MADE_OF[SheetKind(batch.kind)]:
        ids = [row.pk for row in rows]
        taken |= set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
        taken |= {pk for pk in ids if free_id(model, pk) != pk}
    return taken


@transaction.atomic
def try_again(*, batch_id: UUID | None = None, by: Actor, at: datetime) -> int:
    """Look at waiting rows again: what they lacked may be in the record by now."""
    ensure(rules.why_not_import(by))
    rows = list(_held(queries.to_sort_out(by, batch_id=batch_id)))
    return _try(rows, Memory(by.agency_id), by=by, at=at)


@transaction.atomic
def accept_offers(*, batch_id: UUID, why: str, by: Actor, at: datetime) -> int:
    """A person says yes to what was offered for every waiting row with this reason."""
    batch = take_batch(batch_id, by)
    rows = []
    for row in queries.to_sort_out(by, batch_id=batch.pk, why=why):
        offer = next((p["mend"] for p in row.problems if p["kind"] == why and "mend" in p), None)
        if offer:
            row.corrected = {**row.corrected, **offer}
            rows.append(row)
    return _try(rows, Memory(by.agency_id), by=by, at=at)


@transaction.atomic
def skip_row(row_id: UUID, *, reason: str, by: Actor, at: datetime) -> ImportRow:
    """Leave a row out, and say why. It stays readable and can be taken up again."""
    row, _batch = _take(row_id, by)
    ensure(rules.why_not_skip(RowStatus(row.status), reason=reason))
    return _move(row, RowStatus.SKIPPED, by=by, at=at, skip_reason=reason.strip()[:LONGEST_REASON])


@transaction.atomic
def take_up_row(row_id: UUID, *, by: Actor, at: datetime) -> ImportRow:
    """Take back that a row was left out."""
    row, _batch = _take(row_id, by)
    ensure(rules.why_not_move_row(RowStatus(row.status), RowStatus.TO_SORT_OUT))
    return _move(row, RowStatus.TO_SORT_OUT, by=by, at=at, skip_reason="")


def _move(row: ImportRow, to: RowStatus, *, by: Actor, at: datetime, skip_reason: str) -> ImportRow:
    ImportRow.objects.filter(pk=row.pk).update(
        status=to.value, skip_reason=skip_reason, settled_at=at, settled_by_id=user_id_of(by)
    )
    verb = "import-row.skipped" if to is RowStatus.SKIPPED else "import-row.taken-up"
    record(by=by, at=at, verb=verb, target=f"ImportRow/{row.pk}")
    row.refresh_from_db()
    return row


def _take(row_id: UUID, by: Actor) -> tuple[ImportRow, ImportBatch]:
    found = queries.rows_visible_to(by).values("batch_id").get(pk=row_id)
    batch = take_batch(found["batch_id"], by)
    row = queries.rows_visible_to(by).get(pk=row_id)
    row.batch = batch
    return row, batch


def _held(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    return rows.select_for_update(no_key=True, of=("self",))
