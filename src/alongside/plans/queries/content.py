"""Reading what a plan holds: goals, their objectives and steps, and all that stands beside them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.core.actor import Actor
from alongside.people.queries import participants_visible_to
from alongside.plans.codes import GoalChangeKind, GoalStatus, PartKind, PartStatus, Side
from alongside.plans.models import CoreWords, Goal, GoalChange, PlanPart, PlanPartChange
from alongside.plans.queries.plans import goals_visible_to, plans_visible_to
from alongside.plans.rules.content import (
    CoreSaid,
    GoalContent,
    NaturalSupport,
    Objective,
    Obstacle,
    PlanContent,
    Step,
    Strength,
    TreatmentQuestion,
    Try,
    Value,
)
from alongside.practice.codes import CoreComponent
from alongside.referrals.codes import EpisodeStatus

K = PartKind


def parts_visible_to(viewer: Actor) -> QuerySet[PlanPart]:
    """Whoever sees the plan sees its parts, taken back ones too."""
    return PlanPart.objects.filter(
        agency_id=viewer.agency_id, plan__in=plans_visible_to(viewer)
    ).select_related("plan__episode__participant", "written_by")


def part_of(viewer: Actor, *, participant_id: UUID, part_id: UUID) -> PlanPart:
    found = parts_visible_to(viewer).filter(plan__episode__participant_id=participant_id)
    return found.select_related("goal", "parent").get(pk=part_id)


def part_changes(viewer: Actor, *, part_id: UUID) -> QuerySet[PlanPartChange]:
    """Everything that happened to one part, newest first."""
    seen = parts_visible_to(viewer).filter(pk=part_id)
    return PlanPartChange.objects.filter(part__in=seen).select_related("by").order_by("-id")


def parts_taken_back(viewer: Actor, *, plan_id: UUID) -> QuerySet[PlanPart]:
    """What was written by mistake, newest first: it can be brought back."""
    found = parts_visible_to(viewer).filter(plan_id=plan_id, voided_at__isnull=False)
    return found.order_by("-voided_at", "-id")


def still_open(viewer: Actor, *, participant_id: UUID) -> list[PlanPart]:
    """Steps not done yet and obstacles in the way, in one query: those wanted by a day first."""
    seen = participants_visible_to(viewer).filter(pk=participant_id)
    rows = PlanPart.objects.filter(
        Q(goal=None) | Q(goal__voided_at=None, goal__status=GoalStatus.OPEN) | Q(kind=K.OBSTACLE),
        Q(parent=None) | Q(parent__voided_at=None, parent__status=PartStatus.OPEN),
        agency_id=viewer.agency_id,
        kind__in=[K.STEP, K.OBSTACLE],
        status=PartStatus.OPEN,
        voided_at=None,
        plan__voided_at=None,
        plan__episode__voided_at=None,
        plan__episode__participant__in=seen,
    ).exclude(plan__episode__status=EpisodeStatus.CONCLUDED)
    return list(rows.order_by(F("day").asc(nulls_last=True), "id"))


def content(viewer: Actor, *, plan_id: UUID) -> PlanContent:
    """All that the plan says now, in the order it was said: three queries, however much it is.

    What was taken back is left out, and what hangs on it.
    """
    goals = list(_goals(viewer, plan_id))
    parts = list(_parts(viewer, plan_id))
    said = {
        row.component: row.words
        for row in CoreWords.objects.filter(
            plan_id=plan_id, plan__in=plans_visible_to(viewer)
        ).order_by("id")
    }
    return PlanContent(
        goals=tuple(_goal(goal, parts) for goal in goals),
        strengths=tuple(Strength(**_of(one)) for one in _only(K.STRENGTH, parts)),
        values=tuple(Value(**_of(one)) for one in _only(K.VALUE, parts)),
        core=tuple(CoreSaid(c.value, said[c]) for c in CoreComponent if said.get(c)),
        supports=tuple(
            NaturalSupport(**_of(one), how_close=one.how_close, next_step=one.next_step)
            for one in _only(K.SUPPORT, parts)
        ),
        obstacles=tuple(_obstacle(one, parts) for one in _only(K.OBSTACLE, parts)),
        questions=tuple(
            TreatmentQuestion(**_of(one), asked_of=one.asked_of) for one in _only(K.QUESTION, parts)
        ),
    )


def _goals(viewer: Actor, plan_id: UUID) -> QuerySet[Goal, Any]:
    begun = GoalChange.objects.filter(goal=OuterRef("pk"), kind=GoalChangeKind.BEGUN)
    theirs = begun.filter(by_id=OuterRef("plan__episode__participant__user_id"))
    return (
        goals_visible_to(viewer)
        .filter(plan_id=plan_id)
        .annotate(is_theirs=Exists(theirs), by_name=Subquery(begun.values("by__name")[:1]))
        .order_by("id")
    )


def _parts(viewer: Actor, plan_id: UUID) -> QuerySet[PlanPart]:
    seen = plans_visible_to(viewer).filter(pk=plan_id)
    return (
        PlanPart.objects.filter(agency_id=viewer.agency_id, plan__in=seen, voided_at=None)
        .select_related("written_by")
        .order_by("id")
    )


def _only(kind: PartKind, parts: Iterable[PlanPart], **belongs: UUID | None) -> list[PlanPart]:
    return [
        one
        for one in parts
        if one.kind == kind and all(getattr(one, name) == to for name, to in belongs.items())
    ]


def _of(one: PlanPart) -> dict[str, Any]:
    return {
        "id": one.pk,
        "words": one.words,
        "begun_on": one.begun_on,
        "status": PartStatus(one.status),
        "settled_on": one.settled_on,
        "settled_words": one.settled_words,
        "voice": one.voice,
        "by_name": one.written_by.name,
    }


def _goal(goal: Any, parts: list[PlanPart]) -> GoalContent:
    return GoalContent(
        id=goal.pk,
        words=goal.words,
        area=goal.area,
        status=GoalStatus(goal.status),
        begun_on=goal.begun_on,
        settled_on=goal.settled_on,
        settled_words=goal.settled_words,
        voice=(Side.PARTICIPANT if goal.is_theirs else Side.SUPPORTER).value,
        by_name=goal.by_name or "",
        objectives=tuple(
            Objective(
                **_of(one),
                sample=one.sample,
                service_array=one.service_array,
                steps=_steps(parts, goal_id=goal.pk, parent_id=one.pk),
            )
            for one in _only(K.OBJECTIVE, parts, goal_id=goal.pk)
        ),
        steps=_steps(parts, goal_id=goal.pk, parent_id=None),
    )


def _steps(parts: list[PlanPart], **belongs: UUID | None) -> tuple[Step, ...]:
    return tuple(
        Step(
            **_of(one),
            who=one.who,
            who_name=one.who_name,
            by_on=one.day,
            on_behalf=one.on_behalf,
            permission_words=one.permission_words,
        )
        for one in _only(K.STEP, parts, **belongs)
    )


def _obstacle(obstacle: PlanPart, parts: list[PlanPart]) -> Obstacle:
    return Obstacle(
        **_of(obstacle),
        obstacle=obstacle.obstacle,
        goal_id=obstacle.goal_id,
        tries=tuple(
            Try(**_of(one), who=one.who, who_name=one.who_name, tried_on=one.day)
            for one in _only(K.TRY, parts, parent_id=obstacle.pk)
        ),
    )
