"""Questions to the array lead of the invented agency: asked, answered, kept as examples."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from alongside.demo.chance import Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.demo.world import World
from alongside.encounters.actions import (
    NewQuestion,
    answer_hint,
    answer_question,
    ask_array_lead,
    put_answer_away,
    take_over_answer,
    withdraw_precedent,
)
from alongside.encounters.codes import HintAnswerKind
from alongside.encounters.models import ArrayQuestion, Encounter
from alongside.encounters.rules import NewAnswer
from alongside.practice.codes import Activity
from alongside.practice.role import HintKind

A = Activity


@dataclass(frozen=True)
class Asked:
    """``ago`` in days; ``choice`` is empty while it waits. ``then`` is what became of it."""

    ago: int
    words: str
    activities: tuple[str, ...]
    choice: str = ""
    reason: str = ""
    then: str = ""


ASKED = (
    Asked(
        140,
        "I teach yoga on weekends. Showed the person three breathing exercises from my class "
        "before we talked about the week. Is that still peer support?",
        (A.TEACHING_OR_TREATMENT,),
        "wellness_management",
        "You were the teacher for that part. A practice we teach is wellness, also when a peer "
        "teaches it. If you two had gone to a class together, it would be different.",
        "taken",
    ),
    Asked(
        96,
        "Drove the person to the dentist and back. We did not talk much, they were in pain. "
        "No goal, only the ride.",
        (A.DOING_FOR,),
        "none",
        "A ride alone is no service under an array. Write it down all the same, and log the "
        "miles. Where you sat with them and prepared for it, that part is.",
    ),
    Asked(
        61,
        "Practiced a job interview at the library, with the questions I was asked myself when I "
        "got out and looked for work. Job skills or peer support?",
        (A.JOB_SKILLS, A.MUTUAL_RELATIONSHIP),
        "employment_skills",
        "The aim was the interview, so it is employment. What you shared about your own way made "
        "it better and does not change the array.",
    ),
    Asked(
        33,
        "Sorted bills and made a budget on paper, the person wrote, I sat beside them.",
        (A.SKILL_PRACTICE, A.NAVIGATING_SYSTEMS),
        "isde",
        "A skill of daily life, practiced side by side. The person did it, you were there.",
        "put-away",
    ),
    Asked(
        20,
        "Art group at the center: half of it painting, half of it talking about cravings.",
        (A.RECOVERY_COMMUNITY,),
        "wellness_management",
        "Take what most of the time was for.",
        "withdrawn",
    ),
    Asked(
        3,
        "Cooked together at the person's new place and talked about the first month without use. "
        "Is it the cooking or the talk?",
        (A.SKILL_PRACTICE, A.MUTUAL_RELATIONSHIP),
        "isde",
        "You said cooking for a week was the goal they set. Then the skill is the heart of it.",
        "waits for the asker",
    ),
    Asked(
        2,
        "Went along to a drumming circle that a friend of the person leads. We both drummed.",
        (A.WELLNESS_PRACTICE, A.NATURAL_SUPPORTS),
    ),
    Asked(
        1,
        "Filled in the energy assistance form together, they held the pen, I knew the office.",
        (A.NAVIGATING_SYSTEMS, A.DOING_FOR),
    ),
)
PHRASES = (
    (HintKind.ADVICE, "told her she should"),
    (HintKind.ADVICE, "you should try"),
    (HintKind.ADVICE, "told him to call"),
)


class Asking:
    """Some notes led to a question. The first supporter's answer came two days ago."""

    def __init__(self, world: World, lives: Iterable[Life], first: Walker) -> None:
        self.world, self.clock, self.first = world, world.clock, first
        self.lead = world.team.staff["array-lead"].actor
        self.dice = Dice("asking")
        self.walking = {life.participant_id: life.who for life in lives if life.who is not None}

    def unfold(self) -> None:
        notes = self._notes()
        for asked in ASKED:
            note = self._near(notes, asked)
            if note is not None:
                self._ask(note, asked)
        for (kind, phrase), note in zip(PHRASES, islice(notes, 40, 100, 20), strict=False):
            by = self.walking[note.participant_id].actor
            answer = HintAnswerKind.NOT_HELPFUL
            at = self._after(note, hours=0)
            answer_hint(note.pk, note.participant_id, kind, phrase, answer, by=by, at=at)

    def _notes(self) -> list[Encounter]:
        """Signed notes by who still walks with the person, the oldest first."""
        found = [
            told.encounter
            for told in self.world.told
            if told.encounter.participant_id in self.walking
            and told.encounter.author_id == self.walking[told.encounter.participant_id].actor.id
            and not told.encounter.array_own_reason
        ]
        return sorted(found, key=lambda note: (note.on, str(note.pk)))

    def _near(self, notes: list[Encounter], asked: Asked) -> Encounter | None:
        """A note of about that day, of the first supporter where the answer waits for her."""
        day = self.clock.day(asked.ago)
        mine = asked.then.startswith("waits")
        fit = [
            note
            for note in notes
            if note.on <= day and (note.author_id == self.first.actor.id) is mine
        ]
        return fit[-1] if fit else None

    def _after(self, note: Encounter, *, hours: float) -> datetime:
        at = (note.signed_at or self.clock.now) + timedelta(hours=hours)
        return min(at, self.clock.now - timedelta(minutes=1))

    def _ask(self, note: Encounter, asked: Asked) -> None:
        by = self.walking[note.participant_id].actor
        new = NewQuestion(
            on=note.on,
            words=asked.words,
            processes=tuple(note.processes),
            activities=asked.activities,
            note_words=asked.words,
        )
        at = self._after(note, hours=1)
        question = ask_array_lead(note.pk, note.participant_id, new, by=by, at=at)
        if asked.choice:
            answer = NewAnswer(asked.choice, asked.reason, asked.words)
            at = self._after(note, hours=20)
            answer_question(question.pk, answer, by=self.lead, at=at)
            self._then(question, note, asked)

    def _then(self, question: ArrayQuestion, note: Encounter, asked: Asked) -> None:
        by, at = self.walking[note.participant_id].actor, self._after(note, hours=26)
        if asked.then == "taken":
            why = "The array lead answered."
            take_over_answer(question.pk, correction=why, by=by, at=at)
        elif asked.then == "withdrawn":
            why = "Too short to go by: it depends on what the group was for."
            withdraw_precedent(question.pk, reason=why, by=self.lead, at=at)
        elif not asked.then.startswith("waits"):
            put_answer_away(question.pk, by=by, at=at)
