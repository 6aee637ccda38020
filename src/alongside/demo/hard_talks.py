"""Hard talks at the invented agency: its own lines, and hand-offs in every state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.accounts.actions import set_help_lines
from alongside.accounts.rules import HelpLine
from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Team, Walker
from alongside.encounters.actions.hand_offs import (
    add_to_hand_off,
    answer_hand_off,
    correct_hand_off,
    record_hand_off,
)
from alongside.encounters.codes import HandOffStatus
from alongside.encounters.rules.hand_offs import NewAnswer, NewHandOff
from alongside.practice.codes import HandOffTo, HardTalk

LINES = (
    HelpLine(
        "Supervisor on duty", "(715) 555-0134", "Day and night", "Call first. Never too early."
    ),
    HelpLine(
        "County crisis line", "(715) 555-0188", "Day and night", "A team can come by.", for_all=True
    ),
    HelpLine(
        "Warm line",
        "(715) 555-0161",
        "4 pm to midnight",
        "Peers answer, no emergency needed.",
        for_all=True,
    ),
)
STEPS = (
    "Whoever is with the person stays. Whoever is not comes to help.",
    "Call the supervisor on duty while you are still together.",
    "A child or an adult in danger: the supervisor says who reports, and does it with you.",
    "Write the hand-off the same day. The supervisor calls you within the day.",
)


@dataclass(frozen=True)
class Told:
    """``ago`` in days; ``answer`` and ``then`` are empty where it waits. ``whose``: which of the
    first supporter's people, or nobody in the record."""

    ago: int
    hour: float
    whose: int | None
    about: HardTalk
    to: tuple[HandOffTo, ...]
    wanted: str
    done: str
    who: str = ""
    permission: str = ""
    next_step: str = ""
    seen: str = ""
    since: str = ""
    over: str = ""


TOLD = (
    Told(
        47,
        16.5,
        2,
        HardTalk.ANGER,
        (HandOffTo.NOBODY,),
        "“I wanted someone to hear how unfair that was.”",
        "{First} was loud at the courthouse. We walked around the block twice, I said back what I "
        "heard, then {they} laughed.",
        over="Talked it over on the phone. You kept the door free and your voice low.",
    ),
    Told(
        12,
        21.25,
        1,
        HardTalk.SUICIDE,
        (HandOffTo.LIFELINE, HandOffTo.FAMILY),
        "“Not to be alone until it is light.”",
        "Asked {them} openly, {they} said yes. Called 988 together on speaker, then {their} "
        "sister. Stayed until she came.",
        who="988; the sister by phone",
        permission="“Call my sister, she knows.”",
        next_step="I call at nine in the morning. Clinic on Thursday, I go along.",
        seen="You did it just right. I call you at eight, before you call there.",
        since="Slept some. The clinic had time on Wednesday, we both went.",
        over="All three of us met on Friday. The clinic sees {them} every week now.",
    ),
    Told(
        3,
        19.0,
        None,
        HardTalk.NOT_SAFE,
        (HandOffTo.OTHER,),
        "“Only the number. I keep it in my shoe.”",
        "A woman at the open table spoke of home. Gave her the number, offered my phone, she took "
        "the number.",
        who="Domestic Violence Hotline",
        next_step="She comes on Tuesdays. I sit near the door.",
        seen="Thank you. I will be there on Tuesday, too.",
    ),
    Told(
        0,
        8.25,
        0,
        HardTalk.SELF_HARM,
        (HandOffTo.SUPERVISOR,),
        "“That it does not go into a file with red letters.”",
        "{First} showed me {their} arm and asked me not to make a face. I did not. Asked openly "
        "about dying: no. We made tea and sat.",
        next_step="{First} thinks about whom else to tell. We talk tonight at seven.",
    ),
)


def tell(team: Team, lives: Iterable[Life], clock: Clock, first: Walker) -> None:
    """The agency's lines, then the hand-offs of the supporter whom the demo shows first."""
    administrator, lead = team.staff["administrator"].actor, team.staff["supervisor"].actor
    set_help_lines(LINES[:2], STEPS[:2], seen=0, by=administrator, at=clock.ago(290, 10))
    set_help_lines(LINES, STEPS, seen=1, by=administrator, at=clock.ago(120, 11))
    mine = [life for life in lives if life.who is first]
    dice = Dice("hard talks")
    for told in TOLD:
        _tell(told, mine, clock, dice, by=first.actor, lead=lead)


def _tell(
    told: Told, mine: list[Life], clock: Clock, dice: Dice, *, by: Actor, lead: Actor
) -> None:
    life = mine[told.whose] if told.whose is not None else None
    happened = clock.ago(told.ago, told.hour) - timedelta(minutes=30)
    at = happened + timedelta(minutes=20)
    new = _new(told, life, happened)
    key = record_hand_off(dice.id_at(at), new, by=by, at=at).pk
    if told.since:
        # An hour that was wrong, corrected before anyone answered.
        again = at + timedelta(minutes=6)
        correct_hand_off(key, new, reason="Added who was called.", seen=0, by=by, at=again)
    steps = (
        (told.seen, HandOffStatus.SEEN, lead, 1),
        (told.since, None, by, 20),
        (told.over, HandOffStatus.FOLLOWED_UP, lead, 70),
    )
    for words, to, who, hours in steps:
        when, click = at + timedelta(hours=hours), dice.id_at(at + timedelta(hours=hours))
        said = life.say(words) if life else words
        if words and to is None:
            add_to_hand_off(click, key, words=said, still_open=False, by=who, at=when)
        elif words and to is not None:
            answer_hand_off(click, key, NewAnswer(to, said), by=who, at=when)


def _new(told: Told, life: Life | None, happened_at: datetime) -> NewHandOff:
    def say(text: str) -> str:
        return life.say(text) if life else text

    return NewHandOff(
        participant_id=life.participant_id if life else None,
        happened_at=happened_at,
        about=(told.about.value,),
        handed_to=tuple(to.value for to in told.to),
        who=told.who,
        wanted=say(told.wanted),
        done=say(told.done),
        permission_words=told.permission,
        still_open=bool(told.next_step),
        next_step=say(told.next_step),
    )
