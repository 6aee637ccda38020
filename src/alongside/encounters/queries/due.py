"""Who is due for what, of those the viewer walks with. What is due decides ``practice.cadence``."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from alongside.accounts.codes import Permission
from alongside.accounts.models import Agency, User
from alongside.core.actor import Actor
from alongside.encounters.models import AddedWords, NoteDraft
from alongside.people.models import CareTeamMember, Participant
from alongside.people.queries import participants_visible_to
from alongside.plans.codes import PlanStatus
from alongside.plans.models import Goal, Plan, PlanVersion
from alongside.practice.cadence import (
    ContactFacts,
    Due,
    DueState,
    PlanFacts,
    contact_due,
    plan_due,
)
from alongside.practice.rules import Rules, rules_on
from alongside.referrals.codes import EpisodeStatus
from alongside.referrals.models import Episode


@dataclass(frozen=True)
class DuePerson:
    """``first`` is true for two who have not met yet."""

    participant: Participant
    due: Due
    first: bool


@dataclass(frozen=True)
class DuePlan:
    participant: Participant
    due: Due


@dataclass(frozen=True)
class TeamLine:
    """Counts only: what a supporter has not signed is theirs alone."""

    user_id: UUID
    name: str
    people: int = 0
    due: int = 0
    soon: int = 0
    drafts: int = 0


def due_people(viewer: Actor, *, on: date) -> list[DuePerson]:
    """Of the viewer's own people, those to be in touch with now or soon, longest due first."""
    rules = _rules(viewer, on)
    episodes = (
        Episode.objects.exclude(status=EpisodeStatus.CONCLUDED)
        .filter(
            agency_id=viewer.agency_id,
            voided_at=None,
            participant__in=_own_people(viewer),
            contact_due_on__lte=on + timedelta(days=rules.contact_soon_days),
        )
        .select_related("participant")
        .order_by("contact_due_on", "id")
    )
    found = [
        DuePerson(e.participant, contact_due(_facts(e), on, rules), e.last_contact_on is None)
        for e in episodes
    ]
    return [person for person in found if person.due.state is not DueState.SETTLED]


def team_due(viewer: Actor, *, on: date, limit: int) -> list[DuePerson]:
    """Of the people the viewer's team walks with, those to be in touch with now, longest due
    first. Two queries; none where the viewer leads nobody."""
    if not viewer.may(Permission.TEAM_READ):
        return []
    rules = _rules(viewer, on)
    walking = CareTeamMember.objects.filter(user__supervisor_id__in=viewer.teams, until=None)
    episodes = (
        due_now(viewer, on=on)
        .filter(participant_id__in=walking.values("participant_id"))
        .select_related("participant")
        .order_by("contact_due_on", "id")[:limit]
    )
    return [
        DuePerson(e.participant, contact_due(_facts(e), on, rules), e.last_contact_on is None)
        for e in episodes
    ]


def due_now(viewer: Actor, *, on: date) -> QuerySet[Episode]:
    """Open times of support that have come due, for all the viewer sees; what counts as due is
    stored with the time of support by the rule of ``practice.cadence``."""
    return _open_episodes(viewer).filter(contact_due_on__lte=on)


def walking_with(viewer: Actor, *, user_id: UUID) -> QuerySet[CareTeamMember]:
    """Whom a colleague walks with now."""
    return CareTeamMember.objects.filter(agency_id=viewer.agency_id, user_id=user_id, until=None)


def plans_to_look_at(viewer: Actor, *, on: date) -> list[DuePlan]:
    """Plans of the viewer's own people whose quarterly look is near. An empty plan is never due."""
    rules = _rules(viewer, on)
    agreed = PlanVersion.objects.filter(plan_id=OuterRef("pk"), status=PlanStatus.IN_FORCE)
    plans = (
        Plan.objects.filter(
            Exists(Goal.objects.filter(plan_id=OuterRef("pk"), voided_at=None)),
            ~Q(episode__status=EpisodeStatus.CONCLUDED),
            agency_id=viewer.agency_id,
            episode__voided_at=None,
            episode__participant__in=_own_people(viewer),
            voided_at=None,
            look_together_on__lte=on + timedelta(days=rules.plan_soon_days),
        )
        .select_related("episode__participant")
        .annotate(agreed=Subquery(agreed.values("agreed_on")[:1]))
        .order_by("look_together_on", "id")
    )
    found = [
        DuePlan(
            plan.episode.participant,
            plan_due(PlanFacts(plan.begun_on, plan.agreed, has_plan=True), on, rules),
        )
        for plan in plans
    ]
    return [plan for plan in found if plan.due.state is not DueState.SETTLED]


def people_and_answers(viewer: Actor) -> tuple[int, int]:
    """How many people walk with the viewer now, and how many of them answered a note of the viewer
    that the viewer has not read. One query."""
    unread = AddedWords.objects.filter(
        agency_id=viewer.agency_id,
        from_outside=True,
        seen_at=None,
        taken_back_at=None,
        encounter__participant_id=OuterRef("pk"),
        encounter__supporter__user_id=viewer.id,
    )
    counted = walked_with(viewer).aggregate(
        people=Count("pk"), answered=Count("pk", filter=Exists(unread))
    )
    return counted["people"], counted["answered"]


def team_overview(viewer: Actor, *, on: date) -> list[TeamLine]:
    """The viewer's supervised supporters, in three queries whatever their number."""
    if not viewer.may(Permission.TEAM_READ):
        return []
    rules = _rules(viewer, on)
    team = User.objects.filter(
        supervisor_id__in=viewer.teams, agency_id=viewer.agency_id, is_active=True
    ).order_by("name", "id")
    lines = {user.pk: TeamLine(user.pk, user.name) for user in team}
    for user_id, state in _team_states(viewer, on, rules):
        line = lines.get(user_id)
        if line is not None:
            lines[user_id] = replace(
                line,
                people=line.people + 1,
                due=line.due + (state is DueState.DUE),
                soon=line.soon + (state is DueState.SOON),
            )
    open_drafts = NoteDraft.objects.filter(author_id__in=lines, dropped_at=None)
    for author_id in open_drafts.values_list("author_id", flat=True):
        lines[author_id] = replace(lines[author_id], drafts=lines[author_id].drafts + 1)
    return list(lines.values())


def _team_states(viewer: Actor, on: date, rules: Rules) -> list[tuple[UUID, DueState]]:
    episode = Episode.objects.filter(
        participant_id=OuterRef("participant_id"), voided_at=None
    ).exclude(status=EpisodeStatus.CONCLUDED)
    rows = (
        CareTeamMember.objects.filter(
            user__supervisor_id__in=viewer.teams,
            agency_id=viewer.agency_id,
            until=None,
            participant__voided_at=None,
            participant__same_as=None,
        )
        .annotate(
            begun_on=Subquery(episode.values("begun_on")[:1]),
            last_on=Subquery(episode.values("last_contact_on")[:1]),
            every=Subquery(episode.values("agreed_every_days")[:1]),
        )
        .values_list("user_id", "participant_id", "begun_on", "last_on", "every")
        .distinct()
    )
    return [
        (
            user_id,
            contact_due(ContactFacts(begun_on, last_on, every), on, rules).state
            if begun_on
            else DueState.SETTLED,
        )
        for user_id, _person, begun_on, last_on, every in rows
        if user_id is not None
    ]


def _rules(viewer: Actor, on: date) -> Rules:
    jurisdiction = Agency.objects.values_list("jurisdiction", flat=True).get(pk=viewer.agency_id)
    return rules_on(on, jurisdiction)


def walked_with(viewer: Actor) -> QuerySet[Participant]:
    walking = CareTeamMember.objects.filter(
        user_id=viewer.id, until=None, participant_id=OuterRef("pk")
    )
    return participants_visible_to(viewer).filter(Exists(walking)).order_by()


def _own_people(viewer: Actor) -> list[UUID]:
    # Named one by one: few, and a database with a million notes begins with them, not with
    # everyone in the agency who is due.
    return list(walked_with(viewer).values_list("pk", flat=True))


def _open_episodes(viewer: Actor) -> QuerySet[Episode]:
    return Episode.objects.filter(
        agency_id=viewer.agency_id,
        voided_at=None,
        participant__in=participants_visible_to(viewer).values("pk"),
    ).exclude(status=EpisodeStatus.CONCLUDED)


def _facts(episode: Episode) -> ContactFacts:
    return ContactFacts(episode.begun_on, episode.last_contact_on, episode.agreed_every_days)
