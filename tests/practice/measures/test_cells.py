"""What is small stays unknown: shown, taken from a sum, or worked out from several sums."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.practice.measures import Cell, Sum, hidden
from alongside.practice.measures.cells import determined


def people(**counts: int) -> dict[str, Cell]:
    return {name: Cell(count, count) for name, count in counts.items()}


def whole(*parts: str, of: str = "all") -> Sum:
    return Sum(of, parts)


PARTS = whole("a", "b", "c")


@pytest.mark.practice("MPR-5", "SVC-5")
@pytest.mark.parametrize(
    ("cells", "sums", "away"),
    [
        pytest.param(people(all=60, a=20, b=20, c=20), [PARTS], set(), id="nothing is small"),
        pytest.param(people(all=40, a=20, b=20, c=0), [PARTS], set(), id="nobody is no secret"),
        pytest.param(people(a=10), [], {"a"}, id="ten people alone"),
        pytest.param(people(a=11), [], set(), id="eleven people alone"),
        pytest.param(people(a=1), [], {"a"}, id="one person alone"),
        pytest.param(
            people(all=62, a=40, b=20, c=2), [PARTS], {"c", "b"}, id="the whole would tell: b too"
        ),
        pytest.param(
            people(all=28, a=20, b=4, c=4), [PARTS], {"a", "b", "c"}, id="two that are 8 together"
        ),
        pytest.param(
            people(all=34, a=20, b=7, c=7), [PARTS], {"b", "c"}, id="two that are 14 together"
        ),
        pytest.param(
            people(all=6, a=6, b=0, c=0),
            [PARTS],
            {"all", "a", "b", "c"},
            id="all are few",
        ),
        pytest.param(
            {"all": Cell(900, 30), "a": Cell(800, 30), "b": Cell(60, 3), "c": Cell(40, 25)},
            [PARTS],
            {"b", "c"},
            id="sixty contacts of three people",
        ),
        pytest.param(
            people(all=60, a=5, b=55, x=25, y=30),
            [whole("a", "b"), whole("x", "y", of="b")],
            {"a", "b", "x"},
            id="a hidden whole is not the sum of what is shown below it",
        ),
        pytest.param(
            people(left=30, right=45, few=5, mine=25, yours=40),
            [whole("few", "mine", of="left"), whole("few", "yours", of="right")],
            {"few", "mine", "yours"},
            id="a cell of two sums goes in both",
        ),
        pytest.param(
            people(early=40, late=36) | {"between": Cell(4, 4, shown=False)},
            [whole("late", "between", of="early")],
            {"between", "late"},
            id="what two figures would tell by their difference",
        ),
        pytest.param(
            people(early=40, late=20) | {"between": Cell(20, 20, shown=False)},
            [whole("late", "between", of="early")],
            {"between"},
            id="a difference of many may be known",
        ),
    ],
)
def test_what_is_hidden(cells: dict[str, Cell], sums: list[Sum], away: set[str]) -> None:
    assert hidden(cells, sums) == away


NAMES = "abcde"
counts = st.integers(0, 30)


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Cell], list[Sum]]:
    """A page: wholes that share parts, as retention, plans and people do."""
    cells = {}
    for name in NAMES:
        count = draw(counts)
        cells[name] = Cell(count, draw(st.integers(min(count, 1), count)), draw(st.booleans()))
    sums = []
    for number in range(draw(st.integers(1, 4))):
        parts = tuple(sorted(draw(st.sets(st.sampled_from(NAMES), min_size=1))))
        count = sum(cells[name].count for name in parts)
        behind = max(cells[name].people for name in parts)
        cells[f"sum {number}"] = Cell(count, behind)
        sums.append(Sum(f"sum {number}", parts))
    return cells, sums


@given(tables())
def test_nothing_small_is_shown_or_follows_from_what_is_shown(
    page: tuple[dict[str, Cell], list[Sum]],
) -> None:
    cells, sums = page
    away = hidden(cells, sums)
    small = {name for name, cell in cells.items() if cell.small()}
    assert small <= away
    for name in small:
        others = _other_page(cells, sums, away, name)
        assert others or _nothing_left(cells, sums, away, name)


def _other_page(cells: dict[str, Cell], sums: list[Sum], away: frozenset[str], name: str) -> bool:
    """Whether the sums allow another value for it, everything that is shown staying as it is."""
    return name not in determined(sums, away)


def _nothing_left(cells: dict[str, Cell], sums: list[Sum], away: frozenset[str], name: str) -> bool:
    return set(cells) == set(away)


SMALL = 4
few = st.lists(st.integers(0, 6), min_size=2, max_size=4)


def seen(parts: list[int]) -> tuple[object, ...]:
    """What stands on the page for these parts and their sum, small being below four."""
    cells = {str(n): Cell(count, count) for n, count in enumerate(parts)}
    cells["all"] = Cell(sum(parts), sum(parts))
    away = hidden(cells, [Sum("all", tuple(map(str, range(len(parts)))))], floor=SMALL)
    return tuple(None if name in away else cell.count for name, cell in cells.items())


@pytest.mark.parametrize("length", [2, 3])
def test_who_knows_the_rule_still_cannot_tell_what_is_small(length: int) -> None:
    """Every table of small numbers: each hidden part could be another number on the same page.
    (So for tables of fewer parts than the least number shown: ours have at most eight.)"""
    worlds: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for parts in product(range(9), repeat=length):
        worlds.setdefault(seen(list(parts)), []).append(parts)
    for page, could_be in worlds.items():
        for place in range(length):
            values = {parts[place] for parts in could_be}
            assert page[place] is not None or len(values) > 1


@given(few)
def test_what_the_hidden_parts_are_together_is_no_small_group(parts: list[int]) -> None:
    page = seen(parts)
    if page[-1] is not None:
        left = sum(parts) - sum(count for count in page[:-1] if isinstance(count, int))
        assert left == 0 or left >= SMALL


def test_unknowns_are_told_apart_exactly() -> None:
    """x + y, x + z and y + z are shown: all three follow, though two are unknown in each sum."""
    sums = [whole("x", "y", of="1"), whole("x", "z", of="2"), whole("y", "z", of="3")]
    assert determined(sums, {"x", "y", "z"}) == {"x", "y", "z"}
    assert determined(sums[:2], {"x", "y", "z"}) == set()
