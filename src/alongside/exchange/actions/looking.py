"""What would become of rows, without bringing anything in: for the preview and for mending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.core.actor import Actor
from alongside.core.refusal import ensure
from alongside.exchange import queries
from alongside.exchange.actions.batches import source_of
from alongside.exchange.actions.making import Context, bring_in_row
from alongside.exchange.actions.memory import Made, Memory
from alongside.exchange.codes import RowStatus, SheetKind
from alongside.exchange.models import ImportBatch, ImportRow
from alongside.exchange.rules.batches import why_not_import
from alongside.exchange.rules.names import read_name
from alongside.exchange.rules.problems import Problem
from alongside.exchange.rules.who import who_was_it


@dataclass(frozen=True)
class Looked:
    """One row as it would come out. ``same_person`` says whom the new person looks like."""

    row: ImportRow
    status: RowStatus
    problems: tuple[Problem, ...] = ()
    sort_out: Problem | None = None
    same_person: tuple[str, ...] = ()


def look_at(
    batch: ImportBatch, rows: Sequence[ImportRow], *, by: Actor, at: datetime
) -> list[Looked]:
    """Every row read as ``import_step`` would, and nothing written."""
    ensure(why_not_import(by))
    there = set(queries.rows_there(by.agency_id, {row.fingerprint for row in rows}))
    memory = Memory(by.agency_id)
    layout = queries.layout_of_batch(batch)
    sources = [source_of(row, layout) for row in rows]
    if batch.kind == SheetKind.CONTACTS:
        memory.look_up_contacts_of(source.contact.row for source in sources)
    looked = []
    for row, source in zip(rows, sources, strict=True):
        if row.status == RowStatus.WAITING and row.fingerprint in there:
            looked.append(Looked(row, RowStatus.ALREADY_THERE))
            continue
        there.add(row.fingerprint)
        made = Made(by, at, batch.pk)
        outcome = bring_in_row(source, Context(memory, made, by.time_zone))
        status = RowStatus.TO_SORT_OUT if outcome.sort_out else RowStatus.IMPORTED
        looked.append(
            Looked(row, status, outcome.problems, outcome.sort_out, made.same_person_reasons())
        )
    return looked


def look_at_one(
    row: ImportRow,
    *,
    corrected: Mapping[str, str],
    chosen: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Looked:
    """A waiting row as it would come out with these corrections."""
    row.corrected = {**row.corrected, **corrected}
    row.chosen = {**row.chosen, **chosen}
    return look_at(row.batch, [row], by=by, at=at)[0]


def people_meant(written: str, *, by: Actor) -> tuple[UUID, ...]:
    """Participants whom a written name may mean, likeliest first."""
    ensure(why_not_import(by))
    name = read_name(written)
    if name is None:
        return ()
    found = who_was_it(name, Memory(by.agency_id).people)
    return (found.id,) if found.id else found.candidates
