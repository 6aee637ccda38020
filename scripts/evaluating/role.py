"""How well the role review judges sentences it has not learned from.

Whole groups are left out: what one writer wrote, or what was written for one construction, is
learned from together or not at all. The review is asked as a note asks it, rules and all.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from alongside.practice.role import judge
from alongside.practice.role.model import IN, Model, shipped
from scripts.evaluating.learning import LABELS, OURS, Sentence, corpus, learn, read_file, writer

# One writer and six families of constructions of our own: held back, never learned from here.
HELD_BACK = frozenset({"writer-c", "own-body-care", "own-tools", "own-doing-in-2"}) | {
    "own-stigma-2",
    "own-testing-2",
    "own-advice-2",
}
Pairs = Counter[tuple[str, str]]  # what it is, what the review said


def report(own: Path | None = None) -> str:
    """The figures of ``make eval``; ``own`` is a file of sentences in the corpus's form."""
    if own is not None:
        return "\n".join(_figures(own.name, _pairs(read_file(own), None)))
    sentences = corpus()
    return "\n".join([*_held_back(sentences), "", *_writers(sentences)])


def _held_back(sentences: Sequence[Sentence]) -> list[str]:
    learned = [one for one in sentences if one.group not in HELD_BACK]
    model = learn(learned, alone=shipped().alone, among=shipped().among)
    kept = [one for one in sentences if one.group in HELD_BACK]
    return _figures("Role review, the part held back", _pairs(kept, model))


def _writers(sentences: Sequence[Sentence]) -> list[str]:
    """Each writer judged by what the other writers teach, with none of our own constructions."""
    theirs = [one for one in sentences if writer(one) != OURS]
    whole: Pairs = Counter()
    lines = []
    for name in sorted({writer(one) for one in theirs}):
        model = learn(
            [one for one in theirs if writer(one) != name],
            alone=shipped().alone,
            among=shipped().among,
        )
        pairs = _pairs([one for one in theirs if writer(one) == name], model)
        whole += pairs
        lines.append(f"{name}, learned from the other writers alone: {_short(pairs)}")
    return [*_figures("Role review, each writer left out in turn", whole), "", *lines]


def _pairs(sentences: Sequence[Sentence], model: Model | None) -> Pairs:
    return Counter((one.label, judge(one.text, model)[0]) for one in sentences)


def _short(pairs: Pairs) -> str:
    return (
        f"in or out {_accuracy(pairs):.3f}, false alarms {_alarms(pairs):.3f},"
        f" macro F1 {sum(_f1(pairs, label) for label in LABELS) / len(LABELS):.3f}"
    )


def _figures(title: str, pairs: Pairs) -> list[str]:
    each = (f"  {_f1(pairs, label):.3f}  {label}" for label in LABELS)
    return [f"{title}: {sum(pairs.values())} sentences", _short(pairs), "F1 of each", *each]


def _accuracy(pairs: Pairs) -> float:
    right = sum(n for (is_it, said), n in pairs.items() if (is_it == IN) == (said == IN))
    return right / sum(pairs.values())


def _alarms(pairs: Pairs) -> float:
    inside = {said: n for (is_it, said), n in pairs.items() if is_it == IN}
    return 1 - inside.get(IN, 0) / (sum(inside.values()) or 1)


def _f1(pairs: Pairs, label: str) -> float:
    hit = pairs[label, label]
    wrong = sum(n for (is_it, said), n in pairs.items() if (is_it == label) != (said == label))
    return 2 * hit / (2 * hit + wrong) if hit or wrong else 1.0
