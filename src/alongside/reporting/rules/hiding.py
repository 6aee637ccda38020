"""All counts of one page as cells with their sums, and which of them are shown. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from alongside.practice.codes import Pathway
from alongside.practice.measures import Cell, Sum, hidden
from alongside.reporting.rules.asking import Wanted
from alongside.reporting.rules.counts import HORIZONS, Counts, Times, Waits, staying

Groups = Mapping[tuple[Pathway, str], int]


@dataclass(frozen=True)
class Seen:
    """``few``: the people asked about are so few that nothing at all is shown of them."""

    cells: Mapping[str, Cell]
    away: frozenset[str]
    few: bool = False

    def count(self, name: str) -> int | None:
        """The number, if it may stand on the page."""
        return None if self.few or name in self.away else self.cells[name].count

    def names(self, prefix: str) -> list[str]:
        return [name for name in self.cells if name.startswith(prefix)]


class _Cells:
    def __init__(self) -> None:
        self.cells: dict[str, Cell] = {}
        self.sums: list[Sum] = []

    def put(self, name: str, times: Times, *, shown: bool = True) -> str:
        self.cells[name] = Cell(times.count, times.people, shown)
        return name

    def people(self, name: str, count: int, *, shown: bool = True) -> str:
        """A count of people, or of something of which one person may have it all."""
        return self.put(name, Times(count, count), shown=shown)

    def whole(self, name: str, *parts: str) -> None:
        self.sums.append(Sum(name, parts))


def seen(counts: Counts, groups: Groups, without_contract: int, wanted: Wanted) -> Seen:
    """Everything on the page together: what one table hides, no other one gives away."""
    made = _Cells()
    _people(made, counts)
    _groups(made, groups, wanted)
    _staying(made, counts)
    _contacts(made, counts)
    _months(made, counts)
    _waits(made, "asked", counts.asked)
    _waits(made, "returns", counts.returns)
    _changes(made, counts)
    away = hidden(made.cells, made.sums)
    few = "people" in away or too_few(groups, without_contract, wanted)
    return Seen(made.cells, away, few)


def too_few(groups: Groups, without_contract: int, wanted: Wanted) -> bool:
    """Whether a choice leaves a small group, or leaves one out: what another choice on the same
    page shows, less this one, would be that group."""
    ways = _by(groups, 0, wanted.county)
    counties = _by(groups, 1, wanted.pathway)
    here = _chosen(groups, wanted)
    parts: list[tuple[Mapping[str, int], str]] = []
    if wanted.pathway is not None:
        parts.append((ways, wanted.pathway.value))
    if wanted.county:
        parts.append((counties, wanted.county))
    if wanted.contract is not None:
        parts.append(({"in": here, "out": without_contract - here}, "in"))
    return any(_goes(choices, one) for choices, one in parts)


def _by(groups: Groups, place: int, other: object) -> Counter[str]:
    """People by pathway (0) or county (1), where the other of the two is as chosen."""
    found = Counter[str]()
    for key, n in groups.items():
        if not other or key[1 - place] == other:
            found[str(key[place])] += n
    return found


def _chosen(groups: Groups, wanted: Wanted) -> int:
    by_county = _by(groups, 1, wanted.pathway)
    return by_county[wanted.county] if wanted.county else sum(by_county.values())


def _goes(choices: Mapping[str, int], one: str) -> bool:
    cells = {name: Cell(n, n) for name, n in choices.items()}
    total = sum(choices.values())
    cells = {one: Cell(0, 0), **cells, " all": Cell(total, total)}
    return one in hidden(cells, [Sum(" all", tuple(choices))])


def _people(made: _Cells, counts: Counts) -> None:
    of = counts.people
    made.people("people", of.touched + of.quiet)
    for name in ("touched", "quiet", "standing", "ended", "none", "began", "before"):
        made.people(name, getattr(of, name))
    made.whole("people", "touched", "quiet")
    made.whole("people", "standing", "ended", "none")
    made.whole("people", "began", "before", "none")
    plans = counts.plans
    made.whole(
        "standing",
        made.people("plans.fresh", plans.fresh),
        made.people("plans.due", plans.due),
        made.people("plans.none", plans.none),
    )


def _groups(made: _Cells, groups: Groups, wanted: Wanted) -> None:
    """People by pathway and by county, where neither is chosen."""
    if wanted.pathway is not None or wanted.county:
        return
    for place, prefix in enumerate(("way", "county")):
        parts = [made.people(f"{prefix}.{k}", n) for k, n in _by(groups, place, None).items() if n]
        if parts:
            made.whole("people", *parts)


def _staying(made: _Cells, counts: Counts) -> None:
    for days in HORIZONS:
        found = staying(counts.began, days, today=counts.today)
        parts = [
            made.people(f"{name}.{days}", getattr(found, name))
            for name in ("still", "ended", "early")
        ]
        made.whole("began", *parts)
    # What two lines tell by their difference: who left, or began, between two days.
    for sooner, later in pairwise(HORIZONS):
        _between(made, f"still.{sooner}", f"still.{later}")
        _between(made, f"early.{later}", f"early.{sooner}")


def _between(made: _Cells, more: str, less: str) -> None:
    left = made.cells[more].count - made.cells[less].count
    made.whole(more, less, made.people(f"between {more} {less}", left, shown=False))


def _contacts(made: _Cells, counts: Counts) -> None:
    of = counts.contacts
    made.put("contacts", of.all)
    made.put("attempts", of.attempts)
    modes = [made.put(f"mode.{mode.value}", times) for mode, times in of.modes.items()]
    made.whole("contacts", *modes, made.put("mode.none", of.no_mode))
    for one, times in of.processes.items():
        rest = made.put(f"not {one.value}", of.without[one], shown=False)
        made.whole("contacts", made.put(f"process.{one.value}", times), rest)
    some = made.people("some process", of.all.count - of.no_process.count, shown=False)
    made.whole("contacts", made.put("process.none", of.no_process), some)
    made.whole(
        "contacts",
        made.put("together", of.together),
        made.put("alone", of.alone),
        made.put("sheet", of.sheet),
    )
    outside = of.all.count - counts.in_support.count
    made.whole(
        "contacts",
        made.put("contacts.in", counts.in_support),
        made.people("contacts.out", outside),
    )


def _months(made: _Cells, counts: Counts) -> None:
    made.people("months", counts.months)
    made.whole(
        "months",
        made.put("months.touched", counts.months_touched),
        made.people("months.quiet", counts.months - counts.months_touched.count),
    )


def _changes(made: _Cells, counts: Counts) -> None:
    """Of each line those who answered it twice, and how many people did not."""
    people = made.cells["people"].count
    for key, moved in counts.changes.items():
        rest = made.people(f"not {key}", people - moved.all, shown=False)
        made.whole("people", made.people(key, moved.all), rest)
        parts = [made.people(f"{key}.{way}", getattr(moved, way)) for way in ("up", "same", "down")]
        made.whole(key, *parts)


def _waits(made: _Cells, name: str, of: Waits) -> None:
    parts = [
        made.people(f"{name}.done", of.done),
        made.people(f"{name}.waiting", of.waiting),
        made.people(f"{name}.closed", of.closed),
        made.people(f"{name}.unknown", of.unknown),
    ]
    made.people(name, sum(made.cells[part].count for part in parts))
    made.whole(name, *parts)
