"""Records opened in an emergency at the invented agency: found right, found not right, and one from
last night that still waits for the privacy officer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Team, Walker
from alongside.people.actions import emergencies as actions
from alongside.people.codes import OpeningReview
from alongside.people.queries.emergencies import openings_running

R = OpeningReview


@dataclass(frozen=True)
class Opened:
    """``ago`` in days; ``minutes`` until it was ended by hand. What the privacy officer says, and
    what is answered, one after the other."""

    ago: int
    hour: float
    whose: int
    reason: str
    minutes: int
    said: tuple[tuple[R, str], ...] = ()


OPENED = (
    Opened(
        41,
        20.5,
        0,
        "{First} sat crying in front of the center after closing. I did not know whom to call.",
        25,
        (
            (R.ASKED, "Did you reach anyone? And why not their supporter first?"),
            (R.ANSWERED, "Rosalinda was on a plane. I found the sister there, she came."),
            (R.RIGHT, "That is just what this is for. Thank you for staying."),
        ),
    ),
    Opened(
        16,
        14.25,
        2,
        "Wanted to see when the court date is, the front desk asked me.",
        4,
        (
            (
                R.NOT_RIGHT,
                "Nobody was in danger, and their supporter was in the house. Ask there next time. "
                "We talked about it, and the front desk knows it too.",
            ),
        ),
    ),
    Opened(
        1,
        21.75,
        1,
        "{First} called the warm line, said “that was it” and hung up. {They} never answered.",
        50,
    ),
)


def open_some(people: Team, lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    mine = [life for life in lives if life.who is first]
    officer = people.staff["privacy-officer"].actor
    others = [walker.actor for walker in people.walkers.values() if walker is not first]
    dice = Dice("emergencies")
    for opened, by in zip(OPENED, others, strict=False):
        _open(opened, mine[opened.whose], clock, dice, by=by, officer=officer, told=first.actor)


def _open(
    opened: Opened,
    life: Life,
    clock: Clock,
    dice: Dice,
    *,
    by: Actor,
    officer: Actor,
    told: Actor,
) -> None:
    at = clock.ago(opened.ago, opened.hour)
    name = life.person.name
    [person] = actions.look_for(name, by=by, at=at)
    opening = actions.open_in_emergency(
        dice.id_at(at), person.pk, name=name, reason=life.say(opened.reason), by=by, at=at
    )
    looking = replace(by, opened=openings_running(by, among=[opening.pk], at=at))
    actions.look(opening.pk, by=looking, at=at)
    actions.end_opening(opening.pk, by=by, at=at + timedelta(minutes=opened.minutes))
    if opened.said:
        actions.read_notice(opening.pk, by=told, at=at + timedelta(hours=11))
    for day, (to, words) in enumerate(opened.said, start=1):
        when = clock.ago(opened.ago - day, 10)
        if to is R.ANSWERED:
            actions.answer_about_opening(dice.id_at(when), opening.pk, words=words, by=by, at=when)
        else:
            actions.review_opening(
                dice.id_at(when), opening.pk, to=to, words=words, by=officer, at=when
            )
