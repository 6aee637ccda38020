from datetime import timedelta

import pytest

from alongside.consents.codes import ConsentStatus
from alongside.consents.models import Consent, ConsentRecipient
from alongside.consents.queries import coverage
from alongside.practice.consents import ORDINARY, Category, ConsentKind
from tests.consents.made import SIGNED_ON, a_consent
from tests.factories import (
    NOW,
    TODAY,
    CareTeamMember,
    ParticipantFactory,
    ReferrerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def referrer(agency):
    return ReferrerFactory(agency=agency)


@pytest.fixture
def participant(agency):
    return ParticipantFactory(agency=agency)


def asked(participant, referrer, *, on=TODAY, **more):
    return coverage(
        agency_id=participant.agency_id,
        participant_ids=[participant.pk],
        referrer_id=referrer.pk,
        on=on,
        **more,
    )


@pytest.mark.practice("PSP-6")
def test_a_referrer_is_covered_for_what_was_said_and_nothing_else(participant, referrer):
    row = a_consent(participant, referrer_id=referrer.pk)
    found = asked(participant, referrer)[participant.pk]
    assert found.categories == {Category.ATTENDANCE}
    assert (found.consent_id, found.recipient_id) == (row.consent_id, row.pk)
    assert found.grant_for(Category.NOTES) is None


def test_the_whole_record_is_each_thing_in_it_but_no_counselors_notes(participant, referrer):
    a_consent(participant, referrer_id=referrer.pk, categories=["whole_record"])
    found = asked(participant, referrer)[participant.pk]
    assert found.categories == frozenset(Category) - {Category.COUNSELING_NOTES}


@pytest.mark.parametrize(
    ("changed", "on"),
    [
        pytest.param({}, SIGNED_ON - timedelta(days=1), id="before it was signed"),
        pytest.param({"ends_on": TODAY - timedelta(days=1)}, TODAY, id="its day is over"),
        pytest.param({"statements": []}, TODAY, id="a statement is not on the form"),
        pytest.param({"discloser": ""}, TODAY, id="nobody is named who may tell"),
        pytest.param({"categories": []}, TODAY, id="nothing is named"),
        pytest.param({"version": "1999"}, TODAY, id="under rules nobody knows"),
        pytest.param(
            {"status": "ended", "event_on": TODAY, "ends": "event", "ends_event": "Case closed"},
            TODAY,
            id="its event happened",
        ),
    ],
)
def test_nothing_is_covered_where_a_consent_does_not_hold(participant, referrer, changed, on):
    a_consent(participant, referrer_id=referrer.pk, **changed)
    assert asked(participant, referrer, on=on) == {}


def test_what_was_taken_back_covers_nothing_on_the_next_look(participant, referrer):
    row = a_consent(participant, referrer_id=referrer.pk)
    assert list(asked(participant, referrer)) == [participant.pk]
    Consent.objects.update(
        status=ConsentStatus.REVOKED,
        revoked_on=TODAY,
        revoked_at=NOW,
        revoked_by=UserFactory(agency=participant.agency),
        revoked_how="aloud",
    )
    assert asked(participant, referrer) == {}
    assert row.consent.pk is not None


def test_one_recipient_is_taken_out_without_the_others(participant, referrer):
    row = a_consent(participant, referrer_id=referrer.pk)
    other = ConsentRecipient.objects.create(
        agency=participant.agency, consent=row.consent, name="Dr. Vang"
    )
    ConsentRecipient.objects.filter(pk=row.pk).update(
        revoked_on=TODAY,
        revoked_at=NOW,
        revoked_by=UserFactory(agency=participant.agency),
        revoked_how="aloud",
    )
    assert asked(participant, referrer) == {}
    left = coverage(
        agency_id=participant.agency_id,
        participant_ids=[participant.pk],
        recipient_id=other.pk,
        on=TODAY,
    )
    assert list(left) == [participant.pk]


@pytest.mark.parametrize("kind", sorted(set(ConsentKind) - ORDINARY))
def test_what_stands_alone_covers_only_where_it_is_asked_for_by_name(participant, referrer, kind):
    a_consent(participant, kind=kind, referrer_id=referrer.pk)
    assert asked(participant, referrer) == {}
    assert list(asked(participant, referrer, kinds=[kind])) == [participant.pk]


def test_another_agency_and_another_referrer_are_covered_by_nothing(participant, referrer):
    a_consent(participant, referrer_id=referrer.pk)
    stranger = ParticipantFactory()
    assert asked(stranger, referrer) == {}
    assert asked(participant, ReferrerFactory(agency=participant.agency)) == {}
    elsewhere = coverage(
        agency_id=stranger.agency_id,
        participant_ids=[participant.pk],
        referrer_id=referrer.pk,
        on=TODAY,
    )
    assert elsewhere == {}


@pytest.mark.parametrize("many", [1, 3])
def test_many_people_cost_one_query(agency, referrer, many, django_assert_num_queries):
    people = [ParticipantFactory(agency=agency) for _ in range(many)]
    for one in people:
        a_consent(one, referrer_id=referrer.pk)
        a_consent(one, referrer_id=referrer.pk)
    with django_assert_num_queries(1):
        found = coverage(
            agency_id=agency.pk,
            participant_ids=[one.pk for one in people],
            referrer_id=referrer.pk,
            on=TODAY,
        )
    assert [len(found[one.pk].grants) for one in people] == [2] * many


def test_a_recipient_is_named_in_one_way(agency):
    with pytest.raises(ValueError, match="exactly one way"):
        coverage(agency_id=agency.pk, participant_ids=[], on=TODAY)


@pytest.mark.practice("MPR-4")
def test_a_clinic_is_told_for_a_warm_hand_off_only_with_a_consent_that_names_it(participant):
    """Working beside clinical services: without the yes, nothing; with it, that and no notes."""
    counselor = CareTeamMember.objects.create(
        agency=participant.agency, participant=participant, name="Dr. Vang", role="treatment"
    )

    def told() -> object:
        found = coverage(
            agency_id=participant.agency_id,
            participant_ids=[participant.pk],
            member_id=counselor.pk,
            on=TODAY,
        )
        return found.get(participant.pk)

    other = a_consent(participant, categories=["linkages"])
    assert told() is None
    ConsentRecipient.objects.filter(pk=other.pk).update(member=counselor, name="Dr. Vang")
    covered = told()
    assert covered is not None
    assert covered.allows(Category.LINKAGES)
    assert not covered.allows(Category.NOTES)
