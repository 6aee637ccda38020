"""What the advice on an array is given, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alongside.core.words import Say
from alongside.practice.arrays.reading import Reading
from alongside.practice.codes import Activity, GoingAlong, Process, ServiceArray
from alongside.practice.credentials import Standing


class Sure(StrEnum):
    """``ASK``: the array lead is the one to ask (PEER-6)."""

    SURE = "sure"
    LIKELY = "likely"
    ASK = "ask"


@dataclass(frozen=True)
class Reason(Say):
    """A sentence with where it comes from: an ID of the practice, "seed 002", "DHS 36.11"."""

    source: str = ""


@dataclass(frozen=True)
class ArrayFacts:
    """What one encounter says. ``standing`` is the supporter's on the day of the encounter.

    ``answers`` are those to ``practice.arrays.questions``, by the code of the question; codes that
    are unknown count for nothing. ``allowed`` are the arrays that the contract pays for, ``None``
    where no contract is known. ``reading`` is what the model made of the words; left out, the
    words are read.
    """

    standing: Standing
    processes: frozenset[Process] = frozenset()
    activities: frozenset[Activity] = frozenset()
    going_along: GoingAlong | None = None
    words: str = ""
    other_license: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    allowed: frozenset[ServiceArray] | None = None
    reading: Reading | None = None


@dataclass(frozen=True)
class ArrayAdvice:
    """``array`` is ``None`` and ``no_service`` true where nothing may be recorded as a service.

    ``label`` is what the help is called, empty for lessons and treatments. ``reasons`` are
    ``Reason``s, each a ``Say`` with its ``source``. ``would_change`` says what, if it were so,
    would make the advice a different one. Where ``sure`` is ``ASK`` the array is the best guess,
    and the array lead is the one to ask.
    """

    array: ServiceArray | None
    label: str
    reasons: tuple[Say, ...]
    sure: Sure
    would_change: tuple[Say, ...] = ()
    no_service: bool = False

    @property
    def ask_the_lead(self) -> bool:
        return self.sure is Sure.ASK
