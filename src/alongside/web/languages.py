"""In which language a page speaks. What participants read is there in each of them; what colleagues
read is English for now, but what they hand over is in the language of the one who reads it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

ENGLISH = "en"
# Pages that people from outside may meet. All others are colleagues' own.
TRANSLATED = ("/portal/", "/about/", "/account/", "/help-now/", "/signed-out/")


@dataclass(frozen=True)
class Language:
    """``looked_over``: whether someone who speaks it has read the texts."""

    code: str
    name: str
    here: bool
    looked_over: bool


class LanguageMiddleware(LocaleMiddleware):
    """The language somebody chose, by a cookie that says nothing else; before they choose, the one
    their browser asks for, if it was looked over. Nothing is read from or written to a session."""

    def process_request(self, request: HttpRequest) -> None:
        language = spoken(request) if request.path_info.startswith(TRANSLATED) else ENGLISH
        translation.activate(language)
        request.LANGUAGE_CODE = language


def spoken(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in codes():
        return chosen
    asked = translation.get_language_from_request(request).split("-")[0]
    return asked if asked in codes() - settings.NOT_LOOKED_OVER else ENGLISH


def theirs(person: Any) -> translation.override:
    """For what a participant reads on a supporter's phone, or takes along on paper: the language
    that stands in their record, where it was looked over. Ends with the block, so that colleagues'
    own pages stay as they are."""
    return translation.override(of_the_record(person.language))


def ours() -> translation.override:
    """Within ``theirs``: words for the colleague's next page."""
    return translation.override(ENGLISH)


def of_the_record(words: str) -> str:
    """The code for ``Spanish``, ``Español, un poco de inglés`` or ``es``: the first word tells."""
    first = next(iter(plain_words(words)), "")
    for code in sorted(codes() - settings.NOT_LOOKED_OVER):
        known = translation.get_language_info(code)
        if first in {code, *plain_words(f"{known['name']} {known['name_local']}")}:
            return code
    return ENGLISH


def plain_words(text: str) -> list[str]:
    """Small and without accents, as people type on a phone."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return re.findall(r"[a-z]+", letters.encode("ascii", "ignore").decode())


def codes() -> frozenset[str]:
    """Every language whose words are built: a start without them speaks English."""
    known = (code for code, _name in settings.LANGUAGES)
    return frozenset(code for code in known if translation.check_for_language(code))


def offered(request: HttpRequest) -> list[Language]:
    """What the switch shows: every language that was looked over, and those that the agency of the
    page switched on. Just one language is nothing to choose from."""
    user = getattr(request, "user", None)
    agency = getattr(request, "agency", None) or getattr(user, "agency", None)
    more = frozenset(agency.languages) if agency is not None else frozenset()
    here = translation.get_language()
    found = [
        Language(code, name, code == here, code not in settings.NOT_LOOKED_OVER)
        for code, name in settings.LANGUAGES
        if code in codes() and (code not in settings.NOT_LOOKED_OVER or code in more)
    ]
    return found if len(found) > 1 else []
