"""A rule's sentence, translated, for the forms and messages of the portal."""

from django.utils.translation import gettext

from alongside.core.refusal import Refusal


def said(refusal: Refusal) -> str:
    text = gettext(refusal.sentence)
    return text.format(**refusal.facts) if refusal.facts else text
