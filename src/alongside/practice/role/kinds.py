"""What a hint about the role is: its kind, the phrase it stands at, why, and another way."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.core.words import Say


class HintKind(StrEnum):
    CLINICAL = "clinical"
    DIAGNOSIS = "diagnosis"
    DRUG_TESTING = "drug_testing"
    ADVICE = "advice"
    DOING_FOR = "doing_for"
    STIGMATIZING = "stigmatizing"

    @property
    def is_an_act(self) -> bool:
        """Whether it is about what was done. Other words would not make that undone: a note is
        mended only where it did not tell it right."""
        return self not in (HintKind.DIAGNOSIS, HintKind.STIGMATIZING)


@dataclass(frozen=True)
class Hint:
    """``phrase`` stands at ``start`` of the words, as it was written."""

    kind: HintKind
    phrase: str
    start: int
    say: Say
    instead: Say


MOST_READ = 20_000  # characters
LONGEST_PHRASE = 200  # characters
