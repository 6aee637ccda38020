"""On the first page: a plan to read and sign, or a look at it that comes soon. Never a duty."""

from datetime import datetime

from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.people.queries import own_record
from alongside.plans.codes import PlanStatus
from alongside.plans.queries.versions import look_due
from alongside.portal.mine import Card
from alongside.practice.cadence import DueState


def card(viewer: Actor, at: datetime) -> Card | None:
    person = own_record(viewer)
    today = local_date(at, viewer.time_zone)
    plan, due = look_due(viewer, participant_id=person.pk, on=today)
    if plan is None or due is None:
        return None
    offered = next((one for one in plan.versions.all() if one.status == PlanStatus.OFFERED), None)
    if offered is not None and offered.supporter_agreed_at is not None:
        return Card("portal/mine/cards/sign.html", {"by": offered.supporter_agreed_by})
    if due.state is DueState.SETTLED:
        return None
    return Card("portal/mine/cards/ready.html", {})
