"""Which funder pays for what (PSP-10)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.accounts import queries, rules
from alongside.accounts.models import Contract
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.tenancy.hidden import free_id


@dataclass(frozen=True)
class ContractTerms:
    """What a contract says. An empty list means: all of them."""

    funder: str
    name: str
    starts_on: date
    ends_on: date | None = None
    counties: Sequence[str] = ()
    populations: Sequence[str] = ()
    pathways: Sequence[str] = ()
    arrays: Sequence[str] = ()


@transaction.atomic
def add_contract(
    terms: ContractTerms, *, by: Actor, at: datetime, contract_id: UUID | None = None
) -> Contract:
    """A ``contract_id`` made by the form makes five clicks one contract."""
    ensure(rules.why_not_contract(terms.starts_on, terms.ends_on))
    pk = contract_id or new_id()
    there = queries.contracts_visible_to(by).filter(pk=pk).first()
    if there is not None:
        return there
    contract = Contract.objects.create(
        pk=free_id(Contract, pk), agency_id=by.agency_id, **_columns(terms)
    )
    record(by=by, at=at, verb="contract.added", target=f"Contract/{contract.id}")
    return contract


@transaction.atomic
def change_contract(
    contract_id: UUID, terms: ContractTerms, *, by: Actor, at: datetime
) -> Contract:
    ensure(rules.why_not_contract(terms.starts_on, terms.ends_on))
    contract = queries.contracts_visible_to(by).get(pk=contract_id)
    wanted = _columns(terms)
    changed = sorted(key for key, value in wanted.items() if getattr(contract, key) != value)
    if not changed:
        return contract
    before = {key: getattr(contract, key) for key in changed}
    if not Contract.objects.filter(pk=contract_id, **before).update(
        **{key: wanted[key] for key in changed}
    ):
        raise Refused(STALE)
    record(
        by=by,
        at=at,
        verb="contract.changed",
        target=f"Contract/{contract_id}",
        detail={"fields": changed},
    )
    contract.refresh_from_db()
    return contract


@transaction.atomic
def end_contract(contract_id: UUID, *, on: date, by: Actor, at: datetime) -> Contract:
    """``on`` is the last day the contract pays for."""
    contract = queries.contracts_visible_to(by).get(pk=contract_id)
    ensure(rules.why_not_contract(contract.starts_on, on))
    if not Contract.objects.filter(pk=contract_id, ends_on=contract.ends_on).update(ends_on=on):
        raise Refused(STALE)
    record(
        by=by,
        at=at,
        verb="contract.ended",
        target=f"Contract/{contract_id}",
        detail={"on": on.isoformat()},
    )
    contract.refresh_from_db()
    return contract


def _columns(terms: ContractTerms) -> dict[str, object]:
    return {
        key: list(value) if isinstance(value, tuple | list) else value
        for key, value in asdict(terms).items()
    }
