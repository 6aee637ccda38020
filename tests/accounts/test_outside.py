"""Whoever comes in from outside is no colleague: in no list, on no page of the agency's own."""

import pytest
from django.urls import reverse

from alongside.accounts import actions, queries, rules
from alongside.accounts.codes import ROLE_WORDS, STAFF_ROLES, Permission, Role
from alongside.accounts.queries import actor_for
from alongside.accounts.rules import ColleagueFacts
from alongside.core.actor import OUTSIDE, Actor
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from tests.factories import UserFactory


@pytest.mark.parametrize(
    ("roles", "is_staff"),
    [
        pytest.param({Role.SUPPORTER}, True, id="a colleague"),
        pytest.param({Role.REFERRER}, False, id="a referrer"),
        pytest.param(set(), False, id="nobody in particular"),
        pytest.param(set(Role), False, id="one role from outside outweighs all others"),
    ],
)
def test_who_is_a_colleague(roles, is_staff):
    assert Actor(id=new_id(), agency_id=new_id(), roles=frozenset(roles)).is_staff is is_staff


def test_the_roles_of_colleagues_are_all_but_those_from_outside():
    assert {*STAFF_ROLES, *map(Role, OUTSIDE)} == set(Role)
    assert set(STAFF_ROLES) & OUTSIDE == set()


def test_a_referrer_holds_one_permission_which_no_colleague_has():
    assert rules.permissions_of([Role.REFERRER]) == {str(Permission.REFERRAL_SEND)}
    assert Permission.REFERRAL_SEND not in rules.permissions_of(STAFF_ROLES)


@pytest.mark.parametrize(
    "refusal",
    [
        rules.why_not_invite([Role.REFERRER], address_taken=False, invited=False),
        rules.why_not_invite([Role.REFERRER, Role.SUPPORTER], address_taken=False, invited=False),
        rules.why_not_change_roles(
            ColleagueFacts(new_id(), "Bo", frozenset({Role.SUPPORTER})),
            frozenset({Role.SUPPORTER, Role.REFERRER}),
        ),
        rules.why_not_change_roles(
            ColleagueFacts(new_id(), "Bo", frozenset({Role.REFERRER})), frozenset({Role.SUPPORTER})
        ),
    ],
)
def test_nobody_is_both(refusal):
    assert refusal is rules.NOT_A_COLLEAGUE


@pytest.mark.django_db
def test_a_referrer_is_in_no_list_of_colleagues(agency, actor):
    UserFactory(agency=agency, name="Pat Olsen", roles=[Role.REFERRER])
    UserFactory(agency=agency, name="Both Ways", roles=[Role.REFERRER, Role.SUPERVISOR])
    chief = actor(Role.ADMINISTRATOR, name="Hank Reuter")
    for found in (
        queries.users_visible_to(chief),
        queries.colleagues(chief),
        queries.administrators(chief),
    ):
        assert [user.name for user in found] == ["Hank Reuter"]
    assert list(queries.possible_supervisors(chief)) == []
    assert set(queries.supervisors(chief)) == {chief.id}


@pytest.mark.django_db
def test_a_referrer_sees_no_colleague_and_changes_none(agency, actor, now):
    colleague = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    referrer = actor(Role.REFERRER)
    assert list(queries.users_visible_to(referrer)) == []
    chief = actor(Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        actions.change_roles(colleague.pk, roles=[Role.SUPPORTER, Role.REFERRER], by=chief, at=now)
    assert refused.value.refusal is rules.NOT_A_COLLEAGUE


@pytest.mark.django_db
def test_no_picker_of_roles_offers_it(agency, signed_in):
    chief = UserFactory(agency=agency, roles=[Role.ADMINISTRATOR])
    colleague = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    client = signed_in(chief)
    for address in (reverse("web:invite"), reverse("web:colleague", args=[colleague.pk])):
        page = client.get(address).content.decode()
        assert 'value="supporter"' in page
        assert 'value="referrer"' not in page
        assert ROLE_WORDS[Role.REFERRER][1] not in page


@pytest.mark.django_db
def test_a_referrer_lands_in_the_portal_and_finds_no_page_of_the_agency(agency, signed_in):
    user = UserFactory(agency=agency, roles=[Role.REFERRER])
    client = signed_in(user)
    assert client.get(reverse("portal:home")).status_code == 200
    missing = client.get("/")
    assert missing.status_code == 404
    assert f'href="{reverse("portal:home")}"' in missing.content.decode()
    assert actor_for(user).may(Permission.REFERRAL_SEND)


@pytest.mark.django_db
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_colleague_finds_no_page_of_the_portal(agency, signed_in, role):
    client = signed_in(UserFactory(agency=agency, roles=[role]))
    assert client.get(reverse("portal:home")).status_code == 404
