"""How well the array advice does on vignettes it has not learned from.

Whole groups are left out: what one writer wrote together, pairs side by side, is learned from
together or not at all. The advice is asked as the command line asks it: words and certificate.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alongside.practice import catalog
from alongside.practice.arrays import ArrayFacts, Sure, advise
from alongside.practice.arrays.model import Model
from alongside.practice.arrays.reading import read
from alongside.practice.codes import CredentialKind
from alongside.practice.credentials import CredentialFacts, standing_on
from scripts.evaluating.array_corpus import (
    KIND_OF,
    NO_SERVICE,
    Vignette,
    corpus,
    read_vignettes,
)
from scripts.evaluating.array_learning import left_out

ON = date(2026, 11, 22)
FOLDS = 5
CPS = standing_on([CredentialFacts(CredentialKind.CPS, certified_on=ON)], ON)
OTHER = standing_on([], ON)
ARRAYS = tuple(KIND_OF)


@dataclass(frozen=True)
class Answer:
    vignette: Vignette
    array: str
    sure: Sure

    @property
    def right(self) -> bool:
        return self.array == self.vignette.array


def report(own: Path | None = None) -> str:
    """The figures of ``make eval``; ``own`` is a file of vignettes in the corpus's form."""
    if own is not None:
        found = [answer(one) for one in read_vignettes([own])]
        return "\n".join([f"{own.name}: {len(found)} vignettes", *figures(found)])
    return "\n".join([*_folds(), "", *_writers()])


def answer(one: Vignette, model: Model | None = None) -> Answer:
    standing = CPS if one.certified else OTHER
    facts = ArrayFacts(standing, words=one.text, reading=read(one.text, model))
    found = advise(facts, ON)
    name = catalog.name("service_array", found.array) if found.array else NO_SERVICE
    return Answer(one, name, found.sure)


def _folds() -> list[str]:
    vignettes = corpus()
    groups = {one.group: number for number, one in enumerate(vignettes)}
    order = {group: number for number, group in enumerate(sorted(groups))}
    found = [
        answer(one, model)
        for model, kept in left_out(vignettes, lambda one: str(order[one.group] % FOLDS))
        for one in kept
    ]
    head = f"Arrays: {len(found)} vignettes, groups left out in {FOLDS} folds"
    return [head, *figures(found)]


def _writers() -> list[str]:
    """Learned from one writer, asked about the other: the harder question."""
    lines = []
    for model, kept in left_out(corpus(), lambda one: one.group[0]):
        right = sum(answer(one, model).right for one in kept)
        lines.append(
            f"writer {kept[0].group[0]}, learned from the other: "
            f"{right} of {len(kept)} ({right / len(kept):.3f})"
        )
    return lines


def figures(answers: Sequence[Answer]) -> list[str]:
    pairs = Counter((one.vignette.array, one.array) for one in answers)
    right = sum(one.right for one in answers)
    lines = [f"accuracy {right / len(answers):.3f}", "", "F1 per array"]
    lines += [f"  {f1(pairs, array):.3f}  {array}" for array in ARRAYS]
    lines += ["", "how sure it was, how many, how many of them right"]
    for sure in Sure:
        mine = [one.right for one in answers if one.sure is sure]
        share = f"{sum(mine) / len(mine):.3f}" if mine else "-"
        lines.append(f"  {sure:<7}{len(mine):>5}  {share}")
    lines += ["", "rows are what it is, columns what was advised"]
    letters = [f"{number + 1:>5}" for number in range(len(ARRAYS))]
    lines.append(f"{'':<4}" + "".join(letters))
    for number, array in enumerate(ARRAYS):
        cells = "".join(f"{pairs[array, other]:>5}" for other in ARRAYS)
        lines.append(f"{number + 1:<4}{cells}  {array}")
    return lines


def f1(pairs: Counter[tuple[str, str]], array: str) -> float:
    hit = pairs[array, array]
    wrong = sum(n for (is_it, said), n in pairs.items() if (is_it == array) != (said == array))
    return 2 * hit / (2 * hit + wrong) if hit or wrong else 1.0
