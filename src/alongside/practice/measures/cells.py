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
    told = determined(sums, away) & set(small)
    ways = _leading(sums, told, away)
    wholes = {one.whole for one in sums}
    open_sums = [one for one in sums if one in ways or _tells(one, cells, away, floor)]
    left = {name for one in open_sums for name in one if name not in away}
    if told and not left:
        left = {name for one in sums for name in one if name not in away}
    tops = wholes - {name for one in sums for name in one.parts}
    ranks = {n: (n in tops, cells[n].count == 0, n in wholes, cells[n].count) for n in left}
    ranked = sorted(left, key=lambda name: (ranks[name], name))
    # One that is enough by itself, if there is one below the sums of all.
    enough = (n for n in ranked if len(determined(sums, {*away, n}) & told) < len(told))
    first = next((n for n in enough if n not in tops), ranked[0] if ranked else "")
    return {name for name in left if ranks[name] == ranks[first]} if first else set()


def _leading(sums: Sequence[Sum], told: Collection[str], away: Collection[str]) -> list[Sum]:
    """The sums by which these cells follow from others, however many of them it takes."""
    ways: list[Sum] = []
    reached = set(told)
    while more := [one for one in sums if one not in ways and reached & set(one)]:
        ways += more
        reached |= {name for one in more for name in one if name in away}
    return ways


def _tells(one: Sum, cells: Mapping[str, Cell], away: Collection[str], floor: int) -> bool:
    """Whether what is hidden of a sum is, all together, so little or so much that its whole gives
    it away: a small group, or small ones of which each must be the largest small number."""
    parts = [cells[name].least for name in one.parts if name in away]
    if one.whole in away or not any(0 < least < floor for least in parts):
        return False
    return sum(parts) < floor or sum(parts) == len(parts) * (floor - 1)


def determined(sums: Iterable[Sum], away: Collection[str]) -> set[str]:
    """The hidden cells that the sums, with all that is shown, leave only one value for."""
    rows = [row for one in sums if (row := _unknowns(one, away))]
    return {name for row in _reduced(rows) if len(row) == 1 for name in row}


Row = dict[str, Fraction]


def _unknowns(one: Sum, away: Collection[str]) -> Row:
    """How often each hidden cell stands in a sum; the whole with a minus."""
    row = {name: Fraction(one.parts.count(name)) for name in one.parts if name in away}
    if one.whole in away:
        row[one.whole] = row.get(one.whole, Fraction(0)) - 1
    return {name: times for name, times in row.items() if times}


def _reduced(rows: list[Row]) -> list[Row]:
    """Reduced row echelon form: an unknown stands alone in a row exactly if its value is known."""
    done: dict[str, Row] = {}
    for row in rows:
        left = row
        for name in [name for name in row if name in done]:
            left = _less(left, done[name], name)
        if not left:
            continue
        name = min(left)
        lead = {other: times / left[name] for other, times in left.items()}
        done = {pivot: _less(one, lead, name) for pivot, one in done.items()}
        done[name] = lead
    return list(done.values())


def _less(row: Row, lead: Row, name: str) -> Row:
    """``row`` without ``name``, which ``lead`` says by the others."""
    times = row.get(name)
    if not times:
        return row
    found = dict(row)
    for other, value in lead.items():
        found[other] = found.get(other, Fraction(0)) - times * value
    return {other: value for other, value in found.items() if value}
