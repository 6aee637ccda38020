"""Reading appointments: one's own, or the agency's for those who plan for others."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.clock import at_wall
from alongside.encounters.codes import AppointmentStatus
from alongside.encounters.models import Appointment
from alongside.people.queries import participants_visible_to
from alongside.workforce.models import Supporter


def appointments_visible_to(viewer: Actor) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        agency_id=viewer.agency_id,
        participant__in=participants_visible_to(viewer).values("pk"),
    ).select_related("participant", "supporter")


def planned_with(
    viewer: Actor, *, participant_id: UUID, supporter_id: UUID | None = None
) -> QuerySet[Appointment]:
    """What is still planned with a participant, of all supporters or one; past days as well."""
    planned = appointments_visible_to(viewer).filter(
        participant_id=participant_id, status=AppointmentStatus.PLANNED
    )
    if supporter_id is not None:
        planned = planned.filter(supporter_id=supporter_id)
    return planned.order_by("starts_at", "id")


def agenda(
    viewer: Actor,
    *,
    since: datetime,
    until: datetime,
    supporter_id: UUID | None = None,
) -> QuerySet[Appointment]:
    """Appointments that start in [since, until), of one supporter or, by default, the viewer's."""
    planned = appointments_visible_to(viewer).filter(starts_at__gte=since, starts_at__lt=until)
    if supporter_id is not None:
        planned = planned.filter(supporter_id=supporter_id)
    else:
        planned = planned.filter(supporter__user_id=viewer.id)
    return planned.order_by("starts_at", "id")


def appointments_on(viewer: Actor, *, on: date) -> list[Appointment]:
    """The viewer's own appointments on one day of the agency's wall calendar."""
    since = at_wall(on, time(0), viewer.time_zone)
    until = at_wall(on + timedelta(days=1), time(0), viewer.time_zone)
    return list(agenda(viewer, since=since, until=until))


def supporters_in_sight(viewer: Actor) -> QuerySet[Supporter]:
    """Whose calendar the viewer may look at: the agency's, the team's, or one's own."""
    supporters = Supporter.objects.filter(agency_id=viewer.agency_id, voided_at=None)
    if viewer.may(Permission.SIGHT_AGENCY):
        return supporters.order_by("name", "id")
    if viewer.may(Permission.SIGHT_TEAM):
        return supporters.filter(user__supervisor_id__in=viewer.teams).order_by("name", "id")
    return supporters.filter(user_id=viewer.id)
