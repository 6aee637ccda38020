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


def as_json(problem: Problem) -> dict[str, object]:
    """A problem as it is kept beside its row: codes, sentence and facts apart."""
    kept: dict[str, object] = {"kind": problem.kind.value, "text": problem.say.text}
    if problem.say.facts:
        kept["facts"] = dict(problem.say.facts)
    if problem.field is not None:
        kept["field"] = problem.field.value
    if problem.mend:
        kept["mend"] = {field.value: cell for field, cell in problem.mend.items()}
    if problem.mend_say is not None:
        kept["offer"] = problem.mend_say.text
        kept["offer_facts"] = dict(problem.mend_say.facts)
    return kept
