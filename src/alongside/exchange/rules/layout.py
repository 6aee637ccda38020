"""What holds for a whole sheet: which column is what, and how its days and hours are written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from alongside.exchange.codes import (
    ClockStyle,
    ContactField,
    DateOrder,
    ReferralField,
    SheetKind,
    StaffField,
)
from alongside.exchange.rules.dates import date_order
from alongside.exchange.rules.problems import Problem
from alongside.exchange.rules.times import clock_style

Row = TypeVar("Row")

DATE_FIELDS: Mapping[SheetKind, tuple[StrEnum, ...]] = {
    SheetKind.REFERRALS: (
        ReferralField.REFERRED_ON,
        ReferralField.BORN_ON,
        ReferralField.COURT_ON,
    ),
    SheetKind.CONTACTS: (ContactField.ON,),
    SheetKind.STAFF: (StaffField.CERTIFIED_ON, StaffField.EXPIRES_ON),
}


@dataclass(frozen=True)
class Layout:
    """Columns by field, and the evidence of the whole sheet. ``today`` is the agency's day."""

    kind: SheetKind
    columns: Mapping[str, int]
    today: date
    orders: Mapping[str, DateOrder] = default(default_factory=dict)
    clock: ClockStyle = ClockStyle.OPEN
    titles: Mapping[str, str] = default(default_factory=dict)

    def cell(self, cells: Sequence[str], field: StrEnum) -> str:
        """The cell of a field, or "" where the sheet has none."""
        at = self.columns.get(field)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def order(self, field: StrEnum) -> DateOrder:
        return self.orders.get(field, DateOrder.MONTH_FIRST)

    def has(self, *fields: StrEnum) -> bool:
        return any(field in self.columns for field in fields)


@dataclass(frozen=True)
class Reading(Generic[Row]):
    """One row read: its values, what is the matter, and why it needs a person, if it does."""

    row: Row | None
    problems: tuple[Problem, ...] = ()
    sort_out: Problem | None = None


def layout_of(
    kind: SheetKind,
    columns: Mapping[str, int],
    rows: Iterable[Sequence[str]],
    *,
    today: date,
    header: Sequence[str] = (),
) -> Layout:
    """Look down every column of days and hours once."""
    rows = list(rows)

    def down(field: StrEnum) -> list[str]:
        at = columns.get(field.value)
        return [] if at is None else [row[at] for row in rows if at < len(row)]

    orders = {f.value: date_order(down(f)) for f in DATE_FIELDS[kind] if f.value in columns}
    times = [*down(ContactField.STARTED), *down(ContactField.ENDED)]
    clock = clock_style(times) if kind is SheetKind.CONTACTS else ClockStyle.OPEN
    return Layout(kind, dict(columns), today, orders, clock, _titles(columns, header))


def _titles(columns: Mapping[str, int], header: Sequence[str]) -> Mapping[str, str]:
    return {field: header[at] for field, at in columns.items() if at < len(header)}


def evidence_of(layout: Layout) -> dict[str, object]:
    """What ``layout_again`` needs to read a later row like the first one."""
    return {"orders": {f: o.value for f, o in layout.orders.items()}, "clock": layout.clock.value}


def layout_again(
    kind: SheetKind,
    columns: Mapping[str, int],
    evidence: Mapping[str, Any],
    *,
    today: date,
    header: Sequence[str],
) -> Layout:
    orders = {f: DateOrder(order) for f, order in evidence.get("orders", {}).items()}
    clock = ClockStyle(evidence.get("clock", ClockStyle.OPEN))
    return Layout(kind, dict(columns), today, orders, clock, _titles(columns, header))


def mended(
    cells: Sequence[str], layout: Layout, corrected: Mapping[str, str]
) -> tuple[list[str], Layout]:
    """The row as a person corrected it. A field the sheet has no column for gets one behind."""
    row, columns = list(cells), dict(layout.columns)
    for field, cell in corrected.items():
        at = columns.setdefault(field, max(len(row), *columns.values()) + 1)
        row += [""] * (at + 1 - len(row))
        row[at] = cell
    return row, replace(layout, columns=columns)
