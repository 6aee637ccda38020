"""Learn the weights of the array advice from vignettes with their array (SciPy, only here).

One linear model for six kinds of help. A supporter without a certificate cannot have "Peer
Support", so for their vignettes that kind is left out of the comparison while learning, too: the
words of both then teach the same weights.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import log

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from alongside.practice.arrays import reading
from alongside.practice.arrays.model import Model, bucket_of, values
from alongside.practice.arrays.reading import Kind
from scripts.evaluating.array_corpus import Vignette, corpus_hash

BUCKETS = 2**16
FIRMNESS = 30.0  # tried from 3 to 1000 with groups left out: level from 30 on
STEPS = 127  # what the strongest weight becomes: one byte with its sign
NOT_OPEN = -1e9

Numbers = npt.NDArray[np.float64]


@cache
def seen(text: str) -> tuple[tuple[str, ...], ...]:
    blocks, _signs = reading.views(text)
    return tuple(tuple(block) for block in blocks)


def learn(vignettes: Sequence[Vignette]) -> Model:
    """Weights for the six kinds, rounded to bytes."""
    rarity, rarity_scale = _rarity(vignettes)
    table = _table(vignettes, rarity, rarity_scale)
    kinds = list(Kind)
    wanted = np.zeros((len(vignettes), len(kinds)))
    wanted[range(len(vignettes)), [kinds.index(one.kind) for one in vignettes]] = 1
    barred = np.zeros_like(wanted)
    barred[[not one.certified for one in vignettes], kinds.index(Kind.RELATIONSHIP)] = NOT_OPEN
    weights, bias = _fit(table, wanted, barred)
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / STEPS
    whole = np.rint(weights / scale).astype(np.int8)
    return Model(
        classes=tuple(kind.value for kind in kinds),
        bias=tuple(round(float(one), 4) for one in bias),
        scale=tuple(round(float(one), 8) for one in scale),
        rarity_scale=rarity_scale,
        rarity=rarity,
        weights=memoryview(whole.tobytes()).cast("b"),
        made_from=corpus_hash(),
    )


def _rarity(vignettes: Sequence[Vignette]) -> tuple[bytes, float]:
    """For each bucket how rare it is, as a byte; 0 where it was never seen."""
    times = np.zeros(BUCKETS)
    for one in vignettes:
        for bucket in {bucket_of(f, BUCKETS) for block in seen(one.text) for f in block}:
            times[bucket] += 1
    rare = np.where(times > 0, np.log((1 + len(vignettes)) / (1 + times)) + 1, 0)
    scale = (log((1 + len(vignettes)) / 2) + 1) / 255
    return np.rint(rare / scale).astype(np.uint8).tobytes(), round(scale, 8)


def _table(vignettes: Sequence[Vignette], rarity: bytes, scale: float) -> csr_matrix:
    rows, columns, cells = [], [], []
    for row, one in enumerate(vignettes):
        for block in seen(one.text):
            for bucket, value in values(block, rarity, scale).items():
                rows.append(row)
                columns.append(bucket)
                cells.append(value)
    table = csr_matrix((cells, (rows, columns)), shape=(len(vignettes), BUCKETS))
    table.sort_indices()
    return table


def _fit(table: csr_matrix, wanted: Numbers, barred: Numbers) -> tuple[Numbers, Numbers]:
    """Multinomial logistic regression with classes that are not open for some rows."""
    wide = wanted.shape[1]
    inner = BUCKETS * wide

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        weights, bias = flat[:inner].reshape(BUCKETS, wide), flat[inner:]
        scores = table @ weights + bias + barred
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        likely /= likely.sum(axis=1, keepdims=True)
        lost = -FIRMNESS * float(np.log((likely * wanted).sum(axis=1) + 1e-12).sum())
        lost += 0.5 * float((weights**2).sum())
        slope = FIRMNESS * (likely - wanted)
        down = np.concatenate([(table.T @ slope + weights).ravel(), slope.sum(axis=0)])
        return lost, down

    options = {"maxiter": 300}
    found = minimize(loss, np.zeros(inner + wide), jac=True, method="L-BFGS-B", options=options)
    return found.x[:inner].reshape(BUCKETS, wide), found.x[inner:]


def left_out(
    vignettes: Sequence[Vignette], fold_of: Callable[[Vignette], str]
) -> Iterable[tuple[Model, list[Vignette]]]:
    """For each fold a model that learned from all the others, and the fold's vignettes."""
    for fold in sorted({fold_of(one) for one in vignettes}):
        learned = [one for one in vignettes if fold_of(one) != fold]
        yield learn(learned), [one for one in vignettes if fold_of(one) == fold]
