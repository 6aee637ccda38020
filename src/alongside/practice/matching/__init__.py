"""Matching on the participant's own wishes first, with reasons; the participant decides (PSP-4)."""

from alongside.practice.matching.suggest import (
    MatchReason,
    PersonSide,
    Suggestion,
    SupporterSide,
    suggest,
)
from alongside.practice.matching.wishes import Wish, WishKind, read_wishes

__all__ = [
    "MatchReason",
    "PersonSide",
    "Suggestion",
    "SupporterSide",
    "Wish",
    "WishKind",
    "read_wishes",
    "suggest",
]
