"""Advice on the service array of an encounter, with its reasons (PEER-1 to PEER-6)."""

from collections.abc import Iterator

from alongside.practice.arrays import questions, wording
from alongside.practice.arrays.advice import PEER_MENTORING, PEER_SUPPORT, advise
from alongside.practice.arrays.facts import ArrayAdvice, ArrayFacts, Reason, Sure
from alongside.practice.arrays.signs import Signs, read_signs
from alongside.practice.catalog_errors import CatalogError

__all__ = [
    "PEER_MENTORING",
    "PEER_SUPPORT",
    "ArrayAdvice",
    "ArrayFacts",
    "Reason",
    "Signs",
    "Sure",
    "advise",
    "mistakes",
    "read_signs",
]


def mistakes() -> Iterator[CatalogError]:
    """Everything that is wrong in the files of this folder, for the start of the program."""
    yield from wording.mistakes()
    yield from questions.mistakes()
