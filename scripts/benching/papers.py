"""A plan with much in it: ``python -m scripts.benching.papers FACTS.json``; how long its PDF takes.

The first supporter's first person gets it, through the same actions as everything else.
"""

import json
import statistics
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from scripts.benching.asking import Visitor

GOALS, EACH = 8, 6
WORDS = "One thing at a time, and the phone call first. " * 2


def paper(place: Any, asking: Visitor, times: int) -> dict[str, Any]:
    """Seconds from asking for the PDF of a full plan until its last byte: the median, and the
    slowest of them, the first one included."""
    parts = json.loads(place.run("scripts.benching.papers", place.facts))["parts"]
    took = [asking.plan_paper() for _turn in range(times)]
    told = f"{parts} parts, the slowest {max(took):.2f} s"
    return {"value": round(statistics.median(took), 2), "told": told}


def main() -> None:
    django.setup()
    from alongside import tenancy  # noqa: PLC0415
    from alongside.accounts.models import User  # noqa: PLC0415
    from alongside.accounts.queries import actor_for  # noqa: PLC0415
    from alongside.plans.actions import add_goal  # noqa: PLC0415
    from alongside.plans.actions.parts import add_part  # noqa: PLC0415
    from alongside.plans.codes import PartKind as K  # noqa: PLC0415
    from alongside.plans.rules.parts import NewPart  # noqa: PLC0415
    from alongside.referrals.queries.episodes import episodes_of  # noqa: PLC0415

    who = json.loads(Path(sys.argv[1]).read_text())["supporters"][0]
    now, made = datetime.now(UTC), 0
    with tenancy.working_for(UUID(who["agency"])):
        by = actor_for(User.objects.get(pk=UUID(who["user"])))
        if by is None:
            raise LookupError(who["user"])
        found = episodes_of(by, participant_id=UUID(who["people"][0])).first()
        if found is None:
            raise LookupError(who["people"][0])
        new = [NewPart(K.VALUE, WORDS), NewPart(K.STRENGTH, WORDS), NewPart(K.QUESTION, WORDS)]
        new += [NewPart(K.SUPPORT, WORDS), NewPart(K.OBSTACLE, WORDS, obstacle="personal")]
        new *= EACH
        for _goal in range(GOALS):
            goal = add_goal(found.pk, words=WORDS, area="housing", by=by, at=now)
            step = NewPart(K.STEP, WORDS, goal_id=goal.pk, who="participant", day=now.date())
            new += [step] * EACH
        for one in new:
            add_part(found.pk, one, by=by, at=now)
            made += 1
    print(json.dumps({"parts": made + GOALS}))


if __name__ == "__main__":
    main()
