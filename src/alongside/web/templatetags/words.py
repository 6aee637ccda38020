"""Small words for every template: translated sentences, hashed assets, plain days and minutes."""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.defaultfilters import date as date_filter
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext, override, pgettext

from alongside.core.clock import local
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.practice import catalog
from alongside.practice.concepts import concepts_of
from alongside.practice.growth.hours import in_words
from alongside.web.languages import ENGLISH, Language, offered

register = template.Library()


@register.filter
def held_words(request: Any) -> dict[str, str] | None:
    """What a request holds back since we agreed to it, and from whom; empty means all of it, and
    everyone."""
    if request.held is None:
        return None
    codes = request.held["categories"]
    what = [gettext(catalog.term("consent_category", code).short) for code in codes]
    return {"what": ", ".join(what), "whom": request.held["whom"]}


@register.filter
def say(sentence: Say | Refusal | str) -> str:
    """A sentence of a rule, translated, with its gaps filled; a gap may hold a sentence too."""
    if isinstance(sentence, str):
        return gettext(sentence) if sentence else ""
    text = sentence.text if isinstance(sentence, Say) else sentence.sentence
    facts = {
        name: _in_words(fact) if isinstance(fact, Say | date) else fact
        for name, fact in sentence.facts.items()
    }
    return gettext(text).format(**facts) if facts else gettext(text)


@register.filter
def said_from(sentence: str, language: str) -> str:
    """English in the language of the page; what is kept in another language, as it is."""
    return say(sentence) if language == ENGLISH else sentence


@register.filter
def said_in(sentence: Say | Refusal | str, language: str) -> str:
    """The same in a language that is not the page's."""
    with override(language):
        return say(sentence)


def _in_words(fact: Say | date) -> object:
    return say(fact) if isinstance(fact, Say) else _Day(fact.year, fact.month, fact.day)


@register.filter
def term(code: str, kind: str) -> str:
    """The field's word for a code: ``{{ goal.area|term:"growth_area" }}``."""
    return gettext(catalog.term(kind, code).name) if code else ""


@register.simple_tag
def concepts(process: str) -> list[dict[str, Any]]:
    """The key concepts of one process, or of all five when none is named (PROC-2)."""
    found = [t for t in catalog.processes() if process in ("", t.code)]
    return [{"term": one, "concepts": concepts_of(one.code)} for one in found]


@register.simple_tag(takes_context=True)
def offered_languages(context: dict[str, Any]) -> list[Language]:
    """What the language switch shows on this page."""
    request = context.get("request")
    return offered(request) if request is not None else []


@register.simple_tag
def page_language() -> str:
    """What a reading voice should speak. A page that nobody looked over is mostly English still."""
    language = get_language() or ENGLISH
    return ENGLISH if language in settings.NOT_LOOKED_OVER else language


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file, with a hash of its content so that it may be kept for ever."""
    return f"{static(f'web/dist/{name}')}?{urlencode({'v': _fingerprint(name)})}"


@lru_cache
def _fingerprint(name: str) -> str:
    path = finders.find(f"web/dist/{name}")
    if not isinstance(path, str):
        return "unbuilt"
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


@register.filter
def day(value: date | None) -> str:
    """``Nov 19`` this year, else ``Nov 19, 2025``; words where a day is not known."""
    if value is None:
        return gettext("day not known")
    if value.year == timezone.localdate().year:
        return formats.date_format(value, pgettext("date format", "M j"))
    return formats.date_format(value, pgettext("date format", "M j, Y"))


@register.filter("date", expects_localtime=True)
def in_form(value: Any, form: str = "") -> str:
    """As Django's own, in the order of the language: ``M j`` is ``j \\d\\e F`` in Spanish."""
    return str(date_filter(value, pgettext("date format", form) if form else None))


class _Day(date):
    """A day inside a sentence; a gap with a format of its own (``{until:%b %Y}``) keeps it."""

    def __str__(self) -> str:
        return day(self)


@register.simple_tag(takes_context=True)
def wall(context: dict[str, Any], at: datetime | None, form: str = "P") -> str:
    """A moment on the agency's own clock: ``{% wall note.started_at %}`` → ``10:30 a.m.``;
    the form ``day`` leaves out the year where it is this one."""
    if at is None:
        return ""
    if form == "day":
        return day(local(at, context["actor"].time_zone).date())
    here = local(at, context["actor"].time_zone)
    return formats.date_format(here, pgettext("date format", form))


@register.filter
def minutes(value: int | None) -> str:
    if value is None:
        return gettext("time not known")
    return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}


@register.filter
def hours(value: int) -> str:
    """Minutes in hours, as people write them: ``90`` → ``1.5 hours``."""
    return ngettext("%(n)s hour", "%(n)s hours", 1 if value == 60 else 2) % {"n": in_words(value)}
