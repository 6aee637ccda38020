"""The trained part of the role review: weights in a file, added up. No library, no network.

``weights.tsv`` is made by ``make role-model`` from ``corpus/role``; its head names the corpus it
was made from. Read once, when first needed.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, sqrt

from alongside.practice.role.features import Seen

IN = "in"


@dataclass(frozen=True)
class Model:
    """``labels`` in the order of the weights; ``alone`` and ``among`` are how likely "in" may be
    at most for a hint, in a note of one sentence and in a longer one."""

    labels: tuple[str, ...]
    base: tuple[float, ...]
    scale: float
    alone: float
    among: float
    corpus: str
    weights: dict[str, tuple[int, ...]]

    def likely(self, views: tuple[Seen, ...]) -> dict[str, float]:
        """How likely each label is, together 1."""
        sums = list(self.base)
        for view in views:
            share = self.scale / sqrt(len(view) or 1)
            for name in view:
                for label, weight in enumerate(self.weights.get(name, ())):
                    sums[label] += weight * share
        top = max(sums)
        powers = [exp(one - top) for one in sums]
        total = sum(powers)
        return {label: power / total for label, power in zip(self.labels, powers, strict=True)}

    def weighed(self, views: tuple[Seen, ...], label: str, words: int) -> list[float]:
        """For each word, how much it speaks for ``label`` and against "in"."""
        one, other = self.labels.index(label), self.labels.index(IN)
        worth = [0.0] * words
        for view in views:
            share = 1 / sqrt(len(view) or 1)
            for name, places in view.items():
                if places and (weight := self.weights.get(name)):
                    each = (weight[one] - weight[other]) * share / len(places)
                    for place in places:
                        worth[place] += each
        return worth


@cache
def shipped() -> Model:
    text = files("alongside.practice.role").joinpath("weights.tsv").read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    head = json.loads(first)
    weights = {}
    for line in rest.splitlines():
        name, _, numbers = line.partition("\t")
        weights[name] = tuple(map(int, numbers.split()))
    return Model(
        labels=tuple(head["labels"]),
        base=tuple(head["base"]),
        scale=head["scale"],
        alone=head["alone"],
        among=head["among"],
        corpus=head["corpus"],
        weights=weights,
    )
