"""What a referrer reads and asks about someone they referred: as far as the consent goes, and no
longer than it holds (J12)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.consents.actions import revoke_consent
from alongside.consents.codes import RevokedHow
from alongside.consents.models import Disclosure
from alongside.consents.rules import Revoking
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.actions import NewAnswer
from alongside.encounters.codes import AnswerKind, ReferrerQuestionStatus
from alongside.encounters.models import ReferrerQuestion
from alongside.encounters.rules.outside import CANNOT_SAY, MOST_OPEN
from alongside.practice.consents import Category
from alongside.referrals.models import Referral
from tests.encounters.updates import SECRET, Outside, met, outside, sent
from tests.factories import NOW, TODAY, a_pair
from tests.web.test_agency import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


@pytest.fixture
def there(agency) -> Outside:
    found = outside(a_pair(agency))
    met(found, 3)
    return found


@pytest.fixture
def kim(signed_in, there) -> Client:
    return signed_in(there.worker)


def page(name: str, there: Outside, *more: object) -> str:
    return reverse(f"portal:{name}", args=[there.referral.pk, *more])


def text(response) -> str:
    return response.content.decode()


def take_back(there: Outside) -> None:
    revoking = Revoking(how=RevokedHow.ALOUD, on=TODAY)
    revoke_consent(there.recipient.consent_id, revoking, by=there.by, at=NOW)


@pytest.mark.practice("PSP-6")
def test_an_update_is_read_with_its_notice_and_nothing_else(kim, there):
    update = sent(there)
    assert page("told", there, update.pk) in text(kim.get(page("told_all", there)))
    body = text(kim.get(page("told", there, update.pk)))
    for words in ("I have not missed a class.", "Added by Rosa Quaas", "42 CFR part 2"):
        assert words in body
    assert SECRET not in body
    assert Disclosure.objects.get().times == 2


@pytest.mark.practice("PSP-6")
@pytest.mark.asvs("8.3.2")
def test_a_consent_taken_back_shuts_the_open_page_at_the_next_click(kim, there):
    update = sent(there)
    assert kim.get(page("told", there, update.pk)).status_code == 200
    take_back(there)
    assert kim.get(page("told", there, update.pk)).status_code == 404
    assert page("told", there, update.pk) not in text(kim.get(page("told_all", there)))


@pytest.mark.asvs("8.2.2")
def test_others_see_nothing_of_it(signed_in, there):
    update = sent(there)
    other = outside(there.pair, categories=[])
    client = signed_in(other.worker)
    for url in (
        page("told", there, update.pk),
        page("told", other, update.pk),
        page("told_all", there),
    ):
        assert client.get(url).status_code == 404
    rosa = signed_in(there.pair.supporter.user)
    assert rosa.get(page("told", there, update.pk)).status_code == 404


def ask(kim: Client, there: Outside, words: str = "Does she come to the class?", **more: object):
    given = {"question_id": new_id(), "words": words, **more}
    return kim.post(page("told_all", there), given)


def test_a_question_is_asked_once_found_again_and_taken_back_unread(kim, there):
    key = new_id()
    answers = {ask(kim, there, question_id=key).status_code for _ in range(5)}
    assert (answers, ReferrerQuestion.objects.count()) == ({302}, 1)
    where = page("asked", there, key)
    assert where in text(kim.get(page("told_all", there)))
    assert "No answer yet" in text(kim.get(where))
    kim.post(page("asked_back", there, key))
    assert "You took it back" in text(kim.get(where))
    ask(kim, there)
    question = ReferrerQuestion.objects.order_by("id").last()
    actions.see_question(question.pk, by=there.by, at=NOW)
    said = kim.post(page("asked_back", there, question.pk), follow=True)
    assert "Someone has read it already" in text(said)


BAD = [
    pytest.param("  ", "Write your question first", id="nothing asked"),
    pytest.param("a" * 1001, "1000", id="too long"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_a_question_that_is_none_says_why(kim, there, words, said):
    answer = ask(kim, there, words)
    assert (answer.status_code, said in text(answer)) == (422, True)


def test_some_open_questions_are_enough(kim, there):
    for _ in range(MOST_OPEN):
        ask(kim, there)
    answer = ask(kim, there, "One more?")
    assert (answer.status_code, "One more?" in text(answer)) == (422, True)
    assert ReferrerQuestion.objects.count() == MOST_OPEN


def test_asking_and_taking_back_tells_nobody_without_end(kim, there):
    for _ in range(MOST_OPEN):
        ask(kim, there)
        ReferrerQuestion.objects.update(status=ReferrerQuestionStatus.WITHDRAWN.value)
    assert ask(kim, there, "One more?").status_code == 422
    ReferrerQuestion.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert ask(kim, there, "One more?").status_code == 302


def answered(kim: Client, there: Outside) -> str:
    ask(kim, there)
    question = ReferrerQuestion.objects.get()
    new = NewAnswer(new_id(), AnswerKind.TOLD, "Yes, each week.", [Category.REQUIRED])
    actions.answer_referrer(question.pk, new, by=there.by, at=NOW)
    return page("asked", there, question.pk)


def test_an_answer_is_read_as_long_as_the_consent_holds(kim, there):
    where = answered(kim, there)
    body = text(kim.get(where))
    assert ("Yes, each week." in body, "42 CFR part 2" in body) == (True, True)
    take_back(there)
    body = text(kim.get(where))
    assert ("Yes, each week." in body, "42 CFR part 2" in body, CANNOT_SAY in body) == (
        False,
        False,
        True,
    )


def test_who_asked_reads_nothing_that_another_referrer_may_hear(kim, signed_in, agency):
    """The desk wrote the referral down for somebody else meanwhile, whom a consent names."""
    there = outside(a_pair(agency), categories=[])
    judge = outside(there.pair)
    asks = signed_in(there.worker)
    ask(asks, there)
    Referral.objects.filter(pk=there.referral.pk).update(referrer=judge.referrer)
    question = ReferrerQuestion.objects.get()
    new = NewAnswer(new_id(), AnswerKind.TOLD, "Yes, each week.", [Category.REQUIRED])
    with pytest.raises(Refused):
        actions.answer_referrer(question.pk, new, by=there.by, at=NOW)
    assert "No answer yet" in text(asks.get(page("asked", there, question.pk)))


def test_an_answer_told_to_another_is_not_read_by_who_asked(kim, there):
    where = answered(kim, there)
    judge = outside(there.pair)
    Disclosure.objects.update(referrer_id=judge.referrer.pk)
    body = text(kim.get(where))
    assert ("Yes, each week." in body, CANNOT_SAY in body) == (False, True)


def test_the_page_costs_the_same_for_one_and_three(kim, there):
    sent(there)
    ask(kim, there)
    one = queries_of(kim, page("told_all", there))
    for _ in range(2):
        sent(there)
        ask(kim, there)
    assert queries_of(kim, page("told_all", there)) == one
