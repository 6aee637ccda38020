"""How one person of the invented agency said life is, three times over half a year."""

from collections.abc import Sequence
from typing import Any

from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Team, Walker
from alongside.demo.wordbook import book
from alongside.outcomes.actions import checkins as actions
from alongside.outcomes.actions import instruments as agency
from alongside.outcomes.codes import Way
from alongside.people.models import Participant
from alongside.practice.instruments import CHECK_IN, Answer, instrument
from alongside.practice.instruments.fhir import text_of
from alongside.practice.instruments.reader import read
from alongside.referrals.queries.episodes import open_episode

LONGEST = 184  # days
LAST = 3
WAYS = (Way.TOGETHER, Way.HANDED, Way.OWN)


def answer(lives: Sequence[Life], clock: Clock, first: Walker, team: Team) -> None:
    """The same person whose plan and requirements are full; and what the administrator keeps."""
    mine = [life for life in lives if life.who is first and life.walk and life.walk.goes_on]
    words = book("checkins")
    who = mine[0].participant_id
    user = Participant.objects.select_related("user").get(pk=who).user
    own = actor_for(user) if user is not None else None
    begun = open_episode(first.actor, participant_id=who)
    span = min((clock.today - begun.begun_on).days, LONGEST) if begun else LONGEST
    days = (max(span - 1, LAST), max(span // 2, LAST), LAST)
    dice = Dice("checkins", mine[0].person.number)
    for ago, way, said in zip(days, WAYS, words["answers"], strict=True):
        by = own if way is Way.OWN and own is not None else first.actor
        _answer(who, said, by, dice, clock.ago(ago, 15), handed=way is Way.HANDED)
    _keep(words["instrument"], team.staff["administrator"].actor, dice, clock)


def _answer(
    who: Any, said: dict[str, str], by: Actor, dice: Dice, at: Any, *, handed: bool
) -> None:
    asked = instrument(CHECK_IN)
    if asked is None:
        raise LookupError(CHECK_IN)
    answers: dict[str, Answer] = {}
    for item in asked.questions():
        word = said.get(item.link_id, said["fill"] if item.options else "")
        if word:
            answers[item.link_id] = word
    row = actions.begin_check_in(
        actions.New(dice.id_at(at), who, CHECK_IN), handed=handed, by=by, at=at
    )
    actions.save_answers(row.pk, answers, handed=handed, by=by, at=at)
    actions.finish_check_in(row.pk, share=True, by=by, at=at)


def _keep(own: dict[str, str], by: Actor, dice: Dice, clock: Clock) -> None:
    """An instrument the agency made itself, and a rhythm of its own for ours."""
    at = clock.ago(100, 10)
    made = read(own["toml"], where="demo/words/checkins.toml", key="own")
    agency.load_instrument(
        text_of(made), may_use=own["may_use"], instrument_id=dice.id_at(at), by=by, at=at
    )
    agency.set_rhythm(
        agency.Rhythm(CHECK_IN, 90, clock.day(100)), rhythm_id=dice.id_at(at), by=by, at=at
    )
