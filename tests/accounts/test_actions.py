from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db import IntegrityError, connection, transaction

from alongside.accounts import actions, queries
from alongside.accounts.actions import ContractTerms, NewAgency, NewColleague
from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import Agency, Contract, Invitation, RoleGrant, User
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.refusal import Refused
from tests.factories import AgencyFactory, UserFactory

NEW = NewAgency(
    name="Milkweed Row",
    time_zone="America/Chicago",
    administrator="Ana Brandt",
    email="Ana@Row.example",
    password="willow river morning",
)
WHOM = NewColleague(name="Rosa Quaas", email="Rosa@row.example", roles={Role.SUPPORTER})


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("agency_id", "seq").values_list("verb", flat=True))


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.refusal.code


def roles_of(user_id) -> set[str]:
    return set(RoleGrant.objects.filter(user_id=user_id).values_list("role", flat=True))


@pytest.fixture
def boss(actor):
    return actor(Role.ADMINISTRATOR)


@pytest.mark.django_db
def test_the_first_agency_begins_with_its_administrator(now):
    user = actions.start_agency(NEW, at=now)
    assert (user.email, user.name, roles_of(user.id)) == (
        "ana@row.example",
        "Ana Brandt",
        {"administrator"},
    )
    assert identify_hasher(user.password).algorithm == "argon2"
    assert (verbs(), Agency.objects.get().time_zone) == (
        ["agency.started", "user.joined"],
        "America/Chicago",
    )


@pytest.mark.django_db
def test_the_agency_that_sheets_came_into_is_taken_over(agency, now):
    user = actions.start_agency(NEW, at=now)
    assert (user.agency_id, Agency.objects.get().name) == (agency.id, "Milkweed Row")


@pytest.mark.django_db
def test_a_stranger_cannot_begin_a_second_agency(boss, now):
    assert refused(actions.start_agency, NEW, at=now) == "started"
    actions.start_agency(NEW, at=now, only_first=False)
    assert Agency.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_make_one_agency(now):
    def begin(n: int) -> None:
        try:
            with suppress(Refused):
                actions.start_agency(
                    NewAgency("Row", "America/Chicago", "Ana", f"a{n}@row.example", "x"), at=now
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(begin, range(4)))
    assert (Agency.objects.count(), User.objects.count()) == (1, 1)


def change(boss, now, **other):
    said = {
        "name": "Milkweed Row",
        "time_zone": "America/Chicago",
        "phone": "",
        "counties": ["Dunn"],
        "references": [{"title": "Code of ethics", "url": "https://ethics.example/"}],
        "array_lead_id": None,
    }
    return actions.change_agency(**{**said, **other}, by=boss, at=now)


@pytest.mark.asvs("1.2.2")
@pytest.mark.django_db
@pytest.mark.practice("PEER-10")
def test_an_agency_keeps_its_links_and_counties(boss, now):
    found = change(boss, now, phone="715 555 0100")
    assert (found.counties, found.references[0]["title"], found.phone) == (
        ["Dunn"],
        "Code of ethics",
        "715 555 0100",
    )
    change(boss, now, phone="715 555 0100")
    assert verbs() == ["agency.changed"]


@pytest.mark.django_db
@pytest.mark.practice("PEER-6")
def test_the_array_lead_is_a_named_person_who_may_answer(boss, agency, now):
    ben = UserFactory(agency=agency, name="Ben Ott", roles=[Role.SUPPORTER])
    found = change(boss, now, array_lead_id=ben.id)
    assert (found.array_lead.name, roles_of(ben.id)) == ("Ben Ott", {"supporter", "array-lead"})
    assert actor_for(ben).may(Permission.ARRAY_ANSWER)
    code = refused(actions.change_roles, ben.id, roles={Role.SUPPORTER}, by=boss, at=now)
    assert code == "is-array-lead"


@pytest.mark.django_db
def test_a_stranger_cannot_be_array_lead(boss, now):
    elsewhere = UserFactory(agency=AgencyFactory())
    with pytest.raises(User.DoesNotExist):
        change(boss, now, array_lead_id=elsewhere.id)


@pytest.mark.django_db
def test_an_invitation_becomes_a_user_once(boss, agency, now):
    supervisor = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    whom = NewColleague("Rosa Quaas", "Rosa@row.example", {Role.SUPPORTER}, supervisor.id)
    invited, secret = actions.invite_colleague(whom, by=boss, at=now)
    assert secret not in str(Invitation.objects.values().get())
    user = actions.accept_invitation(
        secret, name="Rosa Q.", password="otter meadow", at=now + timedelta(days=6)
    )
    assert (user.email, user.name, user.supervisor_id, roles_of(user.id), user.agency) == (
        "rosa@row.example",
        "Rosa Q.",
        supervisor.id,
        {"supporter"},
        agency,
    )
    again = refused(actions.accept_invitation, secret, name="R", password="x", at=now)
    assert (again, verbs()) == (
        "link-is-over",
        ["colleague.invited", "invitation.accepted", "user.joined"],
    )
    invited.refresh_from_db()
    assert invited.user == user


@pytest.mark.django_db
def test_a_link_ends_after_seven_days_and_a_new_one_ends_the_old(boss, now):
    invited, old = actions.invite_colleague(WHOM, by=boss, at=now)
    late = now + timedelta(days=8)
    assert refused(actions.accept_invitation, old, name="R", password="x", at=late) == (
        "link-is-over"
    )
    _same, new = actions.send_again(invited.id, by=boss, at=late)
    assert refused(actions.accept_invitation, old, name="R", password="x", at=late) == (
        "link-is-over"
    )
    assert actions.accept_invitation(new, name="R", password="x", at=late).email == (
        "rosa@row.example"
    )


@pytest.mark.django_db
def test_an_invitation_taken_back_opens_nothing(boss, now):
    invited, secret = actions.invite_colleague(WHOM, by=boss, at=now)
    actions.take_back(invited.id, by=boss, at=now)
    assert refused(actions.accept_invitation, secret, name="R", password="x", at=now) == (
        "link-is-over"
    )
    assert refused(actions.send_again, invited.id, by=boss, at=now) == "taken-back"
    actions.invite_colleague(WHOM, by=boss, at=now)


@pytest.mark.django_db
def test_one_open_invitation_to_an_address(boss, agency, now):
    actions.invite_colleague(WHOM, by=boss, at=now)
    assert refused(actions.invite_colleague, WHOM, by=boss, at=now) == "already-invited"
    UserFactory(agency=AgencyFactory(), email="taken@row.example")
    taken = NewColleague("T", "taken@row.example", {Role.SUPPORTER})
    assert refused(actions.invite_colleague, taken, by=boss, at=now) == "address-taken"


@pytest.mark.django_db
def test_another_agency_cannot_touch_an_invitation(boss, actor, now):
    invited, _secret = actions.invite_colleague(WHOM, by=boss, at=now)
    other = UserFactory(agency=AgencyFactory(), roles=[Role.ADMINISTRATOR])
    with pytest.raises(Invitation.DoesNotExist):
        actions.take_back(invited.id, by=actor_for(other), at=now)


@pytest.mark.django_db
def test_roles_hold_from_the_next_look(boss, agency, now):
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    given = actions.change_roles(user.id, roles={Role.COORDINATOR, Role.SUPPORTER}, by=boss, at=now)
    assert (given, roles_of(user.id)) == ({Role.COORDINATOR}, {"coordinator", "supporter"})
    actions.change_roles(user.id, roles={Role.COORDINATOR, Role.SUPPORTER}, by=boss, at=now)
    actions.change_roles(user.id, roles={Role.BILLING}, by=boss, at=now)
    details = list(AuditEvent.objects.order_by("seq").values_list("verb", "detail"))
    assert details == [
        ("user.roles-changed", {"given": ["coordinator"], "taken": []}),
        ("user.roles-changed", {"given": ["billing"], "taken": ["coordinator", "supporter"]}),
    ]


@pytest.mark.asvs("2.3.4")
@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once(agency, now):
    users = [UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]) for _ in range(2)]

    def take(mine: User, theirs: User) -> None:
        try:
            with suppress(Refused):
                actions.change_roles(theirs.id, roles={Role.BILLING}, by=actor_for(mine), at=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(take, users, users[::-1]))
    assert RoleGrant.objects.filter(role="administrator").count() == 1


@pytest.mark.django_db
def test_a_supervisor_is_set_and_a_circle_refused(boss, agency, now):
    one, two = (UserFactory(agency=agency, roles=[Role.SUPERVISOR]) for _ in range(2))
    actions.set_supervisor(one.id, supervisor_id=two.id, by=boss, at=now)
    code = refused(actions.set_supervisor, two.id, supervisor_id=one.id, by=boss, at=now)
    actions.set_supervisor(one.id, supervisor_id=None, by=boss, at=now)
    assert (code, verbs()) == ("circle", ["user.supervisor-set", "user.supervisor-set"])


@pytest.mark.django_db
def test_the_database_too_refuses_to_supervise_oneself(agency):
    user = UserFactory(agency=agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.id).update(supervisor=user)


@pytest.mark.django_db
def test_shut_out_and_let_in(boss, agency, now):
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    before = user.get_session_auth_hash()
    actions.shut_out(user.id, by=boss, at=now)
    assert actor_for(user) is None
    assert refused(actions.shut_out, user.id, by=boss, at=now) == "stale"
    actions.let_in(user.id, by=boss, at=now)
    user.refresh_from_db()
    assert actor_for(user) is not None
    assert user.get_session_auth_hash() != before


@pytest.mark.django_db
def test_nobody_shuts_out_another_agency(boss, now):
    elsewhere = UserFactory(agency=AgencyFactory())
    with pytest.raises(User.DoesNotExist):
        actions.shut_out(elsewhere.id, by=boss, at=now)


TERMS = ContractTerms(
    funder="Dunn County",
    name="Family treatment court 2026",
    starts_on=date(2026, 1, 1),
    counties=["Dunn"],
    pathways=["family_treatment_court"],
    populations=["adult_self_identified"],
    arrays=["peer_support"],
)


@pytest.mark.django_db
@pytest.mark.practice("PSP-10")
def test_a_contract_says_who_pays_for_whom_where_and_what(boss, now):
    contract = actions.add_contract(TERMS, by=boss, at=now)
    actions.change_contract(
        contract.id, ContractTerms("Dunn County", "FTC", date(2026, 1, 1)), by=boss, at=now
    )
    ended = actions.end_contract(contract.id, on=date(2026, 12, 31), by=boss, at=now)
    assert (ended.name, ended.counties, ended.ends_on) == ("FTC", [], date(2026, 12, 31))
    assert refused(actions.end_contract, contract.id, on=date(2025, 12, 31), by=boss, at=now) == (
        "ends-first"
    )
    assert verbs() == ["contract.added", "contract.changed", "contract.ended"]


@pytest.mark.django_db
def test_contracts_stay_in_their_agency(boss, now):
    contract = actions.add_contract(TERMS, by=boss, at=now)
    other = actor_for(UserFactory(agency=AgencyFactory(), roles=[Role.ADMINISTRATOR]))
    with pytest.raises(Contract.DoesNotExist):
        actions.end_contract(contract.id, on=date(2026, 12, 31), by=other, at=now)
    assert list(queries.contracts_visible_to(other)) == []
