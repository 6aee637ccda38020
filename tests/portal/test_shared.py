"""What a referrer sees of someone they sent: as far as that person said, at this very click."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Letter
from alongside.consents.actions import revoke_consent
from alongside.consents.codes import RevokedHow
from alongside.consents.models import ConsentRecipient, Disclosure
from alongside.consents.rules import NewRecipient, Revoking
from alongside.practice.consents import Category
from alongside.referrals.actions.rhythm import contact_happened
from alongside.referrals.actions.telling import sign_consent_and_tell, tell_referrers
from alongside.referrals.models import Referral
from alongside.referrals.rules.standing import StandingFacts, in_words
from tests.consents.written import signing, written
from tests.encounters.updates import Outside, outside
from tests.factories import NOW, TODAY, a_pair
from tests.web.test_agency import queries_of

LEAST = ["received", "first_contact", "matched"]
NEVER = "Rosa Quaas"


@pytest.fixture
def there(agency, now) -> Outside:
    with time_machine.travel(now):
        yield outside(a_pair(agency), categories=LEAST)


@pytest.fixture
def kim(signed_in, there) -> Client:
    return signed_in(there.worker)


def page(name: str, there: Outside) -> str:
    return reverse(f"portal:{name}", args=[there.referral.pk])


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("facts", "category", "words"),
    [
        pytest.param(
            StandingFacts(received_on=TODAY),
            Category.RECEIVED,
            "Your referral arrived on 2026-11-19.",
            id="it arrived",
        ),
        pytest.param(
            StandingFacts(),
            Category.FIRST_CONTACT,
            "We have not talked with them yet.",
            id="not talked yet",
        ),
        pytest.param(
            StandingFacts(first_contact_on=TODAY),
            Category.FIRST_CONTACT,
            "We first talked with them on 2026-11-19.",
            id="talked",
        ),
        pytest.param(
            StandingFacts(), Category.MATCHED, "They have no supporter yet.", id="no supporter"
        ),
        pytest.param(
            StandingFacts(supporter="Rosa"),
            Category.MATCHED,
            "Rosa is their supporter.",
            id="a supporter",
        ),
        pytest.param(
            StandingFacts(going_on=True), Category.ONGOING, "Support goes on.", id="goes on"
        ),
        pytest.param(
            StandingFacts(going_on=False, ended_on=TODAY),
            Category.ONGOING,
            "Support ended on 2026-11-19.",
            id="ended",
        ),
    ],
)
def test_one_plain_sentence_for_each_thing_and_none_for_another(facts, category, words):
    assert [str(one.say) for one in in_words(facts, {category, Category.NOTES})] == [words]


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
def test_exactly_what_is_consented_is_shown_with_its_notice(kim, there):
    body = text(kim.get(page("shared", there)))
    assert "Your referral arrived" in body
    assert "Rosa Quaas is their supporter." in body
    assert "Support goes on." not in body
    assert "42 CFR part 2" in body


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
def test_each_look_is_kept_repeats_on_one_line_and_news_on_a_new_one(kim, there, now):
    for _look in range(3):
        kim.get(page("shared", there))
    told = Disclosure.objects.get()
    assert (told.times, told.basis, told.way, told.referrer_id) == (
        3,
        "consent",
        "portal",
        there.referrer.pk,
    )
    assert sorted(told.categories) == sorted(LEAST)
    Referral.objects.filter(pk=there.referral.pk).update(first_contact_on=TODAY)
    kim.get(page("shared", there))
    newest = Disclosure.objects.order_by("-id").first()
    assert Disclosure.objects.count() == 2
    assert newest.what == (
        "The referral arrived on November 9, 2026. First talk on November 19, 2026. "
        "Supporter: Rosa Quaas."
    )


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
@pytest.mark.asvs("8.3.2")
def test_a_consent_taken_back_shuts_the_open_page_at_the_next_click(kim, there):
    assert kim.get(page("shared", there)).status_code == 200
    revoking = Revoking(how=RevokedHow.ALOUD, on=TODAY)
    revoke_consent(there.recipient.consent_id, revoking, by=there.by, at=NOW)
    assert kim.get(page("shared", there)).status_code == 404
    home = text(kim.get(page("sent", there)))
    assert (page("shared", there) in home, NEVER in home) == (False, False)
    assert Disclosure.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
def test_without_a_consent_there_is_what_was_sent_and_no_more(signed_in, agency, now):
    with time_machine.travel(now):
        there = outside(a_pair(agency), categories=[])
        client = signed_in(there.worker)
        assert client.get(page("shared", there)).status_code == 404
        body = text(client.get(page("sent", there)))
        assert there.draft.reference in body
        assert (NEVER in body, page("shared", there) in body) == (False, False)
    assert Disclosure.objects.count() == 0


@pytest.mark.django_db
def test_a_consent_to_another_referrer_opens_nothing_here(signed_in, there, agency):
    other = outside(a_pair(agency), categories=[])
    assert signed_in(other.worker).get(page("shared", there)).status_code == 404
    assert signed_in(there.worker).get(page("shared", other)).status_code == 404


@pytest.mark.django_db
def test_a_supporter_whose_match_ended_is_named_no_more(kim, there):
    there.pair.supporter.matches.update(status="ended", ended_on=TODAY, end_reason="Moved")
    assert "They have no supporter yet." in text(kim.get(page("shared", there)))


@pytest.mark.django_db
def test_the_list_costs_the_same_for_one_and_three(kim, there):
    home = reverse("portal:home")
    kim.get(home)
    one = queries_of(kim, home)
    draft = there.draft
    for number in range(2):
        referral = Referral.objects.get(pk=there.referral.pk)
        referral.pk = None
        referral.id = draft.pk = type(draft)._meta.pk.get_default()
        referral.save(force_insert=True)
        draft.referral, draft.reference = referral, f"7QMX-00{number}"
        draft.answers = ""
        draft.save(force_insert=True)
    assert queries_of(kim, home) == one


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
def test_a_letter_says_that_there_is_an_update_where_a_consent_covers_it(there):
    """One a day, naming nobody; nothing without a consent, nor by one that says less."""
    whose, by = there.pair.participant.pk, there.by
    tell_referrers(whose, [Category.ONGOING], by=by, at=NOW)
    assert Letter.objects.count() == 0
    contact_happened(whose, on=TODAY, by=by, at=NOW)
    tell_referrers(whose, [Category.MATCHED], by=by, at=NOW)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.about, letter.link) == (
        "update",
        there.worker.email,
        None,
        "",
    )
    tomorrow = NOW + timedelta(days=1)
    tell_referrers(whose, [Category.MATCHED], by=by, at=tomorrow)
    assert Letter.objects.count() == 2
    revoking = Revoking(how=RevokedHow.ALOUD, on=TODAY)
    revoke_consent(there.recipient.consent_id, revoking, by=by, at=tomorrow)
    tell_referrers(whose, [Category.MATCHED], by=by, at=NOW + timedelta(days=2))
    assert Letter.objects.count() == 2


@pytest.mark.django_db
def test_a_consent_that_comes_to_name_a_referrer_is_news_to_them(there):
    ConsentRecipient.objects.update(referrer_id=None)
    people = (NewRecipient("Kim Lor", referrer_id=there.referrer.pk),)
    other = written(there.pair, people=people, categories=frozenset({Category.MATCHED}))
    for _click in range(2):
        sign_consent_and_tell(other.pk, signing(there.pair, other), by=there.by, at=NOW)
    assert [letter.to for letter in Letter.objects.all()] == [there.worker.email]
