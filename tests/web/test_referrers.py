"""The coordinator's side: a link for a referrer, where it stands, and what came by the form."""

import re

import pytest
import time_machine
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import Letter
from alongside.core.ids import new_id
from alongside.exchange.actions.arriving import send_referral
from alongside.people.models import SamePersonProposal
from alongside.practice.codes import Pathway
from alongside.referrals.actions import sending
from alongside.referrals.codes import AdditionKind, Knows
from alongside.referrals.models import Referral, ReferralAddition, Referrer, ReferrerLink
from alongside.referrals.rules.sending import SentWords
from tests.factories import NOW, ParticipantFactory, ReferrerFactory, UserFactory
from tests.portal.conftest import come_in, desk, pat
from tests.web.test_agency import queries_of

__all__ = ["come_in", "desk", "pat"]

pytestmark = pytest.mark.django_db
TYPED = {"name": "Pat Olsen", "email": "pat@county.example", "role": "County social worker"}


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


@pytest.fixture
def client(agency, signed_in):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR], name="Mim"))


def give(client, **more):
    return client.post(reverse("web:referrer_new"), {**TYPED, "link_id": new_id(), **more})


def text(response) -> str:
    return response.content.decode()


def test_a_link_is_shown_once_and_mailed(client):
    page = text(give(client))
    link = re.search(r'value="(http[^"]+/portal/link/[^"]+)"', page)
    assert link is not None
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.about) == (
        "link",
        "pat@county.example",
        ReferrerLink.objects.get().pk,
    )
    assert link[1] not in text(
        client.get(reverse("web:referrer", args=[Referrer.objects.get().pk]))
    )


def test_five_clicks_give_one_link(client):
    link_id = new_id()
    answers = [give(client, link_id=link_id).status_code for _click in range(5)]
    assert (answers[0], ReferrerLink.objects.count(), Letter.objects.count()) == (200, 1, 1)
    assert set(answers[1:]) == {422}


def test_a_new_link_stops_the_letter_with_the_one_before(client):
    give(client)
    referrer = Referrer.objects.get()
    client.post(reverse("web:referrer_link", args=[referrer.pk]), {**TYPED, "link_id": new_id()})
    assert sorted(Letter.objects.values_list("status", flat=True)) == ["put-away", "waiting"]
    assert ReferrerLink.objects.filter(taken_back_at=None).count() == 1


def test_a_link_is_taken_back(client):
    give(client)
    link = ReferrerLink.objects.get()
    page = reverse("web:referrer", args=[link.referrer_id])
    assert "It works once, until" in text(client.get(page))
    client.post(reverse("web:referrer_link_back", args=[link.pk]))
    assert "They have no link yet" in text(client.get(page))
    assert Letter.objects.get().status == "put-away"


def test_access_is_closed_and_opened_again(client, come_in):
    come_in()
    referrer = Referrer.objects.get()
    page = reverse("web:referrer", args=[referrer.pk])
    assert "They sign in by themselves" in text(client.get(page))
    client.post(reverse("web:referrer_out", args=[referrer.pk]))
    assert "Their access is closed" in text(client.get(page))
    client.post(reverse("web:referrer_in", args=[referrer.pk]))
    assert "They sign in by themselves" in text(client.get(page))


def test_a_refused_link_keeps_what_was_typed(client, agency):
    UserFactory(agency=agency, email="pat@county.example", roles=[Role.SUPPORTER])
    page = give(client)
    assert page.status_code == 422
    assert "Someone already signs in with this e-mail address" in text(page)
    assert 'value="Pat Olsen"' in text(page)
    assert Referrer.objects.count() == 0


def test_the_list_costs_the_same_for_one_and_three(client, agency):
    ReferrerFactory(agency=agency)
    one = queries_of(client, reverse("web:referrers"))
    ReferrerFactory(agency=agency, name="Lou")
    ReferrerFactory(agency=agency, name="Kim")
    assert queries_of(client, reverse("web:referrers")) == one


def arrive(pat, **more) -> Referral:
    words = {
        "pathway": Pathway.FAMILY_TREATMENT_COURT,
        "name": "Gia Rivera",
        "county": "Dunn",
        "knows": Knows.AGREED,
        "phone": "715-555-0134",
        "urgent_words": "Moves out on Friday",
    }
    draft = sending.begin_draft(new_id(), by=pat, at=NOW)
    return send_referral(draft.pk, SentWords(**{**words, **more}), by=pat, at=NOW)


@pytest.mark.practice("PSP-5")
def test_the_desk_shows_what_came_by_the_form(client, pat):
    referral = arrive(pat)
    desk = text(client.get(reverse("web:referrals")))
    assert "Gia Rivera" in desk
    page = text(client.get(reverse("web:referral", args=[referral.pk])))
    for words in (
        "Sent by the referrer",
        referral.sent_as.reference,
        "They know of the referral and want it",
        "Moves out on Friday",
        "715-555-0134",
        "Pat Olsen",
        "FTC, with its referral.",
    ):
        assert words in page


def test_someone_who_does_not_know_is_not_called_first(client, pat):
    referral = arrive(pat, knows=Knows.NOT_YET)
    page = text(client.get(reverse("web:referral", args=[referral.pk])))
    assert "Talk with the referrer before you call." in page


def test_who_may_be_the_same_is_pointed_out_and_nobody_is_merged(client, pat, agency):
    known = ParticipantFactory(agency=agency, name="Gia Rivera")
    referral = arrive(pat)
    page = text(client.get(reverse("web:referral", args=[referral.pk])))
    assert "Maybe the same person:" in page
    assert reverse("web:same_person") in page
    assert SamePersonProposal.objects.get().kept_id == known.pk
    assert referral.participant.same_as_id is None


def test_what_a_referrer_adds_waits_at_the_desk_until_it_is_read(client, pat):
    referral = arrive(pat)
    words = "Her new phone is 715-555-0199"
    addition_id = new_id()
    for _click in range(5):
        sending.add_to_referral(referral.pk, words, addition_id=addition_id, by=pat, at=NOW)
    assert ReferralAddition.objects.count() == 1
    assert "Referrers added something:" in text(client.get(reverse("web:referrals")))
    assert words in text(client.get(reverse("web:referral", args=[referral.pk])))
    client.post(reverse("web:referral_added_read", args=[referral.pk]))
    assert "Referrers added something:" not in text(client.get(reverse("web:referrals")))
    assert words in text(client.get(reverse("web:referral", args=[referral.pk])))


@pytest.mark.parametrize(
    ("status", "after"),
    [
        pytest.param("received", "withdrawn", id="nobody has begun with it"),
        pytest.param("accepted", "accepted", id="the desk decides with the person"),
    ],
)
def test_taken_back_by_the_referrer(client, pat, status, after):
    referral = arrive(pat)
    Referral.objects.filter(pk=referral.pk).update(status=status)
    sending.add_to_referral(
        referral.pk,
        "She moved away",
        addition_id=new_id(),
        by=pat,
        at=NOW,
        kind=AdditionKind.WITHDRAWAL,
    )
    referral.refresh_from_db()
    assert referral.status == after
    page = text(client.get(reverse("web:referral", args=[referral.pk])))
    assert ("They took it back" in page, "She moved away" in page) == (True, True)
    assert ("Ask the person" in page) is (after == "accepted")
