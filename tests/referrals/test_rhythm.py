from datetime import date, timedelta

import pytest

from alongside.accounts.codes import Role
from alongside.referrals.actions import rhythm
from alongside.referrals.codes import EpisodeStatus, ReferralStatus
from alongside.referrals.rules.rhythm import first_contact, last_contact
from tests.factories import (
    NOW,
    TODAY,
    EpisodeFactory,
    ParticipantFactory,
    ReferralFactory,
)

ASKED = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("days", "received_on", "status", "status_on", "first"),
    [
        pytest.param([5, 3, 9], 1, "matched", None, 3, id="the earliest day, in any order"),
        pytest.param([1, 4], 2, "received", None, 4, id="a day before the request does not count"),
        pytest.param([1], 2, "received", None, None, id="none yet"),
        pytest.param([9], 1, "declined", 5, None, id="a request that had closed is not answered"),
        pytest.param([4], 1, "withdrawn", 5, 4, id="it was answered before it closed"),
        pytest.param([7], None, "accepted", None, 7, id="day of the request not known"),
    ],
)
def test_first_contact(days, received_on, status, status_on, first):
    found = first_contact(
        [ASKED + timedelta(day) for day in days],
        received_on=ASKED + timedelta(received_on) if received_on else None,
        status=ReferralStatus(status),
        status_on=ASKED + timedelta(status_on) if status_on else None,
    )
    assert found == (ASKED + timedelta(first) if first else None)


def test_last_contact_lies_inside_the_episode():
    days = [ASKED, ASKED + timedelta(20)]
    assert last_contact(days, begun_on=ASKED) == ASKED + timedelta(20)
    assert last_contact(days, begun_on=ASKED + timedelta(30)) is None


@pytest.fixture
def relationship(agency):
    participant = ParticipantFactory(agency=agency)
    referral = ReferralFactory(participant=participant, received_on=TODAY - timedelta(days=40))
    episode = EpisodeFactory(participant=participant, begun_on=TODAY - timedelta(days=30))
    return participant, referral, episode


def read(*rows):
    for row in rows:
        row.refresh_from_db()
    participant, referral, episode = rows
    return (
        participant.last_contact_on,
        referral.first_contact_on,
        episode.last_contact_on,
        episode.contact_due_on,
    )


@pytest.mark.django_db
@pytest.mark.practice("SVC-10")
def test_contact_renews_what_is_due(relationship, actor):
    by = actor(Role.SUPPORTER)
    late, early = TODAY - timedelta(days=2), TODAY - timedelta(days=20)
    rhythm.contact_happened(relationship[0].pk, on=late, by=by, at=NOW)
    rhythm.contact_happened(relationship[0].pk, on=early, by=by, at=NOW)
    assert read(*relationship) == (late, early, late, late + timedelta(days=30))


@pytest.mark.django_db
@pytest.mark.practice("SVC-10")
def test_an_agreed_shorter_rhythm_is_kept(relationship, actor):
    participant, _, episode = relationship
    type(episode).objects.update(agreed_every_days=7)
    rhythm.contact_happened(participant.pk, on=TODAY, by=actor(Role.SUPPORTER), at=NOW)
    assert read(*relationship)[3] == TODAY + timedelta(days=7)


@pytest.mark.django_db
def test_contact_leaves_concluded_episodes_and_other_agencies_alone(relationship, actor):
    participant, _, episode = relationship
    type(episode).objects.update(status=EpisodeStatus.CONCLUDED, ended_on=TODAY)
    rhythm.contact_happened(participant.pk, on=TODAY, by=actor(Role.SUPPORTER), at=NOW)
    assert read(*relationship)[2] is None
    elsewhere = ParticipantFactory()
    rhythm.contact_happened(elsewhere.pk, on=TODAY, by=actor(Role.SUPPORTER), at=NOW)
    elsewhere.refresh_from_db()
    assert elsewhere.last_contact_on is None


@pytest.mark.django_db
def test_recount_after_a_take_back(relationship, actor):
    participant, _, episode = relationship
    by = actor(Role.SUPPORTER)
    for days in (25, 2):
        rhythm.contact_happened(participant.pk, on=TODAY - timedelta(days), by=by, at=NOW)
    stands = TODAY - timedelta(days=25)
    rhythm.recount_contacts(participant.pk, days=[stands])
    assert read(*relationship) == (stands, stands, stands, stands + timedelta(days=30))
    rhythm.recount_contacts(participant.pk, days=[])
    assert read(*relationship) == (None, None, None, episode.begun_on + timedelta(days=7))
