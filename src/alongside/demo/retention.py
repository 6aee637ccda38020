"""What people of the invented agency asked of their records, and records of long ago."""

from collections.abc import Sequence
from datetime import timedelta

from alongside.accounts.codes import Role
from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Team, Walker
from alongside.people.actions import add_participant
from alongside.people.rules import NewParticipant
from alongside.practice.codes import Pathway, Population
from alongside.practice.retention import Asked
from alongside.referrals.actions.desk import ReferralWords, move_referral, receive_referral
from alongside.referrals.codes import ReferralStatus
from alongside.retention import actions
from alongside.retention.codes import AskedBy, Outcome
from alongside.retention.rules.requests import NewAnswer, NewRequest

YEAR = 366
# Who asked long ago and went another way: name, years ago, and what became of it.
LONG_AGO = (
    ("Torvald Ekeberg", 11, "Moved to Duluth before a first meeting."),
    ("Marisol Quintana", 9, "Found a group at church, and thanked us."),
    ("Bev Anders", 8, "Wanted no supporter after all."),
)


def ask(lives: Sequence[Life], clock: Clock, first: Walker, people: Team) -> None:
    """One request is open, one was answered with a no, one copy was handed over."""
    officer = people.staff[Role.PRIVACY_OFFICER.value].actor
    mine = [life for life in lives if life.who is first]
    _open(mine[0], clock, first.actor)
    _kept_as_it_is(mine[1], clock, first.actor, officer)
    _given(mine[2], clock, first.actor, officer)
    _long_ago(clock, people.staff[Role.COORDINATOR.value].actor, officer)


def _open(life: Life, clock: Clock, by: Actor) -> None:
    at = clock.ago(6, 15.5)
    words = "All the notes since spring. I want to read how far I have come."
    new = NewRequest(Asked.COPY, words, clock.day(6), AskedBy.IN_PERSON)
    request_id = Dice("rights", "open").id_at(at)
    actions.ask_for_record(life.participant_id, new, request_id=request_id, by=by, at=at)


def _kept_as_it_is(life: Life, clock: Clock, by: Actor, officer: Actor) -> None:
    at = clock.ago(64, 10.25)
    words = "The note on the custody hearing says I came late. The bus was late, not me."
    new = NewRequest(
        Asked.CORRECT, words, clock.day(64), AskedBy.PHONE, why="The court may read it one day."
    )
    request_id = Dice("rights", "kept").id_at(at)
    actions.ask_for_record(life.participant_id, new, request_id=request_id, by=by, at=at)
    told = (
        "The note says when we met, and that is what both of us remember. It says nothing of whose "
        "fault it was. We would like your own words to stand beside it."
    )
    answer = NewAnswer(Outcome.KEPT_AS_IT_IS, told)
    actions.answer_request(request_id, answer, by=officer, at=clock.ago(55, 9))
    mine = "I left home an hour early. The bus broke down. Please read that with the note."
    actions.disagree(request_id, mine, by=by, at=clock.ago(50, 16))


def _given(life: Life, clock: Clock, by: Actor, officer: Actor) -> None:
    at = clock.ago(90, 11)
    new = NewRequest(Asked.SEE, "Who looked at my page?", clock.day(90), AskedBy.IN_PERSON)
    request_id = Dice("rights", "given").id_at(at)
    actions.ask_for_record(life.participant_id, new, request_id=request_id, by=by, at=at)
    said = "We looked at it together on Thursday, and you took the list along."
    answer = NewAnswer(Outcome.SHOWN, said)
    actions.answer_request(request_id, answer, by=officer, at=clock.ago(84, 14))


def _long_ago(clock: Clock, desk: Actor, officer: Actor) -> None:
    """Records whose time is over: one proposed, one on hold, one that nobody looked at yet."""
    dice, found = Dice("rights", "long ago"), []
    for name, years, became in LONG_AGO:
        at = clock.ago(YEAR * years, 10)
        new = NewParticipant(
            name=name, county="Dunn", population=Population.ADULT_SELF_IDENTIFIED.value
        )
        person = add_participant(new, by=desk, at=at)
        words = ReferralWords(
            pathway=Pathway.NOT_SAID, received_on=clock.day(YEAR * years), county="Dunn"
        )
        referral = receive_referral(person.pk, words, referrer=None, by=desk, at=at)
        later = at + timedelta(days=20)
        gone = ReferralStatus.WITHDRAWN
        move_referral(referral.pk, to=gone, reason=became, by=desk, at=later)
        found.append(person.pk)
    at = clock.ago(3, 9.5)
    actions.propose_disposal(found[0], disposal_id=dice.id_at(at), by=officer, at=at)
    why = "A cousin's lawyer wrote. Stays until that is over."
    actions.place_hold(found[1], why, hold_id=dice.id_at(at), by=officer, at=at)
