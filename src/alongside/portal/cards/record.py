"""On the first page: when the two meet next, and the newest note, waiting for an answer or not."""

from datetime import datetime

from alongside.core.actor import Actor
from alongside.encounters.codes import AppointmentStatus
from alongside.encounters.queries import own as queries
from alongside.portal.mine import Card


def next_time(viewer: Actor, at: datetime) -> Card | None:
    coming = queries.own_coming(viewer, since=at, limit=5)
    planned = [one for one in coming if one.status == AppointmentStatus.PLANNED]
    return Card("portal/mine/cards/next_time.html", {"planned": planned[0]}) if planned else None


def last_note(viewer: Actor, at: datetime) -> Card | None:
    found = queries.own_notes_page(viewer, limit=1)
    return Card("portal/mine/cards/last_note.html", {"note": found[0]}) if found else None
