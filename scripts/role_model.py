"""Learn the role review's weights from ``corpus/role``: ``make role-model``.

The same corpus on the same machine gives the same file. How likely "in" may be for a hint is
chosen on writers that the weights for that choice had not seen.
"""

import json
import sys
from pathlib import Path

from alongside.practice.role import kinds
from alongside.practice.role.model import IN, Model
from scripts.evaluating.learning import (
    OURS,
    corpus,
    corpus_hash,
    learn,
    left_out,
    writer,
)

WEIGHTS = Path(kinds.__file__).with_name("weights.tsv")
ALARMS_ALONE, ALARMS_AMONG = 0.035, 0.01  # of sentences inside the role


def main() -> None:
    sentences = corpus()
    folds = left_out(sentences, writer, sorted({writer(one) for one in sentences} - {OURS}))
    inside = sorted(
        likely[IN] for answers in folds.values() for one, likely in answers if one.label == IN
    )
    alone, among = (
        round(inside[int(share * len(inside))], 3) for share in (ALARMS_ALONE, ALARMS_AMONG)
    )
    model = learn(sentences, alone=alone, among=among)
    WEIGHTS.write_text(as_file(model), encoding="utf-8", newline="\n")
    size = WEIGHTS.stat().st_size
    print(f"{len(sentences)} sentences, {len(model.weights)} features, {size:,} bytes")
    print(f"hint when alone at most {alone}, among others at most {among}")


def as_file(model: Model) -> str:
    head = {
        "corpus": corpus_hash(),
        "labels": model.labels,
        "base": model.base,
        "scale": model.scale,
        "alone": model.alone,
        "among": model.among,
    }
    lines = (f"{name}\t{' '.join(map(str, each))}" for name, each in sorted(model.weights.items()))
    return "\n".join([json.dumps(head), *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
