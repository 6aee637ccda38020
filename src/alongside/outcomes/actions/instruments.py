"""What an agency loads and decides: instruments in versions, and how often they are offered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.accounts.queries import contracts_visible_to
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.outcomes.models import CheckInRhythm, Instrument, InstrumentVersion
from alongside.outcomes.queries import instruments as queries
from alongside.outcomes.queries.rhythm import rhythms
from alongside.outcomes.rules import checkins as rules
from alongside.outcomes.rules.rhythm import why_not_rhythm
from alongside.practice.instruments.fhir import read
from alongside.tenancy.hidden import free_id


@transaction.atomic
def load_instrument(
    text: str,
    *,
    may_use: str,
    instrument_id: UUID,
    number: int = 0,
    by: Actor,
    at: datetime,
) -> Instrument:
    """Put a Questionnaire in use: a new instrument, or the next wording of one. What was filled in
    keeps its wording. ``number`` is the version that the page knew (0: a new one).

    Raises ``BrokenInstrument`` for a text that is none.
    """
    ensure(rules.why_not_manage(by))
    ensure(rules.why_not_load(may_use))
    read(text)
    there = queries.agency_instruments(by).filter(pk=instrument_id).first()
    if there is None:
        pk = free_id(Instrument, instrument_id)
        there = Instrument.objects.create(pk=pk, agency_id=by.agency_id, begun_at=at)
        verb, next_number = "instrument.loaded", 1
    else:
        newest = queries.version_of(by, key=str(there.pk))
        if (newest.text, newest.may_use) == (text, may_use.strip()):
            return there
        verb, next_number = "instrument.changed", there.number + 1
        won = Instrument.objects.filter(pk=there.pk, number=number).update(number=next_number)
        if not won:
            raise Refused(STALE)
    _add_version(there, next_number, text, may_use.strip(), by=by, at=at)
    record(by=by, at=at, verb=verb, target=f"Instrument/{there.pk}")
    there.refresh_from_db()
    return there


def _add_version(
    there: Instrument, number: int, text: str, may_use: str, *, by: Actor, at: datetime
) -> None:
    InstrumentVersion.objects.create(
        agency_id=by.agency_id,
        instrument=there,
        number=number,
        text=text,
        may_use=may_use,
        at=at,
        by_id=by.id,
    )


@transaction.atomic
def withdraw_instrument(instrument_id: UUID, *, by: Actor, at: datetime) -> None:
    """Nobody begins a new one. What was filled in stays."""
    _move(instrument_id, withdrawn=True, by=by, at=at)


@transaction.atomic
def restore_instrument(instrument_id: UUID, *, by: Actor, at: datetime) -> None:
    _move(instrument_id, withdrawn=False, by=by, at=at)


def _move(instrument_id: UUID, *, withdrawn: bool, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_manage(by))
    found = queries.agency_instruments(by).get(pk=instrument_id)
    won = Instrument.objects.filter(pk=found.pk, withdrawn_at__isnull=withdrawn).update(
        withdrawn_at=at if withdrawn else None
    )
    if won:
        verb = "instrument.withdrawn" if withdrawn else "instrument.restored"
        record(by=by, at=at, verb=verb, target=f"Instrument/{instrument_id}")


@dataclass(frozen=True)
class Rhythm:
    """From ``starts_on``: ``instrument`` every so many days, or not at all; for one contract, or
    for everybody."""

    instrument: str
    every_days: int | None
    starts_on: date
    contract_id: UUID | None = None


@transaction.atomic
def set_rhythm(rhythm: Rhythm, *, rhythm_id: UUID, by: Actor, at: datetime) -> CheckInRhythm:
    """A new row; the ones before stay as they were."""
    ensure(rules.why_not_manage(by))
    ensure(why_not_rhythm(rhythm.every_days))
    if there := rhythms(by).filter(pk=rhythm_id).first():
        return there
    instrument = queries.instrument_of(by, key=rhythm.instrument)
    contract = rhythm.contract_id and contracts_visible_to(by).get(pk=rhythm.contract_id)
    row = CheckInRhythm.objects.create(
        pk=free_id(CheckInRhythm, rhythm_id),
        agency_id=by.agency_id,
        contract=contract or None,
        instrument=instrument.key,
        every_days=rhythm.every_days,
        starts_on=rhythm.starts_on,
        set_at=at,
        set_by_id=by.id,
    )
    record(by=by, at=at, verb="check-in-rhythm.set", target=f"CheckInRhythm/{row.pk}")
    return row


@transaction.atomic
def take_rhythm_back(rhythm_id: UUID, *, by: Actor, at: datetime) -> None:
    """It was a mistake: what held before holds again."""
    ensure(rules.why_not_manage(by))
    row = rhythms(by).get(pk=rhythm_id)
    if CheckInRhythm.objects.filter(pk=row.pk, taken_back_at=None).update(taken_back_at=at):
        record(by=by, at=at, verb="check-in-rhythm.taken-back", target=f"CheckInRhythm/{row.pk}")


@transaction.atomic
def put_rhythm_back(rhythm_id: UUID, *, by: Actor, at: datetime) -> None:
    ensure(rules.why_not_manage(by))
    row = rhythms(by).get(pk=rhythm_id)
    rows = CheckInRhythm.objects.filter(pk=row.pk, taken_back_at__isnull=False)
    if rows.update(taken_back_at=None):
        record(by=by, at=at, verb="check-in-rhythm.put-back", target=f"CheckInRhythm/{row.pk}")
