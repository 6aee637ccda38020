"""What a supporter hands over speaks the participant's language; their own pages stay theirs."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.outcomes.models import CheckIn
from alongside.plans import actions as plans
from alongside.practice.instruments import CHECK_IN
from alongside.web.languages import of_the_record
from tests.encounters.updates import begun, outside
from tests.factories import NOW, EncounterFactory
from tests.papers.reading import words_of


def url(name, *args):
    return reverse(f"web:{name}", args=args)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Spanish", "es"),
        ("español, un poco de inglés", "es"),
        ("ESPANOL", "es"),
        ("es", "es"),
        ("English and Spanish", "en"),
        ("Hmong", "en"),
        ("Diné", "en"),
        ("", "en"),
    ],
)
def test_the_record_says_in_which_language(words, code):
    assert of_the_record(words) == code


@pytest.fixture
def rosa(pair, signed_in):
    pair.participant.language = "Español"
    pair.participant.save()
    client = signed_in(pair.supporter.user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.django_db
@pytest.mark.practice("SVC-13")
def test_each_page_in_their_hands_and_none_of_the_supporters(rosa, pair):
    who = pair.participant.pk
    plans.add_goal(pair.episode.pk, words="My own key", area="housing", by=pair.actor, at=NOW)
    note = EncounterFactory(
        participant=pair.participant, supporter=pair.supporter, author=pair.supporter.user
    )
    update = begun(outside(pair))
    new = rosa.post(url("check_in_new", who), {"instrument": CHECK_IN, "handed": "1"})
    row = CheckIn.objects.get()
    stages = ("happened", "matters", "goals", "check-in", "words", "sign")
    handed = [
        new.url,
        url("check_in_end", who, row.pk),
        url("note_together", note.pk),
        url("update_read", who, update.pk),
        *(url("plan_update_stage", who, stage) for stage in stages),
    ]
    rosa.post(new.url, {"q1": "4"})
    spoken = {address: lang_of(rosa.get(address)) for address in handed}
    assert spoken == dict.fromkeys(handed, "es")
    rosa.post(url("check_in_end", who, row.pk))
    result = url("check_in", who, row.pk)
    assert [lang_of(rosa.get(result)), lang_of(rosa.get(result))] == ["es", "en"]
    later = rosa.post(url("plan_update_stage", who, "happened"), {"later": "1"}, follow=True)
    assert lang_of(later) == "en"
    assert "Kept. You two can go on here another day." in later.content.decode()


@pytest.mark.django_db
@pytest.mark.practice("PSP-8")
def test_the_plan_goes_along_in_their_language(rosa, pair):
    plans.add_goal(pair.episode.pk, words="My own key", area="housing", by=pair.actor, at=NOW)
    paper = rosa.get(url("plan_paper", pair.participant.pk))
    told = "".join("".join(words_of(paper.content)).split())
    found = [words in told for words in ("Miplan", "Mismetas", "Myownkey", "Mygoals")]
    assert found == [True, True, True, False]


def lang_of(answer):
    found = re.search(r'<html lang="(\w+)"', answer.content.decode())
    return found.group(1) if found else answer.status_code
