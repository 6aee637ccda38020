"""What stands in plans of the invented agency beside the goals: ways, steps, what is in the way."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.demo.wordbook import book
from alongside.people.models import Participant
from alongside.plans.actions.parts import add_part, settle_part
from alongside.plans.codes import PartKind, PartStatus, WhoDoes
from alongside.plans.models import PlanPart
from alongside.plans.queries import open_goals
from alongside.plans.rules.parts import NewPart

K = PartKind
MOST_PEOPLE, MOST_WAYS = 6, 2
WRITTEN = 18  # days ago the first of it was written
TRIED = 8


def fill(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    """For the first supporter's people, most for the first of them; some plans stay as they are."""
    mine = [life for life in lives if life.who is first and life.walk and life.walk.goes_on]
    words = book("plans")
    for number, life in enumerate(mine[:MOST_PEOPLE]):
        _Plan(life, clock, first.actor).fill(words, number)


class _Plan:
    """One person's. What the participant's own hand can write, it writes, where they come in."""

    def __init__(self, life: Life, clock: Clock, by: Actor) -> None:
        self.life, self.clock, self.by = life, clock, by
        self.dice = Dice("plans", life.person.number)
        person = Participant.objects.select_related("user").get(pk=life.participant_id)
        own = actor_for(person.user) if person.user is not None else None
        self.own = own or by
        self._minutes = 0

    def fill(self, words: dict[str, Any], number: int) -> None:
        goals = list(open_goals(self.by, participant_id=self.life.participant_id))
        fitting = [goal for goal in goals if goal.area in words["ways"]]
        for goal in fitting[:MOST_WAYS]:
            for way in words["ways"][goal.area]:
                self._way(way, goal.pk)
        for stone in self._some(words["obstacles"], number, 3 if number == 0 else 1):
            self._stone(stone)
        for kind, name in ((K.SUPPORT, "supports"), (K.STRENGTH, "strengths"), (K.VALUE, "values")):
            for one in self._some(words[name], number, 2 if number == 0 else 1):
                self._add(kind, by=self.own, **one)
        for one in self._some(words["questions"], number, 2 if number == 0 else 1):
            asked = self._add(K.QUESTION, by=self.own, words=one["words"], asked_of=one["asked_of"])
            if one["said"]:
                self._settle(asked, one["said"], by=self.own)

    def _some(self, rows: list[Any], number: int, most: int) -> Iterable[Any]:
        return [rows[(number + nth) % len(rows)] for nth in range(most)]

    def _way(self, way: dict[str, Any], goal_id: UUID) -> None:
        aim = self._add(K.OBJECTIVE, words=way["words"], sample=way["sample"], goal_id=goal_id)
        for step in way["steps"]:
            known = step["who"] in set(WhoDoes)
            yes = step.get("yes", "")
            part = self._add(
                K.STEP,
                by=self.own if step["who"] == WhoDoes.PARTICIPANT else self.by,
                words=step["words"],
                goal_id=goal_id,
                parent_id=aim.pk,
                who=step["who"] if known else WhoDoes.SOMEONE.value,
                who_name="" if known else step["who"],
                day=self.clock.day(-step["by"]) if step["by"] else None,
                on_behalf=bool(yes),
                permission_words=yes,
            )
            if step["done"]:
                self._settle(part, "", by=self.own)

    def _stone(self, stone: dict[str, Any]) -> None:
        part = self._add(K.OBSTACLE, by=self.own, words=stone["words"], obstacle=stone["kind"])
        for tried in stone["tried"]:
            day = self.clock.day(tried["ago"])
            said = {"words": tried["words"], "who": tried["who"], "day": day}
            self._add(K.TRY, ago=min(TRIED, tried["ago"]), parent_id=part.pk, **said)
        if stone["over"]:
            self._settle(part, stone["over"], by=self.own)

    def _add(
        self, kind: PartKind, *, by: Actor | None = None, ago: int = WRITTEN, **said: Any
    ) -> PlanPart:
        at = self._at(ago)
        new = NewPart(kind, **said)
        part_id = self.dice.id_at(at)
        return add_part(self.life.episode_id, new, part_id=part_id, by=by or self.by, at=at)

    def _settle(self, part: PlanPart, said: str, *, by: Actor) -> None:
        at = self._at(2)
        settle_part(part.pk, PartStatus.DONE, said=said, revision=part.revision, by=by, at=at)

    def _at(self, ago: int) -> datetime:
        self._minutes += 1
        began = self.life.walk.began if self.life.walk else ago
        return self.clock.ago(min(ago, max(began - 1, 0)), 14 + self._minutes / 60)
