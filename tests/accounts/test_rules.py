from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from alongside.accounts import rules
from alongside.accounts.codes import ROLE_WORDS, Permission, Role
from alongside.accounts.rules import ColleagueFacts, InvitationFacts

NOW = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)
ANA, BEN, CAL, DEE = (UUID(int=n) for n in range(1, 5))
BOSS = ColleagueFacts(ANA, "Ana Brandt", frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}))
OPEN = InvitationFacts(expires_at=NOW + timedelta(days=7))


def code(refusal):
    return refusal and refusal.code


def test_every_role_has_permissions_and_words():
    assert set(rules.ROLE_PERMISSIONS) == set(Role) == set(ROLE_WORDS)


def test_every_permission_is_given_to_some_role():
    # Whoever asks for support on the public page holds no role (accounts.queries.stranger).
    held = rules.permissions_of(Role) | {str(Permission.SUPPORT_ASK)}
    assert held == {str(permission) for permission in Permission}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BILLING, Role.ARRAY_LEAD])
def test_who_keeps_the_house_sees_no_records(role):
    sight = {p for p in rules.ROLE_PERMISSIONS[role] if p.startswith(("sight.", "note."))}
    assert sight == set()


@pytest.mark.parametrize(
    ("roles", "taken", "invited", "expected"),
    [
        pytest.param([Role.SUPPORTER], False, False, None, id="a new colleague"),
        pytest.param([], False, False, "no-role", id="without a role"),
        pytest.param([Role.SUPPORTER], True, False, "address-taken", id="signs in already"),
        pytest.param([Role.SUPPORTER], False, True, "already-invited", id="invited already"),
    ],
)
def test_why_not_invite(roles, taken, invited, expected):
    assert code(rules.why_not_invite(roles, address_taken=taken, invited=invited)) == expected


@pytest.mark.parametrize(
    ("invitation", "at", "expected"),
    [
        pytest.param(OPEN, NOW, None, id="open"),
        pytest.param(OPEN, NOW + timedelta(days=7), "link-is-over", id="seven days later"),
        pytest.param(replace(OPEN, accepted=True), NOW, "link-is-over", id="used"),
        pytest.param(replace(OPEN, taken_back=True), NOW, "link-is-over", id="taken back"),
    ],
)
def test_why_not_accept(invitation, at, expected):
    assert code(rules.why_not_accept(invitation, at)) == expected


@pytest.mark.parametrize(
    ("invitation", "expected"),
    [
        pytest.param(OPEN, None, id="open"),
        pytest.param(replace(OPEN, expires_at=NOW - timedelta(days=1)), None, id="too old"),
        pytest.param(replace(OPEN, accepted=True), "accepted", id="used"),
        pytest.param(replace(OPEN, taken_back=True), "taken-back", id="taken back"),
    ],
)
def test_why_not_send_again(invitation, expected):
    assert code(rules.why_not_send_again(invitation)) == expected


LEAD = ColleagueFacts(BEN, "Ben", frozenset({Role.SUPPORTER, Role.ARRAY_LEAD}), is_array_lead=True)


@pytest.mark.parametrize(
    ("colleague", "wanted", "expected"),
    [
        pytest.param(BOSS, {Role.SUPERVISOR}, "last-administrator", id="the last administrator"),
        pytest.param(BOSS, {Role.ADMINISTRATOR}, None, id="keeps being administrator"),
        pytest.param(
            replace(BOSS, other_administrators=1), {Role.SUPERVISOR}, None, id="one of two"
        ),
        pytest.param(replace(BOSS, active=False), {Role.BILLING}, None, id="shut out already"),
        pytest.param(BOSS, set(), "no-role", id="nothing left"),
        pytest.param(LEAD, {Role.SUPPORTER}, "is-array-lead", id="the named array lead"),
        pytest.param(
            replace(LEAD, is_array_lead=False), {Role.SUPPORTER}, None, id="a stand-in lead"
        ),
    ],
)
def test_why_not_change_roles(colleague, wanted, expected):
    assert code(rules.why_not_change_roles(colleague, frozenset(wanted))) == expected


def test_a_refusal_names_the_person():
    refusal = rules.why_not_change_roles(BOSS, frozenset({Role.SUPERVISOR}))
    assert str(refusal) == (
        "Ana Brandt is the only administrator. Make someone else administrator first."
    )


@pytest.mark.parametrize(
    ("colleague", "by", "expected"),
    [
        pytest.param(BOSS, ANA, "oneself", id="oneself"),
        pytest.param(BOSS, BEN, "last-administrator", id="the last administrator"),
        pytest.param(replace(BOSS, other_administrators=1), BEN, None, id="one of two"),
        pytest.param(LEAD, ANA, None, id="a supporter"),
    ],
)
def test_why_not_shut_out(colleague, by, expected):
    assert code(rules.why_not_shut_out(colleague, by=by)) == expected


@pytest.mark.parametrize(
    ("colleague", "supervisor", "above", "expected"),
    [
        pytest.param(BEN, BOSS, {}, None, id="a supervisor"),
        pytest.param(ANA, BOSS, {}, "oneself", id="oneself"),
        pytest.param(BEN, replace(BOSS, active=False), {}, "shut-out", id="gone"),
        pytest.param(BEN, LEAD, {}, "oneself", id="oneself before all else"),
        pytest.param(CAL, LEAD, {}, "no-supervisor", id="without the role"),
        pytest.param(BEN, BOSS, {ANA: BEN}, "circle", id="each other's"),
        pytest.param(BEN, BOSS, {ANA: CAL, CAL: BEN}, "circle", id="a circle of three"),
        pytest.param(BEN, BOSS, {ANA: CAL, CAL: DEE}, None, id="a long way up"),
        pytest.param(BEN, BOSS, {ANA: CAL, CAL: ANA}, None, id="an old circle elsewhere ends"),
    ],
)
def test_why_not_supervise(colleague, supervisor, above, expected):
    assert code(rules.why_not_supervise(colleague, supervisor, above)) == expected


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        pytest.param(None, None, id="still running"),
        pytest.param(date(2026, 1, 1), None, id="one day"),
        pytest.param(date(2025, 12, 31), "ends-first", id="ends before it starts"),
    ],
)
def test_why_not_contract(ends_on, expected):
    assert code(rules.why_not_contract(date(2026, 1, 1), ends_on)) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("America/Chicago", None), ("Wisconsin", "time-zone"), ("", "time-zone")],
)
def test_why_not_time_zone(zone, expected):
    assert code(rules.why_not_time_zone(zone)) == expected


def test_an_array_lead_signs_in():
    assert code(rules.why_not_lead_arrays(replace(LEAD, active=False))) == "shut-out"
    assert rules.why_not_lead_arrays(LEAD) is None
