"""People of the invented agency who come in by themselves, and how they want to be reached: three
with a page of their own, one link that is out, one who said no."""

from collections.abc import Sequence
from datetime import time

from alongside.accounts.queries import DEMO_ADDRESS
from alongside.demo.cast import PASSWORD
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.people.actions.doors import NewOwnLink, SignIn, come_in_by_own_link, give_own_link
from alongside.people.actions.reaching import say_how_to_reach
from alongside.people.codes import AskedHow, LinkWay, May, Says, Way
from alongside.people.rules import first_name, name_key
from alongside.people.rules.reaching import Reaching

SHOWN = NewOwnLink(LinkWay.SHOWN, AskedHow.ALOUD)
# How each wants to be reached, the first supporter's people one after the other.
WISHES = (
    Reaching(
        {Way.TEXT: May.YES, Way.CALL: May.WHEN, Way.VOICEMAIL: May.NO, Way.EMAIL: May.YES},
        words="Text first. Call after 4, when the kids are home.",
        quiet_from=time(21),
        quiet_until=time(8),
        others="My mother. She knows that I have someone to talk to.",
    ),
    Reaching({Way.CALL: May.YES, Way.TEXT: May.YES}, says=Says.AGENCY),
    Reaching({Way.POST: May.NO, Way.EMAIL: May.NO, Way.CALL: May.YES}, says=Says.NEUTRAL),
)
COME_IN = 3


def open_them(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    dice = Dice("doors")
    mine = [life for life in lives if life.who is first and life.walk and not life.walk.ended]
    for life, wish in zip(mine, WISHES, strict=False):
        at = clock.ago(30, 11)
        say_how_to_reach(life.participant_id, wish, seen=0, by=first.actor, at=at)
    for n, life in enumerate(mine[:COME_IN]):
        at = clock.ago(20 - n, 14)
        _link, secret = give_own_link(
            life.participant_id, SHOWN, link_id=dice.id_at(at), by=first.actor, at=at
        )
        _come_in(secret, life, n, clock)
    for life in mine[COME_IN : COME_IN + 1]:
        at = clock.ago(0, 7)
        give_own_link(life.participant_id, SHOWN, link_id=dice.id_at(at), by=first.actor, at=at)


def _come_in(secret: str, life: Life, n: int, clock: Clock) -> None:
    letters = filter(str.isalnum, name_key(first_name(life.person.name)))
    name = f"{''.join(letters)}{n + 1}"
    said = SignIn(name, f"{name}{DEMO_ADDRESS}", PASSWORD)
    come_in_by_own_link(secret, said, at=clock.ago(20 - n, 14.2))
