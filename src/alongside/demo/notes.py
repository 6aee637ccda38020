"""Notes of invented contacts, in everyday words that rarely repeat."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.core.clock import local
from alongside.demo.cast import Person
from alongside.demo.chance import TIME_ZONE, Clock, Dice
from alongside.demo.team import Walker
from alongside.demo.wordbook import Situation, book, situations
from alongside.encounters.codes import EncounterKind, NoteStatus
from alongside.encounters.models import Encounter
from alongside.encounters.rules import times_on_wall
from alongside.practice.codes import Activity, Mode, ServiceArray

_LATE = frozenset({"rough_night"})
_BY_HAND = frozenset({"cooking", "studying_signs"})


@dataclass(frozen=True)
class Told:
    """A note, and the goals it touched."""

    encounter: Encounter
    goal_ids: tuple[UUID, ...] = ()


@dataclass
class Pen:
    """Writes the notes of one person, and knows which words were used before."""

    agency_id: UUID
    person: Person
    clock: Clock
    busy: dict[tuple[UUID, date], list[tuple[float, float]]]
    worn: Counter[str]
    goals: list[tuple[UUID, str, str]] = field(default_factory=list)
    lately: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = Dice("notes", self.person.number)

    def write(self, participant_id: UUID, who: Walker, on: date, *, about: str = "") -> Told | None:
        """A contact on that day, or nothing where the day is full or still ahead."""
        story = situations()[about] if about else self._situation(on)
        when = self._when(story, who, on)
        if when is None:
            return None
        start, minutes = when
        begun = local(self.clock.at(on, start), TIME_ZONE)
        ended = begun + timedelta(minutes=minutes)
        times = times_on_wall(on, begun.time(), ended.time(), TIME_ZONE)
        signed_at = min(
            self.clock.at(on, start) + timedelta(minutes=minutes + self.dice.randint(4, 150)),
            self.clock.now - timedelta(minutes=2),
        )
        goals = self._goals(story)
        encounter = Encounter(
            pk=self.dice.id_at(self.clock.at(on, start)),
            agency_id=self.agency_id,
            participant_id=participant_id,
            supporter_id=who.supporter_id,
            author_id=who.actor.id,
            kind=EncounterKind.CONTACT.value,
            status=NoteStatus.SIGNED.value,
            on=times.on,
            started_at=times.started_at,
            ended_at=times.ended_at,
            minutes=times.minutes,
            signed_at=signed_at,
            signed_by_id=who.actor.id,
            **self._content(story, on, goals),
        )
        self._advise(encounter, who, story)
        self.lately = [story.name, *self.lately][:4]
        return Told(encounter, tuple(goal_id for goal_id, _area, _words in goals))

    def _situation(self, on: date) -> Situation:
        tags = self.person.tags
        fitting = [
            s
            for s in situations().values()
            if s.weight
            and (not s.needs or s.needs in tags)
            and (not s.months or on.month in s.months)
            and s.name not in self.lately
            and not ("affected" in tags and s.name in ("self_help_group", "plan_look"))
        ]
        wanted = {area for _id, area, _words in self.goals}
        weights = [s.weight * (2 if wanted & set(s.areas) else 1) for s in fitting]
        return self.dice.choices(fitting, weights=weights)[0]

    def _when(self, story: Situation, who: Walker, on: date) -> tuple[float, int] | None:
        """A start on the quarter hour that does not run into another contact of that day."""
        taken = self.busy.setdefault((who.supporter_id, on), [])
        low, high = story.minutes
        for _try in range(8):
            minutes = self.dice.randrange(low, high + 1, 5) or low
            first, last = (20, 22) if story.name in _LATE else (8, 18)
            start = self.dice.randrange(first * 4, last * 4) / 4
            end = start + minutes / 60
            ahead = self.clock.at(on, min(end, 23.75)) > self.clock.now - timedelta(minutes=5)
            if end < 23.75 and not ahead and all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                return start, minutes
        return None

    def _goals(self, story: Situation) -> list[tuple[UUID, str, str]]:
        fitting = [goal for goal in self.goals if goal[1] in story.areas]
        return fitting[:2] if fitting and self.dice.often(0.75) else []

    def _content(
        self, story: Situation, on: date, goals: Sequence[tuple[UUID, str, str]]
    ) -> dict[str, object]:
        dice, names, colour = self.dice, self.person.names, book("colour")
        place = names.fill(dice.take(story.places))
        did = [self._fresh(story.did), self._fresh(story.more)]
        if dice.often(0.3):
            did.append(self._fresh([m for m in story.more if m != did[1]]))
        if dice.often(0.4):
            did.append(self._fresh(colour["months"][str(on.month)] + colour["any"]))
        if goals and dice.often(0.5):
            did.append(self._fresh(colour["goal"]))
        helped = dice.often(0.03)
        activities = [*story.activities, *([Activity.DOING_FOR.value] if helped else [])]
        mode = story.mode
        if story.name == "phone_hello" and dice.often(0.12):
            mode = Mode.VIDEO.value
        said = names.fill(self._fresh(story.said)) if dice.often(0.72) else ""
        return {
            "mode": mode,
            "place": story.place,
            "place_words": place if mode == Mode.FACE_TO_FACE else "",
            "going_along": story.going_along,
            "service": story.service,
            "processes": self._processes(story),
            "activities": activities,
            "what_we_did": names.fill(
                " ".join(did), place=place, goal=goals[0][2] if goals else ""
            ),
            "participant_words": said,
            "what_next": names.fill(self._fresh(story.next)) if dice.often(0.75) else "",
            "done_for": names.fill(dice.take(colour["done_for"])) if helped else "",
            "permission_words": names.fill(dice.take(colour["permission"])) if helped else "",
        }

    def _processes(self, story: Situation) -> list[str]:
        chosen = [p for p in story.processes if self.dice.often(0.8)]
        return ["connecting", *(p for p in chosen if p != "connecting")]

    def _fresh(self, texts: Sequence[str]) -> str:
        """One that was used least, so that the same words rarely come twice."""
        least = min(self.worn[text] for text in texts)
        text = self.dice.take([t for t in texts if self.worn[t] <= least + 1])
        self.worn[text] += 1
        return text

    def _advise(self, encounter: Encounter, who: Walker, story: Situation) -> None:
        """The array as the day's certificate gives it; now and then the writer knows better."""
        advice = who.writer.advice(
            encounter.on,
            processes=tuple(encounter.processes),
            activities=tuple(encounter.activities),
            going_along=encounter.going_along,
            words=encounter.what_we_did,
        )
        advised = advice.array.value if advice.array else ""
        encounter.array = encounter.array_advised = advised
        encounter.array_reasons = [str(reason) for reason in advice.reasons]
        encounter.support_label = advice.label
        if story.name in _BY_HAND and advised != ServiceArray.ISDE and self.dice.often(0.35):
            encounter.array = ServiceArray.ISDE.value
            encounter.array_own_reason = self.dice.take(book("colour")["own_array"])
            encounter.support_label = ""


def newest(told: Sequence[Told], since: datetime) -> list[Encounter]:
    """Signed after ``since``, the newest first."""
    found = [t.encounter for t in told if t.encounter.signed_at and t.encounter.signed_at > since]
    return sorted(found, key=lambda e: (e.started_at or since, str(e.pk)), reverse=True)
