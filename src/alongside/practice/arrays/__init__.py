"""Advice on the service array of an encounter, with its reasons (PEER-2, PEER-3, PEER-4)."""

from alongside.practice.arrays.advice import (
    PEER_MENTORING,
    PEER_SUPPORT,
    ArrayAdvice,
    ArrayFacts,
    Sure,
    advise,
)
from alongside.practice.arrays.signs import Signs, read_signs

__all__ = [
    "PEER_MENTORING",
    "PEER_SUPPORT",
    "ArrayAdvice",
    "ArrayFacts",
    "Signs",
    "Sure",
    "advise",
    "read_signs",
]
