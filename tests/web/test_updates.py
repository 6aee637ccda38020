"""The pages on which an update is written together, read and sent (J11), and questions answered."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Letter
from alongside.consents.actions import revoke_consent
from alongside.consents.codes import RevokedHow
from alongside.consents.models import Consent, ConsentRecipient, Disclosure
from alongside.consents.rules import Revoking
from alongside.core.ids import new_id
from alongside.encounters import actions
from alongside.encounters.models import ReferrerAnswer, ReferrerQuestion, Update
from alongside.encounters.rules.outside import CANNOT_SAY
from alongside.people.models import FormDraft
from alongside.practice.codes import GoingAlong
from tests.consents.disclosing import a_consent
from tests.encounters.updates import SECRET, Outside, met, outside
from tests.encounters.updates import sent as sent_update
from tests.factories import NOW, TODAY, a_pair
from tests.papers.reading import words_of
from tests.web.test_agency import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


@pytest.fixture
def there(agency) -> Outside:
    found = outside(a_pair(agency))
    met(found, 40, GoingAlong.COURT)
    met(found, 3)
    return found


@pytest.fixture
def rosa(signed_in, there) -> Client:
    return signed_in(there.pair.supporter.user)


def page(name: str, there: Outside, *more: object) -> str:
    return reverse(f"web:{name}", args=[there.pair.participant.pk, *more])


def text(response) -> str:
    return response.content.decode()


def value(body: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', body)
    assert found, name
    return found[1]


def begin(rosa: Client, there: Outside, **said: object) -> Update:
    body = text(rosa.get(page("update_new", there)))
    given = {
        "update_id": value(body, "update_id"),
        "recipient": str(there.recipient.pk),
        "since": "2026-09-01",
        "until": "2026-11-19",
    }
    answer = rosa.post(page("update_new", there), {**given, **said})
    assert answer.status_code == 302, text(answer)
    return Update.objects.get()


def boxes(body: str) -> dict[str, str]:
    return dict.fromkeys(re.findall(r'name="(keep-[^"]+)"', body), "on")


def write(rosa: Client, there: Outside, update: Update, **said: object):
    where = page("update_write", there, update.pk)
    body = text(rosa.get(where))
    given = {"since": "2026-09-01", "until": "2026-11-19", "revision": value(body, "revision")}
    ticked = {**boxes(body), **given, "words": "I have not missed a class."}
    ticked |= {key: one for key, one in said.items() if one is not None}
    return rosa.post(where, {key: one for key, one in ticked.items() if one != ""})


def read(rosa: Client, there: Outside, update: Update, name: str = "Gia Rivera"):
    where = page("update_read", there, update.pk)
    given = {"signed_name": name, "read": value(text(rosa.get(where)), "read")}
    return rosa.post(where, given)


@pytest.mark.practice("PSP-6", "PSP-7")
def test_written_together_read_whole_and_sent(rosa, there):
    update = begin(rosa, there)
    court = next(key for key in boxes(text(rosa.get(page("update_write", there, update.pk)))))
    write(rosa, there, update, added="She was on time.")
    whole = text(rosa.get(page("update_read", there, update.pk)))
    for words in ("I have not missed a class.", "Added by Rosa Quaas", "Court", "Dunn County DHS"):
        assert words in whole
    assert (SECRET in whole, court.startswith("keep-")) == (False, True)
    assert read(rosa, there, update)["Location"] == page("update", there, update.pk)
    kept = text(rosa.get(page("update", there, update.pk)))
    assert ("Read and agreed to by Gia Rivera" in kept, "42 CFR part 2" in kept) == (True, True)
    paper = rosa.get(page("update_paper", there, update.pk))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    made = "".join(words_of(paper.content).split())
    assert ("GiaRivera,November19,2026" in made, "2026-11" in made) == (True, False)
    assert (Disclosure.objects.count(), Letter.objects.count()) == (1, 1)
    listed = text(rosa.get(page("updates", there)))
    assert page("update", there, update.pk) in listed


def test_someone_whom_two_consents_name_says_by_which(rosa, there):
    new = page("update_new", there), reverse("web:disclosure_new", args=[there.pair.participant.pk])
    assert ["onsent of" in text(rosa.get(where)) for where in new] == [False, False]
    second = a_consent(there.pair, categories=["words"], signed_on=TODAY - timedelta(days=3))
    ConsentRecipient.objects.filter(pk=second.pk).update(
        name=there.recipient.name, organization=there.recipient.organization
    )
    for where in new:
        told = text(rosa.get(where))
        assert ("onsent of Nov 16, 2026" in told, told.count("onsent of")) == (True, 2)


def test_what_is_unticked_stays_out(rosa, there):
    update = begin(rosa, there)
    where = page("update_write", there, update.pk)
    court = next(k for k in boxes(text(rosa.get(where))) if k.startswith("keep-along:"))
    write(rosa, there, update, **{court: "", "keep-days": ""})
    whole = text(rosa.get(page("update_read", there, update.pk)))
    assert ("Court" in whole, "Days we met" in whole, "Support since" in whole) == (
        False,
        False,
        True,
    )
    again = text(rosa.get(where))
    assert len(re.findall(r'name="keep-[^"]+"[^>]* checked', again)) == len(boxes(again)) - 2


def test_a_page_left_open_is_found_again(rosa, there):
    update = begin(rosa, there)
    key = f"update-{update.pk}"
    kept = {"words": "Half a sent", "since": "2026-09-01", "until": "2026-11-19", "revision": "0"}
    saved = rosa.post(
        reverse("web:form_draft", args=[there.pair.participant.pk, key]),
        {**kept, "keep-support": "on"},
    )
    body = text(rosa.get(page("update_write", there, update.pk)))
    assert (saved.status_code, "Half a sent" in body) == (200, True)
    assert re.findall(r'name="(keep-[^"]+)"[^>]* checked', body) == ["keep-support"]
    write(rosa, there, update)
    assert FormDraft.objects.count() == 0


def test_a_hint_is_shown_once_and_stops_nobody(rosa, there):
    update = begin(rosa, there)
    added = "I told her to leave her boyfriend, she should go to treatment."
    shown = text(write(rosa, there, update, added=added))
    assert ("This is only a thought" in shown, added.split(",")[0] in shown) == (True, True)
    answer = write(rosa, there, update, added=added, looked=value(shown, "looked"))
    assert answer["Location"] == page("update_read", there, update.pk)


REFUSED = [
    pytest.param({"since": "2026-11-19", "until": "2026-11-01"}, "before the first", id="reversed"),
    pytest.param({"until": "2026-11-20"}, "still to come", id="tomorrow"),
    pytest.param({"since": "0001-01-01"}, "error", id="the year one"),
    pytest.param({"recipient": str(new_id())}, "error", id="someone no consent names"),
]


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_what_cannot_be_begun_says_why(rosa, there, said, words):
    given = {"update_id": new_id(), "recipient": there.recipient.pk, "since": "2026-09-01"}
    answer = rosa.post(page("update_new", there), {**given, "until": "2026-11-19", **said})
    assert (answer.status_code, words in text(answer)) == (422, True)
    assert Update.objects.count() == 0


def test_words_too_long_stay_and_say_so(rosa, there):
    update = begin(rosa, there)
    answer = write(rosa, there, update, words="a" * 2001)
    assert (answer.status_code, "a" * 2001 in text(answer)) == (422, True)


def test_no_name_no_update(rosa, there):
    update = begin(rosa, there)
    write(rosa, there, update)
    answer = read(rosa, there, update, name=" ")
    assert (answer.status_code, "Type your name" in text(answer)) == (422, True)
    assert Disclosure.objects.count() == 0


def test_five_clicks_on_yes_send_one(rosa, there):
    update = begin(rosa, there)
    write(rosa, there, update)
    where = page("update_read", there, update.pk)
    given = {"signed_name": "Gia", "read": value(text(rosa.get(where)), "read")}
    answers = {rosa.post(where, given).status_code for _ in range(5)}
    assert (answers, Disclosure.objects.count(), Letter.objects.count()) == ({302}, 1, 1)


def test_without_a_consent_the_page_says_what_to_do_first(signed_in, agency):
    alone = outside(a_pair(agency), categories=[])
    rosa = signed_in(alone.pair.supporter.user)
    for name in ("updates", "update_new"):
        body = text(rosa.get(page(name, alone)))
        assert ("No consent names anyone yet" in body, page("consents", alone) in body) == (
            True,
            True,
        )


def test_put_away_taken_up_and_corrected(rosa, there):
    update = begin(rosa, there)
    rosa.post(page("update_put_away", there, update.pk))
    assert "It was put away" in text(rosa.get(page("update", there, update.pk)))
    rosa.post(page("update_take_up", there, update.pk))
    write(rosa, there, update)
    read(rosa, there, update)
    newer = rosa.post(page("update_correct", there, update.pk))["Location"]
    assert newer != page("update_write", there, update.pk)
    assert "It takes the place of the update of November 19, 2026." in text(
        rosa.get(newer.replace("/write/", "/read/"))
    )


def test_the_list_costs_the_same_for_one_and_three(rosa, there):
    sent_update(there)
    one = queries_of(rosa, page("updates", there))
    for _ in range(2):
        sent_update(there)
    assert queries_of(rosa, page("updates", there)) == one


def ask(there: Outside, words: str = "Does she come to the class?") -> ReferrerQuestion:
    return actions.ask_about_referral(
        new_id(), there.referral.pk, words=words, by=there.kim, at=NOW
    )


@pytest.mark.practice("PSP-6")
def test_a_question_is_seen_answered_through_the_gate_and_closed(rosa, there):
    question = ask(there)
    assert "A referrer waits for an answer." in text(rosa.get(reverse("web:today")))
    assert question.words in text(rosa.get(reverse("web:referrer_questions")))
    where = page("referrer_question", there, question.pk)
    rosa.post(page("referrer_question_seen", there, question.pk))
    given = {
        "answer_id": new_id(),
        "kind": "told",
        "categories": ["required"],
        "words": "Yes, each week.",
    }
    for _ in range(5):
        rosa.post(where, given)
    told = Disclosure.objects.get()
    assert told.categories == ["required"]
    assert told.what == "Answer 1 to a question of November 19, 2026: Yes, each week."
    assert ReferrerAnswer.objects.get().disclosure_id == told.pk
    to = list(Letter.objects.order_by("id").values_list("to", flat=True))
    assert to == [there.pair.supporter.user.email, there.worker.email]
    rosa.post(page("referrer_question_close", there, question.pk))
    question.refresh_from_db()
    assert question.status == "closed"


def test_what_the_consent_does_not_cover_is_not_offered_and_not_told(rosa, there):
    question = ask(there)
    where = page("referrer_question", there, question.pk)
    body = text(rosa.get(where))
    assert ('value="required"' in body, 'value="goals"' in body) == (True, False)
    given = {"answer_id": new_id(), "kind": "told", "words": "Yes."}
    for more in ({"categories": ["goals"]}, {}):
        assert rosa.post(where, {**given, **more}).status_code == 422
    assert (Disclosure.objects.count(), ReferrerAnswer.objects.count()) == (0, 0)


def test_no_paper_to_hand_over_once_the_consent_is_taken_back(rosa, there):
    update = sent_update(there)
    paper = page("update_paper", there, update.pk)
    assert rosa.get(paper).status_code == 200
    revoking = Revoking(how=RevokedHow.ALOUD, on=TODAY)
    revoke_consent(there.recipient.consent_id, revoking, by=there.by, at=NOW)
    body = text(rosa.get(page("update", there, update.pk)))
    assert (rosa.get(paper).status_code, paper in body) == (404, False)


@pytest.mark.practice("PSP-6")
def test_no_paper_to_hand_over_once_the_consent_holds_no_more(rosa, there):
    """Asked as the gate asks, on the day of handing over: its last day is past, its event happened,
    or it was a mistake all along."""
    update = sent_update(there)
    paper = page("update_paper", there, update.pk)
    consent = Consent.objects.filter(pk=there.recipient.consent_id)
    mistaken = {"mistaken_at": NOW, "mistaken_by": there.pair.supporter.user}
    over = [
        ("This consent has ended.", {"ends_on": TODAY - timedelta(days=1)}),
        ("This consent has ended.", {"status": "ended", "event_on": TODAY}),
        (
            "This consent was written down by mistake.",
            {"status": "mistaken", "mistaken_reason": "Not hers.", **mistaken},
        ),
    ]
    for words, change in over:
        before = consent.values(*change).get()
        consent.update(**change)
        body = text(rosa.get(page("update", there, update.pk)))
        assert (rosa.get(paper).status_code, paper in body, words in body) == (404, False, True)
        consent.update(**before)
        assert rosa.get(paper).status_code == 200


def test_without_a_consent_one_answer_is_left_and_it_tells_nothing(rosa, there):
    question = ask(there)
    revoking = Revoking(how=RevokedHow.ALOUD, on=TODAY)
    revoke_consent(there.recipient.consent_id, revoking, by=there.by, at=NOW)
    where = page("referrer_question", there, question.pk)
    assert CANNOT_SAY in text(rosa.get(where))
    rosa.post(where, {"answer_id": new_id(), "kind": "cannot-say"})
    answer = ReferrerAnswer.objects.get()
    assert (answer.kind, answer.words, Disclosure.objects.count()) == ("cannot-say", "", 0)


def test_the_list_of_questions_costs_the_same_for_one_and_three(rosa, there):
    ask(there)
    one = queries_of(rosa, reverse("web:referrer_questions"))
    for _ in range(2):
        ask(there)
    assert queries_of(rosa, reverse("web:referrer_questions")) == one
