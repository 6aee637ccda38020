from datetime import date

import pytest
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.practice.codes import Audience
from alongside.workforce.models import Credential, SharedExperience, Supporter
from tests.factories import (
    AgencyFactory,
    CredentialFactory,
    ExperienceFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)
from tests.web.test_referrals import page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(agency, signed_in):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))


@pytest.fixture
def kai(agency):
    return SupporterFactory(agency=agency, name="Kai Berg")


@pytest.fixture
def own(kai, signed_in):
    return signed_in(kai.user)


PROFILE = {
    "bio_audience": "nobody",
    "strengths_audience": "nobody",
    "gender_audience": "staff",
}


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_constant_number_of_queries(agency, client, count, django_assert_num_queries):
    for supporter in SupporterFactory.create_batch(count, agency=agency):
        ExperienceFactory(supporter=supporter)
        CredentialFactory(supporter=supporter)
        walk_alongside(supporter, ParticipantFactory(agency=agency))
    page(client, "supporters")
    with django_assert_num_queries(7):
        text = page(client, "supporters")
    assert text.count("14 more") == count


@pytest.mark.practice("PSP-3")
def test_a_supporter_opens_a_part_and_takes_it_back(client, own, kai):
    send(
        own,
        "my_profile",
        **PROFILE,
        bio="I fish.",
        trauma_audience="staff",
        trauma_words="It was long ago",
        mental_health_audience="nobody",
        mental_health_words="mine alone",
        languages="English, Hmong",
    )
    text = page(client, "supporter", kai.pk)
    assert "It was long ago" in text
    assert ("mine alone" in text, "I fish." in text) == (False, False)
    assert "English, Hmong" in text
    mine = page(own, "supporter", kai.pk)
    assert ("mine alone" in mine, "I fish." in mine) == (True, True)
    send(own, "my_profile", **PROFILE, bio="I fish.", bio_audience_="")
    assert "It was long ago" not in page(client, "supporter", kai.pk)
    assert SharedExperience.objects.get(kind="trauma").audience == Audience.NOBODY


@pytest.mark.practice("PSP-3")
@pytest.mark.parametrize("role", [r for r in Role if r is not Role.SUPPORTER])
def test_nobody_else_has_a_page_to_change_a_story(agency, signed_in, kai, role):
    other = signed_in(UserFactory(agency=agency, roles=[role]))
    page(other, "my_profile", status=404)
    send(other, "my_profile", status=404, **PROFILE, bio="not mine")
    kai.refresh_from_db()
    assert kai.bio == ""


def test_a_supporter_without_a_profile_gets_404(agency, signed_in):
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    page(signed_in(user), "my_profile", status=404)


@pytest.mark.practice("PSP-3")
def test_words_without_an_audience_stay_with_the_supporter(own, client, kai):
    send(own, "my_profile", **PROFILE, trauma_words="only me")
    assert SharedExperience.objects.get().audience == Audience.NOBODY
    assert "only me" not in page(client, "supporter", kai.pk)


@pytest.mark.practice("PEER-1")
def test_certificates_are_added_corrected_taken_out_and_put_back(client, own, kai):
    send(client, "credential_new", kai.pk, kind="cps", certified_on="2024-07-08")
    row = Credential.objects.get()
    page(client, "credential_correct", kai.pk, row.pk)
    send(
        client,
        "credential_correct",
        kai.pk,
        row.pk,
        kind="cps",
        certified_on="2024-07-08",
        expires_on="2999-07-08",
    )
    assert "certified (until Jul 2999)" in page(client, "supporters")
    row = Credential.objects.get(voided_at=None)
    send(client, "credential_void", kai.pk, row.pk)
    assert "not certified" in page(client, "supporters")
    send(client, "credential_restore", kai.pk, row.pk)
    assert "Certified (until Jul 2999)" in page(own, "supporter", kai.pk)


@pytest.mark.practice("PEER-1")
def test_a_supporter_reads_the_certificates_and_does_not_write_them(own, kai):
    row = CredentialFactory(supporter=kai, certified_on=date(2025, 7, 8))
    text = page(own, "supporter", kai.pk)
    assert "Certified peer specialist" in text
    assert "Entered by mistake" not in text
    page(own, "credential_new", kai.pk, status=404)
    send(own, "credential_void", kai.pk, row.pk, status=404)
    assert Credential.objects.get().voided_at is None


def test_certificate_with_turned_dates_comes_back(client, kai):
    text = send(
        client,
        "credential_new",
        kai.pk,
        kind="cps",
        certified_on="2025-07-08",
        expires_on="2024-07-08",
        status=422,
    ).content.decode()
    assert "The last day lies before the first day" in text
    assert Credential.objects.count() == 0


def test_certificate_of_someone_else_is_absent_here(agency, client, kai):
    other = CredentialFactory(supporter=SupporterFactory(agency=agency))
    send(client, "credential_void", kai.pk, other.pk, status=404)
    page(client, "credential_correct", kai.pk, other.pk, status=404)


def test_add_change_and_link(agency, client):
    send(client, "supporter_new", name="Mai Her", counties="Barron, Polk", caseload_size="12")
    mai = Supporter.objects.get()
    assert (mai.counties, mai.caseload_size) == (["Barron", "Polk"], 12)
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER], name="Mai Her")
    assert "No sign-in yet" in page(client, "supporter", mai.pk)
    send(client, "supporter_link", mai.pk, user=str(user.pk))
    send(client, "supporter_link", mai.pk, user="nonsense")
    page(client, "supporter_change", mai.pk)
    send(client, "supporter_change", mai.pk, name="Mai Her", counties="Polk", caseload_size="3")
    mai.refresh_from_db()
    assert (mai.user, mai.counties, mai.caseload_size) == (user, ["Polk"], 3)


@pytest.mark.parametrize("role", [Role.BILLING, Role.PRIVACY_OFFICER])
def test_to_others_supporters_are_absent(agency, signed_in, kai, role):
    other = signed_in(UserFactory(agency=agency, roles=[role]))
    page(other, "supporters", status=404)
    page(other, "supporter", kai.pk, status=404)


def test_another_agency_gets_404(signed_in, kai):
    stranger = signed_in(UserFactory(agency=AgencyFactory(), roles=[Role.COORDINATOR]))
    page(stranger, "supporter", kai.pk, status=404)
    send(stranger, "supporter_change", kai.pk, name="x", caseload_size="1", status=404)
    assert reverse("web:supporter", args=[kai.pk]) not in page(stranger, "supporters")
