"""A small linear model that reads words: no numbers library, no pickle, a few hundred kilobytes.

It is made from a corpus by a script and kept as one JSON file with the hash of what it was made
from. Features are kept in buckets by their checksum, so that no list of words is stored.
"""

import json
from base64 import b85decode, b85encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from math import exp, log, sqrt
from typing import TypeVar
from zlib import compress, crc32, decompress

Name = TypeVar("Name", bound=str)


@dataclass(frozen=True)
class Model:
    """``weights`` are signed bytes, one row of classes for each bucket; ``rarity`` is a byte for
    each bucket. ``scale`` makes a class's weights of its bytes, ``rarity_scale`` the rarity."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    rarity_scale: float
    rarity: bytes
    weights: memoryview
    made_from: str

    @property
    def buckets(self) -> int:
        return len(self.rarity)

    def scores(self, blocks: Sequence[Iterable[str]]) -> dict[str, float]:
        """A score for each class. Each block of features weighs the same, however long it is."""
        wide = len(self.classes)
        sums = [0.0] * wide
        for block in blocks:
            for bucket, value in values(block, self.rarity, self.rarity_scale).items():
                row = self.weights[bucket * wide : (bucket + 1) * wide]
                for number, weight in enumerate(row):
                    sums[number] += value * weight
        return {
            name: self.bias[number] + self.scale[number] * sums[number]
            for number, name in enumerate(self.classes)
        }


def values(block: Iterable[str], rarity: bytes, rarity_scale: float) -> dict[int, float]:
    """Bucket → value, of length one: how often (by its logarithm) times how rare."""
    counted = Counter(bucket_of(feature, len(rarity)) for feature in block)
    found = {
        bucket: (1 + log(times)) * rarity[bucket] * rarity_scale
        for bucket, times in counted.items()
    }
    length = sqrt(sum(value * value for value in found.values())) or 1.0
    return {bucket: value / length for bucket, value in found.items()}


def bucket_of(feature: str, buckets: int) -> int:
    """The same on every machine and in every run; Python's own ``hash`` is not."""
    return crc32(feature.encode()) % buckets


def shares(scores: Mapping[Name, float]) -> dict[Name, float]:
    """Scores as shares of one (softmax)."""
    top = max(scores.values())
    raised = {name: exp(score - top) for name, score in scores.items()}
    whole = sum(raised.values())
    return {name: value / whole for name, value in raised.items()}


def load(source: Traversable) -> Model:
    """The model in a file as ``dump`` wrote it."""
    kept = json.loads(source.read_text(encoding="utf-8"))
    return Model(
        classes=tuple(kept["classes"]),
        bias=tuple(kept["bias"]),
        scale=tuple(kept["scale"]),
        rarity_scale=kept["rarity_scale"],
        rarity=decompress(b85decode(kept["rarity"])),
        weights=memoryview(decompress(b85decode(kept["weights"]))).cast("b"),
        made_from=kept["made_from"],
    )


def dump(model: Model) -> str:
    """The model as text, always the same for the same model."""
    kept = {
        "made_from": model.made_from,
        "classes": model.classes,
        "bias": model.bias,
        "scale": model.scale,
        "rarity_scale": model.rarity_scale,
        "rarity": b85encode(compress(model.rarity, 9)).decode(),
        "weights": b85encode(compress(model.weights.tobytes(), 9)).decode(),
    }
    return json.dumps(kept, indent=1) + "\n"
