"""People by pathway, county and how they stood in a time, and their sums. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from alongside.practice.codes import Pathway
from alongside.reporting.rules.asking import Wanted
from alongside.reporting.rules.counts import People
from alongside.reporting.rules.hiding import Groups


@dataclass(frozen=True)
class Row:
    """So many people of one pathway, one county, and one standing in the time."""

    way: Pathway
    county: str
    count: int
    supported: bool
    touched: bool
    stands: bool
    begins: bool


def by_way_and_county(found: Iterable[Row]) -> Groups:
    groups = Counter[tuple[Pathway, str]]()
    for row in found:
        groups[row.way, row.county] += row.count
    return groups


def people(found: Iterable[Row], wanted: Wanted) -> People:
    """How they stand, for those of the pathway and county that were chosen."""
    sums = Counter[str]()
    for row in found:
        if wanted.pathway not in (None, row.way) or wanted.county not in ("", row.county):
            continue
        sums["touched" if row.touched else "quiet"] += row.count
        sums["standing" if row.stands else "ended" if row.supported else "none"] += row.count
        sums["began" if row.begins else "before" if row.supported else "none too"] += row.count
    return People(**{field.name: sums[field.name] for field in fields(People)})
