"""Taking measures out is an event; reading them changes nothing."""

from datetime import datetime

from django.db import transaction

from alongside.accounts.codes import Permission
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal, ensure
from alongside.core.words import gettext_noop as _
from alongside.reporting.codes import Way
from alongside.reporting.rules.asking import Wanted

NOT_YOURS = Refusal("not-yours", _("Your role does not open the measures."))


@transaction.atomic
def export_measures(wanted: Wanted, way: Way, *, by: Actor, at: datetime) -> None:
    """Write down that measures were taken out, as what, and what was asked for."""
    ensure(None if by.may(Permission.MEASURES_READ) else NOT_YOURS)
    detail = {
        "way": way.value,
        "since": str(wanted.first),
        "until": str(wanted.last),
        "contract": str(wanted.contract_id or ""),
        "pathway": wanted.pathway.value if wanted.pathway else "",
        "county": wanted.county,
    }
    target = f"Agency/{by.agency_id}"
    record(by=by, at=at, verb="measures.exported", target=target, detail=detail)
