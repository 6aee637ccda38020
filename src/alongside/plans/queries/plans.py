"""Reading plans, their goals and their versions."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.audit.asking import Asked, as_asked, asking
from alongside.core.actor import Actor
from alongside.people.queries import participants_visible_to
from alongside.plans.codes import OPEN_VERSION, GoalStatus, PlanStatus
from alongside.plans.models import CoreWords, Goal, GoalChange, Plan, PlanVersion
from alongside.plans.rules.content import goal_ids
from alongside.referrals.codes import EpisodeStatus


def plans_visible_to(viewer: Actor) -> QuerySet[Plan]:
    return Plan.objects.filter(
        agency_id=viewer.agency_id,
        voided_at=None,
        episode__voided_at=None,
        episode__participant__in=participants_visible_to(viewer),
    ).select_related("episode__participant")


def plan_of_episode(viewer: Actor, *, episode_id: UUID) -> Plan | None:
    """The plan, its versions newest first, or ``None``: a plan begins with its first word."""
    versions = PlanVersion.objects.select_related("supporter_agreed_by").order_by("-number")
    return (
        plans_visible_to(viewer)
        .filter(episode_id=episode_id)
        .prefetch_related(Prefetch("versions", queryset=versions))
        .first()
    )


def current_plan(viewer: Actor, *, participant_id: UUID) -> Plan | None:
    """The plan of the time of support that goes on."""
    return (
        plans_visible_to(viewer)
        .filter(episode__participant_id=participant_id)
        .exclude(episode__status=EpisodeStatus.CONCLUDED)
        .first()
    )


def goals_ever(viewer: Actor) -> QuerySet[Goal]:
    """Goals that were taken back, too."""
    return Goal.objects.filter(
        agency_id=viewer.agency_id, plan__in=plans_visible_to(viewer)
    ).select_related("plan__episode__participant")


def goals_visible_to(viewer: Actor) -> QuerySet[Goal]:
    return goals_ever(viewer).filter(voided_at=None)


def goals_taken_back(viewer: Actor, *, plan_id: UUID) -> QuerySet[Goal]:
    """Written by mistake, newest first: they can be brought back."""
    found = goals_ever(viewer).filter(plan_id=plan_id, voided_at__isnull=False)
    return found.order_by("-voided_at", "-id")


def was_agreed_on(viewer: Actor, goal: Goal) -> bool:
    """Whether a version both signed holds this goal."""
    seen = plans_visible_to(viewer).filter(pk=goal.plan_id)
    agreed = PlanVersion.objects.filter(plan__in=seen).exclude(status__in=OPEN_VERSION)
    return any(goal.pk in goal_ids(one.content or one.goals) for one in agreed)


def changes_of_goal(viewer: Actor, *, goal_id: UUID) -> QuerySet[GoalChange]:
    """Everything that happened to one goal, newest first."""
    seen = goals_visible_to(viewer).filter(pk=goal_id)
    return GoalChange.objects.filter(goal__in=seen).select_related("by").order_by("-id")


def goals_of_plan(viewer: Actor, *, plan_id: UUID) -> QuerySet[Goal]:
    """In the order they were said, with what happened to each, newest first."""
    changes = GoalChange.objects.select_related("by").order_by("-id")
    return (
        goals_visible_to(viewer)
        .filter(plan_id=plan_id)
        .prefetch_related(Prefetch("changes", queryset=changes))
        .order_by("id")
    )


def open_goals(viewer: Actor, *, participant_id: UUID) -> QuerySet[Goal]:
    """What the participant works on now; for the note and the participant page."""
    seen = participants_visible_to(viewer).filter(pk=participant_id)
    return Goal.objects.filter(
        ~Q(plan__episode__status=EpisodeStatus.CONCLUDED),
        agency_id=viewer.agency_id,
        voided_at=None,
        status=GoalStatus.OPEN,
        plan__voided_at=None,
        plan__episode__voided_at=None,
        plan__episode__participant__in=seen,
    ).order_by("id")


_OPEN_WORDS = Asked(
    lambda person, *viewer: open_goals(as_asked(*viewer), participant_id=person).values_list(
        "pk", "words"
    )
)
_GOALS = Asked(
    lambda person, *viewer: (
        goals_visible_to(as_asked(*viewer))
        .filter(plan__episode__participant_id=person)
        .values_list("pk")
    )
)


def open_goal_words(viewer: Actor, *, participant_id: UUID) -> list[tuple[UUID, str]]:
    """``open_goals`` as ids and words, in order; for the chips of a note."""
    return _OPEN_WORDS.rows(participant_id, *asking(viewer), shape=viewer.permissions)


def goal_ids_of(viewer: Actor, *, participant_id: UUID) -> set[UUID]:
    """Every goal of the person that the viewer may see, settled ones too."""
    rows = _GOALS.rows(participant_id, *asking(viewer), shape=viewer.permissions)
    return {pk for (pk,) in rows}


def goal_changes(viewer: Actor, *, participant_id: UUID) -> QuerySet[GoalChange]:
    """Everything that happened to goals of a person, newest first; for the timeline."""
    goals = goals_visible_to(viewer).filter(plan__episode__participant_id=participant_id)
    return (
        GoalChange.objects.filter(goal__in=goals)
        .select_related("goal", "by")
        .order_by("-on", "-id")
    )


def versions_agreed(viewer: Actor, *, participant_id: UUID) -> QuerySet[PlanVersion]:
    """Those both said yes to, the newest first. One that waits to be signed has no day yet."""
    agreed = _versions(viewer, participant_id).exclude(agreed_on=None)
    return agreed.order_by("-agreed_on", "-id")


def version_visible_to(viewer: Actor, *, participant_id: UUID, version_id: UUID) -> PlanVersion:
    return _versions(viewer, participant_id).get(pk=version_id)


def _versions(viewer: Actor, participant_id: UUID) -> QuerySet[PlanVersion]:
    plans = plans_visible_to(viewer).filter(episode__participant_id=participant_id)
    return (
        PlanVersion.objects.filter(plan__in=plans)
        .exclude(status=PlanStatus.DRAFT)
        .select_related("supporter_agreed_by")
    )


def core_words(viewer: Actor, *, plan_id: UUID) -> dict[str, CoreWords]:
    """The latest words on each core component that has any."""
    rows = CoreWords.objects.filter(plan_id=plan_id, plan__in=plans_visible_to(viewer)).order_by(
        "id"
    )
    return {row.component: row for row in rows}


def newest_core_words(known: Mapping[str, CoreWords]) -> UUID | None:
    """The newest row of ``core_words``: what a page knew when it was made."""
    return max((row.pk for row in known.values()), default=None)
