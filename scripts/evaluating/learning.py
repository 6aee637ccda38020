"""Learn the weights of the role review from sentences with labels (scikit-learn, only here)."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from alongside.practice.role import kinds
from alongside.practice.role.features import Seen, features
from alongside.practice.role.kinds import HintKind
from alongside.practice.role.model import IN, Model
from alongside.practice.role.reading import read

CORPUS = Path(__file__).parents[2] / "corpus" / "role"
LABELS = (IN, *(kind.value for kind in HintKind))
OURS = "own"
SEEN_IN = 2  # sentences that must hold a feature, else it is chance
STEPS = 127  # what the strongest weight becomes: one byte with its sign
WEAKEST = 3  # a feature whose weights are all below this says nothing
FIRMNESS = 0.25  # scikit-learn's C; tried from 0.1 to 8, little changes


@dataclass(frozen=True)
class Sentence:
    """``group``: who wrote it, or which construction it was written for."""

    text: str
    label: str
    group: str


def corpus() -> list[Sentence]:
    return [one for path in sorted(CORPUS.glob("*.jsonl")) for one in read_file(path)]


def read_file(path: Path) -> list[Sentence]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Sentence(row["text"], row["label"], row.get("group", path.stem)) for row in rows]


def writer(sentence: Sentence) -> str:
    """Who wrote it: our own constructions count as one writer."""
    return sentence.group if sentence.group.startswith("writer-") else OURS


def corpus_hash() -> str:
    """Of all sentences, and of the lists by which they are read."""
    lists = Path(kinds.__file__).parent.glob("*.toml")
    whole = hashlib.sha256()
    for path in [*sorted(CORPUS.glob("*.jsonl")), *sorted(lists)]:
        whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


@cache
def seen(text: str) -> tuple[Seen, ...]:
    return features(read(text))


def learn(sentences: Sequence[Sentence], *, alone: float = 0.5, among: float = 0.5) -> Model:
    """Weights for every feature that says something, rounded to whole numbers."""
    views = [seen(sentence.text) for sentence in sentences]
    counted = Counter(name for one in views for view in one for name in view)
    names = sorted(name for name, count in counted.items() if count >= SEEN_IN)
    rare = {name: (np.log((1 + len(views)) / (1 + counted[name])) + 1) ** 2 for name in names}
    column = {name: number for number, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, one in enumerate(views):
        for view in one:
            for name in view.keys() & column.keys():
                rows.append(row)
                columns.append(column[name])
                values.append(rare[name] / np.sqrt(len(view)))
    table = csr_matrix((values, (rows, columns)), shape=(len(views), len(names)))
    table.sort_indices()
    labels = [LABELS.index(sentence.label) for sentence in sentences]
    found = LogisticRegression(C=FIRMNESS, class_weight=_shares(labels), max_iter=400).fit(
        table, labels
    )
    weights = found.coef_ * np.array([rare[name] for name in names])
    scale = float(np.abs(weights).max()) / STEPS
    whole = np.rint(weights / scale).astype(int).T
    return Model(
        labels=LABELS,
        base=tuple(round(float(one), 6) for one in found.intercept_),
        scale=scale,
        alone=alone,
        among=among,
        corpus=corpus_hash(),
        weights={
            name: tuple(map(int, row))
            for name, row in zip(names, whole, strict=True)
            if np.abs(row).max() >= WEAKEST
        },
    )


def _shares(labels: Sequence[int]) -> dict[int, float]:
    """ "In" counts as much as the six kinds together: words that say nothing are no hint."""
    counted, kinds_of_hint = Counter(labels), len(LABELS) - 1
    return {
        label: len(labels) / (2 * count * (kinds_of_hint if LABELS[label] != IN else 1))
        for label, count in counted.items()
    }


def left_out(
    sentences: Sequence[Sentence], fold_of: Callable[[Sentence], str], folds: Iterable[str]
) -> dict[str, list[tuple[Sentence, dict[str, float]]]]:
    """For each fold: learn from all the others, then judge its sentences."""
    answers = {}
    for fold in folds:
        model = learn([one for one in sentences if fold_of(one) != fold])
        mine = [one for one in sentences if fold_of(one) == fold]
        answers[fold] = [(one, model.likely(seen(one.text))) for one in mine]
    return answers
