"""What the papers of a plan are made of, for whoever may read it."""

from datetime import date
from uuid import UUID

from alongside.core.actor import Actor
from alongside.plans.codes import PlanStatus
from alongside.plans.models import PlanVersion
from alongside.plans.queries import versions
from alongside.plans.queries.plans import plan_of_episode
from alongside.plans.rules.content import PlanContent
from alongside.plans.rules.papers import Sheet
from alongside.referrals.queries.episodes import episodes_of


def sheet_now(viewer: Actor, *, participant_id: UUID, name: str, on: date) -> Sheet:
    """The plan as it stands. Where nothing is otherwise than agreed it is the agreed version."""
    episode = episodes_of(viewer, participant_id=participant_id).first()
    plan = plan_of_episode(viewer, episode_id=episode.pk) if episode else None
    if plan is None:
        return Sheet(viewer.agency_name, PlanContent(), name=name, printed_on=on)
    now = versions.open_version(viewer, plan_id=plan.pk)
    agreed = now.in_force if now.in_force and not now.since else None
    return _sheet(viewer, agreed or now.version, now.content, name=name, on=on)


def sheet_of(viewer: Actor, reading: versions.Reading, *, name: str, on: date) -> Sheet:
    """A version as it was agreed, with what was new in it."""
    return _sheet(viewer, reading.version, reading.content, name=name, on=on, reading=reading)


def _sheet(
    viewer: Actor,
    version: PlanVersion | None,
    content: PlanContent,
    *,
    name: str,
    on: date,
    reading: versions.Reading | None = None,
) -> Sheet:
    agreed = version if version and version.agreed_on else None
    by = agreed.supporter_agreed_by if agreed else None
    open_now = version is not None and version.status in (PlanStatus.DRAFT, PlanStatus.OFFERED)
    return Sheet(
        viewer.agency_name,
        content,
        name=name,
        supporter=by.name if by else "",
        number=agreed.number if agreed else 0,
        agreed_on=agreed.agreed_on if agreed else None,
        # What is only being thought about is not printed.
        said=versions.said_in(None if open_now else version),
        since=reading.since if reading else (),
        printed_on=on,
    )
