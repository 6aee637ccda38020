"""The vignettes of the array advice, with who wrote them together. Needs no library."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from alongside.practice import catalog
from alongside.practice.arrays import reading
from alongside.practice.arrays.reading import Kind
from alongside.practice.codes import ServiceArray

CORPUS = Path(__file__).parents[2] / "corpus" / "arrays"
NO_SERVICE = "Not a peer support service"
KIND_OF = {
    catalog.name("service_array", ServiceArray.PEER_SUPPORT): Kind.RELATIONSHIP,
    catalog.name("service_array", ServiceArray.ISDE): Kind.SKILL,
    catalog.name("service_array", ServiceArray.WELLNESS_MANAGEMENT): Kind.WELLNESS,
    catalog.name("service_array", ServiceArray.EMPLOYMENT_SKILLS): Kind.WORK,
    catalog.name("service_array", ServiceArray.PSYCHOEDUCATION): Kind.LEARNING,
    NO_SERVICE: Kind.NO_SERVICE,
}


@dataclass(frozen=True)
class Vignette:
    """``group`` are vignettes of one writer that were written together, pairs side by side."""

    text: str
    certified: bool
    array: str
    group: str

    @property
    def kind(self) -> Kind:
        return KIND_OF[self.array]


def read_vignettes(paths: Iterable[Path]) -> list[Vignette]:
    return [
        Vignette(row["text"], row["provider_is_cps"], row["array"], row.get("group", path.stem))
        for path in paths
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def corpus() -> list[Vignette]:
    return read_vignettes(sorted(CORPUS.glob("*.jsonl")))


def corpus_hash() -> str:
    """Of all vignettes, and of the signs by which they are read."""
    wording = Path(reading.__file__).with_name("wording.toml")
    whole = hashlib.sha256()
    for path in [*sorted(CORPUS.glob("*.jsonl")), wording]:
        whole.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()
