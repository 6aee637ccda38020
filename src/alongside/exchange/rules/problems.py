"""What is said about one row, and how it might be mended. Nothing here changes a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from enum import StrEnum

from alongside.core.words import Say
from alongside.exchange.codes import ProblemKind


@dataclass(frozen=True)
class Problem:
    """``mend`` offers cells by field as a person might correct them; it is never applied alone."""

    kind: ProblemKind
    say: Say
    field: StrEnum | None = None
    mend: Mapping[StrEnum, str] = default(default_factory=dict)
    mend_say: Say | None = None


def said(kind: ProblemKind, text: str, field: StrEnum | None = None, **facts: object) -> Problem:
    return Problem(kind, Say(text, facts), field)
