"""The days around today: appointments, drafts, tries, corrections, words added, records opened."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from alongside.audit.actions import Event, Line, record_lines
from alongside.core.actor import Actor
from alongside.core.clock import local
from alongside.demo.chance import TIME_ZONE, Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.demo.wordbook import book
from alongside.demo.world import World
from alongside.encounters.actions import (
    add_words,
    cancel_appointment,
    correct_note,
    miss_appointment,
    plan_appointment,
    save_draft,
    void_note,
)
from alongside.encounters.actions.appointments import NewAppointment
from alongside.encounters.codes import AppointmentStatus
from alongside.encounters.models import Appointment, Encounter
from alongside.encounters.rules import NewNote, Times

TODAY = (
    (9.5, 60, "Coffee", "", "the Blue Door Café"),
    (13.0, 90, "Review hearing; meet on the bench", "court", "county courthouse"),
    (15.75, 45, "Look at the plan together", "", "the small room at the center"),
)


class Present:
    """What the supporters have before them on the day of the demo."""

    def __init__(self, world: World, lives: Iterable[Life], first: Walker) -> None:
        self.world, self.clock, self.first = world, world.clock, first
        self.dice = Dice("present")
        self.walking = [life for life in lives if life.who is not None]
        self.mine = [life for life in self.walking if life.who is first]
        self._later: list[tuple[datetime, Callable[..., object]]] = []

    def unfold(self) -> None:
        """Everything, in the order of time."""
        self._past_appointments()
        self._appointments_today()
        self._appointments_ahead()
        self._tries()
        self._words()
        self._corrections()
        self._drafts()
        for at, do in sorted(self._later, key=lambda pair: pair[0]):
            do(at=at)
        self._opened()

    def _at(self, at: datetime, do: Callable[..., object], *args: object, **more: object) -> None:
        """An action that is done when its time comes."""
        at = min(at, self.clock.now - timedelta(minutes=1))
        self._later.append((at, partial(do, *args, **more)))

    def _recent(self, days: int) -> list[Encounter]:
        """Notes of those days by who still walks with the person, the newest first."""
        who = {life.participant_id: life.who for life in self.walking if life.who}
        since = self.clock.ago(days, 0)
        found = [
            told.encounter
            for told in self.world.told
            if told.encounter.participant_id in who
            and told.encounter.author_id == who[told.encounter.participant_id].actor.id
            and told.encounter.signed_at is not None
            and told.encounter.signed_at > since
        ]
        return sorted(found, key=lambda e: (e.on, str(e.pk)), reverse=True)

    # Appointments

    def _past_appointments(self) -> None:
        """Some of the last weeks' contacts had been planned."""
        actors = {w.supporter_id: w.actor for w in self.world.team.walkers.values()}
        planned, lines = [], []
        for note in self._recent(24):
            if note.started_at is None or not note.place_words or not self.dice.often(0.4):
                continue
            appointment = Appointment(
                pk=self.dice.id_at(note.started_at - timedelta(days=4)),
                agency_id=self.world.agency_id,
                participant_id=note.participant_id,
                supporter_id=note.supporter_id,
                starts_at=note.started_at,
                ends_at=note.ended_at,
                place_words=note.place_words,
                going_along=note.going_along,
                status=AppointmentStatus.MET.value,
                encounter=note,
            )
            planned.append(appointment)
            event = Event("appointment.planned", f"Appointment/{appointment.pk}")
            at = note.started_at - timedelta(days=4)
            lines.append(Line(event, actors[note.supporter_id], at))
        Appointment.objects.bulk_create(planned)
        record_lines(sorted(lines, key=lambda line: line.at), agency_id=self.world.agency_id)

    def _plan(self, life: Life, ago: int, hour: float, minutes: int, *words: str) -> UUID:
        """``words``: what for, going along to what, where."""
        what, along, where = words
        starts_at = self.clock.at(self.clock.day(ago), hour)
        key = self.dice.id_at(starts_at - timedelta(days=3))
        new = NewAppointment(starts_at, starts_at + timedelta(minutes=minutes), where, along, what)
        by = self._by(life)
        made = min(self.clock.now, starts_at) - timedelta(days=2, hours=self.dice.randint(1, 30))
        self._at(made, plan_appointment, key, life.participant_id, new, by=by)
        return key

    def _by(self, life: Life) -> Actor:
        if life.who is None:
            raise LookupError(life.person.name)
        return life.who.actor

    def _appointments_today(self) -> None:
        court = [life for life in self.mine if "court" in life.person.tags]
        chosen = [*court[:1], *(life for life in self.mine if life not in court[:1])]
        chosen = [chosen[1], chosen[0], *chosen[2:]]
        for life, (hour, minutes, *words) in zip(chosen, TODAY, strict=False):
            self._plan(life, 0, hour, minutes, *words)
        for life in self.walking:
            if life not in self.mine and self.dice.often(0.18):
                self._ordinary(life, 0)

    def _ordinary(self, life: Life, ago: int) -> UUID:
        hour = self.dice.randrange(9 * 4, 17 * 4) / 4
        what = self.dice.take(book("desk")["match"]["appointment"])
        return self._plan(life, ago, hour, self.dice.choice([30, 45, 60, 90]), what, "", "")

    def _appointments_ahead(self) -> None:
        words = book("desk")["match"]
        for life in self.walking:
            if self.dice.often(0.6):
                self._ordinary(life, -self.dice.randint(1, 9))
        for turn, life in enumerate(self.dice.sample(self.walking, 8)):
            by, ago = self._by(life), self.dice.randint(1, 5)
            key = self._ordinary(life, ago)
            end = cancel_appointment if turn % 2 else miss_appointment
            said = life.say(self.dice.take(words["cancelled" if turn % 2 else "missed"]))
            self._at(self.clock.ago(ago, 18), end, key, words=said, by=by)

    # Notes

    def _tries(self) -> None:
        """Where it has been a while, someone tried."""
        for life in self.walking:
            walk = life.walk
            if walk is None or walk.last is None or walk.last < (walk.agreed or 30):
                continue
            for ago in self.dice.sample(range(1, 8), 2):
                self._at(self.clock.ago(ago, 11), life.try_again)

    def _words(self) -> None:
        """The participant read it on the supporter's phone."""
        lives = {life.participant_id: life for life in self.walking}
        for note in self._recent(40)[::4][:60]:
            life = lives[note.participant_id]
            added = self.dice.take(book("desk")["added"]["words"])
            signs = self.dice.often(0.6)
            at = min((note.signed_at or self.clock.now) + timedelta(days=1), self.clock.now)
            self._at(
                at,
                add_words,
                self.dice.id_at(at),
                note.pk,
                words=added if not signs or self.dice.often(0.7) else "",
                signed_name=life.person.name if signs else "",
                by=self._by(life),
            )

    def _corrections(self) -> None:
        lives = {life.participant_id: life for life in self.walking}
        notes = [note for note in self._recent(30) if note.what_next and note.participant_words]
        for turn, note in enumerate(notes[3:66:9]):
            life = lives[note.participant_id]
            reason = life.say(book("desk")["correction"]["reason"][turn % 4])
            at = (note.signed_at or self.clock.now) + timedelta(hours=20)
            better = f"{note.what_we_did} {_put_right(reason)}"
            self._at(
                at,
                correct_note,
                note.pk,
                replace(_as_new(note), what_we_did=better),
                reason=reason,
                seen=0,
                by=self._by(life),
            )
        mistaken, life = notes[-1], lives[notes[-1].participant_id]
        reason = "Written twice; the other one stands."
        self._at(self.clock.ago(1, 10), void_note, mistaken.pk, reason=reason, by=self._by(life))

    def _drafts(self) -> None:
        others = [life for life in self.walking if life not in self.mine and life.walk][::17][:2]
        for turn, life in enumerate([*self.mine[:2], *others]):
            at = self.clock.ago(turn % 2, 11 + turn)
            begun = local(at - timedelta(hours=1), TIME_ZONE)
            text = life.say(
                (
                    "Talked in the car before the hearing. {First} had the folder and the blue",
                    "Met at the laundromat. {They} told me about the new place and",
                    "Long call. {First} wants to",
                    "Walked the trail. First snow, and",
                )[turn]
            )
            fields = {
                "on": [begun.date().isoformat()],
                "start": [f"{begun:%H:00}"],
                "end": [f"{begun:%H:45}"],
                "mode": ["face_to_face"],
                "place": ["community"],
                "processes": ["connecting"],
                "what_we_did": [text],
            }
            key = self.dice.id_at(at)
            fields["encounter_id"] = [str(key)]
            self._at(at, save_draft, key, life.participant_id, fields, seen=None, by=self._by(life))

    def _opened(self) -> None:
        """Who looked at which record in the last two weeks."""
        lines = []
        staff = self.world.team.staff
        for ago in range(14, 0, -1):
            for life in self.dice.sample(self.walking, 6):
                by = self.dice.choice([self._by(life), self._by(life), staff["coordinator"].actor])
                event = Event("participant.opened", f"Participant/{life.participant_id}")
                lines.append(Line(event, by, self.clock.ago(ago, self.dice.uniform(8, 17))))
        record_lines(sorted(lines, key=lambda line: line.at), agency_id=self.world.agency_id)


def _put_right(reason: str) -> str:
    """What the correction added, in the note itself."""
    return "We ended at the half hour." if "time" in reason else "(Put right after we read it.)"


def _as_new(note: Encounter) -> NewNote:
    """A signed note as a form would hold it again."""
    return NewNote(
        times=Times(note.on, note.started_at, note.ended_at, note.minutes),
        mode=note.mode,
        place=note.place,
        place_words=note.place_words,
        going_along=note.going_along,
        service=note.service,
        processes=tuple(note.processes),
        activities=tuple(note.activities),
        what_we_did=note.what_we_did,
        participant_words=note.participant_words,
        what_next=note.what_next,
        done_for=note.done_for,
        permission_words=note.permission_words,
        array=note.array,
        array_own_reason=note.array_own_reason,
    )
