"""What is asked of people of the invented agency, what mattered to them, and two who used again."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from alongside.accounts.queries import actor_for
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.demo.wordbook import book
from alongside.files.actions import Checked, Sent, check_file
from alongside.outcomes.actions.milestones import add_milestone
from alongside.outcomes.actions.returns import say_back, tell_return
from alongside.outcomes.rules.milestones import Back, NewMilestone, NewReturn
from alongside.people.models import Participant
from alongside.plans.actions.evidence import add_evidence, answer_about, ask_about
from alongside.plans.actions.requirements import add_requirement, move_requirement
from alongside.plans.codes import RequirementState, Rhythm
from alongside.plans.rules.requirements import NewEvidence, NewRequirement

WRITTEN = 35  # days ago
KEYS = ("words", "set_by", "set_by_name", "official", "how_many", "what_counts", "ask_words")


def write(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    """All of it for one of the first supporter's people, a little for two others."""
    mine = [life for life in lives if life.who is first and life.walk and life.walk.goes_on]
    words = book("required")
    told = _Told(mine[0], clock, first)
    for asked in words["asked"]:
        told.asked(asked)
    for mark in words["milestones"]:
        told.milestone(mark)
    told.again(words["returns"][0])
    for life, asked in zip(mine[1:3], words["asked"][:2], strict=False):
        _Told(life, clock, first).asked({**asked, "shown": []})
    _Told(mine[1], clock, first).again(words["returns"][1])


def _photo() -> Checked:
    """A sign-in sheet, as a phone sees it."""
    out = BytesIO()
    Image.new("RGB", (600, 800), "#f4f1ea").save(out, "JPEG")
    return check_file(Sent("sheet.jpg", out.getvalue()))


class _Told:
    """One person's. What they can write by themselves, they write, where they come in."""

    def __init__(self, life: Life, clock: Clock, first: Walker) -> None:
        self.who, self.clock, self.by = life.participant_id, clock, first.actor
        self.dice = Dice("required", life.person.number)
        user = Participant.objects.select_related("user").get(pk=self.who).user
        own = actor_for(user) if user is not None else None
        self.own = own or self.by

    def asked(self, one: dict[str, Any]) -> None:
        at = self.clock.ago(WRITTEN, 11)
        new = NewRequirement(
            **{key: one[key] for key in KEYS if key in one},
            rhythm=one.get("rhythm", Rhythm.ONCE.value),
            due_on=self.clock.day(-one["due_in"]) if "due_in" in one else None,
        )
        pk = self.dice.id_at(at)
        row = add_requirement(self.who, new, requirement_id=pk, by=self.by, at=at)
        for shown in one["shown"]:
            self._shown(row.pk, shown)
        if one.get("asks"):
            self._question(row.pk, one)
        if one.get("accepted"):
            row.refresh_from_db()
            move_requirement(
                row.pk,
                RequirementState.ACCEPTED,
                words=one["accepted"],
                revision=row.revision,
                by=self.by,
                at=self.clock.ago(20, 12),
            )

    def _shown(self, requirement_id: Any, one: dict[str, Any]) -> None:
        at = self.clock.ago(one["ago"], 19)
        new = NewEvidence(self.clock.day(one["ago"]), one["words"])
        pk = self.dice.id_at(at)
        file = _photo() if one.get("photo") else None
        add_evidence(requirement_id, new, evidence_id=pk, file=file, by=self.own, at=at)

    def _question(self, requirement_id: Any, one: dict[str, Any]) -> None:
        at = self.clock.ago(4, 18)
        pk = self.dice.id_at(at)
        ask_about(requirement_id, one["asks"], question_id=pk, by=self.own, at=at)
        if one["answer"]:
            answer_about(pk, one["answer"], by=self.by, at=self.clock.ago(3, 10))

    def milestone(self, one: dict[str, Any]) -> None:
        at = self.clock.ago(one["ago"], 20)
        on, about = self.clock.day(one["ago"]), one.get("about", False)
        new = NewMilestone(one["words"], on, about, one["kind"])
        pk = self.dice.id_at(at)
        add_milestone(self.who, new, milestone_id=pk, by=self.own, at=at)

    def again(self, one: dict[str, Any]) -> None:
        at = self.clock.ago(one["known"], 9)
        happened = self.clock.day(one["happened"]) if "happened" in one else None
        new = NewReturn(self.clock.day(one["known"]), happened, one["words"])
        pk = self.dice.id_at(at)
        row = tell_return(self.who, new, return_id=pk, by=self.own, at=at)
        if "back" in one:
            back = Back(self.clock.day(one["back"]), one["helped"])
            later = self.clock.ago(one["back"], 17)
            say_back(row.pk, back, revision=row.revision, by=self.own, at=later)
