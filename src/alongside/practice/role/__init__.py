"""Hints about the role in the plain words of a note (SVC-3, SVC-11, MPR-6). They never block.

Careful language reading and a small trained model, together: the reading tells who acts, what was
only reported, refused or asked; the model weighs the words. Everything stays on this machine. How
it was built and how well it does: ``docs/practice-engine.md``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from alongside.practice.role.advice import advised, calls_for_help, speaks_up
from alongside.practice.role.features import features
from alongside.practice.role.kinds import LONGEST_PHRASE, MOST_READ, Hint, HintKind
from alongside.practice.role.lists import mistakes
from alongside.practice.role.model import IN, Model, shipped
from alongside.practice.role.reading import Reading, read
from alongside.practice.role.saying import why_and_instead
from alongside.practice.role.spans import sentences, strongest_span

__all__ = ["LONGEST_PHRASE", "MOST_READ", "Hint", "HintKind", "judge", "mistakes", "review", "warm"]

MOST_HINTS = 4  # in one note: more than this is noise
SHORT_NOTE = 3  # sentences that are also judged together
RULE_HOLDS = 0.9  # a rule's finding stands unless the model is this sure of "in"


@dataclass(frozen=True)
class _Finding:
    inside: float  # how likely it is inside the role
    hint: Hint


def review(words: str) -> tuple[Hint, ...]:
    """What in the writer's own words may lie outside the role, in order, each phrase once."""
    return judge(words)[1]


def judge(words: str, weights: Model | None = None) -> tuple[str, tuple[Hint, ...]]:
    """The kind of the strongest hint, or "in"; and all hints in the order of the words.

    ``weights`` are the shipped ones, unless how well others do is to be measured.
    """
    strongest = _strongest(words, weights or shipped())[:MOST_HINTS]
    label = strongest[0].hint.kind.value if strongest else IN
    return label, tuple(sorted((one.hint for one in strongest), key=lambda hint: hint.start))


def warm() -> None:
    """Read the weights now, so that the first note does not wait for them."""
    review("We had coffee.")


def _strongest(words: str, weights: Model) -> list[_Finding]:
    note = words[:MOST_READ]
    found: dict[tuple[HintKind, str], _Finding] = {}
    for one in sorted(
        _findings(note, weights), key=lambda finding: (finding.inside, finding.hint.start)
    ):
        same = found.setdefault((one.hint.kind, one.hint.phrase), one)
        if one.hint.start < same.hint.start:
            found[one.hint.kind, one.hint.phrase] = _Finding(same.inside, one.hint)
    return list(found.values())


def _findings(note: str, weights: Model) -> Iterator[_Finding]:
    reading = read(note)
    parts = sentences(reading)
    rules = list(advised(note))
    any_found = False
    for first, after in parts:
        part = reading.part(first, after)
        most = weights.alone if len(parts) == 1 else weights.among
        for finding in _in_part(note, part, weights, most, rules):
            any_found = True
            yield finding
    if not any_found and 1 < len(parts) <= SHORT_NOTE:
        yield from _in_part(note, reading, weights, weights.alone, [])


def _in_part(
    note: str, part: Reading, weights: Model, most: float, rules: list[tuple[int, int]]
) -> Iterator[_Finding]:
    views = features(part)
    likely = weights.likely(views)
    inside = likely.pop(IN)
    kind = HintKind(max(likely, key=lambda label: likely[label]))
    begins, ends = part.words[0].start, part.words[-1].end
    sentence = note[begins:ends]
    if kind is HintKind.ADVICE and speaks_up(sentence):
        return
    if kind in (HintKind.ADVICE, HintKind.DOING_FOR) and calls_for_help(sentence):
        return
    flagged = inside <= most
    ruled = []
    if kind is HintKind.ADVICE or (not flagged and inside < RULE_HOLDS):
        ruled = [(start, end) for start, end in rules if begins <= start < ends]
    for start, end in ruled:
        yield _Finding(inside, _hint(HintKind.ADVICE, note, part, start, end))
    if flagged and not ruled:
        worth = weights.weighed(views, kind.value, len(part.words))
        yield _Finding(inside, _hint(kind, note, part, *strongest_span(part, worth)))


def _hint(kind: HintKind, note: str, part: Reading, start: int, end: int) -> Hint:
    phrase = note[start:end][:LONGEST_PHRASE]
    say, instead = why_and_instead(kind, part, note, phrase)
    return Hint(kind, phrase, start, say, instead)
