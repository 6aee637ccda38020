"""Two records of one person become one: how they come in and how they want to be reached."""

from datetime import time, timedelta
from functools import partial

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.exchange.actions.same_person import decide_same, reopen_proposal
from alongside.people.actions import doors
from alongside.people.actions.doors import NewOwnLink, SignIn
from alongside.people.actions.reaching import say_how_to_reach
from alongside.people.codes import AskedHow, LinkWay, May, Says, Way
from alongside.people.models import OwnLink, SamePersonProposal
from alongside.people.queries import doors as queries
from alongside.people.queries import own_record
from alongside.people.rules.reaching import Reaching, more_careful
from tests.factories import NOW, ParticipantFactory, own_account

NO, WHEN, YES = May.NO, May.WHEN, May.YES
CALLS = Reaching({Way.CALL: YES, Way.TEXT: YES}, says=Says.AGENCY, others="My mother")
NIGHTS = Reaching({Way.CALL: NO, Way.POST: YES}, quiet_from=time(21), quiet_until=time(7))
BOTH = Reaching(
    {Way.CALL: NO, Way.TEXT: YES, Way.POST: YES},
    says=Says.NEUTRAL,
    quiet_from=time(21),
    quiet_until=time(7),
    others="My mother",
)


@pytest.mark.parametrize(
    ("newer", "older", "holds"),
    [
        pytest.param(CALLS, NIGHTS, BOTH, id="of each the one that lets less happen"),
        pytest.param(NIGHTS, CALLS, BOTH, id="whichever is newer"),
        pytest.param(CALLS, CALLS, CALLS, id="the same twice"),
        pytest.param(
            Reaching({Way.CALL: YES}, words="After 4"),
            Reaching({Way.CALL: WHEN}, words="In the morning"),
            Reaching({Way.CALL: WHEN}, words="After 4\nIn the morning"),
            id="words of both, the newer first",
        ),
    ],
)
def test_the_more_careful_counts(newer, older, holds):
    assert more_careful(newer, older) == holds


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        pytest.param((21, 7), (22, 8), (21, 8), id="over night"),
        pytest.param((22, 6), (23, 5), (22, 6), id="one in the other"),
        pytest.param((9, 12), (13, 15), (9, 15), id="with the time between"),
        pytest.param((9, 11), (22, 6), (22, 11), id="the shorter way round"),
        pytest.param((8, 20), (19, 9), (8, "7:59"), id="all day"),
    ],
)
def test_quiet_hours_of_both(one, other, both):
    def quiet(begins, ends):
        return Reaching(quiet_from=time(begins), quiet_until=time(ends))

    until = time(7, 59) if both[1] == "7:59" else time(both[1])
    wanted = Reaching(quiet_from=time(both[0]), quiet_until=until)
    assert more_careful(quiet(*one), quiet(*other)) == wanted
    assert more_careful(quiet(*other), quiet(*one)).is_quiet(time(one[0]))


@pytest.fixture
def merging(pair, actor):
    """``decide, reopen``: the row of Gia and another one of hers."""
    other = ParticipantFactory(agency=pair.participant.agency, name="Gia Rivera")
    proposal = SamePersonProposal.objects.create(
        agency=pair.participant.agency, kept=pair.participant, other=other, reason="Same name."
    )
    desk = actor(Role.COORDINATOR)
    decide = partial(decide_same, proposal.pk, keep=pair.participant.pk, by=desk, at=NOW)
    return other, decide, partial(reopen_proposal, proposal.pk, by=desk, at=NOW)


def test_two_records_become_one_and_the_account_follows(merging, pair):
    older, decide, reopen = merging
    user = own_account(older)
    decide()
    assert own_record(actor_for(user)).pk == pair.participant.pk
    reopen()
    assert own_record(actor_for(user)).pk == older.pk


def test_of_two_accounts_one_goes_on(merging, pair):
    older, decide, reopen = merging
    goes_on, closes = own_account(pair.participant), own_account(older)
    decide()
    assert (own_record(actor_for(goes_on)).pk, actor_for(closes)) == (pair.participant.pk, None)
    reopen()
    assert own_record(actor_for(closes)).pk == older.pk


def test_an_open_link_goes_along_where_nobody_comes_in_yet(merging, pair, actor):
    other, decide, reopen = merging
    desk = actor(Role.COORDINATOR)
    shown = NewOwnLink(LinkWay.SHOWN, AskedHow.ALOUD)
    link, secret = doors.give_own_link(other.pk, shown, link_id=new_id(), by=desk, at=NOW)
    decide()
    assert list(queries.own_links(pair.actor, participant_id=pair.participant.pk)) == [link]
    user = doors.come_in_by_own_link(secret, SignIn("sunny-7", password="a walk home"), at=NOW)
    assert own_record(actor_for(user)).pk == pair.participant.pk
    reopen()
    assert own_record(actor_for(user)).pk == other.pk


def test_a_link_lets_nobody_into_an_account_in_use_and_comes_back(merging, pair, actor):
    other, decide, reopen = merging
    desk = actor(Role.COORDINATOR)
    shown = NewOwnLink(LinkWay.SHOWN, AskedHow.ALOUD)
    _link, secret = doors.give_own_link(other.pk, shown, link_id=new_id(), by=desk, at=NOW)
    own_account(pair.participant)
    come_in = partial(
        doors.come_in_by_own_link, secret, SignIn("sunny-7", password="a walk home"), at=NOW
    )
    decide()
    with pytest.raises(Refused):
        come_in()
    reopen()
    assert own_record(actor_for(come_in())).pk == other.pk
    assert OwnLink.objects.get().participant_id == other.pk


def say(person, wish, by, days=0, seen=0):
    return say_how_to_reach(person.pk, wish, seen=seen, by=by, at=NOW + timedelta(days=days))


def holds(pair, person):
    row = queries.contact_wish(pair, participant_id=person.pk)
    return row and (row.reaching(), row.joined)


def said(viewer, person):
    rows = queries.contact_wishes(viewer, participant_id=person.pk)
    return [(row.number, row.reaching()) for row in rows]


@pytest.mark.practice("PEER-8")
@pytest.mark.parametrize("first", ["kept", "other"])
def test_what_both_rows_say_is_joined_with_care_and_parted_again(merging, pair, actor, first):
    (other, decide, reopen), kept, desk = merging, pair.participant, actor(Role.COORDINATOR)
    say(kept, CALLS, desk, days=first == "other")
    say(other, Reaching(), desk)
    say(other, NIGHTS, desk, days=first == "kept", seen=1)
    decide()
    assert holds(desk, kept) == (BOTH, True)
    assert said(desk, kept) == [(4, BOTH), (3, NIGHTS), (2, Reaching()), (1, CALLS)]
    reopen()
    assert (holds(desk, kept), holds(desk, other)) == ((CALLS, False), (NIGHTS, False))
    assert said(desk, other) == [(2, NIGHTS), (1, Reaching())]
    assert said(desk, kept) == [(5, CALLS), (4, BOTH), (1, CALLS)]


def test_what_one_row_says_goes_along_and_the_person_decides(merging, pair, actor):
    (other, decide, reopen), kept, desk = merging, pair.participant, actor(Role.COORDINATOR)
    gia = own_account(other)
    say(other, NIGHTS, desk)
    decide()
    assert (holds(desk, kept), queries.reaching_of_account(gia)) == ((NIGHTS, False), NIGHTS)
    say(kept, CALLS, actor_for(gia), seen=1)
    reopen()
    assert (holds(desk, kept), holds(desk, other)) == (None, (CALLS, False))
    assert said(desk, other) == [(2, CALLS), (1, NIGHTS)]


def test_what_was_joined_is_theirs_once_they_say_so(merging, pair, actor):
    (other, decide, _reopen), kept, desk = merging, pair.participant, actor(Role.COORDINATOR)
    say(kept, CALLS, desk)
    say(other, NIGHTS, desk)
    decide()
    say(kept, BOTH, desk, seen=3)
    assert holds(desk, kept) == (BOTH, False)
