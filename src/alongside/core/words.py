"""Sentences of the program, with their facts kept apart so that they can be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark ``text`` for translation where Django may not be imported; the face translates it."""
    return text


@dataclass(frozen=True)
class Say:
    """A sentence with named gaps, and what fills them: ``Say("Room for {n} more.", {"n": 3})``."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.facts) if self.facts else self.text
