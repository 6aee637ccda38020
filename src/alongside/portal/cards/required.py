from datetime import datetime

from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.people.queries import own_record
from alongside.plans.queries.requirements import coming
from alongside.portal.mine import Card

FEW = 2


def required(viewer: Actor, at: datetime) -> Card | None:
    """What is asked next of the participant."""
    today = local_date(at, viewer.time_zone)
    me = own_record(viewer)
    lines = coming(viewer, participant_id=me.pk, today=today, most=FEW)
    return Card("portal/mine/cards/required.html", {"lines": lines}) if lines else None
