"""A plan that belongs to the participant: goals in their words, versions both agree on. Pure.

A plan may stay empty, and that is no error (PROC-1). Nothing here asks for a goal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.plans.codes import GoalChangeKind, GoalStatus, PlanStatus
from alongside.practice.codes import GrowthArea

G = GoalStatus
V = PlanStatus
C = GoalChangeKind

GOAL_MOVES: Mapping[GoalStatus, frozenset[GoalStatus]] = {
    G.OPEN: frozenset({G.REACHED, G.SET_ASIDE}),
    G.REACHED: frozenset({G.OPEN}),
    G.SET_ASIDE: frozenset({G.OPEN}),
}

PLAN_MOVES: Mapping[PlanStatus, frozenset[PlanStatus]] = {
    V.DRAFT: frozenset({V.OFFERED, V.IN_FORCE}),
    V.OFFERED: frozenset({V.DRAFT, V.IN_FORCE}),
    V.IN_FORCE: frozenset({V.REPLACED}),
    V.REPLACED: frozenset(),
}

GOAL_NAMES: Mapping[GoalStatus, str] = {
    G.OPEN: _("Working on it"),
    G.REACHED: _("Reached"),
    G.SET_ASIDE: _("Set aside for now"),
}

PLAN_NAMES: Mapping[PlanStatus, str] = {
    V.DRAFT: _("Draft"),
    V.OFFERED: _("Ready to be signed"),
    V.IN_FORCE: _("In force"),
    V.REPLACED: _("Earlier version"),
}

CHANGE_OF: Mapping[GoalStatus, GoalChangeKind] = {
    G.OPEN: C.REOPENED,
    G.REACHED: C.REACHED,
    G.SET_ASIDE: C.SET_ASIDE,
}


@dataclass(frozen=True)
class GoalFacts:
    status: GoalStatus
    words: str
    area: str = ""
    taken_back: bool = False


@dataclass(frozen=True)
class AgreedGoal:
    """A goal as it stood when a version was agreed on. Steps and obstacles join it later."""

    id: UUID
    words: str
    area: str
    status: GoalStatus
    begun_on: date
    settled_on: date | None = None
    settled_words: str = ""


@dataclass(frozen=True)
class Differences:
    """What is otherwise than in the version agreed on, in goals."""

    new: tuple[AgreedGoal, ...] = ()
    reworded: tuple[tuple[AgreedGoal, AgreedGoal], ...] = ()
    settled: tuple[AgreedGoal, ...] = ()
    reopened: tuple[AgreedGoal, ...] = ()

    def __bool__(self) -> bool:
        return any((self.new, self.reworded, self.settled, self.reopened))


def as_copy(goals: Iterable[AgreedGoal]) -> list[dict[str, str]]:
    """Goals as plain text, to be kept inside a version."""
    return [{k: "" if v is None else str(v) for k, v in asdict(g).items()} for g in goals]


def from_copy(copy: Iterable[Mapping[str, str]]) -> tuple[AgreedGoal, ...]:
    """Goals out of a version, whatever later versions of the copy may add."""
    return tuple(
        AgreedGoal(
            id=UUID(one["id"]),
            words=one["words"],
            area=one.get("area", ""),
            status=GoalStatus(one.get("status", G.OPEN)),
            begun_on=date.fromisoformat(one["begun_on"]),
            settled_on=_day(one.get("settled_on", "")),
            settled_words=one.get("settled_words", ""),
        )
        for one in copy
    )


def differences(before: Iterable[AgreedGoal], now: Iterable[AgreedGoal]) -> Differences:
    """What changed since both agreed, so that nobody has to remember it."""
    then = {goal.id: goal for goal in before}
    pairs = [(then.get(goal.id), goal) for goal in now]
    return Differences(
        new=tuple(g for old, g in pairs if old is None and g.status is G.OPEN),
        reworded=tuple(
            (old, g) for old, g in pairs if old and (old.words, old.area) != (g.words, g.area)
        ),
        settled=tuple(
            g
            for old, g in pairs
            if g.status is not G.OPEN and (old is None or old.status is not g.status)
        ),
        reopened=tuple(
            g for old, g in pairs if old and old.status is not G.OPEN and g.status is G.OPEN
        ),
    )


def why_not_write(by: Actor) -> Refusal | None:
    """The participant in their own plan, or who walks alongside."""
    if by.may(Permission.PLAN_WRITE) or by.may(Permission.OWN_WRITE):
        return None
    return Refusal(
        "not-walking", _("The plan is written by the participant and who walks alongside.")
    )


def why_not_keep_goal(words: str, area: str) -> Refusal | None:
    """Words are all a goal needs; an area is optional."""
    if not words.strip():
        return Refusal(
            "no-words", _("Write it the way they say it. One sentence is enough."), field="words"
        )
    if area and area not in set(GrowthArea):
        return Refusal("no-area", _("Choose one of the areas, or none."), field="area")
    return None


def why_not_change_goal(goal: GoalFacts) -> Refusal | None:
    if goal.taken_back:
        return Refusal("taken-back", _("This goal was taken back."))
    if goal.status is not G.OPEN:
        return Refusal("settled", _("Open this goal again first, then change its words."))
    return None


def why_not_move_goal(goal: GoalFacts, to: GoalStatus) -> Refusal | None:
    if goal.taken_back:
        return Refusal("taken-back", _("This goal was taken back."))
    if to not in GOAL_MOVES[goal.status]:
        return Refusal(
            "no-such-move", _("This goal is already: {now}."), {"now": GOAL_NAMES[goal.status]}
        )
    return None


def why_not_take_back(goal: GoalFacts, *, was_agreed_on: bool) -> Refusal | None:
    if goal.taken_back:
        return Refusal("taken-back", _("This goal was taken back."))
    if was_agreed_on:
        return Refusal(
            "agreed", _("You agreed on a plan with this goal in it. Set it aside instead.")
        )
    return None


def why_not_bring_back(goal: GoalFacts) -> Refusal | None:
    if not goal.taken_back:
        return Refusal("there", _("It is there. Nothing was taken back."))
    return None


def why_not_agree(participant_name: str, *, episode_goes_on: bool) -> Refusal | None:
    """The participant agrees by their name; without it the plan stays a draft."""
    if not episode_goes_on:
        return Refusal("concluded", _("This time together has ended. The way back is open."))
    if not participant_name.strip():
        return Refusal(
            "no-name",
            _("They agree by writing their name. If today is not the day, it stays a draft."),
            field="participant_name",
        )
    return None


def why_not_in_time(*, episode_goes_on: bool) -> Refusal | None:
    if episode_goes_on:
        return None
    return Refusal("concluded", _("This time together has ended. The way back is open."))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
