"""Help now: whom to call, and what one wrote for such an hour. Theirs, with no word of ours."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.accounts.codes import Permission
from alongside.accounts.queries import agency_of, help_lines_for_all
from alongside.accounts.rules import number_to_dial
from alongside.core.leaving import Leaving, leaves
from alongside.people.queries import own_record
from alongside.plans.queries.worksheets import worksheets_of
from alongside.portal.access import PortalRequest, requires

AT_HAND = {"crisis-plan": "crisis_plan", "wellness-toolbox": "toolbox"}


def at_hand(request: PortalRequest, participant_id: UUID) -> dict[str, Any]:
    """What helps in a hard hour: my own crisis plan and toolbox. One query."""
    rows = worksheets_of(request.actor, participant_id=participant_id)
    return {AT_HAND[row.tool]: row for row in reversed(rows) if row.tool in AT_HAND}


@require_GET
@requires(Permission.OWN_READ)
@leaves(Leaving.OWN_COPY)
def help_now(request: PortalRequest) -> HttpResponse:
    me = own_record(request.actor)
    agency = agency_of(request.actor)
    page = {
        "nav": "more",
        "person": me,
        "agency": agency,
        "dial": number_to_dial(agency.phone),
        "lines": [
            (line, number_to_dial(line.number)) for line in help_lines_for_all(request.actor)
        ],
        **at_hand(request, me.pk),
    }
    return render(request, "portal/mine/help/now.html", page)
