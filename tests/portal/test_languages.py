"""English and Spanish whole, Hmong prepared: what somebody from outside reads has its words."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import textstat
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import formats, translation
from django.utils.dates import MONTHS_3
from django.utils.translation import trans_real

from alongside.accounts.actions.letters import _languages, _said
from alongside.accounts.codes import LetterKind
from alongside.accounts.models import PublicAddress, PublicPage
from alongside.config import start
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.plans.rules.content import CHANGE_SENTENCES
from alongside.plans.rules.parts import PART_CHANGE_NAMES
from alongside.portal.words import on_day, said, told
from alongside.web.templatetags.words import day, page_language
from scripts.wording import catalogs, reach
from tests.factories import NOW, UserFactory
from tests.portal.test_words import grade, sentences
from tests.security.test_portal_matrix import FOR_PARTICIPANTS, FOR_REFERRERS, cells, ids
from tests.security.world import a_side
from tests.sessions import come_in

AT_THE_DOOR = (
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/2fa/",
)
AT_THE_DOOR += ("/account/password/change/", "/account/logout/", "/signed-out/", "/nowhere/")
LETTERS = re.compile(r"[^\W\d_]{3}")
DONE_WORDS = ("reached", "set aside", "asked", "Reached", "Asked", "Set aside for now")
GAP = re.compile(r"\{\w*(?::[^}]*)?\}|%\(\w+\)[a-z]|<[^>]+>")
# Spanish of Fernández Huerta: from 70 on it is rather easy, below that an effort.
EASY_SPANISH, GRADE = 70, 6


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """A request leaves its language to the thread, and tests share one."""
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def found():
    return reach.everything()


@pytest.fixture(scope="module")
def spanish():
    return catalogs.read("es")


def test_everything_that_somebody_from_outside_reads_is_in_the_catalogs(found, spanish):
    keys = {(m.context, m.id) for m in spanish if m.id}
    assert sorted(map(str, set(found) - keys)) == []
    assert sorted(map(str, keys - set(found))) == []


def test_no_text_is_without_spanish(spanish):
    lost = [(m.locations[0][0], m.id) for m in catalogs.missing(spanish)]
    assert lost == []


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_gaps_and_marks_are_the_same_in_each_language(language):
    wrong = []
    for message in catalogs.read(language):
        if not message.id or not message.string:
            continue
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        told = [message.string] if isinstance(message.string, str) else list(message.string)
        # "One day" names no number, and the form of a language for one need not either.
        pairs = zip(texts[-len(told) :], told, strict=True)
        wrong += [(t, u) for u, t in pairs if t and set(GAP.findall(t)) != set(GAP.findall(u))]
    assert wrong == []


def test_babel_finds_nothing_wrong_with_the_catalogs():
    wrong = []
    for language in catalogs.LANGUAGES:
        catalog = catalogs.read(language)
        wrong += [str(error) for _message, errors in catalog.check() for error in errors]
    assert wrong == []


def test_it_says_usted_and_never_two_ways(spanish):
    """One way to speak to people, chosen once (docs/languages.md)."""
    familiar = re.compile(
        r"\b(tú|tu|tus|ti|contigo|te|puedes|quieres|eres|tienes|escribe tu)\b", re.I
    )
    wrong = [m.id for m in spanish if m.id and familiar.search(str(m.string))]
    assert wrong == []


def test_what_became_of_a_part_fits_a_goal_a_step_and_a_question_alike(spanish):
    """One sentence stands beside *la meta*, *el paso* and *la pregunta*: it has no gender."""
    beside = {*CHANGE_SENTENCES.values(), *PART_CHANGE_NAMES.values(), *DONE_WORDS}
    said = {m.id: m.string for m in spanish if m.id in beside and not m.context}
    gender = re.compile(r"\b(\w+[ai]d[oa]s?|hech[oa]s?|(?<!de )nuev[oa]s?|abiert[oa]s?)\b", re.I)
    assert sorted(said) == sorted(beside)
    assert {text: words for text, words in said.items() if gender.search(words)} == {}


PARTICIPANTS = ("portal/mine", "portal/about", "portal/door", "portal/forms", "portal/views")
PARTICIPANTS += ("practice/instruments", "practice/worksheets")


def by_place(catalog, *, own: bool) -> dict[str, list[str]]:
    """The sentences of one page, form or list together: one short line alone says little."""
    pages: dict[str, list[str]] = {}
    for message in catalog:
        place = next((p for p, _n in message.locations if p.startswith(PARTICIPANTS)), "")
        if not message.id or not place:
            continue
        text = message.id if own else message.string
        plain = GAP.sub("ten", text if isinstance(text, str) else text[-1])
        pages.setdefault(place, []).extend(sentences(plain))
    return {place: told for place, told in pages.items() if len(" ".join(told).split()) >= 30}


def test_what_participants_read_in_english_asks_for_six_years_of_school(spanish):
    hard = {place: grade(told) for place, told in by_place(spanish, own=True).items()}
    assert {place: found for place, found in hard.items() if found > GRADE} == {}


def test_what_participants_read_in_spanish_is_rather_easy(spanish):
    textstat.set_lang("es")
    try:
        easy = {
            place: textstat.fernandez_huerta(
                " ".join(t if t[-1] in ".?!" else f"{t}." for t in told)
            )
            for place, told in by_place(spanish, own=False).items()
        }
    finally:
        textstat.set_lang("en_US")
    assert {place: found for place, found in easy.items() if found < EASY_SPANISH} == {}


@pytest.fixture
def door(agency, actor):
    boss = actor("administrator")
    page = PublicPage.objects.create(
        agency=agency, number=1, peer_run="We lived it", set_at=NOW, set_by_id=boss.id
    )
    PublicAddress.objects.create(agency=agency, slug="milkweed", page=page)
    return "/about/milkweed/"


def lang_of(answer) -> str:
    found = re.search(r'<html lang="(\w+)"', answer.content.decode())
    return found.group(1) if found else ""


def test_a_page_speaks_the_language_one_chose_or_the_browsers(door, agency):
    client = Client()
    first = client.get(door, headers={"accept-language": "es-MX,es;q=0.9"})
    plain = client.get(door)
    assert (lang_of(first), lang_of(plain)) == ("es", "en")
    assert "¿Qué es el apoyo entre pares?" in first.content.decode()
    chosen = client.post(reverse("portal:language"), {"language": "es", "next": door})
    assert (chosen.status_code, chosen.url) == (302, door)
    assert lang_of(client.get(door)) == "es"
    assert set(client.cookies) == {settings.LANGUAGE_COOKIE_NAME, "csrftoken"}
    away = client.post(reverse("portal:language"), {"language": "es", "next": "//evil.example/"})
    assert away.url == "/"


def test_hmong_stands_only_where_the_agency_wants_it_and_says_that_nobody_looked(door, agency):
    client = Client()
    assert "Hmoob" not in client.get(door).content.decode()
    agency.languages = ["hmn"]
    agency.save()
    assert "Hmoob" in client.get(door).content.decode()
    client.post(reverse("portal:language"), {"language": "hmn", "next": door})
    shown = client.get(door)
    assert (lang_of(shown), "Nobody has looked over" in shown.content.decode()) == ("en", True)
    asked = Client().get(door, headers={"accept-language": "hmn"})
    assert "Nobody has looked over" not in asked.content.decode()


def test_pages_of_colleagues_stay_english(signed_in, agency):
    client = signed_in(UserFactory(agency=agency, roles=["administrator"]))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    assert lang_of(client.get(reverse("web:more"), headers={"accept-language": "es"})) == "en"


def test_days_stand_in_the_order_of_the_language():
    on = date(2025, 11, 3)
    with translation.override("es"):
        assert (day(on), on_day(on)) == ("3 de noviembre de 2025", "3 de noviembre de 2025")
        assert told(Say("By {day}.", {"day": on})) == "Para el 3 de noviembre de 2025."
        assert formats.number_format(1234.5, 1, use_l10n=True, force_grouping=True) == "1,234.5"
    assert (day(on), on_day(on)) == ("Nov 3, 2025", "Nov 3, 2025")


def test_a_refusal_is_said_in_the_language_of_the_page():
    with translation.override("es"):
        assert said(Refusal("x", "Use at most {most} letters.", {"most": 3})) == (
            "Use como máximo 3 letras."
        )
        assert page_language() == "es"


def test_a_letter_to_a_participant_speaks_every_language_that_was_looked_over():
    assert (_languages(LetterKind.OWN), _languages(LetterKind.UPDATE)) == (["en", "es"], ["en"])
    assert _said(LetterKind.OWN, "https://x.example/", "es").startswith("Hola:")


def test_no_page_asks_for_a_text_that_the_catalogs_do_not_have(db, monkeypatch, spanish):
    """Every page opened in Spanish; what it looks up is there, whatever list or rule it is from."""
    known = {message.id for message in spanish if isinstance(message.id, str)}
    lost: dict[str, str] = {}
    plain = trans_real.gettext

    def gettext(message: str) -> str:
        said = plain(message)
        if translation.get_language() == "es" and str(said) == str(message):
            lost.setdefault(str(message), here[0])
        return said

    monkeypatch.setattr(trans_real, "gettext", gettext)
    monkeypatch.setattr(translation._trans, "gettext", gettext)
    side, here = a_side("Zaunkoenig"), [""]
    for who, routes in (("participant", FOR_PARTICIPANTS), ("referrer", FOR_REFERRERS)):
        client = come_in(Client(), side.users[who])
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
        for route, _requires, wanted in cells():
            if route in routes:
                here[0] = route
                client.get(reverse(f"portal:{route}", kwargs=ids(side, route, wanted)))
        for here[0] in AT_THE_DOOR:
            client.get(here[0])
    for here[0] in (*AT_THE_DOOR, f"/about/{side.ids['slug']}/", f"/about/{side.ids['slug']}/ask/"):
        Client(headers={"accept-language": "es"}).get(here[0])
    # An agency's own tool speaks as the agency wrote it; months are Django's.
    own = {"For us", "How?", *(str(m) for m in MONTHS_3.values())}
    named = {text for text in lost if LETTERS.search(text) and side.canary not in text}
    named -= known | own
    assert "\n".join(sorted(f"{text} | {lost[text]}" for text in named)) == ""


def test_a_start_without_built_words_says_so_and_goes_on(tmp_path, monkeypatch, capsys):
    written = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    written.parent.mkdir(parents=True)
    written.touch()
    monkeypatch.setattr(start, "PACKAGE", tmp_path)
    start.say_missing_words()
    written.with_suffix(".mo").touch()
    start.say_missing_words()
    assert capsys.readouterr().out.count("Not built: the words of es.") == 1
