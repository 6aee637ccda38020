"""The ten months of the demo, day by day: what people did in order, and their notes in bulk."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.audit.actions import Event, Line, record_lines
from alongside.core.actor import Actor
from alongside.demo.chance import Clock
from alongside.demo.notes import Told
from alongside.demo.team import Team
from alongside.encounters.models import Encounter, EncounterGoal
from alongside.referrals.actions.rhythm import recount_contacts


@dataclass(order=True)
class Deed:
    at: datetime
    turn: int
    do: Callable[[datetime], object] = field(compare=False)


class World:
    """Deeds are done in the order of time; notes wait until the week is over."""

    def __init__(self, agency_id: UUID, team: Team, clock: Clock) -> None:
        self.agency_id = agency_id
        self.team = team
        self.clock = clock
        self.told: list[Told] = []
        self.busy: dict[tuple[UUID, date], list[tuple[float, float]]] = {}
        self.worn: Counter[str] = Counter()
        self.days: dict[UUID, list[date]] = {}
        self._deeds: list[Deed] = []
        self._waiting: list[tuple[Told, Actor]] = []
        self._turn = 0

    @property
    def desk(self) -> Actor:
        return self.team.staff["coordinator"].actor

    def later(self, at: datetime, do: Callable[[datetime], object]) -> None:
        """Do it at that moment, unless it lies ahead of today."""
        if at >= self.clock.now:
            return
        self._turn += 1
        heapq.heappush(self._deeds, Deed(at, self._turn, do))

    def tell(self, told: Told | None, by: Actor) -> None:
        if told is None:
            return
        self.told.append(told)
        self._waiting.append((told, by))
        self.days.setdefault(told.encounter.participant_id, []).append(told.encounter.on)

    def run(self) -> None:
        week_ends = self.clock.ago(400, 9)
        while self._deeds:
            deed = heapq.heappop(self._deeds)
            if deed.at > week_ends:
                self._keep_notes()
                week_ends = deed.at + timedelta(days=7)
            deed.do(deed.at)
        self._keep_notes()
        for participant_id in self.days:
            self.recount(participant_id)

    def recount(self, participant_id: UUID) -> None:
        """What is kept beside people and episodes of their days of contact."""
        recount_contacts(participant_id, days=self.days.get(participant_id, []))

    def _keep_notes(self) -> None:
        told = sorted(self._waiting, key=lambda pair: pair[0].encounter.signed_at or self.clock.now)
        self._waiting = []
        Encounter.objects.bulk_create([t.encounter for t, _by in told], batch_size=200)
        EncounterGoal.objects.bulk_create(
            [
                EncounterGoal(
                    agency_id=t.encounter.agency_id, encounter_id=t.encounter.pk, goal_id=goal
                )
                for t, _by in told
                for goal in t.goal_ids
            ],
            batch_size=500,
        )
        record_lines(
            [
                Line(Event("note.signed", f"Encounter/{t.encounter.pk}"), by, t.encounter.signed_at)
                for t, by in told
                if t.encounter.signed_at is not None
            ],
            agency_id=self.agency_id,
        )
