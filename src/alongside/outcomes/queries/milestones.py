"""Reading milestones and returns. A milestone is between the participant and who walks along."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.outcomes.codes import Seen
from alongside.outcomes.models import Milestone, MilestoneChange, ReturnChange, ReturnToUse
from alongside.outcomes.rules.milestones import Since
from alongside.people.models import CareTeamMember
from alongside.people.queries import participants_visible_to
from alongside.practice.returning import Return
from alongside.referrals.queries.episodes import began_with_us


def milestones_visible_to(viewer: Actor, *, taken_back: bool = False) -> QuerySet[Milestone]:
    """Of people the viewer sees: what the participant opened, and all of it for themselves and for
    who walks with them now. What was taken back is shown to those two alone."""
    people = participants_visible_to(viewer)
    found = told_to(viewer).filter(agency_id=viewer.agency_id, participant__in=people)
    return found if taken_back else found.filter(voided_at=None)


def told_to(viewer: Actor) -> QuerySet[Milestone]:
    """Among milestones of people the viewer sees, which are told to them. It shows nobody: ask it
    together with who is in sight."""
    if viewer.may(Permission.OWN_READ):
        return Milestone.objects.all()
    between = Q(pk__in=[])
    if not viewer.in_emergency:
        walks = CareTeamMember.objects.filter(user_id=viewer.id, until=None)
        between = Q(participant_id__in=walks.values("participant_id"))
    return Milestone.objects.filter(between | Q(seen=Seen.TEAM, voided_at=None))


def of(viewer: Actor, *, participant_id: UUID) -> QuerySet[Milestone]:
    """The newest first."""
    changes = MilestoneChange.objects.select_related("by").order_by("-id")
    return (
        milestones_visible_to(viewer)
        .filter(participant_id=participant_id)
        .select_related("by")
        .prefetch_related(Prefetch("changes", changes))
        .order_by("-on", "-id")
    )


def returns_visible_to(viewer: Actor, *, taken_back: bool = False) -> QuerySet[ReturnToUse]:
    """Whoever sees the person sees it: being back with support is everybody's work."""
    found = ReturnToUse.objects.filter(
        agency_id=viewer.agency_id, participant__in=participants_visible_to(viewer)
    )
    return found if taken_back else found.filter(voided_at=None)


def returns(
    viewer: Actor,
    *,
    participant_id: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[ReturnToUse]:
    """What became known in [since, until), the newest first: of one person, or of all in sight.
    ``as_return`` makes a row into what ``practice.returning`` counts with."""
    found = returns_visible_to(viewer)
    if participant_id is not None:
        found = found.filter(participant_id=participant_id)
    if since is not None:
        found = found.filter(known_on__gte=since)
    if until is not None:
        found = found.filter(known_on__lt=until)
    return found.order_by("-known_on", "-id")


def returns_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[ReturnToUse]:
    """One person's, with what each said before."""
    changes = ReturnChange.objects.select_related("by").order_by("-id")
    return (
        returns(viewer, participant_id=participant_id)
        .select_related("by")
        .prefetch_related(Prefetch("changes", changes))
    )


def as_return(row: ReturnToUse) -> Return:
    return Return(row.known_on, row.happened_on, row.back_on)


def to_hold_against(viewer: Actor, *, participant_id: UUID, today: date) -> Since:
    """What a day can be held against: of birth, and when the two began, where they are known."""
    born = participants_visible_to(viewer).values_list("born_on", flat=True).get(pk=participant_id)
    return Since(today, born, began_with_us(viewer, participant_id=participant_id))
