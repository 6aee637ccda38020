"""What an update starts from: all that happened between the two since the plan was agreed on."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from alongside.core.actor import Actor
from alongside.encounters.queries.since import Since, contacts_since, since
from alongside.outcomes.queries import checkins
from alongside.plans.codes import RequirementState, SigningKind
from alongside.plans.queries import requirements
from alongside.plans.queries.versions import Open, last_answer
from alongside.plans.rules.content import Change, Difference

STAGES = ("happened", "matters", "goals", "check-in", "words", "sign")
LATEST = 5  # contacts that are named one by one
MOVED = frozenset({Change.DONE, Change.OUT_OF_THE_WAY})


@dataclass(frozen=True)
class Happened:
    """``moved`` are steps done, goals reached and obstacles out of the way; ``done`` what others
    asked for and was accepted; ``latest`` the last contacts; ``check_in`` the newest one that the
    viewer may see."""

    begun: date
    contacts: Since
    moved: tuple[Difference, ...]
    touched: list[tuple[Any, int]]
    done: list[Any]
    check_in: Any
    latest: list[Any]


def happened(viewer: Actor, *, participant_id: UUID, begun: date, now: Open, on: date) -> Happened:
    contacts = since(viewer, participant_id=participant_id, day=begun)
    listed = requirements.listed(viewer, participant_id=participant_id, today=on)
    return Happened(
        begun,
        contacts,
        tuple(one for one in now.since if one.change in MOVED),
        [
            (goal, contacts.touched[goal.id])
            for goal in now.content.goals
            if goal.id in contacts.touched
        ],
        [one for one in listed if _done_since(one.facts, begun)],
        checkins.latest(viewer, participant_id=participant_id),
        list(contacts_since(viewer, participant_id=participant_id, day=begun)[:LATEST]),
    )


def _done_since(facts: Any, begun: date) -> bool:
    done = facts.state in (RequirementState.ACCEPTED, RequirementState.HANDED_IN)
    return done and facts.last_on is not None and facts.last_on >= begun


def prepared(viewer: Actor, now: Open) -> Any:
    """The participant's own words for this update, while nothing else was done with it since."""
    step = last_answer(viewer, version_id=now.version.pk) if now.version else None
    return step if step is not None and step.kind == SigningKind.PREPARED else None


def after(stage: str) -> str:
    return STAGES[min(STAGES.index(stage) + 1, len(STAGES) - 1)]


def before(stage: str) -> str:
    return STAGES[STAGES.index(stage) - 1] if stage != STAGES[0] else ""
