"""What others were told about the participant, for themselves: updates word for word."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from alongside.accounts.codes import Permission
from alongside.consents.queries.disclosures import accounting
from alongside.consents.rules import YEARS
from alongside.core.clock import local_date
from alongside.core.leaving import Leaving, leaves
from alongside.encounters.codes import UpdateStatus
from alongside.encounters.queries.own import asked_about_me
from alongside.encounters.queries.updates import updates_of
from alongside.people.queries import own_record
from alongside.portal import tellings
from alongside.portal.access import PortalRequest, requires

READ = Permission.OWN_READ


def _sent(request: PortalRequest) -> Any:
    """A draft is nobody's but theirs who write it; what went out stays readable for ever."""
    found = updates_of(request.actor, participant_id=own_record(request.actor).pk)
    return found.filter(status=UpdateStatus.SENT).order_by("-sent_at", "-id")


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_told(request: PortalRequest) -> HttpResponse:
    """Each telling: to whom, what, why and on what ground, how, and who told it."""
    actor = request.actor
    on = local_date(timezone.now(), actor.time_zone)
    groups = accounting(actor, participant_id=own_record(actor).pk, years=YEARS[-1], on=on)
    lines = list(tellings.lines(groups, actor.time_zone))
    page = {"nav": "told", "lines": lines, "asked": asked_about_me(actor)}
    return render(request, "portal/mine/record/told.html", page)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_updates(request: PortalRequest) -> HttpResponse:
    """Each update that went to court or county, whatever became of its consent."""
    page = {"nav": "told", "updates": list(_sent(request))}
    return render(request, "portal/mine/record/updates.html", page)


@require_GET
@requires(READ)
@leaves(Leaving.OWN_COPY)
def own_update(request: PortalRequest, update_id: UUID) -> HttpResponse:
    """One update with the notice that went along, word for word as it was read outside."""
    found = _sent(request).get(pk=update_id)
    taken_back = found.recipient.revoked_at or found.recipient.consent.revoked_at
    page = {
        "nav": "told",
        "update": found,
        "text": found.text,
        "taken_back": taken_back,
        "along": found.disclosure.travels() if found.disclosure else None,
    }
    return render(request, "portal/mine/record/update.html", page)
