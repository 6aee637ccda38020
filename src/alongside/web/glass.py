"""Which records this session opened in an emergency. Another session of the same person asks anew
for who one is before it goes on with one."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from alongside.core.actor import Actor
from alongside.people.queries.emergencies import openings_running

KNOWN = "openings"


def remember(request: HttpRequest, opening_id: UUID) -> None:
    known = request.session.get(KNOWN, [])
    request.session[KNOWN] = [*(one for one in known if one != str(opening_id)), str(opening_id)]


def with_sight(request: HttpRequest, actor: Actor, at: datetime) -> Actor:
    """The actor with what still runs of it. A query only in a session that opened something; with
    the last one over, the session forgets."""
    known = request.session.get(KNOWN)
    if not known:
        return actor
    opened = openings_running(actor, among=[UUID(one) for one in known], at=at)
    if not opened:
        del request.session[KNOWN]
    return replace(actor, opened=opened)
