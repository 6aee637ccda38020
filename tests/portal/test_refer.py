"""A referrer sends a referral: page by page, kept on the way, read over, sent once."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.people.models import Participant, SamePersonProposal
from alongside.referrals.models import Referral, ReferralDraft
from alongside.referrals.queries.desk import referrals_visible_to
from tests.factories import ParticipantFactory
from tests.portal.conftest import PAT
from tests.portal.filling import TYPED, begin, fill_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(come_in, signed_in) -> Client:
    return signed_in(come_in())


@pytest.mark.practice("PSP-5")
def test_a_referral_arrives_at_the_desk_with_all_it_needs(client, desk):
    draft_id = begin(client)
    checked = fill_in(client, draft_id)
    assert checked.url == reverse("portal:check", args=[draft_id])
    assert Referral.objects.count() == 0
    assert send(client, draft_id).url == f"{reverse('portal:sent', args=[draft_id])}?new=1"
    referral = referrals_visible_to(desk).get()
    person = referral.participant
    assert {
        "pathway": referral.pathway,
        "county": referral.county,
        "source": referral.source,
        "status": referral.status,
        "who": referral.referrer.name,
        "where": referral.referrer.organization,
        "court": str(referral.next_court_on),
        "knows": referral.knows,
        "reason": referral.reason,
        "asked for": referral.asked_for,
    } == {
        "pathway": "family_treatment_court",
        "county": "Dunn",
        "source": "referrer",
        "status": "received",
        "who": "Pat Olsen",
        "where": "Dunn County",
        "court": "2031-03-04",
        "knows": "agreed",
        "reason": "Wants her kids home",
        "asked for": "Someone who has been through it",
    }
    assert (person.name, person.phone, person.reach_by, person.phone_note) == (
        "Gia Rivera",
        "715-555-0134",
        "Text first",
        "Her mother reads it",
    )
    assert AuditEvent.objects.filter(verb="referral.sent").count() == 1


def test_five_clicks_send_one_referral(client):
    draft_id = begin(client)
    fill_in(client, draft_id)
    answers = {send(client, draft_id).url for _click in range(5)}
    assert answers == {f"{reverse('portal:sent', args=[draft_id])}?new=1"}
    assert (Referral.objects.count(), Participant.objects.count()) == (1, 1)


def test_what_was_typed_is_there_on_another_device(client, signed_in):
    draft_id = begin(client)
    client.post(reverse("portal:refer", args=[draft_id, "who"]), TYPED["who"])
    other = signed_in(ReferralDraft.objects.get().author)
    page = other.get(reverse("portal:refer", args=[draft_id, "who"])).content.decode()
    assert 'value="Gia Rivera"' in page
    assert str(draft_id) in other.get(reverse("portal:home")).content.decode()


@pytest.mark.parametrize("go", ["back", "later"])
def test_going_back_or_stopping_loses_nothing_typed(client, go):
    draft_id = begin(client)
    half = {"name": "Gia", "born_on": "not a day", "go": go}
    answer = client.post(reverse("portal:refer", args=[draft_id, "who"]), half)
    before = reverse("portal:refer", args=[draft_id, "way"])
    assert answer.url == (before if go == "back" else reverse("portal:home"))
    page = client.get(reverse("portal:refer", args=[draft_id, "who"])).content.decode()
    assert 'value="Gia"' in page


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        pytest.param("way", {}, "Please choose one.", id="no pathway"),
        pytest.param("who", {"name": "", "county": "Dunn"}, "Please fill this in.", id="no name"),
        pytest.param(
            "who",
            {"name": "Gia", "county": "Dunn", "born_on": "2199-01-01"},
            "This birth date is still to come.",
            id="born later",
        ),
        pytest.param(
            "reach", {"phone_note": "Careful"}, "Write a phone number", id="no way to reach"
        ),
        pytest.param(
            "dates", {"next_court_on": "2001-01-01"}, "This day is over.", id="court is over"
        ),
        pytest.param(
            "agreed", {"knows": "perhaps"}, "Please choose one from the list.", id="no answer"
        ),
    ],
)
def test_one_clear_sentence_and_nothing_half_saved(client, page, typed, words):
    draft_id = begin(client)
    answer = client.post(reverse("portal:refer", args=[draft_id, page]), {**typed, "go": "next"})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert ReferralDraft.objects.get().answers == ""


def test_what_is_missing_is_said_before_sending(client):
    draft_id = begin(client)
    fill_in(client, draft_id)
    client.post(reverse("portal:refer", args=[draft_id, "who"]), {"name": "", "go": "later"})
    assert send(client, draft_id).url == reverse("portal:check", args=[draft_id])
    page = client.get(reverse("portal:check", args=[draft_id])).content.decode()
    assert "Fill in what is missing" in page
    assert "Send the referral" not in page
    assert Referral.objects.count() == 0


def test_it_says_what_happens_next_by_the_dated_rules(client):
    draft_id = begin(client)
    fill_in(client, draft_id)
    send(client, draft_id)
    page = client.get(f"{reverse('portal:sent', args=[draft_id])}?new=1").content.decode()
    draft = ReferralDraft.objects.get()
    assert "calls them within 3 days" in page
    assert "their supporter calls within 7 days" in page
    assert draft.reference in page
    assert len(draft.reference) == 9


def test_someone_who_does_not_know_yet_is_not_called_first(client, desk, signed_in):
    draft_id = begin(client)
    fill_in(client, draft_id, agreed={"knows": "not-yet"})
    send(client, draft_id)
    page = client.get(reverse("portal:sent", args=[draft_id])).content.decode()
    assert "calls <b>you</b> within 3 days" in page


@pytest.mark.practice("PSP-5")
def test_who_may_be_the_same_person_is_asked_and_never_merged(client, agency):
    known = ParticipantFactory(agency=agency, name="Gia Rivera", born_on="1991-04-02")
    elsewhere = ParticipantFactory(name="Gia Rivera", born_on="1991-04-02")
    draft_id = begin(client)
    fill_in(client, draft_id)
    send(client, draft_id)
    new = Referral.objects.get().participant
    assert (new.pk != known.pk, new.same_as) == (True, None)
    pair = SamePersonProposal.objects.get()
    assert (pair.kept_id, pair.other_id, pair.answer) == (known.pk, new.pk, "open")
    assert pair.reason == "Same name and birth date."
    assert elsewhere.pk not in (pair.kept_id, pair.other_id)


def test_a_draft_is_put_away_and_taken_up_again(client):
    draft_id = begin(client)
    client.post(reverse("portal:put_away", args=[draft_id]))
    assert client.get(reverse("portal:refer", args=[draft_id, "way"])).status_code == 404
    assert str(draft_id) not in client.get(reverse("portal:home")).context["begun"]
    client.post(reverse("portal:take_up", args=[draft_id]))
    assert client.get(reverse("portal:refer", args=[draft_id, "way"])).status_code == 200


def test_nothing_typed_stands_open_in_the_database(client):
    draft_id = begin(client)
    fill_in(client, draft_id)
    closed = ReferralDraft.objects.values_list("answers", flat=True).get(pk=draft_id)
    assert (b"Gia" in bytes(closed), len(bytes(closed)) > 100) == (False, True)
    assert "Gia Rivera" in ReferralDraft.objects.get(pk=draft_id).answers


def test_two_referrers_never_see_each_others(client, come_in, signed_in, desk):

    draft_id = begin(client)
    fill_in(client, draft_id)
    send(client, draft_id)
    other = come_in(type(PAT)("Lou Vang", "CCS service facilitator", "Polk", "lou@polk.example"))
    theirs = signed_in(other)
    open_draft = begin(client)
    pages = [
        reverse("portal:sent", args=[draft_id]),
        reverse("portal:add", args=[draft_id]),
        reverse("portal:take_back", args=[draft_id]),
        reverse("portal:refer", args=[open_draft, "way"]),
        reverse("portal:check", args=[open_draft]),
    ]
    assert [theirs.get(page).status_code for page in pages] == [404] * len(pages)
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    reference = ReferralDraft.objects.get(pk=draft_id).reference
    assert reference not in theirs.get(reverse("portal:home")).content.decode()
    assert actor_for(other) is not None


def test_no_name_stands_in_an_address_or_a_title(client):
    draft_id = begin(client)
    fill_in(client, draft_id)
    send(client, draft_id)
    for page in (reverse("portal:home"), reverse("portal:sent", args=[draft_id])):
        html = client.get(page).content.decode()
        title = html.partition("<title>")[2].partition("</title>")[0]
        assert "Gia" not in title + page
    # The list tells them apart by number, first letters and day.
    listed = client.get(reverse("portal:home")).content.decode()
    assert ("Gia" in listed, "G. R. · Sent" in listed) == (False, True)
