"""On the first page: a plan to read and sign, a name that waits for the other, a change that is
asked for, or a look at the plan that comes soon. Never a duty."""

from datetime import datetime

from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.people.queries import own_record
from alongside.plans.codes import OPEN_VERSION, PlanStatus, Side
from alongside.plans.queries.versions import asked_otherwise, look_due
from alongside.portal.mine import Card
from alongside.practice.cadence import DueState


def card(viewer: Actor, at: datetime) -> Card | None:
    person = own_record(viewer)
    today = local_date(at, viewer.time_zone)
    plan, due = look_due(viewer, participant_id=person.pk, on=today)
    if plan is None or due is None:
        return None
    version = next((one for one in plan.versions.all() if one.status in OPEN_VERSION), None)
    if version is not None and version.status == PlanStatus.OFFERED:
        if version.supporter_agreed_at is not None:
            return Card("portal/mine/cards/sign.html", {"by": version.supporter_agreed_by})
        return Card("portal/mine/cards/waits.html")
    answered = asked_otherwise(viewer, version=version)
    if answered is not None and answered.voice == Side.SUPPORTER:
        return Card("portal/mine/cards/change.html", {"answered": answered})
    if due.state is DueState.SETTLED:
        return None
    return Card("portal/mine/cards/ready.html", {})
