"""How the demo's supporters grow: trainings, views of skills, talks with the supervisor."""

import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.team import Team, Walker
from alongside.demo.wordbook import book
from alongside.files.actions import Checked, Sent, check_file
from alongside.practice.growth.codes import (
    COMPETENCIES,
    CompetencyWord,
    SupervisionKind,
    Whose,
)
from alongside.workforce import actions
from alongside.workforce.queries import growing
from alongside.workforce.rules.growth import Beginning, NewLearning, NewSupervision, NewView

TALKS = 6
VIEWED, SEEN_TWICE, SIGNED = 9, 7, 3


def grow(team: Team, clock: Clock) -> None:
    """Each supporter of a team: what was learned, said and talked about, up to now."""
    words = book("growth")
    manager = team.staff["administrator"].actor
    paper = _paper(words["paper"])
    for key, walker in team.walkers.items():
        supervisor = _supervisor(team, walker)
        dice = Dice("growth", key)
        begun = clock.day(dice.randint(200, 300))
        beginning = Beginning(begun, experienced=dice.randint(0, 1) == 1)
        actions.set_beginning(walker.supporter_id, beginning, by=manager, at=clock.ago(190, 9))
        _learn(walker, words["trainings"], paper, dice, clock)
        if supervisor is not None:
            _see(walker, supervisor, words["evidence"], paper, dice, clock)
            _talk(walker, supervisor, words["talks"], dice, clock)
            line = words["agenda"][dice.randint(0, len(words["agenda"]) - 1)]
            actions.add_line(walker.supporter_id, line, by=walker.actor, at=clock.ago(2, 16))


def _supervisor(team: Team, walker: Walker) -> Actor | None:
    """Who supervises this supporter, if anybody of the staff does."""
    row = growing(walker.actor).get(pk=walker.supporter_id)
    above = row.user.supervisor_id if row.user else None
    return next((one.actor for one in team.staff.values() if one.actor.id == above), None)


def _paper(words: str) -> Checked:
    """A certificate as a phone takes it: a photo of a sheet with a few words."""
    sheet = Image.new("RGB", (900, 640), (252, 250, 244))
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((24, 24, 875, 615), outline=(40, 90, 80), width=4)
    draw.multiline_text((90, 240), words, fill=(30, 40, 40), spacing=14)
    out = io.BytesIO()
    sheet.save(out, "JPEG")
    return check_file(Sent("certificate.jpg", out.getvalue()))


def _learn(
    walker: Walker,
    trainings: list[dict[str, object]],
    paper: Checked,
    dice: Dice,
    clock: Clock,
) -> None:
    for number, told in enumerate(trainings[: dice.randint(4, len(trainings))]):
        at = clock.ago(180 - 17 * number, 17)
        new = NewLearning(
            on=at.date(),
            topic=str(told["topic"]),
            minutes=int(str(told["minutes"])),
            given_by=str(told["given_by"]),
            for_certificate=bool(told.get("certificate")),
            for_in_service=bool(told.get("in_service")),
            for_orientation=bool(told.get("orientation")),
        )
        shown = paper if new.for_certificate else None
        actions.add_learning(walker.supporter_id, new, by=walker.actor, at=at, file=shown)


def _see(
    walker: Walker,
    supervisor: Actor,
    evidence: list[str],
    paper: Checked,
    dice: Dice,
    clock: Clock,
) -> None:
    chosen = dice.sample(COMPETENCIES, VIEWED)
    words = list(CompetencyWord)
    for place, code in enumerate(chosen):
        least = words.index(CompetencyWord.ON_MY_OWN) if place < SIGNED else 1
        own = dice.randint(least, len(words) - 1)
        at = clock.ago(90 - place, 11)
        view = NewView(code, Whose.SELF, words[own], evidence[place % len(evidence)])
        shown = paper if place == 0 else None
        actions.say_view(walker.supporter_id, view, by=walker.actor, at=at, file=shown)
        if place >= SEEN_TWICE:
            continue
        seen = words[min(max(own + dice.randint(-1, 1), least), len(words) - 1)]
        view = NewView(code, Whose.SUPERVISOR, seen)
        later = at + timedelta(days=10)
        actions.say_view(walker.supporter_id, view, by=supervisor, at=later)
        if place < SIGNED:
            actions.sign_off(walker.supporter_id, code, by=supervisor, at=later)


def _talk(walker: Walker, supervisor: Actor, talks: list[str], dice: Dice, clock: Clock) -> None:
    last = dice.randint(1, 9)
    for back in range(TALKS, 0, -1):
        at: datetime = clock.ago(last + 7 * (back - 1), 13)
        kind = SupervisionKind.SIDE_BY_SIDE if back % 5 == 0 else SupervisionKind.INDIVIDUAL
        new = NewSupervision(at.date(), 60, kind, talks[back % len(talks)])
        actions.keep_supervision(walker.supporter_id, new, by=supervisor, at=at)
