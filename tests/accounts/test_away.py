from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model

from alongside.accounts import actions, queries
from alongside.accounts.actions import NewTimeAway
from alongside.accounts.codes import GapKind, Role
from alongside.accounts.models import TimeAway
from alongside.accounts.queries import actor_for
from alongside.accounts.rules import ColleagueFacts
from alongside.accounts.rules.away import AwayFacts, gaps, why_not_be_away
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from tests.factories import NOW, AgencyFactory, UserFactory

ON = date(2026, 11, 19)
KIM, LEE, MAX, ANA, BEN = (UUID(int=n) for n in range(1, 6))
LEAD = frozenset({Role.SUPERVISOR})
SUPPORT = frozenset({Role.SUPPORTER})
STAFF = {
    KIM: ColleagueFacts(KIM, "Kim", LEAD),
    LEE: ColleagueFacts(LEE, "Lee", LEAD),
    MAX: ColleagueFacts(MAX, "Max", LEAD | SUPPORT),
    ANA: ColleagueFacts(ANA, "Ana", SUPPORT),
    BEN: ColleagueFacts(BEN, "Ben", SUPPORT),
}
WHO = {KIM: None, LEE: None, MAX: LEE, ANA: KIM, BEN: KIM}


def away(supervisor, stand_in, first, last, n=0):
    return AwayFacts(
        UUID(int=100 + n), supervisor, stand_in, ON + timedelta(first), ON + timedelta(last)
    )


GOOD = away(KIM, LEE, 1, 5)


@pytest.mark.parametrize(
    ("new", "others", "expected"),
    [
        pytest.param(GOOD, (), None, id="someone stands in"),
        pytest.param(replace(GOOD, stand_in_id=None), (), None, id="nobody yet: a gap in sight"),
        pytest.param(away(KIM, LEE, 0, 0), (), None, id="today alone"),
        pytest.param(away(KIM, LEE, 5, 1), (), "ends-first", id="ends before it starts"),
        pytest.param(away(KIM, LEE, -5, -1), (), "over", id="days that are over"),
        pytest.param(away(KIM, LEE, -5, 0), (), None, id="away since last week"),
        pytest.param(away(KIM, LEE, 0, 367), (), "too-long", id="more than a year"),
        pytest.param(away(KIM, KIM, 1, 5), (), "oneself", id="oneself"),
        pytest.param(away(KIM, ANA, 1, 5), (), "no-supervisor", id="no supervisor"),
        pytest.param(away(ANA, LEE, 1, 5), (), "no-supervisor", id="leads nobody"),
        pytest.param(away(LEE, MAX, 1, 5), (), "in-this-team", id="someone of the team itself"),
        pytest.param(GOOD, [away(KIM, None, 5, 9)], "away-already", id="one day twice"),
        pytest.param(GOOD, [away(KIM, None, 6, 9)], None, id="the day after"),
        pytest.param(GOOD, [away(LEE, None, 5, 9)], "stand-in-away", id="both away"),
        pytest.param(GOOD, [away(LEE, KIM, 5, 9)], "stand-in-away", id="one for the other"),
        pytest.param(GOOD, [away(LEE, MAX, 6, 9)], None, id="away later"),
    ],
)
def test_why_not_be_away(new, others, expected):
    refusal = why_not_be_away(
        new,
        STAFF[new.supervisor_id],
        STAFF.get(new.stand_in_id),
        others=others,
        supervisors=WHO,
        today=ON,
    )
    assert (refusal and refusal.code) == expected


def test_someone_who_signs_in_no_more_cannot_stand_in():
    gone = replace(STAFF[LEE], active=False)
    refusal = why_not_be_away(GOOD, STAFF[KIM], gone, others=(), supervisors=WHO, today=ON)
    assert (refusal.code, refusal.field) == ("shut-out", "stand_in")


DAYS = (ON + timedelta(1), ON + timedelta(5))


@pytest.mark.parametrize(
    ("changed", "who", "rows", "expected"),
    [
        pytest.param({}, {}, [], [], id="everyone is looked out for"),
        pytest.param({}, {}, [GOOD], [], id="someone stands in"),
        pytest.param(
            {},
            {ANA: None},
            [],
            [(GapKind.NO_SUPERVISOR, ("Ana",), None, None)],
            id="no supervisor",
        ),
        pytest.param(
            {KIM: replace(STAFF[KIM], active=False)},
            {},
            [],
            [(GapKind.SUPERVISOR_GONE, ("Ana", "Ben"), None, None)],
            id="a supervisor who signs in no more",
        ),
        pytest.param(
            {KIM: replace(STAFF[KIM], roles=frozenset({Role.BILLING}))},
            {},
            [replace(GOOD, stand_in_id=None)],
            [(GapKind.SUPERVISOR_GONE, ("Ana", "Ben"), None, None)],
            id="a supervisor without the role",
        ),
        pytest.param(
            {},
            {},
            [replace(GOOD, stand_in_id=None)],
            [(GapKind.NOBODY_STANDS_IN, ("Ana", "Ben"), *DAYS)],
            id="away and nobody stands in",
        ),
        pytest.param(
            {LEE: replace(STAFF[LEE], active=False)},
            {MAX: KIM},
            [GOOD],
            [(GapKind.STAND_IN_GONE, ("Max", "Ana", "Ben"), *DAYS)],
            id="who stands in signs in no more",
        ),
        pytest.param(
            {},
            {},
            [GOOD, away(LEE, KIM, 4, 9, 1)],
            [
                (GapKind.STAND_IN_AWAY, ("Ana", "Ben"), ON + timedelta(4), ON + timedelta(5)),
                (GapKind.STAND_IN_AWAY, ("Max",), ON + timedelta(4), ON + timedelta(5)),
            ],
            id="each for the other: the days that both are away",
        ),
        pytest.param({}, {}, [away(KIM, None, -5, -1)], [], id="over"),
        pytest.param({ANA: replace(STAFF[ANA], active=False)}, {ANA: None}, [], [], id="left"),
    ],
)
def test_nobody_is_left_unwatched_unnoticed(changed, who, rows, expected):
    found = gaps({**STAFF, **changed}, {**WHO, **who}, rows, ON)
    assert [(gap.kind, gap.names, gap.starts_on, gap.ends_on) for gap in found] == expected


@pytest.fixture
def kim(agency):
    return UserFactory(agency=agency, name="Kim", roles=[Role.SUPERVISOR])


@pytest.fixture
def lee(agency):
    return UserFactory(agency=agency, name="Lee", roles=[Role.SUPERVISOR])


def days(supervisor, stand_in=None, **more):
    return NewTimeAway(supervisor.pk, ON, ON + timedelta(days=3), stand_in and stand_in.pk, **more)


def verbs():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.django_db
def test_a_time_away_is_set_once_changed_taken_back_and_restored(kim, lee):
    by, away_id = actor_for(kim), new_id()
    for _click in range(3):
        actions.set_time_away(away_id, days(kim, lee), by=by, at=NOW)
    assert actor_for(lee, at=NOW).teams == (lee.pk, kim.pk)
    other = actions.set_time_away(new_id(), days(kim, instead_of=away_id), by=by, at=NOW)
    assert actor_for(lee, at=NOW).teams == (lee.pk,)
    actions.take_back_time_away(other.pk, by=by, at=NOW)
    actions.restore_time_away(away_id, by=by, at=NOW)
    assert actor_for(lee, at=NOW).teams == (lee.pk, kim.pk)
    assert verbs() == [
        "time-away.set",
        "time-away.taken-back",
        "time-away.set",
        "time-away.taken-back",
        "time-away.restored",
    ]


@pytest.mark.django_db
def test_what_stands_meanwhile_is_not_restored_over(kim, lee):
    by = actor_for(kim)
    first = actions.set_time_away(new_id(), days(kim, lee), by=by, at=NOW)
    actions.take_back_time_away(first.pk, by=by, at=NOW)
    actions.set_time_away(new_id(), days(kim), by=by, at=NOW)
    with pytest.raises(Refused) as caught:
        actions.restore_time_away(first.pk, by=by, at=NOW)
    assert caught.value.refusal.code == "away-already"


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["the one who stands in", "another supervisor", "elsewhere"])
def test_only_the_supervisor_and_who_keeps_colleagues_decide(kim, lee, agency, who):
    row = actions.set_time_away(new_id(), days(kim, lee), by=actor_for(kim), at=NOW)
    other = {"the one who stands in": lee}.get(who) or UserFactory(
        agency=agency if who == "another supervisor" else AgencyFactory(),
        roles=[Role.SUPERVISOR],
    )
    by, users = actor_for(other), get_user_model()
    with pytest.raises(TimeAway.DoesNotExist):
        actions.take_back_time_away(row.pk, by=by, at=NOW)
    with pytest.raises((users.DoesNotExist, TimeAway.DoesNotExist)):
        actions.set_time_away(new_id(), days(kim), by=by, at=NOW)
    boss = actor_for(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))
    actions.take_back_time_away(row.pk, by=boss, at=NOW)
    assert actor_for(lee, at=NOW).teams == (lee.pk,)


@pytest.mark.django_db
def test_an_id_of_another_agency_tells_nothing(kim, lee):
    there = actions.set_time_away(new_id(), days(kim, lee), by=actor_for(kim), at=NOW)
    other = UserFactory(agency=AgencyFactory(), roles=[Role.SUPERVISOR])
    made = actions.set_time_away(there.pk, days(other), by=actor_for(other), at=NOW)
    assert (made.pk != there.pk, made.agency_id) == (True, other.agency_id)
    there.refresh_from_db()
    assert there.agency_id == kim.agency_id


@pytest.mark.django_db
@pytest.mark.parametrize("others", [1, 3])
def test_gaps_cost_the_same_for_few_and_for_many(
    kim, lee, agency, actor, others, django_assert_num_queries
):
    UserFactory.create_batch(others, agency=agency, roles=[Role.SUPPORTER], supervisor=kim)
    UserFactory(agency=agency, name="Ana", roles=[Role.SUPPORTER])
    actions.set_time_away(new_id(), days(kim), by=actor_for(kim), at=NOW)
    viewers = [actor(Role.COORDINATOR), actor_for(kim), actor_for(lee), actor(Role.BILLING)]
    found = []
    for viewer, most in zip(viewers, [3, 3, 3, 0], strict=True):
        with django_assert_num_queries(most):
            seen = queries.nobody_looks_out(viewer, on=ON)
        found.append([(gap.kind, len(gap.names)) for gap in seen])
    away_gap = (GapKind.NOBODY_STANDS_IN, others)
    assert found == [[(GapKind.NO_SUPERVISOR, 1), away_gap], [away_gap], [], []]
