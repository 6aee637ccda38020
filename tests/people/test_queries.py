from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.models import TimeAway
from alongside.accounts.queries import actor_for
from alongside.people import queries
from alongside.people.models import CareTeamMember, Participant
from tests.factories import (
    NOW,
    AgencyFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db


def test_sight_follows_the_current_match_and_never_leaves_the_agency(agency, actor):
    supporter = SupporterFactory(agency=agency)
    mine, other = ParticipantFactory.create_batch(2, agency=agency)
    ParticipantFactory(agency=AgencyFactory())
    walk_alongside(supporter, mine)
    viewer = actor_for(supporter.user)
    assert list(queries.participants_visible_to(viewer)) == [mine]
    assert set(queries.participants_visible_to(actor(Role.COORDINATOR))) == {mine, other}
    assert list(queries.participants_visible_to(actor(Role.BILLING))) == []
    CareTeamMember.objects.update(until=date(2026, 11, 18))
    assert list(queries.participants_visible_to(viewer)) == []


def test_supervisor_sees_the_people_of_the_own_team(agency, actor):
    boss = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    supporter = SupporterFactory(agency=agency, user__supervisor=boss)
    mine, _other = ParticipantFactory.create_batch(2, agency=agency)
    walk_alongside(supporter, mine)
    assert list(queries.participants_visible_to(actor_for(boss))) == [mine]
    assert list(queries.participants_visible_to(actor(Role.SUPERVISOR))) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("nunez ines", True, id="accents and order do not matter"),
        pytest.param("Núñ", True, id="part of a name"),
        pytest.param("ines q", False, id="every word must be there"),
    ],
)
def test_search(agency, actor, words, found):
    ParticipantFactory(agency=agency, name="Ines Núñez")
    assert queries.search(actor(Role.COORDINATOR), words=words).exists() is found


def test_whoever_stands_in_sees_the_team_on_these_days_and_no_longer(
    agency, django_assert_num_queries
):
    """Before, during and after; the SQL kept for one viewer never answers for another."""
    boss, other = UserFactory.create_batch(2, agency=agency, roles=[Role.SUPERVISOR])
    supporter = SupporterFactory(agency=agency, user__supervisor=boss)
    person = ParticipantFactory(agency=agency)
    walk_alongside(supporter, person)
    first, last = date(2026, 12, 3), date(2026, 12, 4)
    away = TimeAway.objects.create(
        agency=agency,
        supervisor=boss,
        stand_in=other,
        starts_on=first,
        ends_on=last,
        set_by=boss,
        set_at=NOW,
    )

    def seen(*moment: int) -> tuple[bool, bool]:
        at = datetime(2026, 12, *moment, tzinfo=ZoneInfo(agency.time_zone))
        with django_assert_num_queries(3):
            viewer = actor_for(other, at=at)
            listed = queries.participants_visible_to(viewer).exists()
        with suppress(Participant.DoesNotExist):
            return listed, bool(queries.seen_by(viewer, participant_id=person.pk))
        return listed, False

    no, yes = (False, False), (True, True)
    moments = [(2, 23, 59), (3, 0, 0), (4, 23, 59), (5, 0, 0)]
    assert [seen(*moment) for moment in moments] == [no, yes, yes, no]
    TimeAway.objects.filter(pk=away.pk).update(taken_back_at=NOW, taken_back_by=boss)
    assert seen(3, 12, 0) == no


def test_to_stand_in_without_the_role_opens_nothing(agency):
    boss = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    other = UserFactory(agency=agency, roles=[Role.BILLING])
    walk_alongside(
        SupporterFactory(agency=agency, user__supervisor=boss), ParticipantFactory(agency=agency)
    )
    days = {"starts_on": NOW.date(), "ends_on": NOW.date()}
    TimeAway.objects.create(
        agency=agency, supervisor=boss, stand_in=other, set_by=boss, set_at=NOW, **days
    )
    viewer = actor_for(other, at=NOW)
    assert viewer.stands_in_for == {boss.pk}
    assert list(queries.participants_visible_to(viewer)) == []
