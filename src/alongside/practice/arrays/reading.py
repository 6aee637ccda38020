"""What sort of help a note tells of, read from its words by a small trained model.

It says how likely each kind is; what follows from it is for the rules, which always win.
``weights.json`` is made by ``make array-model`` from ``corpus/arrays`` and ``wording.toml``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from alongside.practice.arrays import model as trained
from alongside.practice.arrays.features import letter_runs, read_words, word_runs
from alongside.practice.arrays.wording import Signs, find_signs


class Kind(StrEnum):
    """Where the benefit came from; ``NO_SERVICE`` where nothing was done that may be recorded."""

    RELATIONSHIP = "relationship"
    SKILL = "skill"
    WELLNESS = "wellness"
    WORK = "work"
    LEARNING = "learning"
    NO_SERVICE = "no_service"


@dataclass(frozen=True)
class Reading:
    """``certified`` and ``others`` are the likelihoods (together 1) for a supporter whose
    certificate holds, and for one without, to whom the first kind is not open."""

    certified: dict[Kind, float]
    others: dict[Kind, float]
    signs: Signs

    def best(self, *, opens: bool) -> tuple[Kind, float]:
        """The likeliest kind, and by how much it is ahead of the next."""
        likely = self.certified if opens else self.others
        first, second = sorted(likely.values(), reverse=True)[:2]
        return max(likely, key=lambda kind: likely[kind]), first - second


def read(words: str, model: trained.Model | None = None) -> Reading:
    """The same words are always read the same way. Milliseconds for a note."""
    return _read(words) if model is None else _read_with(words, model)


@lru_cache(maxsize=64)
def _read(words: str) -> Reading:
    return _read_with(words, weights())


def _read_with(words: str, model: trained.Model) -> Reading:
    blocks, signs = views(words)
    scores = {Kind(name): score for name, score in model.scores(blocks).items()}
    others = dict(scores)
    del others[Kind.RELATIONSHIP]
    return Reading(trained.shares(scores), trained.shares(others), signs)


def views(words: str) -> tuple[Sequence[Iterable[str]], Signs]:
    """The words as the model counts them: runs of words, runs of letters, signs."""
    found = read_words(words)
    plain = [word.plain for word in found]
    signs = find_signs(found, words)
    return (
        [f"w {run}" for run in word_runs(plain)],
        [f"l {run}" for run in letter_runs(plain)],
        [f"s {sign}" for sign in signs.features()],
    ), signs


@cache
def weights() -> trained.Model:
    return trained.load(files("alongside.practice.arrays").joinpath("weights.json"))
