"""What the program agreed to hold back, because the participant asked for it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.consents.codes import Category
from alongside.practice.disclosure.book import ground
from alongside.practice.disclosure.deciding import Asked


@dataclass(frozen=True)
class Restriction:
    """``categories``: what is held back, and none of them means all of it. ``whom``: from whom, and
    nobody named means everyone."""

    categories: frozenset[Category] = frozenset()
    whom: str = ""

    def reaches(self, *names: str) -> bool:
        """Whether it is for one of these. Names are compared word by word, in favor of holding
        back: a clinic is meant by a part of its name, too."""
        meant = _words(self.whom)
        each = [words for name in names if (words := _words(name))]
        return not meant or not each or any(one <= meant or meant <= one for one in each)

    def covers(self, categories: frozenset[Category]) -> bool:
        whole = Category.WHOLE_RECORD in (self.categories | categories)
        return whole or not self.categories or not categories or bool(self.categories & categories)


def why_not_despite(
    asked: Asked, restrictions: Iterable[Restriction], *names: str
) -> Refusal | None:
    """Why this may not be told despite a consent, or without one: it was agreed to hold it back.
    What the law asks for, an emergency and the participant's own access go before. ``names`` are
    more names of who would get it."""
    if ground(asked.basis).despite_restriction:
        return None
    who = (asked.name, asked.organization, " ".join((asked.name, asked.organization)), *names)
    for one in restrictions:
        if one.reaches(*who) and one.covers(asked.categories):
            return HELD_BACK
    return None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


HELD_BACK = Refusal(
    "held-back",
    _("We agreed with them to hold this back. A privacy officer can end that, with their yes."),
    field="categories",
)
