"""A sheet from the chosen file to the last row: chosen, looked at, brought in piece by piece."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.accounts.models import Agency
from alongside.audit.actions import record
from alongside.audit.writing import insert_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import Refusal, Refused, ensure
from alongside.exchange import queries
from alongside.exchange.actions.blank import blank
from alongside.exchange.actions.making import Context, Outcome, SourceRow, bring_in_row
from alongside.exchange.actions.memory import Made, Memory
from alongside.exchange.codes import BatchStatus, RowStatus, SheetKind
from alongside.exchange.models import ColumnMapping, ImportBatch, ImportFile, ImportRow
from alongside.exchange.rules import batches as rules
from alongside.exchange.rules.columns import fingerprint_of_header, missing, propose, sound
from alongside.exchange.rules.layout import Layout, evidence_of, layout_of, mended
from alongside.exchange.rules.problems import as_json
from alongside.exchange.rules.sheets import Sheet, read_sheet

SAMPLE = 100
STEP = 500
ROW_FIELDS = ["status", "why", "who_key", "supporter_key", "problems", "corrected", "chosen"]
ROW_FIELDS += ["settled_at", "settled_by"]


@dataclass(frozen=True)
class Step:
    """How far a batch is: rows read, of how many, and whether it is through."""

    read: int
    rows: int
    done: bool


def choose_file(
    data: bytes, filename: str, kind: SheetKind, *, by: Actor, at: datetime
) -> ImportBatch:
    """Keep a file and its rows as they are, and propose the columns. Nothing is brought in yet.
    Raises ``Refused`` with one sentence where the file cannot be read."""
    ensure(rules.why_not_import(by))
    return _keep(data, read_sheet(data, filename, kind), filename, kind, by=by, at=at)


@transaction.atomic
def _keep(
    data: bytes, sheet: Sheet, filename: str, kind: SheetKind, *, by: Actor, at: datetime
) -> ImportBatch:
    header_key = fingerprint_of_header(sheet.header)
    cells = [row.cells for row in sheet.rows]
    kept = queries.kept_columns(by, kind=kind, header_key=header_key)
    columns = dict(kept) if kept else propose(kind, sheet.header, cells[:SAMPLE])
    batch = ImportBatch(
        agency_id=by.agency_id,
        kind=kind.value,
        filename=filename.replace("\\", "/").rsplit("/", 1)[-1][-200:] or kind.value,
        encoding=sheet.encoding,
        separator=sheet.separator,
        sheet_name=sheet.sheet_name[:60],
        header_row=sheet.header_row,
        header=list(sheet.header),
        left_out=[[row.number, list(row.cells)] for row in sheet.left_out],
        day=local_date(at, by.time_zone),
        row_count=len(sheet.rows),
        chosen_at=at,
        chosen_by_id=user_id_of(by),
    )
    layout = _settle_columns(batch, columns, cells)
    batch.save()
    digest = hashlib.sha256(data).hexdigest()
    ImportFile.objects.create(agency_id=by.agency_id, batch=batch, content=data, sha256=digest)
    rows = (
        blank(
            ImportRow,
            agency_id=by.agency_id,
            batch_id=batch.pk,
            number=row.number,
            cells=list(row.cells),
            fingerprint=rules.fingerprint(kind, row.cells, layout),
        )
        for row in sheet.rows
    )
    insert_many(rows)
    record(by=by, at=at, verb="sheet.chosen", target=f"ImportBatch/{batch.pk}")
    return batch


def user_id_of(by: Actor) -> UUID | None:
    """The command line acts for the agency without anyone signed in."""
    return by.id if by.id.int else None


def _settle_columns(
    batch: ImportBatch, columns: Mapping[str, int], cells: Sequence[Sequence[str]]
) -> Layout:
    width = max([len(batch.header), *(len(row) for row in cells)])
    batch.columns = sound(SheetKind(batch.kind), columns, width)
    layout = layout_of(
        SheetKind(batch.kind), batch.columns, cells, today=batch.day, header=batch.header
    )
    batch.evidence = evidence_of(layout)
    return layout


@transaction.atomic
def set_columns(
    batch_id: UUID, columns: Mapping[str, int], *, keep: bool, by: Actor, at: datetime
) -> ImportBatch:
    """Say which column is what, before anything is brought in; ``keep`` it for such sheets."""
    batch = take_batch(batch_id, by)
    ensure(rules.why_not_set_columns(BatchStatus(batch.status)))
    rows = list(queries.rows_of(batch).only("id", "agency_id", "cells", "fingerprint", "batch_id"))
    layout = _settle_columns(batch, columns, [row.cells for row in rows])
    batch.save(update_fields=["columns", "evidence"])
    for row in rows:
        row.fingerprint = rules.fingerprint(SheetKind(batch.kind), row.cells, layout)
    ImportRow.objects.bulk_update(rows, ["fingerprint"], batch_size=500)
    if keep:
        ColumnMapping.objects.update_or_create(
            agency_id=by.agency_id,
            kind=batch.kind,
            header_key=fingerprint_of_header(batch.header),
            defaults={"columns": batch.columns, "kept_at": at, "kept_by_id": user_id_of(by)},
        )
    detail = {"kept": keep}
    record(by=by, at=at, verb="sheet.columns-set", target=f"ImportBatch/{batch.pk}", detail=detail)
    return batch


def take_batch(batch_id: UUID, by: Actor) -> ImportBatch:
    """The batch, held until the end of the transaction; one sheet at a time in an agency."""
    ensure(rules.why_not_import(by))
    Agency.objects.select_for_update(no_key=True).get(pk=by.agency_id)
    return queries.batches_visible_to(by).select_for_update(no_key=True).get(pk=batch_id)


def move_batch(
    batch: ImportBatch, to: BatchStatus, *, by: Actor, at: datetime, **fields: datetime | None
) -> None:
    """One step of a batch's life with the days that go with it, claimed by condition, recorded."""
    ensure(rules.why_not_move_batch(BatchStatus(batch.status), to))
    won = ImportBatch.objects.filter(pk=batch.pk, status=batch.status).update(
        status=to.value, **fields
    )
    ensure(None if won else rules.why_not_move_batch(to, to))
    batch.status = to.value
    verb = f"sheet.{to.value.replace('_', '-')}"
    record(by=by, at=at, verb=verb, target=f"ImportBatch/{batch.pk}")


@transaction.atomic
def begin_batch(batch_id: UUID, *, by: Actor, at: datetime) -> ImportBatch:
    """From now on ``import_step`` brings rows in. Also goes on with one that was stopped."""
    batch = take_batch(batch_id, by)
    lacking = missing(SheetKind(batch.kind), batch.columns)
    if lacking is not None:
        raise Refused(Refusal("no-column", lacking.text, lacking.facts))
    move_batch(batch, BatchStatus.RUNNING, by=by, at=at)
    return batch


@transaction.atomic
def stop_batch(batch_id: UUID, *, by: Actor, at: datetime) -> ImportBatch:
    batch = take_batch(batch_id, by)
    move_batch(batch, BatchStatus.STOPPED, by=by, at=at)
    return batch


@transaction.atomic
def put_away(batch_id: UUID, *, by: Actor, at: datetime) -> ImportBatch:
    """A chosen file that was not to come in after all. It is kept and can be taken out again."""
    batch = take_batch(batch_id, by)
    move_batch(batch, BatchStatus.PUT_AWAY, by=by, at=at)
    return batch


@transaction.atomic
def take_out(batch_id: UUID, *, by: Actor, at: datetime) -> ImportBatch:
    """Take back that a file was put away."""
    batch = take_batch(batch_id, by)
    move_batch(batch, BatchStatus.CHOSEN, by=by, at=at)
    return batch


@transaction.atomic
def import_step(
    batch_id: UUID,
    *,
    by: Actor,
    at: datetime,
    limit: int = STEP,
    memory: Memory | None = None,
) -> Step:
    """Bring in the next rows, all of them or none. Can be stopped and gone on with at any row."""
    batch = take_batch(batch_id, by)
    if batch.status == BatchStatus.RUNNING:
        waiting = queries.rows_of(batch).filter(status=RowStatus.WAITING)
        rows = list(waiting[: limit + 1])
        bring_in(batch, rows[:limit], memory or Memory(by.agency_id), by=by, at=at)
        if len(rows) <= limit:
            move_batch(batch, BatchStatus.DONE, by=by, at=at, done_at=at)
    left = queries.rows_of(batch).filter(status=RowStatus.WAITING).count()
    return Step(batch.row_count - left, batch.row_count, batch.status == BatchStatus.DONE)


def bring_in(
    batch: ImportBatch, rows: Sequence[ImportRow], memory: Memory, *, by: Actor, at: datetime
) -> None:
    """Read rows and write what they become. Called inside the transaction of an action."""
    there = set(queries.rows_there(by.agency_id, {row.fingerprint for row in rows}))
    made = Made(by, at, batch.pk)
    layout = queries.layout_of_batch(batch)
    sources = [source_of(row, layout) for row in rows]
    before = Counter(problem["kind"] for row in rows for problem in row.problems)
    context = Context(memory, made, by.time_zone)
    if batch.kind == SheetKind.CONTACTS:
        memory.look_up_contacts_of(source.contact.row for source in sources)
    for row, source in zip(rows, sources, strict=True):
        if row.status == RowStatus.WAITING and row.fingerprint in there:
            row.status = RowStatus.ALREADY_THERE.value
            continue
        there.add(row.fingerprint)
        _note(row, bring_in_row(source, context), made)
    made.write()
    _write_rows(rows)
    counts = Counter(batch.problem_counts)
    counts.update(made.problems)
    counts.subtract(before)
    counts = +counts
    ImportBatch.objects.filter(pk=batch.pk).update(problem_counts=dict(counts))
    batch.problem_counts = dict(counts)


def source_of(row: ImportRow, layout: Layout) -> SourceRow:
    if not row.corrected:
        return SourceRow(row.pk, row.cells, layout, row.chosen)
    cells, own_layout = mended(row.cells, layout, row.corrected)
    return SourceRow(row.pk, cells, own_layout, row.chosen)


def _note(row: ImportRow, outcome: Outcome, made: Made) -> None:
    row.status = (RowStatus.TO_SORT_OUT if outcome.sort_out else RowStatus.IMPORTED).value
    row.why = outcome.sort_out.kind.value if outcome.sort_out else ""
    if outcome.sort_out:
        row.who_key = outcome.who_key[:200]
        row.supporter_key = outcome.supporter_key[:200]
    row.problems = [as_json(problem) for problem in outcome.problems]
    made.problems.update(problem.kind.value for problem in outcome.problems)


def _write_rows(rows: Sequence[ImportRow]) -> None:
    """Rows about which there is nothing to say get their status, the others all that is said."""
    plain: dict[str, list[UUID]] = {}
    told = []
    for row in rows:
        if row.problems or row.settled_at:
            told.append(row)
        else:
            plain.setdefault(row.status, []).append(row.pk)
    for status, ids in plain.items():
        ImportRow.objects.filter(pk__in=ids).update(status=status)
    # One upsert is several times faster than an update with a case for every row and field.
    ImportRow.objects.bulk_create(
        told, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=ROW_FIELDS
    )
