from contextlib import contextmanager
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.exchange.models import ImportBatch, ImportRow
from alongside.people.models import Participant
from alongside.referrals.models import Referral
from tests.factories import (
    AgencyFactory,
    ParticipantFactory,
    ReferralFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(agency, signed_in):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))


@pytest.fixture
def referral(agency):
    return ReferralFactory(participant__agency=agency, participant__name="Gia Rivera")


def page(client, route, /, *args, status=200, **query):
    response = client.get(reverse(f"web:{route}", args=args), query)
    assert response.status_code == status
    return response.content.decode()


@contextmanager
def reads(count):
    """How many rows are asked for; a page that keeps the opening begins and ends transactions."""
    with CaptureQueriesContext(connection) as seen:
        yield
    asked = [q["sql"] for q in seen.captured_queries if q["sql"].startswith("SELECT")]
    assert len(asked) == count, "\n".join(asked)


def send(client, route, /, *args, status=302, **data):
    response = client.post(reverse(f"web:{route}", args=args), data)
    assert response.status_code == status
    return response


@pytest.mark.parametrize("count", [1, 3])
def test_desk_takes_a_constant_number_of_queries(agency, client, count, django_assert_num_queries):
    ReferralFactory.create_batch(count, participant__agency=agency)
    page(client, "referrals")
    with django_assert_num_queries(8):  # of them: whom who left walked with, who asked apart
        text = page(client, "referrals")
    assert text.count('scope="row"') == count


@pytest.mark.practice("PSP-5")
def test_desk_shows_how_long_each_has_waited(agency, client, referral):
    today = timezone.localdate()
    Referral.objects.update(received_on=today - timedelta(days=34), asked_for="a woman if possible")
    ReferralFactory(participant__agency=agency, received_on=None)
    text = page(client, "referrals")
    assert text.index("34 days") < text.index("day not known")
    assert "a woman if possible" in text
    assert "<title>Referral desk</title>" in text


def test_desk_filters_and_pages(agency, client, referral, monkeypatch):
    monkeypatch.setattr("alongside.referrals.queries.desk.PAGE", 1)
    ReferralFactory(participant__agency=agency, participant__name="Otis Vang", county="Polk")
    text = page(client, "referrals", county="Polk")
    assert ("Otis Vang" in text, "Gia Rivera" in text) == (True, False)
    first = page(client, "referrals")
    more = unescape(first.split('id="pager"', 1)[1].split('href="', 1)[1].split('"', 1)[0])
    second = client.get(f"{reverse('web:referrals')}{more}").content.decode()
    names = ("Gia Rivera", "Otis Vang")
    assert {n for n in names if n in first} | {n for n in names if n in second} == set(names)
    assert "Gia Rivera" in page(client, "referrals", after="nonsense")


def test_search_is_by_post_and_the_name_is_in_no_address(client, referral):
    text = send(client, "referrals_search", words="rivera gia", status=200).content.decode()
    assert "Gia Rivera" in text
    assert client.get(reverse("web:referrals_search")).status_code == 405
    assert (
        "Nobody by that name"
        in send(client, "referrals_search", words="zzz", status=200).content.decode()
    )


@pytest.mark.practice("PSP-5", "SVC-1")
def test_page_says_whom_to_ask_and_keeps_the_request(agency, client):
    row = ReferralFactory(participant__agency=agency, pathway="ccs", referrer=None)
    text = page(client, "referral", row.pk)
    assert "Please ask their CCS service facilitator to send a referral" in text
    assert "Accept and look for a match" in text
    assert "<title>Referral</title>" in text


def test_opening_is_audited_once(client, referral):
    page(client, "referral", referral.pk)
    assert list(AuditEvent.objects.values_list("verb", "target")) == [
        ("participant.opened", f"Participant/{referral.participant_id}")
    ]


def test_accept_leads_to_suggestions(client, referral):
    response = send(client, "referral_move", referral.pk, to="accepted")
    assert response.url == reverse("web:match", args=[referral.pk])


@pytest.mark.practice("PSP-5")
def test_declined_needs_why_and_what_was_told_and_can_be_opened_again(client, referral):
    text = send(
        client, "referral_move", referral.pk, to="declined", reason="All full", status=422
    ).content.decode()
    assert "Please look at this again" in text
    assert "All full" in text
    send(
        client,
        "referral_move",
        referral.pk,
        to="declined",
        reason="All full",
        told="Come back in May",
    )
    text = page(client, "referral", referral.pk)
    assert "Come back in May" in text
    send(client, "referral_move", referral.pk, to="received")
    referral.refresh_from_db()
    assert referral.status == "received"


def test_a_step_that_the_table_does_not_know_is_refused(client, referral):
    send(client, "referral_move", referral.pk, to="received")
    assert "cannot go from" in page(client, "referral", referral.pk)
    send(client, "referral_move", referral.pk, to="matched")
    assert "once the participant has decided" not in page(client, "referral", referral.pk)
    referral.refresh_from_db()
    assert referral.status == "received"
    send(client, "referral_move", referral.pk, to="nonsense", status=404)


@pytest.mark.practice("SVC-1", "MPR-3")
def test_population_is_their_own_word(client, referral):
    send(client, "referral_population", referral.pk, population="affected_by_others_use")
    person = Participant.objects.get()
    assert person.population == "affected_by_others_use"
    assert "in their own right" in page(client, "referral", referral.pk)
    send(client, "referral_population", referral.pk, population="nonsense")
    person.refresh_from_db()
    assert person.population == "affected_by_others_use"


def test_correction_keeps_what_stood_there(client, referral):
    text = page(client, "referral_correct", referral.pk)
    assert "Pat Olsen" in text
    data = {"pathway": "ccs", "county": "Polk", "asked_for": "evenings", "why": "Pat called"}
    send(client, "referral_correct", referral.pk, **data)
    text = page(client, "referral", referral.pk)
    assert "Pat called" in text
    assert "Dunn" in text
    send(client, "referral_correct", referral.pk, status=422, **data)


NEW = {"name": "Ines Núñez", "pathway": "self_referral", "asked_for": "Spanish speaking"}


@pytest.mark.practice("PSP-5")
def test_new_referral_by_themselves(client):
    response = send(client, "referral_new", **NEW)
    row = Referral.objects.get()
    assert response.url == reverse("web:referral", args=[row.pk])
    assert (row.participant.name, row.referrer, row.asked_for) == (
        "Ines Núñez",
        None,
        "Spanish speaking",
    )


def test_someone_who_looks_alike_is_asked_about_and_never_merged(agency, client):
    known = ParticipantFactory(agency=agency, name="Ines Nunez")
    text = send(client, "referral_new", status=200, **NEW).content.decode()
    assert "Do we know this person?" in text
    assert Referral.objects.count() == 0
    text = send(client, "referral_new", status=422, asked="1", **NEW).content.decode()
    assert "Choose one" in text
    send(client, "referral_new", choice=str(known.pk), **NEW)
    send(client, "referral_new", choice="new", **NEW)
    assert [r.participant_id == known.pk for r in Referral.objects.order_by("id")] == [True, False]


def test_nobody_of_another_agency_can_be_chosen(agency, client):
    ParticipantFactory(agency=agency, name="Ines Nunez")
    stranger = ParticipantFactory(agency=AgencyFactory(), name="Ines Nunez")
    send(client, "referral_new", choice=str(stranger.pk), status=404, **NEW)
    send(client, "referral_new", choice="nonsense", status=404, **NEW)
    assert Referral.objects.count() == 0


def test_new_referral_without_a_name_comes_back_with_all_that_was_typed(client):
    text = send(
        client, "referral_new", status=422, pathway="ccs", asked_for="evenings only"
    ).content.decode()
    assert "evenings only" in text
    assert "error-summary" in text


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_to_others_the_desk_is_absent(agency, signed_in, referral, role):
    client = signed_in(UserFactory(agency=agency, roles=[role]))
    for name, args in [("referrals", []), ("referral", [referral.pk]), ("referral_new", [])]:
        page(client, name, *args, status=404)
    send(client, "referral_move", referral.pk, to="accepted", status=404)
    referral.refresh_from_db()
    assert referral.status == "received"


def test_another_agency_gets_404(signed_in, referral):
    stranger = UserFactory(agency=AgencyFactory(), roles=[Role.COORDINATOR])
    client = signed_in(stranger)
    page(client, "referral", referral.pk, status=404)
    send(client, "referral_move", referral.pk, to="accepted", status=404)


@pytest.mark.parametrize("name", ["referral_move", "referral_population"])
def test_get_changes_nothing(client, referral, name):
    page(client, name, referral.pk, status=405)


def test_five_clicks_make_one_request(client):
    key = str(new_id())
    for _ in range(5):
        response = send(client, "referral_new", referral_id=key, **NEW)
        assert response.url == reverse("web:referral", args=[key])
    assert (Referral.objects.count(), Participant.objects.count()) == (1, 1)


def test_the_words_of_the_sheet_stand_as_they_came(agency, client, referral, now):
    batch = ImportBatch.objects.create(
        agency=agency,
        kind="referrals",
        filename="old.csv",
        header_row=1,
        header=["Name", "Reason", "Empty"],
        day=now.date(),
        row_count=1,
        chosen_at=now,
        chosen_by=UserFactory(agency=agency),
    )
    ImportRow.objects.create(
        id=referral.pk,
        agency=agency,
        batch=batch,
        number=2,
        cells=["RIVERA, Gia", "housing\n+ job", ""],
        fingerprint="f",
    )
    assert "What the sheet said" not in page(client, "referral", referral.pk)
    Referral.objects.update(source="sheet")
    text = page(client, "referral", referral.pk)
    assert "RIVERA, Gia" in text
    assert "housing\n+ job" in text
    assert "Empty" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_a_constant_number_of_queries(
    agency, client, count, django_assert_num_queries
):
    ReferralFactory.create_batch(count, participant__agency=agency, participant__name="Gia Rivera")
    send(client, "referrals_search", words="gia", status=200)
    with django_assert_num_queries(4):
        text = send(client, "referrals_search", words="gia", status=200).content.decode()
    assert text.count('scope="row"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_with_much_history_takes_as_many_queries(client, referral, count):
    for _ in range(count):
        send(client, "referral_move", referral.pk, to="withdrawn")
        send(client, "referral_move", referral.pk, to="received")
    page(client, "referral", referral.pk)
    with reads(13):
        text = page(client, "referral", referral.pk)
    assert text.count("<b>Withdrawn</b>") == count
    assert 'name="referral_id" value="' in page(client, "referral_new")
