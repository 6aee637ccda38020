"""``alongside import``: a sheet from the command line, told in one sentence or as JSON."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click

from alongside import tenancy
from alongside.accounts.codes import Permission
from alongside.accounts.models import Agency
from alongside.accounts.queries import every_agency
from alongside.core.actor import Actor
from alongside.core.refusal import Refused
from alongside.exchange import actions, queries
from alongside.exchange.codes import RowStatus, SheetKind
from alongside.exchange.models import ImportBatch
from alongside.exchange.rules.sheets import MOST_BYTES, TOO_BIG

NOBODY = UUID(int=0)
ROWS_PER_STEP = 1000


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in SheetKind]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what became of the rows as JSON.")
@click.option("--agency", "agency_name", help="Name of the agency, where there are several.")
def import_command(kind: str, file: Path, as_json: bool, agency_name: str | None) -> None:
    """Bring in a sheet of staff, referrals or contacts. The good rows go in; the rest waits, on the
    page "To sort out", for a person. The same file a second time adds nothing."""
    try:
        by = _actor(agency_name)
        with tenancy.working_for(by.agency_id):
            told = _bring_in(_bytes_of(file), file.name, SheetKind(kind), by=by)
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(2)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _in_words(told))


def _bytes_of(file: Path) -> bytes:
    try:
        if file.is_file() and file.stat().st_size > MOST_BYTES:
            raise Refused(TOO_BIG)
        return file.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be read ({error.strerror}).") from error


def _actor(agency_name: str | None) -> Actor:
    """The agency itself acts: nobody is signed in at a command line."""
    agencies = every_agency()
    if agency_name:
        agencies = [agency for agency in agencies if agency.name == agency_name]
        if not agencies:
            raise click.BadParameter(f"There is no agency “{agency_name}”.")
    if not agencies:
        agencies = [_first()]
    if len(agencies) > 1:
        names = ", ".join(f"“{agency.name}”" for agency in agencies)
        raise click.BadParameter(f"There are several agencies: {names}. Choose one with --agency.")
    return Actor(
        id=NOBODY,
        agency_id=agencies[0].pk,
        permissions=frozenset({Permission.IMPORT_MANAGE}),
        time_zone=agencies[0].time_zone,
    )


def _first() -> Agency:
    agency = Agency(name="Our agency")
    with tenancy.working_for(agency.pk):
        agency.save(force_insert=True)
    return agency


def _bring_in(data: bytes, filename: str, kind: SheetKind, *, by: Actor) -> dict[str, object]:
    batch = actions.choose_file(data, filename, kind, by=by, at=_now())
    try:
        actions.begin_batch(batch.pk, by=by, at=_now())
    except Refused:
        actions.put_away(batch.pk, by=by, at=_now())
        raise
    memory = actions.Memory(by.agency_id)
    with click.progressbar(length=batch.row_count, label=filename, file=sys.stderr) as bar:
        shown, step = 0, None
        while step is None or not step.done:
            step = actions.import_step(
                batch.pk, by=by, at=_now(), limit=ROWS_PER_STEP, memory=memory
            )
            bar.update(step.read - shown)
            shown = step.read
    return summary(batch.pk, by=by)


def summary(batch_id: UUID, *, by: Actor) -> dict[str, object]:
    """What became of every row of a batch: ``rows`` is the sum of the three that follow."""
    batch: ImportBatch = queries.batches_visible_to(by).get(pk=batch_id)
    counts = queries.row_counts(by, [batch.pk])[batch.pk]
    return {
        "rows": batch.row_count,
        "imported": counts[RowStatus.IMPORTED],
        "to_sort_out": counts[RowStatus.TO_SORT_OUT],
        "already_there": counts[RowStatus.ALREADY_THERE],
        "looks_like_same_person": queries.open_proposals(by, batch_id=batch.pk).count(),
        "problems": dict(sorted(batch.problem_counts.items())),
    }


def _in_words(told: dict[str, object]) -> str:
    lines = [
        f"{told['rows']} rows: {told['imported']} imported, {told['to_sort_out']} to sort out, "
        f"{told['already_there']} already there."
    ]
    if told["looks_like_same_person"]:
        lines.append(f"{told['looks_like_same_person']} look like people who are there already.")
    problems = told["problems"]
    if isinstance(problems, dict):
        lines += [f"  {n:>6}  {kind.replace('_', ' ')}" for kind, n in problems.items()]
    return "\n".join(lines)


def _now() -> datetime:
    return datetime.now(UTC)
