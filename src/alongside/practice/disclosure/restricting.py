"""What the program agreed to hold back, because the participant asked for it. Pure."""

import re
import unicodedata
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
        back: one word in common is enough, and a name of which no word tells anyone apart is
        everyone's."""
        meant = _words(self.whom)
        theirs = frozenset[str]().union(*map(_words, names))
        return not meant or not theirs or bool(meant & theirs)

    def kept_by(self, other: "Restriction | None") -> bool:
        """Whether ``other`` holds back no less than this."""
        if other is None:
            return False
        mine, theirs = _words(self.whom), _words(other.whom)
        from_as_many = not theirs or (bool(mine) and mine <= theirs)
        whole = not other.categories or Category.WHOLE_RECORD in other.categories
        return from_as_many and (
            whole or (bool(self.categories) and self.categories <= other.categories)
        )

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
    """The words that tell one from another: without accents, titles, small words and initials."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return frozenset(w for w in re.findall(r"\w+", letters) if len(w) > 1 and w not in _PASSED)


_PASSED = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "judge", "sr", "sra", "of", "the", "and", "for", "at", "in"}
    | {"to", "de", "del", "la", "las", "el", "los", "en"}
)


HELD_BACK = Refusal(
    "held-back",
    _(
        "We agreed with the participant to hold this back. Leave it out. Only their yes ends it: "
        "ask the privacy officer."
    ),
    field="categories",
)
