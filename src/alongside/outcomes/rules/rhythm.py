"""How often a check-in is offered to someone, and whether it is time. Pure.

The newest rule that began holds, for everybody or for those of one contract; a contract's own rule
goes before the general one. With none the practice's own rule holds for our own check-in. To be due
is an offer, never a duty of the participant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.cadence import DueState
from alongside.practice.instruments import CHECK_IN
from alongside.practice.rules import Rules

SHORTEST, LONGEST = 7, 730


@dataclass(frozen=True)
class RhythmFacts:
    """One row. ``contract_id`` empty: for everybody. ``every_days`` empty: not offered."""

    instrument: str
    contract_id: UUID | None
    every_days: int | None
    starts_on: date
    order: str = ""  # among rows of one day the later one holds


@dataclass(frozen=True)
class Offered:
    """``last_on`` is when it was last finished, ``due_on`` when it is offered again."""

    instrument: str
    every_days: int
    last_on: date | None
    due_on: date
    state: DueState


def in_force(
    rows: Iterable[RhythmFacts], *, contracts: frozenset[UUID], on: date, rules: Rules
) -> dict[str, int]:
    """Which instruments are offered, and every how many days. ``contracts`` could pay for the
    person on that day; where several do, the shortest rhythm holds."""
    newest: dict[tuple[str, UUID | None], RhythmFacts] = {}
    for row in sorted(rows, key=lambda row: (row.starts_on, row.order)):
        if row.starts_on <= on and (row.contract_id is None or row.contract_id in contracts):
            newest[row.instrument, row.contract_id] = row
    found: dict[str, int | None] = {CHECK_IN: rules.check_in_every_days}
    own: dict[str, list[int | None]] = {}
    for (instrument, contract_id), row in newest.items():
        if contract_id is None:
            found[instrument] = row.every_days
        else:
            own.setdefault(instrument, []).append(row.every_days)
    for instrument, days in own.items():
        found[instrument] = min((one for one in days if one), default=None)
    return {instrument: days for instrument, days in found.items() if days}


def offered(
    rhythm: Mapping[str, int],
    *,
    last: Mapping[str, date],
    begun_on: date,
    on: date,
    rules: Rules,
) -> list[Offered]:
    """Each instrument in the rhythm, the one that is longest due first. The first is offered from
    the beginning of support on."""
    found = []
    for instrument, every in rhythm.items():
        before = last.get(instrument)
        due_on = before + timedelta(days=every) if before else begun_on
        found.append(Offered(instrument, every, before, due_on, _state(due_on, on, rules)))
    return sorted(found, key=lambda one: (one.due_on, one.instrument))


def _state(due_on: date, on: date, rules: Rules) -> DueState:
    if due_on <= on:
        return DueState.DUE
    soon = due_on - timedelta(days=rules.check_in_soon_days) <= on
    return DueState.SOON if soon else DueState.SETTLED


def why_not_rhythm(every_days: int | None) -> Refusal | None:
    if every_days is None or SHORTEST <= every_days <= LONGEST:
        return None
    return Refusal(
        "out-of-reach",
        _("Choose from {least} to {most} days, so that it stays an offer."),
        {"least": SHORTEST, "most": LONGEST},
        field="every_days",
    )
