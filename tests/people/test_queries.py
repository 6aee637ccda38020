from datetime import date

import pytest

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.people import queries
from alongside.people.models import CareTeamMember
from tests.factories import (
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
