"""How someone wants to be reached, and what a message may say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.people.codes import May, Says, Way

MOST_WORDS = 300


@dataclass(frozen=True)
class Reaching:
    """What is not said of a way is open. ``quiet_from`` to ``quiet_until`` are the agency's clock,
    over midnight where the first is later."""

    ways: Mapping[Way, May] = field(default_factory=dict)
    words: str = ""
    says: Says = Says.NEUTRAL
    quiet_from: time | None = None
    quiet_until: time | None = None
    others: str = ""

    @classmethod
    def from_row(
        cls,
        ways: Mapping[str, str],
        words: str,
        says: str,
        quiet_from: time | None,
        quiet_until: time | None,
        others: str,
    ) -> "Reaching":
        known = {Way(way): May(may) for way, may in ways.items()}
        return cls(known, words, Says(says), quiet_from, quiet_until, others)

    def refuses(self, way: Way) -> bool:
        """Whether they said no. Only when: a person decides, not a machine."""
        return self.ways.get(way) in (May.NO, May.WHEN)

    def those(self, may: May) -> tuple[Way, ...]:
        return tuple(way for way in Way if self.ways.get(way) is may)

    def is_quiet(self, at: time) -> bool:
        if self.quiet_from is None or self.quiet_until is None:
            return False
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


def why_not_reach(wish: Reaching) -> Refusal | None:
    if (wish.quiet_from is None) != (wish.quiet_until is None):
        return Refusal(
            "half-quiet",
            _("Say from when and until when, or leave both empty."),
            field="quiet_from",
        )
    if wish.quiet_from is not None and wish.quiet_from == wish.quiet_until:
        return Refusal(
            "no-time",
            _("Quiet time ends when it begins. Change one of the two."),
            field="quiet_from",
        )
    if May.WHEN in wish.ways.values() and not wish.words.strip():
        return Refusal("no-words", _("Write when it is all right."), field="words")
    for name, text in (("words", wish.words), ("others", wish.others)):
        if len(text) > MOST_WORDS:
            return Refusal(
                "too-long", _("Use at most {most} letters."), {"most": MOST_WORDS}, field=name
            )
    return None
