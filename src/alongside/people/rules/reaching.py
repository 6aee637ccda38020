"""How someone wants to be reached, and what a message may say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from itertools import product

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.people.codes import May, Says, Way

MOST_WORDS = 300
A_DAY = 24 * 60
# The later one counts where two say of one way what cannot both hold.
_CARE = (May.YES, May.WHEN, May.NO)


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


def more_careful(newer: Reaching, older: Reaching) -> Reaching:
    """What holds where two records of one person say two things: of each the one that lets less
    happen, and the words of both, the newer first. Nothing is allowed that either one forbids."""
    ways = {
        way: max((one.ways[way] for one in (newer, older) if way in one.ways), key=_CARE.index)
        for way in Way
        if way in newer.ways or way in older.ways
    }
    quiet = _both_quiet(_quiet(newer), _quiet(older))
    return Reaching(
        ways=ways,
        words=_both(newer.words, older.words),
        says=newer.says if newer.says is older.says else Says.NEUTRAL,
        quiet_from=quiet[0] if quiet else None,
        quiet_until=quiet[1] if quiet else None,
        others=_both(newer.others, older.others),
    )


def _both(newer: str, older: str) -> str:
    return "\n".join(dict.fromkeys(words for words in (newer.strip(), older.strip()) if words))


def _quiet(wish: Reaching) -> tuple[time, time] | None:
    if wish.quiet_from is None or wish.quiet_until is None:
        return None
    return wish.quiet_from, wish.quiet_until


def _both_quiet(
    one: tuple[time, time] | None, other: tuple[time, time] | None
) -> tuple[time, time] | None:
    """The shortest quiet time with both in it; where nothing shorter has, all day but a minute."""
    if one is None or other is None or one == other:
        return one or other
    spans = product((one[0], other[0]), (one[1], other[1]))
    found = [span for span in spans if _holds(span, one) and _holds(span, other)]
    if found:
        return min(found, key=_minutes)
    begins = _minute(one[0])
    return one[0], time(*divmod((begins - 1) % A_DAY, 60))


def _holds(span: tuple[time, time], quiet: tuple[time, time]) -> bool:
    late = (_minute(quiet[0]) - _minute(span[0])) % A_DAY
    return span[0] != span[1] and late + _minutes(quiet) <= _minutes(span)


def _minutes(span: tuple[time, time]) -> int:
    return (_minute(span[1]) - _minute(span[0])) % A_DAY


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


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
