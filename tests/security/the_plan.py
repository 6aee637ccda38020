"""What stands in a plan beside its goals: open, done, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.plans.codes import PartKind
from alongside.plans.models import Goal, PlanPart
from tests.factories import NOW, TODAY

if TYPE_CHECKING:
    from tests.security.world import Side


def with_plan_parts(side: Side) -> None:
    """For the pages of colleagues and for the participant's own, which have names of their own."""
    goal = Goal.objects.select_related("plan").get(pk=side.ids["goal_id"])
    person = {"participant_id": side.ids["participant_id"]}

    def part(kind: PartKind, words: str, **more: object) -> PlanPart:
        return PlanPart.objects.create(
            agency=side.agency,
            plan=goal.plan,
            kind=kind.value,
            goal=goal,
            words=f"{words} {side.person}",
            begun_on=TODAY,
            voice="supporter",
            written_by=side.users["supporter"],
            **more,
        )

    stone = part(PartKind.OBSTACLE, "No ride", obstacle="environmental")
    way = part(PartKind.OBJECTIVE, "At ease")
    done = part(PartKind.STEP, "Called", who="participant", status="done", settled_on=TODAY)
    mistake = part(PartKind.STEP, "Mistake", who="participant", voided_at=NOW)
    side.ids |= {"part_id": stone.pk, "kind": "obstacle"}
    gone = Goal.objects.create(
        agency=side.agency,
        plan=goal.plan,
        words=f"Gone {side.person}",
        begun_on=TODAY,
        voided_at=NOW,
    )
    own = {
        "goal_bring_back": {"goal_id": gone.pk},
        "part_new_for_goal": {"kind": "step"},
        "part_new_under": {"part_id": way.pk, "kind": "step"},
        "part_reopen": {"part_id": done.pk},
        "part_bring_back": {"part_id": mistake.pk},
    }
    side.other_ids |= {route: {**person, **ids} for route, ids in own.items()}
    side.other_ids |= {
        "own_part_for_goal": {"kind": "step"},
        "own_part_under": {"part_id": way.pk, "kind": "step"},
        "own_part_reopen": {"part_id": done.pk},
        "own_part_bring_back": {"part_id": mistake.pk},
        "own_goal_bring_back": {"goal_id": gone.pk},
    }


STEP = {"words": "Call", "who": "participant", "day": "2026-12-01"}
REST = {"to": "done", "said": "It went", "revision": "0"}
STONE = {"words": "No bus", "obstacle": "personal"}
BODIES = {
    "part_new": STONE,
    "part_new_for_goal": STEP,
    "part_new_under": STEP,
    "part_change": {**STONE, "revision": "0"},
    "part_settle": REST,
}
OWN_BODIES = {
    "own_goal_new": {"words": "A dog", "area": ""},
    "own_goal": {"words": "A cat", "area": "", "revision": "0"},
    "own_goal_settle": {"to": "reached", "said": "Yes", "revision": "0"},
    "own_core_words": {"connection": "My aunt"},
    "own_part_new": STONE,
    "own_part_for_goal": STEP,
    "own_part_under": STEP,
    "own_part": {**STONE, "revision": "0"},
    "own_part_settle": REST,
}
