"""Every write to a plan. It begins with its first word, and a goal is never deleted."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.audit.actions import Event, record, record_many
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.plans import queries, rules
from alongside.plans.actions.begun import draft_of, goes_on, plan_of
from alongside.plans.codes import GoalChangeKind, GoalStatus
from alongside.plans.models import CoreWords, Goal, GoalChange, Plan
from alongside.practice.codes import CoreComponent
from alongside.referrals.queries.episodes import episodes_visible_to
from alongside.tenancy.hidden import free_id


@transaction.atomic
def add_goal(
    episode_id: UUID,
    *,
    words: str,
    area: str,
    by: Actor,
    at: datetime,
    goal_id: UUID | None = None,
) -> Goal:
    """A goal in the participant's words; an area is optional. The plan begins with its first goal.

    A ``goal_id`` made by the form makes five clicks one goal.
    """
    episode = episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_write(by) or rules.why_not_in_time(episode_goes_on=goes_on(episode)))
    ensure(rules.why_not_keep_goal(words, area))
    goals = queries.goals_visible_to(by).filter(plan__episode=episode)
    there = goals.filter(pk=goal_id or new_id()).first()
    if there is not None:
        return there
    on = local_date(at, by.time_zone)
    plan = plan_of(episode, on=on, by=by)
    goal = Goal.objects.create(
        pk=free_id(Goal, goal_id),
        agency_id=by.agency_id,
        plan=plan,
        words=words.strip(),
        area=area,
        begun_on=on,
    )
    _tell(goal, GoalChangeKind.BEGUN, on=on, by=by, at=at)
    draft_of(plan, by=by, at=at)
    record(by=by, at=at, verb="goal.begun", target=f"Goal/{goal.pk}")
    return goal


@transaction.atomic
def change_goal_words(
    goal_id: UUID, *, words: str, area: str, revision: int, by: Actor, at: datetime
) -> Goal:
    """Say it anew; what it said before stays readable."""
    goal = queries.goals_visible_to(by).get(pk=goal_id)
    _ensure_goes_on(goal, by)
    ensure(rules.why_not_change_goal(goal.facts()) or rules.why_not_keep_goal(words, area))
    if (goal.words, goal.area) == (words.strip(), area):
        return goal
    _claim(goal, revision, words=words.strip(), area=area)
    on = local_date(at, by.time_zone)
    _tell(goal, GoalChangeKind.REWORDED, on=on, by=by, at=at)
    draft_of(goal.plan, by=by, at=at)
    record(by=by, at=at, verb="goal.reworded", target=f"Goal/{goal_id}")
    goal.refresh_from_db()
    return goal


@transaction.atomic
def settle_goal(
    goal_id: UUID, to: GoalStatus, *, said: str, revision: int, by: Actor, at: datetime
) -> Goal:
    """Reached, or set aside for now, with the participant's words on it if they have any."""
    goal = queries.goals_visible_to(by).get(pk=goal_id)
    _ensure_goes_on(goal, by)
    ensure(rules.why_not_move_goal(goal.facts(), to))
    on = local_date(at, by.time_zone)
    settled = None if to is GoalStatus.OPEN else on
    _claim(goal, revision, status=to.value, settled_on=settled, settled_words=said.strip())
    kind = rules.CHANGE_OF[to]
    _tell(goal, kind, said=said.strip(), on=on, by=by, at=at)
    draft_of(goal.plan, by=by, at=at)
    record(by=by, at=at, verb=f"goal.{kind}", target=f"Goal/{goal_id}")
    goal.refresh_from_db()
    return goal


@transaction.atomic
def reopen_goal(goal_id: UUID, *, revision: int, by: Actor, at: datetime) -> Goal:
    return settle_goal(goal_id, GoalStatus.OPEN, said="", revision=revision, by=by, at=at)


@transaction.atomic
def take_back_goal(goal_id: UUID, *, revision: int, by: Actor, at: datetime) -> None:
    """Undo a goal written by mistake, as long as no agreed version holds it."""
    goal = queries.goals_visible_to(by).get(pk=goal_id)
    _ensure_goes_on(goal, by)
    agreed = queries.was_agreed_on(by, goal)
    ensure(rules.why_not_take_back(goal.facts(), was_agreed_on=agreed))
    _claim(goal, revision, voided_at=at)
    _tell(goal, GoalChangeKind.TAKEN_BACK, on=local_date(at, by.time_zone), by=by, at=at)
    record(by=by, at=at, verb="goal.taken-back", target=f"Goal/{goal_id}")


@transaction.atomic
def bring_back_goal(goal_id: UUID, *, by: Actor, at: datetime) -> Goal:
    """It was no mistake: the goal stands again, with all that hangs on it."""
    goal = queries.goals_ever(by).get(pk=goal_id)
    _ensure_goes_on(goal, by)
    ensure(rules.why_not_bring_back(goal.facts()))
    won = Goal.objects.filter(pk=goal_id, voided_at=goal.voided_at).update(
        voided_at=None, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)
    _tell(goal, GoalChangeKind.BROUGHT_BACK, on=local_date(at, by.time_zone), by=by, at=at)
    draft_of(goal.plan, by=by, at=at)
    record(by=by, at=at, verb="goal.brought-back", target=f"Goal/{goal_id}")
    goal.refresh_from_db()
    return goal


@transaction.atomic
def say_core_words(
    episode_id: UUID,
    words: Mapping[CoreComponent, str],
    *,
    by: Actor,
    at: datetime,
    seen: UUID | None = None,
    from_page: bool = False,
) -> Plan:
    """The participant's words on what recovery grows from. Every one may stay empty (MPR-7).

    ``from_page``: ``seen`` is the newest row the page knew. Where someone wrote on one of the words
    since, nothing is written, and a person decides.
    """
    episode = episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_write(by) or rules.why_not_in_time(episode_goes_on=goes_on(episode)))
    plan = plan_of(episode, on=local_date(at, by.time_zone), by=by)
    if not _otherwise(words, queries.core_words(by, plan_id=plan.pk)):
        return plan
    # Of two at once the second waits here, and reads what the first wrote.
    Plan.objects.filter(pk=plan.pk).update(begun_on=F("begun_on"))
    now = queries.core_words(by, plan_id=plan.pk)
    otherwise = _otherwise(words, now)
    newer = {key for key, row in now.items() if seen is None or row.pk > seen}
    if from_page and newer & set(otherwise):
        raise Refused(STALE)
    said = CoreWords.objects.bulk_create(
        CoreWords(
            agency_id=by.agency_id,
            plan=plan,
            component=component,
            words=text,
            by_id=by.id,
            at=at,
        )
        for component, text in otherwise.items()
    )
    record_many([Event("core-words.said", f"CoreWords/{one.pk}") for one in said], by=by, at=at)
    return plan


def _otherwise(words: Mapping[CoreComponent, str], now: Mapping[str, CoreWords]) -> dict[str, str]:
    """Which components are said otherwise than they stand."""
    said = {component.value: text.strip() for component, text in words.items()}
    return {key: to for key, to in said.items() if to != (now[key].words if key in now else "")}


def _ensure_goes_on(goal: Goal, by: Actor) -> None:
    ensure(rules.why_not_write(by))
    ensure(rules.why_not_in_time(episode_goes_on=goes_on(goal.plan.episode)))


def _claim(goal: Goal, revision: int, **fields: object) -> None:
    # Claim by condition: of two people who change the same goal, one is asked to look again.
    won = Goal.objects.filter(pk=goal.pk, revision=revision, voided_at=None).update(
        **fields, revision=F("revision") + 1
    )
    if not won:
        raise Refused(STALE)


def _tell(
    goal: Goal, kind: GoalChangeKind, *, said: str = "", on: date, by: Actor, at: datetime
) -> None:
    """Keep what stood there before; ``goal`` is as it was loaded, before the claim."""
    begun = kind is GoalChangeKind.BEGUN
    GoalChange.objects.create(
        agency_id=by.agency_id,
        goal=goal,
        kind=kind.value,
        words_before="" if begun else goal.words,
        area_before="" if begun else goal.area,
        said=said,
        on=on,
        at=at,
        by_id=by.id,
    )
