"""What may leave the agency, on which ground, and what goes along with it: dated data, and what
follows from them. Pure."""

from alongside.practice.disclosure.book import (
    EVERYTHING,
    Fact,
    Ground,
    Notice,
    book,
    ground,
    mistakes,
    needed,
    notice,
    notice_on,
    texts,
)
from alongside.practice.disclosure.codes import BY_HAND, COUNTED, WAY_WORDS, Basis, Way
from alongside.practice.disclosure.deciding import (
    Asked,
    Leave,
    consented,
    decide,
    in_words,
    proposal,
    why_not_disclose,
    why_not_ground,
    why_not_under,
)
from alongside.practice.disclosure.programs import Fit, Program, Support, fit, why_protected
from alongside.practice.disclosure.restricting import HELD_BACK, Restriction, why_not_despite
from alongside.practice.disclosure.traveling import Travels, scope_of, travels

__all__ = [
    "BY_HAND",
    "COUNTED",
    "EVERYTHING",
    "HELD_BACK",
    "WAY_WORDS",
    "Asked",
    "Basis",
    "Fact",
    "Fit",
    "Ground",
    "Leave",
    "Notice",
    "Program",
    "Restriction",
    "Support",
    "Travels",
    "Way",
    "book",
    "consented",
    "decide",
    "fit",
    "ground",
    "in_words",
    "mistakes",
    "needed",
    "notice",
    "notice_on",
    "proposal",
    "scope_of",
    "texts",
    "travels",
    "why_not_despite",
    "why_not_disclose",
    "why_not_ground",
    "why_not_under",
    "why_protected",
]
