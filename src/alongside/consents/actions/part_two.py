"""To which programs Part 2 applies. To each, until a privacy officer says why it does not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.consents import queries
from alongside.consents.models import PartTwoSwitch
from alongside.consents.rules.disclosures import why_not_switch
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure


@transaction.atomic
def switch_part_two(
    contract_id: UUID | None, *, applies: bool, reason: str, seen: int, by: Actor, at: datetime
) -> PartTwoSwitch:
    """Say from now on whether Part 2 applies to a program; without one to the whole agency, which
    can only be switched on again. ``seen`` is the newest number on the screen: of two who decide at
    one moment the second looks again."""
    ensure(why_not_switch(reason, off_for_all=contract_id is None and not applies, by=by))
    newest = queries.part_two(by).first()
    number = newest.number if newest else 0
    one = queries.program(by, contract_id=contract_id) if contract_id else None
    now = one.applies if one else queries.part_two_of_all(by)
    if number != seen or now == applies:
        raise Refused(STALE)
    row = PartTwoSwitch.objects.create(
        agency_id=by.agency_id,
        contract_id=contract_id,
        given_for=one.whom if one else {},
        number=number + 1,
        applies=applies,
        reason=reason.strip(),
        set_at=at,
        set_by_id=by.id,
    )
    verb = "part-two.switched-on" if applies else "part-two.switched-off"
    detail = {"contract": str(contract_id)} if contract_id else {}
    record(by=by, at=at, verb=verb, target=f"PartTwoSwitch/{row.pk}", detail=detail)
    return row
