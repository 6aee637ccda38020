"""An offer, never a duty: a check-in that was begun, or one that it may be time for."""

from datetime import datetime

from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.outcomes.queries import checkins, rhythm
from alongside.people.queries import own_record
from alongside.portal.mine import Card
from alongside.practice.cadence import DueState

TEMPLATE = "portal/mine/cards/check_in.html"


def card(viewer: Actor, at: datetime) -> Card | None:
    person = own_record(viewer)
    begun = checkins.unfinished(viewer, participant_id=person.pk).first()
    if begun is not None:
        return Card(TEMPLATE, {"begun": begun})
    today = local_date(at, viewer.time_zone)
    offers = rhythm.offers(viewer, participant_id=person.pk, on=today)
    due = any(one.state is DueState.DUE for one in offers)
    return Card(TEMPLATE, {"begun": None}) if due else None
