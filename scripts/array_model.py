"""Learn the array advice's weights from ``corpus/arrays``: ``make array-model``.

The same corpus on the same machine gives the same file.
"""

import sys
from pathlib import Path

from alongside.practice.arrays import reading
from alongside.practice.arrays.model import dump
from scripts.evaluating.array_corpus import corpus
from scripts.evaluating.array_learning import learn

WEIGHTS = Path(reading.__file__).with_name("weights.json")


def main() -> None:
    vignettes = corpus()
    WEIGHTS.write_text(dump(learn(vignettes)), encoding="utf-8", newline="\n")
    print(f"{len(vignettes)} vignettes, {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
