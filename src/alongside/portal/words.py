"""Sentences of rules, and days, in the language of the page, for what the portal shows."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext, pgettext

from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.practice.consents import classes


def said(refusal: Refusal) -> str:
    return told(Say(refusal.sentence, refusal.facts))


def told(sentence: Say | str) -> str:
    """The same for a sentence of the program; one in a gap is translated, a day written out."""
    if isinstance(sentence, str):
        return gettext(sentence) if sentence else ""
    facts = {name: _in_words(fact) for name, fact in sentence.facts.items()}
    return gettext(sentence.text).format(**facts) if facts else gettext(sentence.text)


def whom(name: str) -> str:
    """Who may hear something: a class of people that a consent names, in the language of the page;
    a person by their name."""
    return gettext(name) if name in classes() else name


def on_day(day: date) -> str:
    """``Nov 19, 2026``, in the order of the language."""
    return formats.date_format(day, pgettext("date format", "M j, Y"))


def in_month(day: date) -> str:
    return formats.date_format(day, pgettext("date format", "M Y"))


def _in_words(fact: object) -> object:
    if isinstance(fact, Say):
        return told(fact)
    return on_day(fact) if isinstance(fact, date) else fact
