"""A rule's sentence, translated, for the forms and messages of the portal."""

from django.utils.translation import gettext

from alongside.core.refusal import Refusal
from alongside.core.words import Say


def said(refusal: Refusal) -> str:
    text = gettext(refusal.sentence)
    return text.format(**refusal.facts) if refusal.facts else text


def told(sentence: Say | str) -> str:
    """The same for a sentence of the program; one in a gap is translated, too."""
    if isinstance(sentence, str):
        return gettext(sentence) if sentence else ""
    facts = {
        name: told(fact) if isinstance(fact, Say) else fact for name, fact in sentence.facts.items()
    }
    return gettext(sentence.text).format(**facts) if facts else gettext(sentence.text)
