"""What people said in their own check-ins, first and last, of those that they agreed to share.

Counted where the answers lie: of each person two check-ins, however many there are (SVC-2). The
answers themselves never leave the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.outcomes.models import CheckIn
from alongside.people.models import Participant
from alongside.practice.instruments import CHECK_IN, Instrument, Item, instrument
from alongside.reporting.rules.asking import Wanted
from alongside.reporting.rules.counts import Moved


@dataclass(frozen=True)
class Asked:
    """A line of the page, and the questions whose mean it is; ``minimum`` answers make one."""

    key: str
    items: Sequence[Item]
    minimum: int = 1


def asked_in(found: Instrument) -> Iterator[Asked]:
    """Levels first, then outcomes: one question each, or a score of several."""
    items = {item.link_id: item for item in found.questions()}
    for score in found.scores:
        if score.level or score.outcome:
            key = f"level.{score.level.value}" if score.level else f"outcome.{score.outcome}"
            yield Asked(key, [items[one] for one in score.items], score.minimum)
    for item in items.values():
        if item.outcome and item.has_numbers:
            yield Asked(f"outcome.{item.outcome}", [item])


def changes(viewer: Actor, people: QuerySet[Participant], wanted: Wanted) -> Mapping[str, Moved]:
    """Of ``people`` with two or more in the time: how the last stands to the first. One query."""
    check_in = instrument(CHECK_IN)
    if check_in is None:
        return {}
    rows = CheckIn.objects.filter(
        agency_id=viewer.agency_id,
        participant__in=people.values("pk"),
        instrument=CHECK_IN,
        instrument_version__in=_worded_alike(check_in),
        number__gte=1,
        voided_at=None,
        shared_at__isnull=False,
        on__range=(wanted.first_day, wanted.last_day),
    ).order_by()
    try:
        said, params = rows.values("id", "participant_id", "on").query.sql_with_params()
    except EmptyResultSet:
        return {}
    lines = list(asked_in(check_in))
    with connection.cursor() as cursor:
        cursor.execute(_sql(said, lines), params)
        found = [int(n or 0) for n in cursor.fetchone()]
    each = (found[n : n + 3] for n in range(0, len(found), 3))
    return {line.key: Moved(*of) for line, of in zip(lines, each, strict=True)}


def _worded_alike(newest: Instrument) -> list[int]:
    """Versions whose answers mean the same numbers as today's."""
    found = []
    for version in range(1, newest.version + 1):
        one = instrument(CHECK_IN, version)
        if one is not None and _numbers(one) == _numbers(newest):
            found.append(version)
    return found


def _numbers(of: Instrument) -> dict[str, Any]:
    def told(item: Item) -> Any:
        return item.link_id, [(option.code, option.value) for option in item.options]

    return {line.key: (line.minimum, [told(item) for item in line.items]) for line in asked_in(of)}


def _sql(said: str, lines: Sequence[Asked]) -> str:
    """What stands in it of the instrument are keys and codes of our own file."""
    items = {item.link_id: item for line in lines for item in line.items}
    table = connection.ops.quote_name(CheckIn._meta.db_table)
    names = {key: n for n, key in enumerate(items)}
    read = ", ".join(
        f"{_number(f'{row}.answers', item)} AS {row}{names[key]}"
        for row in "fl"
        for key, item in items.items()
    )
    sums = ", ".join(
        f"SUM(CASE WHEN {both} AND {last} {sign} {first} THEN 1 ELSE 0 END)"
        for line in lines
        for both, first, last in [_both(line, names)]
        for sign in (">", "=", "<")
    )
    return (
        f"WITH said AS ({said}), numbered AS (SELECT id AS last, "  # noqa: S608 # our own keys and codes
        'FIRST_VALUE(id) OVER (PARTITION BY participant_id ORDER BY "on", id) AS first, '
        'ROW_NUMBER() OVER (PARTITION BY participant_id ORDER BY "on", id) AS nth, '
        'ROW_NUMBER() OVER (PARTITION BY participant_id ORDER BY "on" DESC, id DESC) AS back '
        "FROM said), "
        "pairs AS MATERIALIZED (SELECT first, last FROM numbered WHERE back = 1 AND nth > 1), "
        f"read AS MATERIALIZED (SELECT {read} FROM pairs JOIN {table} f ON f.id = pairs.first "
        f"JOIN {table} l ON l.id = pairs.last) "
        f"SELECT {sums} FROM read"
    )


def _number(answers: str, item: Item) -> str:
    whens = " ".join(
        f"WHEN '{option.code}' THEN {option.value}"
        for option in item.options
        if option.value is not None
    )
    return f"CASE {answers} ->> '{item.link_id}' {whens} END"


def _both(line: Asked, names: dict[str, int]) -> tuple[str, str, str]:
    """Whether both have enough answers, and the two means on one measure."""
    parts = {row: [f"{row}{names[item.link_id]}" for item in line.items] for row in "fl"}
    if len(line.items) == 1:
        first, last = parts["f"][0], parts["l"][0]
        return f"{first} IS NOT NULL AND {last} IS NOT NULL", first, last
    sums = {row: " + ".join(f"COALESCE({one}, 0)" for one in of) for row, of in parts.items()}
    many = {
        row: " + ".join(f"CASE WHEN {one} IS NULL THEN 0 ELSE 1 END" for one in of)
        for row, of in parts.items()
    }
    both = " AND ".join(f"({many[row]}) >= {line.minimum}" for row in "fl")
    return both, f"({sums['f']}) * ({many['l']})", f"({sums['l']}) * ({many['f']})"
