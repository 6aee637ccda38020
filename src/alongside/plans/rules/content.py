"""Everything a plan says, in one piece: to read, to keep inside a version, to compare. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.plans.codes import GoalStatus, PartStatus
from alongside.plans.rules.plans import AgreedGoal

Copy = Mapping[str, Any] | Sequence[Mapping[str, Any]]
FORM = 2  # of the copy; the first was a bare list of goals


@dataclass(frozen=True)
class Part:
    """What every part has. ``voice`` tells whose hand wrote it, ``by_name`` who that was."""

    id: UUID
    words: str
    begun_on: date
    status: PartStatus = PartStatus.OPEN
    settled_on: date | None = None
    settled_words: str = ""
    voice: str = ""
    by_name: str = ""

    @property
    def is_open(self) -> bool:
        return self.status is PartStatus.OPEN


@dataclass(frozen=True)
class Strength(Part):
    pass


@dataclass(frozen=True)
class Value(Part):
    pass


@dataclass(frozen=True)
class Step(Part):
    """``who`` takes it; ``on_behalf``: in the participant's place, with their permission."""

    who: str = ""
    who_name: str = ""
    by_on: date | None = None
    on_behalf: bool = False
    permission_words: str = ""


@dataclass(frozen=True)
class Objective(Part):
    """``sample`` is the starting point it was made from, if one."""

    sample: str = ""
    service_array: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class NaturalSupport(Part):
    how_close: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Try(Part):
    """What was tried against an obstacle, by whom and when."""

    who: str = ""
    who_name: str = ""
    tried_on: date | None = None


@dataclass(frozen=True)
class Obstacle(Part):
    """In the way while open; done: out of the way. It can come back."""

    obstacle: str = ""
    goal_id: UUID | None = None
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True)
class TreatmentQuestion(Part):
    """To ask about treatment options; ``settled_words`` is what was said."""

    asked_of: str = ""


@dataclass(frozen=True)
class CoreSaid:
    component: str
    words: str


@dataclass(frozen=True)
class GoalContent(AgreedGoal):
    """A goal with what hangs on it. ``steps`` are those that stand under no objective."""

    voice: str = ""
    by_name: str = ""
    objectives: tuple[Objective, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status is GoalStatus.OPEN

    @property
    def all_steps(self) -> tuple[Step, ...]:
        return (*self.steps, *(step for one in self.objectives for step in one.steps))

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """Not done yet, under an objective that goes on."""
        under = (step for one in self.objectives if one.is_open for step in one.steps)
        return tuple(step for step in (*self.steps, *under) if step.is_open)


@dataclass(frozen=True)
class PlanContent:
    """The whole plan. All of it may be empty, and that is a plan too."""

    goals: tuple[GoalContent, ...] = ()
    strengths: tuple[Strength, ...] = ()
    values: tuple[Value, ...] = ()
    core: tuple[CoreSaid, ...] = ()
    supports: tuple[NaturalSupport, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    questions: tuple[TreatmentQuestion, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    @property
    def open_goals(self) -> tuple[GoalContent, ...]:
        return tuple(goal for goal in self.goals if goal.is_open)

    @property
    def settled_goals(self) -> tuple[GoalContent, ...]:
        return tuple(goal for goal in self.goals if not goal.is_open)

    @property
    def open_steps(self) -> tuple[tuple[GoalContent, Step], ...]:
        """Every step not done yet of a goal that goes on, each with its goal."""
        return tuple((goal, step) for goal in self.open_goals for step in goal.open_steps)

    @property
    def in_the_way(self) -> tuple[Obstacle, ...]:
        return tuple(one for one in self.obstacles if one.is_open)


# -- Kept inside a version ---------------------------------------------------------------------

_D = TypeVar("_D")


def as_copy(content: PlanContent) -> dict[str, Any]:
    """The plan as plain text, to be kept inside a version."""
    return {"form": FORM, **{key: _plain(value) for key, value in asdict(content).items()}}


def from_copy(copy: Copy) -> PlanContent:
    """The plan out of a version, whatever later copies may add; the first ones were goals only."""
    if not isinstance(copy, Mapping):
        return PlanContent(goals=_all(GoalContent, copy))
    kinds: tuple[tuple[str, type[Any]], ...] = tuple(_HELD.items())
    return PlanContent(**{name: _all(kind, copy.get(name) or ()) for name, kind in kinds})


def goal_ids(copy: Copy) -> frozenset[UUID]:
    """Which goals a version holds."""
    goals = copy.get("goals", ()) if isinstance(copy, Mapping) else copy
    return frozenset(UUID(one["id"]) for one in goals)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool):
        return "" if value is None else value
    return str(value)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_HELD: Mapping[str, type[Any]] = {
    "goals": GoalContent,
    "strengths": Strength,
    "values": Value,
    "core": CoreSaid,
    "supports": NaturalSupport,
    "obstacles": Obstacle,
    "questions": TreatmentQuestion,
}
_UNDER: Mapping[str, type[Any]] = {"objectives": Objective, "steps": Step, "tries": Try}
_TYPED: Mapping[str, Callable[[str], Any]] = {
    "id": UUID,
    "goal_id": lambda text: UUID(text) if text else None,
    "begun_on": date.fromisoformat,
    "settled_on": _day,
    "by_on": _day,
    "tried_on": _day,
}


def _all(kind: type[_D], rows: Sequence[Mapping[str, Any]]) -> tuple[_D, ...]:
    return tuple(_read(kind, row) for row in rows)


def _read(kind: type[_D], row: Mapping[str, Any]) -> _D:
    known: dict[str, Any] = {}
    status = GoalStatus if kind is GoalContent else PartStatus
    for name in (one.name for one in fields(kind) if one.name in row):  # type: ignore[arg-type]
        value = row[name]
        if name in _UNDER:
            known[name] = _all(_UNDER[name], value)
        elif name == "status":
            known[name] = status(value)
        else:
            known[name] = _TYPED[name](value) if name in _TYPED else value
    return kind(**known)


# -- What is otherwise -------------------------------------------------------------------------


class Change(StrEnum):
    ADDED = "added"
    REWORDED = "reworded"
    CHANGED = "changed"
    DONE = "done"
    OUT_OF_THE_WAY = "out-of-the-way"
    SET_ASIDE = "set-aside"
    REOPENED = "reopened"
    TAKEN_BACK = "taken-back"


CHANGE_SENTENCES: Mapping[Change, str] = {
    Change.ADDED: _("New: “{words}”"),
    Change.REWORDED: _("Said anew: “{words}”. Before: “{before}”"),
    Change.CHANGED: _("Changed: “{words}”"),
    Change.DONE: _("Done: “{words}”"),
    Change.OUT_OF_THE_WAY: _("Out of the way: “{words}”"),
    Change.SET_ASIDE: _("Set aside for now: “{words}”"),
    Change.REOPENED: _("Open again: “{words}”"),
    Change.TAKEN_BACK: _("Taken back: “{words}”"),
}

PART_NAMES: Mapping[str, str] = {
    "goal": _("Goal"),
    "strength": _("Strength"),
    "value": _("What matters"),
    "core": _("What recovery grows from"),
    "objective": _("Objective"),
    "step": _("Step"),
    "support": _("Natural support"),
    "obstacle": _("In the way"),
    "try": _("What was tried"),
    "question": _("Question to ask"),
}


@dataclass(frozen=True)
class Difference:
    """One readable fact. ``part`` is a key of ``PART_NAMES``; ``said`` the words that came along,
    of an obstacle's end, say, or what was answered."""

    change: Change
    part: str
    words: str
    before: str = ""
    said: str = field(default="", kw_only=True)

    @property
    def name(self) -> str:
        return PART_NAMES[self.part]

    @property
    def say(self) -> Say:
        facts = {"words": self.words, "before": self.before}
        return Say(CHANGE_SENTENCES[self.change], facts)


def differences(before: PlanContent, now: PlanContent) -> tuple[Difference, ...]:
    """What is otherwise than ``before``, in the order of the plan; nothing when nothing is."""
    then, here = dict(_everything(before)), dict(_everything(now))
    found = []
    for key, one in here.items():
        old = then.get(key)
        found += _added(key[0], one) if old is None else _otherwise(key[0], old, one)
    gone = [
        Difference(Change.TAKEN_BACK, key[0], old.words)
        for key, old in then.items()
        if key not in here
    ]
    return (*found, *gone)


_Row = Part | GoalContent | CoreSaid
_Key = tuple[str, UUID | str]


def _everything(content: PlanContent) -> Iterator[tuple[_Key, _Row]]:
    for goal in content.goals:
        yield ("goal", goal.id), goal
        for objective in goal.objectives:
            yield ("objective", objective.id), objective
        for step in goal.all_steps:
            yield ("step", step.id), step
    for obstacle in content.obstacles:
        yield ("obstacle", obstacle.id), obstacle
        for one in obstacle.tries:
            yield ("try", one.id), one
    lists: tuple[tuple[str, tuple[Part, ...]], ...] = (
        ("support", content.supports),
        ("question", content.questions),
        ("strength", content.strengths),
        ("value", content.values),
    )
    for name, rows in lists:
        for row in rows:
            yield (name, row.id), row
    for said in content.core:
        yield ("core", said.component), said


def _added(part: str, one: _Row) -> list[Difference]:
    if isinstance(one, CoreSaid) or one.status == "open":
        return [Difference(Change.ADDED, part, one.words)]
    return [Difference(_settled(part, one), part, one.words, said=one.settled_words)]


def _otherwise(part: str, old: _Row, one: _Row) -> list[Difference]:
    found = []
    if old.words != one.words:
        found.append(Difference(Change.REWORDED, part, one.words, old.words))
    elif _details(old) != _details(one):
        found.append(Difference(Change.CHANGED, part, one.words))
    if isinstance(one, CoreSaid) or isinstance(old, CoreSaid) or old.status == one.status:
        return found
    if one.status == "open":
        return [*found, Difference(Change.REOPENED, part, one.words)]
    return [*found, Difference(_settled(part, one), part, one.words, said=one.settled_words)]


def _settled(part: str, one: Part | GoalContent) -> Change:
    if one.status == "set-aside":
        return Change.SET_ASIDE
    return Change.OUT_OF_THE_WAY if part == "obstacle" else Change.DONE


_NO_DETAIL = frozenset(
    [
        "id",
        "words",
        "status",
        "begun_on",
        "settled_on",
        "settled_words",
        "voice",
        "by_name",
        "goal_id",
    ]
) | set(_UNDER)


def _details(one: _Row) -> dict[str, object]:
    return {f.name: getattr(one, f.name) for f in fields(one) if f.name not in _NO_DETAIL}
