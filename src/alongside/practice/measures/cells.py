"""Which cells must not be shown, so that nobody can be made out in a small group.

A count of people from 1 to 10 is never shown. Nor may it be worked out from what is shown: where a
sum and all its other parts stand on the page, a further part goes. Figures that come from other
counts (a share, a middle) go with the counts they come from.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FLOOR = 11


@dataclass(frozen=True)
class Cell:
    """``count`` of something, from ``people`` people. One that is not ``shown`` stands on no page:
    it is what could be worked out from others, and must not be."""

    count: int
    people: int
    shown: bool = True

    @property
    def least(self) -> int:
        return min(self.count, self.people)

    def small(self, floor: int = FLOOR) -> bool:
        return 0 < self.least < floor


@dataclass(frozen=True)
class Sum:
    """The cell ``whole`` is the sum of ``parts``, by their names."""

    whole: str
    parts: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        yield self.whole
        yield from self.parts


def hidden(cells: Mapping[str, Cell], sums: Sequence[Sum], *, floor: int = FLOOR) -> frozenset[str]:
    """The cells that must not be shown. A cell that stands in several sums goes in all of them."""
    small = {name for name, cell in cells.items() if cell.small(floor)}
    away = small | {name for name, cell in cells.items() if not cell.shown}
    # Of a few, nothing at all: that a part is nobody would tell of the others.
    away |= {name for one in sums if one.whole in small for name in one.parts}
    while more := _more(cells, sums, small, away, floor):
        away |= more
    return frozenset(away)


def _more(
    cells: Mapping[str, Cell],
    sums: Sequence[Sum],
    small: Collection[str],
    away: Collection[str],
    floor: int,
) -> set[str]:
    """What else must go, the smallest part first; nothing where all that is small stays unknown.
    Of parts of one size all go: which of them did would tell who knows the rule the rest."""
    known = determined(sums, away)
    told = known & set(small)
    ways = known if told else set()
    open_sums = [one for one in sums if _tells(one, cells, away, floor) or ways & set(one)]
    wholes = {one.whole for one in sums}
    left = {name for one in open_sums for name in one if name not in away}
    if told and not left:
        left = {name for one in sums for name in one if name not in away}
    ranks = {name: (cells[name].count == 0, name in wholes, cells[name].count) for name in left}
    return {name for name, rank in ranks.items() if rank == min(ranks.values())}


def _tells(one: Sum, cells: Mapping[str, Cell], away: Collection[str], floor: int) -> bool:
    """Whether what is hidden of a sum is, all together, so little or so much that its whole gives
    it away: a small group, or small ones of which each must be the largest small number."""
    parts = [cells[name].least for name in one.parts if name in away]
    if one.whole in away or not any(0 < least < floor for least in parts):
        return False
    return sum(parts) < floor or sum(parts) == len(parts) * (floor - 1)


def determined(sums: Iterable[Sum], away: Collection[str]) -> set[str]:
    """The hidden cells that the sums, with all that is shown, leave only one value for."""
    names = sorted(away)
    rows = [row for one in sums if any(row := [Fraction(_weight(one, name)) for name in names])]
    found = set()
    for row in _reduced(rows):
        at = [place for place, value in enumerate(row) if value]
        if len(at) == 1:
            found.add(names[at[0]])
    return found


def _weight(one: Sum, name: str) -> int:
    return one.parts.count(name) - (name == one.whole)


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Reduced row echelon form: an unknown stands alone in a row exactly if its value is known."""
    done: list[list[Fraction]] = []
    for place in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[place]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        lead = [value / pivot[place] for value in pivot]
        rows = [_less(row, lead, place) for row in rows]
        done = [_less(row, lead, place) for row in done]
        done.append(lead)
    return done


def _less(row: list[Fraction], lead: list[Fraction], place: int) -> list[Fraction]:
    times = row[place]
    return [a - times * b for a, b in zip(row, lead, strict=True)] if times else row
