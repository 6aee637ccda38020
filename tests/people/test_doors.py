"""A participant comes in by themselves: the link, the account, its end; how they are reached."""

from datetime import time, timedelta

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.people.actions import doors
from alongside.people.actions.doors import NewOwnLink, SignIn
from alongside.people.actions.reaching import say_how_to_reach
from alongside.people.codes import AskedHow, LinkWay, May, Says, Way
from alongside.people.models import OwnLink, Participant
from alongside.people.queries import doors as queries
from alongside.people.queries import own_record
from alongside.people.rules import doors as rules
from alongside.people.rules.doors import Door, OwnLinkFacts
from alongside.people.rules.reaching import Reaching, why_not_reach
from tests.factories import NOW, UserFactory, own_account

SHOWN = NewOwnLink(LinkWay.SHOWN, AskedHow.ALOUD)
GIA = SignIn("sunny-7", password="a walk by the long river")
LATER = NOW + timedelta(days=30)
OPEN = OwnLinkFacts(NOW + timedelta(days=1))


def code(refusal):
    return refusal.code if refusal else None


GIVING = {"way": LinkWay.SHOWN, "email": "", "asked": True, "closed": False}
GIVING |= {"no_mail": False, "taken": False}
MAILED = {"way": LinkWay.MAIL, "email": "g@home.example"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        pytest.param({}, None, id="shown to who sits beside, needs no address"),
        pytest.param(MAILED, None, id="mailed where they want it"),
        pytest.param({"asked": False}, "not-asked", id="nobody is made to"),
        pytest.param({"closed": True}, "closed", id="a closed access is opened first"),
        pytest.param({"way": LinkWay.MAIL}, "no-address", id="a letter needs an address"),
        pytest.param(MAILED | {"no_mail": True}, "no-mail", id="they said no e-mail"),
        pytest.param(MAILED | {"taken": True}, "address-taken", id="an address of someone else"),
    ],
)
def test_when_a_link_may_be_given(more, why):
    assert code(rules.why_not_give_own_link(**(GIVING | more))) == why


@pytest.mark.parametrize(
    ("link", "active", "at", "where"),
    [
        pytest.param(None, None, NOW, Door.NONE, id="never invited"),
        pytest.param(OPEN, None, NOW, Door.LINK_OPEN, id="a link is out"),
        pytest.param(OPEN, None, LATER, Door.LINK_OLD, id="nobody used it"),
        pytest.param(OPEN, True, NOW, Door.LINK_OPEN, id="a new link for a lost way in"),
        pytest.param(OPEN, True, LATER, Door.IN, id="the account goes on when a link is over"),
        pytest.param(OPEN, False, NOW, Door.CLOSED, id="closed outweighs a link"),
        pytest.param(OwnLinkFacts(LATER, taken_back=True), None, NOW, Door.NONE, id="taken back"),
    ],
)
def test_where_someone_stands(link, active, at, where):
    assert rules.door(link, active=active, at=at) is where


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("sunny-7", None),
        ("jo", "length"),
        ("j" * 31, "length"),
        ("sunny day", "letters"),
        ("g@home.example", "letters"),
        ("sólo", "letters"),
        ("-sun", "letters"),
    ],
)
def test_a_name_to_sign_in_with(name, why):
    assert code(rules.why_not_user_name(name, taken=False)) == why


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        pytest.param(Reaching(), None, id="nothing said"),
        pytest.param(Reaching(quiet_from=time(21)), "half-quiet", id="half of the quiet hours"),
        pytest.param(Reaching(quiet_from=time(9), quiet_until=time(9)), "no-time", id="no time"),
        pytest.param(Reaching({Way.CALL: May.WHEN}), "no-words", id="only when, and not when"),
        pytest.param(Reaching({Way.CALL: May.WHEN}, "Noon"), None, id="only when, said when"),
        pytest.param(Reaching(others="x" * 301), "too-long", id="too long"),
    ],
)
def test_how_to_be_reached(wish, why):
    assert code(why_not_reach(wish)) == why


@pytest.mark.parametrize(
    ("begins", "ends", "quiet"),
    [
        pytest.param(time(21), time(8), [True, False, True], id="over night"),
        pytest.param(time(9), time(12), [False, True, False], id="in the morning"),
    ],
)
def test_quiet_hours(begins, ends, quiet):
    wish = Reaching(quiet_from=begins, quiet_until=ends)
    assert [wish.is_quiet(time(hour)) for hour in (7, 10, 22)] == quiet


@pytest.fixture
def give(pair):
    def make(new=SHOWN, **more):
        more = {"link_id": new_id(), "by": pair.actor, "at": NOW, **more}
        return doors.give_own_link(pair.participant.pk, new, **more)

    return make


def come_in(secret, new=GIA, at=NOW):
    return doors.come_in_by_own_link(secret, new, at=at)


@pytest.mark.practice("PEER-8")
def test_a_link_opens_once(give, pair):
    _link, secret = give()
    user = come_in(secret)
    gia = actor_for(user)
    assert (gia.roles, own_record(gia).pk) == ({Role.PARTICIPANT.value}, pair.participant.pk)
    assert (user.email, user.user_name, user.check_password(GIA.password)) == (
        None,
        "sunny-7",
        True,
    )
    with pytest.raises(Refused) as refused:
        come_in(secret, SignIn("other-7"))
    assert refused.value.refusal.code == "link-is-over"
    told = AuditEvent.objects.filter(verb__startswith="own-link").order_by("seq")
    assert [event.verb for event in told] == ["own-link.given", "own-link.used"]


def test_a_new_link_ends_the_old_one_and_every_key_of_before(give, pair):
    first, old = give()
    user = come_in(old)
    second, new = give()
    third, newest = give()
    with pytest.raises(Refused):
        come_in(new)
    again = come_in(newest, SignIn("sunny-8", password="stones under the bridge"))
    assert (again.pk, again.user_name, again.session_epoch) == (user.pk, "sunny-8", 1)
    assert not again.check_password(GIA.password)
    states = OwnLink.objects.order_by("id").values_list("pk", "used_at", "taken_back_at")
    assert list(states) == [(first.pk, NOW, None), (second.pk, None, NOW), (third.pk, NOW, None)]


def test_a_link_ends_by_itself_and_can_be_taken_back(give, pair):
    _link, secret = give()
    with pytest.raises(Refused):
        come_in(secret, at=NOW + timedelta(days=1))
    link, secret = give()
    doors.take_back_own_link(pair.participant.pk, link.pk, by=pair.actor, at=NOW)
    with pytest.raises(Refused):
        come_in(secret)
    assert User.objects.filter(role_grants__role="participant").count() == 0


def test_a_second_click_makes_no_second_link(give):
    link_id = new_id()
    give(link_id=link_id)
    with pytest.raises(Refused):
        give(link_id=link_id)
    assert OwnLink.objects.count() == 1


def test_names_and_addresses_are_of_one_person(give, pair, agency):
    UserFactory(agency=agency, user_name="sunny-7", email="rosa@row.example")
    _link, secret = give()
    for new, why in [(GIA, "name-taken"), (SignIn("sun", "Rosa@row.example"), "address-not-free")]:
        with pytest.raises(Refused) as refused:
            come_in(secret, new)
        assert refused.value.refusal.code == why
    assert come_in(secret, SignIn("sun", "Gia@home.example")).email == "gia@home.example"


def test_closing_shuts_out_at_once_and_can_be_undone(give, pair):
    user = come_in(give()[1])
    gia = actor_for(user)
    give()
    doors.close_own_sign_in(pair.participant.pk, wish=True, by=pair.actor, at=NOW)
    assert actor_for(user) is None
    assert OwnLink.objects.filter(used_at=None, taken_back_at=None).count() == 0
    with pytest.raises(Refused):
        give()
    doors.open_own_sign_in(pair.participant.pk, by=pair.actor, at=NOW)
    assert actor_for(user) == gia
    doors.close_my_sign_in(by=gia, at=NOW)
    assert actor_for(user) is None


def test_only_who_walks_with_them_gives_a_link(pair, actor):
    stranger = actor(Role.SUPPORTER)
    for refused in (
        lambda: doors.give_own_link(
            pair.participant.pk, SHOWN, link_id=new_id(), by=stranger, at=NOW
        ),
        lambda: doors.close_own_sign_in(pair.participant.pk, wish=False, by=stranger, at=NOW),
    ):
        with pytest.raises(Participant.DoesNotExist):
            refused()
    reader = actor(Role.PRIVACY_OFFICER)
    with pytest.raises(Refused):
        doors.give_own_link(pair.participant.pk, SHOWN, link_id=new_id(), by=reader, at=NOW)


@pytest.mark.practice("PEER-8")
def test_what_they_say_last_holds_and_all_of_it_stays(give, pair):
    user = come_in(give()[1])
    gia, person = actor_for(user), pair.participant.pk
    no_mail = Reaching({Way.EMAIL: May.NO, Way.TEXT: May.YES}, says=Says.AGENCY, others="My mother")
    say_how_to_reach(person, Reaching({Way.CALL: May.YES}), seen=0, by=pair.actor, at=NOW)
    say_how_to_reach(person, no_mail, seen=1, by=gia, at=NOW)
    with pytest.raises(Refused):
        say_how_to_reach(person, Reaching(), seen=1, by=pair.actor, at=NOW)
    wish = queries.contact_wish(pair.actor, participant_id=person)
    assert (wish.number, wish.set_by_id, wish.reaching()) == (2, gia.id, no_mail)
    assert queries.reaching_of_account(user) == no_mail
    with pytest.raises(Refused) as refused:
        give(NewOwnLink(LinkWay.MAIL, AskedHow.ALOUD, "gia@home.example"))
    assert refused.value.refusal.code == "no-mail"


def test_a_disposal_empties_the_account(pair):
    user = own_account(pair.participant, user_name="sunny-7")
    doors.forget_accounts(pair.actor, made=[], people=[pair.participant.pk])
    user.refresh_from_db()
    assert (user.is_active, user.email, user.name, "sunny" in user.user_name) == (
        False,
        None,
        "—",
        False,
    )
