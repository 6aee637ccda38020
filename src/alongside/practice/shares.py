"""How contact took place, as shares: face to face first, then telephone, then the rest (SVC-5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.practice.codes import Mode


@dataclass(frozen=True)
class Share:
    """``percent`` is whole; the percents of one list add up to 100, or all are 0 when empty."""

    mode: Mode
    count: int
    percent: int


def mode_shares(counts: Mapping[Mode, int]) -> tuple[Share, ...]:
    """One share per mode, zeros too, in the practice's order. Contacts of unknown mode stay out."""
    total = sum(counts.get(mode, 0) for mode in Mode)
    percents = _whole_percents([counts.get(mode, 0) for mode in Mode], total)
    return tuple(
        Share(mode, counts.get(mode, 0), percent)
        for mode, percent in zip(Mode, percents, strict=True)
    )


def _whole_percents(counts: list[int], total: int) -> list[int]:
    """Largest remainders, so that rounding never makes 99 or 101."""
    if not total:
        return [0] * len(counts)
    percents = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: (-(counts[i] * 100 % total), i))
    for i in by_remainder[: 100 - sum(percents)]:
        percents[i] += 1
    return percents
