"""What a participant reads of all that others were told about them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from alongside.consents.actions import disclose
from alongside.consents.models import Disclosure
from alongside.consents.rules.disclosures import Recipient
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.words import Say
from alongside.encounters import actions
from alongside.encounters.models import Update
from alongside.portal import tellings
from alongside.portal.updates_read import in_words
from alongside.portal.words import on_day, told
from alongside.practice import catalog
from alongside.practice.consents import classes
from alongside.practice.disclosure import Basis
from tests.consents.disclosing import a_consent, wanted
from tests.encounters.updates import begun, outside, sent, written
from tests.factories import NOW
from tests.papers.reading import words_of


@pytest.fixture
def there(pair):
    return outside(pair)


def read(client, name, *args):
    return client.get(reverse(f"portal:{name}", args=args)).content.decode()


@pytest.mark.practice("PSP-6")
def test_each_update_that_went_out_is_theirs_to_read_word_for_word(mine, there):
    assert "No update went out." in read(mine, "own_updates")
    drafted = written(there, begun(there), words="NOT-YET")
    gone = sent(there)
    listed = read(mine, "own_updates")
    assert (listed.count("Kim Lor"), "Updates that went out" in listed) == (1, True)
    assert reverse("portal:own_updates") in read(mine, "own_told")
    page = read(mine, "own_update", gone.pk)
    told = Update.objects.get(pk=gone.pk)
    words = [line for section in told.text["sections"] for line in section["lines"]]
    words += [told.text["about"], told.text["period"], told.disclosure.travels().words]
    assert [one for one in words if one not in page.replace("&#x27;", "'")] == []
    away = mine.get(reverse("portal:own_update", args=[drafted.pk]))
    assert (away.status_code, "NOT-YET" in listed + page) == (404, False)


def test_an_update_stays_readable_when_it_is_corrected_and_the_yes_is_taken_back(mine, there):
    first = sent(there)
    newer = actions.correct_update(first.pk, by=there.by, at=NOW)
    sent(there, written(there, newer, words="Two classes, not three."))
    assert read(mine, "own_updates").count("a newer one takes its place") == 1
    assert "A newer update takes the place" in read(mine, "own_update", first.pk)
    back = reverse("portal:own_consent_back", args=[there.recipient.consent_id])
    mine.post(back, {"who": "all"})
    assert "I have not missed a class." in read(mine, "own_update", first.pk)
    assert "You took your yes back." in read(mine, "own_update", newer.pk)


@pytest.mark.practice("PSP-7")
def test_in_spanish_an_update_is_read_twice_as_it_was_sent_and_in_ones_own_language(mine, there):
    gone = sent(there)
    assert "The same in another language" not in read(mine, "own_update", gone.pk)
    mine.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    page = read(mine, "own_update", gone.pk)
    text = Update.objects.get(pk=gone.pk).text
    assert [line for s in text["sections"] for line in s["lines"] if escape(line) not in page] == []
    with translation.override("es"):
        same = in_words(text)
    pairs = list(zip(text["sections"], same["sections"], strict=True))
    assert [s["title"] for s, o in pairs if s["title"] == o["title"]] == []
    written = {"words", "added"}
    untold = [s["lines"] for s, o in pairs if s["lines"] == o["lines"] and s["part"] not in written]
    assert untold == []
    kept = [s["lines"] for s, o in pairs if s["lines"] != o["lines"] and s["part"] in written]
    assert kept == []
    assert escape(same["sections"][0]["lines"][0]) in page


def test_what_was_asked_and_words_of_people_are_told_apart():
    lines = ["A class: with me: Ahead. 4 of 12 done.", "Rent: Done", "Something else"]
    court = catalog.name("going_along", "court")
    along = [f"November 3, 2025: {court}", "Someday: Court", "November 3, 2025: Fishing"]
    asked = {"part": "asked", "title": "Pat says", "lines": lines}
    text = {"period": "a to b", "sections": [asked, {**asked, "part": "along", "lines": along}]}
    with translation.override("es"):
        same = in_words(text)
        done = Say("{done} of {all} done.", {"done": "4", "all": "12"})
        far = f"A class: with me: {told('Ahead')}. {told(done)}"
        theirs = f"{on_day(date(2025, 11, 3))}: {told(court)}"
    first, second = same["sections"]
    assert (same["period"], first["title"]) == ("a to b", "Pat dice")
    assert first["lines"] == [far, "Rent: Listo", "Something else"]
    assert second["lines"] == [theirs, *along[1:]]


def test_every_ground_has_words_for_the_one_it_is_about():
    assert set(tellings.GROUNDS) == set(Basis)


def test_what_was_told_without_a_yes_says_on_what_ground_how_and_by_whom(mine, pair):
    fell = {"emergency": "Fell", "why_not_asked": "Asleep"}
    nurse = Recipient("Ada Voss", "Dunn County Hospital")
    told = wanted(pair, basis=Basis.EMERGENCY, recipient=nurse, facts=fell, purpose=None)
    disclose(told, by=pair.actor, at=NOW)
    page = read(mine, "own_told")
    assert "It was an emergency. Nobody could ask you first." in page
    assert ("said by phone" in page, f"<dd>{pair.supporter.name}</dd>" in page) == (True, True)


def test_what_was_told_by_a_yes_says_of_which_day(mine, there):
    gone = sent(there)
    signed = on_day(there.recipient.consent.signed_on)
    page = read(mine, "own_told")
    assert f"You said yes to it on {signed}." in page
    assert on_day(local_date(gone.sent_at, "America/Chicago")) in page


def test_the_accounting_reaches_back_as_far_as_one_chooses_and_goes_along_as_a_pdf(mine, pair):
    hurt = {"facts": {"report": "Hurt"}, "categories": frozenset(), "purpose": None}
    lately = wanted(pair, basis=Basis.MANDATED_REPORT, **hurt)
    long_ago = replace(lately, id=new_id(), told_at=NOW - timedelta(days=4 * 365))
    other = replace(long_ago, recipient=Recipient("", "Barron County"))
    for one in (lately, other):
        disclose(one, by=pair.actor, at=NOW)
    six, three = read(mine, "own_told"), mine.get(reverse("portal:own_told"), {"years": "3"})
    assert ("Barron County" in six, "Barron County" in three.content.decode()) == (True, False)
    years = [on_day(local_date(at, "America/Chicago")) for at in (NOW, other.told_at)]
    assert [day for day in years if day not in six] == []
    take = reverse("portal:own_told_paper")
    for _click in range(3):
        paper = mine.post(take, {"years": "6", "told_id": three.context["told_id"]})
    told = "".join("".join(words_of(paper.content)).split())
    said = ("The law made us report", "Barron County", "Said by phone, by", "The last 6 years.")
    assert [words for words in said if "".join(words.split()) not in told] == []
    kept = Disclosure.objects.get(basis=Basis.PARTICIPANT)
    assert (kept.what, kept.way) == ("What we told others, 6 years", "pdf")


@pytest.mark.practice("PSP-1")
def test_what_the_program_wrote_down_speaks_the_language_of_the_page(mine, there, pair):
    """In Spanish: an update by its number and days, a class of people, what stands on its own;
    somebody's own words and the text that was signed stay as they are, that text marked English."""
    sent(there)
    (words,) = classes()
    a_consent(pair, kind="tpo", kind_of="class", name=words, organization="", purpose="tpo")
    fell = {"emergency": "Fell", "why_not_asked": "Asleep"}
    own = wanted(pair, basis=Basis.EMERGENCY, facts=fell, purpose=None, what="A call of mine")
    disclose(own, by=pair.actor, at=NOW)
    mine.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    page, consents = read(mine, "own_told"), read(mine, "own_consents")
    assert ("Noticias 1: del " in page, "Update 1" in page, "A call of mine" in page) == (
        True,
        False,
        True,
    )
    assert (words in consents, "Quienes me dan tratamiento" in consents) == (False, True)
    signed = read(mine, "own_consent", there.recipient.consent_id)
    assert '<p class="lead" lang="en">' in signed
